"""A toy app with the shape of the real one, run as `python -m tests.terminal.toys` in a pseudo-terminal.

Three panes, an input, a modal, messages that arrive; every key, paste and size it gets is spelled on its last line.
"""

import argparse
import asyncio
import sys
import threading
from pathlib import Path
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.driver import Driver
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from tui.app.terminal.options import TerminalOptions
from tui.app.terminal.terminal_app import TerminalApp, run

SECRET = "dG9rOjEyMzQ1Njc4OTBhYmNkZWY="
LEAK = "customer Ada Lovelace's password is hunter2"

_TEXT = """refund invoice Grüße 発送 状況 thank-you ✓ naïve éclair 한국어 order #4711 … “quoted” —dash café
Привет deploy failed again please help"""
_WORDS = _TEXT.split()


class Question(ModalScreen[None]):
    """A dialog over the dimmed screen."""

    CSS = "Question { align: center middle; background: $background 60%; } Question Static { width: 40; height: 7; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        box = Static("Close this conversation?\n\n[b]enter[/b] yes, [i]esc[/i] no", id="box")
        box.styles.border = ("round", "red")
        yield box


class Rows(Widget):
    """Lines drawn one by one, with a control character smuggled into one of them."""

    def render_line(self, y: int) -> Strip:
        """One line; line 2 tries to colour the terminal and to ring it."""
        text = "evil \x1b[31m\x07\u202elive" if y == 2 else f"row {y} {_WORDS[y % len(_WORDS)]}"
        style = self.rich_style + Style(underline=y % 5 == 1, strike=y % 7 == 3, reverse=y % 11 == 4)
        return Strip([Segment(text, style)]).adjust_cell_length(self.size.width, self.rich_style)


class Toy(TerminalApp[int]):
    """See the module."""

    CSS = """
    #list { width: 40; border: round $primary; }
    #thread { width: 1fr; border: round $primary; }
    #contact { width: 32; border: round $primary; }
    #search { dock: top; height: 1; border: none; }
    #status { dock: bottom; height: 1; background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "quit", "Quit"),
        Binding("d", "pressed('delete')", "Delete"),
        Binding("m", "push_screen('question')", "Modal"),
        Binding("ctrl+l", "repaint", "Redraw"),
        Binding("e", "edit", "Edit"),
        Binding("b", "boom", "Crash"),
        Binding("w", "worker_boom", "Crash in a worker"),
        Binding("y", "yank", "Copy"),
        Binding("f", "hang", "Never end"),
        Binding("escape", "pressed('escape')", "Back"),
    ]
    SCREENS: ClassVar = {"question": Question}

    def __init__(
        self, terminal_options: TerminalOptions | None = None, driver_class: type[Driver] | None = None
    ) -> None:
        super().__init__(driver_class, terminal_options=terminal_options)
        self.happened: list[str] = []
        self.arrived = 0
        self.fails_at_start = False
        self.token = SECRET

    def compose(self) -> ComposeResult:
        yield Input(id="search", placeholder="Search")
        with Horizontal():
            yield OptionList(*[self._row(number) for number in range(300)], id="list")
            with VerticalScroll(id="thread"):
                yield Static(self._body(), id="body", markup=False)
            yield Rows(id="contact")
        yield Static("ready", id="status", markup=False)

    def on_mount(self) -> None:
        """Keys go to the list first."""
        self.query_one("#list").focus()
        if self.fails_at_start:
            self.action_boom()

    def _row(self, number: int) -> str:
        return f"Conversation {number}\n  {' '.join(_WORDS[(number * 7 + step) % len(_WORDS)] for step in range(4))}"

    def _body(self) -> str:
        return "\n".join(
            f"{line:3} {' '.join(_WORDS[(line * 5 + step + self.arrived) % len(_WORDS)] for step in range(line % 9))}"
            for line in range(60)
        )

    def note(self, what: str) -> None:
        """Spell what happened on the last line."""
        self.happened.append(what)
        self.query_one("#status", Static).update(f"[{len(self.happened)}] " + " ".join(self.happened[-8:]) + " .")

    def arrive(self) -> None:
        """A message arrives: the thread changes."""
        self.arrived += 1
        self.query_one("#body", Static).update(self._body())

    def on_key(self, event: events.Key) -> None:
        """Note every key that reaches the app."""
        self.note(f"key:{event.key}")

    def on_paste(self, event: events.Paste) -> None:
        """Note a paste that no input took."""
        self.note(f"paste:{len(event.text)}:{event.text[:20]!r}")

    def on_resize(self, event: events.Resize) -> None:
        """Note the size."""
        self.note(f"size:{event.size.width}x{event.size.height}")

    def action_pressed(self, what: str) -> None:
        """Note a binding that ran."""
        self.note(f"did:{what}")

    async def action_edit(self) -> None:
        """Give the terminal to another program, while messages arrive."""
        arrivals = self.set_interval(0.02, self.arrive)
        code = await self.suspend_for(["/bin/sh", "-c", "echo in-the-editor; read line; echo got-$line; exit 3"])
        arrivals.stop()
        self.note(f"editor:{code}")

    def action_boom(self) -> None:
        """Fail, with something in a local variable that must not be shown."""
        local = LEAK
        raise ValueError(f"boom with {self.token} and {len(local)} characters")

    def action_worker_boom(self) -> None:
        """Fail in a worker."""

        async def work() -> None:
            await asyncio.sleep(0)
            raise KeyError(self.token)

        self.run_worker(work())

    def action_yank(self) -> None:
        """Copy something to the clipboard."""
        short, long = self.copy("copied \x1b[31mtext"), self.copy("x" * 100_000)
        self.note(f"copied:{short}:{long}")

    async def action_hang(self) -> None:
        """Keep the app's message pump busy for ever."""
        self.note("hanging")
        await asyncio.Event().wait()


def main() -> int:
    """Run the toy with the options of the terminal on the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--no-diff", action="store_true")
    parser.add_argument("--no-pacing", action="store_true")
    parser.add_argument("--low-bandwidth", action="store_true")
    parser.add_argument("--mouse", action="store_true")
    parser.add_argument("--focus", action="store_true")
    parser.add_argument("--colors", choices=["auto", "truecolor", "256", "16"], default="auto")
    parser.add_argument("--crash-report", type=Path)
    parser.add_argument("--crash-at-start", action="store_true")
    options = parser.parse_args()
    terminal_options = TerminalOptions(
        diff=not options.no_diff,
        pacing=not options.no_pacing,
        low_bandwidth=options.low_bandwidth,
        mouse=options.mouse,
        focus_reports=options.focus,
        colors=options.colors,
        crash_report=options.crash_report,
        secrets=lambda: [SECRET],
    )
    app = Toy(terminal_options)
    if options.crash_at_start:
        app.fails_at_start = True
    code = run(app)
    # Anything left running would keep the program alive after its window is gone.
    assert [thread.name for thread in threading.enumerate() if not thread.daemon] == ["MainThread"]
    return code


if __name__ == "__main__":
    sys.exit(main())
