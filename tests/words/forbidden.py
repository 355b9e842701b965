"""The words that the program does not use, each with what it says instead."""

import re
from typing import Final

__all__ = ["FORBIDDEN", "faults_of"]

FORBIDDEN: Final = {
    # habits
    r"\b(some|no|any)body\b": "unassigned, none, someone, a teammate",
    r"\bwhoever\b": "the name of who it is",
    r"\bwords?\b": "text, reply, note",
    r"\bleaves\b|\b(has|have|had|not|never) left\b|\bassigning away\b": "is sent, was sent",
    r"\b(come|comes|came|coming)\b": "arrives, is shown, returns",
    r"\b(by|over|on|once) the link\b|\bthe link (is|was)\b|\b(dead|slow|bad) links?\b": "connection",
    r"\bputs?\b": "add, insert, move",
    r"\b(hang|hung|hangs)\b": "add",
    r"\b(take|takes|took|taken|taking)( \w+){0,3} (off|back)\b": "remove, undo",
    r"\bthat waits?\b|\b(is|are) waited for\b": "in queue, unsent",
    r"\bmakes? (no )?sense\b": "usage error, cannot be understood",
    r"\bfault of (the program|its own)\b": "internal error",
    r"\bgiven up\b": "stopped",
    r"\bprepared texts?\b": "macro",
    r"\b(made-up|throw-away)\b": "demo",
    r"\bso many\b": "maximum number",
    r"\bwants\b": "needs, requires",
    r"\bsay which\b": "be more specific",
    r"\blook(s|ed|ing)? (for it|before)\b|\bis looked for\b|\bare looked for\b": "check",
    r"\ball the same\b": "anyway",
    r"\bon its way\b": "being sent",
    r"\bhas no meaning\b|\bhas its meaning\b": "is not a key here, works in",
    r"\bto decide on\b|\byour decision\b": "review",
    r"\bis no (order|file|copy|token|number)\b": "is not a",
    r"\bheld back\b": "held",
    r"\bthe program itself\b": "internal error",
    r"\bwhat is new\b": "new messages",
    r"\bsince when\b(?! the customer)": "since",
    r"\bset back\b": "reversed",
    r"\bsaid yet who\b": "not loaded yet",
    r"\bblanks?( \w+){1,3} out\b": "redacts",
    # sentences of before
    r"next (conversation )?that waits|next waiting$": "next in queue",
    r"the keys to the (next|pane)|go on from": "focus",
    r"\bto nobody\b|take the conversation": "unassign, assign to me",
    r"send\+close": "send & close",
    r"not on this machine yet": "not downloaded",
    r"is this machine online|is the token of that region": "check the network connection, the token and region",
    r"there is nothing here to do it to": "nothing selected",
    r"asks? us\b|by itself\b.*\btried\b": "retrying automatically",
    r"not a time i know": "cannot understand",
    r"\bwoke\b|let it sleep": "unsnoozed, snooze",
}
"""Pattern to what is said instead. Patterns are matched in lower case."""

_PATTERNS: Final = [(re.compile(pattern), instead) for pattern, instead in FORBIDDEN.items()]


def faults_of(sentence: str) -> list[str]:
    """Each forbidden word of a sentence, with what is said instead."""
    lowered = sentence.lower()
    return [f"{found[0]} -> {instead}" for pattern, instead in _PATTERNS if (found := pattern.search(lowered))]
