"""Where the words of a reply or note come from: the command line, standard input, or an editor."""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING

from tui.cli.failure import Failure, UsageError
from tui.cli.interrupts import lent
from tui.config.children import child_environment, end_with_children
from tui.config.editor import MOST, QUICK, Draft, EditFile, Editor, EditorError
from tui.model.labels import shell_texts
from tui.text.markdown import to_html
from tui.text.sanitize import clean

if TYPE_CHECKING:
    from tui.cli.keeping import Written


class Cut(SystemExit):
    """A signal ended the command while the editor was open; the code is 128 + its number."""


def add_text(parser: argparse.ArgumentParser) -> None:
    """The arguments that :func:`written` reads."""
    parser.add_argument(
        "text",
        nargs="?",
        metavar="TEXT",
        help="the text, with Markdown lists, links, `code` and **bold**; - reads standard input",
    )
    parser.add_argument("--edit", action="store_true", help="write it in $VISUAL or $EDITOR, starting from the draft")


def written(args: argparse.Namespace, draft: str = "", *, words: "Written | None" = None, store: str = "") -> str:
    """What to send, cleaned. ``draft`` is where an editor begins, ``words`` hears of what a cut off one had saved,
    ``store`` is the path of the profile's store.

    Raises :class:`UsageError` where nothing says what to write, :class:`Failure` where nothing was written.
    """
    if args.edit:
        if args.text not in (None, "-"):
            draft = args.text
        text = _edited(draft, args.verb, Draft(store, args.id, args.verb) if store else None, words)
    elif args.text == "-" or (args.text is None and not sys.stdin.isatty()):
        text = _read_stdin()
    elif args.text is None:
        raise UsageError(shell_texts.NO_TEXT)
    else:
        text = args.text
    text = clean(text).strip("\n")
    if not to_html(text) or not text.strip(" \t\n>"):
        raise Failure(shell_texts.NOTHING_WRITTEN)
    return text


def _read_stdin() -> str:
    buffer = getattr(sys.stdin, "buffer", None)
    try:
        if buffer is None:
            text = sys.stdin.read(MOST + 1)
        else:
            with contextlib.suppress(OSError, ValueError):  # what is no file is read as it is
                os.set_blocking(sys.stdin.fileno(), True)  # else a pause of the writer would be taken for the end
            text = buffer.read(MOST * 4).decode("utf-8", "replace")
    except OSError as error:
        raise Failure(shell_texts.INPUT_NOT_READ.format(reason=error.strerror or error)) from error
    if len(text) > MOST:
        raise UsageError(shell_texts.INPUT_TOO_LONG)
    return text


def _edited(draft: str, title: str, about: Draft | None, words: "Written | None") -> str:
    """What the person's editor made of ``draft``; the editor has the terminal, and whatever it does we have it back."""
    editor = Editor.of(os.environ)
    try:
        file = EditFile(title, draft, draft=about)
    except OSError as error:
        raise Failure(shell_texts.NO_EDITOR_FILE.format(reason=error.strerror)) from error
    keep = cut = False
    try:
        code, seconds = _run(editor, file)
        changed = not file.unchanged()
        if code:
            keep = changed
            if code > 0 and not editor.failed_to_start(code):
                said = shell_texts.EDITOR_ENDED_WITH.format(code=code)
            else:
                said = shell_texts.NOTHING_IS_SENT.format(trouble=editor.trouble(code))
            raise Failure(shell_texts.WHAT_IT_SAVED.format(said=said, path=file.path) if keep else said)
        if not changed and seconds < QUICK:
            keep = True
            raise Failure(shell_texts.EDITOR_ENDED_AT_ONCE.format(editor=editor.name, path=file.path))
        try:
            return file.read().text
        except OSError as error:
            raise Failure(shell_texts.EDITOR_LEFT_NO_FILE) from error
    except Cut:
        with contextlib.suppress(OSError):
            if words is not None:
                words.cut_off(file, draft)
                cut = True  # it goes when the words are somewhere else
        raise
    finally:
        if keep:
            file.keep()
        elif not cut:
            file.remove()


def _run(editor: Editor, file: EditFile) -> tuple[int, float]:
    """The exit code and the seconds it took. ctrl+c is the editor's; a raw terminal that it leaves is put right."""
    try:
        argv = editor.argv(file.path)
    except EditorError as error:
        raise Failure(str(error)) from None
    before = _terminal_settings()
    before_us = {signal.SIGINT: signal.signal(signal.SIGINT, _nothing)}  # to ignore it would be inherited
    process: subprocess.Popen[bytes] | None = None
    asked: list[int] = []

    def end(number: int, _: object) -> None:
        if not asked:
            asked.append(number)
            if process is not None:
                raise Cut(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup means that a hang-up ends nothing
            before_us[number] = signal.signal(number, end)
    started = time.monotonic()
    try:
        try:
            # the person's own editor, on a file that only they can read
            process = subprocess.Popen(argv, env=child_environment())  # noqa: S603
            if asked:
                raise Cut(128 + asked[0])
            with lent():
                code = process.wait()
        except Cut:
            if process is not None:
                end_with_children(process.pid)
                process.wait()
            raise
    except (OSError, ValueError) as error:
        raise Failure(editor.not_started(error)) from error
    finally:
        for number, handler in before_us.items():
            signal.signal(number, handler)
        if before is not None:
            with contextlib.suppress(termios.error):  # it went away meanwhile
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
    return code, time.monotonic() - started


def _nothing(*_: object) -> None:
    """Handle a signal by doing nothing."""


def _terminal_settings() -> "list[int | list[bytes | int]] | None":
    with contextlib.suppress(termios.error, OSError, ValueError):  # standard input is none
        return termios.tcgetattr(sys.stdin)
    return None
