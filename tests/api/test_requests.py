"""Every operation of ours against Intercom's own description: what we send, and whether we can read its examples."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from tests.api.support import BASE, SPEC, TOKEN, intercom, operation
from tui.api.client import Intercom
from tui.api.conversations import Upload
from tui.api.decoding import Page
from tui.api.models import Model
from tui.api.query import And, Field, Or

pytestmark = pytest.mark.skipif(not SPEC.exists(), reason="Intercom's description (openapi-2.14.yaml) is not here")

CONTACT = "6762f0dd1bb69f9f2193bb83"
MINE = (Field("state") == "open") & Field("admin_assignee_id").in_([12, 14])

Call = Callable[[Intercom], Awaitable[object] | AsyncIterator[object]]

CALLS: dict[str, Call] = {
    "me": lambda c: c.me(),
    "admins.list": lambda c: c.admins.list(),
    "admins.get": lambda c: c.admins.get("12"),
    "admins.set_away": lambda c: c.admins.set_away("12", away=True, reason_id="3"),
    "articles.list_pages": lambda c: c.articles.list_pages(),
    "articles.get": lambda c: c.articles.get("12"),
    "articles.search": lambda c: c.articles.search("getting started", state="published"),
    "companies.create_or_update": lambda c: c.companies.create_or_update(company_id="a", name="A", monthly_spend=9),
    "companies.get": lambda c: c.companies.get("6762f0a61bb69f9f2193bb53"),
    "companies.find": lambda c: c.companies.find("acme"),
    "companies.list_pages": lambda c: c.companies.list_pages(),
    "companies.contact_pages": lambda c: c.companies.contact_pages("6762f0a61bb69f9f2193bb53"),
    "contacts.get": lambda c: c.contacts.get(CONTACT),
    "contacts.find_by_external_id": lambda c: c.contacts.find_by_external_id("user/7"),
    "contacts.list_pages": lambda c: c.contacts.list_pages(),
    "contacts.create": lambda c: c.contacts.create(email="a@b.c", name=None, owner_id="12", custom_attributes={"x": 1}),
    "contacts.update": lambda c: c.contacts.update(CONTACT, name="Anna", phone=None),
    "contacts.delete": lambda c: c.contacts.delete(CONTACT),
    "contacts.archive": lambda c: c.contacts.archive(CONTACT),
    "contacts.unarchive": lambda c: c.contacts.unarchive(CONTACT),
    "contacts.search": lambda c: c.contacts.search(Field("email") == "a@b.c"),
    "contacts.search_pages": lambda c: c.contacts.search_pages(Field("name").contains("ann")),
    "contacts.note_pages": lambda c: c.contacts.note_pages(CONTACT),
    "contacts.create_note": lambda c: c.contacts.create_note(CONTACT, "<p>hi</p>", admin_id="12"),
    "contacts.tags": lambda c: c.contacts.tags(CONTACT),
    "contacts.tag": lambda c: c.contacts.tag(CONTACT, "7"),
    "contacts.untag": lambda c: c.contacts.untag(CONTACT, "7"),
    "contacts.company_pages": lambda c: c.contacts.company_pages(CONTACT),
    "contacts.attach_company": lambda c: c.contacts.attach_company(CONTACT, "6762f0a61bb69f9f2193bb53"),
    "contacts.detach_company": lambda c: c.contacts.detach_company(CONTACT, "6762f0a61bb69f9f2193bb53"),
    "contacts.segments": lambda c: c.contacts.segments(CONTACT),
    "conversations.list_pages": lambda c: c.conversations.list_pages(),
    "conversations.get": lambda c: c.conversations.get("515"),
    "conversations.search": lambda c: c.conversations.search(MINE, starting_after="abc"),
    "conversations.search_pages": lambda c: c.conversations.search_pages(
        And(Field("open") == True, Or(Field("read") == False, Field("waiting_since") < 1_700_000_000))  # noqa: E712
    ),
    "conversations.create": lambda c: c.conversations.create(contact_id=CONTACT, body="hi"),
    "conversations.reply": lambda c: c.conversations.reply(
        "515",
        admin_id="12",
        body="<p>hi</p>",
        attachment_urls=["https://example.com/a.png"],
        attachment_files=[Upload("a.txt", "text/plain", b"hello")],
    ),
    "conversations.note": lambda c: c.conversations.note("515", admin_id="12", body="psst"),
    "conversations.assign": lambda c: c.conversations.assign("515", admin_id="12", assignee_id="14", body="yours"),
    "conversations.assign to a team": lambda c: c.conversations.assign(
        "515", admin_id="12", assignee_id="5017691", assignee_type="team"
    ),
    "conversations.unassign": lambda c: c.conversations.unassign("515", admin_id="12"),
    "conversations.close": lambda c: c.conversations.close("515", admin_id="12"),
    "conversations.close with words": lambda c: c.conversations.close("515", admin_id="12", body="bye"),
    "conversations.open": lambda c: c.conversations.open("515", admin_id="12"),
    "conversations.snooze": lambda c: c.conversations.snooze("515", admin_id="12", until=1_800_000_000),
    "conversations.update": lambda c: c.conversations.update(
        "515", read=True, title="Invoice", custom_attributes={"n": 1}
    ),
    "conversations.tag": lambda c: c.conversations.tag("515", "7", admin_id="12"),
    "conversations.untag": lambda c: c.conversations.untag("515", "7", admin_id="12"),
    "conversations.attach_contact": lambda c: c.conversations.attach_contact("515", CONTACT, admin_id="12"),
    "conversations.detach_contact": lambda c: c.conversations.detach_contact("515", CONTACT, admin_id="12"),
    "conversations.redact_part": lambda c: c.conversations.redact_part("515", "9"),
    "conversations.redact_source": lambda c: c.conversations.redact_source("515", "9"),
    "conversations.convert_to_ticket": lambda c: c.conversations.convert_to_ticket("515", "3", attributes={"a": "b"}),
    "data_attributes.list": lambda c: c.data_attributes.list(model="contact", include_archived=True),
    "events.track": lambda c: c.events.track("paid", created_at=1_700_000_000, contact_id=CONTACT, metadata={"a": "b"}),
    "messages.send": lambda c: c.messages.send(admin_id="12", contact_id=CONTACT, body="hi"),
    "messages.send e-mail": lambda c: c.messages.send(
        admin_id="12", contact_id=CONTACT, body="hi", subject="Hello", message_type="email", create_conversation=True
    ),
    "segments.list": lambda c: c.segments.list(include_count=True),
    "segments.get": lambda c: c.segments.get("7"),
    "tags.list": lambda c: c.tags.list(),
    "tags.create": lambda c: c.tags.create("vip"),
    "tags.delete": lambda c: c.tags.delete("7"),
    "teams.list": lambda c: c.teams.list(),
    "teams.get": lambda c: c.teams.get("7"),
    "tickets.get": lambda c: c.tickets.get("7"),
    "tickets.create": lambda c: c.tickets.create(
        ticket_type_id="3", contact_ids=[CONTACT], attributes={"_default_title_": "t"}, admin_assignee_id="12"
    ),
    "tickets.update": lambda c: c.tickets.update("7", open=False, admin_id="12", assignee_id="14"),
    "tickets.reply": lambda c: c.tickets.reply("7", admin_id="12", body="hi"),
    "tickets.search": lambda c: c.tickets.search(Field("open") == True),  # noqa: E712
    "tickets.search_pages": lambda c: c.tickets.search_pages(Field("category") == "request"),
    "tickets.tag": lambda c: c.tickets.tag("7", "8", admin_id="12"),
    "tickets.untag": lambda c: c.tickets.untag("7", "8", admin_id="12"),
    "tickets.types": lambda c: c.tickets.types(),
    "tickets.type": lambda c: c.tickets.type("7"),
    "tickets.states": lambda c: c.tickets.states(),
}


@pytest.mark.parametrize("name", CALLS)
async def test_operation_as_intercom_describes_it(name: str) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        described = operation(request)
        described.check(request)
        status, example = described.example()
        if example is not None and isinstance(example.get("pages"), dict):
            example = {**example, "pages": {**example["pages"], "next": None}}
        return httpx.Response(status, json=example) if example is not None else httpx.Response(status)

    async with intercom(answer) as client:
        called = CALLS[name](client)
        results = [each async for each in called] if isinstance(called, AsyncIterator) else [await called]

    request = seen[0]
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert request.headers["accept"] == "application/json"
    assert request.headers["intercom-version"] == "2.14"
    assert str(request.url).startswith(BASE)
    for result in results:
        if isinstance(result, Page):
            assert result.odd == ()
            assert all(
                isinstance(item, Model) and (getattr(item, "id", "") or name.startswith("data"))
                for item in result.items
            )
        elif result is not None:
            assert isinstance(result, Model)
            assert getattr(result, "id", "")


async def test_events_are_listed_by_the_address_of_the_next_page() -> None:
    # The description gives the answer of the summary here; the list is its schema data_event_list.
    asked: list[httpx.URL] = []

    def answer(request: httpx.Request) -> httpx.Response:
        operation(request).check(request)
        asked.append(request.url)
        following = None if len(asked) > 1 else "https://elsewhere.example/events?next_page=1&before=144&type=user"
        event = {"type": "event", "event_name": f"e{len(asked)}", "created_at": 1, "metadata": {"a": 1}}
        return httpx.Response(200, json={"type": "event.list", "events": [event], "pages": {"next": following}})

    async with intercom(answer) as client:
        events = [event async for page in client.events.list_pages(CONTACT) for event in page.items]
    assert [event.event_name for event in events] == ["e1", "e2"]
    assert [url.host for url in asked] == ["127.0.0.1", "127.0.0.1"]
    assert asked[1].params["before"] == "144"
    assert asked[1].params["intercom_user_id"] == CONTACT
