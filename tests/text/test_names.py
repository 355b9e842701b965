"""No name looks empty: all of Unicode, one by one and around each other."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tui.text.names import NO_NAME, label, visible_line

BLANKS = "\u115f\u1160\u3164\uffa0\u2800\u00a0\u3000\u200b\u200d\ufe0f\u034f\u17b4\U0001d159\U000e0020 \u0301"
# What stands for nothing by its own name in the standard; the signs that picture a blank are drawn.
NOTHING = ("FILLER", "BLANK", "INVISIBLE", "INHERENT VOWEL", "ZERO WIDTH", "VARIATION SELECTOR", "NULL NOTEHEAD")
DRAWN = {
    "DEVANAGARI GAP FILLER",
    "MANICHAEAN PUNCTUATION LINE FILLER",
    "BLANK SYMBOL",
    "SYMBOL FOR NULL",
    "ENCLOSING BLANK",
}


def test_each_code_point_alone_is_a_name_only_where_it_can_be_seen() -> None:
    # the other planes hold private characters, or none
    for code in (*range(0x20000), *range(0xE0000, 0xE1000)):
        char = chr(code)
        name, category = unicodedata.name(char, ""), unicodedata.category(char)
        drawn = name in DRAWN or "GAP FILLER" in name or "LINE FILLER" in name
        said_empty = any(word in name for word in NOTHING) and not drawn
        if said_empty or category[0] in "ZC" or char.isspace():
            assert visible_line(char) == "", f"U+{code:04X} {name}"
        elif category[0] in "LN" and category != "Lm":
            assert visible_line(char) == char, f"U+{code:04X} {name}"


@given(st.text(st.sampled_from(BLANKS), max_size=20))
def test_blanks_together_are_no_name_either(text: str) -> None:
    assert visible_line(text) == ""
    assert label(text) == NO_NAME
    assert label(text, "", "a@example.com") == "a@example.com"
    assert "Ada" in label(f"{text}Ada{text}", "a@example.com")
