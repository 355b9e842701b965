"""The search prompt: the query language, with its mistakes told while typing."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.app.dialogs.prompt import Echo, Prompt
from tui.model.labels import texts
from tui.text.durations import local

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox
    from tui.model.selection import Selection


def search_prompt(
    inbox: "Inbox", query: str, now: Callable[[], datetime], done: Callable[[str], Awaitable[None]]
) -> Prompt:
    """Asks for a query, beginning with `query`; `done` gets one that has no mistake."""
    from tui.inbox.search.query import KEYS, QueryError

    views = inbox.views

    def echo(text: str) -> Echo:
        try:
            selection = views.selection(text)
        except QueryError as error:
            return Echo(False, str(error))
        return Echo(True, f"→ {_told(inbox, now, selection)}")

    keys = " ".join(key for key, _ in KEYS)
    return Prompt(
        "Search", done, echo=echo, text=query, label="/ ", width=72, help_text=f'text, "exact text", -not, {keys}'
    )


_OPERATORS = {"=": "is", "!=": "is not", "<": "before", ">": "after", "~": "with", "!~": "without"}
_FLAGS = frozenset({"read", "priority", "draft", "pending", "unassigned"})
_TIMES = frozenset({"waiting_since", "updated_at", "created_at", "snoozed_until"})


def _told(inbox: "Inbox", now: Callable[[], datetime], selection: "Selection") -> str:
    """What a query was understood as, in words, so that a slip shows before enter."""
    told = [_condition(inbox, now, one.field, one.operator, one.values) for one in selection.conditions]
    return " · ".join(told) or texts.ALL_CONVERSATIONS


def _condition(
    inbox: "Inbox", now: Callable[[], datetime], field: str, operator: str, values: tuple[str | int, ...]
) -> str:
    if field in _FLAGS:
        return field if (operator == "=") == (values == (1,)) else f"not {field}"
    if field == "words":
        verb = "contains" if operator == "=" else "does not contain"
        return f"text {verb} {' '.join(f'“{value}”' for value in values)}"
    directory = inbox.directory
    named: list[str] = []
    for value in values:
        if field in _TIMES and isinstance(value, int) and value:
            named.append(f"{local(value, now().tzinfo or UTC):%-d %b %H:%M}")
        elif field in ("admin", "team", "tag"):
            known = directory.tag_name(str(value)) if field == "tag" else directory.name_of(str(value))
            named.append(known or str(value) or "none")
        else:
            named.append(str(value))
    name = "assignee" if field == "admin" else field.removesuffix("_at").replace("_", " ")
    sign = operator if field == "rating" else _OPERATORS.get(operator, operator)
    return f"{name} {sign} {' or '.join(named)}"
