"""What went wrong on the way, in a sentence for a person."""

from __future__ import annotations

from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx

from tui.api.decoding import decode_value
from tui.api.errors import AnswerError
from tui.text.sanitize import clean_line

__all__ = ["CONNECT_SECONDS", "failure_in_words", "read_error", "redirect_in_words", "status_in_words"]

CONNECT_SECONDS: Final = 5.0
"""How long a connection may take to be made."""

_STATUS_WORDS: Final = {
    400: "Intercom did not understand the request.",
    401: "Intercom does not accept this access token.",
    403: "This access token is not allowed to do that.",
    404: "Intercom has nothing with that ID.",
    409: "Intercom rejected it: it conflicts with existing data.",
    422: "Intercom rejected it: something in the request is not valid.",
    429: "Intercom's rate limit is reached.",
    500: "Intercom failed (500).",
    502: "Intercom could not be reached behind its gateway (502).",
    503: "Intercom is not available (503).",
    504: "Intercom did not answer its gateway in time (504).",
}


def status_in_words(status: int) -> str:
    """A sentence for an error status that came without one."""
    return _STATUS_WORDS.get(status, f"Intercom answered {status} without a reason.")


def failure_in_words(error: Exception, host: str, *, proxy: str = "", trust: str = "") -> str:
    """A sentence for a request that ``host`` never answered.

    ``proxy`` names what sets the proxy on the way, where the request did not get past it; ``trust`` the variable that
    sets whom to trust (``""``: none).
    """
    whom = f"; trusted certificates are set in {trust}" if trust else ""
    if proxy:
        return _proxy_in_words(error, host, f"The proxy set in {proxy}", whom)
    if isinstance(error, httpx.ConnectTimeout):
        return f"{host} did not answer within {CONNECT_SECONDS:.0f} seconds."
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return f"{host} took too long to answer."
    if isinstance(error, httpx.ConnectError):
        text = str(error).lower()
        if "certificate" in text or "ssl" in text:
            return f"{host} could not be verified (TLS{whom})."
        if "name" in text or "address" in text or "getaddrinfo" in text:
            return f"Cannot resolve {host}. Check the network connection."
        return f"{host} cannot be reached."
    if isinstance(error, httpx.DecodingError):
        return f"{host} sent a compressed answer that cannot be read."
    return f"The connection to {host} broke."


def _proxy_in_words(error: Exception, host: str, proxy: str, whom: str) -> str:
    """A sentence for a request that did not get past a proxy."""
    if isinstance(error, httpx.ProxyError):
        return f"{proxy} does not allow connections to {host} ({str(error).strip('. ') or 'no reason given'})."
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return f"{proxy} did not answer in time."
    if isinstance(error, httpx.ConnectError):
        text = str(error).lower()
        if "certificate" in text or "ssl" in text:
            return f"{host} could not be verified, or {proxy[:1].lower()}{proxy[1:]} does not (TLS{whom})."
        unknown = "name" in text or "address" in text or "getaddrinfo" in text
        return f"{proxy} cannot be {'found' if unknown else 'reached'}: correct or unset it."
    return f"{proxy} broke the connection off."


def redirect_in_words(base_url: str, location: str, where: str) -> str:
    """A sentence for a redirect of ``base_url`` to ``location``, which nobody followed. ``where`` is its host as it may
    be shown: what stands in an address may hold anything."""
    here = urlsplit(base_url)
    host = here.hostname or ""
    try:
        there = urlsplit(urljoin(f"{base_url}/", location))
        target, scheme = (there.hostname or "", there.scheme) if location else ("", "")
    except ValueError:
        target, scheme = "", ""
    if target == host and here.scheme == "http" and scheme == "https":
        return f"{host} requires https: begin its address with https://."
    if target == host:
        return f"{host} redirects to another of its own addresses: is the API's address complete?"
    if all(name.endswith(".intercom.io") for name in (host, target)):
        return f"{host} redirects to {where}, where the token is not sent: is the region right?"
    return (
        f"{host} redirects to {where}, where the token is not sent: "
        "is there a login page or a proxy on the way, or is the address or region wrong?"
    )


_SAYING: Final = ("errors", "message", "messages", "error_description", "detail", "details", "error", "reason", "title")
"""Where error bodies keep their words: Intercom's own, OAuth's, RFC 9457's."""
_DEEPEST: Final = 8
_MOST: Final = 5


def read_error(body: bytes) -> tuple[str, str, str]:
    """Code, message and request id of an error's body; empty where there is none.

    Intercom's is an ``error.list`` (``components/schemas/error``); others are a text, a list, objects within objects.
    """
    try:
        value = decode_value(body)
    except AnswerError:
        return "", _plain_text(body), ""
    request_id = value.get("request_id") if isinstance(value, dict) else ""
    code = _code(value, 0)
    said = list(dict.fromkeys(_said(value, 0)))[:_MOST]
    return code, "; ".join(said) or code.replace("_", " "), request_id if isinstance(request_id, str) else ""


def _said(value: object, depth: int) -> list[str]:
    """What is said anywhere in an error's body, in order."""
    if depth > _DEEPEST:
        return []
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, list):
        return [words for each in value[:_MOST] for words in _said(each, depth + 1)]
    if not isinstance(value, dict):
        return []
    for key in _SAYING:
        if found := _said(value.get(key), depth + 1):
            return found
    if depth and "code" not in value and "type" not in value:
        # what is wrong by field: {"email": ["is taken"]}
        return [f"{key} {words}" for key, each in list(value.items())[:_MOST] for words in _said(each, depth + 1)]
    return []


def _code(value: object, depth: int) -> str:
    """The first code anywhere in an error's body."""
    if depth > _DEEPEST:
        return ""
    if isinstance(value, list):
        return next((code for each in value[:_MOST] if (code := _code(each, depth + 1))), "")
    if not isinstance(value, dict):
        return ""
    if isinstance(value.get("code"), str):
        return str(value["code"])
    return _code(value.get("errors"), depth + 1) or _code(value.get("error"), depth + 1)


def _plain_text(body: bytes) -> str:
    """The first line of a body that is a text; ``""`` for a page and for a document that was cut short."""
    text = body[:2_000].decode("utf-8", "replace").strip()
    if not text or text[0] in "<{[" or "\ufffd" in text:
        return ""
    return clean_line(text.splitlines()[0])[:200]
