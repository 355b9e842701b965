"""What every operation needs: the workspace behind the request, its JSON body, and the answer."""

from __future__ import annotations

import asyncio
import base64
import binascii
import html
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from tui.sandbox.errors import Refusal, invalid, not_found
from tui.sandbox.model import Attachment, Author, Contact, Json
from tui.sandbox.search.run import Searcher
from tui.sandbox.workspace import Workspace

MOST_ATTACHMENTS = 10
_encode = msgspec.json.Encoder().encode


@dataclass(slots=True)
class Desk:
    """What an application serves."""

    workspace: Workspace
    searcher: Searcher
    writing: asyncio.Task[None] | None = None  # the next page, being rendered ahead


def desk(request: Request) -> Desk:
    """The desk of this application."""
    found: Desk = request.app.state.desk
    return found


def workspace(request: Request) -> Workspace:
    """The workspace of this application."""
    return desk(request).workspace


def answer(document: object, status: int = 200) -> Response:
    """A JSON answer."""
    return Response(_encode(document), status, media_type="application/json; charset=utf-8")


def encode(document: object) -> bytes:
    """A document as JSON."""
    return _encode(document)


async def read(request: Request) -> Json:
    """The JSON object sent; an empty body is an empty object; 400 for anything else."""
    body = await request.body()
    if not body.strip():
        return {}
    try:
        document = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refusal(400, "client_error", "The request body is not valid JSON") from None
    if not isinstance(document, dict):
        raise Refusal(400, "client_error", "The request body must be a JSON object")
    return document


def require(body: Json, name: str) -> object:
    """A parameter that must be there."""
    value = body.get(name)
    if value is None or value == "":
        raise Refusal(400, "parameter_not_found", f"{name} not specified")
    return value


def acting_admin(request: Request, body: Json) -> Author:
    """The admin named by ``admin_id``, which must be given."""
    return workspace(request).acting(require(body, "admin_id"))


def text(value: object, name: str = "body") -> str:
    """A string parameter."""
    if not isinstance(value, str):
        raise invalid(f"{name} must be a string")
    return value


def seconds(value: object, name: str) -> int:
    """A Unix time in seconds (milliseconds are refused); digits in a string will do."""
    if isinstance(value, str) and value.isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 20_000_000_000:
        raise invalid(f"{name} must be a UNIX timestamp in seconds")
    return value


_WRAPPERS = re.compile(r"</?(?:html|body|head)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!]")


def as_html(body: str) -> str:
    """What Intercom keeps of a body: HTML as it is, plain text in paragraphs."""
    if _TAG.search(body):
        return _WRAPPERS.sub("", body).strip()
    paragraphs = [part for part in re.split(r"\n{2,}", body.strip()) if part]
    return "\n".join(f"<p>{html.escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in paragraphs)


def attachments(body: Json) -> tuple[Attachment, ...]:
    """What ``attachment_urls`` and ``attachment_files`` bring."""
    urls, files = body.get("attachment_urls") or [], body.get("attachment_files") or []
    if not isinstance(urls, list) or not isinstance(files, list):
        raise invalid("attachments must be arrays")
    if len(urls) > MOST_ATTACHMENTS or len(files) > MOST_ATTACHMENTS:
        raise invalid(f"A maximum of {MOST_ATTACHMENTS} attachments is allowed")
    made: list[Attachment] = []
    for url in urls:
        name = unquote(urlsplit(text(url, "attachment_urls")).path.rpartition("/")[2]) or "file"
        made.append(Attachment(name, _kind_of(name), 2048))
    for file in files:
        if not isinstance(file, dict) or not all(
            isinstance(file.get(k), str) for k in ("name", "content_type", "data")
        ):
            raise invalid("attachment_files need name, content_type and data")
        try:
            size = len(base64.b64decode(file["data"], validate=True))
        except (binascii.Error, ValueError):
            raise invalid("attachment data must be base64") from None
        made.append(Attachment(file["name"], file["content_type"], size))
    return tuple(made)


_KINDS = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "pdf": "application/pdf", "txt": "text/plain"}


def _kind_of(name: str) -> str:
    return _KINDS.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def person(request: Request, body: Json) -> Contact:
    """The contact that ``intercom_user_id``, ``user_id`` or ``email`` names."""
    contacts = workspace(request).contacts
    if body.get("intercom_user_id"):
        return contacts.get(str(body["intercom_user_id"]))
    found = None
    if body.get("user_id"):
        found = contacts.by(external_id=str(body["user_id"]))
    elif body.get("email"):
        found = contacts.by(email=str(body["email"]))
    else:
        raise Refusal(400, "parameter_not_found", "intercom_user_id, user_id or email not specified")
    if found is None:
        raise not_found("User Not Found")
    return found
