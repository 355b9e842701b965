"""Commands on keyboards without Latin letters, by the place of the key; text is never touched."""

import unicodedata

import pytest

from tests.app.conftest import Stage
from tui.app.commands import all_commands
from tui.app.keys.command import PANES, Command
from tui.app.keys.key_resolver import Miss, Resolver, Run, Wait
from tui.app.keys.keyboards import is_foreign, language_of, latin, sign
from tui.app.keys.press import press
from tui.app.keys.registry import Registry

QWERTY = "qwertyuiop asdfghjkl zxcvbnm"
TYPED = {
    "ru": "йцукенгшщз фывапролд ячсмить",
    "uk": "йцукенгшщз фівапролд ячсмить",
    "be": "йцукенгшўз фывапролд ячсміть",
    "el": " ςερτυθιοπ ασδφγηξκλ ζχψωβνμ",
    "he": "  קראטוןםפ שדגכעיחלך זסבהנמצ",
    "ar": "ضصثقفغعهخح شسيبلاتنم ئءؤر ىة",
    "fa": "ضصثقفغعهخح شسیبلاتنم ظطزرذدپ",
    "sr": "љњертзуиоп асдфгхјкл ѕџцвбнм",
    "bg": " уеишщксдз ьяаожгтнв юйъэфхп",
    "ka": "ქწერტყუიოპ ასდფგჰჯკლ ზხცვბნმ",
}
"""What the keys of a US keyboard type in each layout (xkeyboard-config, first level)."""


@pytest.mark.parametrize("language", TYPED)
def test_a_letter_is_the_key_it_stands_on(language: str) -> None:
    for typed, key in zip(TYPED[language], QWERTY, strict=True):
        if typed != " ":
            assert latin(typed, language) == key
            if typed.upper() != typed and len(typed.upper()) == 1 and typed != "ς" and language != "ka":
                assert latin(typed.upper(), language) == key.upper()


@pytest.mark.parametrize("language", ["ru", "uk", "el", "he", "ka"])
def test_the_common_layouts_need_no_locale(language: str) -> None:
    typed = {char: key for char, key in zip(TYPED[language], QWERTY, strict=True) if char != " "}
    assert {char: latin(char) for char in typed} == typed


def test_letters_that_layouts_of_one_script_have_on_different_keys_are_meant_only_where_said() -> None:
    assert [latin("ز", language) for language in ("", "en", "ar", "fa")] == ["", "", ".", "c"]
    assert [latin("с", language) for language in ("", "ru", "sr", "mk")] == ["c", "c", "s", "s"]


@pytest.mark.parametrize("char", ["", "a", ";", "é", "ö", "ß", "ª", "º", "²", "µ", "ı", "ｊｊ", "\u200b", "漢"])
def test_what_no_layout_has_is_no_key(char: str) -> None:
    assert latin(char) == ""


def test_wide_letters_and_digits_of_other_scripts() -> None:
    assert [latin(char) for char in ("ｊ", "？", "３", "٣", "۳")] == ["j", "?", "3", "3", "3"]


def test_every_letter_of_a_table_is_a_letter_and_maps_to_one_sign() -> None:
    for number in range(0x370, 0x3200):
        char = chr(number)
        key = latin(char)
        assert len(key) <= 1
        assert key.isascii()
        if key and not char.isdecimal():
            assert unicodedata.category(char)[0] in "LM"


def test_the_language_of_the_locale() -> None:
    assert language_of({"LANG": "ru_RU.UTF-8"}) == "ru"
    assert language_of({"LANG": "ru_RU.UTF-8", "LC_ALL": "C.UTF-8"}) == "c"
    assert language_of({}) == ""


@pytest.mark.parametrize("language", TYPED)
def test_every_command_on_a_letter_is_found_by_position_in_every_pane(language: str) -> None:
    registry = Registry(all_commands())
    place = {key: typed for typed, key in zip(TYPED[language], QWERTY, strict=True) if typed != " "}
    for pane in PANES:
        for sequence, command in registry.bindings(pane).commands.items():
            if pane == "composer" or not set(sequence) <= set(place):
                continue
            resolver = Resolver(registry, language)
            outcomes = [resolver.feed(press(place[key], place[key]), pane, 0.0) for key in sequence]
            assert isinstance(outcomes[-1], Run)
            assert outcomes[-1].command is command
            assert all(isinstance(one, Wait) for one in outcomes[:-1])


def test_a_binding_of_the_letter_itself_wins() -> None:
    commands = all_commands()
    resolver = Resolver(Registry(commands, {"conversation.close": ["с"]}), "ru")
    outcome = resolver.feed(press("с", "с"), "list", 0.0)
    assert isinstance(outcome, Run)
    assert outcome.command.id == "conversation.close"


def test_in_the_composer_every_letter_is_text() -> None:
    resolver = Resolver(Registry([Command("a.b", "A", "A.", ("c",), ("global",))]), "ru")
    assert isinstance(resolver.feed(press("с", "с"), "composer", 0.0), Miss)


async def test_russian_keys_in_the_app(small: Stage) -> None:
    first = small.current
    await small.type("о")  # j
    assert small.current != first
    await small.type("пп")  # gg
    assert small.current == first
    await small.type("к")  # r
    assert small.app.ui.state.composing == "reply"
    await small.type("привет")
    assert small.app.ui.composer.text == "привет"
    await small.press("escape", "escape")
    await small.type("я")  # z
    assert small.dialog.startswith("Snooze")
    await small.type("завтра")
    assert "завтра" in small.text()
    await small.press("escape")


async def test_a_sign_is_its_key_too_while_the_keyboard_is_russian(small: Stage) -> None:
    await small.type("к")
    await small.type("привет")
    await small.press("escape", "escape")
    await small.press("full_stop")  # where / is
    assert small.dialog == "Search"
    await small.press("escape")
    await small.type("j")
    await small.press("full_stop")
    assert small.dialog == ""


def test_signs_stay_what_they_are_where_a_layout_has_them_in_place() -> None:
    assert [sign(".", "ж", language) for language in ("", "ru", "sr", "bg")] == ["/", "/", "", ""]
    assert sign(".", "a") == sign(".", "") == sign(".", "α") == ""


async def test_a_letter_without_a_place_is_told(small: Stage) -> None:
    await small.type("漢")
    assert "漢 is not a key here" in small.notice
    assert is_foreign("漢")
    assert not is_foreign("ö")
