"""Key names, checked against Textual's own, and which command a key runs."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import _character_to_key

from tui.config.errors import ConfigError
from tui.config.keymap import Binding, Keymap, character_key, parse_key, show_key

DEFAULTS = [
    Binding("reply", ("list", "thread"), ("r",)),
    Binding("note", ("list", "thread"), ("n",)),
    Binding("top", ("list",), ("g g", "home")),
    Binding("next", ("list",), ("j", "down")),
    Binding("scroll", ("thread",), ("j",)),
]


@pytest.mark.parametrize(
    "char", sorted({*string.ascii_letters, *string.digits, *string.punctuation, " ", "é", "ß", "ж", "§"})
)
def test_characters_have_textuals_names(char: str) -> None:
    assert parse_key(char) == character_key(char) == _character_to_key(char)
    assert show_key(parse_key(char)) == ("space" if char == " " else char)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("ctrl+s", "ctrl+s"),
        ("Ctrl+S", "ctrl+s"),
        ("control+s", "ctrl+s"),
        ("G", "G"),
        ("shift+g", "G"),
        ("?", "question_mark"),
        ("question_mark", "question_mark"),
        ("g g", "g g"),
        ("  g   ?  ", "g question_mark"),
        ("space", "space"),
        (" ", "space"),
        ("f5", "f5"),
        ("F12", "f12"),
        ("esc", "escape"),
        ("Return", "enter"),
        ("pgup", "pageup"),
        ("page_down", "pagedown"),
        ("del", "delete"),
        ("backtab", "shift+tab"),
        ("shift+tab", "shift+tab"),
        ("shift+up", "shift+up"),
        ("ctrl+left", "ctrl+left"),
        ("ctrl+space", "ctrl+at"),
        ("ctrl+@", "ctrl+at"),
        ("ctrl+/", "ctrl+underscore"),
        ("ctrl+]", "ctrl+right_square_bracket"),
        ("alt+x", "alt+x"),
        ("+", "plus"),
    ],
)
def test_names_as_people_write_them(name: str, key: str) -> None:
    assert parse_key(name) == key
    assert parse_key(key) == key
    assert parse_key(show_key(key)) == key


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("ctrl+enter", "not delivered by terminals"),
        ("shift+enter", "not delivered by terminals"),
        ("ctrl+shift+a", "not delivered"),
        ("ctrl+alt+a", "not delivered"),
        ("ctrl+1", "not delivered"),
        ("ctrl+tab", "not delivered"),
        ("ctrl+f5", "not delivered"),
        ("alt+enter", "not delivered"),
        ("super+a", "not delivered"),
        ("cmd+c", "not delivered"),
        ("shift+1", "write the character"),
        ("ctrl+i", "write tab"),
        ("ctrl+M", "write enter"),
        ("ctrl+[", "write escape"),
        ("ctrl+h", "write backspace"),
        ("", "empty"),
        ("   ", "empty"),
        ("gg", "write 'g g'"),
        ("entr", "did you mean enter"),
        ("pageupp", "did you mean pageup"),
        ("f30", "not a key"),
        ("ctrl+", "not a key"),
        ("\x1b", "not a key"),
        ("a b c d e", "more than four"),
    ],
)
def test_names_that_are_refused(name: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        parse_key(name)
    assert str(caught.value).isprintable()


@given(
    st.one_of(
        st.text(max_size=12),
        st.lists(st.sampled_from(["ctrl", "shift", "alt", "a", "G", "tab", "enter", "[", "f1"])).map("+".join),
    )
)
def test_any_name_is_a_stable_key_or_an_error(name: str) -> None:
    try:
        key = parse_key(name)
    except ConfigError:
        return
    assert parse_key(key) == key


def test_defaults_and_overrides() -> None:
    keymap = Keymap(DEFAULTS, {"reply": ("R", "?"), "note": ()})
    assert keymap.keys("reply") == ("R", "question_mark")
    assert keymap.keys("note") == ()
    assert keymap.command("list", "question_mark") == "reply"
    assert keymap.command("list", "r") is None
    assert keymap.command("list", "j") == "next"
    assert keymap.command("thread", "j") == "scroll"
    assert keymap.command("nowhere", "j") is None
    assert keymap.is_prefix("list", "g")
    assert not keymap.is_prefix("thread", "g")
    assert keymap.table("thread") == {"R": "reply", "question_mark": "reply", "j": "scroll"}


def test_a_key_may_change_hands() -> None:
    keymap = Keymap(DEFAULTS, {"reply": ("n",), "note": ("r",)})
    assert keymap.command("list", "n") == "reply"
    assert keymap.command("list", "r") == "note"


@pytest.mark.parametrize(
    ("overrides", "says"),
    [
        ({"note": ("r",)}, r"r is the key of both reply and note in list"),
        ({"scroll": ("n",)}, r"n is the key of both note and scroll in thread"),
        ({"note": ("g",)}, r"g runs note in list, so g g for top could never be typed"),
        ({"repyl": ("x",)}, r"no command repyl \(did you mean reply\?\)"),
        ({"note": ("ctrl+i",)}, r"write tab"),
    ],
)
def test_conflicts_name_both_commands(overrides: dict[str, tuple[str, ...]], says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        Keymap(DEFAULTS, overrides)
