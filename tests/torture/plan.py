"""What is to be done, and counting at the end what was: each action has a mark that nothing else has."""

import json
import random
import re
import sqlite3
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.torture.served import Served

MARK = re.compile(r"mark[a-z0-9]+end")
_SEQUENCE = ("note", "tag", "reply", "assign", "reply", "note", "tag", "reply", "note", "reply_close")
_PARTS = {"assign": "assignment", "close": "close", "open": "open"}


@dataclass(frozen=True)
class Step:
    """One action of the script. ``mark`` is in its words; actions without words are told by kind and ``value``."""

    number: int
    kind: str
    conversation_id: str
    mark: str = ""
    value: str = ""


@dataclass
class Count:
    """What the workspace holds of the script."""

    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    disorder: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """True where each action took effect exactly once, in order."""
        return not (self.lost or self.twice or self.disorder)


def make(served: Served, actions: int, rng: random.Random) -> list[Step]:
    """A script of ``actions`` steps over some conversations, mixed, the order within each conversation fixed."""
    found = served.ask("GET", "/conversations?per_page=150")["conversations"]
    conversations = found[: max(2, min(len(found), actions // len(_SEQUENCE) + 1))]
    tags = [tag["id"] for tag in served.ask("GET", "/tags")["data"]]
    admins = [str(admin["id"]) for admin in served.ask("GET", "/admins")["admins"]]
    queues: list[list[tuple[str, str, str]]] = []
    for conversation in conversations:
        queue: list[tuple[str, str, str]] = []
        has = {tag["id"] for tag in conversation["tags"]["tags"]}
        free = [tag for tag in tags if tag not in has]
        mine = str(conversation.get("admin_assignee_id"))
        for kind in _SEQUENCE:
            value = ""
            if kind == "tag":
                if not free:
                    continue
                value = free.pop(0)
            elif kind == "assign":
                value = rng.choice([admin for admin in admins if admin != mine])
            queue.append((kind, str(conversation["id"]), value))
        queues.append(queue)
    steps: list[Step] = []
    while len(steps) < actions:
        queue = rng.choice([queue for queue in queues if queue] or queues)
        number = len(steps)
        kind, cid, value = (
            queue.pop(0) if queue else (rng.choice(("note", "reply")), rng.choice(conversations)["id"], "")
        )
        text = kind in ("note", "reply", "reply_close")
        steps.append(Step(number, kind, str(cid), f"mark{number}x{rng.getrandbits(24):x}end" if text else "", value))
    return steps


def save(path: Path, steps: list[Step]) -> None:
    """Write the script for the workers."""
    path.write_text(json.dumps([asdict(step) for step in steps]), encoding="utf-8")


def read(path: Path) -> list[Step]:
    """The script."""
    return [Step(**step) for step in json.loads(path.read_text(encoding="utf-8"))]


def events(conversation: Any, me: str) -> dict[str, list[str]]:
    """Ids of our parts by part type, and of the parts with each mark by mark."""
    found: dict[str, list[str]] = {}
    for part in conversation["conversation_parts"]["conversation_parts"]:
        for mark in MARK.findall(part["body"] or ""):
            found.setdefault(mark, []).append(part["id"])
        if str(part["author"]["id"]) == me:
            found.setdefault(part["part_type"], []).append(part["id"])
    return found


def count(served: Served, steps: list[Step], before: dict[str, dict[str, list[str]]], me: str, store: Path) -> Count:
    """Compare the workspace with the script. ``before``: what :func:`events` told of each conversation at the start."""
    result = Count()
    by_conversation: dict[str, list[Step]] = {}
    for step in steps:
        by_conversation.setdefault(step.conversation_id, []).append(step)
    db = sqlite3.connect(store)
    try:
        for cid, its in by_conversation.items():
            conversation = served.conversation(cid)
            after = events(conversation, me)
            _count_marks(result, its, after)
            _count_events(result, cid, its, conversation, before[cid], after)
            _check_order(result, db, cid, conversation)
    finally:
        db.close()
    return result


def _count_marks(result: Count, its: list[Step], after: dict[str, list[str]]) -> None:
    for step in its:
        times = len(after.get(step.mark, [])) if step.mark else 1
        if times == 0:
            result.lost.append(f"{step.kind} {step.mark} in {step.conversation_id}")
        elif times > 1:
            result.twice.append(f"{step.kind} {step.mark} in {step.conversation_id}: {times} times")


def _count_events(
    result: Count,
    cid: str,
    its: list[Step],
    conversation: Any,
    before: dict[str, list[str]],
    after: dict[str, list[str]],
) -> None:
    tags = [tag["id"] for tag in conversation["tags"]["tags"]]
    for kind, part_type in (("assign", "assignment"), ("reply_close", "close")):
        wanted = sum(step.kind == kind for step in its)
        made = len(after.get(part_type, [])) - len(before.get(part_type, []))
        if made < wanted:
            result.lost.append(f"{wanted - made} {part_type} in {cid}")
        elif made > wanted:
            result.twice.append(f"{made - wanted} {part_type} in {cid}")
    for step in its:
        if step.kind == "tag" and tags.count(step.value) != 1:
            (result.twice if tags.count(step.value) else result.lost).append(f"tag {step.value} in {cid}")
    assigned = [step.value for step in its if step.kind == "assign"]
    if assigned and str(conversation["admin_assignee_id"]) != assigned[-1]:
        result.lost.append(f"the assignment of {cid} to {assigned[-1]}")


def _check_order(result: Count, db: sqlite3.Connection, cid: str, conversation: Any) -> None:
    journaled: list[str] = []
    for (payload,) in db.execute("SELECT payload FROM outbox WHERE conversation_id = ? ORDER BY id", (cid,)):
        journaled += MARK.findall(json.loads(payload).get("text", ""))
    said: list[str] = []
    for part in conversation["conversation_parts"]["conversation_parts"]:
        said += MARK.findall(part["body"] or "")
    if [mark for mark in said if mark in journaled] != [mark for mark in journaled if mark in said]:
        result.disorder.append(f"{cid}: journaled {journaled}, said {said}")
