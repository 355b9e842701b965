"""What is left of an action whose journal row was damaged."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from tui.inbox.actions.base import WHO, Forms, WordsAction
from tui.model.decoders import decoder
from tui.model.labels import action_names, outcomes
from tui.store import soundness
from tui.text.sanitize import clean, clean_line

_MARKUP = re.compile(r"<[^<>]*>")
_TEXT = decoder(str)
_FIELD = r'"%s"\s*:\s*"((?:[^"\\]|\\.)*)'
"""A text in JSON, up to where it ends or is cut off."""


class Unreadable(WordsAction, frozen=True, kw_only=True, tag="unreadable"):
    """It is shown with what is left of its words, and never sent."""

    draft_kind: ClassVar[Literal["", "reply", "note"]] = "reply"

    def label(self) -> str:
        return action_names.WHAT_IS_LEFT.format(who=self.who) if self.who else outcomes.REST_OF_AN_ACTION

    def forms(self) -> Forms:
        return Forms(action_names.UNREADABLE.format(who=WHO), action_names.UNREADABLE_NOUN.format(who=WHO))


def left_of(payload: bytes) -> Unreadable:
    """What can still be read of a journal row's payload."""
    said = soundness.text(payload)

    def field(name: str) -> str:
        found = re.search(_FIELD % name, said, re.DOTALL)
        return clean(_unescaped(found[1])) if found else ""

    words = field("text") or _MARKUP.sub(" ", field("html"))
    if not words and not said.lstrip().startswith("{"):
        words = clean(said)
    return Unreadable(
        conversation_id=clean_line(field("conversation_id")),
        contact_id=clean_line(field("contact_id")),
        contact_name=clean_line(field("contact_name")),
        text=words.strip(),
    )


def _unescaped(said: str) -> str:
    """A text of JSON without its escapes, as far as they are whole."""
    for cut in range(7):  # an escape has at most six characters
        whole = soundness.decoded(_TEXT, f'"{said[: len(said) - cut]}"'.replace("\n", "\\n").encode("utf-8", "replace"))
        if whole is not None:
            return whole
    return said
