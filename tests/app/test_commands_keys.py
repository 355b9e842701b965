"""The registry, the resolver and what is generated from them; the dialogs' parts that need no screen."""

import subprocess
import sys

import pytest

from tui.app.commands import all_commands
from tui.app.commands.table import markdown
from tui.app.dialogs.edit import LineEdit
from tui.app.dialogs.fuzzy import match
from tui.app.keys.command import PANES, Command, Where
from tui.app.keys.key_resolver import COUNT_WINDOW, Miss, Refused, Resolver, Run, Wait
from tui.app.keys.press import Press, press, shown
from tui.app.keys.registry import Registry
from tui.config.errors import ConfigError

REGISTRY = Registry(all_commands())

DESIGN = {
    "list": "j k down up G ctrl+d ctrl+u enter l esc h tab shift+tab r n a i c o z t T m"
    " ? : ctrl+k / @ v 1 9 x X u . , y b !",
    "composer": "ctrl+s ctrl+g ctrl+t ctrl+] esc tab",
}


def names(keys: str) -> Press:
    return Press(keys, keys if len(keys) == 1 else "")


@pytest.mark.parametrize("pane", ["list", "composer"])
def test_every_key_of_the_design_is_bound(pane: str) -> None:
    bound = {" ".join(keys) for keys in REGISTRY.bindings(pane).commands}  # type: ignore[arg-type]
    assert set(DESIGN[pane].split()) <= bound
    assert pane == "composer" or "g g" in bound


def test_no_command_is_without_words() -> None:
    for command in REGISTRY.commands:
        assert command.title
        assert command.help.endswith(".")
        assert command.help[0].isupper()


def test_two_commands_on_one_key_is_an_error_that_names_both() -> None:
    one = Command("a.one", "One", "One.", ("j",), ("list",))
    two = Command("a.two", "Two", "Two.", ("j",), ("list", "thread"))
    with pytest.raises(ConfigError, match=r"a\.one.*a\.two"):
        Registry([one, two])
    elsewhere = Command("a.two", "Two", "Two.", ("j",), ("thread",))
    Registry([one, elsewhere])
    everywhere = Command("a.two", "Two", "Two.", ("j",), ("global",))
    with pytest.raises(ConfigError, match=r"a\.one.*a\.two"):
        Registry([one, everywhere])


def test_overrides_replace_keys_and_are_checked() -> None:
    changed = Registry(all_commands(), {"conversation.close": ["C"], "app.quit": []})
    assert changed.keys(changed.get("conversation.close")) == ("C",)
    assert changed.bindings("list").commands[("C",)].id == "conversation.close"
    assert ("c",) not in changed.bindings("list").commands
    assert ("q",) not in changed.bindings("list").commands
    with pytest.raises(ConfigError, match=r"no command conversation\.clsoe"):
        Registry(all_commands(), {"conversation.clsoe": ["C"]})
    with pytest.raises(ConfigError, match=r"conversation\.close"):
        Registry(all_commands(), {"conversation.close": ["j"]})


def test_the_composer_keeps_what_types_a_character() -> None:
    for keys in REGISTRY.bindings("composer").commands:
        assert len(keys[0]) > 1
        assert keys[0] != "space"


def test_sequences_wait_and_say_what_may_follow() -> None:
    resolver = Resolver(REGISTRY)
    waiting = resolver.feed(names("g"), "list", 0.0)
    assert isinstance(waiting, Wait)
    assert waiting.choices == (("g", "First"),)
    assert resolver.typed == "g"
    done = resolver.feed(names("g"), "list", 1000.0)
    assert isinstance(done, Run)
    assert done.command.id == "move.first"
    resolver.feed(names("g"), "list", 0.0)
    assert isinstance(resolver.feed(names("w"), "list", 0.0), Miss)
    assert resolver.typed == ""


def test_escape_forgets_what_was_typed() -> None:
    resolver = Resolver(REGISTRY)
    resolver.feed(names("g"), "list", 0.0)
    assert resolver.feed(names("esc"), "list", 0.0) == Wait("")
    plain = resolver.feed(names("esc"), "list", 0.0)
    assert isinstance(plain, Run)


def test_digits_are_views_alone_and_counts_before_a_motion() -> None:
    resolver = Resolver(REGISTRY)
    view = resolver.feed(names("3"), "list", 0.0)
    assert isinstance(view, Run)
    assert view.command.id == "view.3"
    moved = resolver.feed(names("j"), "list", 0.2)
    assert isinstance(moved, Run)
    assert (moved.times, moved.takes_back) == (3, True)
    resolver.feed(names("3"), "list", 1.0)
    later = resolver.feed(names("j"), "list", 1.0 + COUNT_WINDOW + 0.1)
    assert isinstance(later, Run)
    assert (later.times, later.takes_back) == (1, False)


WITHOUT_VIEW_KEYS = Registry(all_commands(), {f"view.{number}": [] for number in range(1, 10)})


def test_digits_that_are_no_views_wait_as_long_as_it_takes() -> None:
    resolver = Resolver(WITHOUT_VIEW_KEYS)
    for digit in "120":
        assert isinstance(resolver.feed(names(digit), "thread", 0.0), Wait)
    assert resolver.typed == "120"
    moved = resolver.feed(names("k"), "thread", 99.0)
    assert isinstance(moved, Run)
    assert (moved.times, moved.takes_back) == (120, False)


@pytest.mark.parametrize("registry", [REGISTRY, WITHOUT_VIEW_KEYS], ids=["views", "counts"])
@pytest.mark.parametrize("pane", ["list", "thread", "contact"])
def test_digits_before_anything_but_a_motion_are_refused(registry: Registry, pane: Where) -> None:
    bindings = registry.bindings(pane).commands
    for keys, command in bindings.items():
        if keys[0].isdecimal():
            continue
        resolver = Resolver(registry)
        resolver.feed(names("2"), pane, 0.0)
        outcomes = [resolver.feed(names(key), pane, 0.1) for key in keys]
        if command.takes_count:
            assert isinstance(outcomes[-1], Run)
            assert outcomes[-1].times == 2
        else:
            viewed = registry is REGISTRY
            assert outcomes[-1] in (Refused(command, shown(keys), "2", viewed), Wait(""))
            assert outcomes[-1] != Wait("") or keys == ("esc",)  # a count that waits is taken back by esc


def test_a_number_without_end_is_capped() -> None:
    resolver = Resolver(REGISTRY)
    for _ in range(50):
        resolver.feed(names("9"), "thread", 0.0)
    done = resolver.feed(names("j"), "thread", 0.0)
    assert isinstance(done, Run)
    assert done.times == 99_999


def test_key_names_are_those_of_the_keymap() -> None:
    assert press("question_mark", "?") == Press("?", "?")
    assert press("upper_g", "G") == Press("G", "G")
    assert press("escape", "\x1b") == Press("esc")
    assert press("ctrl+m", "\r").name == "enter"
    assert press("space", " ") == Press("space", " ")
    assert press("pagedown", None).name == "pgdn"


def test_the_footer_shows_keys_that_work_there() -> None:
    for pane in PANES:
        bound = REGISTRY.bindings(pane).commands
        shown = REGISTRY.hints(pane)
        assert shown
        assert len({key for key, _ in shown}) == len(shown)
        assert len(shown) <= len(bound)
    assert ("ctrl+s", "send") in REGISTRY.hints("composer")


def test_the_readme_table_names_every_command_and_key() -> None:
    table = markdown(REGISTRY)
    for command in REGISTRY.commands:
        assert f"`{command.id}`" in table
        for key in REGISTRY.keys(command):
            assert f"`{key}`" in table


def test_line_edit() -> None:
    edit = LineEdit("hello world")
    assert edit.key(Press("ctrl+w"))
    assert edit.text == "hello "
    edit.key(Press("ctrl+a"))
    edit.insert("oh\x1b[31m\n")
    assert edit.text == "oh[31m hello "
    edit.key(Press("ctrl+u"))
    assert edit.text == "hello "
    edit.key(Press("right"))
    edit.key(Press("del"))
    assert edit.text == "hllo "
    edit.key(Press("backspace"))
    assert (edit.text, edit.cursor) == ("llo ", 0)
    assert not edit.key(Press("f5"))


def test_fuzzy_prefers_beginnings_and_whole_words() -> None:
    def best(needle: str, *texts: str) -> str:
        return max(texts, key=lambda text: match(needle, text)[0])

    assert best("bill", "Umbill", "Team Billing", "Billing") == "Billing"
    assert best("pr", "Surprise", "Priya") == "Priya"
    assert match("pn", "Priya Nair")[1] == (0, 6)
    assert match("xyz", "Priya") == (-1, ())
    assert match("nair pri", "Priya Nair")[0] > 0
    assert match("i", "İstanbul")[0] >= 0


def test_no_dialog_is_loaded_before_it_is_shown() -> None:
    code = (
        "import sys, tui.app.run; from tui.app.commands import all_handlers; all_handlers(); "
        "print(*sorted(name[16:] for name in sys.modules if name.startswith('tui.app.dialogs.')))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    # what draws a dialog, what one is made of, and the one that a small window opens at once
    assert told.split() == ["base", "edit", "overlay", "small"]
