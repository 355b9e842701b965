"""What a token was refused, in words: scopes are chosen token by token, one resource may be closed and the rest open.

Intercom names no scope in its refusal; the method and the path tell which resource it was about.
"""

from __future__ import annotations

from typing import Final

from tui.model.labels import api_errors

__all__ = ["NOT_ALLOWED", "noun_of", "refusal_in_words"]

NOT_ALLOWED: Final = "not allowed with this token"
"""What stands in the place of something that this token may not read."""

_NOUNS: Final = {
    "admins": "teammates",
    "articles": "articles",
    "companies": "companies",
    "contacts": "contacts",
    "conversations": "conversations",
    "data_attributes": "data attributes",
    "events": "events",
    "messages": "messages",
    "notes": "notes",
    "segments": "segments",
    "tags": "tags",
    "teams": "teams",
    "ticket_types": "ticket types",
    "tickets": "tickets",
}


def noun_of(path: str) -> str:
    """What a request is about: the last part of its path that names a resource (``/contacts/5/notes``: notes)."""
    named = [_NOUNS[step] for step in path.split("/") if step in _NOUNS]
    return named[-1] if named else "this"


def refusal_in_words(method: str, path: str, said: str) -> str:
    """A sentence for a 401 or 403. ``said`` is Intercom's own reason, which matters for what was to be changed: a
    teammate without a seat is refused in the same way."""
    if method == "GET" or path.endswith(("/search", "/list")):
        return api_errors.MAY_NOT_READ.format(what=noun_of(path))
    reason = said.strip().rstrip(".")
    return (
        api_errors.NOT_ALLOWED.format(reason=reason) if reason else api_errors.MAY_NOT_CHANGE.format(what=noun_of(path))
    )
