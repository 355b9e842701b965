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

# inbox/actions/state
UNDO_SNOOZES_RATING_ASKED: Final = "It is snoozed again, but Intercom may already have asked for a rating."
UNDO_SNOOZES_AGAIN: Final = "It is snoozed again. Both events stay in the thread."
UNDO_REOPENS: Final = "Reopening cannot restore the waiting time, and Intercom may already have asked for a rating."
UNDO_CLOSES_AGAIN: Final = "It is closed again, and Intercom may ask for a rating."

# inbox/actions/tag
UNDO_RESTORES_TAGS: Final = "The tags are restored; what a workflow did because of them stays."

# inbox/actions/unreadable
REST_OF_AN_ACTION: Final = "What is left of an action"

# inbox/contacts
COULD_NOT_BE_READ: Final = "could not be read"

# inbox/inbox
STORE_IS_BEING_REBUILT: Final = "The store is damaged: it is being rebuilt."

# inbox/incoming
THE_CUSTOMER: Final = "The customer"
LEFT_A_NOTE: Final = "left a note"
SOME_TEAMMATE: Final = "A teammate"
A_BOT: Final = "A bot"

# inbox/outbox/claims
TAKEN_OVER: Final = "Another program has taken this over."

# inbox/outbox/delivery_check
DELIVERY_NOT_KNOWN: Final = "It is not known whether it arrived: check before sending it again."
ACCEPTED_BUT_NOT_THERE: Final = "Intercom accepted it, but it is not there: check before sending it again."

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

# inbox/part_words
UNKNOWN_AUTHOR: Final = "Unknown author"

# inbox/resolve
ANOTHER_ONE: Final = "Intercom answered with another one"

# inbox/sync/connection
REJECTED: Final = "The token was rejected."
