"""One request that is refused to this token takes nothing with it: each request the inbox makes is refused in turn."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.inbox.whole import Whole

REFUSED = {"type": "error.list", "errors": [{"code": "token_unauthorized", "message": "Not authorized to access"}]}


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Whole]:
    world = Whole(tmp_path)
    yield world
    world.close()


def shape(line: str) -> str:
    """``METHOD /path`` with the ids left open."""
    return re.sub(r"/(?=[0-9a-f]*\d)[0-9a-f]{4,}(?=/|$)", "/ID", line)


def refuse(world: Whole, one: str, status: int) -> None:
    def answer(request: httpx.Request) -> httpx.Response | None:
        asked = shape(f"{request.method} {request.url.path}")
        return httpx.Response(status, json=REFUSED) if asked == one else None

    world.wire.answer = answer


REQUESTS = (
    "GET /admins", "GET /contacts/ID", "GET /contacts/ID/companies", "GET /contacts/ID/notes",
    "GET /contacts/ID/segments", "GET /conversations/ID", "GET /events", "GET /me", "GET /tags", "GET /teams",
    "POST /conversations/search",
)  # fmt: skip


def test_these_are_all_the_requests_that_the_inbox_makes_by_itself(whole: Whole) -> None:
    whole.begin()
    whole.sit(120)
    asked = {shape(" ".join(line.split()[1:3])) for line in whole.wire.log}
    assert asked == set(REQUESTS)
    assert whole.stored() == whole.there()


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("one", [one for one in REQUESTS if one != "GET /me"])
def test_a_request_that_is_refused_takes_nothing_with_it(whole: Whole, one: str, status: int) -> None:
    refuse(whole, one, status)
    whole.begin()
    whole.sit(300)
    assert "refused" not in whole.links
    assert whole.status.connection == "online"
    assert whole.status.acting_as == whole.workspace.me.name
    assert whole.status.error in ("", "This token may not read conversations.")
    if one == "POST /conversations/search":
        assert "This token may not read conversations" in whole.status.incomplete
    else:
        assert whole.stored() == whole.there()
    row = whole.contacts.cached(whole.contact_id)
    if one == "GET /contacts/ID":
        assert whole.contacts.trouble(whole.contact_id) == "This token may not read contacts."
    else:
        assert row is not None
        assert row.name
        part = one.rpartition("/")[2]
        missing = part if part in ("companies", "notes", "segments", "events") else ""
        assert row.unread == (((missing, "not allowed with this token"),) if missing else ())
        assert bool(row.segments) == (missing != "segments")
    assert not whole.contacts.loading(whole.contact_id)
    assert whole.threads.trouble(whole.cid) == ("refused" if one == "GET /conversations/ID" else "")
    assert bool(whole.threads.cached(whole.cid)) == (one != "GET /conversations/ID")
    directory = {"GET /admins": "Teammates", "GET /teams": "Teams", "GET /tags": "Tags"}
    if one in directory:
        assert whole.status.incomplete == f"{directory[one]}: not allowed with this token."
    # a scope that is given later is used without a restart
    whole.wire.answer = lambda request: None
    whole.sync.refresh()
    whole.wait(5)
    whole.sit(700)
    assert whole.status.incomplete == ""
    assert whole.stored() == whole.there()


@pytest.mark.parametrize("status", [401, 403])
def test_me_refused_is_the_token_refused(whole: Whole, status: int) -> None:
    refuse(whole, "GET /me", status)
    whole.begin()
    whole.sit(60)
    assert whole.status.connection == "refused"


def test_a_token_that_is_withdrawn_is_noticed(whole: Whole) -> None:
    def link() -> str:
        return whole.status.connection

    whole.begin()
    whole.sit(60)
    assert link() == "online"
    whole.wire.refused = True
    whole.sit(120)
    assert link() == "refused"
    whole.wire.refused = False
    whole.sit(400)
    assert link() == "online"


def test_acting_as_somebody_works_though_the_teammates_may_not_be_read(whole: Whole) -> None:
    other = next(str(one) for one in whole.workspace.rooms.admins if str(one) != whole.me)
    refuse(whole, "GET /admins", 403)
    whole.sync._identity._acting_as = other
    whole.begin()
    whole.sit(60)
    assert whole.status.connection == "online"
