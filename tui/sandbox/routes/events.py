"""Events: track one, list a contact's, or their summary."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tui.sandbox.errors import Refusal, invalid
from tui.sandbox.model import Contact, Event, Json
from tui.sandbox.routes.base import answer, person, read, require, seconds, text, workspace


async def track(request: Request) -> Response:
    """``POST /events``: 202 and no body. The contact goes by ``id``, ``user_id`` or ``email``."""
    body = await read(request)
    space = workspace(request)
    name = text(require(body, "event_name"), "event_name")
    at = seconds(require(body, "created_at"), "created_at")
    metadata = body.get("metadata") or {}
    if not isinstance(metadata, dict):
        raise invalid("metadata must be an object")
    if at > space.now() + 60:
        raise invalid("created_at must be in the past", status=422)
    contact = person(request, {"intercom_user_id": body.get("id"), **body})
    space.events.track(contact, name, at, metadata)
    return Response(b"", 202)


def _document(event: Event, contact: Contact) -> Json:
    made: Json = {
        "type": "event",
        "id": event.id,
        "event_name": event.event_name,
        "created_at": event.created_at,
        "intercom_user_id": contact.id,
        "email": contact.email or "",
        "metadata": {name: str(value) for name, value in event.metadata.items()},
    }
    if contact.external_id is not None:
        made["user_id"] = contact.external_id
    return made


async def list_events(request: Request) -> Response:
    """``GET /events?type=user&intercom_user_id=…``, newest first; ``summary=true`` counts them by name."""
    query = request.query_params
    space = workspace(request)
    if query.get("type") != "user":
        raise Refusal(400, "parameter_invalid", "type must be user")
    contact = person(request, dict(query))
    events = space.events.of(contact)
    if query.get("summary") == "true":
        return answer(
            {
                "type": "event.summary",
                "email": contact.email or "",
                "intercom_user_id": contact.id,
                "user_id": contact.external_id or "",
                "events": _summary(events),
            }
        )
    size = min(int(query.get("per_page", "50")) if query.get("per_page", "50").isdigit() else 50, 50)
    before = query.get("before", "")
    if before.isdigit():
        events = [event for event in events if event.created_at < int(before)]
    shown = events[:size]
    made: Json = {"type": "event.list", "events": [_document(event, contact) for event in shown], "pages": {}}
    if len(events) > size:
        link = f"{space.base_url}/events?type=user&intercom_user_id={contact.id}&before={shown[-1].created_at}"
        made["pages"] = {"next": link}
    return answer(made)


def _summary(events: list[Event]) -> list[Json]:
    by_name: dict[str, list[int]] = {}
    for event in events:
        by_name.setdefault(event.event_name, []).append(event.created_at)
    return [
        {"name": name, "first": str(min(times)), "last": str(max(times)), "count": len(times), "description": ""}
        for name, times in by_name.items()
    ]


async def summaries(request: Request) -> Response:
    """``POST /events/summaries``: taken in, answered with nothing."""
    body = await read(request)
    person(request, body)
    if not isinstance(body.get("event_summaries"), dict):
        raise invalid("event_summaries must be an object")
    return Response(b"", 200)


ROUTES = [
    Route("/events", track, methods=["POST"]),
    Route("/events", list_events, methods=["GET"]),
    Route("/events/summaries", summaries, methods=["POST"]),
]
