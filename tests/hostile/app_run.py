"""One walk through every screen and dialog of the app, over a poisoned workspace, in a pseudo-terminal."""

import stat
import sys
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from tests.harness.sandbox import environment
from tests.hostile.rules import Seen, bad_characters
from tests.hostile.watch import Watch, bad_files
from tests.terminal.pty_harness import KEYS, Terminal
from tui.app.commands import all_commands
from tui.app.keys.command import Command

__all__ = ["Walk", "screens", "surroundings", "survive", "walk"]

_LEFT_OUT: Final = {"app.quit", "app.quit-now", "app.suspend"}
"""Commands that end or stop the program."""
_MOVES: Final = ("move.", "pane.", "select.", "thread.")
MOST_MIB: Final = 450.0
"""What the app may hold, whatever it is sent."""
SIZES: Final = ((140, 40), (90, 30), (60, 24), (140, 40))


@dataclass
class Walk:
    """What a walk saw."""

    seen: Seen = field(default_factory=Seen)
    wrong: list[str] = field(default_factory=list)
    screens: Counter[str] = field(default_factory=Counter)
    looks: int = 0
    rss_mib: float = 0.0


def screens() -> list[Command]:
    """The commands whose dialogs and effects are looked at, in the registry's order."""
    return [one for one in all_commands() if one.id not in _LEFT_OUT and not one.id.startswith(_MOVES)]


def surroundings(home: Path, url: str) -> dict[str, str]:
    """A program's environment: no address but loopback can be asked, and helpers note what they are given."""
    bin_folder = home / "bin"
    bin_folder.mkdir(parents=True, exist_ok=True)
    for name in ("browser", "editor"):
        script = bin_folder / name
        script.write_text(f'#!/bin/sh\nfor each; do printf "%s\\0" "$each" >>"{home}/{name}.given"; done\n')
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
    nowhere = "http://127.0.0.1:9"
    return environment(home) | {
        "INTERCOM_BASE_URL": url, "BROWSER": str(bin_folder / "browser"), "EDITOR": str(bin_folder / "editor"),
        "VISUAL": str(bin_folder / "editor"), "DISPLAY": "", "HTTPS_PROXY": nowhere, "HTTP_PROXY": nowhere,
        "NO_PROXY": "127.0.0.1", "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip


def walk(
    home: Path, url: str, *, size: tuple[int, int] = (140, 40), threads: int = 40, dialogs: slice | None = None
) -> Walk:
    """Start the app, read `threads` conversations, open dialogs (all, or a slice of them), leave."""
    done = Walk()
    columns, rows = size
    argv = [sys.executable, "-m", "tui"]
    with Terminal(argv, columns=columns, rows=rows, env=surroundings(home, url)) as terminal:
        watch = Watch(terminal, done.seen)
        try:
            terminal.wait_for("live", 60)
            terminal.press("3")
            terminal.settle(0.3)
            watch.look("list", again=lambda: _press(terminal, "2", "3"))
            _read_threads(terminal, watch, threads, wide=columns >= 120)
            _dialogs(terminal, watch, done, dialogs or slice(None))
            done.rss_mib = terminal.memory_mib()
            for key in ("escape", "escape", "escape", "q", "q"):
                terminal.press(key)
                terminal.settle(0.1)
            if terminal.process.poll() is None:
                terminal.press("enter")  # what is queued may be left for later
            if (code := terminal.wait_exit(30)) != 0:
                done.wrong.append(f"exit {code}: {terminal.text}")
            watch.end("end")
        except (TimeoutError, RuntimeError, IndexError) as error:
            done.wrong.append(f"the app did not go on: {type(error).__name__} {error}")
        done.wrong += watch.wrong
        done.looks = watch.looks
    for copied in done.seen.copies:
        if bad := bad_characters(copied.decode("utf-8", "replace"), allowed="\n\t"):
            done.wrong.append(f"copied {sorted(map(ascii, bad))}")
    done.wrong += bad_files(home)
    done.wrong += _given(home)
    return done


def survive(home: Path, url: str) -> Walk:
    """The app where the network lies: it shows its panes, answers keys, and leaves when told to."""
    done = Walk()
    with Terminal([sys.executable, "-m", "tui"], columns=100, rows=30, env=surroundings(home, url)) as terminal:
        watch = Watch(terminal, done.seen)
        try:
            terminal.wait_for("help", 60)
            terminal.settle(2.0, 12)
            for key in ("3", "down", "enter", "escape", "R", "?"):
                terminal.press(key)
                terminal.settle(0.2, 3)
            terminal.wait_for("Triage", 60)
            terminal.press("escape")
            terminal.settle(0.2)
            done.rss_mib = terminal.memory_mib()
            if done.rss_mib > MOST_MIB:
                done.wrong.append(f"the app holds {done.rss_mib:.0f} MiB")
            terminal.press("q")
            if (code := terminal.wait_exit(30)) != 0:
                done.wrong.append(f"exit {code}: {terminal.text}")
            watch.end("end")
        except (TimeoutError, RuntimeError) as error:
            done.wrong.append(f"the app did not go on: {type(error).__name__} {error}")
        done.wrong += watch.wrong
    done.wrong += bad_files(home)
    return done


def _read_threads(terminal: Terminal, watch: Watch, threads: int, *, wide: bool) -> None:
    for number in range(threads):
        before = terminal.received
        terminal.press("down")
        terminal.settle(0.16)
        if terminal.received - before < 20 and number:
            break
        watch.look(f"thread: {number}", again=partial(_press, terminal, "up", "down") if number % 4 == 1 else None)
        for key in ("enter", "G", "ctrl+u", "e", "g", "g", "escape") if number % 3 == 0 else ():
            terminal.press(key)
            terminal.settle(0.06)
        watch.look(f"thread: {number} read")
        if wide and number % 5 == 0:
            for key in ("tab", "tab", "G", "escape", "escape"):
                terminal.press(key)
                terminal.settle(0.05)
            watch.look(f"contact: {number}")
    terminal.press("g", "g")
    terminal.settle(0.1)


def _dialogs(terminal: Terminal, watch: Watch, done: Walk, which: slice) -> None:
    for command in screens()[which]:
        composing = command.where == ("composer",)
        if composing:
            terminal.press("r")
            terminal.settle(0.15)
        _start(terminal, command)
        terminal.settle(0.15)
        done.screens[command.id] += 1
        panes = command.id != "contact.toggle"  # which moves them
        compared = not composing and zlib.crc32(command.id.encode()) % 2
        again = partial(_open_again, terminal, command) if compared else None
        watch.look(f"{command.id}: opened", again=again, panes=panes)
        watch.copies = watch.copies or command.id == "text.copy"
        for key in _within(command):
            terminal.press(key)
            terminal.settle(0.05)
        watch.look(f"{command.id}: chosen", panes=panes)
        if command.id == "contact.toggle":
            _start(terminal, command)
        for _ in range(3):
            terminal.press("escape")
            terminal.settle(0.06)
        watch.look(f"{command.id}: left")
        if terminal.process.poll() is not None:
            raise RuntimeError(f"{command.id} ended it, exit {terminal.process.returncode}: {terminal.text}")


def _press(terminal: Terminal, *keys: str) -> None:
    for key in keys:
        terminal.press(key)
        terminal.settle(0.3)


def _open_again(terminal: Terminal, command: Command) -> None:
    _press(terminal, "escape", "escape", "escape")
    _start(terminal, command)
    terminal.settle(0.15)


def _start(terminal: Terminal, command: Command) -> None:
    if command.keys:
        key = command.keys[0]
        if len(key) == 1 or key in KEYS:
            terminal.press(key)
        else:
            terminal.press(*key.split())
        return
    terminal.press(":")
    terminal.settle(0.1)
    terminal.send(command.title)
    terminal.settle(0.1)
    terminal.press("enter")


def _within(command: Command) -> Iterable[str]:
    """Keys that go through a dialog: down its rows, and for some the choice of one."""
    match command.id:
        case "text.pipe":
            return (*"cat >piped.txt; cat piped.txt", "enter", "down", "down")
        case "text.copy" | "link.open" | "outbox.show" | "help.palette" | "contact.find" | "file.save":
            return ("down", "down", "enter", "down")
        case "view.search":
            return (*"refund", "enter", "down", "down")
        case "app.refresh" | "app.redraw":
            return ()
        case _:
            return ("down", "down", "pagedown", "end", "up")


def _given(home: Path) -> list[str]:
    """What the browser was given must be a clean web address; the editor, one of our files."""
    wrong: list[str] = []
    for name in ("browser", "editor"):
        file = home / f"{name}.given"
        for given in file.read_bytes().split(b"\0")[:-1] if file.exists() else ():
            text = given.decode("utf-8", "replace")
            starts = ("http://", "https://", "mailto:", "tel:") if name == "browser" else ("/",)
            host = text.split("/")[2] if text.startswith("http") else ""
            if bad_characters(text) or not text.startswith(starts) or " " in text or "@" in host or not host.isascii():
                wrong.append(f"{name} was given {text[:200]!a}")
    return wrong
