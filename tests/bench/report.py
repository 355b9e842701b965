"""The table, and the same for a machine."""

import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from tests.bench.budgets import BUDGETS, Budget, Figure, misses

OURS, LOW = "ours", "low-bandwidth"
_NOISE = 0.2
"""The share of a time spent waiting for other programs from which on it is said."""
Found = Mapping[str, Mapping[str, Figure]]
"""What was measured: by program, then by row."""


def table(found: Found, programs: Sequence[str], title: str) -> str:
    """One row a thing measured: budget, each program's figures, and whether ours are within the budget."""
    head = ["what", "budget", *programs, "verdict"]
    lines = [head]
    notes: list[str] = []
    for budget in BUDGETS:
        if not any(budget.key in found.get(name, {}) for name in programs):
            continue
        ours = found.get(OURS, {}).get(budget.key)
        cells = [budget.what, _budget(budget)]
        for name in programs:
            figure = found.get(name, {}).get(budget.key)
            cells.append(_figure(budget, figure, None if name in (OURS, LOW) else ours))
            if figure is not None and figure.note:
                notes.append(f"{budget.what}, {name}: {figure.note}")
            if figure is not None and figure.ms_median and (figure.waited_ms or 0) > _NOISE * figure.ms_median:
                notes.append(
                    f"{budget.what}, {name}: {figure.waited_ms:.3g} ms a try spent waiting for other programs to leave"
                    f" the processor; {figure.cpu_ms:.3g} ms of processor time used"
                )
        lines.append([*cells, _verdict(budget, found)])
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    shown = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    shown.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join([title, "", *shown, *([""] if notes else []), *(f"- {note}" for note in notes)])


def document(found: Found, size: str) -> dict[str, object]:
    """The same for a machine: figures with every try, the budgets and what misses them."""
    return {
        "size": size,
        "machine": {"python": platform.python_version(), "system": platform.platform()},
        "rows": [
            {
                "key": budget.key,
                "what": budget.what,
                "budget": {name: value for name, value in budget._asdict().items() if name not in ("key", "what")},
                "figures": {
                    name: asdict(rows[budget.key])
                    | {
                        "ms_median": rows[budget.key].ms_median,
                        "ms_p95": rows[budget.key].ms_p95,
                        "bytes_median": rows[budget.key].bytes_median,
                    }
                    for name, rows in found.items()
                    if budget.key in rows
                },
                "misses": [miss for name in (OURS, LOW) for miss in _misses(budget, found, name)],
            }
            for budget in BUDGETS
            if any(budget.key in rows for rows in found.values())
        ],
    }


def _misses(budget: Budget, found: Found, name: str) -> list[str]:
    figure = found.get(name, {}).get(budget.key)
    return misses(budget, figure, low_bandwidth=name == LOW) if figure is not None else []


def _verdict(budget: Budget, found: Found) -> str:
    if budget.key not in found.get(OURS, {}) and budget.key not in found.get(LOW, {}):
        return ""
    if budget.bytes is None and budget.ms is None and budget.value is None:
        return "–"
    missed = _misses(budget, found, OURS)
    slow = [f"low: {miss}" for miss in _misses(budget, found, LOW)]
    return "; ".join([*missed, *slow]) or "within"


def _budget(budget: Budget) -> str:
    said: list[str] = []
    if budget.bytes is not None:
        low = f" ({budget.low_bytes:,} low)" if budget.low_bytes else ""
        said.append(f"{budget.bytes:,} B{low}")
    if budget.ms is not None:
        said.append(f"{budget.ms:g} ms{' p95' if budget.strict else ''}")
    if budget.value is not None:
        said.append(f"{'≥' if budget.least else '≤'} {budget.value:,g} {budget.unit}")
    return " · ".join(said) or "–"


def _figure(budget: Budget, figure: Figure | None, ours: Figure | None) -> str:
    if figure is None:
        return ""
    said: list[str] = []
    if figure.value is not None:
        said.append(f"{figure.value:,.4g} {budget.unit}{_ratio(figure.value, ours.value if ours else None)}")
    if figure.bytes_median is not None:
        said.append(f"{figure.bytes_median:,.0f} B")
    if figure.ms_median is not None and figure.ms_p95 is not None:
        ratio = _ratio(figure.ms_median, ours.ms_median if ours else None)
        said.append(f"{figure.ms_median:.3g} / {figure.ms_p95:.3g} ms{ratio}")
    return " · ".join(said) or "–"


def _ratio(value: float, ours: float | None) -> str:
    return f" (×{value / ours:.2f})" if ours else ""
