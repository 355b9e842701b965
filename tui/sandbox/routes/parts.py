"""Replies, notes, closes, snoozes, assignments: ``/conversations/{id}/reply`` and ``/conversations/{id}/parts``."""

from __future__ import annotations

import uuid

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tui.sandbox.errors import Refusal, invalid, not_found
from tui.sandbox.model import Conversation, Json
from tui.sandbox.routes.base import (
    acting_admin,
    answer,
    as_html,
    attachments,
    person,
    read,
    require,
    seconds,
    text,
    workspace,
)
from tui.sandbox.wire.conversations import whole

_FURTHEST_SNOOZE = 366 * 86_400


def quick_replies(body: Json) -> tuple[tuple[str, str], ...]:
    """The ``reply_options`` of a quick reply as (text, uuid)."""
    options = body.get("reply_options")
    if not isinstance(options, list) or not options:
        raise invalid("reply_options must be an array")
    made: list[tuple[str, str]] = []
    for option in options:
        if not isinstance(option, dict):
            raise invalid("reply_options must be objects")
        try:
            key = str(uuid.UUID(str(option.get("uuid"))))
        except ValueError:
            raise invalid("uuid is not valid") from None
        made.append((text(option.get("text"), "text"), key))
    return tuple(made)


def _spoken(body: Json) -> str | None:
    """The body as Intercom keeps it; None when nothing was said."""
    given = body.get("body")
    if given is None or given == "":
        return None
    return as_html(text(given)) or None


async def _reply(request: Request, body: Json, conversation: Conversation | None) -> Response:
    space = workspace(request)
    kind, sender = body.get("message_type"), body.get("type")
    if kind not in ("comment", "note", "quick_reply"):
        raise invalid("message_type is invalid")
    files = attachments(body)
    words = _spoken(body)
    if kind == "quick_reply":
        options = quick_replies(body)
        words = options[0][0] if sender == "user" else None
    else:
        options = ()
        if words is None and not files:
            raise invalid("Body is required")
    at = seconds(body["created_at"], "created_at") if body.get("created_at") is not None else None
    if sender == "user":
        contact = person(request, body)
        if conversation is None:
            known = space.conversations.by_contact.get(contact.id, ())
            conversation = max(known, key=lambda one: one.updated_at, default=None)
            if conversation is None:
                raise not_found()
        if kind == "note":
            raise invalid("message_type is invalid")
        space.conversations.contact_reply(conversation, contact, words, at=at, attachments=files, quick_replies=options)
    elif sender == "admin" and conversation is not None:
        author = acting_admin(request, body)
        space.conversations.admin_reply(
            conversation,
            int(author.id),
            words,
            note=kind == "note",
            at=at,
            attachments=files,
            quick_replies=options,
        )
    else:
        raise invalid("type is invalid")
    return answer(whole(space, conversation))


async def reply(request: Request) -> Response:
    """``POST /conversations/{id}/reply``; the id may be ``last`` for a contact's newest conversation."""
    body = await read(request)
    name = request.path_params["id"]
    conversation = None if name == "last" else workspace(request).conversations.get(name)
    return await _reply(request, body, conversation)


async def manage(request: Request) -> Response:
    """``POST /conversations/{id}/parts``: close, snoozed, open, assignment; comments and notes are let pass."""
    body = await read(request)
    space = workspace(request)
    conversation = space.conversations.get(request.path_params["id"])
    kind = require(body, "message_type")
    if kind in ("comment", "note"):
        return await _reply(request, body, conversation)
    author = acting_admin(request, body)
    if kind == "close":
        space.conversations.close(conversation, author, _spoken(body))
    elif kind == "open":
        space.conversations.open(conversation, author)
    elif kind == "snoozed":
        until = seconds(require(body, "snoozed_until"), "snoozed_until")
        if until > space.now() + _FURTHEST_SNOOZE:
            raise invalid("snoozed_until is too far away", status=422)
        space.conversations.snooze(conversation, author, until)
    elif kind == "assignment":
        given = str(require(body, "assignee_id"))
        if not given.isdigit():
            raise Refusal(404, "assignee_not_found", "Assignee not found")
        target = "team" if body.get("type") == "team" else "admin"
        space.conversations.assign(conversation, author, target, int(given), _spoken(body))
    else:
        raise invalid("message_type is invalid")
    return answer(whole(space, conversation))


ROUTES = [
    Route("/conversations/{id}/reply", reply, methods=["POST"]),
    Route("/conversations/{id}/parts", manage, methods=["POST"]),
]
