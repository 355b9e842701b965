"""What the panes need of the inbox, as shapes: the panes never import it, and tests hand them plain data."""

from typing import TYPE_CHECKING, Protocol

from tui.model.rows import Change, ConversationRow

if TYPE_CHECKING:
    from tui.inbox.search.list_model import ListDelta


class ConversationModel(Protocol):
    """The conversations of one view in one order. Rows are asked for a screen at a time."""

    @property
    def title(self) -> str:
        """What the list holds, in a word or two."""

    @property
    def sort(self) -> str:
        """`waiting`, `newest`, `oldest` or `priority`."""

    @property
    def total(self) -> int:
        """How many there are, loaded or not."""

    @property
    def loaded(self) -> bool:
        """True once the length is final."""

    def __len__(self) -> int: ...

    def rows(self, start: int, stop: int) -> list[ConversationRow]:
        """The rows of that range; fewer at the end."""

    def index_of(self, conversation_id: str) -> int:
        """Its position, -1 when it is not in the list."""

    def id_at(self, index: int) -> str:
        """The conversation at that position."""

    def apply(self, change: Change, hold: str = "") -> "ListDelta":
        """Bring the list up to date after a change and say what moved; ``hold`` keeps its place while it is listed."""


class Names(Protocol):
    """Names behind ids; `""` for an id nobody knows."""

    def admin_name(self, admin_id: str, /) -> str:
        """A teammate's name."""

    def team_name(self, team_id: str, /) -> str:
        """A team's name."""

    def tag_name(self, tag_id: str, /) -> str:
        """A tag's name."""


class NoNames(Names):
    """Knows nobody: for a pane before the directory is there."""

    def admin_name(self, _admin_id: str, /) -> str:
        return ""

    def team_name(self, _team_id: str, /) -> str:
        return ""

    def tag_name(self, _tag_id: str, /) -> str:
        return ""
