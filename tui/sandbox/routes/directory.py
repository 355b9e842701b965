"""Admins, teams, tags, segments, data attributes, away reasons, subscription types."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tui.sandbox.errors import Refusal, invalid, not_found
from tui.sandbox.model import Contact, DataAttribute, Json, TagMark
from tui.sandbox.routes.base import answer, read, require, text, workspace
from tui.sandbox.search.fields import segments_of
from tui.sandbox.wire import directory as wire


async def me(request: Request) -> Response:
    """``GET /me``."""
    return answer(wire.me(workspace(request)))


async def list_admins(request: Request) -> Response:
    """``GET /admins``."""
    admins = workspace(request).rooms.admins.values()
    return answer({"type": "admin.list", "admins": [wire.admin(one) for one in admins]})


async def get_admin(request: Request) -> Response:
    """``GET /admins/{id}``."""
    return answer(wire.admin(workspace(request).admin(request.path_params["id"])))


async def set_away(request: Request) -> Response:
    """``PUT /admins/{id}/away``."""
    body = await read(request)
    space = workspace(request)
    try:
        admin = space.admin(request.path_params["id"])
    except Refusal:
        raise not_found("Admin for admin_id not found", "admin_not_found") from None
    for name in ("away_mode_enabled", "away_mode_reassign"):
        if not isinstance(require(body, name), bool):
            raise invalid(f"{name} must be a boolean")
    reason = body.get("away_status_reason_id")
    if reason is not None and int(str(reason)) not in space.rooms.away_reasons:
        raise invalid("Away status reason is deleted")
    admin.away_mode_enabled = body["away_mode_enabled"]
    admin.away_mode_reassign = body["away_mode_reassign"]
    admin.away_status_reason_id = None if reason is None or not admin.away_mode_enabled else int(str(reason))
    return answer(wire.admin(admin))


async def list_away_reasons(request: Request) -> Response:
    """``GET /away_status_reasons``: a bare array, as Intercom's example shows, or a list object; we give the latter."""
    space = workspace(request)
    reasons = enumerate(space.rooms.away_reasons.values(), 1)
    data = [wire.away_reason(one, order, space.started_at) for order, one in reasons]
    return answer({"type": "list", "data": data})


async def list_teams(request: Request) -> Response:
    """``GET /teams``."""
    teams = workspace(request).rooms.teams.values()
    return answer({"type": "team.list", "teams": [wire.team(one) for one in teams]})


async def get_team(request: Request) -> Response:
    """``GET /teams/{id}``."""
    number = request.path_params["id"]
    found = workspace(request).rooms.teams.get(int(number)) if number.isdigit() else None
    if found is None:
        raise not_found("Team not found", "team_not_found")
    return answer(wire.team(found))


async def list_tags(request: Request) -> Response:
    """``GET /tags``."""
    tags = workspace(request).rooms.tags.values()
    return answer({"type": "list", "data": [wire.tag_basic(one) for one in tags]})


async def get_tag(request: Request) -> Response:
    """``GET /tags/{id}``."""
    return answer(wire.tag_basic(workspace(request).tag(request.path_params["id"])))


async def create_tag(request: Request) -> Response:
    """``POST /tags``: make, rename (with ``id``), or tag and untag companies and users by name."""
    body = await read(request)
    space = workspace(request)
    name = body.get("name")
    if not isinstance(name, str) or not name.strip():
        raise invalid("invalid tag parameters")
    if body.get("id") is not None:
        tag = space.tag(body["id"])
        tag.name = name
        space.conversations.rendered.clear()
        return answer(wire.tag_basic(tag))
    tag = space.tag_named(name.strip())
    for item in body.get("companies") or ():
        company = (
            space.companies.get(str(item["id"]))
            if item.get("id")
            else space.companies.by(company_id=str(item.get("company_id")))
        )
        if company is None:
            raise not_found("Company Not Found", "company_not_found")
        company.tags = [mark for mark in company.tags if mark.tag_id != tag.id]
        if not item.get("untag"):
            company.tags.append(TagMark(tag.id, space.now(), space.me.id))
    for item in body.get("users") or ():
        _tag_user(space.contacts.get(str(item.get("id"))), TagMark(tag.id, space.now(), space.me.id), item)
    return answer(wire.tag_basic(tag))


def _tag_user(contact: Contact, mark: TagMark, item: Json) -> None:
    contact.tags = [known for known in contact.tags or () if known.tag_id != mark.tag_id]
    if not item.get("untag"):
        contact.tags.append(mark)


async def delete_tag(request: Request) -> Response:
    """``DELETE /tags/{id}``: answers 200 with no body."""
    space = workspace(request)
    space.untag_everywhere(space.tag(request.path_params["id"]))
    return Response(b"", 200)


async def list_segments(request: Request) -> Response:
    """``GET /segments``, counted with ``include_count=true``."""
    space = workspace(request)
    counts: dict[str, int] = {}
    counted = request.query_params.get("include_count") == "true"
    if counted:
        counts = dict.fromkeys(space.rooms.segments, 0)
        for contact in space.contacts:
            for segment_id in segments_of(space, contact):
                counts[segment_id] += 1
    data = [wire.segment(one, counts.get(one.id)) for one in space.rooms.segments.values()]
    return answer({"type": "segment.list", "segments": data})


async def get_segment(request: Request) -> Response:
    """``GET /segments/{id}``."""
    found = workspace(request).rooms.segments.get(request.path_params["id"])
    if found is None:
        raise not_found()
    return answer(wire.segment(found))


async def list_attributes(request: Request) -> Response:
    """``GET /data_attributes``, of one model when asked."""
    query = request.query_params
    model, archived = query.get("model"), query.get("include_archived") == "true"
    found = [
        one
        for one in workspace(request).rooms.attributes.values()
        if model in (None, one.model) and (archived or not one.archived)
    ]
    return answer({"type": "list", "data": [wire.attribute(one) for one in found]})


_DATA_TYPES = ("string", "integer", "float", "boolean", "datetime", "date", "options")


async def create_attribute(request: Request) -> Response:
    """``POST /data_attributes``."""
    body = await read(request)
    space = workspace(request)
    name = text(require(body, "name"), "name")
    if body.get("model") not in ("contact", "company"):
        raise invalid("The Data Attribute model field must be either contact or company")
    if body.get("data_type") not in _DATA_TYPES:
        raise invalid("Data Type isn't an option")
    if not re.fullmatch(r"[\w \-$€£]+", name):
        raise invalid(
            "Your name for this attribute must only contain alphanumeric characters, currency symbols, and hyphens"
        )
    if any(one.name == name and one.model == body["model"] for one in space.rooms.attributes.values()):
        kind = "people" if body["model"] == "contact" else "company"
        message = (
            f"You already have '{name}' in your {kind} data. To save this as new {kind} data, use a different name."
        )
        raise invalid(message)
    options: list[str] | None = None
    if body["data_type"] == "options":
        options = _options(body)
    now = space.now()
    made = DataAttribute(
        max(space.rooms.attributes, default=33_800) + 1,
        body["model"],
        name,
        f"custom_attributes.{name}",
        name,
        str(body.get("description") or ""),
        {"options": "string", "datetime": "date"}.get(str(body["data_type"]), str(body["data_type"])),
        True,
        True,
        bool(body.get("messenger_writable")),
        True,
        False,
        now,
        now,
        space.me.id,
        options,
    )
    space.rooms.attributes[made.id] = made
    return answer(wire.attribute(made))


def _options(body: Json) -> list[str]:
    options = body.get("options")
    if not isinstance(options, list):
        raise invalid("Options isn't an array")
    if len(options) < 2:
        raise invalid("The Data Attribute needs at least two options")
    return [str(one.get("value")) if isinstance(one, dict) else str(one) for one in options]


async def update_attribute(request: Request) -> Response:
    """``PUT /data_attributes/{id}``."""
    body = await read(request)
    number = request.path_params["id"]
    found = workspace(request).rooms.attributes.get(int(number)) if number.isdigit() else None
    if found is None or not found.custom:
        raise not_found("We couldn't find that data attribute to update", "field_not_found")
    if "archived" in body:
        found.archived = bool(body["archived"])
    if isinstance(body.get("description"), str):
        found.description = body["description"]
    if "options" in body:
        found.options = _options(body)
    found.updated_at = workspace(request).now()
    return answer(wire.attribute(found))


async def list_subscription_types(request: Request) -> Response:
    """``GET /subscription_types``."""
    found = workspace(request).rooms.subscriptions.values()
    return answer({"type": "list", "data": [wire.subscription(one) for one in found]})


ROUTES = [
    Route("/me", me, methods=["GET"]),
    Route("/admins", list_admins, methods=["GET"]),
    Route("/admins/{id}", get_admin, methods=["GET"]),
    Route("/admins/{id}/away", set_away, methods=["PUT"]),
    Route("/away_status_reasons", list_away_reasons, methods=["GET"]),
    Route("/teams", list_teams, methods=["GET"]),
    Route("/teams/{id}", get_team, methods=["GET"]),
    Route("/tags", list_tags, methods=["GET"]),
    Route("/tags", create_tag, methods=["POST"]),
    Route("/tags/{id}", get_tag, methods=["GET"]),
    Route("/tags/{id}", delete_tag, methods=["DELETE"]),
    Route("/segments", list_segments, methods=["GET"]),
    Route("/segments/{id}", get_segment, methods=["GET"]),
    Route("/data_attributes", list_attributes, methods=["GET"]),
    Route("/data_attributes", create_attribute, methods=["POST"]),
    Route("/data_attributes/{id}", update_attribute, methods=["PUT"]),
    Route("/subscription_types", list_subscription_types, methods=["GET"]),
]
