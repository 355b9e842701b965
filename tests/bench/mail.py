"""neomutt and aerc on a maildir with the same conversations, driven as ours is: for ratios beside the times."""

import re
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Final

from tests.bench.budgets import Figure
from tests.bench.ours import idle, run
from tests.bench.probe import Probe
from tests.bench.stock import SURNAMES, letters

PROGRAMS: Final = ("neomutt", "aerc")
PATIENCE: Final = 60.0
"""Seconds that a mail program may take to show its first rows."""

SIZES: Final = {"start-1k": 1_000, "start-10k": 10_000, "start-100k": 100_000}
_NAMES = re.compile("|".join(SURNAMES))


class Mailbox:
    """Maildirs of any size under ``folder``, each made once, and the programs' settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "mail"
        self.folder.mkdir(exist_ok=True)

    def maildir(self, count: int) -> Path:
        """The parent of a maildir ``INBOX`` with ``count`` messages."""
        parent = self.folder / str(count)
        inbox = parent / "INBOX"
        if inbox.exists():
            return parent
        for name in ("cur", "new", "tmp"):
            (inbox / name).mkdir(parents=True)
        for number, (name, address, subject, sent, text) in enumerate(letters(count)):
            date = format_datetime(datetime.fromtimestamp(sent, UTC))
            message = (
                f"From: {name} <{address}>\nTo: Support <support@example.com>\nSubject: {subject}\nDate: {date}\n"
                f"Message-ID: <{number}@example.com>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
                f"Content-Transfer-Encoding: 8bit\n\n{text}\n"
            )
            (inbox / "cur" / f"{sent}.{number}.bench:2,").write_text(message)
        return parent

    @contextmanager
    def program(self, name: str, count: int, size: tuple[int, int]) -> Iterator[Probe]:
        """``neomutt`` or ``aerc`` on a mailbox of ``count``."""
        columns, rows = size
        parent = self.maildir(count)
        home = self.folder / f"{name}-home"
        argv = self._neomutt(parent, home) if name == "neomutt" else self._aerc(parent, home)
        environ = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "XDG_CACHE_HOME": str(home / ".cache")}
        with Probe(argv, columns=columns, rows=rows, env=environ) as probe:
            yield probe

    def _neomutt(self, parent: Path, home: Path) -> list[str]:
        home.mkdir(exist_ok=True)
        settings = home / "rc"
        settings.write_text(
            f"set folder={parent}\nset spoolfile=+INBOX\nset sort=reverse-date\nset mail_check=600\n"
            "set confirmappend=no\nset mark_old=no\n"
            # its count of messages read so far would cost it most of the time at 100,000
            "set read_inc=0\n"
        )
        return ["neomutt", "-n", "-F", str(settings)]

    def _aerc(self, parent: Path, home: Path) -> list[str]:
        folder = home / ".config" / "aerc"
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("aerc.conf", "binds.conf"):
            shutil.copy(Path("/usr/share/aerc") / name, folder / name)
        accounts = folder / "accounts.conf"
        accounts.write_text(
            f"[bench]\nsource = maildir://{parent}\ndefault = INBOX\nfrom = Bench <bench@example.com>\n"
        )
        accounts.chmod(0o600)
        return ["aerc"]


def installed() -> list[str]:
    """Those of the mail programs that are here."""
    return [name for name in PROGRAMS if shutil.which(name)]


def has_rows(probe: Probe) -> bool:
    """Whether messages are listed."""
    return sum(bool(_NAMES.search(line)) for line in probe.screen.display) >= 10


def measure(
    box: Mailbox, name: str, wanted: set[str], *, size: tuple[int, int], tries: int, most: int
) -> dict[str, Figure]:
    """The rows of a mail program that have a counterpart."""
    found: dict[str, Figure] = {}
    for row, count in SIZES.items():
        if row in wanted and count <= most:
            found[row] = _starts(box, name, count, size, tries if count < 100_000 else min(tries, 3))
    keys = wanted & {"down", "up", "page-down", "short", "memory", "idle-bytes", "idle-cpu"}
    if keys:
        for count in sorted((count for count in SIZES.values() if count <= most), reverse=True):
            try:
                return found | _keys(box, name, count, keys, size, tries * 6)
            except TimeoutError:
                continue  # it does not cope with so many: with fewer, then
    return found


def _starts(box: Mailbox, name: str, count: int, size: tuple[int, int], tries: int) -> Figure:
    figure = Figure()
    for attempt in range(tries + 1):
        with box.program(name, count, size) as probe:
            try:
                took = probe.first_screen(has_rows, PATIENCE)
            except TimeoutError:
                figure.note = f"no rows within {PATIENCE:.0f} s"
                return figure
            probe.settle(0.3, 5.0)
            if attempt:
                figure.ms.append(took)
                figure.bytes.append(probe.received)
    return figure


def _keys(
    box: Mailbox, name: str, count: int, wanted: set[str], size: tuple[int, int], presses: int
) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    with box.program(name, count, size) as probe:
        probe.first_screen(has_rows, PATIENCE)
        probe.settle(1.0, 20.0)
        if "memory" in wanted:
            found["memory"] = Figure(value=probe.rss_mib(), note=f"at {count:,}")
        if wanted & {"idle-bytes", "idle-cpu"}:
            found |= idle(probe, 6.0)
        for row, keys in _rows(presses):
            if row in wanted:
                found[row] = run(probe, keys, quiet=0.05)
        if "short" in wanted:
            probe.press("enter")
            probe.settle(0.5)
            found["short"] = run(probe, ["J"] * min(presses, 20), quiet=0.12, rest=0.1)
            time.sleep(0.05)
    return found


def _rows(presses: int) -> Sequence[tuple[str, list[str]]]:
    return (("down", ["j"] * presses), ("up", ["k"] * presses), ("page-down", ["pagedown"] * presses))
