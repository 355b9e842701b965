"""What can go wrong between us and Intercom, as a small tree.

::

    IntercomError
    ├── NetworkError          no answer of Intercom's came
    │   ├── NotSent           the request never left: it took no effect
    │   │   └── UnusableSetting   nor will it: a variable of the environment says how, in words that make no sense
    │   ├── NoAnswer          it may have left: whether it took effect is unknown
    │   └── NotIntercom       something else answered: a login page, a filter, a proxy
    │       └── RedirectError 3xx: another address
    ├── ApiError              Intercom answered, and it says no
    │   ├── AuthError         the token is refused (401 or 403 on /me)
    │   │   └── NotAllowed    401, 403 on anything else: the token may not do this one thing
    │   ├── NotFoundError     404, 410
    │   ├── InvalidError      400, 409, 422 and the other 4xx: refused as it stands
    │   ├── RateLimitedError  429
    │   └── ServerError       5xx: whether it took effect is unknown
    └── AnswerError           2xx that cannot be read: it took effect, the answer is lost

Every message is one sentence that a person can read, free of control characters and of the token.
"""

from __future__ import annotations

from typing import Literal

from tui.api.foreign import NOT_PASSED_ON
from tui.model.errors import UserError
from tui.model.exits import Exit
from tui.model.labels import api_errors
from tui.text.sanitize import clean_line

__all__ = [
    "AnswerError",
    "ApiError",
    "AuthError",
    "Effect",
    "IntercomError",
    "InvalidError",
    "NetworkError",
    "NoAnswer",
    "NotAllowed",
    "NotFoundError",
    "NotIntercom",
    "NotSent",
    "RateLimitedError",
    "RedirectError",
    "ServerError",
    "UnusableSetting",
    "api_error",
]

Effect = Literal["none", "unknown", "applied"]

_LONGEST_MESSAGE = 400
"""Characters of a server's own words that are worth showing."""
_OTHER_REGIONS = (
    ("api.intercom.io", "--region eu or --region au"),
    ("api.eu.intercom.io", "--region us or --region au"),
    ("api.au.intercom.io", "--region us or --region eu"),
)


class IntercomError(UserError):
    """Anything that keeps a request from succeeding.

    ``status`` is the HTTP status (None when no answer came), ``code`` Intercom's own word for it (``"not_found"``;
    empty when it gave none), ``request_id`` what Intercom's support asks for (empty when unknown).
    """

    exit_code = Exit.NETWORK

    effect: Effect = "unknown"
    """Whether the request took effect: ``"none"``, ``"applied"``, or ``"unknown"``."""

    size: int = 0
    """Bytes of the answer that it was."""

    def __init__(self, message: str, *, status: int | None = None, code: str = "", request_id: str = "") -> None:
        sentence = clean_line(message).strip() or api_errors.NO_REASON
        if len(sentence) > _LONGEST_MESSAGE:
            sentence = sentence[: _LONGEST_MESSAGE - 1].rstrip() + "…"
        super().__init__(sentence)
        self.message = sentence
        self.status = status
        self.code = clean_line(code)[:80]
        self.request_id = clean_line(request_id)[:80]


class NetworkError(IntercomError):
    """No answer came."""


class NotSent(NetworkError):
    """The request never left this machine (no route, no name, no TLS): it is safe to send again."""

    effect: Effect = "none"


class UnusableSetting(NotSent):
    """A variable of the environment (a proxy, certificates) has a value that cannot be used; the message names it.

    Sending again changes nothing until somebody corrects it.
    """


class NoAnswer(NetworkError):
    """Some of the request may have arrived, and no answer came (time-out, cut connection)."""

    effect: Effect = "unknown"


class NotIntercom(NetworkError):
    """Something on the way answered in Intercom's place: no verdict on the request.

    ``effect`` is ``"none"`` where the status says that the request was not passed on, else ``"unknown"``; see
    :mod:`tui.api.foreign` for why.
    """

    def __init__(self, message: str, *, status: int | None = None, code: str = "", request_id: str = "") -> None:
        super().__init__(message, status=status, code=code, request_id=request_id)
        self.effect = "none" if status in NOT_PASSED_ON else "unknown"


class RedirectError(NotIntercom):
    """3xx: the token is sent nowhere but to the address it was given for, so redirects are not followed."""


class ApiError(IntercomError):
    """Intercom answered, and the answer is no."""

    effect: Effect = "none"


class AuthError(ApiError):
    """The token is wrong, expired or of another region: 401 or 403 on ``/me``, or a token that cannot be one."""

    exit_code = Exit.AUTH

    def in_shell(self) -> str:
        hint = next(
            (others for host, others in _OTHER_REGIONS if api_errors.REJECTED_BY.format(host=host) in self.message), ""
        )
        return api_errors.TRY_ANOTHER_REGION.format(sentence=self.message, region=hint) if hint else self.message


class NotAllowed(AuthError):
    """401 or 403 on anything but ``/me``: this token may not do this, and may be good for all the rest."""

    exit_code = Exit.FAILED

    def in_shell(self) -> str:
        return self.message


class NotFoundError(ApiError):
    """404 or 410: no such thing in this workspace."""

    exit_code = Exit.NOT_FOUND


class InvalidError(ApiError):
    """400, 409, 422 and the other 4xx: refused as it stands; sending it again changes nothing."""

    exit_code = Exit.USAGE

    def __init__(self, message: str, *, status: int | None = None, code: str = "", request_id: str = "") -> None:
        super().__init__(message, status=status, code=code, request_id=request_id)
        if status == 409:
            self.exit_code = Exit.FAILED  # what was asked for makes sense, but not of what is there


class RateLimitedError(ApiError):
    """429: over the rate limit. ``reset_at`` is the Unix second at which the window opens again, None if not said."""

    exit_code = Exit.RATE_LIMIT

    def __init__(
        self,
        message: str,
        *,
        status: int | None = 429,
        code: str = "",
        request_id: str = "",
        reset_at: int | None = None,
    ) -> None:
        super().__init__(message, status=status, code=code, request_id=request_id)
        self.reset_at = reset_at


class ServerError(ApiError):
    """5xx: Intercom failed, perhaps after the request took effect."""

    effect: Effect = "unknown"


class AnswerError(IntercomError):
    """2xx with an answer that cannot be read (truncated JSON, an HTML page): the request took effect."""

    effect: Effect = "applied"


def api_error(
    status: int, message: str, *, code: str = "", request_id: str = "", reset_at: int | None = None
) -> ApiError:
    """The error of the tree for an HTTP ``status`` of 400 or more.

    Error bodies are ``{"type": "error.list", "request_id", "errors": [{"code", "message"}]}``
    (``components/schemas/error`` in Intercom's 2.14 description).
    """
    if status == 429:
        return RateLimitedError(message, status=status, code=code, request_id=request_id, reset_at=reset_at)
    kind: type[ApiError]
    if status in (401, 403):
        kind = AuthError
    elif status in (404, 410):
        kind = NotFoundError
    elif status == 408:
        # A request time-out at a proxy: the request may have gone on without it.
        kind = ServerError
    elif status < 500:
        kind = InvalidError
    else:
        kind = ServerError
    return kind(message, status=status, code=code, request_id=request_id)
