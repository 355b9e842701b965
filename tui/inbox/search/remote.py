"""Searching at Intercom: a selection as a search of Intercom's, and which conversations of its answer really fit.

Intercom's search knows fewer fields than our queries, so it is asked for all that may fit, the store takes that in,
and the query itself has the last word on it.
"""

import asyncio
import re
from typing import TYPE_CHECKING, NamedTuple

from tui.api.query import And, Field, Group, Or, Query
from tui.inbox.search.query import REMOTE
from tui.model.rows import ConversationRow
from tui.model.selection import Condition, Selection, Sort
from tui.store import conversations, listing

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox

MOST = 6_000
"""Conversations that are read for one list; a list that needs all of more is cut, and says so."""

_TEXT = frozenset({("words", "="), ("contact", "~")})
"""What Intercom matches in its own way; its answer stands as it is."""

_DATES = frozenset({"waiting_since", "updated_at", "created_at", "snoozed_until"})
_MOST_WORDS = 4


class Found(NamedTuple):
    """Rows in the order asked for; ``complete`` False where more was there than is ever read."""

    rows: list[ConversationRow]
    complete: bool


async def find(inbox: "Inbox", selection: Selection, sort: Sort, limit: int) -> Found:
    """The first ``limit`` conversations of a selection. Raises :class:`tui.api.errors.IntercomError`."""
    query = to_search(selection)
    if query is None:
        return find_stored(inbox, selection, sort, limit)
    client = await inbox.connection.open()
    exact = Selection(tuple(one for one in selection.conditions if (one.field, one.operator) not in _TEXT))
    rows: dict[str, ConversationRow] = {}
    read = 0
    complete = True
    per_page = min(150, max(20, limit)) if sort == "newest" else 150
    async for page in client.conversations.search_pages(query, per_page=per_page):
        await inbox.ingest.page(page.items)
        read += len(page.items)
        for row in _fitting(inbox, [model.id for model in page.items], exact):
            rows[row.id] = row
        if sort == "newest" and len(rows) >= limit:
            # Intercom answers newest first, though it does not promise to: what a page holds is sorted below
            break
        if read >= MOST:
            complete = not page.next_cursor
            break
        await asyncio.sleep(0)
    ordered = sorted(rows.values(), key=lambda row: _key(row, sort))
    return Found(ordered[:limit], complete)


def find_stored(inbox: "Inbox", selection: Selection, sort: Sort, limit: int) -> Found:
    """The same from the store alone."""
    numbers = listing.window(inbox.store.reader, selection, sort, limit)
    return Found(conversations.by_numbers(inbox.store.reader, numbers), complete=True)


def to_search(selection: Selection) -> Query | None:
    """A search that finds at least what the selection holds; None where only the store knows (drafts, the outbox)."""
    if any(one.field in ("draft", "pending") and one.operator == "=" for one in selection.conditions):
        return None
    filters = [asked for one in selection.conditions if (asked := _asked(one)) is not None]
    if not filters:
        return Field("updated_at") > 0
    return filters[0] if len(filters) == 1 else And(*filters)


def _asked(one: Condition) -> Query | None:
    """A condition in Intercom's words; None where it has none, or where they would leave something out."""
    if one.field in _DATES:
        return _asked_time(one)
    if one.field == "contact" and one.operator == "~":
        return _holding(("source.author.name", "source.author.email"), one.values)
    if one.operator != "=":
        return None
    match one.field:
        case "admin" | "team" if all(str(value).isdigit() for value in one.values):
            # nobody may be null, 0 or missing there: what has no assignee is told apart here
            return _any(f"{one.field}_assignee_id", tuple(int(value) for value in one.values))
        case "read":
            return Field("read") == bool(one.values[0])
        case "words":
            return _holding_words(str(one.values[0]))
        case _:
            return _any(REMOTE[one.field], one.values) if one.field in REMOTE else None


def _asked_time(one: Condition) -> Query | None:
    if one.operator == "!=":
        return Field(one.field) > 0
    # a second to either side: whether Intercom's < and > leave out equal times is described in two ways
    if one.operator == "<":
        return Field(one.field) < int(one.values[0]) + 1
    return Field(one.field) > int(one.values[0]) - 1 if one.operator == ">" else None


def _any(field: str, values: tuple[str | int, ...]) -> Query:
    return Field(field) == values[0] if len(values) == 1 else Field(field).in_(values)


def _holding(fields: tuple[str, ...], values: tuple[str | int, ...]) -> Group:
    return Or(*(Field(field).contains(str(value)) for field in fields for value in values[:_MOST_WORDS]))


def _holding_words(text: str) -> Query | None:
    """``source.body`` is compared word by word (POST /conversations/search in Intercom's 2.14 description)."""
    words = sorted(set(re.findall(r"\w+", text)), key=len, reverse=True)[:_MOST_WORDS]
    return And(*(_holding_word(word) for word in words)) if words else None


def _holding_word(word: str) -> Query:
    return Or(
        Field("source.body") == word,
        Field("source.body").contains(word),
        Field("source.subject").contains(word),
        Field("source.author.name").contains(word),
        Field("source.author.email").contains(word),
    )


def _fitting(inbox: "Inbox", ids: list[str], exact: Selection) -> list[ConversationRow]:
    db = inbox.store.reader
    numbers = list(listing.numbers_of(db, ids).values()) if ids else []
    fitting = listing.matching(db, exact, "newest", numbers) if numbers else {}
    return conversations.by_numbers(db, list(fitting)) if fitting else []


def _key(row: ConversationRow, sort: Sort) -> tuple[int, int]:
    waiting = row.waiting_since or 10_000_000_000 - row.updated_at
    match sort:
        case "newest":
            return -row.updated_at, -row.n
        case "oldest":
            return row.updated_at, row.n
        case "priority":
            return (0 if row.priority else 1), waiting
        case _:
            return waiting, row.n
