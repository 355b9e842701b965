"""Conversations: list, get, search, begin, change, tags, customers, redact, convert."""

from __future__ import annotations

import asyncio
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tui.sandbox.errors import Refusal, invalid, not_found
from tui.sandbox.model import Conversation, Json
from tui.sandbox.order import Key
from tui.sandbox.routes.base import (
    Desk,
    acting_admin,
    answer,
    as_html,
    attachments,
    desk,
    encode,
    person,
    read,
    require,
    seconds,
    text,
    workspace,
)
from tui.sandbox.search.run import pagination
from tui.sandbox.threads import contact_author
from tui.sandbox.wire import conversations as wire
from tui.sandbox.wire.paging import cursor, pages, per_page, read_cursor
from tui.sandbox.wire.tickets import ticket as ticket_document
from tui.sandbox.workspace import Workspace

MOST_ROWS = 150
_KEPT_ROWS = 20_000


def rendered_row(space: Workspace, conversation: Conversation) -> msgspec.Raw:
    """A list row as JSON, from the cache where it is still true."""
    cache = space.conversations.rendered
    found = cache.get(conversation.id)
    if found is None:
        found = encode(wire.row(space, conversation))
        source = space.conversations.source(conversation)
        if not any(file.expires for file in source.attachments):  # such a link must be fresh each time
            if len(cache) >= _KEPT_ROWS:
                for old in list(cache)[: _KEPT_ROWS // 2]:
                    del cache[old]
            cache[conversation.id] = found
    return msgspec.Raw(found)


async def _write_ahead(space: Workspace, keys: list[Key]) -> None:
    """Render the next page while the client reads this one, a few rows at a time so that nobody waits for it."""
    for n, key in enumerate(keys):
        conversation = space.conversations.find(key[1])
        if conversation is not None:
            rendered_row(space, conversation)
        if n % 8 == 7:
            await asyncio.sleep(0)


def _page(room: Desk, keys: Sequence[Key], size: int, after: object, *, oldest_first: bool = False) -> Response:
    """One page of ``keys`` (which come oldest first), newest first unless asked otherwise."""
    space = room.workspace
    total = len(keys)
    start = 0
    if after:
        place = read_cursor(text(after, "starting_after"), space.cursor_epoch)
        if len(place) != 2 or not all(isinstance(part, int) for part in place):
            raise invalid("starting_after is invalid or has expired")
        key = (int(place[0]), int(place[1]))
        start = bisect_right(keys, key) if oldest_first else total - bisect_left(keys, key)

    def cut(begin: int) -> list[Key]:
        if oldest_first:
            return list(keys[begin : begin + size])
        return list(keys[max(0, total - begin - size) : max(0, total - begin)])[::-1]

    chosen = cut(start)
    following = None
    if chosen and start + len(chosen) < total:
        following = cursor(space.cursor_epoch, *chosen[-1])
        if room.writing is None or room.writing.done():
            room.writing = asyncio.create_task(_write_ahead(space, cut(start + size)))
    store = space.conversations
    return answer(
        {
            "type": "conversation.list",
            "pages": pages(start // size + 1, size, total, following),
            "total_count": total,
            "conversations": [rendered_row(space, store.at(key)) for key in chosen],
        }
    )


async def list_conversations(request: Request) -> Response:
    """``GET /conversations``; ``order=asc`` turns it round, other sorts than ``updated_at`` are not known."""
    query = request.query_params
    space = workspace(request)
    size = per_page(query.get("per_page"), 20, MOST_ROWS)
    oldest = query.get("order") == "asc"
    return _page(desk(request), space.conversations.recent(), size, query.get("starting_after"), oldest_first=oldest)


async def search_conversations(request: Request) -> Response:
    """``POST /conversations/search``."""
    body = await read(request)
    room = desk(request)
    keys = room.searcher.conversations(body)
    paging = pagination(body)
    size = per_page(paging.get("per_page"), 20, MOST_ROWS)
    return _page(room, keys, size, paging.get("starting_after"))


async def get_conversation(request: Request) -> Response:
    """``GET /conversations/{id}``."""
    space = workspace(request)
    conversation = space.conversations.get(request.path_params["id"])
    plain = request.query_params.get("display_as") == "plaintext"
    return answer(wire.whole(space, conversation, plain=plain))


async def create_conversation(request: Request) -> Response:
    """``POST /conversations``: a contact begins one; answers with a message."""
    body = await read(request)
    space = workspace(request)
    who = require(body, "from")
    if not isinstance(who, dict) or not who.get("id"):
        raise Refusal(400, "parameter_not_found", "from not specified")
    contact = space.contacts.get(str(who["id"]))
    words = as_html(text(require(body, "body")))
    at = seconds(body["created_at"], "created_at") if body.get("created_at") is not None else None
    subject = str(body.get("subject") or "")
    channel = "email" if subject else "conversation"
    made = space.new_conversation(
        contact, words, subject=subject, channel=channel, attachments=attachments(body), at=at
    )
    source = space.conversations.source(made)
    return answer(
        {
            "type": "user_message",
            "id": str(source.id),
            "created_at": made.created_at,
            "body": source.body,
            "message_type": "inapp",
            "conversation_id": str(made.id),
        }
    )


async def update_conversation(request: Request) -> Response:
    """``PUT /conversations/{id}``: read, title, custom attributes, company."""
    body = await read(request)
    space = workspace(request)
    store = space.conversations
    conversation = store.get(request.path_params["id"])
    if "read" in body:
        if not isinstance(body["read"], bool):
            raise invalid("read must be a boolean")
        conversation.read = body["read"]
        store.touch(conversation, conversation.updated_at)
    if "title" in body:
        conversation.title = None if body["title"] is None else text(body["title"], "title")
        store.touch(conversation)
    if body.get("company_id") is not None:
        conversation.company_id = space.companies.get(str(body["company_id"])).id
        store.touch(conversation)
    custom = body.get("custom_attributes")
    if custom is not None:
        if not isinstance(custom, dict):
            raise invalid("custom_attributes must be an object")
        conversation.custom_attributes = {**(conversation.custom_attributes or {}), **custom}
        for name, value in custom.items():
            part = store.add(conversation, "conversation_attribute_updated_by_admin", None, space.acting(None))
            part.event_details = {"attribute": {"name": name}, "value": {"name": str(value)}}
    return answer(wire.whole(space, conversation))


async def delete_conversation(request: Request) -> Response:
    """``DELETE /conversations/{id}``."""
    space = workspace(request)
    conversation = space.conversations.get(request.path_params["id"])
    space.conversations.delete(conversation)
    return answer({"id": str(conversation.id), "object": "conversation", "deleted": True})


async def attach_tag(request: Request) -> Response:
    """``POST /conversations/{id}/tags``."""
    body = await read(request)
    space = workspace(request)
    try:
        conversation = space.conversations.get(request.path_params["id"])
    except Refusal:
        raise not_found("Conversation not found") from None
    author = acting_admin(request, body)
    tag = space.tag(require(body, "id"))
    return answer(wire.tag(space, space.conversations.tag(conversation, author, tag.id)))


async def detach_tag(request: Request) -> Response:
    """``DELETE /conversations/{id}/tags/{tag_id}``, with ``admin_id`` in its JSON body."""
    body = await read(request)
    space = workspace(request)
    conversation = space.conversations.get(request.path_params["id"])
    author = acting_admin(request, body)
    try:
        tag = space.tag(request.path_params["tag_id"])
    except Refusal:
        raise not_found("Tag not found", "tag_not_found") from None
    return answer(wire.tag(space, space.conversations.untag(conversation, author, tag.id)))


async def attach_contact(request: Request) -> Response:
    """``POST /conversations/{id}/customers``."""
    body = await read(request)
    space = workspace(request)
    conversation = space.conversations.get(request.path_params["id"])
    customer = body.get("customer")
    if not isinstance(customer, dict):
        raise Refusal(400, "parameter_not_found", "customer not specified")
    space.conversations.attach(conversation, space.acting(body.get("admin_id")), person(request, customer))
    return answer(wire.whole(space, conversation))


async def detach_contact(request: Request) -> Response:
    """``DELETE /conversations/{id}/customers/{contact_id}``."""
    body = await read(request)
    space = workspace(request)
    conversation = space.conversations.get(request.path_params["id"])
    contact = space.contacts.get(request.path_params["contact_id"])
    space.conversations.detach(conversation, acting_admin(request, body), contact)
    return answer(wire.whole(space, conversation))


async def redact(request: Request) -> Response:
    """``POST /conversations/redact``: a part or the source."""
    body = await read(request)
    space = workspace(request)
    conversation_id = str(require(body, "conversation_id"))
    try:
        conversation = space.conversations.get(conversation_id)
    except Refusal:
        message = "Conversation part or message not found"
        raise not_found(message, "conversation_part_or_message_not_found") from None
    if body.get("type") == "source":
        space.conversations.redact(conversation, part_id=None, source_id=str(require(body, "source_id")))
    else:
        part_id = str(require(body, "conversation_part_id"))
        space.conversations.redact(conversation, part_id=part_id, source_id=None)
    return answer(wire.whole(space, conversation))


async def convert(request: Request) -> Response:
    """``POST /conversations/{id}/convert``: to a customer ticket."""
    body = await read(request)
    space = workspace(request)
    conversation = space.conversations.get(request.path_params["id"])
    kind = space.tickets.type(require(body, "ticket_type_id"))
    attributes: Json = body.get("attributes") or {}
    return answer(ticket_document(space, space.tickets.convert(conversation, kind, attributes)))


async def run_assignment_rules(request: Request) -> Response:
    """``POST /conversations/{id}/run_assignment_rules``."""
    space = workspace(request)
    conversation = space.conversations.get(request.path_params["id"])
    space.conversations.run_rules(conversation)
    return answer(wire.whole(space, conversation))


async def create_message(request: Request) -> Response:
    """``POST /messages``: an admin writes first (in-app or e-mail), or a contact does."""
    body = await read(request)
    space = workspace(request)
    sender = require(body, "from")
    if not isinstance(sender, dict):
        raise invalid("from must be an object")
    if not isinstance(body.get("body"), str) or not body["body"]:
        raise invalid("Body is required")
    words = as_html(body["body"])
    if sender.get("type") != "admin":
        contact = space.contacts.get(str(sender.get("id")))
        made = space.conversations.begin(contact, words, contact_author(contact))
        return _message(space, made, "user_message", "inapp")
    author = space.acting(sender.get("id"))
    by_email = body.get("message_type") == "email"
    if by_email and not body.get("subject"):
        raise Refusal(422, "parameter_not_found", "No subject supplied for email message")
    receivers = body.get("to")
    receivers = receivers if isinstance(receivers, list) else [receivers]
    first: Conversation | None = None
    for receiver in receivers:
        if not isinstance(receiver, dict):
            raise Refusal(400, "parameter_not_found", "to not specified")
        contact = person(request, receiver) if receiver.get("user_id") else space.contacts.get(str(receiver.get("id")))
        made = space.conversations.begin(
            contact,
            words,
            author,
            subject=str(body.get("subject") or ""),
            channel="email" if by_email else "conversation",
            delivered_as="admin_initiated",
        )
        contact.last_contacted_at = space.now()
        first = first or made
    if first is None:
        raise Refusal(400, "parameter_not_found", "to not specified")
    return _message(space, first, "admin_message", "email" if by_email else "inapp")


def _message(space: Workspace, made: Conversation, kind: str, message_type: str) -> Response:
    source = space.conversations.source(made)
    document: Json = {
        "type": kind,
        "id": str(source.id),
        "created_at": made.created_at,
        "body": source.body,
        "message_type": message_type,
        "conversation_id": str(made.id),
    }
    if source.subject:
        document["subject"] = source.subject
    return answer(document)


ROUTES = [
    Route("/conversations", list_conversations, methods=["GET"]),
    Route("/conversations", create_conversation, methods=["POST"]),
    Route("/conversations/search", search_conversations, methods=["POST"]),
    Route("/conversations/redact", redact, methods=["POST"]),
    Route("/conversations/{id}", get_conversation, methods=["GET"]),
    Route("/conversations/{id}", update_conversation, methods=["PUT", "PATCH"]),
    Route("/conversations/{id}", delete_conversation, methods=["DELETE"]),
    Route("/conversations/{id}/tags", attach_tag, methods=["POST"]),
    Route("/conversations/{id}/tags/{tag_id}", detach_tag, methods=["DELETE"]),
    Route("/conversations/{id}/customers", attach_contact, methods=["POST"]),
    Route("/conversations/{id}/customers/{contact_id}", detach_contact, methods=["DELETE"]),
    Route("/conversations/{id}/convert", convert, methods=["POST"]),
    Route("/conversations/{id}/run_assignment_rules", run_assignment_rules, methods=["POST"]),
    Route("/messages", create_message, methods=["POST"]),
]
