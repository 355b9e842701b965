"""Whose answer it is: Intercom's, or that of something on the way (a login page, a filter, a proxy).

What is not Intercom's is no verdict on a request. Whether such a request took effect is *unknown*: a filter may read an
answer before it replaces it, and the request has taken effect by then. Only where HTTP itself says that the request was
not passed on did it take none: 407 and 511 come from a proxy in place of forwarding (RFC 9110, 15.5.8; RFC 6585, 6),
307 and 308 ask for the same request elsewhere (RFC 9110, 15.4.8 and 15.4.9).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import msgspec

from tui.api.bounds import holds_too_much
from tui.model.labels import api_errors

__all__ = ["NOT_PASSED_ON", "what_answered", "what_came"]

NOT_PASSED_ON: Final = frozenset({307, 308, 407, 511})
"""Statuses that say that the request was not handed on."""

_OUR_OWN_TO_JUDGE: Final = frozenset({408, 429})
"""Statuses that mean the same whoever says so: try again later."""

_MARKS: Final = ("x-request-id", "x-intercom-version", "intercom-version", "x-ratelimit-limit")
"""Headers that Intercom puts on its answers, refusals without a body among them."""

_JSON: Final[dict[type[object], str]] = {list: api_errors.JSON_LIST, str: api_errors.JSON_TEXT}
_TITLE = re.compile(rb"<title[^>]*>([^<]{1,200})", re.IGNORECASE)


def what_answered(status: int, headers: Mapping[str, str], body: bytes) -> str:
    """What sent an answer, in a few words, where it plainly was not Intercom; ``""`` where it may have been.

    A 5xx is left to its status (whether it took effect is unknown either way), and so is a 2xx that is no page: whether
    its document fits is for whoever reads it.
    """
    if status < 300:
        return _page(headers, body)
    if status < 400:
        return api_errors.A_REDIRECT + _to(headers.get("location", ""))
    if status == 407:
        return api_errors.PROXY_WITH_LOGIN
    if status == 511:
        return api_errors.NETWORK_WITH_LOGIN
    if status >= 500 or status in _OUR_OWN_TO_JUDGE:
        return ""
    if page := _page(headers, body):
        return f"{page} ({status})"
    if _is_document(body) or any(headers.get(mark) for mark in _MARKS):
        return ""
    return f"{api_errors.TEXT if body.strip() else api_errors.NO_CONTENT} ({status})"


def what_came(body: bytes) -> str:
    """What a 2xx that could not be read was, where Intercom never answers so; ``""`` for a JSON object (or the
    beginning of one), which may be Intercom's own, cut short or odd."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return api_errors.NO_CONTENT
    if start.startswith(b"{"):
        return ""
    if start.startswith(b"<"):
        return _page({}, body)
    if holds_too_much(start):
        return ""
    try:
        value: object = msgspec.json.decode(start)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return "" if start.startswith(b"[") else api_errors.TEXT
    if value is None:
        return "“null”"
    return _JSON.get(type(value), api_errors.JSON_VALUE)


def _page(headers: Mapping[str, str], body: bytes) -> str:
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    says_html = kind in ("text/html", "application/xhtml+xml")
    if not start.startswith(b"<") and not (says_html and not start.startswith((b"{", b"["))):
        return ""
    title = _TITLE.search(body[:20_000])
    words = " ".join(title[1].decode("utf-8", "replace").split())[:60] if title else ""
    return api_errors.WEB_PAGE_CALLED.format(title=words) if words else api_errors.A_WEB_PAGE


def _to(address: str) -> str:
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    return f" to {host}" if host else ""


def _is_document(body: bytes) -> bool:
    """Whether a refusal's body is JSON that says something, which is more than a filter takes the trouble to."""
    if holds_too_much(body):
        return body.lstrip().startswith(b"{")
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return body.lstrip().startswith(b"{")
    return isinstance(value, dict | list | str)
