"""Threads: the headline of one, cheaply, and the whole."""

from __future__ import annotations

from random import Random

from tui.sandbox.content.shapes import Headline, Person, Script, Turn


def headline(rng: Random, person: Person | None = None) -> Headline:
    """Subject and first message of the thread that `script` would make from an equal generator and person."""
    n = rng.randrange(1000)
    text = f"Label {n} does not print"
    return Headline(text, f"<p>{text}</p>", text, "how-to", person.language if person else "en", "email", "waiting")


def script(rng: Random, person: Person | None = None) -> Script:
    """A whole thread; in the person's language and signed by them when one is given."""
    head = headline(rng, person)
    turn = Turn("customer", head.first_body_html, 0)
    return Script(
        head.topic, head.language, head.subject, head.channel, [turn], ["how-to"], None, None, "neutral", head.ends
    )
