"""Fetching an attachment: from wherever its link points, without our token, bounded, and never over plain http."""

from __future__ import annotations

from typing import BinaryIO
from urllib.parse import urljoin, urlsplit

import httpx

from tui.api.errors import InvalidError, NoAnswer, NotSent, api_error
from tui.config.endpoint import parse_base_url
from tui.config.errors import ConfigError

__all__ = ["MOST", "fetch"]

MOST = 200 * 1024 * 1024
"""Bytes of a file that are taken; Intercom's own limit for an upload is 100 MB."""

_HOPS = 5
_TIMEOUT = httpx.Timeout(20, connect=5)


async def fetch(url: str, target: BinaryIO, *, transport: httpx.AsyncBaseTransport | None = None) -> int:
    """Write what is at ``url`` to ``target``; return its size in bytes.

    Redirects are followed up to five times, each only to https (or http on this machine). Raises
    :class:`tui.api.errors.IntercomError`: an address that may not be asked, an answer that is no file, a network that
    failed, or more than :data:`MOST` bytes.
    """
    # a client of its own: the token goes to the API and nowhere else
    async with httpx.AsyncClient(transport=transport, timeout=_TIMEOUT, follow_redirects=False) as http:
        for _ in range(_HOPS):
            _check(url)
            try:
                async with http.stream("GET", url) as answer:
                    if answer.is_redirect:
                        url = urljoin(url, answer.headers.get("location", ""))
                        continue
                    if answer.status_code >= 300:
                        raise api_error(answer.status_code, _refused(answer.status_code))
                    return await _copy(answer, target)
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.InvalidURL, httpx.UnsupportedProtocol):
                raise NotSent(f"{_host(url)} cannot be reached.") from None
            except httpx.HTTPError:
                raise NoAnswer(f"{_host(url)} broke off in the middle of the file.") from None
    raise InvalidError("The file's address leads from one address to the next without end.")


async def _copy(answer: httpx.Response, target: BinaryIO) -> int:
    size = 0
    async for chunk in answer.aiter_bytes(65_536):
        size += len(chunk)
        if size > MOST:
            raise InvalidError(f"The file is larger than {MOST // 1024 // 1024} MB and was not saved.")
        target.write(chunk)
    return size


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        parse_base_url(f"{parts.scheme}://{parts.netloc}")
    except (ConfigError, ValueError):
        raise InvalidError("The file's address is not one that can be asked safely.") from None


def _host(url: str) -> str:
    return urlsplit(url).hostname or "The file's server"


def _refused(status: int) -> str:
    if status in (401, 403, 404, 410):
        return "The link to the file has expired; refresh the conversation (R) and try again."
    return f"The file's server answered {status}."
