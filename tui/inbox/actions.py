"""What a person can do to a conversation or a contact, as a small value that survives in the journal."""

from typing import Literal

import msgspec

Kind = Literal[
    "reply", "note", "assign", "close", "open", "snooze", "tag", "untag", "read", "title",
    "tag_contact", "untag_contact", "note_contact",
]  # fmt: skip

Assignee = Literal["admin", "team", "", "no_team"]
"""Whom an assignment gives to: an admin, a team, no admin (``""``) or no team."""

TEXT_KINDS = frozenset({"reply", "note", "note_contact"})
CONTACT_KINDS = frozenset({"tag_contact", "untag_contact", "note_contact"})
SILENT_KINDS = frozenset({"read"})
"""Kinds nobody asked for by name: not listed among what can be undone."""


class Before(msgspec.Struct, frozen=True, omit_defaults=True):
    """How the conversation was when the action was made, as far as undoing it needs to know."""

    state: str = ""
    admin_id: str = ""
    team_id: str = ""
    snoozed_until: int = 0
    title: str = ""
    had_tag: bool = False
    read: bool = False


class Action(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One thing to do, complete: nothing else is needed to send it after a restart.

    ``text`` is the Markdown as written, ``html`` what goes out. A reply with ``then`` ``close`` closes with it, in one
    call. ``follows`` is the outbox id of the reply that this was asked for with: one cannot be taken back without the
    other. ``drafted`` tells that the words were the conversation's draft, which goes with them; those of the command
    line never were. ``seen_at`` and ``seen_ids`` tell the newest second of the thread that the writer had read, and
    the parts of that second.
    """

    kind: Kind
    conversation_id: str = ""
    contact_id: str = ""
    contact_name: str = ""
    acting_as: str = ""
    text: str = ""
    html: str = ""
    then: Literal["", "close"] = ""
    assignee: Assignee = ""
    assignee_id: str = ""
    assignee_name: str = ""
    tag_id: str = ""
    tag_name: str = ""
    until: int = 0
    read: bool = False
    title: str = ""
    drafted: bool = True
    seen_at: int = 0
    seen_ids: tuple[str, ...] = ()
    follows: int = 0
    before: Before = Before()

    @property
    def carries_text(self) -> bool:
        """True where a person's words would be lost with the action."""
        return bool(self.text)

    @property
    def target(self) -> str:
        """What is kept in order: actions with one target leave one after the other."""
        return self.conversation_id or f"contact:{self.contact_id}"


class Baseline(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a thread held before we sent: parts up to the second ``at``, of which ``ids`` are known by name."""

    at: int = 0
    ids: tuple[str, ...] = ()


_ACTION = msgspec.json.Decoder(Action).decode
_BASELINE = msgspec.json.Decoder(Baseline).decode
encode = msgspec.json.Encoder().encode


def decode(payload: bytes) -> Action:
    """The action of a journal row."""
    return _ACTION(payload)


def decode_baseline(payload: bytes) -> Baseline | None:
    """The baseline of a journal row, None where none was taken."""
    return _BASELINE(payload) if payload else None


def inverse(action: Action) -> Action | None:
    """The action that takes this one back, or None where none can (what was said is said)."""
    if action.then or action.kind in TEXT_KINDS:
        return None
    blank = Action(
        kind=action.kind,
        conversation_id=action.conversation_id,
        contact_id=action.contact_id,
        contact_name=action.contact_name,
        acting_as=action.acting_as,
        tag_id=action.tag_id,
        tag_name=action.tag_name,
    )
    replace, before = msgspec.structs.replace, action.before
    match action.kind:
        case "close" | "open" | "snooze":
            return _restate(action, before)
        case "assign":
            if action.assignee in ("team", "no_team"):
                return replace(blank, assignee="team" if before.team_id else "no_team", assignee_id=before.team_id)
            return replace(blank, assignee="admin" if before.admin_id else "", assignee_id=before.admin_id)
        case "tag" | "untag":
            if before.had_tag == (action.kind == "tag"):
                return None
            return replace(blank, kind="untag" if action.kind == "tag" else "tag")
        case "tag_contact" | "untag_contact":
            return replace(blank, kind="untag_contact" if action.kind == "tag_contact" else "tag_contact")
        case "title":
            return replace(blank, title=before.title)
        case "read":
            return replace(blank, read=before.read)
        case _:
            return None


def _restate(action: Action, before: Before) -> Action | None:
    kinds: dict[str, Kind] = {"open": "open", "closed": "close", "snoozed": "snooze"}
    kind = kinds.get(before.state)
    if kind is None or (kind == action.kind and (kind != "snooze" or action.until == before.snoozed_until)):
        return None
    return Action(
        kind=kind,
        conversation_id=action.conversation_id,
        contact_name=action.contact_name,
        acting_as=action.acting_as,
        until=before.snoozed_until if kind == "snooze" else 0,
    )


def describe(action: Action) -> str:
    """The action in a few words for the outbox and the undo list: ``Reply to Ada Lovelace: Thanks for…``."""
    who = action.contact_name or action.conversation_id or action.contact_id
    words = " ".join(action.text.split())
    words = words[:60] + "…" if len(words) > 61 else words
    told: dict[str, str] = {
        "reply": f"Reply to {who} and close" if action.then else f"Reply to {who}",
        "note": f"Note on {who}",
        "assign": f"Assign {who} to {action.assignee_name or 'nobody'}" if action.assignee else f"Unassign {who}",
        "close": f"Close {who}",
        "open": f"Open {who}",
        "snooze": f"Snooze {who}",
        "tag": f"Tag {who} {action.tag_name or action.tag_id}",
        "untag": f"Untag {who} {action.tag_name or action.tag_id}",
        "read": f"Mark {who} {'read' if action.read else 'unread'}",
        "title": f"Title of {who}: {action.title}",
        "tag_contact": f"Tag contact {who} {action.tag_name or action.tag_id}",
        "untag_contact": f"Untag contact {who} {action.tag_name or action.tag_id}",
        "note_contact": f"Note about contact {who}",
    }
    return f"{told[action.kind]}: {words}" if words else told[action.kind]
