"""What came in after somebody last read a conversation: the one definition that all who ask about it share.

The guard that holds a reply, the dialog that shows why, the shell's sentence and the line at the composer's edge all
ask here. *Seen* is what was on a screen (or was printed), by part, never what is stored. Pure functions over rows.

A part holds a reply where another person wrote it: a customer or a teammate, a message or a note, whatever its type, as
long as there is something to read. What does not hold, but is shown when it is among what came in: bots, Fin and
workflows; events; parts that were redacted before anybody read them; and our own parts (the admin we act as, or an
action of our outbox), also those written in Intercom's own inbox, since whoever wrote them knows them. The first
message (``source``) never holds: a conversation is listed only once it is there.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from zlib import crc32

import msgspec

from tui.model.labels import outcomes
from tui.model.rows import PartRow

MOST_IDS = 500
"""Parts that are named in what was seen; Intercom's answer holds no more than its newest 500."""

_MARKUP = re.compile(r"<[^<>]*>|\s+")
_MESSAGES = frozenset({"comment", "note", "quick_reply", ""})
"""Part types that are messages even where the answer lost their words."""

_SHOWN_NAMES = 3


class Seen(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a person had seen of a conversation.

    ``ids`` names parts, ``12`` or, where the words themselves were on screen, ``12=1a2b3c4d`` with their
    :func:`fingerprint`. ``complete``: a part that is not named is new, whatever its time says; else only those that are
    newer than the second ``at`` are, and those of that second which are not named. Parts created before ``since`` (Unix
    seconds, by Intercom's clock like ``at``) are older than what is named, never new.
    """

    at: int = 0
    ids: tuple[str, ...] = ()
    complete: bool = False
    since: int = 0


def fingerprint(part: PartRow) -> str:
    """What tells whether the words of a part have changed: markup aside, where Intercom renews its addresses."""
    text = _MARKUP.sub("", part.body)
    return f"{crc32(text.encode('utf-8', 'replace')):08x}"


def named(part: PartRow) -> str:
    """A part whose words were on screen, as :class:`Seen` names it."""
    return f"{part.id}={fingerprint(part)}"


def seen_of(parts: Sequence[PartRow], ids: Mapping[str, str]) -> Seen:
    """What was seen: ``ids`` by part id, with the fingerprint of what was read, ``""`` where it does not matter.

    ``parts`` is the thread, oldest first.
    """
    known = [part for part in parts if part.id in ids and not part.outbox_id]
    kept = known[-MOST_IDS:]
    since = 0
    if len(known) > len(kept):
        since = min(part.created_at for part in kept)
    names = tuple(f"{part.id}={ids[part.id]}" if ids[part.id] else part.id for part in kept)
    return Seen(max((part.created_at for part in kept), default=0), names, True, since)


def all_of(parts: Iterable[PartRow]) -> Seen:
    """What was seen by somebody who read ``parts``, oldest first, to the end."""
    thread = [part for part in parts if not part.outbox_id]
    return seen_of(thread, {part.id: fingerprint(part) for part in thread})


def with_more(seen: Seen, parts: Iterable[PartRow]) -> Seen:
    """``seen``, and these parts as well."""
    more = [part for part in parts if not part.outbox_id]
    ids = prints(seen) | {part.id: fingerprint(part) for part in more}
    names = tuple(f"{name}={print_}" if print_ else name for name, print_ in ids.items())
    return Seen(seen.at, names, seen.complete, seen.since)


def came_in(parts: Sequence[PartRow], seen: Seen) -> list[PartRow]:
    """The parts that came after what was seen, or whose words changed since, in the order of ``parts``.

    Whoever asks whether a reply may leave keeps those for which :func:`holds`.
    """
    known = prints(seen)
    return [part for part in parts if not part.outbox_id and _is_new(part, seen, known)]


def _is_new(part: PartRow, seen: Seen, known: Mapping[str, str]) -> bool:
    print_ = known.get(part.id)
    if print_ is not None:
        return bool(print_) and bool(part.body) and not part.redacted and print_ != fingerprint(part)
    if seen.complete:
        return not part.created_at or part.created_at >= seen.since
    # whole seconds: a part of the last one that is not named was not there yet
    return not part.created_at or part.created_at >= seen.at


def holds(part: PartRow, me: str, ours: Collection[str] = ()) -> bool:
    """Whether a part that came in must be read before a reply leaves.

    ``me`` is the admin we act as, ``ours`` are ids of parts known to be the effect of our own actions.
    """
    if part.outbox_id or part.redacted or part.part_type == "source" or part.id in ours:
        return False
    if part.author_type == "bot" or part.from_ai:
        return False
    if me and part.author_id == me and part.author_type in ("admin", "team", ""):
        return False
    if part.body or part.attachments or part.part_type in _MESSAGES:
        return True
    # a customer opens a conversation again by writing
    return part.part_type == "open" and part.author_type != "admin"


def prints(seen: Seen) -> dict[str, str]:
    """The fingerprints of what was read, by part id; ``""`` where none was kept."""
    return dict(_split(seen.ids))


def tells(parts: Sequence[PartRow], seen: Seen) -> bool:
    """Whether an answer of Intercom's can be held against what was seen: one that lacks all of it is no answer."""
    known = {name for name, _ in _split(seen.ids) if not name.startswith("source:")}
    there = [part for part in parts if part.part_type != "source"]
    return not seen.complete or not known or len(there) >= MOST_IDS or any(part.id in known for part in there)


def names(parts: Iterable[PartRow]) -> str:
    """Who wrote, each once: ``Darren Singh, Priya Natarajan``."""
    who = list(dict.fromkeys(name_of(part) for part in parts))
    shown = who[:_SHOWN_NAMES]
    more = len(who) - len(shown)
    return ", ".join(shown) + (outcomes.AND_MORE_NAMES.format(count=more) if more else "")


def name_of(part: PartRow) -> str:
    """The author, or what is known of them."""
    if part.author_name:
        return part.author_name
    return {"admin": outcomes.SOME_TEAMMATE, "team": outcomes.SOME_TEAMMATE, "bot": outcomes.A_BOT}.get(
        part.author_type, outcomes.THE_CUSTOMER
    )


def held_sentence(parts: Sequence[PartRow]) -> str:
    """Why a reply is held: ``parts`` are those that hold it."""
    wrote = outcomes.LEFT_A_NOTE if all(part.is_note for part in parts) else "wrote"
    return outcomes.WROTE_AFTER_YOU_OPENED.format(who=names(parts), wrote=wrote)


def announcement(parts: Sequence[PartRow]) -> str:
    """What is said at the composer's edge while parts that hold wait to be read: ``Darren Singh wrote``."""
    wrote = outcomes.LEFT_A_NOTE if all(part.is_note for part in parts) else "wrote"
    many = f" {len(parts)} messages" if len(parts) > 1 and wrote == "wrote" else ""
    return f"{names(parts)} {wrote}{many}"


def _split(ids: Iterable[str]) -> Iterable[tuple[str, str]]:
    for one in ids:
        name, _, print_ = one.partition("=")
        yield name, print_
