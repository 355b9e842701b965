"""Tags of contacts: adding one, and removing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.inbox.actions.base import ContactAction, Forms
from tui.inbox.actions.tag import KEPT, TAGGED
from tui.model.labels import action_names
from tui.model.rows import ContactRow

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.inbox.actions.base import Action, Answer


class _ContactTagAction(ContactAction, frozen=True, kw_only=True):
    tag_id: str = ""
    tag_name: str = ""

    async def has_tag(self, client: Intercom) -> bool:
        tags = await client.contacts.tags(self.contact_id)
        return any(tag.id == self.tag_id for tag in tags.items)

    def loss(self, back: Action) -> str:
        return KEPT

    def forms(self) -> Forms:
        return TAGGED


class TagContact(_ContactTagAction, frozen=True, kw_only=True, tag="tag_contact"):
    """Add a tag to a contact."""

    def changes_contact(self, row: ContactRow | None) -> bool:
        return row is None or self.tag_id not in row.tag_ids

    async def send(self, client: Intercom) -> Answer:
        await client.contacts.tag(self.contact_id, self.tag_id)
        return None

    async def found(self, client: Intercom, since: int | None, claimed: set[str]) -> str | None:
        return "" if await self.has_tag(client) else None

    def inverse(self) -> Action | None:
        return UntagContact(**self.same(), tag_id=self.tag_id, tag_name=self.tag_name)

    def label(self) -> str:
        return action_names.TAG_CONTACT.format(who=self.who, tag=self.tag_name or self.tag_id)

    def sign(self) -> str:
        return f"+{self.tag_name or self.tag_id}"

    @property
    def order(self) -> str:
        return "tag"


class UntagContact(_ContactTagAction, frozen=True, kw_only=True, tag="untag_contact"):
    """Remove a tag from a contact."""

    gone_is_done = True

    def changes_contact(self, row: ContactRow | None) -> bool:
        # what is not named may be there: asked to remove what is not, Intercom only says so
        return row is None or self.tag_id in row.tag_ids or row.has_more_tags

    async def send(self, client: Intercom) -> Answer:
        await client.contacts.untag(self.contact_id, self.tag_id)
        return None

    async def found(self, client: Intercom, since: int | None, claimed: set[str]) -> str | None:
        return None if await self.has_tag(client) else ""

    def inverse(self) -> Action | None:
        return TagContact(**self.same(), tag_id=self.tag_id, tag_name=self.tag_name)

    def label(self) -> str:
        return action_names.UNTAG_CONTACT.format(who=self.who, tag=self.tag_name or self.tag_id)

    def sign(self) -> str:
        return f"-{self.tag_name or self.tag_id}"

    @property
    def order(self) -> str:
        return "untag"
