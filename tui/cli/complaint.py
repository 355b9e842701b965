"""Sentences on standard error."""

import contextlib
import sys

from tui.cli.parsing import PROGRAM


def complain(sentence: str) -> None:
    """One line on stderr, free of anything that could drive the terminal; quiet where nobody listens."""
    from tui.text.sanitize import clean_line

    if sys.stderr is None:  # print would take standard output for it
        return
    with contextlib.suppress(OSError, ValueError):
        print(f"{PROGRAM}: {clean_line(sentence)}", file=sys.stderr, flush=True)
