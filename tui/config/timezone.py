"""The reader's time zone, with its rules: the settings' ``timezone``, else ``TZ``, else ``/etc/localtime``, else UTC.

An offset is no zone: ``datetime.now().astimezone()`` carries today's offset to every other day. What is here is a
`zoneinfo.ZoneInfo`, or stands for one, and knows each day's.

``TZ`` is read as tzset(3) reads it: ``Europe/Berlin``, ``:Europe/Berlin``, ``/a/file``, or the rules themselves as
POSIX writes them, ``CET-1CEST,M3.5.0,M10.5.0/3`` (IEEE Std 1003.1, chapter 8.3). Of its three ways to write a day,
``n`` (counted from zero, leap days too) is not taken: zoneinfo of Python 3.11 counts it from one.
"""

import io
import os
import re
import struct
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from weakref import WeakSet

from tui.model.labels import settings_errors

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

LOCALTIME: Final = Path("/etc/localtime")
"""Where a machine's zone is kept: a link into the zone database, or a copy of a file of it."""

_MAGIC: Final = b"TZif"
_TREE = re.compile(r"/zoneinfo(?:\.default)?/(?:posix/|right/)?(.+)$")
_NAME: Final = r"(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)"
_OFFSET: Final = r"[+-]?\d{1,2}(?::\d{2}){0,2}"
_DAY: Final = r",(?:M\d{1,2}\.\d\.\d|J\d{1,3})(?:/[+-]?\d{1,3}(?::\d{2}){0,2})?"
_POSIX = re.compile(rf"{_NAME}{_OFFSET}(?P<summer>{_NAME}(?:{_OFFSET})?(?P<rule>{_DAY}{_DAY})?)?")
_RULE_OF_DEFAULT: Final = ",M3.2.0,M11.1.0"
"""When summer time is where a POSIX string does not say: as the United States have it, which is glibc's choice."""


class Found(NamedTuple):
    """The zone, and a sentence where what names it could not be followed ("" where it could)."""

    zone: tzinfo
    complaint: str = ""


def reader_zone(name: str = "", environ: Mapping[str, str] = os.environ) -> tzinfo:
    """The zone that times are read and shown in; ``name`` is the settings' ``timezone``, "" for the machine's."""
    return find_zone(name, environ).zone


def find_zone(name: str = "", environ: Mapping[str, str] = os.environ, localtime: Path = LOCALTIME) -> Found:
    """As `reader_zone`, with what is wrong. UTC stands in for a zone that nobody knows, as it does in the C library."""
    if name:
        zone = _named(name)
        return Found(zone) if zone else Found(UTC, settings_errors.NO_TIME_ZONE.format(name=name))
    said = environ.get("TZ")
    if said is None:
        return _of_machine(localtime)
    wanted = said.removeprefix(":")
    if not wanted:
        return Found(UTC)
    zone = _of_path(Path(wanted)) if wanted.startswith("/") else _named(wanted, environ.get("TZDIR", ""))
    zone = zone or _of_rules(wanted)
    return Found(zone) if zone else Found(UTC, settings_errors.TZ_NAMES_NO_ZONE.format(name=said[:80]))


def _of_machine(localtime: Path) -> Found:
    try:
        real = Path(os.path.realpath(localtime, strict=True))
    except FileNotFoundError:
        return Found(UTC)  # as the C library has it
    except OSError:
        real = localtime
    try:
        with real.open("rb") as file:
            is_zone = file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        is_zone = False
    if not is_zone:
        return Found(UTC, settings_errors.CANNOT_BE_READ_AS_ZONE.format(path=localtime))
    return Found(MachineZone(real, localtime))


class MachineZone(tzinfo):
    """The zone of a file, read when a time is first asked for: the first paint shows ages only, and needs none."""

    def __init__(self, path: Path, link: Path | None = None) -> None:
        self._path = path
        self._link = link or path
        self._stamp = _stamp(self._link)
        _MACHINE.add(self)

    def reread(self) -> bool:
        """Read the file again where another one lies there now; True then."""
        stamp = _stamp(self._link)
        if stamp == self._stamp or stamp is None:
            return False
        self._stamp = stamp
        self._path = Path(os.path.realpath(self._link))
        self.__dict__.pop("rules", None)
        return True

    @cached_property
    def rules(self) -> tzinfo:
        """The zone itself; UTC for a damaged file."""
        return _of_path(self._path) or UTC

    def utcoffset(self, when: datetime | None, /) -> timedelta | None:
        """As the rules say."""
        return self.rules.utcoffset(when)

    def dst(self, when: datetime | None, /) -> timedelta | None:
        """As the rules say."""
        return self.rules.dst(when)

    def tzname(self, when: datetime | None, /) -> str | None:
        """As the rules say."""
        return self.rules.tzname(when)

    def fromutc(self, when: datetime, /) -> datetime:
        """As the rules say, fold included."""
        return self.rules.fromutc(when.replace(tzinfo=self.rules)).replace(tzinfo=self)


_MACHINE: Final[WeakSet[MachineZone]] = WeakSet()


def reread_zone() -> bool:
    """Whether the machine has moved to another time zone since the last look; every zone of its own follows."""
    moved = [zone.reread() for zone in _MACHINE]
    return any(moved)


def _stamp(path: Path) -> tuple[str, int, int, int] | None:
    """What changes when another file lies there, None where none does."""
    try:
        real = os.path.realpath(path, strict=True)
        found = os.stat(real)
    except OSError:
        return None
    return real, found.st_ino, found.st_size, found.st_mtime_ns


def _named(name: str, directory: str = "") -> "ZoneInfo | None":
    """The zone of a name in the zone database, or in ``directory``, laid out like it."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, not a name, a directory of zones
        inside = bool(directory) and ".." not in Path(name).parts
        return _of_path(Path(directory) / name) if inside else None


def _of_path(path: Path) -> "ZoneInfo | None":
    """The zone of a file; by its name where it lies in the zone database, so that the name is known."""
    from zoneinfo import ZoneInfo

    named = _TREE.search(str(path))
    zone = _named(named[1]) if named and path.is_file() else None
    if zone is not None:
        return zone
    try:
        with path.open("rb") as file:
            return ZoneInfo.from_file(file)
    except (ValueError, OSError, struct.error, EOFError, IndexError):  # what damaged and foreign files come to
        return None


def _of_rules(text: str) -> "ZoneInfo | None":
    """The zone whose rules are a POSIX string."""
    from zoneinfo import ZoneInfo

    match = _POSIX.fullmatch(text)
    if match is None:
        return None
    rules = text if not match["summer"] or match["rule"] else text + _RULE_OF_DEFAULT
    try:
        return ZoneInfo.from_file(io.BytesIO(_file_of(rules)))
    except ValueError:  # a month 13, an hour 25
        return None


def _file_of(rules: str) -> bytes:
    """A file of the zone database (RFC 8536, version 2) without a single change of clocks but those of ``rules``."""
    header = struct.pack(">4sc15x6I", b"TZif", b"2", 0, 0, 0, 0, 1, 4)
    block = header + struct.pack(">iBB4s", 0, 0, 0, b"UTC\0")
    return block + block + b"\n" + rules.encode("ascii") + b"\n"
