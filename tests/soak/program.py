"""The real program on a clock that runs faster: ``python -m tests.soak.program SPEED REPORT ARGUMENTS…``.

``time.time`` and ``time.monotonic`` run ``SPEED`` times as fast, and with them every timer of the event loop: polls,
undo windows, backoffs, leases, ages, time-outs. The input thread, SQLite and the machine stay as fast as they are.
`TELL` appends what only the process knows of itself to the file REPORT, one JSON line; `COLLECT` does so after a full
garbage collection. Both are real-time signals: the others end the program.
"""

import asyncio
import ctypes
import functools
import gc
import json
import selectors
import signal
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

TELL = signal.SIGRTMIN + 1
COLLECT = signal.SIGRTMIN + 2


def speed_up(speed: float) -> None:
    """Let the process's clocks run ``speed`` times as fast. Before anything else is imported."""
    wall, monotonic = time.time, time.monotonic
    started_wall, started = wall(), monotonic()
    time.time = lambda: started_wall + (monotonic() - started) * speed
    time.monotonic = lambda: started + (monotonic() - started) * speed
    chosen = selectors.DefaultSelector
    stock = chosen.select

    def select(self: selectors.BaseSelector, timeout: float | None = None) -> object:
        return stock(self, timeout if timeout is None or timeout <= 0 else timeout / speed)  # type: ignore[arg-type]

    chosen.select = select  # type: ignore[method-assign, assignment]


class _Heap(ctypes.Structure):
    """``struct mallinfo2`` of mallinfo(3)."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
        )
    ]  # fmt: skip


def _heap() -> dict[str, int]:
    """Bytes of the C heap: taken from the system, in use, free inside it. Empty where the C library does not tell."""
    try:
        ask = ctypes.CDLL(None).mallinfo2
    except (OSError, AttributeError):
        return {}
    ask.restype = _Heap
    found = ask()
    return {"heap": found.arena + found.hblkhd, "heap_used": found.uordblks + found.hblkhd, "heap_free": found.fordblks}


def report() -> dict[str, object]:
    """What the process knows of itself."""
    everything = gc.get_objects()
    kinds = Counter(f"{type(one).__module__}.{type(one).__qualname__}" for one in everything)
    tasks: list[str] = []
    caches = {name: [*one.cache_info()[2:][::-1]] for name, one in lru_caches()}
    sizes: dict[str, int] = {}
    for one in everything:
        if isinstance(one, asyncio.Task) and not one.done():
            tasks.append(
                one.get_name() if not one.get_name().startswith("Task-") else str(one.get_coro()).split(" at ")[0]
            )
        elif type(one) in (dict, list, set) and len(one) > 2000:
            sizes[f"{type(one).__name__} {_where(one)}"] = len(one)
    out: dict[str, object] = {
        "blocks": sys.getallocatedblocks(), "objects": len(everything), "frozen": gc.get_freeze_count(),
        "tasks": dict(Counter(tasks)), "caches": caches, "large": sizes, "kinds": dict(kinds.most_common(60)),
        **_heap(),
    }  # fmt: skip
    if tracemalloc.is_tracing():
        snapshot = tracemalloc.take_snapshot()
        out["lines"] = {
            f"{one.traceback[0].filename.rpartition('site-packages/')[2]}:{one.traceback[0].lineno}": [
                one.size,
                one.count,
            ]
            for one in snapshot.statistics("lineno")[:80]
        }
    return out


def lru_caches() -> Iterator[tuple[str, Any]]:
    """Every `functools.lru_cache` of the modules that are loaded, by where it hangs. The collector does not see all:
    what was there at the first paint is frozen."""
    seen: set[int] = set()
    for module in list(sys.modules.values()):
        if type(module) is not ModuleType:  # None stands for what is not there
            continue
        for holder in (module, *(one for one in vars(module).values() if isinstance(one, type))):
            for name, one in list(vars(holder).items()):
                inner = getattr(one, "__func__", one)
                if isinstance(inner, functools._lru_cache_wrapper) and id(inner) not in seen:
                    seen.add(id(inner))
                    yield f"{inner.__module__}.{getattr(inner, '__qualname__', name)}", inner


def _where(one: object) -> str:
    for holder in gc.get_referrers(one):
        if isinstance(holder, dict):
            for key, value in list(holder.items()):
                if value is one:
                    return f"{holder.get('__name__', '')} {key!r}"[:80]
        if hasattr(holder, "__slots__") or hasattr(holder, "__dict__"):
            return type(holder).__qualname__
    return "?"


def main() -> int:
    """Speed up, then be the program."""
    speed, path, *arguments = sys.argv[1:]
    speed_up(float(speed))
    if arguments and arguments[0] == "--trace":
        arguments = arguments[1:]
        tracemalloc.start()

    def tell(number: int, _frame: FrameType | None) -> None:
        if number == COLLECT:
            gc.collect()
        try:
            said = report()
        except Exception as error:  # noqa: BLE001 - raised here it would end the program in the midst of anything
            said = {"error": repr(error)}
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"at": time.time(), **said}) + "\n")

    signal.signal(TELL, tell)
    signal.signal(COLLECT, tell)
    from tui.cli.main import main as program

    sys.argv = ["intercom-tui", *arguments]
    return program(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
