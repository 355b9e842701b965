"""Help center articles: list, get, search, create, update, delete."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tui.sandbox.errors import Refusal, invalid, not_found
from tui.sandbox.model import Article, Json
from tui.sandbox.routes.base import answer, read, require, text, workspace
from tui.sandbox.wire import articles as wire
from tui.sandbox.wire.paging import cursor, pages, per_page, read_cursor


def _article(request: Request) -> Article:
    number = request.path_params["id"]
    found = workspace(request).rooms.articles.get(int(number)) if number.isdigit() else None
    if found is None:
        raise not_found()
    return found


async def list_articles(request: Request) -> Response:
    """``GET /articles``, newest change first; by page or by cursor."""
    space = workspace(request)
    query = request.query_params
    size = per_page(query.get("per_page"), 25, 150)
    page = per_page(query.get("page"), 1, 1_000_000)
    if query.get("starting_after"):
        place = read_cursor(query["starting_after"], space.cursor_epoch)[0]
        page = place if isinstance(place, int) else 1
    found = sorted(space.rooms.articles.values(), key=lambda one: (-one.updated_at, one.id))
    following = cursor(space.cursor_epoch, page + 1, "articles") if page * size < len(found) else None
    return answer(
        {
            "type": "list",
            "data": [wire.article(one) for one in found[(page - 1) * size : page * size]],
            "total_count": len(found),
            "pages": pages(page, size, len(found), following),
        }
    )


async def get_article(request: Request) -> Response:
    """``GET /articles/{id}``."""
    return answer(wire.article(_article(request), statistics=True))


async def search_articles(request: Request) -> Response:
    """``GET /articles/search?phrase=…&state=…&highlight=true``: all words in title, description or body."""
    query = request.query_params
    phrase = query.get("phrase", "").lower()
    state = query.get("state", "all")
    if state not in ("published", "draft", "all"):
        raise invalid("state is invalid")
    found = [
        one
        for one in workspace(request).rooms.articles.values()
        if (state in ("all", one.state))
        and all(word in f"{one.title} {one.description} {one.body}".lower() for word in phrase.split())
    ]
    marked: list[Json] = []
    if query.get("highlight") == "true":
        marked = [wire.highlights(one, phrase) for one in found[:10]]
    return answer(
        {
            "type": "list",
            "total_count": len(found),
            "data": {"articles": [wire.article(one) for one in found[:10]], "highlights": marked},
            "pages": pages(1, 10, len(found), None),
        }
    )


_STATES = ("published", "draft")


def _fill(article: Article, body: Json) -> None:
    for name in ("title", "description", "body"):
        if body.get(name) is not None:
            setattr(article, name, text(body[name], name))
    if body.get("state") is not None:
        if body["state"] not in _STATES:
            raise invalid("state is invalid")
        article.state = body["state"]
    if "parent_id" in body:
        article.parent_id = None if body["parent_id"] is None else int(str(body["parent_id"]))
        article.parent_type = None if article.parent_id is None else str(body.get("parent_type") or "collection")


async def create_article(request: Request) -> Response:
    """``POST /articles``: needs a title and an author."""
    body = await read(request)
    space = workspace(request)
    title = text(require(body, "title"), "title")
    if body.get("author_id") is None:
        message = "author_id must be in the main body or default locale translated_content object"
        raise Refusal(400, "parameter_not_found", message)
    author = space.admin(body["author_id"])
    now = space.now()
    made = Article(max(space.rooms.articles, default=9_510_000) + 1, title, "", "", author.id, "draft", now, now)
    _fill(made, body)
    space.rooms.articles[made.id] = made
    return answer(wire.article(made, statistics=True))


async def update_article(request: Request) -> Response:
    """``PUT /articles/{id}``."""
    body = await read(request)
    space = workspace(request)
    article = _article(request)
    if body.get("author_id") is not None:
        article.author_id = space.admin(body["author_id"]).id
    _fill(article, body)
    article.updated_at = space.now()
    return answer(wire.article(article, statistics=True))


async def delete_article(request: Request) -> Response:
    """``DELETE /articles/{id}``."""
    article = _article(request)
    del workspace(request).rooms.articles[article.id]
    return answer({"id": str(article.id), "object": "article", "deleted": True})


ROUTES = [
    Route("/articles", list_articles, methods=["GET"]),
    Route("/articles", create_article, methods=["POST"]),
    Route("/articles/search", search_articles, methods=["GET"]),
    Route("/articles/{id}", get_article, methods=["GET"]),
    Route("/articles/{id}", update_article, methods=["PUT"]),
    Route("/articles/{id}", delete_article, methods=["DELETE"]),
]
