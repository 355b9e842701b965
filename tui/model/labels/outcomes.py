"""What is said of actions: why one was not sent or cannot be undone, and what a decision about one came to."""

from typing import Final

# inbox/actions/assign
UNDO_ASSIGNS_BACK: Final = (
    "It returns to its previous assignee. Both events stay in the thread, and sent notifications stay sent."
)
ASSIGN_BACK: Final = "assign back"
A_TEAM: Final = "a team"
A_TEAMMATE: Final = "a teammate"

# inbox/actions/mark_read
UNDO_RESTORES_MARK: Final = "The mark is restored."

# inbox/actions/set_title
RESTORE_THE_TITLE_OF: Final = "restore the title of"
UNDO_REMOVES_TITLE: Final = "The title is removed."
UNDO_RESTORES_TITLE: Final = "The title becomes “{title}” again."

# inbox/actions/state
UNDO_SNOOZES_RATING_ASKED: Final = "It is snoozed again, but Intercom may already have asked for a rating."
UNDO_SNOOZES_AGAIN: Final = "It is snoozed again. Both events stay in the thread."
UNDO_REOPENS: Final = "Reopening cannot restore the waiting time, and Intercom may already have asked for a rating."
UNDO_CLOSES_AGAIN: Final = "It is closed again, and Intercom may ask for a rating."
UNDO_RESTORES_STATE: Final = "It is made {state} again. Both events stay in the thread."

# inbox/actions/tag
UNDO_RESTORES_TAGS: Final = "The tags are restored; what a workflow did because of them stays."

# inbox/actions/unreadable
REST_OF_AN_ACTION: Final = "What is left of an action"

# inbox/contacts
COULD_NOT_BE_READ: Final = "could not be read"

# inbox/inbox
STORE_IS_BEING_REBUILT: Final = "The store is damaged: it is being rebuilt."
INTERNAL_ERROR_TRYING_AGAIN: Final = "Internal error ({error}); trying again."

# inbox/incoming
THE_CUSTOMER: Final = "The customer"
LEFT_A_NOTE: Final = "left a note"
SOME_TEAMMATE: Final = "A teammate"
A_BOT: Final = "A bot"
WROTE_AFTER_YOU_OPENED: Final = "{who} {wrote} after you opened this. Check before sending."
AND_MORE_NAMES: Final = " and {count} more"

# inbox/outbox/claims
TAKEN_OVER: Final = "Another program has taken this over."

# inbox/outbox/delivery_check
DELIVERY_NOT_KNOWN: Final = "It is not known whether it arrived: check before sending it again."
ACCEPTED_BUT_NOT_THERE: Final = "Intercom accepted it, but it is not there: check before sending it again."
DID_NOT_ARRIVE: Final = "It did not arrive in {count} tries."

# inbox/outbox/duplicates
BOTH_COPIES_ARE_THERE: Final = "It was sent twice: both copies are there."
ARRIVED_AFTER_UNDO: Final = "It arrived after all, after you had undone it."

# inbox/outbox/guard
ANSWER_LACKS_CONVERSATION: Final = "Intercom's answer lacks the conversation. Check before sending."

# inbox/outbox/outbox
NO_REDACTING_OF_CONTACT_NOTES: Final = (
    "Notes about contacts cannot be redacted: delete one of them on the contact's page in Intercom."
)
SENT_AGAIN_UNLESS_FOUND: Final = "It is sent again unless it is found right now."
MARKED_AS_DELIVERED: Final = "Marked as delivered."
DELIVERY_IS_KNOWN: Final = "Its delivery is known."
NO_SUCH_ACTION: Final = "There is no such action in the outbox."
BOTH_COPIES_STAY: Final = "Kept: both copies stay."
BEING_SENT_NOT_DISCARDED: Final = "It is being sent and cannot be discarded."
NOT_SENT_TEXT_IS_BACK: Final = "Not sent: the text is back in the composer."
NOTHING_TO_SEND_AGAIN: Final = "There is nothing to send again with that ID."
NO_LONGER_IN_OUTBOX: Final = "That action is no longer in the outbox."
BEING_SENT: Final = "It is being sent."
TEXT_IS_BACK_MAY_ARRIVE: Final = "The text is back in the composer; you will be told if it arrived after all."
DAMAGED_NOT_SENT: Final = "It was damaged and cannot be sent: edit its text, or discard it."
SENT_CANNOT_BE_UNDONE: Final = "{action} can no longer be undone: it was sent."
NOTHING_TO_UNDO_ANY_MORE: Final = "{action}: nothing to undo any more."

# inbox/outbox/submit
RATE_LIMIT_IS_REACHED: Final = "Intercom's rate limit is reached."
UNDONE_MEANWHILE: Final = "It was undone meanwhile."
NO_ANSWER: Final = "Intercom did not answer."
CANNOT_BE_REACHED: Final = "Intercom cannot be reached."

# inbox/outbox/undo
WAS_REJECTED: Final = "was rejected by Intercom, so there is nothing to undo"
NEEDS_YOUR_REVIEW: Final = "needs your review"
CHANGED_NOTHING: Final = "changed nothing that could be reversed"
WAS_SENT: Final = "was sent and cannot be undone"
IS_BEING_SENT: Final = "is being sent and cannot be undone"
NOTHING_TO_UNDO: Final = "There is nothing to undo."
NO_LONGER_UNDONE: Final = "That can no longer be undone."
UNSENT_IS_NOT_SENT: Final = "What is unsent will not be sent."
RETURNS_TEXT: Final = "returns the text to the composer"
NOT_SENT_YET: Final = "not sent yet"
REVERSED_ALREADY: Final = "Nothing to undo: the {action} was reversed already."
NOTHING_BEFORE_IT: Final = "{reasons} There is nothing before it to undo."
THE_ACTION: Final = "The {action} {why}."
UNDONE: Final = "Undone: {action}."
NOTHING_WAS_SENT: Final = "Nothing was sent."


def nor_those_before(count: int) -> str:
    """That the actions before one that cannot be undone cannot be either."""
    return f"Nor can the {f'{count} actions' if count > 1 else 'action'} before it be undone."


def some_reversed_already(count: int) -> str:
    """That of several actions some needed no undoing."""
    return f"{count} of them {'was' if count == 1 else 'were'} reversed already."


# inbox/part_words
UNKNOWN_AUTHOR: Final = "Unknown author"


def earlier_messages(count: int) -> str:
    """What is said where Intercom did not give the whole thread."""
    return f"{'1 earlier message is' if count == 1 else f'{count:,} earlier messages are'} in the browser"


# inbox/resolve
ANOTHER_ONE: Final = "Intercom answered with another one"

# inbox/sync/connection
REJECTED: Final = "The token was rejected."
REJECTED_NO_OTHER: Final = "Access token rejected, and no other one found: {error}"

# inbox/actions/set_attribute
UNDO_RESTORES_ATTRIBUTE: Final = "{name} becomes {was} again."
UNDO_CLEARS_ATTRIBUTE: Final = "{name} is cleared."

# inbox/attachments
TOO_MANY_FILES: Final = "There are too many files called {name} in {folder}."
CANNOT_SAVE: Final = "Cannot save in {folder}: {reason}."

# inbox/outbox/preflight
NOTHING_QUEUED_NEVER_ONLINE: Final = "{reason} Nothing was queued: this profile was never online."

# inbox/outbox/unsent_text
AS_A_DRAFT: Final = "as a draft of conversation {conversation}"
EDITOR_TEXT_KEPT: Final = "The program was ended while an editor was open: what it had saved is kept {where}."
IN_A_FILE: Final = "in {path}"

# inbox/outbox/worker
OUTBOX_COULD_NOT_GO_ON: Final = "The outbox could not go on: {error}"
NO_LONGER_EXISTS: Final = "The {what} no longer exists at Intercom."

# inbox/sync/identity
NO_TEAMMATE_TO_ACT_AS: Final = "There is no teammate {teammate} in this workspace to act as."

# inbox/unjournaled
EFFECT_NOT_KNOWN: Final = "{reason} It is not known whether it took effect: check before you try again."

# inbox/sync/ranges
ALL_NOT_READ: Final = "{named} conversations could not be read ({reason})."
SOME_NOT_READ: Final = "some {named} conversations could not be read ({reason})."
