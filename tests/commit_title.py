"""The title of a commit, ``area: imperative`` of at most 72 characters: ``python -m tests.commit_title FILE``.

A hook calls it with the file of the message (`.pre-commit-config.yaml`). Merges and reverts keep Git's own titles.
"""

import re
import sys
from pathlib import Path

MOST = 72
"""Characters of a title."""

_TITLE = re.compile(r"[a-z][a-z0-9_./, -]*: \S")
_GITS_OWN = ("Merge ", "Revert ", "fixup! ", "squash! ")


def wrong_with(message: str) -> str:
    """What is wrong with a commit's message, in a sentence; ``""`` where nothing is."""
    title, *rest = message.splitlines() or [""]
    if title.startswith(_GITS_OWN):
        return ""
    if not _TITLE.match(title):
        return f"The title begins with an area and a colon, as “cli: name the profile in errors”: {title}"
    if len(title) > MOST:
        return f"The title has {len(title)} characters, of which {MOST} are shown everywhere: {title}"
    if title.endswith("."):
        return f"A title takes no full stop: {title}"
    if rest and rest[0].strip():
        return "An empty line stands between the title and what follows it."
    return ""


def main() -> int:
    """Judge the message in the file that is named; 1 and a sentence where something is wrong with it."""
    sentence = wrong_with(Path(sys.argv[1]).read_text(encoding="utf-8"))
    if sentence:
        print(sentence, file=sys.stderr)
    return int(bool(sentence))


if __name__ == "__main__":
    raise SystemExit(main())
