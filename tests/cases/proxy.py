"""A loopback proxy that edits answers: ``python -m tests.cases.proxy UPSTREAM ANSWERS.py`` prints its address.

ANSWERS.py may define ``answer(req)`` (a response without asking upstream, or None) and ``edit(req, resp)`` (a changed
response). `req` has method, path (with its query), body (bytes) and n (a count from 1); a response has status, headers
(a list of pairs) and body (bytes).
"""

import itertools
import runpy
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

Message = dict[str, Any]
_HOP = frozenset({"host", "accept-encoding", "connection", "content-length", "transfer-encoding", "content-encoding"})


def serve(upstream: str, answers: str) -> None:
    """Serve until the process is ended; prints the address first."""
    found = runpy.run_path(answers)
    answer: Callable[[Message], Message | None] = found.get("answer", lambda req: None)
    edit: Callable[[Message, Message], Message | None] = found.get("edit", lambda req, resp: None)
    numbers = itertools.count(1)
    client = httpx.Client(base_url=upstream, timeout=30, trust_env=False)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            pass

        def _ask(self, req: Message) -> Message:
            kept = [(name, value) for name, value in self.headers.items() if name.lower() not in _HOP]
            got = client.request(req["method"], req["path"], content=req["body"], headers=kept)
            headers = [(name, value) for name, value in got.headers.items() if name.lower() not in _HOP]
            resp = {"status": got.status_code, "headers": headers, "body": got.content}
            return edit(req, resp) or resp

        def _go(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            req = {"method": self.command, "path": self.path, "body": body, "n": next(numbers)}
            resp = answer(req) or self._ask(req)
            self.send_response_only(resp["status"])
            for name, value in resp["headers"]:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(resp["body"])))
            self.end_headers()
            self.wfile.write(resp["body"])

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _go  # noqa: N815 - http.server's names

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        print(f"http://127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    serve(*sys.argv[1:])
