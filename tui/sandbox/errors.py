"""How the workspace says no."""

from __future__ import annotations


class Refusal(Exception):
    """A request that Intercom would refuse; becomes an ``error.list`` document with ``status``.

    ``code`` and ``message`` are Intercom's where its 2.14 description gives them.
    """

    def __init__(self, status: int, code: str, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.field = field


def not_found(message: str = "Resource Not Found", code: str = "not_found") -> Refusal:
    """The refusal for what is not there: a 404."""
    return Refusal(404, code, message)


def invalid(message: str, code: str = "parameter_invalid", *, status: int = 400, field: str | None = None) -> Refusal:
    """A 400, or with ``status`` a 422."""
    return Refusal(status, code, message, field)
