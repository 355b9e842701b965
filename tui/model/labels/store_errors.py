"""What is said of the store on disk: damage, other programs, rescue and what no longer fits."""

from typing import Final

# inbox/session
CANNOT_WRITE: Final = "Cannot write the store at {path}: {reason}."

# store/connection
DAMAGED: Final = "The store at {path} is damaged ({reason}): the next start rebuilds it, unsent text is kept."
NUMBER_TOO_LARGE: Final = "A number is too large to be kept in the store."
HALF_A_CHARACTER: Final = "Half of a character cannot be kept in the store."
LOCKED: Final = "Another program holds the store at {path} locked: try again."
DISK_IS_FULL: Final = "The disk is full: {path} could not be written; nothing was lost."
READING_INTERRUPTED: Final = "Reading the store was interrupted."
CLOSED: Final = "The store is closed."

# store/maintenance
IS_DAMAGED: Final = "The store at {path} is damaged."
KEPT_IN_MEMORY: Final = "{refusal} What is stored can be read; what you write is kept in memory only."
HOLDS_UNSENT: Final = (
    "There are {actions} unsent actions and {drafts} drafts in this store: send or discard them first, or use "
    "--force to lose them."
)
NOT_SMALLER_NOW: Final = "The store cannot be made smaller now: {reason}"
HEADER_IS_WRONG: Final = "The store at {path} is damaged: its header is wrong."

# store/mending
LOST_MAY_BE_SENT: Final = (
    "The store lost it, and it may have been sent: check the conversation before you send it again."
)
TEXT_RESTORED: Final = (
    "The store's copy was damaged; its text was restored from the second file. Send it again, or discard it."
)
REST_OF_A_DRAFT: Final = "What is left of a draft whose conversation is not known."
HAD_LOST: Final = "The store had lost {drafts} and {actions}: they are restored; review the actions in the outbox."
SET_ASIDE: Final = "{rows} of the store could not be read: what is left of them is in the outbox."

# store/outbox
ACTION_DAMAGED: Final = "It was damaged in the store: what is left of it is here."
NOT_JOURNALED: Final = "The action could not be journaled."

# store/rescue
SAVED_MAY_BE_SENT: Final = (
    "It was saved from a damaged store and may have been sent: check the conversation before you send it."
)
CANNOT_BE_MOVED: Final = "The store at {path} is damaged and cannot be moved aside ({reason})."


def rescued(moved_to: str, drafts: int, actions: int, waiting: int, *, surely_all: bool) -> str:
    """What came of a damaged store; ``waiting`` of its unsent ``actions`` need a review."""
    review = f" ({waiting} of them {'needs' if waiting == 1 else 'need'} your review in the outbox)" if waiting else ""
    rest = "" if surely_all else "; anything else that was not sent could not be read"
    return (
        f"The store was damaged and has been moved to {moved_to}; {drafts} drafts and {actions} unsent actions were "
        f"saved{review}, conversations are downloaded again{rest}."
    )


# store/schema
WRITTEN_BY_NEWER: Final = (
    "This store was written by a newer intercom-tui (store version {version}, this program knows {known}): "
    "update the program, or use another profile."
)
