"""What the screen says: notices, questions, titles and answers of dialogs, in the order of the files that say them."""

from collections.abc import Sequence
from typing import Final

# app/commands/app
CHECKING_FOR_NEW_MESSAGES: Final = "Checking Intercom for new messages."
NO_SHELL_TO_SUSPEND_TO: Final = "There is no shell to suspend to."

THEME_FROM_NEXT_START: Final = "Theme: dark or light like the terminal, from the next start on."
THEME_UNTIL_YOU_QUIT: Final = "Theme {theme} until you quit: the settings name another one under [ui] theme."

# app/commands/attachments
OPEN_IN_BROWSER: Final = "Open in the browser"
LEADS_NEARBY: Final = "This link leads to this computer or a private network"
LEADS_NEARBY_MEANS: Final = "Opening it may change something there. Open it only if you expected this address."
OPEN_IT: Final = "open it"
NO_LINKS_OR_ATTACHMENTS: Final = "No links or attachments."
NO_ATTACHMENTS: Final = "No attachments."
SAVE_IN: Final = "Save in {folder}"
NO_BROWSER: Final = "No browser found. Copied {url}"

# app/commands/clipboard
NOT_COPIED: Final = "Not copied: too long, or the terminal has no clipboard · {key:text.pipe} pipe it to a command"
NOTHING_TO_COPY: Final = "Nothing to copy."
CONVERSATION_ID: Final = "Conversation ID"
CONTACT_ID: Final = "Contact ID"
COPY_MESSAGE: Final = "This message"
COPY_THREAD: Final = "Whole thread"
PIPE_MESSAGE: Final = "this message"
PIPE_THREAD: Final = "the thread"
PIPE_TO_A_COMMAND: Final = "Pipe {what} to a shell command"
ENDED_WITH_CODE: Final = "ended with code {code}"
COPIED: Final = "{what} copied."

# app/commands/compose
A_NOTE_DOES_NOT_CLOSE: Final = (
    "A note does not close the conversation · {key:compose.send} save note · {key:compose.switch} reply"
)
A_NOTE_DOES_NOT_SNOOZE: Final = (
    "A note does not snooze the conversation · {key:compose.send} save note · {key:compose.switch} reply"
)
INSERT_TITLE: Final = "Insert macro or article"
INSERT_WITHOUT_MACROS: Final = "Insert macro or article (add macros under [macros] in the settings)"
TYPE_PART_OF_ARTICLE: Final = "Type part of the article's title or text."
SEND_AND_SNOOZE: Final = "Send and snooze"
DRAFT_DISCARDED: Final = "Draft discarded."
MAKE_THIS_A_REPLY: Final = "Make this a reply?"
AN_ARTICLE: Final = "An article…"
A_LINK_FROM_THE_HELP_CENTER: Final = "a link from the help center"
INSERT_AN_ARTICLE: Final = "Insert an article"
THE_CUSTOMER_WILL_SEE_IT: Final = "The customer will see it."
MAKE_IT_A_REPLY: Final = "make it a reply"

# app/commands/contact
TYPE_PART_OF_CONTACT: Final = "Type part of a name, an e-mail or a phone number."
THE_CONTACT: Final = "the contact"
FIND_A_CONTACT: Final = "Find a contact"
NOTE_SAVED_WITH: Final = "Note saved with {name}."
NOTE_ABOUT: Final = "Note about {name}, for teammates"

# app/commands/conversation
THIS_CONVERSATION: Final = "this conversation"
ME_NOT_LOADED: Final = "Your teammate account is not loaded yet."
UNASSIGNED: Final = "Unassigned"
NO_TEAMMATE_OR_TEAM: Final = "no teammate or team"
TITLE_OF_THE_CONVERSATION: Final = "Title of the conversation"
NOTHING_TO_REPEAT_YET: Final = "Nothing to repeat yet."
TYPE_ATTRIBUTE_NAME: Final = "Type an attribute's name."
GIVEN_THAT_TITLE: Final = "given that title"
TEAMMATE_REMOVED: Final = "{said}, teammate removed"
CREATING_THE_TAG: Final = "Creating the tag “{name}”…"
ASSIGNED_TO: Final = "Assigned to {whom}"
ASSIGNED_TO_LATER: Final = "assigned to {whom}"
ASSIGN_TO: Final = "Assign {what} to"
SET_AN_ATTRIBUTE: Final = "Set an attribute of {what}"
SNOOZED_UNTIL: Final = "Snoozed until {when}"
SNOOZED_UNTIL_LATER: Final = "snoozed until {when}"

# app/commands/decisions
NEW_MESSAGES_TITLE: Final = "New messages since you last read"
NEW_MESSAGES_WHILE_WRITTEN: Final = "There were new messages while this was written."
MORE_AFTER_THESE: Final = "{count} more arrived after these and are shown next, before your reply is sent."
THIS_CANNOT_BE_UNDONE: Final = "This cannot be undone."
REJECTED_BY_INTERCOM: Final = "Rejected by Intercom:"
NOT_SENT: Final = "Not sent"
YOUR_REPLY: Final = "Your reply:"
REJECTED_NOTHING_TO_UNDO: Final = "Intercom rejected it, so there is nothing to undo"
IT_IS_BEING_SENT: Final = "it is being sent"
NO_REASON_GIVEN: Final = "No reason given."
NO_TEXT: Final = "(no text)"
DELETE_FOR_GOOD: Final = "delete (cannot be undone)"
TRY_AGAIN: Final = "try again"
SEND_ANYWAY: Final = "send anyway"

# app/commands/editor
EDITOR_NEEDS_WAIT: Final = "Did your editor need --wait?"
EDITOR_SAVES_LATER: Final = "What it saves later is picked up while this program runs, from"
EDITOR_LEFT_OUT: Final = "Something was left out"
BELOW_SCISSORS_IS_KEPT: Final = "What was written below the scissors line is kept:"
NO_EDITOR_HERE: Final = "The terminal cannot be given to an editor here."
TEXT_IS_UNCHANGED: Final = "The text is unchanged"
EDITOR_SAVED_IS_KEPT: Final = "What the editor saved is kept:"
EDITOR_LEFT_NO_FILE: Final = "The editor left no file: the text is unchanged."
EDITOR_SAVED_IS_IN_DRAFT: Final = "What your editor saved is in the draft."
EDITOR_TROUBLE_UNCHANGED: Final = "{trouble} The text is unchanged."
EDITOR_ENDED_AT_ONCE: Final = "{editor} ended at once and wrote nothing."
NO_FILE_FOR_EDITOR: Final = "No file for the editor can be made in {folder}: {reason}."

# app/commands/leaving
SENDING_HELD: Final = "Sending what can still be undone…"
NOTHING_IS_LOST: Final = "Nothing is lost: unsent actions are sent the next time you start."
QUITTING_WHEN_SENT: Final = "Quitting as soon as everything is sent…"
QUIT_WITH_UNSENT_ACTIONS: Final = "Quit with unsent actions?"
EVERYTHING_IS_SENT: Final = "Everything is sent."
AND_MORE: Final = "and {count} more"


def not_reached(count: int) -> str:
    """The head of the list of unsent actions."""
    return f"{count} {'actions have' if count > 1 else 'action has'} not reached Intercom yet:"


def quit_now(count: int) -> str:
    """The answer that leaves ``count`` actions unsent."""
    return f"quit now, keep {'them' if count > 1 else 'it'} queued"


def wait_until_sent(count: int) -> str:
    """The answer that sends ``count`` actions first."""
    return f"wait until {'they are' if count > 1 else 'it is'} sent, then quit"


# app/commands/navigation
NOT_IN_THE_LIST: Final = "This conversation is not in the list."
NO_CONVERSATIONS_OF_CONTACT: Final = "No conversations with this contact here."

# app/commands/outbox
NOTHING_TO_REVIEW: Final = "Nothing to review."

# app/commands/subprocesses
RAN_TOO_LONG: Final = "It ran for more than a minute and was ended."
AND_MORE_NOT_SHOWN: Final = "{said}\n… and more, which is not shown."

# app/commands/undoing
THERE_IS_NOTHING_TO_UNDO: Final = "There is nothing to undo."
LISTS_ACTIONS_FROM_ELSEWHERE: Final = "{said} {key} lists actions from elsewhere."

# app/commands/unknown_delivery
IT_ARRIVED: Final = "it arrived, do not send it again"
UNKNOWN_DELIVERY_MEANS: Final = "If it is not found by then, it is sent again. If you send it now, it may arrive twice."
SEND_IT_AGAIN_NOW: Final = "send it again now"
DELIVERY_UNKNOWN: Final = "Delivery unknown"
KEEP_BOTH: Final = "keep both"
SENT_TWICE: Final = "Sent twice"
REDACTING_MEANS: Final = "Redacting removes the copy's text for everyone and cannot be undone. Sent e-mails stay sent."
REDACT_THE_COPY: Final = "redact the copy"

# app/controllers/actions
SELECT_A_CONVERSATION_FIRST: Final = "Select a conversation first."

# app/controllers/composer
NOTE_SAVED: Final = "Note saved"
DRAFT_SAVED: Final = "Draft saved."
THERE_IS_NOTHING_TO_SEND_YET: Final = "There is nothing to send yet."
REPLY_AND_CLOSE: Final = "Reply and close"
WILL_BE_SENT: Final = "{done} will be sent {when}"

# app/controllers/seen
JUST_NOW: Final = "just now"
NO_NEW_MESSAGES: Final = "No new messages."
NO_ROOM_TO_SHOW_IT: Final = "No room to show it: make the window larger."

# app/controllers/thread
NO_OTHER_WAITS: Final = "No other conversation is waiting."
END_OF_QUEUE: Final = "End of queue. Back to the longest-waiting conversation."

# app/damaged
THE_STORE_IS_DAMAGED: Final = "The store is damaged."

# app/dialogs/finder
SEARCHING_INTERCOM: Final = "searching Intercom…"
NOTHING_FOUND: Final = "Nothing found."

# app/dialogs/help
TO_FILTER: Final = "to filter"
SHOW_ALL: Final = "show all"

# app/dialogs/outbox
ALL_SENT: Final = "All sent."

# app/dialogs/pager
NO_MATCH: Final = "No match."

# app/dialogs/picker
NOTHING_TO_CHOOSE_FROM: Final = "Nothing to choose from."
TO_NARROW: Final = "to narrow"

# app/commands/overview, app/dialogs/overview
NO_CONVERSATIONS_THERE: Final = "No conversations there."
COUNTING: Final = "Counting what is stored…"
NOTHING_STORED_YET: Final = "No conversations are stored yet. The figures appear with the first download."
NO_CUSTOMER_IS_WAITING: Final = "No customer is waiting."

# app/dialogs/search
ALL_CONVERSATIONS: Final = "all conversations"

# app/dialogs/small
WINDOW_TOO_SMALL: Final = "Window too small: needs 40 columns and 10 lines. Nothing is lost."

# app/dialogs/snooze
THEY_REPLY: Final = "they reply"
SNOOZE_EXAMPLES: Final = "3h · tomorrow 9am · mon · 1 dec 14:00 · until reply"
UNTIL_THE_CUSTOMER_REPLIES: Final = "until the customer replies"

# app/keyboard/footer_hints
LEAVE_THE_SEARCH: Final = "leave the search"

# app/keyboard/refusals
QUITS: Final = "{key:app.quit} quits."
SWITCHED_THE_VIEW: Final = "{digits} switched the view to {view} · press {keys} again: {command}"
IGNORED_NOTHING_ON_SCREEN: Final = "{command}: ignored, nothing was on screen yet."
IGNORED_LIST_CHANGED: Final = "{command}: ignored, the list changed just before."
NOTHING_SELECTED_FOR: Final = "{command}: nothing selected."
CANNOT_BE_REPEATED: Final = "{command} cannot be repeated with a number. Nothing was done."
COMMANDS_ARE_LATIN: Final = "{key} is not a key here. Commands are Latin letters."
GOES_TO_ONE: Final = "{command} goes to one conversation, {count} selected · {{key:select.none}} none"
NOT_A_KEY_HERE: Final = "{keys} is not a key here · {{key:help.keys}} all keys"


def works_in(keys: str, panes: Sequence[str], command: str) -> str:
    """Where keys mean something that mean nothing here."""
    return f"{keys} works in the {' and the '.join(panes)}: {command}."


# app/layout
SAVE_DRAFT: Final = "save draft"
SAVE_NOTE: Final = "save note"

# app/widgets/card
FIVE_KEYS: Final = "Five keys to start with"
CARD_MOVE: Final = "move through the list"
CARD_OPEN: Final = "open a conversation"
CARD_REPLY: Final = "write a reply"
CARD_CLOSE: Final = "close it and go to the next"
CARD_UNDO: Final = "undo"
ALL_KEYS: Final = "shows all keys"
CARD_REJECTED: Final = "Intercom rejected the access token"
ACCESS_FROM: Final = "token from"
ACCESS_REGION: Final = "region"
STEP_CHECK: Final = "Check the token in Intercom: Settings, Developer Hub, your app, Authentication."
STEP_REGION: Final = "Check that the workspace is hosted in that region: [profile.{profile}] region in the settings."
STEP_REPLACE: Final = "Save the new token in the same place. It is read again automatically."
RETRY_NOW: Final = "try again now"

# app/widgets/status
SENT_TWICE_COUNT: Final = "sent twice"
SYNCED_AGO: Final = "synced {age} ago"
OFFLINE_SINCE: Final = "offline since {time}"
LAST_UPDATE: Final = "last update {time}"
UNKNOWN_DELIVERY: Final = "delivery unknown"
ACCESS_REJECTED: Final = "access token rejected"

# app/widgets/thread_header
UNKNOWN_CONTACT: Final = "Unknown contact"
NO_TEAMMATE: Final = "no teammate"

# app/commands/views
SHOW_VIEW: Final = "Show view {number}."
NO_VIEW: Final = "There is no view {number}."

# app/dialogs/confirm
MORE_LINES: Final = "↑↓ {count} more lines"

# app/dialogs/overview
AS_OF: Final = "as of {time}"

# app/dialogs/overview_layout
WAITING_AND_ANSWERED: Final = "{full} waiting {rest} answered"
SLA_MISSED: Final = "{count:,} SLA missed"
WAITING_FOR_AN_ANSWER: Final = "{who}: waiting for an answer"
NONE_OPEN: Final = "none open: {names}"

# app/dialogs/undo
PRESS_AGAIN: Final = "Press {key} again to {verb}."
CHOOSE_UNDO_AGAIN: Final = "Choose Undo again to {verb}."

# app/terminal/crash
CRASHED: Final = "{program} stopped because of an internal error ({error})."
REPORT_NOT_WRITTEN: Final = "{sentence} Its report could not be written to {path}."
NO_REPORT_KEPT: Final = "{sentence} No report was kept."
REPORT_IS_IN: Final = "{sentence} A report without customer data is in {path}."

# app/widgets/thread_layout
OPENS_IT: Final = " ({key} opens it)"
NEW_SINCE_YOU_LOOKED: Final = "{count} new since you looked"
RATED: Final = "rated {count} of 5"
TEAMMATES_ONLY: Final = "teammates only"

# app/controllers/status
TO_REVIEW: Final = "{what} · {key} to review"

# app/widgets/composer
ONLY_TEAMMATES_SEE: Final = "only teammates see this"
CUSTOMER_WILL_SEE: Final = "the customer will see this"

# app/widgets/contact_lines
EXTERNAL_ID: Final = "external ID"
