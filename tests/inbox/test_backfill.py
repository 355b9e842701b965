"""The first fill gets round whatever one page, one search or one conversation does wrong, and names what is missing."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.inbox.virtual import World
from tui.inbox.status import Status
from tui.inbox.sync.backfill import missing_in_words
from tui.inbox.sync.progress import GAPS, Gap, stored_gaps
from tui.inbox.sync.ranges import in_words, merged
from tui.inbox.sync.sync import Sync, SyncOptions
from tui.store import people

MANY = 420
PAGE = 50
Answer = Callable[[httpx.Request], httpx.Response | None]


def refusal(status: int) -> httpx.Response:
    body = {"type": "error.list", "errors": [{"code": "x", "message": "Conversation not found. Message deleted."}]}
    return httpx.Response(status, json=body)


class Filling(World):
    """A world with many conversations of which the store knows none yet."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, conversations=MANY)
        program = self.program
        self.known_when: list[bool] = []
        self.sync = Sync(
            program.store, program.changes, program.ingest, program.connection, program.board,
            options=SyncOptions(page=PAGE, history_days=0), acting_as="", on_me=lambda _me, _name: None,
            monotonic=self.loop.time,
        )  # fmt: skip

    async def _fill(self) -> None:
        """Nothing."""

    def fill(self, seconds: float = 900) -> None:
        """So much time passes."""
        self.program.spawn(self.sync.run())
        self.wait(seconds)

    @property
    def status(self) -> Status:
        return self.program.board.now

    def there(self, state: str = "") -> set[str]:
        return {str(one.id) for one in self.workspace.conversations if state in ("", one.state)}

    def stored(self) -> set[str]:
        return {row[0] for row in self.program.store.reader.execute("SELECT id FROM conversations")}

    def missing(self) -> set[str]:
        return self.there() - self.stored()

    def phase(self) -> str:
        return self.sync.backfill.progress.phase


@pytest.fixture
def filling(tmp_path: Path) -> Iterator[Filling]:
    world = Filling(tmp_path)
    yield world
    world.close()


def asks(request: httpx.Request) -> str:
    """What a search asks for, ``""`` for any other request."""
    return request.content.decode() if request.url.path.endswith("/conversations/search") else ""


def later_pages(state: str, status: int) -> Answer:
    def answer(request: httpx.Request) -> httpx.Response | None:
        return refusal(status) if f'"{state}"' in asks(request) and "starting_after" in asks(request) else None

    return answer


@pytest.mark.parametrize("status", [400, 404, 413, 422, 500, 503])
@pytest.mark.parametrize("state", ["open", "closed"])
def test_later_pages_that_always_fail_keep_nothing_out(filling: Filling, state: str, status: int) -> None:
    filling.wire.answer = later_pages(state, status)
    filling.fill()
    assert filling.missing() == set()
    assert filling.phase() == "complete"
    assert (filling.status.syncing, filling.status.incomplete) == ("", "")
    assert (filling.status.connection, filling.status.known) == ("online", True)


def holding(poison: str, spoil: Callable[[httpx.Response], httpx.Response]) -> Callable[..., httpx.Response]:
    """Every list that holds one conversation is spoiled."""

    def edit(request: httpx.Request, response: httpx.Response) -> httpx.Response:
        if asks(request) or request.url.path == "/conversations":
            ids = [one["id"] for one in response.json().get("conversations", [])]
            return spoil(response) if poison in ids else response
        return response

    return edit


SPOILED: dict[str, Callable[[httpx.Response], httpx.Response]] = {
    "404": lambda response: refusal(404),
    "500": lambda response: httpx.Response(500),
    "504": lambda response: httpx.Response(504, content=b"<html>too long</html>"),
    "cut short": lambda response: httpx.Response(200, content=response.content[: len(response.content) // 2]),
    "no list in it": lambda response: httpx.Response(200, json={"type": "conversation.list", "pages": None}),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED.keys())
@pytest.mark.parametrize("place", [0, 60, -1])
def test_one_conversation_that_spoils_its_page_is_gone_round_and_named(
    filling: Filling, spoil: Callable[[httpx.Response], httpx.Response], place: int
) -> None:
    opened = sorted((one.updated_at, str(one.id)) for one in filling.workspace.conversations if one.state == "open")
    at, poison = opened[::-1][place]
    filling.wire.edit = holding(poison, spoil)
    filling.fill()
    near = {str(one.id) for one in filling.workspace.conversations if abs(one.updated_at - at) <= 2}
    assert poison in filling.missing() <= near
    assert filling.phase() == "complete"
    assert (filling.status.connection, filling.status.known, filling.status.syncing) == ("online", True, "")
    assert filling.status.incomplete.startswith("Some open conversations could not be read (")
    gaps = stored_gaps(people.meta(filling.program.store.reader, GAPS))
    # whether < and > leave out equal times is not known, so that a second to either side may be asked for with it
    assert {gap.state for gap in gaps} - {""} == {"open"}
    assert all(at - 2 <= gap.since <= at <= gap.until <= at + 2 for gap in gaps)
    # what heals is fetched, and no longer missed
    filling.wire.edit = lambda request, response: response
    filling.sync.refresh()
    filling.wait(30)
    assert filling.missing() == set()
    assert filling.status.incomplete == ""


def test_a_page_too_large_for_the_server_comes_in_smaller_ranges(filling: Filling) -> None:
    def edit(request: httpx.Request, response: httpx.Response) -> httpx.Response:
        return httpx.Response(504) if asks(request) and len(response.json()["conversations"]) > 20 else response

    filling.wire.edit = edit
    filling.fill(3600)
    assert len(filling.missing()) < MANY / 3
    filling.wait(6 * 3600)
    assert filling.missing() == set()


def test_a_cursor_that_is_always_dead_keeps_nothing_out(filling: Filling) -> None:
    filling.wire.answer = lambda request: refusal(400) if "starting_after" in asks(request) else None
    filling.fill()
    assert filling.missing() == set()
    assert filling.status.incomplete == ""


def test_a_search_of_one_state_that_fails_leaves_the_others(filling: Filling) -> None:
    filling.wire.answer = lambda request: (
        refusal(500) if '"open"' in asks(request) or request.url.path == "/conversations" else None
    )
    filling.fill(300)
    # what changed just now came with the poll
    assert filling.missing() <= filling.there("open")
    assert len(filling.missing()) > len(filling.there("open")) - 30
    assert filling.phase() == "complete"
    assert filling.status.incomplete.startswith("Open conversations could not be read (")
    assert not filling.status.known
    filling.wire.answer = lambda request: None
    filling.wait(600)
    assert filling.missing() == set()
    assert (filling.status.incomplete, filling.status.known) == ("", True)


def test_a_search_that_fails_altogether_is_replaced_by_the_plain_list(filling: Filling) -> None:
    filling.wire.answer = lambda request: refusal(500) if asks(request) else None
    filling.fill(300)
    assert filling.missing() == set()
    assert filling.status.known


def test_an_outage_is_waited_out(filling: Filling) -> None:
    filling.wire.answer = lambda request: httpx.Response(503) if "conversations" in request.url.path else None
    filling.fill(1200)
    assert filling.stored() == set()
    assert not filling.status.known
    filling.wire.answer = lambda request: None
    filling.wait(600)
    assert filling.missing() == set()
    assert (filling.status.incomplete, filling.status.known, filling.status.syncing) == ("", True, "")


def test_conversations_that_this_token_may_not_read_are_named_and_the_link_is_live(filling: Filling) -> None:
    filling.wire.answer = lambda request: refusal(403) if request.url.path.startswith("/conversations") else None
    filling.fill(600)
    assert filling.status.connection == "online"
    assert "This token may not read conversations" in filling.status.incomplete
    assert filling.program.board.now.acting_as == filling.workspace.me.name


def test_going_on_after_a_restart_in_the_middle_of_a_bad_stretch(filling: Filling) -> None:
    filling.wire.answer = later_pages("open", 404)
    filling.fill(2)
    filling.kill(filling.program)
    filling.program = filling.start()
    filling.sync = Sync(
        filling.program.store, filling.program.changes, filling.program.ingest, filling.program.connection,
        filling.program.board, options=SyncOptions(page=PAGE, history_days=0), acting_as="",
        on_me=lambda _me, _name: None, monotonic=filling.loop.time,
    )  # fmt: skip
    filling.fill()
    assert filling.missing() == set()


def endless(filling: Filling, cursor: Callable[[int], str], shown: Callable[[int], int]) -> list[int]:
    """The search has always one more page; returns a list that counts them."""
    asked = [0]
    document: dict[str, object] = {}

    def edit(request: httpx.Request, response: httpx.Response) -> httpx.Response:
        if '"open"' not in asks(request):
            return response
        asked[0] += 1
        if response.status_code == 200:
            document.update(json.loads(response.content))
        listed = document["conversations"]
        assert isinstance(listed, list)
        start = shown(asked[0]) % len(listed)
        following = {"next": {"per_page": PAGE, "starting_after": cursor(asked[0])}}
        told = {"conversations": listed[start:] + listed[:start], "pages": following, "total_count": 10**30}
        return httpx.Response(200, json=told)

    filling.wire.edit = edit
    return asked


@pytest.mark.parametrize(
    ("cursor", "shown"),
    [(lambda n: "same", lambda n: 0), (lambda n: f"c{n}", lambda n: 0), (lambda n: f"c{n}", lambda n: n)],
    ids=["the same cursor", "another cursor, the same page", "another cursor, the page in another order"],
)
def test_a_list_without_end_has_one(
    filling: Filling, cursor: Callable[[int], str], shown: Callable[[int], int]
) -> None:
    asked = endless(filling, cursor, shown)
    filling.fill(600)
    assert filling.phase() == "complete"
    assert filling.there("snoozed") <= filling.stored()
    assert asked[0] < 40


def test_pages_of_made_up_conversations_have_an_end(filling: Filling) -> None:
    made = [0]

    def answer(request: httpx.Request) -> httpx.Response | None:
        if '"snoozed"' not in asks(request):
            return None
        made[0] += 1
        listed = [{"type": "conversation", "id": f"9{made[0]:05}{n}", "state": "snoozed"} for n in range(5)]
        pages = {"type": "pages", "next": {"starting_after": f"c{made[0]}"}}
        return httpx.Response(200, json={"conversations": listed, "pages": pages, "total_count": 40})

    filling.wire.answer = answer
    filling.fill(600)
    assert filling.phase() == "complete"
    assert made[0] < 80


def test_a_change_on_a_page_that_fails_does_not_stop_the_poll(filling: Filling) -> None:
    filling.fill()
    at = int(filling.loop.clock())
    opened = sorted(str(one.id) for one in filling.workspace.conversations if one.state == "open")
    poison, others = opened[0], opened[1:4]
    filling.wire.edit = holding(poison, SPOILED["404"])
    for n, cid in enumerate([poison, *others]):
        filling.workspace.customer_reply(cid, "<p>Any news?</p>", at=at + n)
    filling.wait(400)
    for cid in others:
        row = filling.program.store.reader.execute("SELECT updated_at FROM conversations WHERE id = ?", (cid,))
        assert row.fetchone()[0] == filling.workspace.conversations.get(cid).updated_at
    assert "changed conversations could not be read" in filling.status.incomplete
    filling.wire.edit = lambda request, response: response
    filling.wait(4000)
    assert filling.status.incomplete == ""


def test_gaps_are_joined_and_said_in_a_sentence() -> None:
    gaps = [Gap("open", 5, 9, "No."), Gap("open", 10, 12, "No."), Gap("open", 20, 0, "No."), Gap("open", 30, 40, "No.")]
    assert merged(gaps) == [Gap("open", 5, 12, "No."), Gap("open", 20, 0, "No.")]
    assert in_words(gaps) == "Some open conversations could not be read (No)."
    assert in_words([Gap("open", reason="No.", whole=True)]) == "Open conversations could not be read (No)."
    assert missing_in_words("") == in_words([]) == ""
