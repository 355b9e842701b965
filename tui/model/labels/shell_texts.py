"""What commands of the shell say, but for the help of their nouns, verbs and options, which stands with those."""

from typing import Final

# cli/admin
NO_TEAMMATES: Final = "No teammates."

# cli/contact
NO_CONTACTS_FOUND: Final = "No contacts found."
NEW_CONTACT_NEEDS: Final = "A new contact needs --email, --external-id or --role."
NOTHING_TO_CHANGE: Final = "Nothing to change: give --name, --email, --phone, --role, --external-id or --set."
DELETING_NEEDS_YES: Final = "Deleting cannot be undone: use --yes without a terminal."
NOT_DELETED: Final = "Not deleted."
INPUT_NOT_READ_NOT_DELETED: Final = "Standard input cannot be read: {reason}. Nothing was deleted."
DELETE_FOR_GOOD: Final = "Delete {name} ({number}) for good? This cannot be undone. [y/N] "
SET_NOT_KEY_VALUE: Final = "--set {pair!a} is not KEY=VALUE."

# cli/conversation
QUERY_HELP: Final = (
    "All terms of a query must match, as in the app's search:\n"
    '  is:open is:mine tag:vip assignee:nobody waiting>2h updated<2d "double charge"\n'
    "Views are {views}, team:ID and saved:NAME."
)
NOT_NAME_VALUE: Final = "{pair!a} is not NAME=VALUE."
NOT_ALLOWED: Final = "Not allowed with this token: {what}."
MORE_THAN_ONE_LIST: Final = (
    "There are more conversations than one list reads: narrow it with --query, or sort by newest."
)

# cli/conversation_table
NO_CONVERSATIONS: Final = "No conversations."

# cli/crash
INTERNAL_ERROR: Final = "Internal error ({error}) ended this."
REPORT_IS_IN: Final = "{sentence} A report is in {path}."
REPORT_NOT_WRITTEN: Final = "{sentence} Its report could not be written to {path}."
NO_REPORT: Final = "{sentence} No report could be written ({error})."

# cli/deciding
NOT_A_COPY: Final = "{number} is not a copy that can be redacted."
NOTHING_SENT_TWICE: Final = "Nothing was sent twice, as far as is known."

# cli/demo
DEMO_SCREENSHOT: Final = "Could you send a **screenshot** of what you see, and the order number?"
DEMO_CLOSING: Final = "Hello {first_name}, does it work again on your side? If so I close this one."

# cli/draft
NO_DRAFTS: Final = "There are no drafts."

# cli/failure
CHECK_OWNER_AND_ROOM: Final = "{where}{reason}. Check who owns it, its permissions and the room on the disk."

# cli/figures
STORE_HOLDS_NOTHING: Final = (
    "The store holds no conversations yet: open the inbox once, or list some, to download them."
)
STILL_DOWNLOADING: Final = "Still downloading: these are the conversations so far."
NO_CUSTOMER_IS_WAITING: Final = "No customer is waiting."
FIGURES: Final = "{open:,} open, {waiting:,} waiting, {missed:,} SLA missed, {snoozed:,} snoozed; {stored:,} stored"
WAITING_AND_ANSWERED: Final = "{full} waiting {rest} answered"
CLOSED_MEANS: Final = "closed: those closed now, by their last change"

# cli/in_process
SANDBOX_HAS_ENDED: Final = "The sandbox has ended."

# cli/keeping
TEXT_NOT_KEPT: Final = "The text could not be kept: it is printed above."
TEXT_KEPT_AS_DRAFT: Final = "The text is kept as a draft of conversation {conversation}."
TEXT_KEPT_IN: Final = "The text is kept in {path}."

# cli/launch
STORE_KEEPS_GETTING_DAMAGED: Final = (
    "The store keeps getting damaged: the disk may be failing. What was not sent is kept."
)
INBOX_NEEDS_A_TERMINAL: Final = "The inbox needs a terminal; for scripts see intercom-tui conversation --help."
QUEUED_FOR_NEXT_START: Final = (
    "Not sent yet: {what}. Queued: sent the next time intercom-tui starts (intercom-tui outbox list)."
)
ACTIONS: Final = "{count} actions"

# cli/main
OUTPUT_NOT_WRITTEN: Final = "The output could not be written: {reason}."
DESCRIPTION: Final = "A keyboard-driven terminal inbox for Intercom. Without a noun it opens the inbox."
DONE_BUT_OUTPUT_NOT_WRITTEN: Final = "It was done, but the output could not be written: {reason}."
READER_CLOSED_THE_PIPE: Final = "its reader closed the pipe"

# cli/notices
DONE_BUT_NOT_COPIED: Final = "Intercom has done it, but the copy on this machine could not be written. {trouble}"
WATCHED: Final = "Watched for a second copy until {until}: {what} ({number})"
SENT_TWICE: Final = (
    "Sent twice: {what}. intercom-tui outbox redact {number} redacts it, "
    "intercom-tui outbox discard {number} keeps both."
)
SENT_TWICE_TO_KEEP: Final = "Sent twice: {what}. intercom-tui outbox discard {number} keeps both."

# cli/outbox
OUTBOX_IS_EMPTY: Final = "The outbox is empty."
NOTHING_TO_SEND_OF: Final = "Action {number} is {state}: there is nothing to send."
NOTHING_TO_SEND: Final = "Nothing to send."
IS_A_COPY: Final = "{number} is a copy of what was sent: intercom-tui outbox redact {number} redacts it."
DISCARDED_BEFORE: Final = "It was discarded before."

# cli/parsing
NOT_A_NUMBER: Final = "{text!a} is not a number of at least 1"

# cli/plain
LINES_ONLY: Final = 'TERM is {term}: this terminal shows lines only. Type an id to read, "help" for more, "q" to leave.'
QUOTATION_MARK_IS_MISSING: Final = 'A quotation mark is missing: quote a text like "this".'

# cli/reporting
SENT_A_SECOND_TIME: Final = (
    "It was sent a second time because the first was not found; if the first arrives after all, the app and "
    "intercom-tui outbox check say so."
)
EARLIER_NEEDS_REVIEW: Final = (
    "An earlier action needs your review (intercom-tui outbox show {number}); this one is queued behind it."
)
NOTHING_WAS_SENT: Final = "{why}: {who}. Nothing was sent."
NOT_SENT_YET_QUEUED: Final = (
    "Not sent yet: {title}. {why} It is queued (intercom-tui outbox list) and sent by the app, or by "
    "intercom-tui outbox retry."
)
DELIVERY_UNKNOWN: Final = (
    "Delivery unknown: {title}. {why} Do not send it again: it is queued, and the next start checks for it "
    "before sending it again (intercom-tui outbox show {number}; outbox arrived, outbox retry --now or outbox "
    "discard decide now)."
)
NOT_SENT_YET: Final = "Not sent yet: {title}. {why}"
DONE: Final = "Done: {title}"
DONE_BUT: Final = "Done: {title}. {why}"
UNTIL: Final = "{title} until {until}"
NOT_SENT: Final = "Not sent: {title}. {why} Send it again with --force to send it anyway."
REJECTED: Final = "Rejected: {title}. {why}"
TEXT_IS_A_DRAFT: Final = "The text is kept as a draft."
STAYS_IN_OUTBOX: Final = "It stays in the outbox as {number}."

# cli/store
STORE_IS_SMALLER: Final = "The store is {megabytes:,.1f} MB smaller."
NO_UNUSED_SPACE: Final = "There was no unused space."

# cli/tag
NO_TAGS: Final = "No tags."
TAG_NEEDS_A_NAME: Final = "A tag needs a name."

# cli/team
NO_TEAMS: Final = "No teams."

# cli/text_input
NOTHING_WRITTEN: Final = "Nothing was written, so nothing is sent."
INPUT_TOO_LONG: Final = "Standard input is longer than any message can be."
INPUT_NOT_READ: Final = "Standard input cannot be read: {reason}."
NO_EDITOR_FILE: Final = "No file for the editor can be made: {reason}."
NOTHING_IS_SENT: Final = "{trouble} Nothing is sent."
EDITOR_ENDED_AT_ONCE: Final = (
    "{editor} ended at once and wrote nothing, so nothing is sent. Did your editor need --wait? What it saves "
    "later is in {path}"
)
NO_TEXT: Final = "There is no text: give it as an argument, - to read standard input, or --edit."
WHAT_IT_SAVED: Final = "{said} What it saved is in {path}"
EDITOR_LEFT_NO_FILE: Final = "The editor left no file, so nothing is sent."
EDITOR_ENDED_WITH: Final = "The editor ended with {code}, so nothing is sent."

# cli/view
NO_VIEWS: Final = "No views."
