"""The nouns of the shell, each a module of this package, with what they are for."""

from typing import Final

NOUNS: Final = {
    "conversation": "list, view, reply, note, assign, close, open, snooze, tag, untag",
    "view": "list the views with their counts, stats of the whole desk",
    "contact": "find, view, create, update, delete, note, tag, untag",
    "admin": "list the teammates",
    "team": "list the teams and who is in them",
    "tag": "list the tags, create one",
    "draft": "what was begun and not sent: list",
    "outbox": "what was not sent yet: list, show, retry, discard",
    "store": "the local copy: info, vacuum, clear",
    "sandbox": "serve a made-up Intercom-compatible workspace on loopback",
}
