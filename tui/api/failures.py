"""From an answer that refuses, is not Intercom's, or never came, to the error that says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

import httpx

from tui.api.environment import Network
from tui.api.error_messages import failure_in_words, read_error, redirect_in_words, status_in_words
from tui.api.errors import (
    AnswerError,
    IntercomError,
    NoAnswer,
    NotAllowed,
    NotIntercom,
    NotSent,
    RedirectError,
    api_error,
)
from tui.api.foreign import what_answered
from tui.api.permissions import refusal_in_words
from tui.api.progress import Answer, Progress
from tui.api.secret import Secret
from tui.model.labels import api_errors

__all__ = ["LONGEST_LIMIT", "Failures"]

LONGEST_LIMIT: Final = 75.0
"""Seconds of a rate limit that are waited out; a longer one is told to the person."""

_NEVER_LEFT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
"""Errors of a request that had no connection yet."""


class Failures:
    """Errors in words for one workspace: none of them shows the token, whoever sent it back to us.

    ``token`` is asked each time, as it may be renewed; ``server_time`` gives Intercom's clock in Unix seconds.
    """

    def __init__(self, base_url: str, token: Callable[[], Secret], server_time: Callable[[], float]) -> None:
        self._base_url = base_url
        self._token = token
        self._server_time = server_time

    def unanswered(self, error: Exception, progress: Progress, network: Network) -> IntercomError:
        """For a request that ended in ``error`` of the HTTP library, before or after it had left."""
        host = urlsplit(self._base_url).hostname or self._base_url
        if progress.status is not None:
            # The verdict is known, only its text was cut off.
            if progress.status >= 300:
                cut = Answer(progress.status, progress.request_id, b"")
                if what := what_answered(cut.status, progress.headers, b""):
                    return self.foreign(what, cut)
                return api_error(
                    progress.status, api_errors.ANSWERED.format(status=progress.status), request_id=progress.request_id
                )
            return AnswerError(api_errors.CUT_OFF, status=progress.status, request_id=progress.request_id)
        if network.is_socks and not progress.left and isinstance(error, TimeoutError):
            error = httpx.ConnectTimeout("")
        proxy = "" if progress.left else network.proxy_name
        what = failure_in_words(error, host, proxy=proxy, trust=network.trust_name)
        if isinstance(error, _NEVER_LEFT) or not (progress.left or progress.ours):
            return NotSent(what)
        return NoAnswer(api_errors.AFTER_IT_WAS_SENT.format(what=what[:-1]))

    def foreign(self, what: str, answer: Answer) -> NotIntercom:
        """For an answer of something else on the way; ``what`` says of what kind."""
        host = urlsplit(self._base_url).hostname or self._base_url
        kind = RedirectError if 300 <= answer.status < 400 else NotIntercom
        return kind(
            api_errors.NOT_INTERCOM.format(host=host, what=self._hidden(what)),
            status=answer.status,
            code="not_intercom",
            request_id=self._hidden(answer.request_id),
        )

    def refusal(self, method: str, path: str, answer: Answer, location: str, reset_at: int | None) -> IntercomError:
        """For an answer of Intercom with a status of 300 or more.

        ``location`` is where a redirect leads, ``reset_at`` when the rate limit ends, in Unix seconds.
        """
        code, message, request_id = read_error(answer.body)
        # A server that echoes what it was sent must not make us show it.
        message, code = self._hidden(message), self._hidden(code)
        request_id = self._hidden(request_id or answer.request_id)
        host = urlsplit(self._base_url).hostname or ""
        if answer.status < 400:
            # What stands in a Location may hold anything: only the host is worth saying.
            where = self._hidden(_host_of(location)) or api_errors.ANOTHER_ADDRESS
            return RedirectError(
                redirect_in_words(self._base_url, location, where),
                status=answer.status,
                code=code or "redirect",
                request_id=request_id,
            )
        if not message:
            message = status_in_words(answer.status)
        if answer.status in (401, 403) and path != "/me":
            sentence = refusal_in_words(method, path, message)
            return NotAllowed(sentence, status=answer.status, code=code, request_id=request_id)
        if answer.status == 429 and reset_at is not None and reset_at - self._server_time() > LONGEST_LIMIT:
            minutes = round((reset_at - self._server_time()) / 60)
            message = api_errors.TRY_AGAIN_IN.format(what=message.rstrip(". "), minutes=minutes)
        if answer.status == 401:
            message = api_errors.ACCESS_REJECTED.format(host=host, reason=message.rstrip(". "))
        return api_error(answer.status, message, code=code, request_id=request_id, reset_at=reset_at)

    def _hidden(self, text: str) -> str:
        """``text`` without the token, in whatever case."""
        return re.sub(re.escape(self._token().reveal()), "…", text, flags=re.IGNORECASE)


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
