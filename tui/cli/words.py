"""Where the words of a reply or note come from: the command line, standard input, or an editor."""

import argparse
import os
import shlex
import subprocess
import sys
import tempfile

from tui.cli.failure import Failure, UsageError
from tui.text.clean import clean
from tui.text.markdown import to_html

MOST = 1_000_000
"""Characters that are read; no reply is longer."""


def add_text(parser: argparse.ArgumentParser) -> None:
    """The arguments that :func:`written` reads."""
    parser.add_argument("text", nargs="?", metavar="TEXT", help="Markdown; - reads it from standard input")
    parser.add_argument("--edit", action="store_true", help="write it in $VISUAL or $EDITOR, beginning with the draft")


def written(args: argparse.Namespace, draft: str = "") -> str:
    """The Markdown to send, cleaned. ``draft`` is where an editor begins.

    Raises :class:`UsageError` where nothing says what to write, :class:`Failure` where nothing was written.
    """
    if args.edit:
        if args.text not in (None, "-"):
            draft = args.text
        text = _edited(draft)
    elif args.text == "-" or (args.text is None and not sys.stdin.isatty()):
        text = _read_stdin()
    elif args.text is None:
        raise UsageError("There is no text: give it as an argument, - to read standard input, or --edit.")
    else:
        text = args.text
    text = clean(text).strip()
    if not to_html(text):
        raise Failure("Nothing was written, so nothing is sent.")
    return text


def _read_stdin() -> str:
    buffer = getattr(sys.stdin, "buffer", None)
    text = sys.stdin.read(MOST + 1) if buffer is None else buffer.read(MOST * 4).decode("utf-8", "replace")
    if len(text) > MOST:
        raise UsageError("Standard input is longer than any message can be.")
    return text


def _edited(draft: str) -> str:
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    descriptor, path = tempfile.mkstemp(prefix="intercom-tui-", suffix=".md")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(draft)
        try:
            # the user's own editor on a file that only the user can read; no shell is involved
            ended = subprocess.run([*shlex.split(command), path], check=False).returncode  # noqa: S603
        except (OSError, ValueError) as error:
            raise Failure(f"The editor {command!a} cannot be run: {error}.") from error
        if ended != 0:
            raise Failure(f"The editor ended with {ended}, so nothing is sent.")
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(MOST)
    finally:
        os.unlink(path)
