"""What a person has had on screen of each conversation: the evidence for a reply, and what is still unread."""

from collections.abc import Callable, Collection, Sequence

from tui.inbox import incoming
from tui.inbox.incoming import Seen
from tui.model.rows import PartRow

KEPT = 64
"""Conversations remembered; of older ones the store knows what was opened, and looking again tells the rest."""


class Sight:
    """One conversation. `me` tells the admin we act as; `stored` is what was seen of it before this program began, None
    for never."""

    def __init__(self, me: Callable[[], str], stored: Seen | None) -> None:
        self._me = me
        self._stored = stored
        self._seen: dict[str, str] = {}
        self._parts: Sequence[PartRow] = ()
        self._ours: Collection[str] = ()
        self._begun = stored is not None
        self._missed: set[str] = set()
        self._there: frozenset[str] | None = None
        self.unread: list[PartRow] = []
        """The parts that would hold a reply now, oldest first."""

    def follow(self, parts: Sequence[PartRow], ours: Collection[str]) -> list[PartRow]:
        """The thread is `parts` now, of which `ours` are known by id to be our own; return what is newly unread."""
        before = {part.id for part in self.unread}
        self._parts, self._ours = parts, ours
        if self._stored is not None and parts:
            self._take_over(self._stored)
            self._stored = None
        self._count()
        return [part for part in self.unread if part.id not in before]

    def _take_over(self, stored: Seen) -> None:
        new = {part.id for part in incoming.came_in(self._parts, stored)}
        read = incoming.prints(stored)
        for part in self._parts:
            if part.id not in new:
                self._seen[part.id] = read.get(part.id) or _unchecked(part)

    def _count(self) -> None:
        came = incoming.came_in(self._parts, self.seen) if self._begun else []
        self.unread = [part for part in came if incoming.holds(part, self._me(), self._ours)]
        if self._begun and not self.unread:
            # what nobody has to read is not asked about again
            self._seen.update((part.id, _unchecked(part)) for part in came)

    def shown(self) -> None:
        """The thread is put on screen: what waits in it now was there to be scrolled to, or to be passed over."""
        self._missed = {part.id for part in self.unread}
        self._there = frozenset(part.id for part in self._parts) if self._begun else None

    def was_there(self, part: PartRow) -> bool:
        """Whether a part was in the thread when it was put on screen.

        The view follows what comes later, and our own words, by itself: that passes nothing over.
        """
        return not part.outbox_id and (self._there is None or part.id in self._there)

    def begin(self, newest: PartRow, drawn: Sequence[PartRow]) -> None:
        """The first frame of a thread never looked at before: all before the part at its end is what there was.

        The words of the parts `drawn` were on screen.
        """
        if self._begun:
            return
        self._begun = True
        self._pass_over(newest, lambda _: True)
        self._seen.update((part.id, incoming.fingerprint(part)) for part in drawn)
        self._count()
        self.shown()

    @property
    def begun(self) -> bool:
        """Whether anything of it was ever on screen."""
        return self._begun

    def saw(self, drawn: Sequence[PartRow], newest: PartRow | None) -> bool:
        """The words of the parts `drawn` were on screen; `newest` is the newest of which there is any line, of those
        that were there when the thread was put on screen.

        What waited before `newest` then has been passed over by whoever scrolled there. True where that changes what is
        unread.
        """
        before = len(self.unread)
        self._seen.update((part.id, incoming.fingerprint(part)) for part in drawn)
        if newest is not None and self._missed:
            self._pass_over(newest, self._missed.__contains__)
        if not drawn and not self._missed:
            return False
        self._count()
        self._missed &= {part.id for part in self.unread}
        return len(self.unread) != before

    def _pass_over(self, newest: PartRow, which: Callable[[str], bool]) -> None:
        for part in self._parts:
            if part.id == newest.id:
                return
            if which(part.id):
                self._seen[part.id] = _unchecked(part)

    def rest(self) -> None:
        """Another conversation is shown: keep what evidence needs of the thread, without its words."""
        self._parts = [
            PartRow(part.id, "", "", created_at=part.created_at) for part in self._parts if not part.outbox_id
        ]

    @property
    def seen(self) -> Seen:
        """What was seen, as it goes into the journal."""
        return incoming.seen_of(self._parts, self._seen)


class Sights:
    """The conversations looked at last."""

    def __init__(self) -> None:
        self._known: dict[str, Sight] = {}

    def get(self, conversation_id: str) -> Sight | None:
        """What was seen of a conversation in this program, None where it was not shown."""
        return self._known.get(conversation_id)

    def keep(self, conversation_id: str, sight: Sight) -> None:
        """Remember `sight`, and forget the one not shown for longest where there are too many."""
        self._known.pop(conversation_id, None)
        if len(self._known) >= KEPT:
            del self._known[next(iter(self._known))]
        self._known[conversation_id] = sight


def _unchecked(part: PartRow) -> str:
    """How a part counts that need not have been on screen: words that come where there were none are new."""
    return "" if part.body else incoming.fingerprint(part)
