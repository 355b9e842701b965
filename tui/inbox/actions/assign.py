"""Assigning to an admin or a team, and claiming.

Intercom's help says that assigning to a team takes the teammate off. Where its API leaves the teammate, a second
request does what the help says (see :meth:`Assign.unfinished`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from tui.api.errors import IntercomError, NoAnswer
from tui.inbox.actions.base import WHO, ConversationAction, Field, Forms
from tui.model.labels import action_names, outcomes
from tui.model.rows import ConversationRow, PartRow

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.api.models import Conversation, Part
    from tui.inbox.actions.base import Action, Answer

Assignee = Literal["admin", "team", "", "no_team"]
"""Whom an assignment gives to: an admin, a team, no admin (``""``) or no team."""


class Assign(ConversationAction, frozen=True, kw_only=True, tag="assign"):
    """Give a conversation to an admin or a team, or take it from whom it has.

    An assignment to a team (or to none) leaves it with the teammate ``with_admin`` (``""``: with none); None, as in
    older journals, with whoever has it.
    """

    assignee: Assignee = ""
    assignee_id: str = ""
    assignee_name: str = ""
    with_admin: str | None = None

    part_type = "assignment"
    traces = frozenset({"assignment", "assign_and_reopen", "assign_and_unsnooze"})

    @property
    def to_team(self) -> bool:
        """Whether it is the team that it sets."""
        return self.assignee in ("team", "no_team")

    @property
    def is_claim(self) -> bool:
        """True where the one who acts takes the conversation."""
        return self.assignee == "admin" and self.assignee_id == self.acting_as

    @property
    def waits(self) -> bool:
        # a claim that waits would let two people do the same work
        return not self.is_claim

    @property
    def field(self) -> Field:
        return "team" if self.to_team else "admin"

    def may_pass(self, held: Action) -> bool:
        # after a snooze or a close Intercom takes an assignment as a sign to open it again
        return self.is_claim and held.carries_text and not held.closes_too

    def apply(self, row: ConversationRow, at: int) -> ConversationRow:
        # assigning to a team takes the teammate off; assigning to a teammate leaves the team
        if self.to_team:
            admin = row.admin_assignee_id if self.with_admin is None else self.with_admin
            return msgspec.structs.replace(row, team_assignee_id=self.assignee_id, admin_assignee_id=admin)
        return msgspec.structs.replace(row, admin_assignee_id=self.assignee_id)

    def part(self, outbox_id: int, at: int, author_name: str) -> PartRow | None:
        part = super().part(outbox_id, at, author_name)
        to = self.assignee_name or "nobody"
        return part and msgspec.structs.replace(part, assigned_to=self.assignee_id, detail=to)

    async def send(self, client: Intercom) -> Answer:
        given = await client.conversations.assign(
            self.conversation_id,
            admin_id=self.acting_as,
            assignee_id=self.assignee_id or "0",
            assignee_type="team" if self.to_team else "admin",
        )
        try:
            return await self.complete(client, given)
        except IntercomError as error:
            # the first request took effect: a look at the conversation tells what is left to do
            raise NoAnswer(error.message) from None

    async def complete(self, client: Intercom, model: Conversation) -> Conversation:
        """Take the teammate off who has it, or give it back to the one it should be with."""
        if self.with_admin is None or not model.id:
            return model
        if self._may_lack_the_teammate(model):
            model = await client.conversations.get(self.conversation_id)
        if not self.unfinished(model):
            return model
        return await client.conversations.assign(
            self.conversation_id,
            admin_id=self.acting_as,
            assignee_id=self.with_admin or "0",
            assignee_type="admin",
        )

    def unfinished(self, model: Conversation) -> bool:
        """Whether it was given to a team and is still with a teammate that it should not be with: nobody has assigned
        it since."""
        if self.with_admin is None or not model.id:
            return False
        assignments = _assignments(model)
        is_ours = not assignments or assignments[-1].author.id in ("", self.acting_as)
        return is_ours and (model.admin_assignee_id or "") != self.with_admin

    def _may_lack_the_teammate(self, model: Conversation) -> bool:
        """Whether an answer leaves open who has the conversation: where it names nobody though somebody had it, or does
        not show this assignment."""
        had = bool(self.before.admin_id or not self.before.state)
        if had and not model.admin_assignee_id and not self.with_admin:
            return True
        return not any(part.author.id == self.acting_as and self.is_effect(part) for part in _assignments(model))

    def is_effect(self, part: Part) -> bool:
        given = part.assigned_to.id if part.assigned_to else ""
        return given == self.assignee_id if self.assignee_id else given in ("", "0")

    def may_be_effect(self, part: Part) -> bool:
        return self.is_effect(part) or not (part.assigned_to and part.assigned_to.id)

    def holds(self, model: Conversation) -> bool:
        rest = self.with_admin is None or (model.admin_assignee_id or "") == self.with_admin
        has = model.team_assignee_id if self.to_team else model.admin_assignee_id
        return (has or "") == self.assignee_id and rest

    def inverse(self) -> Action | None:
        before = self.before
        if self.to_team:
            return Assign(
                **self.same(),
                assignee="team" if before.team_id else "no_team",
                assignee_id=before.team_id,
                with_admin=None if self.with_admin is None else before.admin_id,
            )
        return Assign(**self.same(), assignee="admin" if before.admin_id else "", assignee_id=before.admin_id)

    def loss(self, back: Action) -> str:
        return outcomes.UNDO_ASSIGNS_BACK

    def label(self) -> str:
        return (
            action_names.ASSIGN.format(who=self.who, to=self._to)
            if self._to
            else action_names.UNASSIGN.format(who=self.who)
        )

    def forms(self) -> Forms:
        if not self._to:
            return Forms(action_names.UNASSIGNED.format(who=WHO), action_names.UNASSIGNMENT.format(who=WHO))
        return Forms(
            action_names.ASSIGNED.format(who=WHO, to=self._to), action_names.ASSIGNMENT.format(who=WHO, to=self._to)
        )

    @property
    def _to(self) -> str:
        """Whom it gives the conversation to, ``""`` for nobody."""
        if not self.assignee or self.assignee == "no_team":
            return ""
        return self.assignee_name or (outcomes.A_TEAM if self.assignee == "team" else outcomes.A_TEAMMATE)

    @property
    def order(self) -> str:
        return outcomes.ASSIGN_BACK if self.assignee_id else "unassign"


def _assignments(model: Conversation) -> list[Part]:
    return [part for part in model.conversation_parts.parts if part.part_type.startswith("assign")]
