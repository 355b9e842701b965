"""Intercom's official Python SDK as a stranger's client of the served sandbox, parsing with its own types."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from typing import Any, TypeVar

import httpx
import pytest
from pydantic import BaseModel, ValidationError

from tests.harness.sandbox import Served

with warnings.catch_warnings():  # the SDK's models shadow names of their base
    warnings.simplefilter("ignore")
    from intercom import (
        AdminReplyConversationRequest,
        ContactReplyIntercomUserIdRequest,
        CreateArticleRequest,
        CreateContactRequestWithEmail,
        CreateOrUpdateCompanyRequest,
        CreateOrUpdateTagRequest,
        CreateTicketRequestContactsItemId,
        Intercom,
        MultipleFilterSearchRequest,
        SingleFilterSearchRequest,
        StartingAfterPaging,
    )
    from intercom.conversations import (
        ConversationsManageRequestBody_Assignment,
        ConversationsManageRequestBody_Close,
        ConversationsManageRequestBody_Open,
        ConversationsManageRequestBody_Snoozed,
    )
    from intercom.core.api_error import ApiError

T = TypeVar("T")

# Where the SDK's types and the 2.14 description differ; the description wins.
DISAGREEMENTS = {
    "team_assignee_id: Input should be a valid string",
    "ai_agent.content_sources.content_sources.0.content_type: Input should be 'custom_answer'",
}


@pytest.fixture(scope="module")
def sdk() -> Iterator[Intercom]:
    """The SDK, pointed at a served sandbox."""
    with Served(conversations=80) as served, httpx.Client(timeout=20) as http:
        yield Intercom(token=served.token, base_url=served.base_url, httpx_client=http)


def parsed(value: T | None) -> T:
    """The SDK builds its models unchecked; validate what it got by the very types it declares."""
    assert isinstance(value, BaseModel)
    wrong: set[str] = set()
    try:
        type(value).model_validate(value.model_dump(by_alias=True, exclude_unset=True, warnings="none"))
    except ValidationError as refused:
        wrong = {f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in refused.errors()}
    assert wrong <= DISAGREEMENTS
    return value


def where(field: str, operator: Any, value: Any) -> SingleFilterSearchRequest:
    """One filter."""
    return SingleFilterSearchRequest(field=field, operator=operator, value=value)


def test_contacts(sdk: Intercom) -> None:
    """Create, find, update, tag, note, attach, search, delete."""
    email = "sdk@shop.example"
    made = parsed(sdk.contacts.create(request=CreateContactRequestWithEmail(email=email)))
    contact_id = str(made.id)
    assert parsed(sdk.contacts.find(contact_id)).email == email
    assert parsed(sdk.contacts.update(contact_id, name="Sdk Person")).name == "Sdk Person"
    tag = parsed(sdk.tags.create(request=CreateOrUpdateTagRequest(name="from the sdk")))
    assert parsed(sdk.tags.tag_contact(contact_id, tag_id=tag.id)).name == "from the sdk"
    note = parsed(sdk.notes.create(contact_id, body="Rang twice"))
    assert note.body == "<p>Rang twice</p>"
    company = parsed(
        sdk.companies.create_or_update(request=CreateOrUpdateCompanyRequest(company_id="sdk-1", name="Sdk Ltd"))
    )
    assert parsed(sdk.companies.attach_contact(contact_id, company_id=str(company.id))).name == "Sdk Ltd"
    assert parsed(sdk.contacts.find(contact_id)).companies.total_count == 1
    query = where("email", "=", email)
    assert [one.id for one in sdk.contacts.search(query=query)] == []  # not searchable yet
    with httpx_client(sdk) as http:
        http.post("/_sandbox/advance", json={"seconds": 5}).raise_for_status()
    assert [parsed(one).id for one in sdk.contacts.search(query=query)] == [contact_id]
    assert sdk.contacts.delete(contact_id).deleted is True
    with pytest.raises(ApiError) as caught:
        sdk.contacts.find(contact_id)
    assert caught.value.status_code == 404


def httpx_client(sdk: Intercom) -> httpx.Client:
    """A plain client with the SDK's address and token, for the sandbox's own controls."""
    wrapper = sdk._client_wrapper
    return httpx.Client(base_url=wrapper.get_base_url(), headers=wrapper.get_headers())


def test_conversations(sdk: Intercom) -> None:
    """List, find, search, reply, note, assign, snooze, open, close, tag."""
    admin = str(parsed(sdk.admins.identify()).id)
    assert len(sdk.admins.list().admins or []) == 8
    listed = [conversation.id for conversation in sdk.conversations.list(per_page=30)]
    assert len(listed) == 80  # every page, by the cursors
    assert len(set(listed)) == 80
    # One page: the SDK's search pager asks for the first page again and again.
    page = StartingAfterPaging(per_page=150)
    found = sdk.conversations.search(query=where("state", "=", "open"), pagination=page).items
    open_ones = [parsed(one) for one in found or []]
    target = str(open_ones[0].id)
    both = MultipleFilterSearchRequest(operator="AND", value=[where("state", "=", "open"), where("id", "=", target)])
    assert [one.id for one in sdk.conversations.search(query=both)] == [target]
    whole = parsed(sdk.conversations.find(target))
    before = whole.conversation_parts.total_count

    reply = AdminReplyConversationRequest(message_type="comment", type="admin", admin_id=admin, body="On it")
    after = parsed(sdk.conversations.reply(target, request=reply))
    last = after.conversation_parts.conversation_parts[-1]
    assert (last.part_type, last.body, last.author.id) == ("comment", "<p>On it</p>", admin)
    assert after.conversation_parts.total_count == before + 1
    assert after.waiting_since is None
    note = AdminReplyConversationRequest(message_type="note", type="admin", admin_id=admin, body="hm")
    parsed(sdk.conversations.reply(target, request=note))
    contact = whole.contacts.contacts[0].id
    back = ContactReplyIntercomUserIdRequest(
        message_type="comment", type="user", intercom_user_id=str(contact), body="Still broken"
    )
    assert parsed(sdk.conversations.reply(target, request=back)).waiting_since is not None

    def manage(request: Any) -> Any:
        return parsed(sdk.conversations.manage(target, request=request))

    assigned = manage(ConversationsManageRequestBody_Assignment(type="admin", admin_id=admin, assignee_id=admin))
    assert str(assigned.admin_assignee_id) == admin
    until = int(time.time()) + 86_400
    snoozed = manage(ConversationsManageRequestBody_Snoozed(admin_id=admin, snoozed_until=until))
    assert (snoozed.state, snoozed.snoozed_until) == ("snoozed", until)
    assert manage(ConversationsManageRequestBody_Open(admin_id=admin)).state == "open"
    assert manage(ConversationsManageRequestBody_Close(type="admin", admin_id=admin)).state == "closed"
    tag = sdk.tags.list().data[0].id
    assert parsed(sdk.tags.tag_conversation(target, tag_id=tag, admin_id=admin)).id == tag
    assert parsed(sdk.tags.untag_conversation(target, tag, admin_id=admin)).id == tag


def test_articles_and_tickets(sdk: Intercom) -> None:
    """Write an article and find it; make a ticket and move it."""
    admin = int(str(sdk.admins.identify().id))
    article = parsed(
        sdk.articles.create(
            request=CreateArticleRequest(
                title="Zebra labels", author_id=admin, body="<p>Black, white</p>", state="published"
            )
        )
    )
    assert parsed(sdk.articles.find(int(article.id))).title == "Zebra labels"
    found = parsed(sdk.articles.search(phrase="zebra"))
    assert [one.id for one in found.data.articles or []] == [article.id]
    assert sum(1 for _ in sdk.articles.list()) > 1

    kind = sdk.ticket_types.list().data[0]
    contact = next(iter(sdk.contacts.list()))
    ticket = parsed(
        sdk.tickets.create(ticket_type_id=kind.id, contacts=[CreateTicketRequestContactsItemId(id=str(contact.id))])
    )
    state = sdk.ticket_states.list_ticket_states().data[1].id
    moved = parsed(sdk.tickets.update(str(ticket.id), ticket_state_id=state))
    assert moved.ticket_state.category == "in_progress"
    assert str(ticket.id) in [one.id for one in sdk.tickets.search(query=where("open", "=", True)) if one]


def test_a_wrong_token_is_told_apart(sdk: Intercom) -> None:
    """401 with Intercom's error document."""
    with httpx.Client() as http:
        stranger = Intercom(token="nope", base_url=sdk._client_wrapper.get_base_url(), httpx_client=http)
        with pytest.raises(ApiError) as caught:
            stranger.admins.identify()
    assert (caught.value.status_code, caught.value.body["errors"][0]["code"]) == (401, "unauthorized")
