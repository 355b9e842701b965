"""NO_COLOR (no-color.org): not one colour reaches the terminal, and what colours said is still said."""

import re
import sys
from pathlib import Path

import pytest

from tests.terminal.program import editor, press_for, program
from tests.terminal.pty_harness import Terminal
from tui.app.commands import all_commands
from tui.app.keys.registry import Registry

SGR = re.compile(rb"\x1b\[([\d;:]*)m")
NOT_NOW = {"app.quit", "app.quit-now", "app.suspend", "compose.editor"}


def colours(raw: bytes) -> set[str]:
    """The SGR parameters that set a colour: 30 to 49, 58, 90 to 107; ECMA-48 8.3.117 and xterm's."""
    numbers = {number.decode() for found in SGR.findall(raw) for number in re.split(rb"[;:]", found) if number}
    return {one for one in numbers if 30 <= int(one) <= 49 or int(one) in (58, 59) or 90 <= int(one) <= 107}


def keys() -> list[str]:
    """A key for every command of the list that can be tried without ado."""
    registry = Registry(all_commands())
    named = {"esc": "escape", "shift+tab": "backtab", "pgup": "pageup", "pgdn": "pagedown", "del": "delete"}
    found = [sequence[0] for sequence, one in registry.bindings("list").commands.items() if one.id not in NOT_NOW]
    return [named.get(key, key) for key in dict.fromkeys(found)]


@pytest.mark.parametrize("options", [(), ("--no-diff",), ("--low-bandwidth",)], ids=" ".join)
def test_no_colour_is_sent_whatever_is_shown(options: tuple[str, ...]) -> None:
    with program(*options, env={"NO_COLOR": "1"}, columns=140, rows=40) as terminal:
        for key in keys():
            terminal.press(key)
            terminal.settle(0.05)
            for _ in range(2):
                terminal.press("escape")
                terminal.settle(0.05)  # an Esc with a key right behind it is alt with that key
        for key in ("enter", "r", "some words", "ctrl+p", "ctrl+p", "ctrl+y", "escape", "escape"):
            terminal.press(key)
            terminal.settle(0.05)
        assert len(SGR.findall(bytes(terminal.raw))) > 100
        assert colours(bytes(terminal.raw)) == set()


@pytest.mark.parametrize("environ", [{}, {"NO_COLOR": ""}], ids=["unset", "empty"])
def test_colours_are_sent_otherwise(environ: dict[str, str]) -> None:
    with program(env=environ) as terminal:
        assert colours(bytes(terminal.raw))


def row_of(terminal: Terminal, text: str) -> int:
    """The row of the screen that holds `text`."""
    return next(y for y, line in enumerate(terminal.screen.rows()) if text in line)


def test_what_colours_say_is_said_otherwise() -> None:
    with program(env={"NO_COLOR": "1"}, columns=100) as terminal:
        screen = terminal.screen
        names = [y for y, line in enumerate(screen.rows()) if line[:2] in ("▌●", " ●")]
        here = next(y for y in range(24) if screen.rows()[y].startswith("▌"))
        assert screen.cell(4, here).reverse, "the row under the cursor"
        unread = next(y for y in names if y != here)
        assert screen.cell(4, unread).bold, "what is not read"
        assert screen.cell(3, 1).reverse, "the pane that has the keys"
        terminal.press("l")
        terminal.settle()
        assert not screen.cell(3, 1).reverse
        press_for(terminal, "r", "REPLY")
        reply = row_of(terminal, "REPLY")
        x = screen.rows()[reply].index("REPLY")
        assert screen.cell(x, reply).reverse
        assert any(screen.cell(at, reply + 1).reverse for at in range(x, x + 4)), "the cursor in the text"
        terminal.send("one two")
        terminal.send("\x1b[1;2D\x1b[1;2D\x1b[1;2D")  # shift+left three times
        terminal.settle()
        assert sum(screen.cell(at, reply + 1).reverse for at in range(x, 100)) >= 3, "the selection in the text"


def test_an_editor_is_told_of_no_color_too(tmp_path: Path) -> None:
    script = 'sed -i "1s/.*/NO_COLOR is $NO_COLOR/" "$1"'
    with program(env={"NO_COLOR": "7", "EDITOR": editor(tmp_path, script)}) as terminal:
        press_for(terminal, "r", "REPLY")
        terminal.press("ctrl+g")
        terminal.wait_for("NO_COLOR is 7")


@pytest.mark.parametrize(
    "argv",
    [("--help",), ("--demo", "conversation", "list"), ("--demo", "admin", "list"), ("conversation", "reply", "-h")],
)
def test_the_shell_face_sends_none_either(argv: tuple[str, ...]) -> None:
    with Terminal([sys.executable, "-m", "tui", *argv], env={"NO_COLOR": "1", "FORCE_COLOR": "1"}) as terminal:
        terminal.wait_exit()
        assert terminal.text.strip()
        assert colours(bytes(terminal.raw)) == set()
