"""Taking things back: the newest first, never past one that cannot be, and never with a loss that was not said before.

Within the undo window taking back acts at once: what is held never leaves, what left at once is reversed. After it a
:class:`Question` says what reversing can and cannot restore, and only asking for the same again acts.
"""

import time
from collections.abc import Callable, Sequence

import msgspec

from tui.inbox import titles
from tui.inbox.actions.base import Action
from tui.inbox.actions.codec import decode
from tui.inbox.actions.state import Close
from tui.inbox.outbox import lease
from tui.inbox.outbox.batch import batch
from tui.inbox.outbox.outbox import A_FEW, Outbox, UndoResult
from tui.inbox.outbox.steps import Step, Whose, whose
from tui.model.labels import outcomes
from tui.model.outbox import TAKEN_BACK, State
from tui.model.rows import OutboxRow


class Question(msgspec.Struct, frozen=True):
    """What a person must read before a step is taken back.

    ``cannot`` says what is newer and cannot be undone (a sentence, or ``""``); ``what`` names the step; ``losses`` say
    what is restored and what is not, ``verb`` what doing it does: ``reopen Ada Lovelace``.
    """

    key: str
    cannot: str
    what: str
    losses: tuple[str, ...]
    verb: str


class Undoable(msgspec.Struct, frozen=True):
    """A step that can be taken back: what was done, what taking it back does, whose it was."""

    step: Step
    title: str
    how: str
    whose: Whose


class Undo:
    """What one program takes back. It remembers what it asked last, until :meth:`forget`."""

    def __init__(
        self, box: Outbox, *, clock: Callable[[], float] = time.time, is_dead: Callable[[str], bool] = lease.is_dead
    ) -> None:
        self._box = box
        self._clock = clock
        self._is_dead = is_dead
        self._asked = ""
        self._newest = ""

    def undoable(self) -> list[Undoable]:
        """Everything that can be taken back, whoever did it, newest first."""
        known: dict[str, Whose] = {}
        found: list[Undoable] = []
        for step in self._box.steps():
            if step.can:
                if step.origin not in known:
                    known[step.origin] = self.whose(step.origin)
                found.append(Undoable(step, step.title, self._how(step), known[step.origin]))
        return found

    def whose(self, origin: str) -> Whose:
        """Who journaled what has this ``origin``, seen from here."""
        return whose(origin, self._box.origin, self._is_dead)

    def forget(self) -> None:
        """Something else was done: what was asked has to be asked again."""
        self._asked = ""

    async def newest(self) -> UndoResult | Question:
        """Take back the newest step of this program, or say what has to be known first; the second time, do it.

        Where the newest cannot be taken back the question names it, and the one before that can.
        """
        stuck: list[Step] = []
        newest = self._box.own_steps(A_FEW)[:1]
        for step in newest if newest and newest[0].can else self._box.own_steps():
            if step.can:
                return await self._take(step, stuck)
            stuck.append(step)
        self.forget()
        if stuck:
            return UndoResult("", outcomes.NOTHING_BEFORE_IT.format(reasons=_cannot(stuck)))
        return UndoResult("", outcomes.NOTHING_TO_UNDO)

    async def choose(self, key: str) -> UndoResult | Question:
        """The same for a step chosen by its key."""
        step = next((step for step in self._box.steps() if step.key == key and step.can), None)
        if step is None:
            return UndoResult("", outcomes.NO_LONGER_UNDONE)
        return await self._take(step, [])

    async def asked(self) -> UndoResult | Question:
        """Asked again: do what the last question was about. Where nothing was asked, or more was done since,
        :meth:`newest`."""
        if self._asked and self._newest == self._newest_key():
            return await self.choose(self._asked)
        self.forget()
        return await self.newest()

    async def take_back(self, step: Step) -> UndoResult:
        """Take back all of a step that can be, newest action first, and say what could not."""
        results: dict[int, UndoResult] = {}
        with batch():
            for row in reversed((*step.unsent, *step.sent)):
                # what was asked for together with it may have gone with it
                now = self._box.get(row.id)
                if now is not None and now.state in TAKEN_BACK:
                    results[row.id] = UndoResult(row.conversation_id, "", outcome="withdrawn")
                else:
                    results[row.id] = await self._box.undo(row.id)
        return _summed(step, results)

    async def _take(self, step: Step, stuck: Sequence[Step]) -> UndoResult | Question:
        asked, self._asked = self._asked, ""
        if asked == step.key or (not stuck and self._at_once(step)):
            return await self.take_back(step)
        self._asked, self._newest = step.key, self._newest_key()
        pairs = self._pairs(step)
        losses = titles.losses(pairs)
        if step.stuck:
            losses.append(_reasons(step.stuck))
        verbs = [titles.verb([back for _, back in pairs])] if pairs else []
        if step.unsent:
            unsent = [decode(row.payload) for row in step.unsent]
            losses.append(outcomes.UNSENT_IS_NOT_SENT)
            verbs.append(f"withdraw {titles.noun(unsent)}")
        return Question(step.key, _cannot(stuck), step.title, tuple(losses), " and ".join(verbs))

    def _newest_key(self) -> str:
        return next((step.key for step in self._box.own_steps(A_FEW)), "")

    def _at_once(self, step: Step) -> bool:
        """Whether nothing has to be said before: nothing of it was sent, or only what leaves no trace with customers
        (claims, tags, titles, read marks), and the undo window still runs."""
        since = self._clock() - self._box.undo_seconds
        light = (not action.waits and not isinstance(back, Close) for action, back in self._pairs(step))
        return not step.stuck and all(light) and all(row.created_at > since for row in step.sent)

    def _pairs(self, step: Step) -> list[tuple[Action, Action]]:
        pairs = ((decode(row.payload), self._box.reversal(row)) for row in step.sent)
        return [(action, back) for action, back in pairs if back is not None]

    def _how(self, step: Step) -> str:
        pairs = self._pairs(step)
        if not pairs:
            words = any(decode(row.payload).carries_text for row in step.unsent)
            return outcomes.RETURNS_TEXT if words else outcomes.NOT_SENT_YET
        return " and ".join(dict.fromkeys(titles.verb([back]).split(" ")[0] for _, back in pairs))


def _cannot(stuck: Sequence[Step]) -> str:
    """Sentences on steps that cannot be taken back, newest first; ``""`` for none."""
    if not stuck:
        return ""
    reasons = _reasons(stuck[0].stuck)
    return f"{reasons} {outcomes.nor_those_before(more)}" if (more := len(stuck) - 1) else reasons


def _reasons(rows: Sequence[OutboxRow]) -> str:
    """Why actions cannot be taken back, a sentence a reason."""
    reasons: dict[str, list[Action]] = {}
    for row in rows:
        reasons.setdefault(_why(row), []).append(decode(row.payload))
    return " ".join(
        outcomes.THE_ACTION.format(action=titles.noun(actions), why=why) for why, actions in reasons.items()
    )


def _why(row: OutboxRow) -> str:
    if row.state is State.REJECTED:
        return outcomes.WAS_REJECTED
    if row.state is State.HELD:
        return outcomes.NEEDS_YOUR_REVIEW
    if not decode(row.payload).carries_text:
        return outcomes.CHANGED_NOTHING
    return outcomes.WAS_SENT if row.state is State.DONE else outcomes.IS_BEING_SENT


def _summed(step: Step, results: dict[int, UndoResult]) -> UndoResult:
    """One result for the whole step."""
    rows = step.rows
    by_number = {row.id: row for row in rows}
    good = {number: one for number, one in results.items() if one.outcome}
    if not good:
        return next(iter(results.values()), UndoResult("", outcomes.NOTHING_TO_UNDO))
    words = next((one for one in good.values() if one.draft_kind), None)
    if words is not None and len(rows) == 1:
        return words
    undone = [decode(by_number[number].payload) for number in sorted(good)]
    failed = [row for row in rows if row.id not in good]
    said = outcomes.UNDONE.format(action=titles.noun(undone))
    if all(one.outcome == "withdrawn" for one in good.values()):
        said = f"{said} {outcomes.NOTHING_WAS_SENT}"
    elif (same := sum(one.outcome == "same" for one in good.values())) == len(good):
        said = outcomes.REVERSED_ALREADY.format(action=titles.noun(undone))
    elif same:
        said = f"{said} {outcomes.some_reversed_already(same)}"
    if failed:
        said = f"{said} {_reasons(failed)}"
    newest = good[max(good)]
    return UndoResult(
        newest.conversation_id, said, words.draft_kind if words else "", words.text if words else "", newest.outcome
    )
