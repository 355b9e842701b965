"""The application: every operation behind one gate, answering as Intercom's API does."""

from __future__ import annotations

from typing import IO

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from tui.sandbox import files
from tui.sandbox.errors import Refusal
from tui.sandbox.faults import Faults
from tui.sandbox.gate import Gate, error_body
from tui.sandbox.limits import RateLimit
from tui.sandbox.routes import articles, companies, contacts, control, conversations, directory, events, parts, tickets
from tui.sandbox.routes.base import Desk
from tui.sandbox.search.run import Searcher
from tui.sandbox.workspace import Workspace


def create_app(
    workspace: Workspace,
    *,
    token: str | None = None,
    faults: Faults | None = None,
    latency_ms: int = 0,
    rate_limit: int = 0,
    log: IO[str] | None = None,
) -> Starlette:
    """An ASGI application that serves ``workspace``.

    ``token`` None lets everybody in; ``latency_ms`` is added to each answer; ``rate_limit`` is a minute's requests
    (0: none enforced); ``log`` gets a JSON line for each request. The gate is at ``app.state.gate``.
    """

    def gate(app: ASGIApp) -> ASGIApp:
        made = Gate(app, workspace, token, faults or Faults(), RateLimit(rate_limit, workspace.clock), latency_ms, log)
        app_.state.gate = made
        return made

    app_ = Starlette(
        routes=[
            *conversations.ROUTES,
            *parts.ROUTES,
            *contacts.ROUTES,
            *directory.ROUTES,
            *companies.ROUTES,
            *articles.ROUTES,
            *tickets.ROUTES,
            *events.ROUTES,
            *control.ROUTES,
            *files.ROUTES,
        ],
        middleware=[Middleware(GZipMiddleware, minimum_size=1000, compresslevel=1), Middleware(gate)],
        exception_handlers={Refusal: _refused, HTTPException: _no_route},
    )
    app_.state.desk = Desk(workspace, Searcher(workspace))
    app_.middleware_stack = app_.build_middleware_stack()  # now, so that the gate is there before the first request
    return app_


async def _refused(request: Request, exc: Exception) -> Response:
    if not isinstance(exc, Refusal):
        raise exc
    body = error_body(exc, request.state.request_id)
    return Response(body, exc.status, media_type="application/json; charset=utf-8")


async def _no_route(request: Request, exc: Exception) -> Response:
    no = Refusal(404, "not_found", "The requested resource does not exist; check your path and try again")
    return await _refused(request, no)
