"""What the program notes of its own doings, for whoever looks for a fault: never a token, a text or a name.

Nothing is written unless :func:`tui.config.log.open_log` says where. What is logged are ids, our own words, numbers and
times; whoever logs something that came from elsewhere says here first what of it is fit.
"""

import logging
import re
from typing import Final

ROOT: Final = logging.getLogger("tui")
ROOT.addHandler(logging.NullHandler())  # else Python writes warnings to a terminal that is somebody's screen
ROOT.propagate = False

_WORDS: Final = frozenset(
    {
        "admins", "archive", "articles", "attach", "away", "companies", "contacts", "conversations", "convert",
        "customers", "data_attributes", "events", "find_by_external_id", "me", "merge", "messages", "notes", "parts",
        "redact", "reply", "run_assignment_rules", "search", "segments", "tags", "teams", "ticket_states",
        "ticket_types", "tickets", "unarchive",
    }
)  # fmt: skip
"""The words of Intercom's paths."""
_ID: Final = re.compile(r"(?=.*[0-9])[0-9a-fA-F-]{1,64}")
_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9-]{1,64}")
_CODE: Final = re.compile(r"[a-z_]{1,40}")


def logger(name: str) -> logging.Logger:
    """The log of one part of the program: ``api``, ``outbox``."""
    return ROOT.getChild(name)


def path_words(path: str) -> str:
    """A path of the API with its ids; whatever else a person may have typed into it is an ellipsis."""
    parts = path.partition("?")[0].split("/")
    return "/".join(one if not one or one in _WORDS or _ID.fullmatch(one) else "…" for one in parts)


def request_words(request_id: str) -> str:
    """A request id as servers give it, ``-`` for none or for anything else."""
    return request_id if _REQUEST_ID.fullmatch(request_id) else "-"


def code_words(code: str) -> str:
    """Intercom's own word for an error (``not_found``), ``-`` for none or for anything else."""
    return code if _CODE.fullmatch(code) else "-"
