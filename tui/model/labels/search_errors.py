"""What is said of a query, a name or an id that cannot be understood or found."""

from typing import Final

# inbox/resolve
NO_CONVERSATION: Final = "There is no conversation {conversation} in this workspace ({reason})."
MAY_NOT_READ: Final = "This token may not read {what}: give the id instead of “{wanted}”."
TAG_CREATE_CREATES_ONE: Final = "{sentence} (intercom-tui tag create NAME creates one)."
IS_EMPTY: Final = "The {what} is empty."
NONE_IN_WORKSPACE: Final = "There is no {what} “{wanted}” in this workspace."
NO_VIEW: Final = "There is no view “{wanted}”: {known}."
NOT_AN_ID: Final = "{wanted!a} is not a {what}'s id."
NO_CONTACT_WITH_ADDRESS: Final = "There is no contact with the address {wanted}."
SEVERAL_HAVE_ADDRESS: Final = "Several contacts have the address {wanted}: {some}: use the ID."
NO_ACTION: Final = "There is no action {number} in the outbox."
NO_CONTACT: Final = "There is no contact {wanted} in this workspace ({reason})."
COULD_BE: Final = "“{wanted}” could be {some}: be more specific."
COULD_BE_MORE: Final = "“{wanted}” could be {some} and more: be more specific."

# inbox/search/query
DID_YOU_MEAN: Final = "Did you mean {key}:{value}?"
IT_TAKES: Final = "It takes {known}."
UNKNOWN_VALUE: Final = "Unknown value {key}:{value}. {hint}"
DOES_NOT_COMPARE: Final = "“{key}” takes a “:”, only {others} and {last} compare."
UNKNOWN_TERM: Final = "Unknown term {key}:. Try {known} or plain text."
IS_TAKES_SEVERAL: Final = "“is:” takes several values only where all are open, closed or snoozed."
NEITHER_AGE_NOR_DATE: Final = "“{value}” is neither an age like 2h or 3d nor a date like 2026-01-31."
NEEDS_A_VALUE: Final = "“{key}{sign}” needs a value after it."
NOT_A_RATING: Final = "A rating is 1 to 5, not “{value}”."
NONE_HERE: Final = "There is no {what} “{value}” here."
NOT_A_DATE: Final = "“{value}” is not a date."

# inbox/search/views
NOT_A_SORT_ORDER: Final = "“{name}” is not a sort order: {known}."
