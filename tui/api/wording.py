"""What went wrong on the way, in a sentence for a person."""

from __future__ import annotations

from typing import Final

import httpx

from tui.api.decoding import decode_value
from tui.api.errors import AnswerError

__all__ = ["CONNECT_SECONDS", "failure_in_words", "read_error", "status_in_words"]

CONNECT_SECONDS: Final = 5.0
"""How long a connection may take to be made."""

_STATUS_WORDS: Final = {
    400: "Intercom could not make sense of the request.",
    401: "Intercom does not know this access token.",
    403: "This access token is not allowed to do that.",
    404: "Intercom has nothing under that id.",
    409: "Intercom refused: it conflicts with what is there.",
    422: "Intercom refused: something in the request is not valid.",
    429: "Intercom's rate limit is reached.",
    500: "Intercom failed (500).",
    502: "Intercom could not be reached behind its gateway (502).",
    503: "Intercom is not available (503).",
    504: "Intercom did not answer its gateway in time (504).",
}


def status_in_words(status: int) -> str:
    """A sentence for an error status that came without one."""
    return _STATUS_WORDS.get(status, f"Intercom answered {status} without a reason.")


def failure_in_words(error: Exception, host: str) -> str:
    """A sentence for a request that ``host`` never answered."""
    if isinstance(error, httpx.ConnectTimeout):
        return f"{host} did not answer within {CONNECT_SECONDS:.0f} seconds."
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return f"{host} took too long to answer."
    if isinstance(error, httpx.ConnectError):
        text = str(error).lower()
        if "certificate" in text or "ssl" in text:
            return f"{host} does not prove who it is (TLS)."
        if "name" in text or "address" in text or "getaddrinfo" in text:
            return f"There is no way to find {host}: is this machine online?"
        return f"{host} cannot be reached."
    if isinstance(error, httpx.ProxyError):
        return f"The proxy does not let us through to {host}."
    if isinstance(error, httpx.DecodingError):
        return f"{host} sent an answer that does not unpack."
    return f"The connection to {host} broke."


def read_error(body: bytes) -> tuple[str, str, str]:
    """Code, message and request id of an ``error.list`` (``components/schemas/error``); empty where there is none."""
    try:
        value = decode_value(body)
    except AnswerError:
        return "", "", ""
    if not isinstance(value, dict):
        return "", "", ""
    request_id = value.get("request_id")
    request_id = request_id if isinstance(request_id, str) else ""
    errors = value.get("errors")
    messages: list[str] = []
    code = ""
    for each in errors if isinstance(errors, list) else [value]:
        if isinstance(each, dict):
            said = each.get("message") or each.get("error")
            if isinstance(said, str) and said:
                messages.append(said)
            if not code and isinstance(each.get("code"), str):
                code = each["code"]
    return code, "; ".join(messages) or code.replace("_", " "), request_id
