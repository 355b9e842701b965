"""What went wrong on the way, in a sentence for a person."""

from __future__ import annotations

from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx

from tui.api.decoding import decode_value
from tui.api.errors import AnswerError
from tui.model.labels import api_errors
from tui.text.sanitize import clean_line

__all__ = ["CONNECT_SECONDS", "failure_in_words", "read_error", "redirect_in_words", "status_in_words"]

CONNECT_SECONDS: Final = 5.0
"""How long a connection may take to be made."""

_STATUS_WORDS: Final = {
    400: api_errors.STATUS_400,
    401: api_errors.STATUS_401,
    403: api_errors.STATUS_403,
    404: api_errors.STATUS_404,
    409: api_errors.STATUS_409,
    422: api_errors.STATUS_422,
    429: api_errors.STATUS_429,
    500: api_errors.STATUS_500,
    502: api_errors.STATUS_502,
    503: api_errors.STATUS_503,
    504: api_errors.STATUS_504,
}


def status_in_words(status: int) -> str:
    """A sentence for an error status that came without one."""
    return _STATUS_WORDS.get(status, api_errors.STATUS_WITHOUT_REASON.format(status=status))


def failure_in_words(error: Exception, host: str, *, proxy: str = "", trust: str = "") -> str:
    """A sentence for a request that ``host`` never answered.

    ``proxy`` names what sets the proxy on the way, where the request did not get past it; ``trust`` the variable that
    sets whom to trust (``""``: none).
    """
    whom = api_errors.CERTIFICATES_SET_IN.format(variable=trust) if trust else ""
    if proxy:
        return _proxy_in_words(error, host, api_errors.THE_PROXY.format(proxy=proxy), whom)
    if isinstance(error, httpx.ConnectTimeout):
        return api_errors.NO_ANSWER_WITHIN.format(host=host, seconds=CONNECT_SECONDS)
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return api_errors.TOOK_TOO_LONG.format(host=host)
    if isinstance(error, httpx.ConnectError):
        text = str(error).lower()
        if "certificate" in text or "ssl" in text:
            return api_errors.NOT_VERIFIED.format(host=host, certificates=whom)
        if "name" in text or "address" in text or "getaddrinfo" in text:
            return api_errors.CANNOT_RESOLVE.format(host=host)
        return api_errors.CANNOT_BE_REACHED.format(host=host)
    if isinstance(error, httpx.DecodingError):
        return api_errors.COMPRESSED_NOT_READ.format(host=host)
    return api_errors.CONNECTION_BROKE.format(host=host)


def _proxy_in_words(error: Exception, host: str, proxy: str, whom: str) -> str:
    """A sentence for a request that did not get past a proxy."""
    if isinstance(error, httpx.ProxyError):
        return api_errors.PROXY_DOES_NOT_ALLOW.format(
            proxy=proxy, host=host, reason=str(error).strip(". ") or api_errors.NO_REASON_GIVEN
        )
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return api_errors.PROXY_NOT_IN_TIME.format(proxy=proxy)
    if isinstance(error, httpx.ConnectError):
        text = str(error).lower()
        if "certificate" in text or "ssl" in text:
            return api_errors.PROXY_NOT_VERIFIED.format(
                host=host, proxy=proxy[:1].lower() + proxy[1:], certificates=whom
            )
        unknown = "name" in text or "address" in text or "getaddrinfo" in text
        return (api_errors.PROXY_NOT_FOUND if unknown else api_errors.PROXY_NOT_REACHED).format(proxy=proxy)
    return api_errors.PROXY_BROKE_OFF.format(proxy=proxy)


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
        return api_errors.REQUIRES_HTTPS.format(host=host)
    if target == host:
        return api_errors.REDIRECTS_TO_ITSELF.format(host=host)
    if all(name.endswith(".intercom.io") for name in (host, target)):
        return api_errors.REDIRECTS_TO_REGION.format(host=host, where=where)
    return api_errors.REDIRECTS_ELSEWHERE.format(host=host, where=where)


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
