"""Fetching an attachment: from wherever its link points, without our token, bounded, and never over plain http."""

from __future__ import annotations

import asyncio
from typing import BinaryIO
from urllib.parse import urljoin, urlsplit

import httpx

from tui.api.environment import Network, network_for
from tui.api.error_messages import failure_in_words
from tui.api.errors import InvalidError, NoAnswer, NotSent, api_error
from tui.api.reach import judged
from tui.config.endpoint import parse_base_url
from tui.config.errors import ConfigError
from tui.model.labels import api_errors

__all__ = ["MOST", "fetch"]

MOST = 200 * 1024 * 1024
"""Bytes of a file that are taken; Intercom's own limit for an upload is 100 MB."""

_HOPS = 5
_AGENT = "intercom-tui"
_TIMEOUT = httpx.Timeout(20, connect=5)


async def fetch(url: str, target: BinaryIO, *, api: str = "", transport: httpx.AsyncBaseTransport | None = None) -> int:
    """Write what is at ``url`` to ``target``; return its size in bytes.

    Redirects are followed up to five times. Each address must be https and of the public internet (see
    :mod:`tui.api.reach`), or of the server at ``api``, the API's root, whatever that is: the token goes there. Raises
    :class:`tui.api.errors.IntercomError`: an address that may not be asked, an answer that is no file, a network that
    failed, or more than :data:`MOST` bytes.
    """
    for _ in range(_HOPS):
        _check(url)
        found = await _from(url, target, transport, trusted=bool(api) and _origin(url) == _origin(api))
        if isinstance(found, int):
            return found
        url = found
    raise InvalidError(api_errors.FILE_REDIRECTS_ENDLESSLY)


async def _from(url: str, target: BinaryIO, transport: httpx.AsyncBaseTransport | None, *, trusted: bool) -> int | str:
    """The bytes written, or the address where the file is said to be."""
    network = Network() if transport is not None else await asyncio.to_thread(network_for, url)
    request = httpx.Request("GET", url, headers={"User-Agent": _AGENT}, extensions={"timeout": _TIMEOUT.as_dict()})
    if transport is None and not trusted:
        await asyncio.to_thread(_judge, request, network)
    # a client of its own: the token goes to the API and nowhere else
    async with httpx.AsyncClient(
        transport=transport,
        timeout=_TIMEOUT,
        follow_redirects=False,
        trust_env=False,
        proxy=network.proxy,
        verify=network.verify,
    ) as http:
        try:
            answer = await http.send(request, stream=True)
            try:
                if answer.is_redirect:
                    return str(urljoin(url, answer.headers.get("location", "")))
                if answer.status_code >= 300:
                    raise api_error(answer.status_code, _refused(answer.status_code))
                return await _copy(answer, target)
            finally:
                await answer.aclose()
        except (
            httpx.ConnectError,
            httpx.ConnectTimeout,
            httpx.InvalidURL,
            httpx.ProxyError,
            httpx.UnsupportedProtocol,
        ) as error:
            told = failure_in_words(error, _host(url), proxy=network.proxy_name, trust=network.trust_name)
            raise NotSent(told) from None
        except httpx.HTTPError:
            raise NoAnswer(api_errors.FILE_BROKE_OFF.format(host=_host(url))) from None
        except network.handshake_errors:
            raise NotSent(api_errors.PROXY_NO_SOCKS.format(proxy=network.proxy_name)) from None


async def _copy(answer: httpx.Response, target: BinaryIO) -> int:
    size = 0
    async for chunk in answer.aiter_bytes(65_536):
        size += len(chunk)
        if size > MOST:
            raise InvalidError(api_errors.FILE_TOO_LARGE.format(megabytes=MOST // 1024 // 1024))
        target.write(chunk)
    return size


def _judge(request: httpx.Request, network: Network) -> None:
    """Point ``request`` at the address that its host was found to have, if that is public; TLS asks for the name."""
    host = request.url.host
    address = judged(host, request.url.port or 443, proxied=network.proxy is not None)
    if network.proxy is None:
        request.extensions["sni_hostname"] = host
        request.url = request.url.copy_with(host=address)


def _origin(url: str) -> tuple[str, str, int]:
    parts = httpx.URL(url)
    return parts.scheme, parts.host, parts.port or (443 if parts.scheme == "https" else 80)


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        parse_base_url(f"{parts.scheme}://{parts.netloc}")
        httpx.URL(url)
    except (ConfigError, ValueError, httpx.InvalidURL):
        raise InvalidError(api_errors.FILE_ADDRESS_NOT_SAFE) from None


def _host(url: str) -> str:
    return urlsplit(url).hostname or api_errors.THE_FILES_SERVER


def _refused(status: int) -> str:
    if status in (401, 403, 404, 410):
        return api_errors.FILE_EXPIRED
    return api_errors.FILE_SERVER_ANSWERED.format(status=status)
