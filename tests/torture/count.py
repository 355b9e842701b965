"""Counting at the end what was done: the workspace's own record against the script and the journal."""

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.harness.sandbox import Served
from tests.torture import journal
from tests.torture.journal import MARK, Row
from tests.torture.plan import MAY_BE_NOTHING, WORDS, Step

Events = dict[str, list[str]]
"""Ids of our parts by part type, of assignments also by whom they are to, of the parts with a mark by that mark, and
those by which a customer opened the conversation under :data:`_CUSTOMER_OPENED`."""

_PARTS = {"close": "close", "open": "open", "snooze": "snoozed"}
"""Kinds of action without words, and the part type that tells of each."""

_CUSTOMER_OPENED = "opened by a customer"
"""What we are about to open, and a customer opens first, needs no opening any more."""


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

    def compare(self, made: int, wanted: int, what: str) -> None:
        """Count ``what``, which was made ``made`` times."""
        if made < wanted:
            self.lost.append(f"{what}: {made} times, not {wanted}")
        elif made > wanted:
            self.twice.append(f"{what}: {made} times, not {wanted}")


def events(conversation: Any, me: str) -> Events:
    """What :data:`Events` says, of a conversation as the API gives it. Parts with a mark are found by it alone."""
    found: Events = {}
    for part in conversation["conversation_parts"]["conversation_parts"]:
        marks = MARK.findall(part["body"] or "")
        for mark in marks:
            found.setdefault(mark, []).append(part["id"])
        if part["part_type"] == "open" and part["author"]["type"] in ("user", "lead"):
            found.setdefault(_CUSTOMER_OPENED, []).append(part["id"])
        if not marks and str(part["author"]["id"]) == me:
            found.setdefault(part["part_type"], []).append(part["id"])
            if part["part_type"].startswith("assign"):
                found.setdefault(f"to {(part['assigned_to'] or {}).get('id', '')}", []).append(part["id"])
    return found


def count(served: Served, steps: list[Step], before: dict[str, Events], me: str, store: Path) -> Count:
    """Compare the workspace with the script. ``before``: what :func:`events` told of each conversation at the start."""
    result = Count()
    db = sqlite3.connect(store)
    try:
        rows = journal.rows(db)
    finally:
        db.close()
    known = {(row.kind, row.target, row.value) for row in rows}
    for step in steps:
        if step.key not in known and step.kind not in MAY_BE_NOTHING:
            result.lost.append(f"{step.kind} {step.mark or step.value} in {step.conversation_id} was never journaled")
    for row in rows:
        if row.state not in journal.FINISHED and row.kind != "redact":
            result.lost.append(f"{row.kind} {row.value} in {row.target} is still {row.state}")
    for cid in sorted({step.conversation_id for step in steps}):
        its = [row for row in rows if row.target == cid]
        _conversation(result, [step for step in steps if step.conversation_id == cid], its, served.conversation(cid),
                      before[cid], me)  # fmt: skip
    for contact_id in sorted({step.contact_id for step in steps if step.contact_id}):
        _contact(result, [step for step in steps if step.contact_id == contact_id], contact_id, served)
    return result


def _conversation(
    result: Count, steps: list[Step], rows: list[Row], conversation: Any, before: Events, me: str
) -> None:
    cid = conversation["id"]
    after = events(conversation, me)
    for step in steps:
        if step.kind in WORDS and step.kind not in ("title", "attribute") and not step.contact_id:
            result.compare(len(after.get(step.mark, [])), 1, f"{step.kind} {step.mark} in {cid}")
    tags = [str(tag["id"]) for tag in conversation["tags"]["tags"]]
    for step in steps:
        if step.kind in ("tag", "untag"):
            result.compare(tags.count(step.value), int(step.kind == "tag"), f"{step.kind} {step.value} in {cid}")
    without_words(result, rows, conversation, before, me)
    _order(result, conversation, rows)


def without_words(result: Count, rows: list[Row], conversation: Any, before: Events, me: str) -> None:
    """Compare what leaves no words with the journal's ``rows`` about this conversation."""
    cid = conversation["id"]
    after = events(conversation, me)
    done = [row for row in rows if row.state == "done"]

    def made(name: str) -> int:
        return len(after.get(name, [])) - len(before.get(name, []))

    for kind, part_type in _PARTS.items():
        wanted = sum(row.kind == kind for row in done)
        if kind == "open":
            wanted = min(wanted, max(made(part_type), wanted - made(_CUSTOMER_OPENED)))
        result.compare(made(part_type), wanted, f"{part_type} in {cid}")
    given = [row for row in done if row.kind == "assign"]
    for assignee in {row.value for row in given if row.value}:
        result.compare(made(f"to {assignee}"), sum(row.value == assignee for row in given), f"{assignee} gets {cid}")
    if given and given[-1].value:
        _assigned(result, conversation, given[-1])
    titles = [row.value for row in done if row.kind == "title"]
    if titles and titles[-1] not in (conversation["title"] or ""):
        result.lost.append(f"the title {titles[-1]} of {cid}")
    values = [row.value for row in done if row.kind == "attribute"]
    if values and values[-1] not in str((conversation["custom_attributes"] or {}).get("case")):
        result.lost.append(f"the attribute {values[-1]} of {cid}")
    tagged = {row.value: row.kind for row in done if row.kind in ("tag", "untag")}
    tags = [str(tag["id"]) for tag in conversation["tags"]["tags"]]
    for tag, kind in tagged.items():
        result.compare(tags.count(tag), int(kind == "tag"), f"the last {kind} {tag} in {cid}")


def _assigned(result: Count, conversation: Any, last: Row) -> None:
    """The last assignment holds: to a team it takes the teammate off."""
    team = last.action.get("assignee") == "team"
    has = str(conversation.get("team_assignee_id" if team else "admin_assignee_id"))
    if has != last.value:
        result.lost.append(f"the assignment of {conversation['id']} to {last.value}")
    if team and (admin := conversation.get("admin_assignee_id")):
        result.lost.append(f"{conversation['id']} went to a team and is with {admin}")


def _contact(result: Count, steps: list[Step], contact_id: str, served: Served) -> None:
    bodies = [note["body"] for note in served.ask("GET", f"/contacts/{contact_id}/notes?per_page=150")["data"]]
    tags = [str(tag["id"]) for tag in served.ask("GET", f"/contacts/{contact_id}/tags")["data"]]
    for step in steps:
        if step.mark:
            result.compare(sum(step.mark in body for body in bodies), 1, f"{step.mark} on contact {contact_id}")
        else:
            wanted = int(step.kind == "contact_tag")
            result.compare(tags.count(step.value), wanted, f"{step.kind} {step.value} on contact {contact_id}")


def _order(result: Count, conversation: Any, rows: list[Row]) -> None:
    journaled = [row.value for row in rows if row.action.get("text") and row.state == "done"]
    said: list[str] = []
    for part in conversation["conversation_parts"]["conversation_parts"]:
        said += MARK.findall(part["body"] or "")
    if [mark for mark in said if mark in journaled] != [mark for mark in journaled if mark in said]:
        result.disorder.append(f"{conversation['id']}: journaled {journaled}, said {said}")
