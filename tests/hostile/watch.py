"""The app in a pseudo-terminal, watched: every byte judged, and its panes and frames where they belong."""

import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.hostile.rules import Seen, bad_characters, judge
from tests.hostile.vt import Grid, Token, by_cluster, by_point, read
from tests.terminal.pty_harness import Terminal

__all__ = ["SEPARATORS", "Watch"]

SEPARATORS: Final = "▕▏"
_AGES: Final = re.compile(r"\b\d+ ?(s|m|h|d|min)\b|\d\d:\d\d")
_ENDING: Final = re.compile(rb"\x1b[^\x1b]{0,4096}\Z")


class Watch:
    """Reads what `terminal` received since the last look, and says in `wrong` what should not be."""

    def __init__(self, terminal: Terminal, seen: Seen) -> None:
        self.terminal, self.seen = terminal, seen
        self.wrong: list[str] = []
        self.copies = False
        """Whether the clipboard may be written from now on."""
        self.grids = {each.__name__: Grid(terminal.columns, terminal.rows, each) for each in (by_point, by_cluster)}
        self.looks = 0
        self._done = 0
        self._separators: set[int] | None = None
        self._hidden = False
        self._told: set[str] = set()

    def look(self, where: str, *, again: Callable[[], None] | None = None, panes: bool = True) -> None:
        """Judge what came. With `again` the whole screen is also painted anew, which must change nothing.

        A notice may end, or a thread arrive, between the two paintings: what differs counts where it differs once more
        after `again` has come to the same place.
        """
        self.looks += 1
        self._read(where)
        self._frames(where)
        if panes:
            self._panes(where)
        if again is not None and self._change_by_redraw(where) is not None:
            again()
            if (change := self._change_by_redraw(where)) is not None:
                self._tell(where, change)

    def end(self, where: str) -> None:
        """Judge the rest, whole or not."""
        self._take(where, bytes(self.terminal.raw[self._done :]))
        self._done = len(self.terminal.raw)

    def text(self) -> list[str]:
        """The screen, as a terminal shows it that goes by the single character."""
        return self.grids["by_point"].text()

    def _read(self, where: str) -> None:
        data = bytes(self.terminal.raw[self._done :])
        tail = _ENDING.search(data)
        if tail is not None and any(token.kind == "broken" for token in read(tail[0])):
            data = data[: tail.start()]  # the rest of the sequence is on its way
        while data and not _whole(data):
            data = data[:-1]
        self._done += len(data)
        self._take(where, data)

    def _take(self, where: str, data: bytes) -> None:
        tokens: list[Token] = list(read(data))
        before = len(self.seen.wrong)
        judge(tokens, self.seen, app=True, copies=self.copies)
        for each in self.seen.wrong[before:]:
            self._tell(where, each)
        for token in tokens:  # the shell's own screen is none of ours
            if token.kind == "csi" and token.numbers == (1049,):
                self._hidden = token.mark == "?h"
        for grid in self.grids.values():
            grid.feed(tokens)

    def _tell(self, where: str, what: str) -> None:
        key = f"{where.partition(':')[0]} {what[:60]}"
        if key not in self._told:
            self._told.add(key)
            self.wrong.append(f"{where}: {what}")

    def _panes(self, where: str) -> None:
        """The lines between the panes stand in the same columns of every row, and nothing stands on them."""
        for name, grid in self.grids.items():
            body = grid.cells[1:-2]  # between the line of views and the status line
            if self._separators is None:
                # what a stranger wrote may hold such characters in many rows, but never beside a pane's title too
                lines = (sum(row[x] in SEPARATORS for row in body) for x in range(grid.columns))
                self._separators = {x for x, rows in enumerate(lines) if rows >= len(body) - 1}
            broken = [
                f"row {y} column {x} holds {row[x]!a}"
                for y, row in enumerate(body, 1) for x in self._separators if row[x] not in SEPARATORS
            ]  # fmt: skip
            if broken and not any("╭" in "".join(row) for row in grid.cells):
                self._tell(
                    where, f"a pane's edge is broken ({name}): {broken[:3]} {grid.text()[int(broken[0].split()[1])]!a}"
                )

    def _frames(self, where: str) -> None:
        """A dialog's frame is whole."""
        for name, grid in self.grids.items():
            for y, row in enumerate(grid.cells):
                if "╭" not in row or "╮" not in row:
                    continue
                left, right = row.index("╭"), len(row) - 1 - row[::-1].index("╮")
                for under in grid.cells[y + 1 :]:
                    if under[left] == "╰":
                        break
                    if (under[left], under[right]) != ("│", "│"):
                        self._tell(where, f"a dialog's frame is broken ({name}): {''.join(under)!a}")
                        break
                break

    def _change_by_redraw(self, where: str) -> str | None:
        """What another painting of the same screen changes."""
        self.terminal.settle(0.35)
        self._read(where)
        before = {name: grid.text() for name, grid in self.grids.items()}
        self.terminal.send(signal.SIGWINCH)  # as when a window is resized and resized back: all is painted anew
        self.terminal.settle(0.2)
        self._read(where)
        for name, grid in self.grids.items():
            for y, (was, now) in enumerate(zip(before[name], grid.text(), strict=True)):
                if was != now and _AGES.sub("", was) != _AGES.sub("", now):
                    return f"row {y} was another before the redraw ({name}): {was!a} -> {now!a}"
        return None


def _whole(data: bytes) -> bool:
    try:
        data[-4:].decode()
    except UnicodeDecodeError as error:
        return error.reason != "unexpected end of data"
    return True


def bad_files(home: Path) -> list[str]:
    """Files under `home` that the program wrote for people and that hold what may drive a terminal, and odd names."""
    wrong = [f"a file called {path.name!a}" for path in home.rglob("*") if bad_characters(path.name)]
    for path in home.rglob("*.txt"):
        if bad := bad_characters(path.read_text(errors="replace"), allowed="\n\t"):
            wrong.append(f"{path.name} holds {sorted(map(ascii, bad))}")
    wrong += [f"a crash report: {path.read_text(errors='replace')[-1500:]}" for path in home.rglob("crash*")]
    return wrong
