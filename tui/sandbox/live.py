"""A workspace that lives: customers write, teammates work, ratings come in, one thing at a time and at a gentle pace.

Teammates keep their hands off what belongs to the visitor (the admin whose token it is); customers write to everybody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from itertools import islice
from random import Random

from tui.sandbox import content
from tui.sandbox.content import Script, Turn
from tui.sandbox.content.phrases import Phrases, phrases
from tui.sandbox.content.slots import slots_for
from tui.sandbox.content.template import render_html
from tui.sandbox.furniture import FIN, FIRST_ADMIN_ID, OPERATOR
from tui.sandbox.model import Conversation, Part, Rating
from tui.sandbox.threads import files
from tui.sandbox.workspace import Workspace

DEFAULT_PACE = 9.0
"""Seconds between two happenings, on average."""

_LOOK_AT = 250  # how many of the latest conversations are considered for a happening
_ENOUGH = 15  # threads read before one is chosen: reading makes them up, and the demo shares its thread with the screen
_KEPT = 500
_SPOKEN = ("comment", "open", "assignment", "close", "quick_reply")
_TEAMS = {
    "billing": "Billing",
    "refund": "Billing",
    "vat": "Billing",
    "api": "Integrations & API",
    "bug": "Integrations & API",
    "webhooks": "Integrations & API",
    "sso": "Integrations & API",
    "outage": "On call",
    "sales": "Onboarding & success",
    "onboarding": "Onboarding & success",
}
_BURST = ("outage-labels", "outage-labels", "outage-dashboard", "outage-labels", "outage-carrier")
_NOTES = (
    "<p>Called them, no answer. I'll try again after lunch.</p>",
    "<p>Same as the one from this morning, I think. Linking the two.</p>",
    "<p>@Priya could you have a quick look? Smells like the printing thing again.</p>",
    "<p>Checked the logs: nothing on our side between the two requests. Asking for a screenshot.</p>",
    "<p>Very patient customer. Let's not make them wait any longer.</p>",
    "<p>@Declan is the refund through? They'll ask.</p>",
    "<p>Reproduced it on my own account. Writing it up.</p>",
    "<p>FYI they're on the call list for the new plan, so be nice (as always).</p>",
)


def start_live(workspace: Workspace, pace: float = DEFAULT_PACE) -> Live:
    """The life of ``workspace``, from its own seed."""
    return Live(workspace, Random(workspace.seed * 57 + 11), pace)


async def run_live(workspace: Workspace, pace: float = DEFAULT_PACE) -> None:
    """Let ``workspace`` live until cancelled, from its own seed."""
    await start_live(workspace, pace).run()


class Live:
    """The life of one workspace: `run` until cancelled, or `step` by step.

    What happens is a function of ``rng`` and the workspace. ``pace`` is the average number of seconds between two
    happenings.
    """

    def __init__(self, workspace: Workspace, rng: Random, pace: float = DEFAULT_PACE) -> None:
        self.workspace = workspace
        self.rng = rng
        self.pace = pace
        self.resting = False
        """Whether nothing happens for now."""
        self._scripts: dict[int, Script] = {}  # of the conversations that began here
        self._burst: list[str] = []
        self._begun = 0
        self._thanked: dict[int, None] = {}  # conversations whose customer has said thanks, oldest first
        self._happenings: tuple[tuple[Callable[[], str | None], int], ...] = (
            (self._customer_writes, 28),
            (self._somebody_begins, 18),
            (self._teammate_takes, 11),
            (self._teammate_answers, 26),
            (self._teammate_notes, 8),
            (self._teammate_closes, 16),
            (self._customer_rates, 6),
        )

    async def run(self) -> None:
        """One thing after the other, for ever."""
        wait = 0.4
        while True:
            await asyncio.sleep(self.pace * wait)
            if not self.resting:
                self.step()
            wait = 0.65 + 0.7 * self.rng.random()

    def step(self) -> str:
        """One happening; what it was, in a few words. A new conversation when nothing else is possible."""
        if self._burst:
            return self._somebody_begins()
        left = list(self._happenings)
        while left:
            chosen = self.rng.choices(range(len(left)), [weight for _, weight in left])[0]
            happening, _ = left.pop(chosen)
            told = happening()
            if told is not None:
                return told
        return self._somebody_begins()

    # What customers do

    def _customer_writes(self) -> str | None:
        """A customer whom we answered last writes again; soonest where the visitor answered."""
        waiting: list[tuple[Conversation, Part]] = []
        for conversation in self._latest():
            if conversation.waiting_since is not None or conversation.state == "snoozed":
                continue
            if conversation.id in self._thanked:
                continue
            last = self._last_spoken(conversation)
            if last is None or last.author.type not in ("admin", "bot"):
                continue
            if self._visitors(last):
                if conversation.state == "open" or self.rng.random() < 0.4:
                    return self._answer(conversation, last)
                self._remember(conversation)  # closed with an answer, and content with it
            elif conversation.state == "open":
                waiting.append((conversation, last))
            if len(waiting) == _ENOUGH:
                break
        if not waiting:
            return None
        return self._answer(*waiting[int(self.rng.random() ** 2 * len(waiting))])

    def _visitors(self, part: Part) -> bool:
        """Whether the visitor has written it since the workspace began to live."""
        return part.author.id == str(self.workspace.me.id) and part.created_at >= self.workspace.started_at

    def _remember(self, conversation: Conversation) -> None:
        """The customer of this one is content; only the latest few hundred are kept in mind."""
        self._thanked[conversation.id] = None
        if len(self._thanked) > _KEPT:
            self._thanked.pop(next(iter(self._thanked)))

    def _answer(self, conversation: Conversation, last: Part) -> str:
        """The customer's next words: from the script when ``last`` is its words, else thanks or a question."""
        turn = self._next_turn(conversation, last)
        if turn is None or turn.author != "customer":
            say = self._say(conversation)
            thanks = self.rng.random() < 0.6
            turn = Turn(
                "customer", self._words(conversation, say.thanks if thanks else say.ask_back), 0, settles=thanks
            )
        if turn.settles:
            self._remember(conversation)
        self.workspace.customer_reply(
            conversation.id, turn.body_html, attachments=files(turn.attachments, conversation.id % 1000)
        )
        return f"{conversation.contacts[0].name} writes in {conversation.id}"

    def _somebody_begins(self) -> str:
        """A new conversation, by somebody who has written before; now and then a whole outage."""
        rng = self.rng
        if not self._burst and rng.random() < 0.04:
            self._burst = list(_BURST[: rng.randint(3, 5)])
        kind = self._burst.pop() if self._burst else None
        model = self._somebody()
        person = self.workspace.conversations.person(model) if model is not None else None
        contact = model.contacts[0] if model is not None else next(iter(self.workspace.contacts))
        if kind is None:
            self._begun += 1
        script = content.script(rng, person, kind, nth=None if kind else self._begun + self.workspace.seed * 613)
        first = script.turns[0]
        made = self.workspace.new_conversation(
            contact,
            first.body_html,
            subject=script.subject or "",
            channel="email" if script.channel == "email" else "conversation",
            attachments=files(first.attachments, self._begun),
        )
        self._scripts[made.id] = script
        if len(self._scripts) > _KEPT:
            self._scripts.pop(next(iter(self._scripts)))
        team = self._team_for(script)
        if team is not None:
            self.workspace.conversations.assign(made, OPERATOR, "team", team)
        following = [*script.turns[1:], *script.rest][:1]
        if following and following[0].author == "bot":
            self.workspace.bot_reply(made.id, following[0].body_html, FIN)
        return f"{contact.name} begins {made.id}: {script.kind}"

    def _customer_rates(self) -> str | None:
        """A rating for what was closed lately."""
        conversations = self.workspace.conversations
        rated = [
            conversation
            for conversation in map(conversations.at, islice(reversed(conversations.recent()), 60))
            if conversation.state == "closed" and conversation.rating is None and conversation.admin_assignee_id
        ]
        if not rated:
            return None
        conversation = self.rng.choice(rated)
        say = self._say(conversation)
        score = self.rng.choices((1, 2, 3, 4, 5), (2, 1, 2, 5, 14))[0]
        remark = ""
        if score != 3 and self.rng.random() < 0.6:
            remark = self._words(conversation, say.good_remarks if score > 3 else say.bad_remarks)
            remark = remark.removeprefix("<p>").removesuffix("</p>")
        now = self.workspace.now()
        admin_id = conversation.admin_assignee_id or FIRST_ADMIN_ID
        conversation.rating = Rating(score, remark, now, now, conversation.contacts[0].id, admin_id)
        conversations.touch(conversation)
        return f"{conversation.contacts[0].name} rates {conversation.id} with {score}"

    # What teammates do

    def _teammate_takes(self) -> str | None:
        """A teammate takes what is nobody's, from among those who wait longest."""
        free = [c for c in self._open() if c.admin_assignee_id is None and c.waiting_since is not None]
        if len(free) < 3:  # leave some for the visitor
            return None
        free.sort(key=lambda conversation: (conversation.waiting_since or 0, conversation.id))
        conversation = free[int(self.rng.random() ** 2 * len(free))]
        admin_id = self._teammate(conversation)
        self.workspace.admin_part(conversation.id, admin_id, "assignment", assignee=("admin", admin_id))
        return f"{self._name(admin_id)} takes {conversation.id}"

    def _teammate_answers(self) -> str | None:
        """A teammate answers what is theirs and waits."""
        theirs = [c for c in self._open() if c.waiting_since is not None and self._is_others(c)]
        if not theirs:
            return None
        conversation = theirs[int(self.rng.random() ** 2 * len(theirs))]
        admin_id = conversation.admin_assignee_id or FIRST_ADMIN_ID
        last = self._last_spoken(conversation)
        turn = self._next_turn(conversation, last)
        if turn is None and self._is_spam(conversation):
            self.workspace.admin_part(conversation.id, admin_id, "close")
            return f"{self._name(admin_id)} closes {conversation.id}"
        if turn is None or turn.author != "teammate":
            say = self._say(conversation)
            stock = say.closings if conversation.id in self._thanked else say.holding
            turn = Turn("teammate", self._words(conversation, stock), 0)
        attachments = files(turn.attachments, conversation.id % 1000)
        self.workspace.admin_reply(conversation.id, admin_id, turn.body_html, attachments=attachments)
        return f"{self._name(admin_id)} answers in {conversation.id}"

    def _teammate_notes(self) -> str | None:
        """A teammate tells the others something."""
        theirs = [c for c in self._open() if self._is_others(c)]
        if not theirs:
            return None
        conversation = self.rng.choice(theirs)
        turn = self._next_turn(conversation, self._last_spoken(conversation), notes=True)
        body = turn.body_html if turn is not None and turn.author == "note" else self.rng.choice(_NOTES)
        admin_id = conversation.admin_assignee_id or FIRST_ADMIN_ID
        if turn is not None and turn.who is not None and turn.who > 0:
            admin_id = FIRST_ADMIN_ID + turn.who
        if any(part.body == body for part in self.workspace.conversations.parts(conversation)[-40:]):
            return None
        self.workspace.admin_reply(conversation.id, admin_id, body, note=True)
        return f"{self._name(admin_id)} notes in {conversation.id}"

    def _teammate_closes(self) -> str | None:
        """A teammate closes what is theirs and settled: first where the customer has said thanks."""
        theirs = [c for c in self._open() if self._is_others(c)]
        done = [c for c in theirs if c.id in self._thanked]
        done = done or [c for c in theirs if c.waiting_since is None][:25]
        if not done:
            return None
        conversation = self.rng.choice(done)
        admin_id = conversation.admin_assignee_id or FIRST_ADMIN_ID
        body = None
        if conversation.waiting_since is not None:
            body = self._words(conversation, self._say(conversation).closings)
        self.workspace.admin_part(conversation.id, admin_id, "close", body=body)
        self._thanked.pop(conversation.id, None)
        return f"{self._name(admin_id)} closes {conversation.id}"

    # Looking around

    def _latest(self) -> Iterator[Conversation]:
        """The latest conversations, newest first: open and snoozed ones, and what was closed a moment ago."""
        conversations = self.workspace.conversations
        keys = list(islice(reversed(conversations.recent()), 12))
        keys += [key for key in islice(reversed(conversations.recent(awake_only=True)), _LOOK_AT) if key not in keys]
        return map(conversations.at, keys)

    def _open(self) -> list[Conversation]:
        conversations = self.workspace.conversations
        keys = islice(reversed(conversations.recent(awake_only=True)), _LOOK_AT)
        return [c for c in map(conversations.at, keys) if c.state == "open"]

    def _is_others(self, conversation: Conversation) -> bool:
        """Whether it is a teammate's who is here: not the visitor's, not nobody's."""
        admin = self.workspace.rooms.admins.get(conversation.admin_assignee_id or 0)
        return admin is not None and admin.id != self.workspace.me.id and not admin.away_mode_enabled

    def _is_spam(self, conversation: Conversation) -> bool:
        script = self._script(conversation)
        return script is not None and script.topic == "spam"

    def _last_spoken(self, conversation: Conversation) -> Part | None:
        """The last part that the customer wrote or saw; None when there is only the first message."""
        for part in reversed(self.workspace.conversations.parts(conversation)):
            if part.body and part.part_type in _SPOKEN:
                return part
        return None

    def _next_turn(self, conversation: Conversation, last: Part | None, *, notes: bool = False) -> Turn | None:
        """What the script has after ``last`` (after the first message when None); None once people left the script."""
        script = self._script(conversation)
        if script is None:
            return None
        turns = [*script.turns, *script.rest]
        place = 0
        if last is not None:
            found = [i for i, turn in enumerate(turns) if turn.body_html == last.body]
            if not found:
                return None
            place = found[-1]
        for turn in turns[place + 1 :]:
            if notes or turn.author != "note":
                return turn
        return None

    def _script(self, conversation: Conversation) -> Script | None:
        if conversation.index < 0:
            return self._scripts.get(conversation.id)
        return self.workspace.conversations.script(conversation)

    def _somebody(self) -> Conversation | None:
        """A conversation whose customer will write anew: one of those that were made up at the start."""
        conversations = self.workspace.conversations
        keys = conversations.recent()
        for _ in range(20):
            if not keys:
                break
            found = conversations.at(keys[int(self.rng.random() * len(keys))])
            if found.index >= 0:
                return found
        return None

    def _teammate(self, conversation: Conversation) -> int:
        """Somebody of the right team who is neither away nor the visitor."""
        rooms = self.workspace.rooms
        team = rooms.teams.get(conversation.team_assignee_id or 0)
        here = [
            admin.id
            for admin in rooms.admins.values()
            if not admin.away_mode_enabled and admin.id != self.workspace.me.id
        ]
        fitting = [admin_id for admin_id in here if team is not None and admin_id in team.admin_ids]
        return self.rng.choice(fitting or here or [self.workspace.me.id])

    def _team_for(self, script: Script) -> int | None:
        """The team whose inbox a new conversation lands in; some land in nobody's."""
        name = _TEAMS.get(script.topic, "Front desk")
        if self.rng.random() < 0.2:
            return None
        return next((team.id for team in self.workspace.rooms.teams.values() if team.name == name), None)

    def _say(self, conversation: Conversation) -> Phrases:
        return phrases(self._language(conversation))

    def _language(self, conversation: Conversation) -> str:
        script = self._script(conversation)
        return script.language if script is not None else "en"

    def _words(self, conversation: Conversation, stock: tuple[str, ...]) -> str:
        person = self.workspace.conversations.person(conversation) if conversation.index >= 0 else None
        return render_html(self.rng.choice(stock), slots_for(self.rng, self._language(conversation), person))

    def _name(self, admin_id: int) -> str:
        return self.workspace.rooms.admins[admin_id].name
