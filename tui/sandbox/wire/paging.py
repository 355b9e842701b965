"""Pages: opaque cursors that die, and the ``pages`` object of lists."""

from __future__ import annotations

import base64
import binascii
import json

from tui.sandbox.errors import invalid
from tui.sandbox.model import Json


def cursor(epoch: int, *place: int | str) -> str:
    """An opaque cursor; it dies when the workspace's cursor epoch moves on."""
    return base64.urlsafe_b64encode(json.dumps([epoch, *place], separators=(",", ":")).encode()).decode()


def read_cursor(text: str, epoch: int) -> list[int | str]:
    """The place a cursor stands for; 400 when it was never ours or is dead."""
    try:
        parts = json.loads(base64.urlsafe_b64decode(text.encode()))
    except (ValueError, binascii.Error):
        parts = None
    if not isinstance(parts, list) or len(parts) < 2 or parts[0] != epoch:
        raise invalid("starting_after is invalid or has expired")
    return parts[1:]


def per_page(value: object, default: int, most: int) -> int:
    """The page size asked for, within bounds; 400 when it is no positive number."""
    if value is None:
        return default
    text = str(value)
    if not text.isdigit() or int(text) < 1:
        raise invalid("per_page must be a positive number")
    return min(int(text), most)


def pages(page: int, size: int, total: int, next_cursor: str | None) -> Json:
    """The ``pages`` object of a list with cursors."""
    made: Json = {"type": "pages", "page": page, "per_page": size, "total_pages": max(1, -(-total // size))}
    if next_cursor is not None:
        made["next"] = {"per_page": size, "starting_after": next_cursor}
    return made
