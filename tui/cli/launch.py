"""Opening the app: the one place where the command line meets Textual."""

import argparse
import contextlib
import gc
import os
import sys
import termios
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.cli.complaint import complain
from tui.cli.opening import chosen
from tui.config.resolve import Profile
from tui.config.terminal import TerminalKind, terminal_kind, terminal_name
from tui.model.errors import UserError
from tui.model.labels import shell_texts

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox

_REBUILDS = 3
"""How many times in one run a damaged store is rebuilt."""
_SWITCH_SECONDS = 0.0005
"""How long another thread may keep the interpreter while a key waits.

Beside a thread that computes all the time a key was answered in 7 ms, with Python's own 5 ms in 23.
"""


def open_app(args: argparse.Namespace, run: Callable[[Sequence[str]], int]) -> int:
    """Open the inbox and stay until somebody leaves; return the exit code. ``run`` does a command line.

    Raises :class:`tui.cli.failure.Failure` before anything is drawn: no token, a setting that cannot be.
    """
    if sys.stdin.isatty() and sys.stdout.isatty() and terminal_kind(os.environ) is TerminalKind.PLAIN:
        from tui.cli.plain import run_lines

        return run_lines(args, terminal_name(os.environ), run)
    gc.disable()  # until the first paint, see tui.app.run
    from tui.inbox.session import opened

    with chosen(args) as (profile, make_client):
        for _ in range(_REBUILDS):
            with opened(profile, tell=complain, face="app", make_client=make_client) as inbox:
                code = _show(args, profile, inbox)
            if not inbox.store.is_damaged:
                return code
            # what was typed meanwhile was meant for a screen that is gone
            with contextlib.suppress(OSError, termios.error):
                termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)
    from tui.cli.failure import Failure

    raise Failure(shell_texts.STORE_KEEPS_GETTING_DAMAGED)


def _show(args: argparse.Namespace, profile: Profile, inbox: "Inbox") -> int:
    """Show the inbox until somebody leaves, or the store is found damaged."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        from tui.cli.failure import Failure

        raise Failure(shell_texts.INBOX_NEEDS_A_TERMINAL)
    from tui.app.terminal.lean import load_textual

    load_textual()
    from tui.app.run import run

    sys.setswitchinterval(_SWITCH_SECONDS)
    code = run(inbox, profile, diff=not args.no_diff)
    if not profile.throwaway and not inbox.store.is_damaged:
        _say_what_is_queued(inbox)
    return code


def _say_what_is_queued(inbox: "Inbox") -> None:
    """Whoever leaves, or whose terminal ends the program, hears what was not sent and is not gone either."""
    from tui.inbox.actions.codec import silent_kinds

    try:
        box = inbox.outbox
        left = [box.describe(row) for row in box.pending() if box.is_moving(row.id) and row.kind not in silent_kinds()]
    except UserError as error:
        complain(str(error))
        return
    if left:
        what = left[0] if len(left) == 1 else shell_texts.ACTIONS.format(count=len(left))
        complain(shell_texts.QUEUED_FOR_NEXT_START.format(what=what))
