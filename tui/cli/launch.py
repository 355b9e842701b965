"""Opening the app: the one place where the command line meets Textual."""

import argparse
import gc
import sys

from tui.cli.wiring import open_desk, secrets, settle

_SWITCH_SECONDS = 0.0005
"""How long another thread may keep the interpreter while a key waits.

Beside a thread that computes all the time a key was answered in 7 ms, with Python's own 5 ms in 23.
"""


def open_app(args: argparse.Namespace) -> int:
    """Open the inbox and stay until somebody leaves; return the exit code.

    Raises :class:`tui.cli.failure.Failure` before anything is drawn: no token, a setting that cannot be.
    """
    gc.disable()  # until the first paint, see tui.app.run
    setup = settle(args)
    opened = open_desk(setup)
    try:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            from tui.cli.failure import Failure

            raise Failure("The inbox needs a terminal; for scripts see intercom-tui conversation --help.")
        from tui.app.terminal.lean import load_textual

        load_textual()
        from tui.app.run import run

        sys.setswitchinterval(_SWITCH_SECONDS)
        return run(
            opened.inbox,
            setup.settings,
            profile=setup.settings.default_profile,
            diff=not args.no_diff,
            crash_report=setup.paths.log / "crash.txt" if setup.demo is None else None,
            secrets=secrets,
        )
    finally:
        opened.close()
