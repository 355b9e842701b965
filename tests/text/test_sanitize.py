"""Cleaning: nothing that acts or hides survives, and nothing that people write is lost."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.text.sanitize import MAX_MARKS, clean, clean_line, strip_controls

NASTY = st.sampled_from(
    "\x1b\x07\x9b\x7f\r\n\t\u202e\u2066\u200e\u200d\u200c\ufe0f\ufe0e\u0301\u0489\u20e3\ud83d\udc00\u2028\ufeff"
)
NASTY_TEXT = st.text(st.one_of(st.characters(), NASTY, st.sampled_from("a1❤😀👩🏽क्षعـ\U000e0041")), max_size=60)
FAMILY = "👩\u200d👩\u200d👧\u200d👦"


@settings(deadline=None, max_examples=400)
@given(NASTY_TEXT)
def test_nothing_forbidden_survives(text: str) -> None:
    cleaned = clean(text)
    for char in cleaned:
        category = unicodedata.category(char)
        assert char in "\n\t\u200c\u200d" or category not in ("Cc", "Cf", "Cs", "Zl", "Zp"), ascii(cleaned)
        assert ord(char) & 0xFFFE != 0xFFFE
        assert not 0xFDD0 <= ord(char) <= 0xFDEF
    assert clean(cleaned) == cleaned
    cleaned.encode()


@settings(deadline=None)
@given(NASTY_TEXT)
def test_one_line_is_one_line(text: str) -> None:
    line = clean_line(text)
    assert "\n" not in line
    assert "\t" not in line
    assert "  " not in line
    assert line == line.strip()
    assert clean_line(line) == line


@settings(deadline=None)
@given(st.text(st.characters(categories=["Lu", "Ll", "Nd", "Pd", "Po", "Sm", "Sc"], max_codepoint=0x2FF)))
def test_plain_text_is_unchanged(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("code", [code for code in range(0x110000) if unicodedata.category(chr(code)) in ("Cc", "Cf")])
def test_every_control_and_format_character_is_dropped_between_letters(code: int) -> None:
    between = clean(f"a{chr(code)}b")
    assert between == {"\n": "a\nb", "\t": "a\tb", "\r": "a\nb"}.get(chr(code), "ab")


@pytest.mark.parametrize(
    "text",
    [
        FAMILY,
        "❤\ufe0f and ☎\ufe0e",
        "1\ufe0f\u20e3 first",
        "👍🏽 🇬🇧 🏳\ufe0f\u200d🌈",
        "می\u200cخواهم",
        "क्\u200dष and क्\u200cष",
        "日本語、한국어, Ελληνικά, кириллица",
        "café naïve “quotes” — … €",
        "e\u0301",
        "שָׁלוֹם",
        "two\nlines\tand a tab",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert clean(text) == text


def test_joiners_that_join_nothing_go() -> None:
    assert clean("a\u200db\u200cc\ufe0f") == "abc"
    assert clean("😀\u200d\u200d😀\ufe0f\ufe0f\u200d") == "😀\u200d😀\ufe0f"


def test_line_ends_become_one_kind() -> None:
    assert clean("a\r\nb\rc\u2028d\u2029e") == "a\nb\nc\nd\ne"


def test_marks_are_capped_per_base() -> None:
    assert clean("z" + "\u0301" * 50 + "a\u0301") == "z" + "\u0301" * MAX_MARKS + "a\u0301"
    assert clean("z" + "\u0301\u200d" * 50) == "z" + "\u0301" * MAX_MARKS


def test_hidden_tag_characters_go() -> None:
    assert clean("hi" + "".join(chr(0xE0000 + ord(char)) for char in "ignore this")) == "hi"


@settings(deadline=None)
@given(NASTY_TEXT)
def test_the_last_filter_leaves_nothing_that_acts(text: str) -> None:
    stripped = strip_controls(text)
    stripped.encode()
    assert all(unicodedata.category(char) not in ("Cc", "Cs") for char in stripped)
    assert not set(stripped) & set("\u202a\u202e\u2066\u2069\u200e\u200f\u061c\u2028")
    assert strip_controls(FAMILY) == FAMILY
