"""Examples of every action, and what each of them says: what the tests over all actions go through."""

from dataclasses import dataclass

import msgspec

from tests.inbox.virtual import EPOCH, World
from tui.inbox.actions.base import Action, ContactAction
from tui.inbox.actions.codec import classes, decode

UNTIL = EPOCH + 86_400


@dataclass
class Ids:
    """What the actions are about."""

    me: str
    admin: str
    team: str
    tags: tuple[str, str]


def ids(world: World) -> Ids:
    rooms = world.workspace.rooms
    others = [str(one) for one in rooms.admins if str(one) != world.me]
    tags = [str(one) for one in rooms.tags]
    return Ids(world.me, others[0], next(str(one) for one in rooms.teams), (tags[0], tags[1]))


def examples(kind: str, known: Ids) -> list[dict[str, object]]:
    """The fields in which actions of a kind differ."""
    words: dict[str, object] = {"text": "Hello *you*", "html": "<p>Hello <i>you</i></p>"}
    made: dict[str, list[dict[str, object]]] = {
        "reply": [words, {**words, "then": "close"}],
        "note": [words],
        "note_contact": [words],
        "snooze": [{"until": UNTIL}, {"until": UNTIL + 3600}],
        "assign": [
            {"assignee": "admin", "assignee_id": known.me},
            {"assignee": "admin", "assignee_id": known.admin, "assignee_name": "Somebody"},
            {"assignee": "team", "assignee_id": known.team, "with_admin": ""},
            {},
            {"assignee": "no_team", "with_admin": ""},
        ],
        "read": [{"read": True}, {"read": False}],
        "title": [{"title": "Another title"}, {"title": ""}],
        "attribute": [
            {"name": "plan", "value": "gold"},
            {"name": "seats", "value": 12},
            {"name": "beta", "value": True},
            {"name": "plan", "value": None},
        ],
        "redact": [{"part_id": "1", "title": "Hello"}],
        "unreadable": [{"text": "Hel"}],
        **{one: [{"tag_id": tag, "tag_name": "vip"} for tag in known.tags] for one in ("tag", "untag")},
        **{one: [{"tag_id": known.tags[0], "tag_name": "vip"}] for one in ("tag_contact", "untag_contact")},
    }
    return made.get(kind, [{}])


def made(world: World, kind: str, **more: object) -> list[Action]:
    """Actions of a kind on the first conversation, or its contact."""
    contact = str(world.workspace.conversations.get(world.cid).contacts[0].id)
    about = {"contact_id": contact} if issubclass(classes()[kind], ContactAction) else {"conversation_id": world.cid}
    fixed = {"kind": kind, "acting_as": world.me, "contact_name": "Ada [/b]", **about}
    known = ids(world)
    found = [decode(msgspec.json.encode({**fixed, **one, **more})) for one in examples(kind, known)]
    assert {type(one) for one in found} == {classes()[kind]}
    return found


SAID: dict[str, list[tuple[str, str, str, str, str]]] = {
    "assign": [
        (
            "Assign Ada to a teammate",
            "Assigned Ada to a teammate",
            "assignment of Ada to a teammate",
            "",
            "assign back",
        ),
        ("Assign Ada to Somebody", "Assigned Ada to Somebody", "assignment of Ada to Somebody", "", "assign back"),
        ("Assign Ada to a team", "Assigned Ada to a team", "assignment of Ada to a team", "", "assign back"),
        ("Unassign Ada", "Unassigned Ada", "unassignment of Ada", "", "unassign"),
        ("Unassign Ada", "Unassigned Ada", "unassignment of Ada", "", "unassign"),
    ],
    "attribute": [
        ("Set plan of Ada to gold", "Updated Ada", "update of Ada", "plan: gold", "restore plan of"),
        ("Set seats of Ada to 12", "Updated Ada", "update of Ada", "seats: 12", "restore seats of"),
        ("Set beta of Ada to yes", "Updated Ada", "update of Ada", "beta: yes", "restore beta of"),
        ("Clear plan of Ada", "Updated Ada", "update of Ada", "plan: cleared", "restore plan of"),
    ],
    "close": [("Close Ada", "Closed Ada", "closing of Ada", "", "close")],
    "note": [("Note on Ada: Hello *you*", "Note on Ada", "note on Ada", "", "note")],
    "note_contact": [("Note about contact Ada: Hello *you*", "Note about Ada", "note about Ada", "", "note_contact")],
    "open": [("Open Ada", "Reopened Ada", "reopening of Ada", "", "reopen")],
    "read": [
        ("Mark Ada read", "Marked Ada read", "marking of Ada as read", "", "mark read"),
        ("Mark Ada unread", "Marked Ada unread", "marking of Ada as unread", "", "mark unread"),
    ],
    "redact": [
        (
            "Redact copy for Ada: Hello",
            "Redacted a copy of what was sent to Ada",
            "redaction of a copy of what was sent to Ada",
            "",
            "redact",
        )
    ],
    "reply": [
        ("Reply to Ada: Hello *you*", "Reply to Ada", "reply to Ada", "", "reply"),
        ("Reply to Ada and close: Hello *you*", "Reply to Ada and close", "reply to Ada and close", "", "reply"),
    ],
    "snooze": [("Snooze Ada", "Snoozed Ada", "snooze of Ada", "", "snooze")] * 2,
    "tag": [("Tag Ada vip", "Tagged Ada", "tagging of Ada", "+vip", "tag")] * 2,
    "tag_contact": [("Tag contact Ada vip", "Tagged Ada", "tagging of Ada", "+vip", "tag")],
    "title": [
        ("Title of Ada: Another title", "Retitled Ada", "new title of Ada", "", "restore the title of"),
        ("Remove the title of Ada", "Retitled Ada", "new title of Ada", "", "restore the title of"),
    ],
    "unreadable": [
        (
            "What is left of an action on Ada: Hel",
            "An action on Ada that cannot be read",
            "an action on Ada that cannot be read",
            "",
            "unreadable",
        )
    ],
    "untag": [("Untag Ada vip", "Tagged Ada", "tagging of Ada", "-vip", "untag")] * 2,
    "untag_contact": [("Untag contact Ada vip", "Tagged Ada", "tagging of Ada", "-vip", "untag")],
}
"""For each of :func:`examples`: what is to be done, what was done as a sentence and a thing, its sign, its undoing."""
