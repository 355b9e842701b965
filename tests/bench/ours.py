"""The rows of the real program."""

import functools
import re
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from statistics import median

from tests.bench.budgets import Figure
from tests.bench.place import Place, measured
from tests.bench.probe import Press, Probe
from tests.bench.stock import SHORT
from tests.harness.sandbox import Served

LIST: int = 36
"""Columns of the list that are compared, at any width."""

_SPARE: int = 4
"""Threads at the end of each length that are not measured: the program looks two ahead, to where others begin."""

_TOTAL = re.compile(r"\d[\d,]*")


Program = Callable[[], AbstractContextManager[Probe]]


def measure(
    place: Place,
    wanted: set[str],
    *,
    size: tuple[int, int],
    low_bandwidth: bool,
    tries: int,
    most: int,
    all_parts: bool,
) -> dict[str, Figure]:
    """Every row in ``wanted``: ``tries`` starts and ``tries`` × 6 presses each, on ``most`` conversations at most.

    With ``all_parts`` the keys are pressed on a store whose every conversation has its thread (20 parts and more).
    """
    columns, rows = size
    found: dict[str, Figure] = {}

    def program(total: int, url: str = "", *, full: bool = False) -> AbstractContextManager[Probe]:
        return place.program(total, columns=columns, rows=rows, low_bandwidth=low_bandwidth, url=url, all_parts=full)

    for name, total in (("start-1k", 1000), ("start-10k", 10_000), ("start-100k", 100_000)):
        if name in wanted and total <= most:
            found[name] = _starts(functools.partial(program, total), has_rows, tries)
    if "start-empty" in wanted:
        found["start-empty"] = _starts(functools.partial(program, 0), has_screen, tries)
    if "start-sync" in wanted:
        found["start-sync"] = _starts(functools.partial(program, 0), has_rows, tries)
    keys = wanted & {"down", "up", "page-down", "short", "open-20", "open-500", "view", "type", "memory"}
    keys |= wanted & {"idle-bytes", "idle-cpu", "calls-thread"}
    if keys:
        with program(most, full=all_parts) as probe:
            settled(probe)
            found |= _keys(probe, place.sandbox, keys, tries * 6)
    for name, latency in (("close-0", 0), ("close-200", 200), ("close-2000", 2000)):
        if name in wanted:
            with measured(latency) as sandbox, program(most, sandbox.base_url) as probe:
                found[name] = _closes(probe, tries * 4)
    if "calls-action" in wanted:
        with measured() as sandbox, program(1000, sandbox.base_url) as probe:
            found["calls-action"] = _calls_of_action(probe, sandbox)
    return found


def has_screen(probe: Probe) -> bool:
    """Whether anything of ours is drawn."""
    return sum(bool(line.strip()) for line in probe.screen.display) >= 3


def has_rows(probe: Probe) -> bool:
    """Whether the list shows conversations: enough lines with words beneath its title."""
    lines = [line[:LIST].strip() for line in probe.screen.display[1:-2]]
    return sum(len(line) > 8 for line in lines) >= 10


def settled(probe: Probe) -> None:
    """Wait for the rows, and until start-up, first poll and rest of the list are through."""
    probe.first_screen(has_rows)
    probe.settle(1.0, 10.0)


def _starts(program: Program, shown: Callable[[Probe], bool], tries: int) -> Figure:
    figure = Figure()
    cpu: list[float] = []
    waited: list[float] = []
    for attempt in range(tries + 1):
        with program() as probe:
            took = probe.first_screen(shown)
            if attempt:  # the first one warms the system's caches
                cpu.append(probe.cpu_ms())
                waited.append(probe.waited_ms())
                figure.ms.append(took)
                probe.settle(0.3, 3.0)
                figure.bytes.append(probe.received)
    figure.cpu_ms, figure.waited_ms = median(cpu), median(waited)
    return figure


def _keys(probe: Probe, sandbox: Served, wanted: set[str], presses: int) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    if "memory" in wanted:
        found["memory"] = Figure(value=probe.rss_mib(), note=f"proportional: {probe.pss_mib():.0f} MiB")
    if wanted & {"idle-bytes", "idle-cpu"}:
        found |= idle(probe, 12.0)
    probe.press("5")
    probe.settle(0.5)
    if "down" in wanted:
        found["down"] = run(probe, ["j"] * presses)
    if "up" in wanted:
        found["up"] = run(probe, ["k"] * presses)
    if "page-down" in wanted:
        found["page-down"] = run(probe, ["pagedown"] * presses, quiet=0.08)
    if "view" in wanted:
        found["view"] = run(probe, ["3", "5"] * (presses // 2), quiet=0.08, rest=0.3)
    if wanted & {"short", "open-20", "open-500", "calls-thread"}:
        probe.press("g", "g")
        probe.settle(0.4)
        probe.press("enter")
        probe.settle(0.6)
        sandbox.forget_requests()
        opened = 0
        for name in ("short", "open-20", "open-500"):
            figure = run(probe, ["J"] * (SHORT - _SPARE), quiet=0.1, rest=0.15)
            opened += SHORT - _SPARE
            if name in wanted:
                found[name] = figure
            if name != "open-500":
                for _ in range(_SPARE):
                    probe.press("J")
                    probe.settle(0.2)
        if "calls-thread" in wanted:
            time.sleep(0.5)
            asked = sandbox.requests()
            note = ", ".join(f"{name} ×{count}" for name, count in asked.items())
            found["calls-thread"] = Figure(value=sum(asked.values()) / opened, note=note)
        probe.press("escape")
        probe.settle(0.3)
    if "type" in wanted:
        probe.press("r")
        probe.settle(0.4)
        found["type"] = run(probe, ("the quick brown fox jumps over the lazy dog " * 3)[:presses])
        probe.press("escape")
        probe.settle(0.3)
    if "memory" in found:
        found["memory"].note += f"; {probe.rss_mib():.0f} MiB resident after all the keys"
    return found


def run(probe: Probe, keys: Iterable[str], *, quiet: float = 0.05, rest: float = 0.0) -> Figure:
    """Press each key and note what it cost; ``rest`` seconds of quiet between two."""
    figure = Figure()
    pressed = list(keys)
    before, waited = probe.cpu_ms(), probe.waited_ms()
    for key in pressed:
        _note(figure, probe.press_and_time(key, quiet=quiet))
        if rest:
            probe.settle(rest)
    figure.cpu_ms = (probe.cpu_ms() - before) / max(1, len(pressed))
    figure.waited_ms = (probe.waited_ms() - waited) / max(1, len(pressed))
    return figure


def _note(figure: Figure, press: Press) -> None:
    figure.bytes.append(press.bytes)
    if press.last_ms is not None and press.first_ms is not None:
        figure.ms.append(press.last_ms)
        figure.first_ms.append(press.first_ms)


def idle(probe: Probe, seconds: float) -> dict[str, Figure]:
    """What the program does while nobody does anything (the polls of sync are part of it)."""
    probe.settle(1.0)
    bytes_before, cpu_before, start = probe.received, probe.cpu_ms(), time.perf_counter()
    while time.perf_counter() - start < seconds:
        probe.pump(0.1)
    took = time.perf_counter() - start
    return {
        "idle-bytes": Figure(value=(probe.received - bytes_before) / took),
        "idle-cpu": Figure(value=(probe.cpu_ms() - cpu_before) / took / 10),
    }


def _closes(probe: Probe, presses: int) -> Figure:
    """Close real conversations in the view of all open ones: the effect is that the list counts one less."""
    settled(probe)
    probe.press("3")
    probe.settle(0.6)
    figure = Figure()
    before, waited = probe.cpu_ms(), probe.waited_ms()
    for _ in range(presses):
        held = _count(probe)
        press = probe.press_and_time("c", quiet=0.08, effect=functools.partial(_counts, held - 1))
        figure.bytes.append(press.bytes)
        if press.effect_ms is None:
            raise RuntimeError(f"no effect of closing on the screen:\n{probe.text}")
        figure.ms.append(press.effect_ms)
        if press.first_ms is not None:
            figure.first_ms.append(press.first_ms)
        probe.settle(0.25, 1.0)
    figure.cpu_ms = (probe.cpu_ms() - before) / presses
    figure.waited_ms = (probe.waited_ms() - waited) / presses
    return figure


def _count(probe: Probe) -> int:
    found = _TOTAL.search(probe.screen.display[1][:LIST])
    return int(found[0].replace(",", "")) if found else -1


def _counts(total: int, probe: Probe) -> bool:
    return _count(probe) == total


def _calls_of_action(probe: Probe, sandbox: Served) -> Figure:
    """Assign a few conversations to ourselves, one after the other, and count what the sandbox was asked."""
    settled(probe)
    probe.press("3")
    probe.settle(1.5)
    actions = 5
    calls = 0
    notes: dict[str, int] = {}
    for _ in range(actions):
        sandbox.forget_requests()
        probe.press("i")
        probe.settle(0.8, 3.0)
        for name, count in sandbox.requests().items():
            calls += count
            kind = re.sub(r"\d{3,}", "ID", name)
            notes[kind] = notes.get(kind, 0) + count
        probe.press("j")
        probe.settle(1.5, 4.0)
    return Figure(value=calls / actions, note=", ".join(f"{name} ×{count}" for name, count in notes.items()))
