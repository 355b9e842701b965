"""What the program says, in one place: here Intercom's own values (events, authors, orders, views), beside it the rest.

`texts` is what the screen says, `situations` what is said of states, `action_names` what actions call themselves,
`outcomes` what came of them, `search_errors`, `settings_errors`, `api_errors` and `store_errors` what is wrong,
`shell_texts` what the shell says. What a command says of itself stands above its function in `tui.app.commands`; what
:mod:`tui.text` says, which knows nothing of these, in its `sentences`.

A value has its name in the sentence, ``Assigned to {whom}``, and comes by `str.format`. Only what stands here is ever
a template: a text of somebody else's is a value. In `texts`, ``{key:undo.last}`` is the key of a command.
"""

from typing import Final, NamedTuple

EVENTS: Final = {
    "assignment": "assigned to",
    "default_assignment": "assigned to",
    "away_mode_assignment": "reassigned (away) to",
    "message_strategy_assignment": "assigned by rule to",
    "assign_and_unsnooze": "unsnoozed and assigned to",
    "assign_and_reopen": "reopened and assigned to",
    "close": "closed",
    "open": "reopened",
    "snoozed": "snoozed",
    "unsnoozed": "unsnoozed",
    "timer_unsnooze": "snooze ended",
    "note_and_reopen": "reopened",
    "participant_added": "added a participant",
    "participant_removed": "removed a participant",
    "conversation_attribute_updated_by_admin": "changed an attribute",
    "conversation_attribute_updated_by_user": "changed an attribute",
    "conversation_attribute_updated_by_workflow": "changed an attribute",
    "conversation_tags_updated": "changed tags",
    "conversation_rating_changed": "rated",
    "conversation_rating_remark_added": "commented on the rating",
    "priority_changed": "changed the priority",
    "title_updated": "changed the title",
    "operator_workflow_event": "ran a workflow",
    "workflow_started": "started a workflow",
    "custom_action_started": "started an action",
    "custom_action_finished": "finished an action",
    "quick_reply": "chose a quick reply",
    "sla_applied": "applied an SLA",
    "state_changed_from_open_to_close_by_fin": "closed",
}
"""What an event of a ``part_type`` did; those that end in ``to`` go on with the part's ``detail``."""

ROLES: Final = {
    "bot": "Bot",
    "admin": "Teammate",
    "team": "Team",
    "user": "Customer",
    "lead": "Customer",
    "contact": "Customer",
    "visitor": "Customer",
}
"""What kind of author somebody is, by ``author_type``."""

SORTS: Final = {
    "waiting": "longest waiting",
    "newest": "newest",
    "oldest": "oldest",
    "priority": "priority first",
}
"""The orders of a list, each with its words."""


class BuiltIn(NamedTuple):
    """A view that is always there: its key, its name on the screen, and the query that it stands for."""

    key: str
    title: str
    query: str


VIEWS: Final = (
    BuiltIn("mine", "Mine", "is:open is:mine"),
    BuiltIn("unassigned", "Unassigned", "is:open is:unassigned"),
    BuiltIn("open", "All open", "is:open"),
    BuiltIn("snoozed", "Snoozed", "is:snoozed"),
    BuiltIn("closed", "Closed", "is:closed"),
)
"""The built-in views in the order of their keys 1 to 5."""


class Elsewhere(NamedTuple):
    """Something that is done in Intercom itself: its name in the palette, its sentence, and other names for it."""

    title: str
    says: str
    words: str


ELSEWHERE: Final = {
    "merge": Elsewhere(
        "Merge: opens the browser",
        "Merge conversations: only in Intercom itself. Opens the browser.",
        "merge, combine, join, duplicate conversation",
    ),
    "delete": Elsewhere(
        "Delete: opens the browser",
        "Delete the conversation: only in Intercom itself. Opens the browser.",
        "delete, remove, trash, bin, erase, destroy",
    ),
    "block": Elsewhere(
        "Block or spam: opens the browser",
        "Block the contact or mark as spam: in Intercom itself. Opens the browser.",
        "block, spam, ban, junk, abuse, report, blacklist",
    ),
    "priority": Elsewhere(
        "Priority: opens the browser",
        "Change the priority: in Intercom itself. Opens the browser.",
        "priority, urgent, important, vip, star, flag, prioritise, prioritize",
    ),
    "participants": Elsewhere(
        "Add participant: opens the browser",
        "Add a participant: in Intercom itself. Opens the browser.",
        "participant, participants, cc, bcc, add person, invite",
    ),
    "new": Elsewhere(
        "New conversation: opens the browser",
        "Start a new conversation: in Intercom itself. Opens the browser.",
        "new, compose, start conversation, outbound, create conversation, new message",
    ),
    "ticket": Elsewhere(
        "Convert to ticket: opens the browser",
        "Convert to a ticket: in Intercom itself. Opens the browser.",
        "ticket, convert, issue, bug report",
    ),
}
"""What the palette says of actions that this program does not have, by the end of the command's id."""

HELP_TITLE: Final = "Keys and commands"
IN_PALETTE: Final = "palette"
"""In the place of a key, of a command that has none."""
NUMBERED_VIEWS: Final = "Show view 1 to 9."
NO_MATCH: Final = "No match."
