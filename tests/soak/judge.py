"""Whether what was seen is within its bounds."""

from collections.abc import Sequence

from tests.soak.run import Outcome, Wishes
from tests.soak.sample import Sample

FLAT = 0.10
"""How far memory may leave what it was after the first simulated hour."""

_STORE_PER_KEY = 600
"""Bytes by which the store may grow for each key: words, journal and threads that were opened are kept."""

_LOG = 8 * 2**20
"""Bytes for SQLite's write-ahead log."""


def judge(wishes: Wishes, outcome: Outcome) -> tuple[list[str], list[str]]:
    """What was found, and what of it is out of bounds; sentences."""
    samples = outcome.samples
    findings: list[str] = []
    misses: list[str] = []
    if len(samples) < 3:
        return findings, [f"there are no samples; {outcome.screen}"]
    first = [one for one in samples if one.hours >= min(1.0, wishes.hours / 3)] or samples
    begin, last = _median(first[:5], "own"), _median(samples[-5:], "own")
    most, least = max(one.own for one in first), min(one.own for one in first)
    findings.append(
        f"memory: {_mib(begin)} after the first hour, {_mib(last)} at the end ({last / begin - 1:+.1%}); "
        f"between {_mib(least)} and {_mib(most)}; resident {_mib(first[0].rss)} to {_mib(samples[-1].rss)}"
    )
    if outcome.collected is not None:
        findings.append(f"after a full collection: {_mib(outcome.collected.own)}")
    if most > begin * (1 + FLAT) or least < begin * (1 - FLAT):
        misses.append(f"memory left {_mib(begin)} by more than {FLAT:.0%}")
    for name in ("descriptors", "threads"):
        seen = [int(getattr(one, name)) for one in first]
        findings.append(f"{name}: {min(seen)} to {max(seen)}, at the end {seen[-1]}")
        if max(seen[-len(seen) // 2 :]) > max(seen[: len(seen) // 2]) + 4:
            misses.append(f"{name} grow: {seen[0]} to {seen[-1]}")
    grown = samples[-1].store - first[0].store
    findings.append(f"store: {_mib(first[0].store // 1024)} to {_mib(samples[-1].store // 1024)}")
    if grown > _LOG + _STORE_PER_KEY * samples[-1].keys:
        misses.append(f"the store grew by {_mib(grown // 1024)}")
    spent = samples[-1].hours - first[0].hours
    rate = (samples[-1].received - first[0].received) / (spent * 3600)
    load = (samples[-1].cpu - first[0].cpu) / (spent * 3600)
    findings.append(
        f"to the terminal: {rate:.2f} bytes a simulated second; {load:.3%} of a core; {samples[-1].keys} keys"
    )
    if wishes.idle and not wishes.live and rate > 0:
        misses.append(f"an idle program wrote {rate:.2f} bytes a second")
    if wishes.idle and not wishes.live and load >= 0.005:
        misses.append(f"an idle program took {load:.3%} of a core")
    findings.append(f"views: {outcome.shown}")
    if not wishes.demo and (not outcome.shown or outcome.shown != outcome.expected):
        misses.append(f"the workspace has {outcome.expected}\n{outcome.screen}")
    if outcome.exit_code != 0:
        misses.append(f"it ended with {outcome.exit_code}")
    return findings, misses


def _median(samples: Sequence[Sample], name: str) -> int:
    return sorted(int(getattr(one, name)) for one in samples)[len(samples) // 2]


def _mib(kib: int) -> str:
    return f"{kib / 1024:.1f} MiB"
