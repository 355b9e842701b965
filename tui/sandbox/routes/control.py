"""``/_sandbox/…``: what tests and demonstrations turn; no part of Intercom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tui.sandbox.errors import invalid
from tui.sandbox.faults import Faults
from tui.sandbox.gate import Gate
from tui.sandbox.routes.base import answer, read, require, text, workspace
from tui.sandbox.wire.conversations import part as part_document

if TYPE_CHECKING:
    from tui.sandbox.live import Live


def _gate(request: Request) -> Gate:
    gate: Gate = request.app.state.gate
    return gate


async def stats(request: Request) -> Response:
    """``GET /_sandbox/stats``: requests by method and path, answers by status (0: cut), and how many effects are
    still to come."""
    gate = _gate(request)
    space = workspace(request)
    return answer(
        {
            "requests": dict(gate.requests),
            "answers": dict(gate.answers),
            "conversations": len(space.conversations),
            "contacts": len(space.contacts),
            "now": space.now(),
            "revision": space.conversations.revision,
            "late": len(gate.late),
            "landed": gate.landed,
        }
    )


async def reset_stats(request: Request) -> Response:
    """``DELETE /_sandbox/stats``: count from nothing."""
    gate = _gate(request)
    gate.requests.clear()
    gate.answers.clear()
    return answer({})


async def set_faults(request: Request) -> Response:
    """``POST /_sandbox/faults`` ``{"spec": "429=0.1", "seed": 1}``; an empty spec ends them."""
    body = await read(request)
    gate = _gate(request)
    try:
        gate.faults = Faults.parse(str(body.get("spec") or ""), int(body.get("seed") or 1))
    except ValueError as wrong:
        raise invalid(str(wrong)) from None
    return answer({"rates": gate.faults.rates})


async def set_latency(request: Request) -> Response:
    """``POST /_sandbox/latency`` ``{"ms": 200}``."""
    body = await read(request)
    ms = body.get("ms")
    if not isinstance(ms, int) or ms < 0:
        raise invalid("ms must be a number of milliseconds")
    _gate(request).latency_ms = ms
    return answer({"ms": ms})


async def customer_reply(request: Request) -> Response:
    """``POST /_sandbox/customer_reply`` ``{"conversation_id": …, "body": "<p>…</p>"}``: answers with the part."""
    body = await read(request)
    space = workspace(request)
    words = text(require(body, "body"))
    part = space.customer_reply(str(require(body, "conversation_id")), words)
    return answer(part_document(space, part))


async def advance(request: Request) -> Response:
    """``POST /_sandbox/advance`` ``{"seconds": 3600}``: push the clock forward."""
    body = await read(request)
    amount = body.get("seconds")
    if not isinstance(amount, (int, float)) or amount < 0:
        raise invalid("seconds must be a positive number")
    space = workspace(request)
    space.advance(amount)
    return answer({"now": space.now()})


async def set_live(request: Request) -> Response:
    """``POST /_sandbox/live`` ``{"resting": true}``: with ``--live``, people stop acting, or go on."""
    body = await read(request)
    live: Live | None = getattr(request.app.state, "live", None)
    if live is None:
        raise invalid("nobody acts here: the sandbox was started without --live")
    live.resting = body.get("resting") is True
    return answer({"resting": live.resting})


async def kill_cursors(request: Request) -> Response:
    """``POST /_sandbox/kill_cursors``: every cursor given so far is dead."""
    workspace(request).cursor_epoch += 1
    return answer({})


ROUTES = [
    Route("/_sandbox/stats", stats, methods=["GET"]),
    Route("/_sandbox/stats", reset_stats, methods=["DELETE"]),
    Route("/_sandbox/faults", set_faults, methods=["POST"]),
    Route("/_sandbox/latency", set_latency, methods=["POST"]),
    Route("/_sandbox/customer_reply", customer_reply, methods=["POST"]),
    Route("/_sandbox/advance", advance, methods=["POST"]),
    Route("/_sandbox/live", set_live, methods=["POST"]),
    Route("/_sandbox/kill_cursors", kill_cursors, methods=["POST"]),
]
