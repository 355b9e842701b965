"""What a face that sends and ends is told of each action: every outcome, made by what Intercom or others did."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest

from tests.inbox.conftest import Desk
from tui.inbox.inbox import Options
from tui.inbox.outbox.outcome import Outcome, Result
from tui.inbox.outbox.submit import carry_out, on_contact, on_conversation, submit
from tui.model.labels import outcomes
from tui.model.outbox import Hold, State
from tui.model.rows import OutboxRow
from tui.sandbox.workspace import Workspace

SETTLE = 2.0


class Errand(Desk):
    """An inbox whose worker runs only while something is carried out. ``meets`` is asked about every write first: what
    it returns is the answer, and what it raises is what the caller meets."""

    def __init__(self, path: Path, workspace: Workspace) -> None:
        super().__init__(path, workspace, options=Options(undo_seconds=0, settle_seconds=SETTLE, fast_seconds=3600))
        self.meets: Callable[[httpx.Request], httpx.Response | None] = lambda request: None
        inner, self.told = self.transport.handle_async_request, list[OutboxRow]()

        async def handle(request: httpx.Request) -> httpx.Response:
            is_read = request.method == "GET" or request.url.path.endswith("/search")
            answer = None if is_read else self.meets(request)
            return await inner(request) if answer is None else answer

        self.transport.handle_async_request = handle  # type: ignore[method-assign]

    async def begin(self) -> None:
        """Read the conversations."""
        client = await self.inbox.connection.open()
        await self.inbox.sync.identify(client)
        await self.inbox.sync.once()
        page = await anext(aiter(client.conversations.list_pages()))
        await self.inbox.ingest.page(page.items)
        self.cids = [item.id for item in page.items if item.state == "open"]
        self.cid = self.cids[0]

    def customer_writes(self, words: str) -> None:
        conversation = self.workspace.conversations.get(self.cid)
        self.workspace.conversations.contact_reply(conversation, conversation.contacts[0], words)

    async def carry(self, *outbox_ids: int, online: bool = True) -> list[Outcome]:
        return await carry_out(self.inbox, outbox_ids, online=online, still_unknown=self.told.append)

    def writes(self) -> list[str]:
        return [path for method, path in self.requests if method != "GET" and not path.endswith("/search")]


@pytest.fixture
async def errand(tmp_path: Path, workspace: Workspace) -> AsyncIterator[Errand]:
    errand = Errand(tmp_path / "inbox.db", workspace)
    await errand.begin()
    yield errand
    await errand.stop()


def refusal(status: int, message: str = "Not like this") -> httpx.Response:
    return httpx.Response(
        status, json={"type": "error.list", "errors": [{"code": "no", "message": message}]}, headers={"date": ""}
    )


async def test_what_took_effect_is_done_and_nothing_is_told_on_the_way(errand: Errand) -> None:
    number = await errand.inbox.actions.note(errand.cid, "hm")
    (outcome,) = await errand.carry(number)
    assert (outcome.result, outcome.reason, outcome.kept, outcome.is_watched) == (Result.DONE, "", "", False)
    assert (outcome.outbox_id, errand.told, len(errand.writes())) == (number, [], 1)


async def test_offline_it_is_queued_and_nothing_is_asked(errand: Errand) -> None:
    number = await errand.inbox.actions.note(errand.cid, "hm")
    asked = len(errand.requests)
    (outcome,) = await errand.carry(number, online=False)
    assert (outcome.result, outcome.kept, len(errand.requests)) == (Result.QUEUED, "outbox", asked)


async def test_without_a_network_it_is_queued_and_says_so(errand: Errand) -> None:
    def gone(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route to host")

    errand.meets = gone
    (outcome,) = await errand.carry(await errand.inbox.actions.note(errand.cid, "hm"))
    assert (outcome.result, outcome.kept) == (Result.QUEUED, "outbox")
    assert outcome.reason


async def test_refused_words_become_a_draft(errand: Errand) -> None:
    errand.meets = lambda request: refusal(422)
    (outcome,) = await errand.carry(await errand.inbox.actions.note(errand.cid, "keep me"))
    assert (outcome.result, outcome.kept) == (Result.REFUSED, "draft")
    assert "Not like this" in outcome.reason
    assert errand.inbox.drafts.get(errand.cid, "note") == "keep me"


async def test_a_refused_action_without_words_leaves_the_outbox(errand: Errand) -> None:
    errand.meets = lambda request: refusal(422)
    (outcome,) = await errand.carry(await errand.inbox.actions.close(errand.cid))
    assert (outcome.result, outcome.kept) == (Result.REFUSED, "")
    assert errand.inbox.outbox.attention() == []


async def test_refused_where_the_conversation_is_gone_says_that_it_is_gone(errand: Errand) -> None:
    errand.workspace.conversations.delete(errand.workspace.conversations.get(errand.cid))
    (outcome,) = await errand.carry(await errand.inbox.actions.close(errand.cid))
    assert outcome.result is Result.GONE


async def test_refused_words_about_a_contact_stay_in_the_outbox(errand: Errand) -> None:
    contact = errand.workspace.conversations.get(errand.cid).contacts[0].id
    errand.meets = lambda request: refusal(422)
    (outcome,) = await errand.carry(await errand.inbox.actions.note_contact(str(contact), "about them"))
    assert (outcome.result, outcome.kept) == (Result.REFUSED, "outbox")


async def test_a_reply_past_a_message_nobody_saw_is_stale_and_shows_it(errand: Errand) -> None:
    await errand.inbox.threads.fetch(errand.cid)
    number = await errand.inbox.actions.reply(errand.cid, "too fast")
    errand.customer_writes("wait, there is more")
    (outcome,) = await errand.carry(number)
    assert (outcome.result, outcome.kept) == (Result.STALE, "draft")
    assert [part.body for part in outcome.came_in if "there is more" in part.body]
    assert not [path for path in errand.writes() if path.endswith("/reply")]


async def test_what_waits_behind_something_held_names_it(errand: Errand) -> None:
    errand.meets = lambda request: refusal(422)
    first = await errand.inbox.actions.note(errand.cid, "refused")
    await carry_out(errand.inbox, [first], online=True, keep="outbox", still_unknown=errand.told.append)
    errand.meets = lambda request: None
    (outcome, other) = await errand.carry(
        await errand.inbox.actions.note(errand.cid, "behind it"),
        await errand.inbox.actions.note(errand.cids[1], "free"),
    )
    assert (outcome.result, outcome.blocked_by, outcome.kept) == (Result.BLOCKED, first, "outbox")
    assert other.result is Result.DONE


async def test_what_another_program_took_back_meanwhile_is_told(errand: Errand) -> None:
    number = await errand.inbox.actions.note(errand.cid, "never mind")
    await errand.inbox.outbox.discard(number)
    (outcome,) = await errand.carry(number)
    assert (outcome.result, outcome.reason) == (Result.TAKEN_BACK, outcomes.UNDONE_MEANWHILE)


async def test_what_stays_unknown_is_told_once_and_is_looked_for_further(
    errand: Errand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("cut")

    errand.meets = cut
    errand.inbox.worker._settle_seconds = 3600
    monkeypatch.setattr("tui.inbox.outbox.submit._UNKNOWN_MARGIN", 2.0)
    number = await errand.inbox.actions.note(errand.cid, "did it arrive?")
    (outcome,) = await errand.carry(number)
    assert (outcome.result, outcome.kept) == (Result.UNKNOWN, "outbox")
    assert [row.id for row in errand.told] == [number]
    row = errand.inbox.outbox.get(number)
    assert row is not None
    assert (row.state, row.held_for) == (State.UNKNOWN, Hold.NONE)


async def test_what_was_sent_a_second_time_is_watched(errand: Errand) -> None:
    cuts = iter([True])

    def cut_once(request: httpx.Request) -> httpx.Response | None:
        if next(cuts, False):
            raise httpx.ReadError("cut")
        return None

    errand.meets = cut_once
    (outcome,) = await errand.carry(await errand.inbox.actions.note(errand.cid, "again"))
    assert (outcome.result, outcome.is_watched, len(errand.writes())) == (Result.DONE, True, 1)


async def test_what_is_so_already_is_not_sent_unless_intercom_knows_better(errand: Errand) -> None:
    target = on_conversation(errand.inbox, "close", errand.cid)
    assert target.contact_name

    async def close(*, online: bool) -> Result:
        (outcome,) = await submit(
            errand.inbox, [target], errand.inbox.actions.close, errand.inbox.threads.fetch, "closed", online=online,
            still_unknown=errand.told.append,
        )  # fmt: skip
        return outcome.result

    assert await close(online=True) is Result.DONE
    assert (await close(online=True), await close(online=False)) == (Result.UNCHANGED, Result.UNCHANGED)
    errand.customer_writes("open again")
    # the store does not know yet
    assert await close(online=False) is Result.UNCHANGED
    assert await close(online=True) is Result.DONE


async def test_whom_an_action_is_about_is_known_from_the_store_or_not_at_all(errand: Errand) -> None:
    contact = str(errand.workspace.conversations.get(errand.cid).contacts[0].id)
    await errand.inbox.contacts.fetch(contact)
    assert on_contact(errand.inbox, "note_contact", contact).contact_name
    assert on_contact(errand.inbox, "note_contact", "0").contact_name == ""
    assert on_conversation(errand.inbox, "close", "0").contact_name == ""
