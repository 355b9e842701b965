"""What sync costs this program: the first fill a core-second, and a poll that finds nothing or ten changes.

The sandbox serves from a process of its own; what is measured is this process's own time, decoding and storing, so that
neither the other process nor a busy machine is counted.
"""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.harness.sandbox import TOKEN, Served
from tui.api.client import Intercom
from tui.api.query import Field
from tui.inbox.inbox import Inbox, Options
from tui.store import people
from tui.store.store import Store


class Throughput(NamedTuple):
    """``per_core_second``: conversations decoded and stored in a second of this process's processor time.

    ``per_second`` is by the clock, the sandbox included; for ``longest_ms`` the event loop was busy at worst.
    """

    conversations: int
    per_core_second: float
    per_second: float
    longest_ms: float


class Delta(NamedTuple):
    """Milliseconds of one poll: of the processor, and from question to stored answer."""

    cpu_ms: float
    wall_ms: float


def first_sync_throughput(conversations: int = 10_000) -> Throughput:
    """The first fill of a workspace: every page asked for, decoded, stored, indexed and announced."""
    with Served(conversations=conversations, seed=1, latency_ms=0) as served, tempfile.TemporaryDirectory() as folder:
        # once to measure the work, once to watch the loop: watching costs work itself
        measured = asyncio.run(_fill(served, Path(folder) / "1", conversations))
        watched = asyncio.run(_fill(served, Path(folder) / "2", conversations, watch=True))
        return measured._replace(longest_ms=watched.longest_ms)


def delta_sync(changes: int, conversations: int = 5_000, rounds: int = 15) -> Delta:
    """The median poll that finds ``changes`` conversations changed."""
    with Served(conversations=conversations, seed=1, latency_ms=0) as served, tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_poll(served, Path(folder), changes, rounds))


def _inbox(served: Served, folder: Path) -> tuple[Store, Inbox]:
    store = Store.open(folder / "store.sqlite3")
    options = Options(history_days=0, fast_seconds=3600)
    return store, Inbox(store, lambda on_budget: Intercom(served.base_url, TOKEN, on_budget=on_budget), options)


async def _fill(served: Served, folder: Path, conversations: int, *, watch: bool = False) -> Throughput:
    store, inbox = _inbox(served, folder)
    client = await inbox.connection.open()
    await inbox.sync.identify(client)
    longest = [0.0]
    watcher = asyncio.create_task(_watch(longest)) if watch else None
    started, cpu = time.perf_counter(), time.process_time()
    await inbox.sync.backfill.fill(client)
    spent, took = time.process_time() - cpu, time.perf_counter() - started
    if watcher is not None:
        watcher.cancel()
    stored = int(store.reader.execute("SELECT count(*) FROM conversations").fetchone()[0])
    await inbox.stop()
    store.close()
    if stored != conversations:
        raise RuntimeError(f"{stored} of {conversations} conversations came in")
    return Throughput(stored, stored / spent, stored / took, longest[0] * 1000)


async def _watch(longest: list[float]) -> None:
    """How long the loop, and so the screen, was kept waiting at worst (seconds)."""
    while True:
        before = time.perf_counter()
        await asyncio.sleep(0.001)
        longest[0] = max(longest[0], time.perf_counter() - before - 0.001)


async def _poll(served: Served, folder: Path, changes: int, rounds: int) -> Delta:
    store, inbox = _inbox(served, folder)
    client = await inbox.connection.open()
    await inbox.sync.identify(client)
    await inbox.sync.backfill.fill(client)
    page = await client.conversations.search(Field("state") == "open", per_page=max(1, changes))
    ids = [model.id for model in page.items]
    await inbox.sync._delta(client)
    cpu, wall = [], []
    for round_ in range(rounds):
        for cid in ids[:changes]:
            served.ask("POST", "/_sandbox/customer_reply", {"conversation_id": cid, "body": f"<p>And {round_}?</p>"})
        started, began = time.perf_counter(), time.process_time()
        await inbox.sync._delta(client)
        cpu.append((time.process_time() - began) * 1000)
        wall.append((time.perf_counter() - started) * 1000)
        # the overlap would bring the last round's again: let it pass
        served.ask("POST", "/_sandbox/advance", {"seconds": 200})
        await _forward(store)
    await inbox.stop()
    store.close()
    return Delta(statistics.median(cpu), statistics.median(wall))


async def _forward(store: Store) -> None:
    mark = int(people.meta(store.reader, "sync.mark") or 0)
    await store.write(lambda db: people.set_meta(db, "sync.mark", str(mark + 200)))


def main() -> None:
    """``python -m tests.bench.sync``: the rows by themselves."""
    fill = first_sync_throughput()
    print(
        f"first sync        {fill.per_core_second:8,.0f} a core-second ({fill.per_second:,.0f}/s by the clock,"
        f" sandbox and all); the loop was busy for at most {fill.longest_ms:.0f} ms"
    )
    for changes in (0, 10):
        delta = delta_sync(changes)
        print(f"delta, {changes:2} changes {delta.cpu_ms:8.1f} ms of processor, {delta.wall_ms:.1f} ms by the clock")


if __name__ == "__main__":
    main()
