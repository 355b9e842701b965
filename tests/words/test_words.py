"""The program speaks plain English: no sentence that a person can see has a word of its former dialect."""

import re
from collections.abc import Callable, Iterator

import pytest

from tests.words.forbidden import FORBIDDEN, faults_of
from tests.words.sentences import Sentence, commands, in_source, pages, settings, shell, source

ALLOWED = {
    # the query language and the shell know `nobody`, which is not to change
    "me, nobody, or part of a teammate's name": "a value of assignee:",
    "nobody, or part of a team's name": "a value of team:",
    "assignee:nobody": "a value of assignee:",
    # values of JSON and of the store, which is not to change
    "given up": "a value of held_for",
    "taken back": "a value that is not shown",
    # what people type
    "revert, take back, cancel": "other names of undo in the palette",
    # other meanings
    "I am on it and come back to you today": "a macro of the demo, to its customers",
    "A key is never left out": "of JSON",
}
"""Parts of sentences that may stay as they are, each with why."""
OLD = [
    "Next that waits", "Give the keys to the next pane.", "Go on from the thread to the contact.",
        "Take back the last action; a reply that has not left yet comes back to the composer.",
        "Put the conversation aside until a time, or until the customer replies.", "put away", "send+close",
        "Answer with a prepared text.", "Held back: read this first", "look before it leaves", "Your words:",
        "leaves in a moment: u takes it back", "given up", "Nothing waits for your decision", "Nobody waits for you.",
        "Every conversation has somebody.", "It is tried again and again by itself; Intercom asks us to wait.",
        "(no words)", "Not on this machine yet.", "the thread comes when the connection does", "woke by itself",
        "added somebody", "Read: there is nothing here to do it to.", "it makes no sense", "a fault of the program",
        "There is no way to find api.eu.intercom.io: is this machine online?",
        "Access Token Invalid (asked 127.0.0.1; is the token of that region?).",
        "hang a tag on it", "take a tag off it",
        "let it sleep until a time", "from the local store, asking nobody", "at most so many",
        "a made-up workspace in this process and a throw-away profile", "is no order", "say which",
        "“someday” is not a time I know; try", "words and terms that must all hold", "costs much over a slow link",
        "where the cursor goes after assigning away", "it is on its way already",
        "whoever you act as", "it hung", "a reply to nobody", "Take the conversation.", "A tag wants a name.",
        "what may have arrived is looked for", "send it all the same", "“gw” has no meaning",
        "Decide on a reply that was held back", "it is sent after your decision",
        "internal fault of the program itself",
        "Ask Intercom now what is new.", "changed nothing that could be set back",
        "Intercom has not said yet who you are.",
        "Redacting blanks the copy out for good", "offline since when",
]  # fmt: skip
"""Sentences of before, and more that no pattern may miss."""

KINDS: dict[str, Callable[[], Iterator[Sentence]]] = {
    "commands": commands,
    "shell": shell,
    "settings": settings,
    "pages": pages,
    "source": source,
}


@pytest.mark.parametrize("kind", KINDS)
def test_no_sentence_has_a_forbidden_word(kind: str) -> None:
    found = [
        f"{one.where}: {one.text[:150]!r}: {'; '.join(faults)}"
        for one in KINDS[kind]()
        if (faults := faults_of(_without_allowed(one.text)))
    ]
    assert not found, "\n" + "\n".join(found)


def _without_allowed(text: str) -> str:
    for allowed in ALLOWED:
        text = text.replace(allowed, "")
    return text


def test_sentences_are_found_in_all_places() -> None:
    counts = {kind: sum(1 for _ in collect()) for kind, collect in KINDS.items()}
    assert counts["commands"] > 200
    assert counts["shell"] > 400
    assert counts["settings"] > 30
    assert counts["pages"] > 500
    assert counts["source"] > 700
    texts = {kind: " ".join(one.text for one in collect()) for kind, collect in KINDS.items()}
    assert "Undo the last action." in texts["commands"]
    assert "add a tag" in texts["shell"]
    assert "Nothing assigned to you." in texts["source"]
    assert "Simulated customers" in texts["pages"]


def test_what_is_allowed_is_needed() -> None:
    """An exception that nothing needs any more would hide the next fault."""
    texts = " ".join(one.text for collect in KINDS.values() for one in collect())
    assert [allowed for allowed in ALLOWED if allowed not in texts] == []
    assert [allowed for allowed in ALLOWED if not faults_of(allowed)] == []


@pytest.mark.parametrize("old", OLD)
def test_the_old_words_are_found(old: str) -> None:
    assert faults_of(old)


@pytest.mark.parametrize(
    "plain",
    [
        "Next in queue", "Undo the last action. An unsent reply returns to the composer.", "Copy the link.",
        "Save the draft and leave the composer.", "Snooze until a time or until the customer replies.", "send & close",
        "Add or remove tags. A new name creates the tag.", "Open a link or an attachment.", "Nothing assigned to you.",
        "password", "outcome", "input", "keywords",
    ],
)  # fmt: skip
def test_plain_words_are_not(plain: str) -> None:
    assert faults_of(plain) == []


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_every_pattern_finds_what_it_is_for(pattern: str) -> None:
    assert any(re.search(pattern, old.lower()) for old in OLD)


def test_what_is_read_in_source_is_what_people_see() -> None:
    code = """
import logging, re
LOG = logging.getLogger()
TITLE = "Nobody waits."
class A:
    'A class that waits for somebody.'
    CSS = "A { height: 1; }"
    def f(self, x: "list[int] | None", n: int) -> "int | None":
        "Words for those who read the code."
        LOG.info("somebody came: %d", n)
        re.compile("put (away|off)")
        if n: raise TypeError("nobody sees this")
        self.execute("SELECT words FROM parts WHERE n = ?")
        raise StoreError(f"There are {n:,} words too many")
"""
    assert [one.text for one in in_source(code, "x.py")] == ["Nobody waits.", "There are {…} words too many"]
