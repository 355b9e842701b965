"""The budgets of the design, once: what each row of the table may cost at 120×40."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final, NamedTuple

FRAME_MS: Final = 16.0
"""One frame: what a key may take that has no budget of its own."""


class Budget(NamedTuple):
    """What a row may cost; None where the design says nothing. ``low_bytes`` is for the low-bandwidth mode.

    ``ms`` holds for the median, for the 95th percentile where ``strict``. ``value`` is in ``unit`` and a ceiling, a
    floor where ``least``.
    """

    key: str
    what: str
    bytes: int | None = None
    ms: float | None = None
    low_bytes: int | None = None
    strict: bool = False
    value: float | None = None
    unit: str = ""
    least: bool = False


BUDGETS: Final = (
    Budget("start-empty", "start → first screen, empty store", ms=350),
    Budget("start-sync", "start → first rows from the network, empty store"),
    Budget("start-1k", "start → first rows, 1,000 cached", bytes=15_000, ms=350, low_bytes=6_000),
    Budget("start-10k", "start → first rows, 10,000 cached", bytes=15_000, ms=350, low_bytes=6_000),
    Budget("start-100k", "start → first rows, 100,000 cached", bytes=15_000, ms=350, low_bytes=6_000),
    Budget("down", "cursor down", bytes=400, ms=5, low_bytes=60),
    Budget("up", "cursor up", bytes=400, ms=5, low_bytes=60),
    Budget("page-down", "page down", ms=FRAME_MS),
    Budget("short", "another short thread in the pane", bytes=2_000, ms=15),
    Budget("open-20", "open a cached thread of 20 parts", ms=20),
    Budget("open-500", "open a cached thread of 500 parts", ms=40),
    Budget("view", "switch view", bytes=2_500, ms=FRAME_MS),
    Budget("type", "type a character in the composer", bytes=400, ms=FRAME_MS),
    Budget("close-0", "close → its effect, API at 0 ms", ms=FRAME_MS, strict=True),
    Budget("close-200", "close → its effect, API at 200 ms", ms=FRAME_MS, strict=True),
    Budget("close-2000", "close → its effect, API at 2,000 ms", ms=FRAME_MS, strict=True),
    Budget("memory", "memory, 100,000 cached", value=60, unit="MiB"),
    Budget("idle-bytes", "idle: to the terminal", value=0, unit="B/s"),
    Budget("idle-cpu", "idle: of a core", value=0.5, unit="%"),
    Budget("calls-action", "API calls for an action", value=1, unit="calls"),
    Budget("calls-thread", "API calls to open an unchanged thread", value=0, unit="calls"),
    Budget("sync-first", "first sync, a core-second", value=8_000, unit="conversations", least=True),
    Budget("sync-delta", "delta sync, nothing changed", unit="ms"),
)
"""Every row, in the order of the table. A composer's character may cost what a cursor move may."""

BY_KEY: Final = {budget.key: budget for budget in BUDGETS}


@dataclass
class Figure:
    """What was measured for one row and program: bytes and milliseconds a try, or one ``value`` in the row's unit.

    ``ms`` is to the last byte of the answer (to the effect on screen for rows that name one), ``first_ms`` to the
    first, ``cpu_ms`` the processor time of a try and ``waited_ms`` how long other programs kept it from running.
    ``note`` is a remark for below the table.
    """

    bytes: list[int] = field(default_factory=list)
    ms: list[float] = field(default_factory=list)
    first_ms: list[float] = field(default_factory=list)
    cpu_ms: float | None = None
    waited_ms: float | None = None
    value: float | None = None
    note: str = ""

    @property
    def bytes_median(self) -> float | None:
        """The median of the bytes."""
        return median(self.bytes) if self.bytes else None

    @property
    def ms_median(self) -> float | None:
        """The median of the milliseconds."""
        return median(self.ms) if self.ms else None

    @property
    def ms_p95(self) -> float | None:
        """The 95th percentile of the milliseconds."""
        return percentile(self.ms, 0.95)


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which ``share`` of ``values`` lie (nearest rank), None for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None


def misses(budget: Budget, figure: Figure, *, low_bandwidth: bool = False) -> list[str]:
    """What is above its budget, each as a few words; empty where all is within."""
    found: list[str] = []
    limit = budget.low_bytes if low_bandwidth and budget.low_bytes else budget.bytes
    if limit is not None and figure.bytes_median is not None and figure.bytes_median > limit:
        found.append(f"bytes ×{figure.bytes_median / limit:.2f}")
    took = figure.ms_p95 if budget.strict else figure.ms_median
    if budget.ms is not None and took is not None and took > budget.ms:
        found.append(f"time ×{took / budget.ms:.2f}")
    if budget.value is not None and figure.value is not None:
        if budget.least and figure.value < budget.value:
            found.append(f"×{figure.value / budget.value:.2f}")
        elif not budget.least and figure.value > budget.value:
            found.append(f"×{figure.value / budget.value:.2f}" if budget.value else f"{figure.value:.3g} more")
    return found
