"""The nouns of the shell, each a module of this package, with what they are for."""

from typing import Final

NOUNS: Final = {
    "conversation": "list, view, reply, note, assign, close, open, snooze, tag, untag",
    "view": "list the views with their counts, stats of the whole desk",
    "contact": "find, view, create, update, delete, note, tag, untag",
    "admin": "list the teammates",
    "team": "list the teams and their members",
    "tag": "list the tags, create one",
    "draft": "saved drafts: list",
    "outbox": "unsent actions: list, show, retry, discard",
    "store": "the local copy: info, vacuum, clear",
    "sandbox": "serve a demo workspace with Intercom's API on this machine",
}
