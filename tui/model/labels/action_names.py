"""What actions call themselves in the outbox, the undo list and notices; ``{who}`` is a name, or how many there are."""

from typing import Final

# inbox/actions/assign
ASSIGN: Final = "Assign {who} to {to}"
ASSIGNED: Final = "Assigned {who} to {to}"
ASSIGNMENT: Final = "assignment of {who} to {to}"
UNASSIGNMENT: Final = "unassignment of {who}"
UNASSIGN: Final = "Unassign {who}"
UNASSIGNED: Final = "Unassigned {who}"

# inbox/actions/base
AN_ACTION: Final = "An action on {who}"
AN_ACTION_NOUN: Final = "an action on {who}"

# inbox/actions/contact_note
NOTE_ABOUT_CONTACT: Final = "Note about contact {who}"
NOTE_ABOUT: Final = "Note about {who}"
NOTE_ABOUT_NOUN: Final = "note about {who}"

# inbox/actions/contact_tag
TAG_CONTACT: Final = "Tag contact {who} {tag}"
UNTAG_CONTACT: Final = "Untag contact {who} {tag}"

# inbox/actions/mark_read
MARKING: Final = "marking of {who} as {how}"
MARK: Final = "Mark {who} {how}"
MARKED: Final = "Marked {who} {how}"
MARK_AS_ORDER: Final = "mark {how}"

# inbox/actions/note
NOTE_ON: Final = "Note on {who}"
NOTE_ON_NOUN: Final = "note on {who}"

# inbox/actions/redact
REDACT: Final = "Redact copy for {who}: {title}"
REDACTED: Final = "Redacted a copy of what was sent to {who}"
REDACTION: Final = "redaction of a copy of what was sent to {who}"

# inbox/actions/reply
REPLY_AND_CLOSE: Final = "Reply to {who} and close"
REPLY: Final = "Reply to {who}"
REPLY_NOUN: Final = "reply to {who}"
REPLY_AND_CLOSE_NOUN: Final = "reply to {who} and close"

# inbox/actions/set_attribute
RESTORE_ATTRIBUTE: Final = "restore {name} of"
SET_ATTRIBUTE: Final = "Set {name} of {who} to {value}"
CLEAR_ATTRIBUTE: Final = "Clear {name} of {who}"
UPDATE: Final = "update of {who}"
UPDATED: Final = "Updated {who}"

# inbox/actions/set_title
SET_TITLE: Final = "Title of {who}: {title}"
REMOVE_TITLE: Final = "Remove the title of {who}"
NEW_TITLE: Final = "new title of {who}"
RETITLED: Final = "Retitled {who}"

# inbox/actions/state
CLOSING: Final = "closing of {who}"
REOPENING: Final = "reopening of {who}"
SNOOZE_NOUN: Final = "snooze of {who}"
CLOSE: Final = "Close {who}"
CLOSED: Final = "Closed {who}"
REOPENED: Final = "Reopened {who}"
SNOOZE: Final = "Snooze {who}"
SNOOZED: Final = "Snoozed {who}"
OPEN: Final = "Open {who}"

# inbox/actions/tag
TAGGING: Final = "tagging of {who}"
TAG: Final = "Tag {who} {tag}"
UNTAG: Final = "Untag {who} {tag}"
TAGGED: Final = "Tagged {who}"

# inbox/actions/unreadable
WHAT_IS_LEFT: Final = "What is left of an action on {who}"
UNREADABLE: Final = "An action on {who} that cannot be read"
UNREADABLE_NOUN: Final = "an action on {who} that cannot be read"
