"""Contacts: create, get, update, delete, search, archive, merge, notes, tags, companies, segments, subscriptions."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tui.sandbox.errors import Refusal, invalid, not_found
from tui.sandbox.model import Contact, Json, TagMark
from tui.sandbox.routes.base import answer, as_html, desk, read, require, text, workspace
from tui.sandbox.search.fields import segments_of
from tui.sandbox.search.run import pagination
from tui.sandbox.wire import contacts as wire
from tui.sandbox.wire.conversations import tag as tag_document
from tui.sandbox.wire.directory import segment as segment_document
from tui.sandbox.wire.directory import subscription as subscription_document
from tui.sandbox.wire.paging import cursor, pages, per_page, read_cursor
from tui.sandbox.workspace import Workspace

MOST_COMPANIES = 1000


def _page(space: Workspace, found: Sequence[Contact], size: int, after: object) -> Response:
    start = 0
    if after:
        place = read_cursor(text(after, "starting_after"), space.cursor_epoch)
        start = place[0] if isinstance(place[0], int) else 0
    chosen = found[start : start + size]
    following = cursor(space.cursor_epoch, start + size, "contacts") if start + size < len(found) else None
    return answer(
        {
            "type": "list",
            "data": [wire.contact(space, one) for one in chosen],
            "total_count": len(found),
            "pages": pages(start // size + 1, size, len(found), following),
        }
    )


async def list_contacts(request: Request) -> Response:
    """``GET /contacts``."""
    space = workspace(request)
    query = request.query_params
    found = [one for one in reversed(list(space.contacts)) if not one.archived]
    return _page(space, found, per_page(query.get("per_page"), 50, 150), query.get("starting_after"))


async def search_contacts(request: Request) -> Response:
    """``POST /contacts/search``; contacts just made are not found yet."""
    body = await read(request)
    room = desk(request)
    found = room.searcher.contacts(body)
    paging = pagination(body)
    return _page(room.workspace, found, per_page(paging.get("per_page"), 50, 150), paging.get("starting_after"))


def _check(fields: Json) -> None:
    """Types as the description has them; roles are user and lead."""
    for name in ("email", "phone", "name", "external_id", "avatar"):
        if fields.get(name) is not None and not isinstance(fields[name], str):
            raise invalid(f"{name} must be a string")
    if fields.get("role") not in (None, "user", "lead"):
        raise invalid("role is invalid")
    if fields.get("custom_attributes") is not None and not isinstance(fields["custom_attributes"], dict):
        raise invalid("custom_attributes must be an object")
    email = fields.get("email")
    if email and ("@" not in email or " " in email):
        raise Refusal(400, "parameter_invalid", "Email is invalid", "email")


async def create_contact(request: Request) -> Response:
    """``POST /contacts``: needs an e-mail, an external id or a role."""
    body = await read(request)
    if not any(body.get(name) for name in ("email", "external_id", "role", "phone")):
        raise Refusal(400, "parameter_not_found", "email, external_id or role must be specified")
    _check(body)
    space = workspace(request)
    if body.get("owner_id") is not None:
        body["owner_id"] = space.admin(body["owner_id"]).id
    return answer(wire.contact(space, space.contacts.create(body)))


def _contact(request: Request) -> Contact:
    return workspace(request).contacts.get(request.path_params["id"])


async def get_contact(request: Request) -> Response:
    """``GET /contacts/{id}``."""
    return answer(wire.contact(workspace(request), _contact(request)))


async def by_external_id(request: Request) -> Response:
    """``GET /contacts/find_by_external_id/{id}``."""
    space = workspace(request)
    found = space.contacts.by(external_id=request.path_params["id"])
    if found is None:
        raise not_found("User Not Found")
    return answer(wire.contact(space, found))


async def update_contact(request: Request) -> Response:
    """``PUT /contacts/{id}``, and PATCH, which some documents name."""
    body = await read(request)
    _check(body)
    space = workspace(request)
    contact = _contact(request)
    if body.get("owner_id") is not None:
        body["owner_id"] = space.admin(body["owner_id"]).id
    space.contacts.update(contact, body)
    space.conversations.contact_changed(contact)
    return answer(wire.contact(space, contact))


async def delete_contact(request: Request) -> Response:
    """``DELETE /contacts/{id}``."""
    space = workspace(request)
    contact = _contact(request)
    space.forget_contact(contact)
    return answer(wire.reference(contact, deleted=True))


async def archive(request: Request) -> Response:
    """``POST /contacts/{id}/archive``."""
    contact = _contact(request)
    contact.archived = True
    workspace(request).contacts.touch(contact)
    return answer(wire.reference(contact, archived=True))


async def unarchive(request: Request) -> Response:
    """``POST /contacts/{id}/unarchive``."""
    contact = _contact(request)
    contact.archived = False
    workspace(request).contacts.touch(contact)
    return answer(wire.reference(contact, archived=False))


async def block(request: Request) -> Response:
    """``POST /contacts/{id}/block``."""
    contact = _contact(request)
    contact.archived = contact.blocked = True
    workspace(request).contacts.touch(contact)
    return answer(wire.reference(contact, blocked=True))


async def merge(request: Request) -> Response:
    """``POST /contacts/merge``: a lead becomes part of a user, conversations and all."""
    body = await read(request)
    space = workspace(request)
    lead = space.contacts.get(str(require(body, "from")))
    user = space.contacts.get(str(require(body, "into")))
    if lead.role != "lead" or user.role != "user":
        raise invalid("Only a lead can be merged, and only into a user")
    store = space.conversations
    for conversation in list(store.by_contact.get(lead.id, ())):
        conversation.contacts = tuple(user if one is lead else one for one in conversation.contacts)
        store.by_contact[lead.id].remove(conversation)
        store.by_contact.setdefault(user.id, []).append(conversation)
        store.touch(conversation, conversation.updated_at)
    user.tags = [*(user.tags or []), *(lead.tags or [])]
    space.forget_contact(lead)
    space.contacts.touch(user)
    return answer(wire.contact(space, user))


async def list_notes(request: Request) -> Response:
    """``GET /contacts/{id}/notes``, newest first."""
    space = workspace(request)
    notes = _contact(request).notes or []
    return answer(
        {
            "type": "list",
            "data": [wire.note(space, one) for one in notes],
            "total_count": len(notes),
            "pages": {"type": "pages", "next": None, "page": 1, "per_page": 50, "total_pages": 1},
        }
    )


async def create_note(request: Request) -> Response:
    """``POST /contacts/{id}/notes``; without ``admin_id`` it is the token's owner who writes."""
    body = await read(request)
    space = workspace(request)
    contact = _contact(request)
    words = as_html(text(require(body, "body")))
    try:
        author = space.acting(body.get("admin_id"))
    except Refusal:
        raise not_found() from None
    return answer(wire.note(space, space.contacts.add_note(contact, int(author.id), words)))


async def list_tags(request: Request) -> Response:
    """``GET /contacts/{id}/tags``: all of them."""
    space = workspace(request)
    return answer({"type": "list", "data": [tag_document(space, mark) for mark in _contact(request).tags or ()]})


async def attach_tag(request: Request) -> Response:
    """``POST /contacts/{id}/tags``."""
    body = await read(request)
    space = workspace(request)
    contact = _contact(request)
    tag = space.tag(require(body, "id"))
    contact.tags = contact.tags or []
    mark = next((known for known in contact.tags if known.tag_id == tag.id), None)
    if mark is None:
        mark = TagMark(tag.id, space.now(), space.me.id)
        contact.tags.append(mark)
        space.contacts.touch(contact)
    return answer(tag_document(space, mark))


async def detach_tag(request: Request) -> Response:
    """``DELETE /contacts/{id}/tags/{tag_id}``."""
    space = workspace(request)
    contact = _contact(request)
    tag = space.tag(request.path_params["tag_id"])
    mark = next((known for known in contact.tags or () if known.tag_id == tag.id), None)
    if mark is None:
        raise not_found()
    contact.tags = [known for known in contact.tags or () if known.tag_id != tag.id]
    space.contacts.touch(contact)
    return answer(tag_document(space, mark))


async def list_companies(request: Request) -> Response:
    """``GET /contacts/{id}/companies``: by page."""
    space = workspace(request)
    contact = _contact(request)
    ids = contact.company_ids or []
    size = per_page(request.query_params.get("per_page"), 50, 60)
    page = per_page(request.query_params.get("page"), 1, 1_000_000)
    chosen = ids[(page - 1) * size : page * size]
    total_pages = max(1, -(-len(ids) // size))
    link = f"{space.base_url}/contacts/{contact.id}/companies?page={page + 1}" if page < total_pages else None
    data = [wire.company(space, space.companies.get(one)) for one in chosen]
    return answer(
        {
            "type": "list",
            "data": data,
            "companies": data,
            "total_count": len(ids),
            "pages": {"type": "pages", "next": link, "page": page, "per_page": size, "total_pages": total_pages},
        }
    )


async def attach_company(request: Request) -> Response:
    """``POST /contacts/{id}/companies``."""
    body = await read(request)
    space = workspace(request)
    contact = _contact(request)
    if not body.get("id"):
        raise Refusal(400, "parameter_not_found", "company not specified")
    company = space.companies.get(str(body["id"]))
    if len(contact.company_ids or ()) >= MOST_COMPANIES:
        message = f"Contact has reached the maximum of {MOST_COMPANIES} company associations"
        raise Refusal(400, "contact_company_limit_exceeded", message)
    space.companies.attach(company, contact)
    space.contacts.touch(contact)
    return answer(wire.company(space, company))


async def detach_company(request: Request) -> Response:
    """``DELETE /contacts/{id}/companies/{company_id}``."""
    space = workspace(request)
    contact = _contact(request)
    company = space.companies.get(request.path_params["company_id"])
    space.companies.detach(company, contact)
    space.contacts.touch(contact)
    return answer(wire.company(space, company))


async def list_segments(request: Request) -> Response:
    """``GET /contacts/{id}/segments``."""
    space = workspace(request)
    found = segments_of(space, _contact(request))
    return answer({"type": "list", "data": [segment_document(space.rooms.segments[one]) for one in found]})


async def list_subscriptions(request: Request) -> Response:
    """``GET /contacts/{id}/subscriptions``."""
    space = workspace(request)
    held = _contact(request).subscriptions or {}
    return answer({"type": "list", "data": [subscription_document(space.rooms.subscriptions[one]) for one in held]})


async def attach_subscription(request: Request) -> Response:
    """``POST /contacts/{id}/subscriptions``."""
    body = await read(request)
    space = workspace(request)
    contact = _contact(request)
    number = str(require(body, "id"))
    known = space.rooms.subscriptions.get(int(number)) if number.isdigit() else None
    if known is None:
        raise not_found()
    contact.subscriptions = {**(contact.subscriptions or {}), known.id: str(require(body, "consent_type"))}
    return answer(subscription_document(known))


async def detach_subscription(request: Request) -> Response:
    """``DELETE /contacts/{id}/subscriptions/{subscription_id}``."""
    space = workspace(request)
    contact = _contact(request)
    number = request.path_params["subscription_id"]
    if not number.isdigit() or int(number) not in (contact.subscriptions or {}):
        raise not_found()
    held = dict(contact.subscriptions or {})
    del held[int(number)]
    contact.subscriptions = held
    return answer(subscription_document(space.rooms.subscriptions[int(number)]))


ROUTES = [
    Route("/contacts", list_contacts, methods=["GET"]),
    Route("/contacts", create_contact, methods=["POST"]),
    Route("/contacts/search", search_contacts, methods=["POST"]),
    Route("/contacts/merge", merge, methods=["POST"]),
    Route("/contacts/find_by_external_id/{id}", by_external_id, methods=["GET"]),
    Route("/contacts/{id}", get_contact, methods=["GET"]),
    Route("/contacts/{id}", update_contact, methods=["PUT", "PATCH"]),
    Route("/contacts/{id}", delete_contact, methods=["DELETE"]),
    Route("/contacts/{id}/archive", archive, methods=["POST"]),
    Route("/contacts/{id}/unarchive", unarchive, methods=["POST"]),
    Route("/contacts/{id}/block", block, methods=["POST"]),
    Route("/contacts/{id}/notes", list_notes, methods=["GET"]),
    Route("/contacts/{id}/notes", create_note, methods=["POST"]),
    Route("/contacts/{id}/tags", list_tags, methods=["GET"]),
    Route("/contacts/{id}/tags", attach_tag, methods=["POST"]),
    Route("/contacts/{id}/tags/{tag_id}", detach_tag, methods=["DELETE"]),
    Route("/contacts/{id}/companies", list_companies, methods=["GET"]),
    Route("/contacts/{id}/companies", attach_company, methods=["POST"]),
    Route("/contacts/{id}/companies/{company_id}", detach_company, methods=["DELETE"]),
    Route("/contacts/{id}/segments", list_segments, methods=["GET"]),
    Route("/contacts/{id}/subscriptions", list_subscriptions, methods=["GET"]),
    Route("/contacts/{id}/subscriptions", attach_subscription, methods=["POST"]),
    Route("/contacts/{id}/subscriptions/{subscription_id}", detach_subscription, methods=["DELETE"]),
]
