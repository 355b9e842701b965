"""A server that speaks to the program as Intercom would, except where a test makes it lie.

It runs in threads of the test's own process and answers real HTTP on loopback. What it answers is JSON made by
`World`, or whatever a test puts in `overrides`: documents, or raw bytes of a whole HTTP answer.
"""

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
TOKEN = "dG9rOmF0dGFjay10ZXN0cy1uZXZlci1zZWVuLTAxMjM0"

EVIL = (
    "\x1b]52;c;aGk=\x07 \x1b]0;pwned\x07\x1b[2J [@click=app.quit]x[/] [/ \x9b31m \x9d0;pwned\x9c \u202egnp.exe e\u0301"
    + "\u0300" * 40
)
"""Everything that could drive a terminal, an app or an eye, in one line."""

SHOWN = "[@click=app.quit]x[/] [/"
"""What must be seen of it, as plain text."""


@dataclass
class Raw:
    """A whole HTTP answer, byte for byte; `pauses` sleeps that many seconds between its bytes."""

    data: bytes
    pauses: float = 0.0


@dataclass
class Status:
    """An answer with a status, extra headers and a body."""

    status: int
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)


Answering = Callable[[str, str, Json], "Raw | Status | Json | list[Any] | None"]


def person(number: int, name: str = "Ada Lovelace", **more: Any) -> Json:
    """A contact's document."""
    return {
        "type": "contact", "id": f"c{number}", "role": "user", "name": name, "email": f"p{number}@example.com",
        "created_at": 1_700_000_000, "updated_at": 1_700_000_000, **more,
    }  # fmt: skip


def part(number: int | str, body: str = "<p>Hello</p>", **more: Any) -> Json:
    """A part's document, by the customer."""
    return {
        "type": "conversation_part", "id": str(number), "part_type": "comment", "body": body,
        "created_at": 1_700_000_100, "updated_at": 1_700_000_100, "attachments": [],
        "author": {"type": "user", "id": "c1", "name": "Ada Lovelace", "email": "p1@example.com"}, **more,
    }  # fmt: skip


def conversation(number: int | str, subject: str = "", body: str = "<p>Hello</p>", **more: Any) -> Json:
    """A conversation's document, open and waiting."""
    author = {"type": "user", "id": "c1", "name": "Ada Lovelace", "email": "p1@example.com"}
    return {
        "type": "conversation", "id": str(number), "title": None, "state": "open", "open": True, "read": False,
        "priority": "not_priority", "created_at": 1_700_000_000, "updated_at": int(time.time()) - 600,
        "waiting_since": 1_700_000_000, "snoozed_until": None, "admin_assignee_id": None, "team_assignee_id": None,
        "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": "c1"}]},
        "source": {
            "type": "email", "id": f"s{number}", "delivered_as": "customer_initiated", "body": body, "author": author,
            "subject": subject or f"Subject {number}", "attachments": [],
        },
        "tags": {"type": "tag.list", "tags": []}, "statistics": {}, **more,
    }  # fmt: skip


def _moment(one: Json) -> float:
    updated = one.get("updated_at")
    return updated if isinstance(updated, int | float) else 0


class World:
    """What the server holds; `overrides` maps "METHOD /path" (or a regular expression of it) to another answer."""

    def __init__(self) -> None:
        self.conversations: list[Any] = [conversation(number) for number in range(1, 4)]
        self.parts: dict[str, list[Any]] = {}
        self.people: dict[str, Json] = {"c1": person(1)}
        self.admins: list[Any] = [{"type": "admin", "id": "7", "name": "Grace", "email": "g@example.com"}]
        self.tags: list[Any] = [{"type": "tag", "id": "t1", "name": "billing"}]
        self.teams: list[Any] = [{"type": "team", "id": "70", "name": "Support", "admin_ids": [7]}]
        self.me: Any = {**self.admins[0], "app": {"type": "app", "id_code": "abc", "name": "Desk"}}
        self.overrides: dict[str, Any] = {}
        self.headers: dict[str, str] = {}
        self.requests: list[tuple[str, str, dict[str, str]]] = []

    def asked(self, way: str) -> int:
        """How many requests matched."""
        return sum(1 for method, path, _ in self.requests if re.fullmatch(way, f"{method} {path}"))

    def answer(self, method: str, path: str, body: Json) -> Any:
        for way, answer in self.overrides.items():
            if re.fullmatch(way, f"{method} {path}"):
                return answer(method, path, body) if callable(answer) else answer
        match path.strip("/").split("/"):
            case ["me"]:
                return self.me
            case ["admins"]:
                return {"type": "admin.list", "admins": self.admins}
            case ["teams"]:
                return {"type": "team.list", "teams": self.teams}
            case ["tags"]:
                return {"type": "list", "data": self.tags}
            case ["conversations", "search"]:
                return self._search(body)
            case ["conversations", identity]:
                return self._conversation(identity)
            case ["conversations", identity, "reply" | "parts"]:
                self.parts.setdefault(identity, []).append(part(f"9{len(self.requests)}", str(body.get("body", ""))))
                return self._conversation(identity)
            case ["contacts", "search"]:
                return {"type": "list", "data": list(self.people.values()), "total_count": len(self.people)}
            case ["contacts", identity] if identity in self.people:
                return self.people[identity]
        if method == "GET" and path.startswith(("/contacts/", "/events", "/segments", "/companies")):
            return {"type": "list", "data": [], "events": []}
        return Status(404, b'{"type":"error.list","errors":[{"code":"not_found","message":"Nothing here"}]}')

    def _search(self, body: Json) -> Json:
        asked = json.dumps(body.get("query"))
        state = next((state for state in ("open", "snoozed", "closed") if f'"{state}"' in asked), "")
        found = [
            one for one in self.conversations if not state or not isinstance(one, dict) or one.get("state") == state
        ]
        since = re.search(r'"updated_at", "operator": ">", "value": (\d+)', asked)
        if since is not None:
            found = [one for one in found if not isinstance(one, dict) or _moment(one) > int(since[1])]
        return {"type": "conversation.list", "conversations": found, "total_count": len(found), "pages": {"next": None}}

    def _conversation(self, identity: str) -> Any:
        for one in self.conversations:
            if isinstance(one, dict) and str(one.get("id")) == identity:
                parts = self.parts.get(identity, [])
                listed = {"type": "conversation_part.list", "conversation_parts": parts, "total_count": len(parts)}
                return {**one, "conversation_parts": listed}
        return Status(404, b'{"type":"error.list","errors":[{"code":"not_found","message":"No such conversation"}]}')


class Server:
    """Serves a world on loopback until closed."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._closed = False
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._closed = True
        with socket.socket() as knock:  # wakes accept()
            knock.connect_ex(("127.0.0.1", self.port))
        self._listening.close()

    def _accept(self) -> None:
        while not self._closed:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as stream:
            try:
                while not self._closed and self._one(connection, stream):
                    pass
            except OSError:
                return  # the program hung up

    def _one(self, connection: socket.socket, stream: Any) -> bool:
        first = stream.readline().decode("latin-1").split()
        if len(first) < 2:
            return False
        headers: dict[str, str] = {}
        while line := stream.readline().decode("latin-1").strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        sent = stream.read(int(headers.get("content-length", 0)))
        path = first[1].partition("?")[0]
        self.world.requests.append((first[0], path, headers))
        answer = self.world.answer(first[0], path, json.loads(sent) if sent else {})
        if isinstance(answer, Raw):
            if answer.pauses:
                for at in range(len(answer.data)):
                    connection.sendall(answer.data[at : at + 1])
                    time.sleep(answer.pauses)
            else:
                connection.sendall(answer.data)
            return False
        if not isinstance(answer, Status):
            answer = Status(200, json.dumps(answer).encode())
        told = {"Content-Type": "application/json", **self.world.headers, **answer.headers}
        lines = [f"HTTP/1.1 {answer.status} Whatever", f"Content-Length: {len(answer.body)}"]
        lines += [f"{name}: {value}" for name, value in told.items()]
        connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + answer.body)
        return True


@contextmanager
def serving(world: World) -> Iterator[Server]:
    """Serve `world` for the length of a `with`."""
    server = Server(world)
    try:
        yield server
    finally:
        server.close()
