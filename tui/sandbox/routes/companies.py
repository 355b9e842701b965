"""Companies: create or update, get, list, scroll, delete, contacts, segments."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tui.sandbox.errors import Refusal, invalid, not_found
from tui.sandbox.model import Company, Json
from tui.sandbox.routes.base import answer, read, workspace
from tui.sandbox.wire import contacts as wire
from tui.sandbox.wire.paging import cursor, pages, per_page, read_cursor
from tui.sandbox.workspace import Workspace


def _check(fields: Json) -> None:
    for name in ("name", "company_id", "plan", "website", "industry"):
        if fields.get(name) is not None and not isinstance(fields[name], (str, int)):
            raise invalid(f"{name} must be a string")
    for name in ("size", "remote_created_at", "monthly_spend"):
        value = fields.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
            raise invalid(f"{name} must be a number")
        if isinstance(value, float):
            fields[name] = int(value)
    if fields.get("custom_attributes") is not None and not isinstance(fields["custom_attributes"], dict):
        raise invalid("custom_attributes must be an object")


async def put_company(request: Request) -> Response:
    """``POST /companies``: make, or change the one with that ``company_id``."""
    body = await read(request)
    _check(body)
    space = workspace(request)
    return answer(wire.company(space, space.companies.put(body)))


def _list(space: Workspace, found: list[Company], page: int, size: int) -> Response:
    following = cursor(space.cursor_epoch, page + 1, "companies") if page * size < len(found) else None
    return answer(
        {
            "type": "list",
            "data": [wire.company(space, one) for one in found[(page - 1) * size : page * size]],
            "total_count": len(found),
            "pages": pages(page, size, len(found), following),
        }
    )


def _place(request: Request) -> tuple[int, int]:
    """The page asked for, by number or by cursor, and its size."""
    query = request.query_params
    size = per_page(query.get("per_page"), 15, 60)
    after = query.get("starting_after")
    if after:
        place = read_cursor(after, workspace(request).cursor_epoch)[0]
        return (place if isinstance(place, int) else 1), size
    return per_page(query.get("page"), 1, 1_000_000), size


async def list_companies(request: Request) -> Response:
    """``GET /companies``: one by ``name`` or ``company_id``, else a page of all, of a tag or of a segment."""
    space = workspace(request)
    query = request.query_params
    name, company_id = query.get("name"), query.get("company_id")
    if name or company_id:
        found = space.companies.by(name=name, company_id=company_id)
        if found is None:
            raise not_found("Company Not Found", "company_not_found")
        return answer(wire.company(space, found))
    tag_id = query.get("tag_id")
    companies = [one for one in space.companies if not tag_id or any(str(mark.tag_id) == tag_id for mark in one.tags)]
    return _list(space, companies, *_place(request))


async def list_all(request: Request) -> Response:
    """``POST /companies/list``, newest last seen first unless ``order=asc``."""
    space = workspace(request)
    descending = request.query_params.get("order") != "asc"
    companies = sorted(space.companies, key=lambda one: one.last_request_at or 0, reverse=descending)
    return _list(space, companies, *_place(request))


async def scroll(request: Request) -> Response:
    """``GET /companies/scroll``: a hundred at a time; an empty page ends it."""
    space = workspace(request)
    param = request.query_params.get("scroll_param")
    start = 0
    if param:
        try:
            place = read_cursor(param, space.cursor_epoch)[0]
        except Refusal:
            raise Refusal(404, "not_found", "scroll parameter not found") from None
        start = place if isinstance(place, int) else 0
    companies = list(space.companies)[start : start + 100]
    return answer(
        {
            "type": "list",
            "data": [wire.company(space, one) for one in companies],
            "pages": None,
            "total_count": None,
            "scroll_param": cursor(space.cursor_epoch, start + len(companies), "scroll"),
        }
    )


def _company(request: Request) -> Company:
    return workspace(request).companies.get(request.path_params["id"])


async def get_company(request: Request) -> Response:
    """``GET /companies/{id}``."""
    return answer(wire.company(workspace(request), _company(request)))


async def update_company(request: Request) -> Response:
    """``PUT /companies/{id}``."""
    body = await read(request)
    _check(body)
    space = workspace(request)
    company = _company(request)
    space.companies.update(company, body)
    return answer(wire.company(space, company))


async def delete_company(request: Request) -> Response:
    """``DELETE /companies/{id}``."""
    company = _company(request)
    workspace(request).forget_company(company)
    return answer({"id": company.id, "object": "company", "deleted": True})


async def list_contacts(request: Request) -> Response:
    """``GET /companies/{id}/contacts``."""
    space = workspace(request)
    ids = _company(request).contact_ids
    page, size = _place(request)
    chosen = [space.contacts.get(one) for one in ids[(page - 1) * size : page * size]]
    return answer(
        {
            "type": "list",
            "data": [wire.contact(space, one) for one in chosen],
            "total_count": len(ids),
            "pages": pages(page, size, len(ids), None),
        }
    )


async def list_segments(request: Request) -> Response:
    """``GET /companies/{id}/segments``: companies are in none."""
    _company(request)
    return answer({"type": "list", "data": []})


ROUTES = [
    Route("/companies", put_company, methods=["POST"]),
    Route("/companies", list_companies, methods=["GET"]),
    Route("/companies/list", list_all, methods=["POST"]),
    Route("/companies/scroll", scroll, methods=["GET"]),
    Route("/companies/{id}", get_company, methods=["GET"]),
    Route("/companies/{id}", update_company, methods=["PUT"]),
    Route("/companies/{id}", delete_company, methods=["DELETE"]),
    Route("/companies/{id}/contacts", list_contacts, methods=["GET"]),
    Route("/companies/{id}/segments", list_segments, methods=["GET"]),
]
