"""Writing in $EDITOR: which command it is, the private file that it gets, and what of that file is the text.

The command is read as git reads it (``git-var(1)``, GIT_EDITOR): a plain program is started as it is, anything else is
the shell's to understand, so that ``~/bin/ed``, ``X=1 vi``, ``$HOME/bin/ed -w`` and quotes mean what they mean there.

The file lies in a fresh folder of its own, 0700, in the directory for temporary files: a restart clears what a crash
left of a customer's words, and editors leave their swap and backup files beside the file. The draft itself is in the
store. Below the text the customer's last message may stand, quoted under a scissors line: nothing from there on is
text.
"""

import fcntl
import json
import os
import re
import shlex
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple, Self

from tui.model.errors import UserError
from tui.model.labels import settings_errors
from tui.text.sanitize import clean

VARIABLES: Final = ("VISUAL", "EDITOR")
DEFAULT: Final = "vi"
QUICK: Final = 1.0
"""Seconds: an editor that ends sooner and wrote nothing has perhaps only told another program to open the file."""
MOST: Final = 1_000_000
"""Characters that are read; no reply is longer."""

_SCISSORS: Final = "# ------------------------ >8 ------------------------"
_IS_SCISSORS = re.compile(r"\s*#?\s*-{3,}\s*(?:>8|8<)\s*-{3,}\s*")
_HINT: Final = "# From the line above on nothing is sent: what follows is for reading only."
_PREFIX: Final = "intercom-tui-edit-"
_SHELL_SIGNS: Final = frozenset("|&;<>()$`\\\"'\n*?[#~=%{")
_SHELL_WORDS: Final = frozenset({"exec", "command", "eval"})
_STATEMENT = re.compile(r"\w+=|.*[|&;<>()`\n]", re.DOTALL)
_NOT_FOUND, _NOT_RUN = 127, 126
_LEFT_BEHIND: Final = 7 * 86_400.0
"""Seconds after which a folder that a crash or a quit left is removed."""
_QUOTED_LINES: Final = 400
_MARK: Final = "intercom-tui-left-"
"""Beside a folder in use, locked by the program that uses it: whose the text is, for the start after a SIGKILL."""


class EditorError(UserError):
    """The editor cannot be started."""


class Editor(NamedTuple):
    """The command as the person wrote it."""

    command: str
    variable: str = ""

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Self:
        """VISUAL, else EDITOR, else vi; blank ones count as not set."""
        for name in VARIABLES:
            if environ.get(name, "").strip():
                return cls(environ[name].strip(), name)
        return cls(DEFAULT)

    def argv(self, path: Path) -> Sequence[str]:
        """What to start for the file. Raises `EditorError` for a command that means nothing."""
        if os.path.isfile(self.command):  # blanks and all
            return [self.command, str(path)]
        if not _SHELL_SIGNS & set(self.command) and self.command.split()[0] not in _SHELL_WORDS:
            return [*self.command.split(), str(path)]
        try:
            words = shlex.split(self.command)
        except ValueError:
            raise EditorError(settings_errors.EDITOR_QUOTE_NOT_CLOSED.format(editor=self.name)) from None
        if not any(words):
            raise EditorError(settings_errors.EDITOR_IS_EMPTY.format(editor=self.name))
        begin = "" if _STATEMENT.match(self.command) or words[0] in _SHELL_WORDS else "exec "
        return ["/bin/sh", "-c", f'{begin}{self.command} "$@"', words[0], str(path)]

    @property
    def name(self) -> str:
        """How sentences call it: ``vi`` or ``EDITOR=code -w``."""
        shown = self.command if len(self.command) <= 36 else self.command[:35] + "…"
        return f"{self.variable}={shown}" if self.variable else shown

    def not_started(self, error: Exception) -> str:
        """Why starting it failed, as one sentence."""
        reasons: dict[type[Exception], str] = {
            FileNotFoundError: settings_errors.NO_SUCH_PROGRAM,
            NotADirectoryError: settings_errors.NO_SUCH_PROGRAM,
            PermissionError: settings_errors.NOT_EXECUTABLE,
        }
        why = reasons.get(type(error)) or (error.strerror if isinstance(error, OSError) else None) or str(error)
        return self._not_started(why)

    def _not_started(self, why: str) -> str:
        template = settings_errors.EDITOR_NOT_STARTED if self.variable else settings_errors.EDITOR_NOT_STARTED_SET_ONE
        return template.format(editor=self.name, why=why)

    def failed_to_start(self, code: int) -> bool:
        """Whether the exit code is a shell's word that the command cannot be run."""
        return code in (_NOT_FOUND, _NOT_RUN)

    def trouble(self, code: int) -> str:
        """What an exit code other than 0 means, as one sentence; "" for 0."""
        if code == 0:
            return ""
        if code < 0:
            return settings_errors.EDITOR_ENDED_BY_SIGNAL.format(editor=self.name, signal=-code)
        if self.failed_to_start(code):
            why = settings_errors.NO_SUCH_PROGRAM if code == _NOT_FOUND else settings_errors.NOT_EXECUTABLE
            return self._not_started(why)
        return settings_errors.EDITOR_ENDED_WITH.format(editor=self.name, code=code)


class Written(NamedTuple):
    """What stands in a file: the text, a remark to make about it, and what the person wrote that is no part of it."""

    text: str
    remark: str = ""
    below: str = ""

    @property
    def left_out(self) -> bool:
        """Whether something the person wrote is no part of the text."""
        return bool(self.below)

    @property
    def everything(self) -> str:
        """All that the person wrote, for a draft that nobody could be asked about."""
        return "\n\n".join(filter(str.strip, (self.text, self.below)))


class Draft(NamedTuple):
    """Whose draft a text is: `store` is the path of the profile's store, `kind` ``reply`` or ``note``."""

    store: str
    conversation_id: str
    kind: str
    offered: str = ""
    """The text that the editor began with."""


class EditFile:
    """A text in a private file for an editor."""

    def __init__(
        self, title: str, text: str, *, quote: str = "", quoted_from: str = "", draft: Draft | None = None
    ) -> None:
        """``title`` names the file (``reply-to-Ada``); ``quote`` is offered for reading below the text. ``draft`` says
        whose words they are, should this program be ended by force.

        Raises OSError where no folder can be made.
        """
        _sweep()
        self.offered = text
        # a draft with scissors of its own could not be told from ours
        self._quote = _quoted(quote, quoted_from) if quote.strip() and not _has_scissors(text) else []
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self.folder.chmod(0o700)  # whatever the umask took away
        self._lock = -1
        self.path = self.folder / f"{_file_name(title)}.md"
        whole = "\n".join([text.rstrip("\n"), "", _SCISSORS, *self._quote, ""]) if self._quote else text
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                os.fchmod(file.fileno(), 0o600)
                file.write(whole.encode("utf-8", "replace"))
            if draft is not None:
                self._mark(draft)
        except OSError:
            self.remove()
            raise
        self._whole = whole
        self._seen = self._signature()

    def read(self) -> Written:
        """The text as it stands now, cleaned. Raises OSError where there is no file that could be read."""
        whole = self._decoded()
        return _told_apart(whole, self._quote)

    def unchanged(self) -> bool:
        """Whether the file is as it was offered, byte for byte."""
        try:
            return self._decoded() == self._whole
        except OSError:
            return True  # gone: nothing was written

    def moved(self) -> bool:
        """Whether somebody has written to the file since this was last asked."""
        now = self._signature()
        changed = now is not None and now != self._seen
        self._seen = now or self._seen
        return changed

    def remove(self) -> None:
        """Remove the folder with everything in it, an editor's swap and backup files too."""
        shutil.rmtree(self.folder, ignore_errors=True)  # what cannot be removed is private, and in the way of nobody
        self._unlock()

    def keep(self) -> None:
        """Leave the file to the person, who was told where it is."""
        self._unlock()

    def _mark(self, draft: Draft) -> None:
        self._lock = os.open(_mark_of(self.folder), os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with suppress(OSError):  # a file system without locks: nobody looks for another program's folder there
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.fchmod(self._lock, 0o600)
        document = {**draft._replace(offered=self.offered)._asdict(), "file": self.path.name, "quote": self._quote}
        os.write(self._lock, json.dumps(document).encode())

    def _unlock(self) -> None:
        if self._lock >= 0:
            with suppress(OSError):
                _mark_of(self.folder).unlink()
            os.close(self._lock)
            self._lock = -1

    def _signature(self) -> tuple[int, int, int] | None:
        with suppress(OSError):
            found = self.path.stat()
            return found.st_mtime_ns, found.st_size, found.st_ino
        return None

    def _decoded(self) -> str:
        return _decoded(self.path)


def _decoded(path: Path) -> str:
    # never waits: a pipe of that name would have no writer
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(settings_errors.NOT_A_FILE_ANY_MORE.format(path=path))
        data = file.read(4 * MOST)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return data.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")[:MOST]


def _told_apart(whole: str, quote: Sequence[str]) -> Written:
    """The text of a file below which ``quote`` stood, under scissors."""
    if not quote:
        return Written(clean(whole).rstrip("\n"))
    lines = whole.split("\n")
    cut = next((at for at, line in enumerate(lines) if _IS_SCISSORS.fullmatch(line)), None)
    ours = {line.strip() for line in quote}
    if cut is None:
        # The line is gone, its quote perhaps not: what is ours goes, what the person wrote stays.
        lines = [line for line in lines if line.strip() not in ours or not line.strip()]
        return Written(_trimmed(lines), settings_errors.SCISSORS_GONE)
    below = [line for line in lines[cut + 1 :] if line.strip() and line.strip() not in ours]
    remark = settings_errors.BELOW_SCISSORS_LEFT_OUT if below else ""
    return Written(_trimmed(lines[:cut]), remark, _trimmed(below))


def _quoted(text: str, author: str) -> list[str]:
    lines = clean(text).strip("\n").split("\n")[:_QUOTED_LINES]
    said = [f"# {author} wrote:"] if author else []
    return [_HINT, *said, *(f"> {line}".rstrip() for line in lines)]


def _has_scissors(text: str) -> bool:
    return any(_IS_SCISSORS.fullmatch(line) for line in text.split("\n"))


def _trimmed(lines: Sequence[str]) -> str:
    return clean("\n".join(lines)).strip("\n")


def _file_name(title: str) -> str:
    name = re.sub(r"[^\w]+", "-", title).strip("-_")[:32].rstrip("-")
    return name if len(os.fsencode(name)) <= 200 and name else "text"


def _sweep() -> None:
    """Remove folders of ours that were left behind long ago."""
    with suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            with suppress(OSError):
                found = folder.lstat()
                old = time.time() - found.st_mtime > _LEFT_BEHIND
                if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and old:
                    shutil.rmtree(folder, ignore_errors=True)


def take_back(store: Path, keep: Callable[[Draft, str], None]) -> int:
    """Give ``keep`` the words of every folder that a program on ``store`` left when it was killed, and remove it.

    Answers how many there were. A folder whose program still runs holds a lock and stays; so does one for which
    ``keep`` raises :class:`OSError`.
    """
    found = 0
    with suppress(OSError):
        for entry in os.scandir(tempfile.gettempdir()):
            if entry.name.startswith(_MARK):
                with suppress(OSError, ValueError, KeyError, TypeError):  # another's, in use, or nothing of ours
                    found += _take_back(Path(entry.path), store, keep)
    return found


def _mark_of(folder: Path) -> Path:
    return folder.with_name(_MARK + folder.name.removeprefix(_PREFIX))


def _take_back(path_of_mark: Path, store: Path, keep: Callable[[Draft, str], None]) -> bool:
    folder = path_of_mark.with_name(_PREFIX + path_of_mark.name.removeprefix(_MARK))
    handle = os.open(path_of_mark, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as mark:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode) or about.st_uid != os.geteuid() or about.st_mode & 0o022:
            return False
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        document = json.loads(mark.read(4 * MOST))
        if document["store"] != str(store):
            return False
        path = folder / Path(str(document["file"])).name
        text = ""
        with suppress(FileNotFoundError):
            about = folder.lstat()
            if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.geteuid():
                return False
            text = _told_apart(_decoded(path), [str(line) for line in document["quote"]]).everything
        if text.strip():
            keep(
                Draft(str(store), str(document["conversation_id"]), str(document["kind"]), str(document["offered"])),
                text,
            )
        shutil.rmtree(folder, ignore_errors=True)
        path_of_mark.unlink()
    return True
