"""How conversations are listed, on their own and with a contact."""

from typing import TYPE_CHECKING

from tui.cli.output import Table
from tui.model.labels import shell_texts
from tui.text.durations import age

if TYPE_CHECKING:
    from tui.inbox.directory import Directory
    from tui.inbox.inbox import Inbox
    from tui.model.rows import ConversationRow


def table_of(inbox: "Inbox") -> "Table[ConversationRow]":
    """How conversations are listed."""
    names = inbox.directory
    now = int(inbox.now().timestamp())

    def since(at: int) -> str:
        return age(now - at) if at else ""

    def cells(row: "ConversationRow") -> tuple[str, ...]:
        return (
            row.id,
            row.state + ("!" if row.priority else ""),
            since(row.updated_at),
            since(row.waiting_since),
            _assignee(names, row),
            row.contact or "-",
            row.title or row.preview or "-",
        )

    head = ("ID", "STATE", "AGE", "WAITS", "ASSIGNEE", "FROM", "SUBJECT")
    return Table(head, cells, ("cyan", "", "dim", "yellow", "", "", ""), shell_texts.NO_CONVERSATIONS)


def _assignee(names: "Directory", row: "ConversationRow") -> str:
    admin_id, team_id = row.admin_assignee_id, row.team_assignee_id
    team = f"team {names.team_name(team_id) or team_id}" if team_id else ""
    return " / ".join(filter(None, (team, names.admin_name(admin_id) or admin_id))) or "-"
