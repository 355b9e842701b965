"""Made-up content for the sandbox: the support desk of Tidewater, a shop that sells shipping labels by subscription.

Everything is a function of the `random.Random` given. No real person, company or address appears: every domain ends in
`.example`.

- `person(rng)`, `company(rng)`: one invented customer, one invented company.
- `headline(rng, person=None)`: subject and first message only (microseconds: for list rows).
- `script(rng, person=None)`: the whole thread; for an equal generator and person its subject and first turn are the
  headline's. With a person the thread is in their language and signed with their name. `Script.rest` holds the turns
  that would come next.
- `headline` and `script` take `nth=`, the conversation's place in a list, so that neighbours in it differ, and `kind=`
  to ask for one topic (a cluster of `outage-labels`, a `war-room` with `length=620`).
- `play(script, standing)`: the turns after the first, up to where the thread is fresh, waiting, answered or closed.
"""

from __future__ import annotations

from tui.sandbox.content.articles import ARTICLES
from tui.sandbox.content.people import company, person
from tui.sandbox.content.pools import TOPICS
from tui.sandbox.content.scripts import headline, script
from tui.sandbox.content.shapes import (
    AdminWords,
    ArticleWords,
    AttributeWords,
    CompanyWords,
    EventWords,
    FileWords,
    Headline,
    MacroWords,
    Person,
    Script,
    SegmentWords,
    TeamWords,
    TicketTypeWords,
    Turn,
)
from tui.sandbox.content.standing import Standing, play
from tui.sandbox.content.workspace import (
    ADMINS,
    BOT,
    DATA_ATTRIBUTES,
    EVENTS,
    MACROS,
    SEGMENTS,
    TAGS,
    TEAMS,
    TICKET_TYPES,
    WORKSPACE_NAME,
)

KINDS: tuple[str, ...] = tuple(TOPICS)
"""The keys of all topics: `outage-labels`, `war-room`, `hostile-escape`…"""

__all__ = [
    "ADMINS",
    "ARTICLES",
    "BOT",
    "DATA_ATTRIBUTES",
    "EVENTS",
    "KINDS",
    "MACROS",
    "SEGMENTS",
    "TAGS",
    "TEAMS",
    "TICKET_TYPES",
    "WORKSPACE_NAME",
    "AdminWords",
    "ArticleWords",
    "AttributeWords",
    "CompanyWords",
    "EventWords",
    "FileWords",
    "Headline",
    "MacroWords",
    "Person",
    "Script",
    "SegmentWords",
    "Standing",
    "TeamWords",
    "TicketTypeWords",
    "Turn",
    "company",
    "headline",
    "person",
    "play",
    "script",
]
