"""Faults at given rates: what real networks and real services do to a client, seeded so that they can be repeated."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

import msgspec

KINDS = ("latency", "429", "5xx", "cut_before", "cut_after", "truncate", "html", "nulls", "late")
"""Every fault there is. ``cut_before`` drops the connection and nothing happens; ``cut_after`` drops it when the
effect has happened; the next three spoil the answer after the effect. ``late`` cuts a write, or answers it with a 500,
502 or 504, and its effect comes seconds after that."""

_MIXED = KINDS[:-1]
"""What ``all`` stands for."""

_KEEP = frozenset(("id", "type", "conversations", "conversation_parts", "data", "pages", "errors", "admins", "tags"))


@dataclass(slots=True)
class Plan:
    """What goes wrong with one request: extra seconds, and at most one fault. Of a ``late`` one, after how many seconds
    its effect comes, and with which status it is answered at once (0: cut)."""

    delay: float = 0.0
    fault: str | None = None
    later: float = 0.0
    status: int = 0


@dataclass(slots=True)
class Faults:
    """Rates by kind (0 to 1), the ranges of added latency in milliseconds and of lateness in seconds, and the generator
    that draws."""

    rates: dict[str, float] = field(default_factory=dict)
    latency_ms: tuple[int, int] = (50, 800)
    late_s: tuple[float, float] = (2.0, 90.0)
    rng: Random = field(default_factory=lambda: Random(1))

    @classmethod
    def parse(cls, spec: str, seed: int = 1) -> Faults:
        """From ``latency=0.3:50-800,429=0.1``, ``late=0.2:2-90`` or ``all=0.3``; raises `ValueError`
        saying what is wrong."""
        faults = cls(rng=Random(seed))
        for item in filter(None, (piece.strip() for piece in spec.split(","))):
            name, _, value = item.partition("=")
            if name == "latency" and ":" in value:
                value, _, bounds = value.partition(":")
                low, _, high = bounds.partition("-")
                if not (low.isdigit() and high.isdigit() and int(low) <= int(high)):
                    raise ValueError(f"latency wants a range of milliseconds such as 50-800, not {bounds!r}")
                faults.latency_ms = (int(low), int(high))
            if name == "late" and ":" in value:
                value, _, bounds = value.partition(":")
                faults.late_s = _seconds(bounds)
            try:
                rate = float(value)
            except ValueError:
                raise ValueError(f"{item!r} is not a fault and its rate, such as cut_after=0.1") from None
            if not 0 <= rate <= 1:
                raise ValueError(f"the rate of {name} must be between 0 and 1, not {value}")
            if name == "all":
                faults.rates.update(dict.fromkeys(_MIXED, rate / (len(_MIXED) - 1)))
                faults.rates["latency"] = rate
            elif name in KINDS:
                faults.rates[name] = rate
            else:
                raise ValueError(f"{name!r} is no fault; there are {', '.join(KINDS)} and all")
        return faults

    def plan(self) -> Plan:
        """Draw what happens to the next request."""
        plan = Plan()
        if not self.rates:
            return plan
        if self.rng.random() < self.rates.get("latency", 0.0):
            low, high = self.latency_ms
            plan.delay = self.rng.uniform(low, high) / 1000
        draw = self.rng.random()
        for kind in KINDS[1:]:
            draw -= self.rates.get(kind, 0.0)
            if draw < 0:
                plan.fault = kind
                break
        if plan.fault == "late":
            plan.later = self.rng.uniform(*self.late_s)
            plan.status = self.rng.choice((0, 500, 502, 504))
        return plan

    def truncate(self, body: bytes) -> bytes:
        """The answer cut off somewhere in its second half."""
        return body[: max(1, int(len(body) * self.rng.uniform(0.5, 0.95)))]

    def nulls(self, body: bytes) -> bytes:
        """The answer with a few values null or missing, wherever an odd workspace might have them."""
        try:
            document = msgspec.json.decode(body)
        except msgspec.DecodeError:
            return body
        self._spoil(document)
        return msgspec.json.encode(document)

    def _spoil(self, root: Any) -> None:
        todo: list[Any] = [root]
        while todo:
            value = todo.pop()
            if isinstance(value, list):
                todo.extend(value)
            elif isinstance(value, dict):
                for name in list(value):
                    draw = self.rng.random()
                    if name in _KEEP or draw > 0.06:
                        todo.append(value[name])
                    elif draw < 0.03:
                        value[name] = None
                    else:
                        del value[name]

    def page(self) -> tuple[int, bytes]:
        """An HTML error page, as proxies send them."""
        status = self.rng.choice((502, 503, 504))
        return (
            status,
            f"<html><head><title>{status}</title></head><body><h1>{status} Bad Gateway</h1></body></html>".encode(),
        )

    def server_error(self) -> int:
        """The status of a 5xx."""
        return self.rng.choice((500, 502, 503))


def _seconds(bounds: str) -> tuple[float, float]:
    low, _, high = bounds.partition("-")
    try:
        found = float(low), float(high)
    except ValueError:
        found = (1.0, 0.0)
    if not 0 <= found[0] <= found[1]:
        raise ValueError(f"late wants a range of seconds such as 2-90, not {bounds!r}")
    return found
