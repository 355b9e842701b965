"""Which conversations a view or a query holds, as conditions on what is stored, and their orders."""

from typing import Literal

import msgspec

Sort = Literal["waiting", "newest", "oldest", "priority"]
SORTS: tuple[Sort, ...] = ("waiting", "newest", "oldest", "priority")

Field = Literal[
    "state", "admin", "team", "tag", "read", "priority", "sla", "rating", "waiting_since", "updated_at", "created_at",
    "snoozed_until", "contact", "channel", "draft", "pending", "title", "words", "id", "unassigned",
]  # fmt: skip
Operator = Literal["=", "!=", "<", ">", "~", "!~"]


class Condition(msgspec.Struct, frozen=True):
    """One thing that must hold: ``field`` compared with any of ``values`` (all of one type).

    ``~`` is "holds this text"; ``words`` searches titles, people and what was said; ``tag`` and people are ids; times
    are Unix seconds; ``read``, ``priority``, ``draft``, ``pending`` and ``unassigned`` (neither a teammate nor a team
    has it) take 0 or 1. ``where`` is the SQL of a field that is none of these: what holds of the conversation ``c`` for
    one value, ``?``.
    """

    field: Field | str
    operator: Operator
    values: tuple[str | int, ...]
    where: str = ""


class Selection(msgspec.Struct, frozen=True):
    """Conditions that must all hold."""

    conditions: tuple[Condition, ...] = ()
