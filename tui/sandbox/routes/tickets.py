"""Tickets, their types and states."""

from __future__ import annotations

import uuid

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tui.sandbox.errors import Refusal, invalid, not_found
from tui.sandbox.furniture import ticket_field
from tui.sandbox.model import Contact, Json, Ticket, TicketType
from tui.sandbox.routes.base import acting_admin, answer, as_html, desk, person, read, require, seconds, text, workspace
from tui.sandbox.routes.parts import quick_replies
from tui.sandbox.search.run import pagination
from tui.sandbox.threads import contact_author
from tui.sandbox.wire import tickets as wire
from tui.sandbox.wire.conversations import tag as tag_document
from tui.sandbox.wire.paging import cursor, pages, per_page, read_cursor

_CATEGORIES = ("Customer", "Back-office", "Tracker")


def _ticket(request: Request) -> Ticket:
    return workspace(request).tickets.get(request.path_params["id"])


def _contacts(request: Request, body: Json) -> tuple[Contact, ...]:
    given = require(body, "contacts")
    if not isinstance(given, list):
        raise invalid("contacts must be an array")
    found: list[Contact] = []
    for one in given:
        if not isinstance(one, dict):
            raise invalid("contacts must be objects")
        named = {"intercom_user_id": one.get("id"), "user_id": one.get("external_id"), "email": one.get("email")}
        found.append(person(request, named))
    return tuple(found)


def _create(request: Request, body: Json) -> Ticket:
    space = workspace(request)
    kind = space.tickets.type(require(body, "ticket_type_id"))
    attributes = body.get("ticket_attributes") or {}
    if not isinstance(attributes, dict):
        raise invalid("ticket_attributes must be an object")
    at = seconds(body["created_at"], "created_at") if body.get("created_at") is not None else None
    contacts = _contacts(request, body)
    link = body.get("conversation_to_link_id")
    conversation = space.conversations.get(str(link)) if link else None
    ticket = space.tickets.create(kind, contacts, attributes, at)
    if conversation is not None:
        ticket.conversation_ids = (conversation.id,)
        conversation.ticket_ids = (*conversation.ticket_ids, ticket.id)
        space.conversations.touch(conversation)
    assignment = body.get("assignment") or {}
    for name in ("admin_assignee_id", "team_assignee_id"):
        if str(assignment.get(name) or "0") != "0":
            space.tickets.assign(ticket, space.acting(None), int(str(assignment[name])))
    return ticket


async def create_ticket(request: Request) -> Response:
    """``POST /tickets``."""
    body = await read(request)
    return answer(wire.ticket(workspace(request), _create(request, body)))


async def enqueue_ticket(request: Request) -> Response:
    """``POST /tickets/enqueue``: done at once here; the answer is the job."""
    body = await read(request)
    ticket = _create(request, body)
    job = uuid.UUID(int=ticket.id)
    return answer(
        {
            "type": "job",
            "id": f"job_{job}",
            "url": f"{workspace(request).base_url}/jobs/status/job_{job}",
            "status": "success",
            "resource_type": "ticket",
            "resource_id": str(ticket.id),
            "resource_url": f"{workspace(request).base_url}/tickets/{ticket.id}",
        }
    )


async def get_ticket(request: Request) -> Response:
    """``GET /tickets/{id}``."""
    return answer(wire.ticket(workspace(request), _ticket(request)))


async def update_ticket(request: Request) -> Response:
    """``PUT /tickets/{id}``: state, fields, assignee, snooze, sharing."""
    body = await read(request)
    space = workspace(request)
    ticket = _ticket(request)
    try:
        author = space.acting(body.get("admin_id"))
    except Refusal:
        raise Refusal(404, "assignee_not_found", "Assignee not found") from None
    if body.get("ticket_state_id") is not None:
        space.tickets.set_state(ticket, author, body["ticket_state_id"])
    if isinstance(body.get("ticket_attributes"), dict):
        space.tickets.set_attributes(ticket, author, body["ticket_attributes"])
    if body.get("assignee_id") is not None:
        given = str(body["assignee_id"])
        if not given.isdigit():
            raise Refusal(404, "assignee_not_found", "Assignee not found")
        space.tickets.assign(ticket, author, int(given))
    if isinstance(body.get("open"), bool):
        ticket.open = body["open"]
    if isinstance(body.get("is_shared"), bool):
        ticket.is_shared = body["is_shared"]
    if body.get("snoozed_until") is not None:
        ticket.snoozed_until = seconds(body["snoozed_until"], "snoozed_until")
    if body.get("company_id") is not None:
        ticket.company_id = space.companies.get(str(body["company_id"])).id
    ticket.updated_at = space.now()
    return answer(wire.ticket(space, ticket))


async def delete_ticket(request: Request) -> Response:
    """``DELETE /tickets/{id}``."""
    ticket = _ticket(request)
    workspace(request).tickets.delete(ticket)
    return answer({"id": str(ticket.id), "object": "ticket", "deleted": True})


async def reply_ticket(request: Request) -> Response:
    """``POST /tickets/{id}/reply``."""
    body = await read(request)
    space = workspace(request)
    try:
        ticket = _ticket(request)
    except Refusal:
        raise not_found() from None
    kind = body.get("message_type")
    if kind not in ("comment", "note", "quick_reply"):
        raise invalid("message_type is invalid")
    words: str | None = None
    if kind == "quick_reply":
        quick_replies(body)
    else:
        words = as_html(text(require(body, "body")))
    by_user = body.get("type") == "user"
    author = contact_author(person(request, body)) if by_user else acting_admin(request, body)
    return answer(wire.ticket_part(space, space.tickets.reply(ticket, author, kind, words)))


async def search_tickets(request: Request) -> Response:
    """``POST /tickets/search``."""
    body = await read(request)
    room = desk(request)
    space = room.workspace
    found = room.searcher.tickets(body)
    paging = pagination(body)
    size = per_page(paging.get("per_page"), 20, 150)
    start = 0
    if paging.get("starting_after"):
        place = read_cursor(text(paging["starting_after"], "starting_after"), space.cursor_epoch)[0]
        start = place if isinstance(place, int) else 0
    following = cursor(space.cursor_epoch, start + size, "tickets") if start + size < len(found) else None
    return answer(
        {
            "type": "ticket.list",
            "tickets": [wire.ticket(space, one) for one in found[start : start + size]],
            "total_count": len(found),
            "pages": pages(start // size + 1, size, len(found), following),
        }
    )


async def attach_tag(request: Request) -> Response:
    """``POST /tickets/{id}/tags``."""
    body = await read(request)
    space = workspace(request)
    ticket = _ticket(request)
    author = acting_admin(request, body)
    return answer(tag_document(space, space.tickets.tag(ticket, author, space.tag(require(body, "id")).id)))


async def detach_tag(request: Request) -> Response:
    """``DELETE /tickets/{id}/tags/{tag_id}``."""
    body = await read(request)
    space = workspace(request)
    ticket = _ticket(request)
    acting_admin(request, body)
    try:
        tag = space.tag(request.path_params["tag_id"])
    except Refusal:
        raise not_found("Tag not found", "tag_not_found") from None
    return answer(tag_document(space, space.tickets.untag(ticket, tag.id)))


async def list_states(request: Request) -> Response:
    """``GET /ticket_states``."""
    space = workspace(request)
    states = space.rooms.ticket_states.values()
    return answer({"type": "list", "data": [wire.state_detailed(space, one) for one in states]})


async def list_types(request: Request) -> Response:
    """``GET /ticket_types``."""
    space = workspace(request)
    return answer({"type": "list", "data": [wire.ticket_type(space, one) for one in space.rooms.ticket_types.values()]})


def _type(request: Request) -> TicketType:
    try:
        return workspace(request).tickets.type(request.path_params["id"])
    except Refusal:
        raise not_found("Ticket type not found", "ticket_type_not_found") from None


async def get_type(request: Request) -> Response:
    """``GET /ticket_types/{id}``."""
    return answer(wire.ticket_type(workspace(request), _type(request)))


async def create_type(request: Request) -> Response:
    """``POST /ticket_types``."""
    body = await read(request)
    space = workspace(request)
    category = body.get("category") or "Customer"
    if category not in _CATEGORIES:
        raise invalid("category is invalid")
    now = space.now()
    type_id = max(space.rooms.ticket_types, default=1200) + 1
    made = TicketType(
        type_id,
        text(require(body, "name"), "name"),
        str(body.get("description") or ""),
        str(body.get("icon") or "🎟️"),
        category,
        now,
        now,
        is_internal=bool(body.get("is_internal", category != "Customer")),
    )
    made.attributes = [
        ticket_field(type_id * 100 + n, type_id, name, "string", n, now)
        for n, name in enumerate(("_default_title_", "_default_description_"))
    ]
    space.rooms.ticket_types[type_id] = made
    return answer(wire.ticket_type(space, made))


async def update_type(request: Request) -> Response:
    """``PUT /ticket_types/{id}``."""
    body = await read(request)
    space = workspace(request)
    kind = _type(request)
    for name in ("name", "description", "icon"):
        if isinstance(body.get(name), str):
            setattr(kind, name, body[name])
    if isinstance(body.get("archived"), bool):
        kind.archived = body["archived"]
    kind.updated_at = space.now()
    return answer(wire.ticket_type(space, kind))


async def create_field(request: Request) -> Response:
    """``POST /ticket_types/{id}/attributes``."""
    body = await read(request)
    space = workspace(request)
    kind = _type(request)
    name = text(require(body, "name"), "name")
    data_type = text(require(body, "data_type"), "data_type")
    made = ticket_field(
        kind.id * 100 + len(kind.attributes), kind.id, name, data_type, len(kind.attributes), space.now()
    )
    made["description"] = str(body.get("description") or "")
    kind.attributes.append(made)
    return answer(made)


async def update_field(request: Request) -> Response:
    """``PUT /ticket_types/{id}/attributes/{attribute_id}``."""
    body = await read(request)
    kind = _type(request)
    for field in kind.attributes:
        if field["id"] == request.path_params["attribute_id"]:
            for name in ("name", "description", "archived", "visible_on_create", "visible_to_contacts"):
                if name in body:
                    field[name] = body[name]
            field["updated_at"] = workspace(request).now()
            return answer(field)
    raise not_found("Ticket type attribute not found")


ROUTES = [
    Route("/tickets", create_ticket, methods=["POST"]),
    Route("/tickets/enqueue", enqueue_ticket, methods=["POST"]),
    Route("/tickets/search", search_tickets, methods=["POST"]),
    Route("/tickets/{id}", get_ticket, methods=["GET"]),
    Route("/tickets/{id}", update_ticket, methods=["PUT"]),
    Route("/tickets/{id}", delete_ticket, methods=["DELETE"]),
    Route("/tickets/{id}/reply", reply_ticket, methods=["POST"]),
    Route("/tickets/{id}/tags", attach_tag, methods=["POST"]),
    Route("/tickets/{id}/tags/{tag_id}", detach_tag, methods=["DELETE"]),
    Route("/ticket_states", list_states, methods=["GET"]),
    Route("/ticket_types", list_types, methods=["GET"]),
    Route("/ticket_types", create_type, methods=["POST"]),
    Route("/ticket_types/{id}", get_type, methods=["GET"]),
    Route("/ticket_types/{id}", update_type, methods=["PUT"]),
    Route("/ticket_types/{id}/attributes", create_field, methods=["POST"]),
    Route("/ticket_types/{id}/attributes/{attribute_id}", update_field, methods=["PUT"]),
]
