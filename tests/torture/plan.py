"""What is to be done: a script of every kind of action, each of which has a mark or a value that nothing else has."""

import json
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.harness.sandbox import Served

SEQUENCE = (
    "note", "tag", "reply", "title", "attribute", "assign", "reply", "contact_note", "snooze", "open", "note", "tag",
    "unread", "reply", "contact_tag", "close", "open", "note", "untag", "claim", "contact_untag", "reply_close", "team",
)  # fmt: skip
"""What is done to one conversation and its contact, in this order. An action that sets back an earlier one may cancel
it within the undo window."""

KINDS = {
    "reply_close": "reply", "claim": "assign", "team": "assign", "unread": "read", "contact_note": "note_contact",
    "contact_tag": "tag_contact", "contact_untag": "untag_contact",
}  # fmt: skip
"""The kinds of action as the journal calls them, where a step is called otherwise."""

WORDS = frozenset({"note", "reply", "reply_close", "contact_note", "title", "attribute"})
"""Steps whose words hold their mark."""

MAY_BE_NOTHING = frozenset({"open", "close", "unread"})
"""Steps that may change nothing, since a customer or another program came first: then nothing is journaled."""


@dataclass(frozen=True)
class Step:
    """One step of the script. ``mark`` is in its words; steps without words are told by kind and ``value``.

    ``contact_id`` is the contact that a ``contact_…`` step is about, ``""`` for the others.
    """

    number: int
    kind: str
    conversation_id: str
    mark: str = ""
    value: str = ""
    contact_id: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What the journal tells of it: kind of action, id of the conversation or contact, and mark or value."""
        return (KINDS.get(self.kind, self.kind), self.contact_id or self.conversation_id, self.mark or self.value)


def share_of(step: Step, programs: int, shell_kinds: frozenset[str]) -> int:
    """Who does a step: the number of one of the ``programs``, or -1 for the shell, which does a tenth of those that it
    has a command for (``shell_kinds``: none where there is no shell)."""
    return -1 if step.number % 10 == 9 and step.kind in shell_kinds else step.number % programs


class _Queue:
    """What is left to be done to one conversation: pairs of kind and value."""

    def __init__(self, conversation: Any, contact_tags: list[str], number: int) -> None:
        self.conversation_id = str(conversation["id"])
        contacts = conversation["contacts"]["contacts"]
        self.contact_id = str(contacts[0]["id"]) if contacts else ""
        self.has = [str(tag["id"]) for tag in conversation["tags"]["tags"]]
        self.contact_has = contact_tags
        self.mine = str(conversation.get("admin_assignee_id"))
        self.team = str(conversation.get("team_assignee_id"))
        self.is_open = conversation["state"] == "open"
        # to the minute, as the shell takes it
        self.minute = int(time.time()) // 60 * 60 + 86_400 + 60 * number
        self.steps: list[tuple[str, str]] = []

    def fill(self, rng: random.Random, tags: list[str], admins: list[str], teams: list[str], me: str) -> None:
        """Choose values for the steps; those that would change nothing are left out."""
        free = [tag for tag in tags if tag not in self.has]
        contact_free = [tag for tag in tags if tag not in self.contact_has]
        for kind in SEQUENCE:
            value: str | None = ""
            match kind:
                case "tag":
                    value = free.pop(0) if free else None
                case "untag":
                    value = self.has.pop() if self.has else None
                case "contact_tag":
                    value = contact_free.pop(0) if contact_free and self.contact_id else None
                case "contact_untag":
                    value = self.contact_has.pop() if self.contact_has and self.contact_id else None
                case "contact_note":
                    value = "" if self.contact_id else None
                case "assign":
                    value = rng.choice([admin for admin in admins if admin not in (self.mine, me)])
                case "team":
                    # the shell may come to it before any teammate has it: then its own team would change nothing
                    value = rng.choice([team for team in teams if team != self.team])
                case "claim":
                    # taking it back from whom it was given to may cancel out with that
                    value = None if self.mine == me else me
                case "snooze":
                    value = str(self.minute) if self.is_open else None
                case "unread":
                    value = "False"
                case _:
                    pass
            if value is not None:
                self.steps.append((kind, value))


def make(served: Served, actions: int, rng: random.Random) -> list[Step]:
    """A script of ``actions`` steps over some conversations, mixed, the order within each conversation fixed."""
    found = served.ask("GET", "/conversations?per_page=150")["conversations"]
    conversations = found[: max(2, min(len(found), actions // len(SEQUENCE) + 1))]
    tags = [str(tag["id"]) for tag in served.ask("GET", "/tags")["data"]]
    teams = [str(team["id"]) for team in served.ask("GET", "/teams")["teams"]]
    me = str(served.ask("GET", "/me")["id"])
    admins = [str(admin["id"]) for admin in served.ask("GET", "/admins")["admins"]]
    queues: list[_Queue] = []
    contacts: set[str] = set()
    for number, conversation in enumerate(conversations):
        queue = _Queue(conversation, [], number)
        if queue.contact_id in contacts:
            # one contact's steps belong to one conversation: their order is fixed
            queue.contact_id = ""
        elif queue.contact_id:
            contacts.add(queue.contact_id)
            marks = served.ask("GET", f"/contacts/{queue.contact_id}/tags")["data"]
            queue.contact_has = [str(tag["id"]) for tag in marks]
        queue.fill(rng, tags, admins, teams, me)
        queues.append(queue)
    steps: list[Step] = []
    while len(steps) < actions:
        queue = rng.choice([queue for queue in queues if queue.steps] or queues)
        number = len(steps)
        kind, value = queue.steps.pop(0) if queue.steps else (rng.choice(("note", "reply")), "")
        mark = f"mark{number}x{rng.getrandbits(24):x}end" if kind in WORDS else ""
        contact = queue.contact_id if kind.startswith("contact_") else ""
        steps.append(Step(number, kind, queue.conversation_id, mark, value, contact))
    return steps


def save(path: Path, steps: list[Step]) -> None:
    """Write the script for the workers."""
    path.write_text(json.dumps([asdict(step) for step in steps]), encoding="utf-8")


def read(path: Path) -> list[Step]:
    """The script."""
    return [Step(**step) for step in json.loads(path.read_text(encoding="utf-8"))]
