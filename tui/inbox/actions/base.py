"""What every action has: a small value that survives in the journal, and the answers that the outbox asks it for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, TypedDict

import msgspec

from tui.model.labels import action_names
from tui.model.rows import ContactRow, ConversationRow, PartRow

if TYPE_CHECKING:  # the models load with the client, after the first paint
    from tui.api.client import Intercom
    from tui.api.models import Contact, Conversation, Note, Part

    Answer = Conversation | Contact | Note | None
    """What Intercom answered, where it is worth keeping."""

WHO = "\0"
"""Stands in :class:`Forms` for whom the actions are about: a name, or how many."""

Field = Literal["", "state", "admin", "team"]
"""What of a conversation an action sets, as far as a later action may set it back."""


class Before(msgspec.Struct, frozen=True, omit_defaults=True):
    """How the conversation was when the action was made, as far as undoing it needs to know."""

    state: str = ""
    admin_id: str = ""
    team_id: str = ""
    snoozed_until: int = 0
    title: str = ""
    had_tag: bool = False
    read: bool = False


class Baseline(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a thread held before we sent: parts up to the second ``at``, of which ``ids`` are known by name."""

    at: int = 0
    ids: tuple[str, ...] = ()


class Forms(NamedTuple):
    """What was done, with :data:`WHO` in it: as a sentence (``Closed \\0``) and as a thing (``closing of \\0``)."""

    past: str
    noun: str


class Action(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, tag_field="kind"):
    """One thing to do, complete: nothing else is needed to send it after a restart.

    ``acting_as`` is the admin who does it. ``follows`` is the outbox id of the reply that this was asked for with: one
    cannot be taken back without the other.
    """

    conversation_id: str = ""
    contact_id: str = ""
    contact_name: str = ""
    acting_as: str = ""
    follows: int = 0
    before: Before = Before()

    part_type: ClassVar[str] = ""
    """The type of the part that Intercom adds for it, ``""`` where it adds none."""
    traces: ClassVar[frozenset[str]] = frozenset()
    """The part types in which its effect can show."""
    silent: ClassVar[bool] = False
    """Journaled by opening a conversation alone: not listed as unsent, nor (unless a person asked for it, in a batch)
    among what can be undone."""
    gone_is_done: ClassVar[bool] = False
    """Whether Intercom's "not found" says that it is done."""

    @property
    def kind(self) -> str:
        """Its tag in the journal."""
        return str(type(self).__struct_config__.tag)

    @property
    def target(self) -> str:
        """What is kept in order: actions with one target leave one after the other."""
        return self.conversation_id or f"contact:{self.contact_id}"

    @property
    def who(self) -> str:
        """Whom it is about, as well as is known."""
        return self.contact_name or self.conversation_id or self.contact_id

    # What it carries

    @property
    def text(self) -> str:
        """A person's words, Markdown as written."""
        return ""

    @property
    def html(self) -> str:
        """What goes out of them."""
        return ""

    @property
    def carries_text(self) -> bool:
        """True where a person's words would be lost with the action."""
        return bool(self.text)

    @property
    def closes_too(self) -> bool:
        """True for words that close the conversation in the same call."""
        return False

    # How it leaves

    @property
    def waits(self) -> bool:
        """True for what waits out the undo window: others see it, and it cannot be taken back without a trace."""
        return False

    @property
    def field(self) -> Field:
        """What it sets of the conversation that a later action may set back."""
        return ""

    def may_pass(self, held: Action) -> bool:
        """Whether it may leave before ``held``, which was journaled before it on the same conversation and waits."""
        return False

    def instead(self, now: float) -> Action:
        """What is to be sent in its place at the Unix time ``now``: itself, unless its time is over."""
        return self

    async def send(self, client: Intercom) -> Answer:
        """Do it at Intercom. Raises :class:`tui.api.errors.IntercomError`."""
        raise NotImplementedError(f"{self.kind} is never sent")

    # What it does

    def apply(self, row: ConversationRow, at: int) -> ConversationRow:
        """The conversation after it, made at the Unix second ``at``: the effect before Intercom says so."""
        return row

    def changes(self, row: ConversationRow | None) -> bool:
        """Whether the conversation would be another after it. Words always change it, as does what is not known."""
        return row is None or self.carries_text or self.apply(row, 0) != row

    def changes_contact(self, row: ContactRow | None) -> bool:
        """The same for a contact."""
        return True

    def part(self, outbox_id: int, at: int, author_name: str) -> PartRow | None:
        """The part that Intercom will add, as the thread shows it until then; None where it adds none."""
        if not self.part_type:
            return None
        return PartRow(
            id=f"outbox:{outbox_id}",
            conversation_id=self.conversation_id,
            part_type=self.part_type,
            body=self.html,
            created_at=at,
            author_type="admin",
            author_id=self.acting_as,
            author_name=author_name,
            outbox_id=outbox_id,
        )

    # Whether it took effect, where no answer came

    def is_effect(self, part: Part) -> bool:
        """Whether a part of a fitting type, by us and new, can be this action's and not another's of its kind."""
        return True

    def holds(self, model: Conversation) -> bool:
        """Whether the conversation is as it would be after it."""
        return False

    def may_be_effect(self, part: Part) -> bool:
        """The same of a part that lacks what would tell."""
        return self.is_effect(part)

    async def complete(self, client: Intercom, model: Conversation) -> Conversation:
        """The conversation, once what is left to do after the request that ``model`` answers is done.

        Raises :class:`tui.api.errors.IntercomError`.
        """
        return model

    # What takes it back

    def remembered(self, row: ConversationRow) -> Before:
        """Of the conversation as it is now, what undoing needs to know."""
        return Before(
            state=row.state,
            admin_id=row.admin_assignee_id,
            team_id=row.team_assignee_id,
            snoozed_until=row.snoozed_until,
            title=row.title,
            read=row.read,
        )

    def same(self) -> Same:
        """What an inverse has in common with it."""
        return {
            "conversation_id": self.conversation_id,
            "contact_id": self.contact_id,
            "contact_name": self.contact_name,
            "acting_as": self.acting_as,
        }

    def inverse(self) -> Action | None:
        """The action that takes this one back, None where none can."""
        return None

    def loss(self, back: Action) -> str:
        """A sentence on what sending ``back``, its inverse, restores and what it cannot."""
        return ""

    # What it is called

    def label(self) -> str:
        """What it does and to whom: ``Close Ada Lovelace``."""
        return self.kind

    def describe(self) -> str:
        """:meth:`label` with the first words: ``Reply to Ada Lovelace: Thanks for…``."""
        words = shortened(self.text)
        return f"{self.label()}: {words}" if words else self.label()

    def forms(self) -> Forms:
        """What was done."""
        return Forms(action_names.AN_ACTION.format(who=WHO), action_names.AN_ACTION_NOUN.format(who=WHO))

    def sign(self) -> str:
        """What stands behind the form, once for each that differs: ``+vip``."""
        return ""

    @property
    def order(self) -> str:
        """What doing it does, where it takes another back: ``reopen``."""
        return self.kind


class Same(TypedDict):
    """The fields that an inverse has in common with what it takes back."""

    conversation_id: str
    contact_id: str
    contact_name: str
    acting_as: str


class ConversationAction(Action, frozen=True, kw_only=True):
    """An action on a conversation."""


class ContactAction(Action, frozen=True, kw_only=True):
    """An action on a contact."""

    async def found(self, client: Intercom, since: int | None, claimed: set[str]) -> str | None:
        """Look whether it took effect: the id of what it made (``""``: nothing with an id), None where it did not.

        ``since`` is the Unix second since which it may have; None where nobody knows. ``claimed`` are ids known to be
        other actions'. Raises :class:`tui.api.errors.IntercomError`.
        """
        raise NotImplementedError(f"{self.kind} cannot be looked for")


class WordsAction(Action, frozen=True, kw_only=True):
    """An action that carries a person's words: ``text`` is the Markdown as written, ``html`` what goes out.

    ``drafted`` tells that the words were the conversation's draft, which goes with them; those of the command line
    never were.
    """

    text: str = ""
    html: str = ""
    drafted: bool = True

    draft_kind: ClassVar[Literal["", "reply", "note"]] = ""
    """As which draft its words come back."""

    def remembered(self, row: ConversationRow) -> Before:
        return Before()  # what was said is said


def shortened(text: str) -> str:
    """The first words of a text, on one line."""
    words = " ".join(text.split())
    return words[:60] + "…" if len(words) > 61 else words
