"""Attachments: a fresh link, and a copy on this machine under a name that can do no harm."""

import contextlib
import os
import re
import tempfile
from pathlib import Path

from tui.api.errors import IntercomError
from tui.config.owner import private_dir
from tui.inbox.sync.connection import Connection
from tui.inbox.threads import Threads
from tui.model.errors import UserError
from tui.model.labels import outcomes
from tui.model.rows import AttachmentRow

_LONGEST = 120
# What hides a file or makes an option of it, in whatever order, and what is lost at the end of a name.
_EDGES = re.compile(r"^[\s.-]+|[\s.]+$")
_NOT_A_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


class NotSaved(UserError):
    """A file that could not be written."""


class Attachments:
    """Attachments of conversations."""

    def __init__(self, threads: Threads, connection: Connection) -> None:
        self._threads = threads
        self._connection = connection

    async def fresh(self, conversation_id: str, part_id: str, file: AttachmentRow) -> AttachmentRow:
        """The attachment with a link as good as Intercom gives one now; links expire.

        Offline the stored link is all there is. Raises nothing.
        """
        with contextlib.suppress(IntercomError):
            await self._threads.fetch(conversation_id)
        for part in self._threads.cached(conversation_id):
            if part.id == part_id:
                return next((one for one in part.attachments if one.name == file.name), file)
        return file

    async def save(self, conversation_id: str, part_id: str, file: AttachmentRow, folder: Path) -> Path:
        """Save an attachment in ``folder`` under its own name, or that name with a number; nothing is overwritten.

        Raises :class:`tui.api.errors.IntercomError` where it cannot be fetched, :class:`NotSaved` where the folder
        cannot be written.
        """
        wanted = await self.fresh(conversation_id, part_id, file)
        client = await self._connection.open()
        try:
            private_dir(folder)
            handle, partial = tempfile.mkstemp(prefix=".intercom-tui-", dir=folder)
            try:
                with os.fdopen(handle, "wb") as target:
                    os.fchmod(target.fileno(), 0o600)
                    await client.download(wanted.url, target)
                return _place(Path(partial), folder, safe_name(wanted.name))
            finally:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(partial)
        except OSError as error:
            raise NotSaved(outcomes.CANNOT_SAVE.format(folder=folder, reason=error.strerror or error)) from error


def safe_name(name: str) -> str:
    """A stranger's file name as a name in one folder: no path, not hidden, at most 120 bytes, never empty."""
    plain = _EDGES.sub("", _NOT_A_NAME.sub("_", name)) or "attachment"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = plain, "", ""
    room = _LONGEST - len((dot + ending).encode())
    return (_cut(stem, room) + dot + ending).rstrip(" .")


def _cut(text: str, most: int) -> str:
    """As many whole characters, as people count them, as go into ``most`` bytes of UTF-8."""
    if len(text.encode()) <= most:
        return text
    from tui.text.graphemes import clusters  # rarely needed

    kept, room = "", most
    for cluster in clusters(text):
        room -= len(cluster.encode())
        if room < 0:
            break
        kept += cluster
    # one that is longer than all the room is cut all the same
    return kept or text.encode()[:most].decode("utf-8", "ignore")


def _place(partial: Path, folder: Path, name: str) -> Path:
    stem, dot, ending = name.rpartition(".")
    for number in range(1, 10_000):
        tried = name if number == 1 else f"{stem} ({number}){dot}{ending}" if dot else f"{name} ({number})"
        try:
            # taking the name and filling it are two steps: a symlink or file that stands there is never followed
            os.close(os.open(folder / tried, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            continue
        os.replace(partial, folder / tried)
        return folder / tried
    raise NotSaved(outcomes.TOO_MANY_FILES.format(name=name, folder=folder))
