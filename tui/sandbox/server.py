"""Serving the sandbox on loopback, and its command line."""

from __future__ import annotations

import argparse
import asyncio
import gc
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import IO, TYPE_CHECKING, Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from tui.sandbox.app import create_app
from tui.sandbox.faults import Faults
from tui.sandbox.gate import ABORT, App, Receive, Scope, Send
from tui.sandbox.workspace import Workspace

if TYPE_CHECKING:
    from tui.sandbox.live import Live

DEFAULT_TOKEN = "sandbox-token"  # noqa: S105 - the sandbox holds nothing of worth
LOOPBACK = ("127.0.0.1", "::1", "localhost")


MOST_SPEED = 10_000.0
"""The fastest that a workspace may live: there its people act some thousand times a second."""


def sped_up(
    speed: float, now: Callable[[], float] = time.time, monotonic: Callable[[], float] = time.monotonic
) -> Callable[[], float]:
    """A clock in Unix seconds that starts at the present and runs ``speed`` times as fast."""
    if speed == 1.0:
        return now
    start, begun = now(), monotonic()
    return lambda: start + (monotonic() - begun) * speed


class CuttingProtocol(H11Protocol):
    """Lets the gate drop a connection without an answer, through a scope extension."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inner: App = self.app

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {})[ABORT] = {"transport": lambda: self.transport}
            await inner(scope, receive, send)

        self.app = app


class AnnouncingServer(uvicorn.Server):
    """Says when it accepts requests."""

    ready: Callable[[], None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.ready is not None:
            self.ready()


def serve(
    port: int,
    host: str = "127.0.0.1",
    *,
    conversations: int = 1000,
    seed: int = 1,
    token: str | None = DEFAULT_TOKEN,
    faults: Faults | None = None,
    latency_ms: int = 0,
    rate_limit: int = 0,
    live: bool = False,
    speed: float = 1.0,
    log: IO[str] | None = None,
    out: IO[str] | None = None,
) -> int:
    """Serve a new workspace until interrupted; 0 when it ended as asked.

    ``port`` 0 takes a free one. One line with the address goes to ``out`` when requests are accepted. Raises
    `ValueError` for a host that is not loopback and `OSError` when the port is taken.
    """
    if host not in LOOPBACK:
        raise ValueError(f"the sandbox serves loopback only, not {host}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    bound: int = listener.getsockname()[1]
    workspace = Workspace(seed, conversations, sped_up(speed))
    gc.freeze()  # the workspace stays: without this every collection walks all of it, a third of the serving time
    gc.set_threshold(20_000, 20, 50)
    shown = f"[{host}]" if ":" in host else host
    workspace.base_url = f"http://{shown}:{bound}"
    app = create_app(workspace, token=token, faults=faults, latency_ms=latency_ms, rate_limit=rate_limit, log=log)
    if live:
        from tui.sandbox.live import DEFAULT_PACE, start_live

        app.state.live = start_live(workspace, DEFAULT_PACE / speed)
    config = uvicorn.Config(
        app,
        http=CuttingProtocol,
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=2,
    )
    line = f"Sandbox on {workspace.base_url} — token: {token if token is not None else '(any)'}"
    try:
        asyncio.run(_run(AnnouncingServer(config), listener, app.state.live if live else None, line, out or sys.stdout))
    finally:
        listener.close()
    return 0


async def _run(server: AnnouncingServer, listener: socket.socket, live: Live | None, line: str, out: IO[str]) -> None:
    def ready() -> None:
        print(line, file=out, flush=True)

    server.ready = ready
    acting: asyncio.Task[None] | None = None
    if live is not None:
        acting = asyncio.create_task(live.run())
    try:
        await server.serve(sockets=[listener])
    finally:
        if acting is not None:
            acting.cancel()
            await asyncio.gather(acting, return_exceptions=True)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``intercom-tui sandbox``."""
    parser.add_argument("--port", type=int, default=8900, help="port on loopback; 0 takes a free one (default 8900)")
    parser.add_argument("--host", default="127.0.0.1", choices=LOOPBACK, help="loopback address (default 127.0.0.1)")
    parser.add_argument("--conversations", type=int, default=1000, metavar="N", help="how many to make (default 1000)")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="the same seed makes the same people and texts"
    )
    parser.add_argument("--latency", type=int, default=0, metavar="MS", help="milliseconds added to every answer")
    parser.add_argument("--token", default=DEFAULT_TOKEN, metavar="T", help="the token to ask for; empty for none")
    parser.add_argument(
        "--faults",
        default="",
        metavar="SPEC",
        help="faults and rates: latency=0.3:50-800,429=0.1,cut_after=0.1 or all=0.3",
    )
    parser.add_argument("--live", action="store_true", help="customers and teammates keep acting")
    parser.add_argument(
        "--speed",
        type=float,
        default=1.0,
        metavar="N",
        help="let N seconds of the workspace pass in one: its clock, its dates and, with --live, its people",
    )
    parser.add_argument(
        "--rate-limit", type=int, default=0, metavar="N", help="requests a minute, in ten-second windows"
    )
    parser.add_argument("--log", metavar="FILE", help="write a JSON line for each request")


def run(args: argparse.Namespace) -> int:
    """Serve as the parsed options say: 0 when ended, 2 for options that make no sense, 1 when the port is taken."""
    try:
        faults = Faults.parse(args.faults, args.seed)
    except ValueError as wrong:
        print(f"--faults: {wrong}", file=sys.stderr)
        return 2
    if args.conversations < 0 or args.latency < 0 or args.rate_limit < 0:
        print("--conversations, --latency and --rate-limit take no negative numbers", file=sys.stderr)
        return 2
    if not 0 < args.speed <= MOST_SPEED:
        print(f"--speed is between 0 and {MOST_SPEED:,.0f}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ExitStack() as stack:
        try:
            log = stack.enter_context(open(args.log, "a", encoding="utf-8")) if args.log else None
            return serve(
                args.port,
                args.host,
                conversations=args.conversations,
                seed=args.seed,
                token=args.token or None,
                faults=faults,
                latency_ms=args.latency,
                rate_limit=args.rate_limit,
                live=args.live,
                speed=args.speed,
                log=log,
            )
        except OSError as failed:
            print(f"Cannot serve on port {args.port}: {failed.strerror or failed}", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            return 0


def main() -> int:
    """``python -m tui.sandbox``."""
    parser = argparse.ArgumentParser(prog="python -m tui.sandbox", description="An Intercom-compatible workspace.")
    add_arguments(parser)
    return run(parser.parse_args())
