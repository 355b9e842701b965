"""Threads: the headline of one, cheaply, and the whole."""

from __future__ import annotations

import re
from random import Random
from typing import NamedTuple

from tui.sandbox.content.files import attachments
from tui.sandbox.content.mail import dress, quote
from tui.sandbox.content.phrases import Phrases, phrases
from tui.sandbox.content.pools import TOPICS, draw_place, draw_topic
from tui.sandbox.content.shapes import Author, Channel, Ending, Headline, Person, Script, Turn
from tui.sandbox.content.slots import slots_for
from tui.sandbox.content.template import Slots, compiled, render_html, render_plain
from tui.sandbox.content.topic import Beat, Fitting, Path, Topic, fitting, openings
from tui.sandbox.content.warroom import continue_war_room

_CHANNELS: dict[str, Channel] = {"e": "email", "c": "chat", "i": "in_app"}
_CARE = re.compile("[.,!?;:…]+(?=[\\s<]|$)|['’\"„“]")


class _Opening(NamedTuple):
    head: Headline
    topic: Topic
    slots: Slots
    opening: Fitting
    place: int  # of the opening, from 1


def headline(rng: Random, person: Person | None = None, kind: str | None = None, nth: int | None = None) -> Headline:
    """Subject and first message of the thread that `script` would make from an equal generator and equal arguments."""
    return _open(rng, person, kind, nth).head


def script(
    rng: Random,
    person: Person | None = None,
    kind: str | None = None,
    nth: int | None = None,
    length: int | None = None,
) -> Script:
    """A whole thread; in the person's language and signed by them when one is given.

    ``kind`` asks for one topic by its key (see `KINDS`; KeyError for an unknown one). ``nth`` is the conversation's
    place in a list: neighbours then differ in topic and wording, as they would not by chance alone. ``length`` is the
    number of turns of a `war-room`, 60 to 220 when not given; other kinds are as long as they are.
    """
    opened = _open(rng, person, kind, nth)
    head, topic, slots = opened.head, opened.topic, opened.slots
    say = phrases(head.language)
    first = Turn("customer", head.first_body_html, 0)
    rest: list[Turn] = []
    if topic.files and rng.random() < 0.45:
        first.attachments = attachments(rng, topic.files)
    ends = head.ends
    if topic.key == "war-room":
        long = length if length is not None else 60 + int(rng.random() ** 2 * 160)
        turns = continue_war_room(rng, slots, long - 1)
        ends = "resolved"
    else:
        turns, rest = _cut(_talk(rng, opened, say), ends, rng)
    made = Script(
        head.topic, head.language, head.subject, head.channel, [first, *turns], list(topic.tags), None, None,
        topic.mood, ends, head.kind, rest,
        *(render_html(_pick(rng, stock), slots) for stock in (say.holding, say.nudges, say.ask_back)),
    )  # fmt: skip
    if ends == "resolved" and not topic.bare and rng.random() < 0.4:
        made.rating, made.rating_remark = _rating(rng, topic, slots, say)
    return made


def _open(rng: Random, person: Person | None, kind: str | None, nth: int | None) -> _Opening:
    random = rng.random
    topic = TOPICS[kind] if kind else draw_topic(rng, person.language if person else None, nth)
    slots = slots_for(rng, topic.language, person)
    channel = _CHANNELS[topic.channels[int(random() * len(topic.channels))]]
    standing = random()
    ends: Ending = "waiting" if standing < 0.42 else "answered" if standing < 0.62 else "resolved"
    if topic.key == "war-room":
        ends = "resolved"
    choices = openings(topic)
    place = draw_place(rng, len(choices), nth)
    opening = choices[place]
    subject = None
    if channel == "email":
        subject = render_plain(opening.subjects[int(random() * len(opening.subjects))], slots)
    template = opening.text
    markup = render_html(template, slots)
    plain = render_plain(template, slots)
    if not topic.bare:
        if topic.language == "en" and random() < 0.05 and compiled(template).simple:
            markup = _CARE.sub("", markup.lower())
            plain = _CARE.sub("", plain.lower())
            subject = _CARE.sub("", subject.lower()) if subject else subject
        elif not opening.hasty:
            polite = compiled(template).greets
            markup, plain = _manners(markup, plain, channel, phrases(topic.language), slots, polite)
        if channel == "email":
            markup = dress(markup, random(), slots, topic.language)
    head = Headline(subject, markup, plain, topic.tags[0], topic.language, channel, ends, topic.key)
    return _Opening(head, topic, slots, opening, place + 1)


def _manners(markup: str, plain: str, channel: Channel, say: Phrases, slots: Slots, polite: bool) -> tuple[str, str]:
    """A greeting (unless it has one) and a goodbye around a first message, or not."""
    random = slots.rng.random
    mail = channel == "email"
    stock = say.greetings if mail else say.chat_greetings
    if not polite and random() < (0.6 if mail else 0.25):
        hello = stock[int(random() * len(stock))] + (say.comma if mail else "")
        markup, plain = f"<p>{hello}</p>{markup}", f"{hello} {plain}"
    elif mail and plain[:1].islower() and say is phrases("de"):
        # German goes on in lower case after a greeting; without one the first letter is a capital.
        plain = plain[0].upper() + plain[1:]
        markup = markup[:3] + markup[3:4].upper() + markup[4:]
    if mail and random() < 0.8:
        bye = say.goodbyes[int(random() * len(say.goodbyes))]
        name = slots["me"] if random() < 0.6 else slots["full"]
        if random() < 0.25:
            name += f"<br>{slots['store']}"
        markup = f"{markup}<p>{bye}<br>{name}</p>"
    return markup, plain


def _talk(rng: Random, opened: _Opening, say: Phrases) -> list[Turn]:
    """Everything after the opening, to the friendly end."""
    head, topic, slots, opening, place = opened
    turns: list[Turn] = []
    if opening.fin and head.channel != "email" and rng.random() < 0.8 and _bot(rng, opened, say, turns):
        return turns
    if not topic.bare and topic.beats and rng.random() < 0.08:
        turns.append(_turn(rng, "customer", _pick(rng, say.nudges), slots, head))
    path: Path = {"o": place}
    answered: str | None = None
    last = "them"
    for beat in topic.beats:
        choices = fitting(beat.texts, path)
        if not choices or (beat.kind == "note" and rng.random() < 0.3):
            continue
        if beat.kind == last == "them":
            break
        path[beat.kind[0]], text = choices[int(rng.random() * len(choices))]
        turn = _beat(rng, beat, text, slots, head, say, answered)
        if beat.kind != "note":
            last = beat.kind
            answered = turn.body_html if last == "us" else answered
        turns.append(turn)
    if answered is not None and not topic.bare:
        _part(rng, turns, slots, head, say)
    return turns


def _part(rng: Random, turns: list[Turn], slots: Slots, head: Headline, say: Phrases) -> None:
    """Thanks and goodbyes; a question that nobody has answered gets a promise instead."""
    spoken = next(turn for turn in reversed(turns) if turn.author != "note")
    if spoken.author == "teammate":
        if rng.random() > 0.75:
            return
        turns.append(_turn(rng, "customer", _pick(rng, say.thanks), slots, head))
        turns[-1].settles = True
    elif spoken.body_html.split("</p>", 1)[0].endswith("?"):
        turns.append(_turn(rng, "teammate", _pick(rng, say.holding), slots, head))
        return
    if rng.random() < 0.65:
        turns.append(_turn(rng, "teammate", _pick(rng, say.closings), slots, head))
        turns[-1].settles = True


def _bot(rng: Random, opened: _Opening, say: Phrases, turns: list[Turn]) -> bool:
    """Fin has a go at it; True when that settled it."""
    head, topic, slots, opening, _ = opened
    hello = _pick(rng, say.bot_hello)
    turns.append(_turn(rng, "bot", f"{hello}\n\n{_pick(rng, opening.fin)}", slots, head))
    if head.ends == "resolved" and topic.mood != "negative" and rng.random() < 0.4:
        turns.append(_turn(rng, "customer", _pick(rng, say.bot_solved), slots, head))
        turns[-1].settles = True
        return True
    turns.append(_turn(rng, "customer", _pick(rng, say.human_please), slots, head))
    turns.append(_turn(rng, "bot", _pick(rng, say.bot_handover), slots, head))
    return False


_KINDS: dict[str, Author] = {"us": "teammate", "them": "customer", "note": "note"}


def _beat(rng: Random, beat: Beat, text: str, slots: Slots, head: Headline, say: Phrases, answered: str | None) -> Turn:
    turn = _turn(rng, _KINDS[beat.kind], text, slots, head)
    turn.who = beat.who
    if beat.kind == "us" and rng.random() < (0.85 if answered is None else 0.3):
        hello = _pick(rng, say.answer_greetings if answered is None else say.answer_greetings[:2])
        turn.body_html = render_html(hello, slots) + turn.body_html
    elif beat.kind == "them" and answered is not None and head.channel == "email":
        turn.body_html = quote(turn.body_html, answered, rng.random(), slots, head.language)
    if beat.files and rng.random() < 0.8:
        turn.attachments = attachments(rng, beat.files)
    return turn


def _turn(rng: Random, author: Author, text: str, slots: Slots, head: Headline) -> Turn:
    if author == "bot":
        delay = rng.randint(2, 7)
    elif author == "note":
        delay = rng.randint(60, 1500)
    elif head.channel == "email":
        delay = int(600 * 2 ** (rng.random() * 6.5))
    else:
        delay = int(30 * 2 ** (rng.random() * 4))
    return Turn(author, render_html(text, slots), delay)


def _cut(turns: list[Turn], ends: Ending, rng: Random) -> tuple[list[Turn], list[Turn]]:
    """What was said so far, and what is still to come, for a thread that stands as ``ends`` says."""
    if ends == "resolved" or not turns:
        return turns, []
    ours = [i for i, turn in enumerate(turns) if turn.author == "teammate"]
    if ends == "answered" and ours:
        stop = ours[int(rng.random() * max(1, len(ours) - 1))] + 1
        return turns[:stop], turns[stop:]
    start = ours[0] if ours else len(turns)
    theirs = [i for i, turn in enumerate(turns) if turn.author == "customer" and i > start and not turn.settles]
    if theirs and rng.random() < 0.45:
        start = theirs[int(rng.random() * len(theirs))] + 1
    return turns[:start], turns[start:]


def _rating(rng: Random, topic: Topic, slots: Slots, say: Phrases) -> tuple[int, str | None]:
    weights = {"positive": (0, 0, 1, 4, 15), "neutral": (1, 1, 2, 6, 12), "negative": (4, 3, 4, 5, 7)}[topic.mood]
    score = rng.choices((1, 2, 3, 4, 5), weights)[0]
    if rng.random() > 0.6 or score == 3:
        return score, None
    return score, render_plain(_pick(rng, say.good_remarks if score > 3 else say.bad_remarks), slots)


def _pick(rng: Random, options: tuple[str, ...]) -> str:
    return options[int(rng.random() * len(options))]
