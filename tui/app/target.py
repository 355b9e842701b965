"""What the keys act on. It is decided here alone, from what is on the screen and from nothing else.

- With a selection, all that is selected; how many that is stands on the screen for as long as there is one.
- In the list, the conversation under the cursor.
- In the thread and in the composer, the conversation that the thread shows.
- In the contact pane, the conversation under its cursor; without one, the conversation that the thread shows, unless
  the pane shows somebody else.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app.layout import Layout


@dataclass(frozen=True, slots=True)
class Target:
    """The conversations that an action means, in the order of the selection; `current` is where the keys are ("" for
    nowhere), whatever is selected."""

    ids: tuple[str, ...] = ()
    current: str = ""
    contact: str = ""
    """The contact that an action on a contact means, "" for none."""

    @property
    def several(self) -> bool:
        """Whether what is meant is anything else than the conversation where the keys are."""
        return bool(self.ids) and self.ids != (self.current,)


def current(panes: "Layout") -> str:
    """The conversation that the keys are on, "" for none."""
    pane = panes.current
    in_thread = panes.thread.conversation_id if panes.is_shown("thread") else ""
    if pane == "list":
        return panes.list.current_id if panes.is_shown("list") else ""
    if pane == "contact":
        if not panes.is_shown("contact"):
            return ""
        return panes.contact.pointed_conversation or (in_thread if _belongs(panes) else "")
    return in_thread


def meant(panes: "Layout", here: str) -> tuple[str, ...]:
    """The conversations that an action means while the keys are on `here`."""
    selected = tuple(panes.list.selected) if panes.current != "composer" else ()
    return selected or ((here,) if here else ())


def target(panes: "Layout", contact_of: str) -> Target:
    """What an action means now. `contact_of` is the contact of the conversation that the keys are on."""
    here = current(panes)
    contact = panes.contact.contact_id if panes.current == "contact" and panes.is_shown("contact") else contact_of
    return Target(meant(panes, here), here, contact)


def _belongs(panes: "Layout") -> bool:
    """Whether the contact pane shows nobody else than the contact of the thread."""
    return panes.contact.contact_id in ("", panes.thread.contact_id)
