"""What a fault of the program leaves behind: types and places, and no word of a customer's or of the person's.

The message of an exception may be a body, a name or an answer of the API (`KeyError` and `ValueError` quote what they
were given). Of a message only what stands in our own source, in the function that raised it, is kept.
"""

import os
import platform
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final

from tui.config.owner import open_private, private_dir
from tui.model.labels import settings_errors, shell_texts
from tui.text.sanitize import clean

__all__ = ["FaultLog", "describe", "places", "redact", "report_instead_of_printing", "write_report"]

_TOKENISH: Final = (
    r"(?i)(?:bearer\s+|(?:token|secret|password|authorization)[\"']?\s*[:=]\s*[\"']?)\S+"
    r"|dG9rO[A-Za-z0-9+/_=-]{8,}"  # an Intercom access token: base64 of "tok:..."
    r"|[A-Za-z0-9+/_-]{40,}={0,2}"
)
_MAX_CHARACTERS: Final = 20_000
_REMOVED: Final = "[removed]"
_OWN_WORDS: Final = 6
"""Characters that a piece of a message needs to be told from words that only look like ours."""
_LOG_BYTES: Final = 64 * 1024
_LOGGED_A_RUN: Final = 20


def redact(text: str, secrets: Iterable[str]) -> str:
    """`text` without control characters, without `secrets`, and without what looks like a token."""
    for secret in sorted({secret for secret in secrets if secret}, key=len, reverse=True):
        text = text.replace(secret, _REMOVED)
    return "\n".join(
        # The paths of a traceback are as long as tokens, and needed.
        line if line.lstrip().startswith('File "') else re.sub(_TOKENISH, _REMOVED, line)
        for line in clean(text).split("\n")
    )


def describe(error: BaseException, secrets: Iterable[str], *, program: str) -> str:
    """The report of `error`: versions, terminal, and where it and its causes were raised."""
    lines = [
        settings_errors.REPORT_VERSIONS.format(
            program=program,
            version=_version(program),
            textual=_version("textual"),
            python=platform.python_version(),
            system=platform.system(),
            release=platform.release(),
        ),
        f"time {time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())}, TERM={os.environ.get('TERM', '')}",
        "",
        *places(error),
    ]
    return redact("\n".join(line.rstrip("\n") for line in lines), secrets)[-_MAX_CHARACTERS:] + "\n"


def places(error: BaseException) -> list[str]:
    """The traceback of `error` and of what led to it, innermost cause first; of the messages only our own words."""
    lines: list[str] = []
    for one, relation in reversed(list(_chain(error))):
        if one.__traceback__ is not None:
            lines.append("Traceback (most recent call last):")
            lines += traceback.StackSummary.extract(traceback.walk_tb(one.__traceback__)).format()
        said = _own_words(one)
        lines.append(f"{type(one).__module__}.{type(one).__qualname__}" + (f": {said}" if said else ""))
        if relation:
            lines += ["", relation, ""]
    return lines


def write_report(path: Path, text: str) -> bool:
    """Write `text` to `path`, readable by its owner only; False when the file cannot be written."""
    try:
        private_dir(path.parent)
        path.unlink(missing_ok=True)
        # O_EXCL: never into a file or through a link that somebody else put there.
        with os.fdopen(open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "w", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        return False
    return True


class FaultLog:
    """A small file of faults that ended nothing; each place once a run, a limited number of them.

    `path` None keeps none. Safe in any thread; never raises.
    """

    def __init__(self, path: Path | None, secrets: Callable[[], list[str]]) -> None:
        self._path = path
        self._secrets = secrets
        self._seen: set[str] = set()
        self._lock = threading.Lock()

    def add(self, error: BaseException, where: str) -> None:
        """Keep where `error` was raised; `where` says in which part of the program it was met."""
        text = "\n".join(line.rstrip("\n") for line in places(error))
        with self._lock:
            if self._path is None or text in self._seen or len(self._seen) >= _LOGGED_A_RUN:
                return
            self._seen.add(text)
            stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            entry = redact(f"{stamp} {where}\n{text}", self._secrets())[-_MAX_CHARACTERS:] + "\n\n"
            try:
                kept = self._path.read_text(encoding="utf-8", errors="replace") if self._path.is_file() else ""
            except OSError:
                kept = ""
            write_report(self._path, (kept + entry)[-_LOG_BYTES:])


def report_instead_of_printing(log: FaultLog) -> None:
    """Faults in threads, in finalizers and in forgotten tasks go to `log`; Python would print them, words and all."""
    import logging

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            log.add(args.exc_value, f"thread {args.thread.name if args.thread else ''}")

    def in_finalizer(args: "sys.UnraisableHookArgs") -> None:
        if args.exc_value is not None:
            log.add(args.exc_value, "finalizer")

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.exc_info and record.exc_info[1] is not None:
                log.add(record.exc_info[1], settings_errors.LOGGED_BY.format(name=record.name))

    def at_the_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.add(error, "main")
        print(shell_texts.INTERNAL_ERROR.format(error=kind.__name__), file=sys.stderr)

    threading.excepthook = in_thread
    sys.unraisablehook = in_finalizer
    sys.excepthook = at_the_end
    # What nobody handles otherwise goes to stderr (logging.lastResort): asyncio's word of tasks that failed.
    logging.lastResort = Handler(logging.WARNING)


def _chain(error: BaseException) -> Iterator[tuple[BaseException, str]]:
    """`error`, what caused it, and so on; each with what it is to the one before."""
    seen: set[int] = set()
    relation = ""
    waiting: list[tuple[BaseException, str]] = [(error, relation)]
    while waiting:
        one, relation = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one, relation
        if isinstance(one, BaseExceptionGroup):
            waiting += [(inner, "The above was in the following group:") for inner in one.exceptions]
        if one.__cause__ is not None:
            waiting.append((one.__cause__, "The above was the direct cause of the following:"))
        elif one.__context__ is not None and not one.__suppress_context__:
            waiting.append((one.__context__, "While the above was handled, the following was raised:"))


def _own_words(error: BaseException) -> str:
    """The pieces of the message that are literals of the function that raised `error`, the rest removed."""
    if isinstance(error, OSError) and error.errno is not None:
        return f"[Errno {error.errno}] {os.strerror(error.errno)}"
    try:
        message = str(error)
    except Exception:  # noqa: BLE001 - somebody else's __str__, and we are reporting a fault already
        return _REMOVED
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    ours = [] if trace is None else [const for const in trace.tb_frame.f_code.co_consts if isinstance(const, str)]
    ours = [re.escape(words) for words in ours if len(words.strip()) >= _OWN_WORDS and " " in words.strip()]
    if not message or not ours:
        return _REMOVED if message else ""
    pattern = f"({'|'.join(sorted(ours, key=len, reverse=True))})"
    # re.split with one group: what lies between matches, and the matches, in turn
    pieces = re.split(pattern, message)
    return "".join(piece if index % 2 else _REMOVED * bool(piece) for index, piece in enumerate(pieces))


def _version(distribution: str) -> str:
    from importlib import metadata  # slow to load, and few runs crash

    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "(not installed)"
