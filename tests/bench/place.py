"""Where the benchmark runs: the sandbox in a process of its own, prepared stores, and homes to start the program in."""

import asyncio
import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.bench.probe import Probe
from tests.bench.stock import fill
from tests.harness.sandbox import TOKEN, Served
from tui.api.client import Intercom
from tui.config.paths import HOME_VARIABLE, Paths
from tui.inbox.inbox import Inbox, Options
from tui.store import people
from tui.store.store import Store

SEED: Final = 7
SYNCED: Final = 900
"""Conversations of the sandbox; every store but the empty one holds them, and more above that."""


def measured(latency_ms: int = 0) -> Served:
    """The workspace that is measured against."""
    return Served(conversations=SYNCED, seed=SEED, latency_ms=latency_ms)


class Place:
    """A temporary folder with prepared stores. Use as a context manager; leaving it removes everything."""

    def __init__(self, sandbox: Served) -> None:
        self.sandbox = sandbox
        self.folder = Path(tempfile.mkdtemp(prefix="intercom-tui-bench-"))
        self._prepared: dict[tuple[int, bool], Path] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def store(self, total: int, *, all_parts: bool = False) -> Path:
        """A store with ``total`` conversations, made once; not to be written to."""
        key = (total, all_parts)
        if key not in self._prepared:
            path = self.folder / f"stock-{total}{'-parts' if all_parts else ''}" / "store.sqlite3"
            path.parent.mkdir()
            base = self.folder / "synced.sqlite3"
            if not base.exists():
                asyncio.run(synced(base, self.sandbox.base_url))
            shutil.copy(base, path)
            fill(path, total, all_parts=all_parts)
            self._prepared[key] = path
        return self._prepared[key]

    @contextlib.contextmanager
    def program(
        self,
        total: int,
        *,
        columns: int = 120,
        rows: int = 40,
        low_bandwidth: bool = False,
        url: str = "",
        all_parts: bool = False,
    ) -> Iterator[Probe]:
        """The real program on a copy of the store with ``total`` conversations (0: on no store at all)."""
        home = Path(tempfile.mkdtemp(prefix="home-", dir=self.folder))
        environ = {HOME_VARIABLE: str(home), "INTERCOM_TOKEN": TOKEN, "INTERCOM_BASE_URL": url or self.sandbox.base_url}
        try:
            if total:
                target = Paths.of(environ=environ).store_file
                target.parent.mkdir(parents=True)
                shutil.copy(self.store(total, all_parts=all_parts), target)
            with start(environ, columns, rows, low_bandwidth=low_bandwidth) as probe:
                yield probe
        finally:
            shutil.rmtree(home, ignore_errors=True)


def start(environ: Mapping[str, str], columns: int, rows: int, *, low_bandwidth: bool) -> Probe:
    """The real program in a pseudo-terminal."""
    argv = [sys.executable, "-m", "tui", "--low-bandwidth=" + ("on" if low_bandwidth else "off")]
    return Probe(argv, columns=columns, rows=rows, env=environ)


async def synced(path: Path, url: str) -> None:
    """Make a store at ``path`` by a complete first sync."""
    store = Store.open(path)
    inbox = Inbox(
        store, lambda on_budget: Intercom(url, TOKEN, on_budget=on_budget), Options(history_days=0, fast_seconds=3600)
    )
    try:
        await inbox.start()
        async with asyncio.timeout(120):
            while '"complete"' not in people.meta(store.reader, "sync.fill"):
                if inbox.status.error:
                    raise RuntimeError(inbox.status.error)
                await asyncio.sleep(0.05)
    finally:
        await inbox.stop()
        store.close()
