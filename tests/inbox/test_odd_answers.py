"""One value of an answer is null or missing: nothing that has no words is done twice, or by half, because of it."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.inbox.virtual import Fault, World
from tui.api.decoding import decode_one
from tui.api.models import Conversation
from tui.inbox.actions.codec import decode, decode_baseline
from tui.inbox.outbox.reconcile import verdict
from tui.inbox.sync import mapping
from tui.store import outbox

Path = tuple[Any, ...]
KINDS = ("close", "open", "snooze", "assign", "team")
_PARTS = ("conversation_parts", "conversation_parts")
ODD: tuple[Path, ...] = (
    ("admin_assignee_id",), ("team_assignee_id",), ("state",), (*_PARTS, -1, "part_type"), (*_PARTS, -1, "author"),
    (*_PARTS, -1, "author", "id"), (*_PARTS, -1, "assigned_to"), (*_PARTS, -1, "created_at"), (*_PARTS, -1, "id"),
)  # fmt: skip


def paths(document: Any, newest: int = 2) -> Iterator[Path]:
    """Every value of the conversation itself, and of its `newest` parts."""
    for name in document:
        if name not in ("id", "type", "conversation_parts"):
            yield (name,)
    parts = document["conversation_parts"]["conversation_parts"]
    for index in range(max(0, len(parts) - newest), len(parts)):
        for name, value in parts[index].items():
            yield "conversation_parts", "conversation_parts", index, name
            for inner in value if isinstance(value, dict) else ():
                yield "conversation_parts", "conversation_parts", index, name, inner


def spoiled(document: Any, path: Path, *, missing: bool) -> Any:
    made = copy.deepcopy(document)
    at = made
    for step in path[:-1]:
        at = at[step]
    if missing:
        del at[path[-1]]
    else:
        at[path[-1]] = None
    return made


async def act(world: World, kind: str) -> int:
    actions = world.program.actions
    admin = next(str(one) for one in world.workspace.rooms.admins if str(one) != world.me)
    team = next(str(one) for one in world.workspace.rooms.teams)
    match kind:
        case "close":
            return await actions.close(world.cid)
        case "open":
            return await actions.open(world.cid)
        case "snooze":
            return await actions.snooze(world.cid, int(world.loop.clock()) + 86_400)
        case "assign":
            return await actions.assign(world.cid, admin_id=admin)
        case _:
            return await actions.assign(world.cid, team_id=team)


def ready(world: World, kind: str) -> None:
    """The conversation is with a teammate, open (or closed, where it is to be opened) and all of that is known."""
    admin = [str(one) for one in world.workspace.rooms.admins][-1]
    world.run(world.program.actions.assign(world.cid, admin_id=admin))
    world.run((world.program.actions.close if kind == "open" else world.program.actions.open)(world.cid))
    world.wait(40)


def done(world: World) -> list[tuple[str, str]]:
    there = world.workspace.conversations.get(world.cid)
    return [
        (part.part_type, str(part.assigned_to or ""))
        for part in world.workspace.conversations.parts(there)
        if str(part.author.id) == world.me
    ]


class Spoiling:
    """Keeps the answers about the conversation, and makes a value null in the next ``times`` of them."""

    def __init__(self, world: World) -> None:
        self.world, self.times = world, 0
        self.path: Path = ()
        self.seen: list[Any] = []

    def __call__(self, request: httpx.Request, response: httpx.Response) -> httpx.Response:
        if not request.url.path.startswith(f"/conversations/{self.world.cid}") or response.status_code != 200:
            return response
        document = json.loads(response.content)
        self.seen.append(document)
        if not self.path or not self.times:
            return response
        self.times -= 1
        content = json.dumps(spoiled(document, self.path, missing=False)).encode()
        return httpx.Response(200, headers={"content-type": "application/json"}, content=content)


@pytest.mark.parametrize("kind", KINDS)
def test_no_odd_value_makes_an_effect_look_absent(world: World, kind: str) -> None:
    ready(world, kind)
    look = Spoiling(world)
    world.wire.edit = look
    outbox_id = world.run(act(world, kind))
    world.wait(40)
    row = outbox.get(world.program.store.reader, outbox_id)
    assert row is not None
    assert row.baseline
    action, tried = decode(row.payload), 0
    for path in paths(look.seen[-1]):
        for missing in (False, True):
            model = decode_one(json.dumps(spoiled(look.seen[-1], path, missing=missing)).encode(), Conversation)
            told = verdict(model, action, decode_baseline(row.baseline), set(), row.sent_at)[0]
            assert told in ("done", "unclear"), path
            tried += 1
    assert tried > 60
    blank = {**look.seen[-1], "conversation_parts": {"conversation_parts": [], "total_count": 0}, "state": "x"}
    blank |= {"admin_assignee_id": None, "team_assignee_id": None}
    model = decode_one(json.dumps(blank).encode(), Conversation)
    assert verdict(model, action, decode_baseline(row.baseline), set(), row.sent_at)[0] == "absent"


@pytest.mark.parametrize("path", ODD, ids=lambda path: path[-1])
@pytest.mark.parametrize("kind", ["team", "assign", "close"])
@pytest.mark.parametrize("fate", ["cut_after", "ok"])
def test_one_odd_value_makes_nothing_twice_and_nothing_by_half(
    world: World, tmp_path_factory: pytest.TempPathFactory, kind: str, path: Path, fate: str
) -> None:
    """The answer is lost, or comes; the first one after the request lacks one value of its own, or of its new part."""
    ends: list[object] = []
    for odd in (None, path):
        one = world if odd else World(tmp_path_factory.mktemp("plain"))
        ready(one, kind)
        spoil = Spoiling(one)
        one.wire.edit = spoil
        one.wire.writes.append(Fault(fate))
        spoil.path, spoil.times = odd or (), 1
        one.run(act(one, kind))
        one.wait(90)
        assert bool(spoil.times) == (odd is None)
        there = one.workspace.conversations.get(one.cid)
        ends.append((done(one), there.admin_assignee_id, there.team_assignee_id, there.state))
        if not odd:
            one.close()
    assert ends[0] == ends[1], world.wire.log


@pytest.mark.parametrize("how", ["an id is null", "more than it names"])
def test_a_tag_that_an_answer_does_not_name_can_be_removed_from_a_contact(world: World, how: str) -> None:
    contact_id = str(world.workspace.conversations.get(world.cid).contacts[0].id)
    tag = next(str(one) for one in world.workspace.rooms.tags)
    contacts = world.program.client.contacts
    world.run(contacts.tag(contact_id, tag))
    told = world.run(contacts.get(contact_id))
    if how == "an id is null":
        next(one for one in told.tags.data if one.id == tag).id = ""
    else:
        told.tags.data = [one for one in told.tags.data if one.id != tag]
    row = mapping.contact(told)
    assert "" not in row.tag_ids
    world.run(world.program.ingest.contact(row))
    assert world.run(world.program.actions.untag_contact(contact_id, tag))
    world.wait(20)
    assert tag not in [one.id for one in world.run(contacts.tags(contact_id)).items]
    assert world.program.box.pending() == []
