"""Assigning to a team: the teammate is taken off, whatever the API does, and unassigned is what has neither."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest

from tests.inbox.conftest import Desk
from tui.inbox.actions.assign import Assign
from tui.inbox.attributes import in_words
from tui.inbox.outbox.undo import Question
from tui.sandbox.model import Conversation
from tui.sandbox.workspace import Workspace


@pytest.fixture(params=["the API keeps the teammate", "the API takes the teammate off"])
async def either(
    request: pytest.FixtureRequest, tmp_path: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Desk]:
    """A desk over a workspace of either behaviour: Intercom's description allows both."""
    if request.param.startswith("the API keeps"):
        keep_teammates(workspace, monkeypatch)
    desk = Desk(tmp_path / "inbox.db", workspace)
    await desk.start()
    await desk.wait(lambda: not desk.inbox.status.syncing and desk.inbox.status.known)
    yield desk
    await desk.stop()


def keep_teammates(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the workspace's API leave the teammate when it assigns to a team."""
    assign = workspace.conversations.assign

    def keep(conversation: Conversation, author: object, kind: str, *rest: object) -> object:
        had = conversation.admin_assignee_id
        part = assign(conversation, author, kind, *rest)  # type: ignore[arg-type]  # handed on as it came
        if kind == "team":
            conversation.admin_assignee_id = had
        return part

    monkeypatch.setattr(workspace.conversations, "assign", keep)


def _of(desk: Desk, wanted: Callable[[Conversation], object]) -> str:
    return next(str(one.id) for one in desk.workspace.conversations if one.state == "open" and wanted(one))


def _team(desk: Desk) -> str:
    return str(next(iter(desk.workspace.rooms.teams)))


def _ids(desk: Desk, view: str) -> set[str]:
    listed = desk.inbox.views.list(desk.inbox.views.get(view))
    return {row.id for row in listed.rows(0, 500)}


async def test_assigning_to_a_team_takes_the_teammate_off_here_and_there(either: Desk) -> None:
    cid = _of(either, lambda one: one.admin_assignee_id == either.workspace.me.id)
    assert cid in _ids(either, "mine")
    await either.inbox.actions.assign(cid, team_id=_team(either))
    shown = either.inbox.threads.conversation(cid)
    assert shown is not None
    assert (shown.admin_assignee_id, shown.team_assignee_id) == ("", _team(either))
    assert cid not in _ids(either, "mine")
    await either.settled()
    there = either.workspace.conversations.get(cid)
    assert (there.admin_assignee_id, there.team_assignee_id) == (None, int(_team(either)))
    after = either.inbox.threads.conversation(cid)
    assert after is not None
    assert (after.admin_assignee_id, after.team_assignee_id) == (shown.admin_assignee_id, shown.team_assignee_id)
    assert cid not in _ids(either, "mine") | _ids(either, "unassigned")
    assert cid in _ids(either, f"team:{_team(either)}")


async def test_no_second_request_where_nobody_has_to_be_taken_off(either: Desk) -> None:
    cid = _of(either, lambda one: not one.admin_assignee_id and one.team_assignee_id != int(_team(either)))
    await either.inbox.actions.assign(cid, team_id=_team(either))
    await either.settled()
    assert either.requests.count(("POST", f"/conversations/{cid}/parts")) == 1


async def test_a_whole_answer_is_believed_without_another_look(tmp_path: Path, workspace: Workspace) -> None:
    desk = Desk(tmp_path / "inbox.db", workspace)
    await desk.start()
    try:
        await desk.wait(lambda: not desk.inbox.status.syncing and desk.inbox.status.known)
        team, me = _team(desk), desk.inbox.me.id

        def is_new(one: Conversation) -> bool:
            return all(part.assigned_to != ("team", team) for part in desk.workspace.conversations.parts(one))

        cases: list[tuple[Callable[[Conversation], object], str]] = [
            (lambda one: is_new(one) and not one.admin_assignee_id, ""),
            (lambda one: is_new(one) and not one.admin_assignee_id, me),
            (lambda one: is_new(one) and one.admin_assignee_id, me),
        ]
        for wanted, with_admin in cases:
            cid = _of(desk, wanted)
            looked = desk.requests.count(("GET", f"/conversations/{cid}"))
            await desk.inbox.actions.do(
                Assign(conversation_id=cid, assignee="team", assignee_id=team, with_admin=with_admin)
            )
            await desk.settled()
            there = desk.workspace.conversations.get(cid)
            assert (there.team_assignee_id, str(there.admin_assignee_id or "")) == (int(team), with_admin)
            assert desk.requests.count(("GET", f"/conversations/{cid}")) == looked
    finally:
        await desk.stop()


async def test_assigning_to_a_teammate_leaves_the_team(either: Desk) -> None:
    cid = _of(either, lambda one: one.team_assignee_id and not one.admin_assignee_id)
    team = either.workspace.conversations.get(cid).team_assignee_id
    await either.inbox.actions.assign(cid, admin_id=either.inbox.me.id)
    await either.settled()
    there = either.workspace.conversations.get(cid)
    assert (there.admin_assignee_id, there.team_assignee_id) == (either.workspace.me.id, team)


async def test_undo_gives_it_back_to_team_and_teammate(either: Desk) -> None:
    cid = _of(either, lambda one: one.admin_assignee_id and one.team_assignee_id not in (None, int(_team(either))))
    there = either.workspace.conversations.get(cid)
    before = (there.admin_assignee_id, there.team_assignee_id)
    await either.inbox.actions.assign(cid, team_id=_team(either))
    await either.settled()
    assert there.admin_assignee_id is None
    if isinstance(await either.inbox.undo.newest(), Question):
        await either.inbox.undo.asked()
    await either.settled()
    assert (there.admin_assignee_id, there.team_assignee_id) == before
    row = either.inbox.threads.conversation(cid)
    assert row is not None
    assert (row.admin_assignee_id, row.team_assignee_id) == tuple(map(str, before))


async def test_unassigned_counts_what_has_neither(either: Desk) -> None:
    free = {
        str(one.id)
        for one in either.workspace.conversations
        if one.state == "open" and not one.admin_assignee_id and not one.team_assignee_id
    }
    assert free
    assert any(
        one.state == "open" and not one.admin_assignee_id and one.team_assignee_id
        for one in either.workspace.conversations
    )
    assert _ids(either, "unassigned") == free
    assert either.inbox.views.get("unassigned").count == len(free)
    found = either.inbox.views.search("is:open -is:unassigned")
    await found.load()
    assert len(found) == either.inbox.views.get("open").count - len(free)
    cid = sorted(free)[0]
    await either.inbox.actions.assign(cid, team_id=_team(either))
    assert either.inbox.views.get("unassigned").count == len(free) - 1


@pytest.mark.parametrize("failure", [httpx.ReadError("cut"), httpx.ConnectError("down"), 429, 503, 500, 422])
async def test_the_second_half_is_made_up_for_when_it_fails(
    tmp_path: Path, workspace: Workspace, failure: httpx.HTTPError | int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is assigned twice; what Intercom refuses for good stays as it says."""
    keep_teammates(workspace, monkeypatch)
    desk = Desk(tmp_path / "inbox.db", workspace)
    inner, halves = desk.transport, 0

    class Failing(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal halves
            if request.method == "POST" and b'"assignee_id":"0"' in request.content:
                halves += 1
                if halves == 1 or failure == 422:
                    if isinstance(failure, int):
                        reset = {"X-RateLimit-Reset": "1"} if failure == 429 else {}
                        return httpx.Response(failure, json={"errors": [{"message": "no"}]}, headers=reset)
                    raise failure
            return await inner.handle_async_request(request)

    desk.transport = Failing()  # type: ignore[assignment]  # any transport does
    await desk.start()
    await desk.wait(lambda: not desk.inbox.status.syncing and desk.inbox.status.known)
    cid = _of(desk, lambda one: one.admin_assignee_id and one.team_assignee_id != int(_team(desk)))
    await desk.inbox.actions.assign(cid, team_id=_team(desk))
    await desk.settled()
    there = workspace.conversations.get(cid)
    assert there.team_assignee_id == int(_team(desk))
    given = [part.assigned_to for part in workspace.conversations.parts(there) if part.part_type == "assignment"]
    assert given.count(("team", _team(desk))) == 1
    row = desk.inbox.threads.conversation(cid)
    assert row is not None
    assert row.admin_assignee_id == str(there.admin_assignee_id or "")
    if failure != 422:
        assert there.admin_assignee_id is None
    await desk.stop()


def test_words_of_odd_values() -> None:
    assert in_words({"a": {"b": [{"name": "x", "id": 1}, None, True]}}) == "x, yes"
    assert in_words(list(range(100))).endswith(", 59, …")
