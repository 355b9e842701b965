"""The sandbox served: connections that are cut, clients that hang up, the request log, what it refuses to do."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.harness.sandbox import Served
from tui.sandbox import server


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The request log."""
    return tmp_path_factory.mktemp("sandbox") / "requests.jsonl"


@pytest.fixture(scope="module")
def served(log: Path) -> Iterator[Served]:
    """A served sandbox with a log."""
    with Served(conversations=30, more=("--log", str(log))) as made:
        yield made
    assert made.process.returncode == 0


@pytest.fixture
def http(served: Served) -> Iterator[httpx.Client]:
    """A client; faults and latency are gone afterwards."""
    with served.client() as client:
        yield client
        client.post("/_sandbox/faults", json={"spec": ""})
        client.post("/_sandbox/latency", json={"ms": 0})


def newest(http: httpx.Client) -> str:
    """The id of some conversation."""
    found: str = http.get("/conversations").json()["conversations"][0]["id"]
    return found


def comments(http: httpx.Client, conversation: str, body: str) -> int:
    """How many parts with this body the conversation has."""
    parts = http.get(f"/conversations/{conversation}").json()["conversation_parts"]["conversation_parts"]
    return sum(part["body"] == f"<p>{body}</p>" for part in parts)


def reply(http: httpx.Client, body: str) -> dict[str, Any]:
    """A reply of the token's owner."""
    admin = http.get("/me").json()["id"]
    return {"message_type": "comment", "type": "admin", "admin_id": admin, "body": body}


@pytest.mark.parametrize(("fault", "effects"), [("cut_before", 0), ("cut_after", 1)])
def test_a_cut_connection_gives_no_answer(http: httpx.Client, fault: str, effects: int) -> None:
    """The client sees a closed connection either way; only the workspace knows whether the reply arrived."""
    conversation = newest(http)
    body = reply(http, f"sent through {fault}")
    http.post("/_sandbox/faults", json={"spec": f"{fault}=1"}).raise_for_status()
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        http.post(f"/conversations/{conversation}/reply", json=body)
    http.post("/_sandbox/faults", json={"spec": ""}).raise_for_status()
    assert comments(http, conversation, f"sent through {fault}") == effects


def test_a_client_that_hangs_up_has_still_acted_once(served: Served, http: httpx.Client) -> None:
    """The request was received whole: it takes effect, once, though nobody waits for the answer."""
    conversation = newest(http)
    body = json.dumps(reply(http, "hung up"))
    http.post("/_sandbox/latency", json={"ms": 100}).raise_for_status()
    port = int(served.base_url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as raw:
        head = (
            f"POST /conversations/{conversation}/reply HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {served.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        )
        raw.sendall(head.encode())
    for _ in range(20):  # each of these takes 100 ms at the sandbox, so no waiting of our own is needed
        if comments(http, conversation, "hung up"):
            break
    assert comments(http, conversation, "hung up") == 1


def test_the_log_tells_what_took_effect(http: httpx.Client, log: Path) -> None:
    """One JSON line a request, with fault and effect."""
    http.post("/_sandbox/faults", json={"spec": "cut_after=1"}).raise_for_status()
    with pytest.raises(httpx.TransportError):
        http.get("/teams")
    http.post("/_sandbox/faults", json={"spec": "cut_before=1"}).raise_for_status()
    with pytest.raises(httpx.TransportError):
        http.get("/segments")
    # the cut is felt here a moment before it is logged there; this request comes after
    http.post("/_sandbox/faults", json={"spec": ""}).raise_for_status()
    entries = [json.loads(line) for line in log.read_text().splitlines()]
    told = {entry["path"]: (entry["status"], entry["fault"], entry["took_effect"]) for entry in entries}
    assert told["/teams"] == (None, "cut_after", True)
    assert told["/segments"] == (None, "cut_before", False)


def test_answers_are_compressed_when_it_pays(http: httpx.Client) -> None:
    """Large ones are, small ones are not."""
    assert http.get("/conversations").headers["content-encoding"] == "gzip"
    assert "content-encoding" not in http.get("/me").headers


def test_attachments_are_served_and_expire(http: httpx.Client) -> None:
    """A link that expires stops working; the file is of its kind."""
    now = http.get("/_sandbox/stats").json()["now"]
    bare = httpx.get(f"{http.base_url}/_sandbox/files/1/0/label.png?expires={now + 60}")
    assert bare.content.startswith(b"\x89PNG")
    assert httpx.get(f"{http.base_url}/_sandbox/files/1/0/invoice.pdf").content.startswith(b"%PDF-1.4")
    assert httpx.get(f"{http.base_url}/_sandbox/files/1/0/label.png?expires={now - 1}").status_code == 403


def run(*options: str) -> subprocess.CompletedProcess[str]:
    """The command, expected to end by itself."""
    return subprocess.run([sys.executable, "-m", "tui.sandbox", *options], capture_output=True, text=True, timeout=30)


def test_bad_options_get_one_sentence() -> None:
    """Exit code 2 and a sentence, no traceback."""
    done = run("--faults", "gremlins=1")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("--faults: 'gremlins' is no fault")
    assert done.stderr.count("\n") == 1


def test_a_taken_port_gets_one_sentence(served: Served) -> None:
    """Exit code 1."""
    port = served.base_url.rpartition(":")[2]
    done = run("--port", port)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Cannot serve on port {port}: ")


def test_only_loopback_is_served() -> None:
    """The workspace is open to whoever has the token: it stays on this machine."""
    with pytest.raises(ValueError, match="loopback only"):
        server.serve(0, "0.0.0.0")
