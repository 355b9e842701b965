"""Clusters, compared with another implementation of the same annex."""

import unicodedata

import pytest
import wcwidth
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.text.graphemes import clusters, next_boundary, previous_boundary, snapped

ENGLAND = "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in "gbeng") + "\U000e007f"
SAMPLES = [
    *(
        "a",
        " ",
        "\r",
        "\n",
        "e\u0301",
        "日",
        "한",
        "ᄒ",
        "ᅡ",
        "ᆫ",
        "가",
        "각",
        "क",
        "क्",
        "ष",
        "ि",
        "ा",
        "ত",
        "ত্",
        "\u0e33",
        "ก",
    ),
    *(
        "👩",
        "💻",
        "👍",
        "🏽",
        "🇬",
        "🇧",
        "❤",
        "\ufe0f",
        "\u200d",
        "\u200c",
        "1",
        "\u20e3",
        "🏴",
        "\u0301",
        "\u0336",
        "م",
        "ی",
    ),
    *(
        ENGLAND,
        "👩\u200d👩\u200d👧",
        "🏳\ufe0f\u200d🌈",
        "©",
        "\u0d4e",
        "\u0600",
        "\xa0",
        "\u3000",
        "\U0001f1e6",
        "가\u11a8",
    ),
]
_YOUNG = (
    "AHOM", "ARABIC", "BALINESE", "BATAK", "BHAIKSUKI", "BRAHMI", "CHAKMA", "DIVES", "DOGRA", "EGYPTIAN",
    "GRANTHA", "GUNJALA", "HANUNOO", "JAVANESE", "KAITHI", "KAWI", "KHAROSHTHI", "KHMER", "KHOJKI",
    "KHUDAWADI", "KIRAT", "MASARAM", "MEETEI", "MODI", "MUSICAL", "MYANMAR", "NANDINAGARI", "NEWA", "REJANG",
    "SHARADA", "SIDDHAM", "SOYOMBO", "SUNDANESE", "TAGALOG", "TAI", "TAKRI", "TIRHUTA", "TULU", "ZANABAZAR",
)  # fmt: skip
"""Scripts for which the versions of Unicode differ."""


def is_known(char: str) -> bool:
    """Whether both sides know the character; a virama after no consonant the other one joins, which GB9c does not."""
    named = not unicodedata.name(char, "").startswith(_YOUNG)
    return named and unicodedata.category(char) != "Cn" and unicodedata.combining(char) != 9


KNOWN: st.SearchStrategy[str] = st.characters(exclude_categories=("Cs", "Cn", "Co")).filter(is_known)
TEXT = st.lists(st.one_of(st.sampled_from(SAMPLES), KNOWN), max_size=20).map("".join)


@settings(deadline=None, max_examples=1500)
@given(TEXT)
def test_clusters_are_those_of_another_implementation(text: str) -> None:
    assert clusters(text) == list(wcwidth.iter_graphemes(text))


@settings(deadline=None, max_examples=500)
@given(TEXT, st.integers(0, 40))
def test_forward_and_back_meet_at_the_same_boundaries(text: str, at: int) -> None:
    ends = [0]
    for cluster in clusters(text):
        ends.append(ends[-1] + len(cluster))
    assert [previous_boundary(text, end) for end in ends[1:]] == ends[:-1]
    assert [next_boundary(text, start) for start in ends[:-1]] == ends[1:]
    assert snapped(text, at) == max(end for end in ends if end <= at)


@pytest.mark.parametrize(
    "cluster",
    [
        "👩\u200d💻",
        "🏳\ufe0f\u200d🌈",
        ENGLAND,
        "🇬🇧",
        "👍🏽",
        "1\ufe0f\u20e3",
        "e\u0301\u0323",
        "각",
        "ᄒ" + "ᅡ" + "ᆫ",
        "क्षि",
        "ก\u0e33",
        "م\u200c",
        "\r\n",
    ],
)
def test_one_cluster(cluster: str) -> None:
    assert clusters(f"a{cluster}b") == ["a", cluster, "b"]


def test_a_long_line_is_walked_back_in_a_moment() -> None:
    text = "é" * 200_000
    assert previous_boundary(text + " x", len(text) + 2) == len(text) + 1
