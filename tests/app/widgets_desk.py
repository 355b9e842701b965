"""A small desk of made-up people, as plain rows, for looking at the panes and for testing them."""

from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.filter import LineFilter

from tui.app.terminal.filters import ControlFilter
from tui.app.themes import register, variable_defaults
from tui.app.widgets.composer import Composer
from tui.app.widgets.contact import ContactView
from tui.app.widgets.conversation_list import ConversationListView
from tui.app.widgets.footer import KeyFooter
from tui.app.widgets.lines import Appearance
from tui.app.widgets.status import StatusLine
from tui.app.widgets.thread import ThreadView
from tui.inbox.search.list_model import ListDelta
from tui.inbox.status import Status
from tui.model.rows import AttachmentRow, Change, ContactRow, ConversationRow, PartRow

NOW = 1_741_012_500  # Monday 3 March 2025, 14:35 UTC
HOUR = 3600
DAY = 86400


class Listing:
    """A list over rows in memory; `replace` is what the store would say after the next change."""

    def __init__(self, rows: Iterable[ConversationRow], title: str = "Open", sort: str = "waiting") -> None:
        self.items = list(rows)
        self.title = title
        self.sort = sort
        self.loaded = True
        self.next_items: list[ConversationRow] | None = None
        self.asked: list[tuple[int, int]] = []

    @property
    def total(self) -> int:
        return len(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def rows(self, start: int, stop: int) -> list[ConversationRow]:
        self.asked.append((start, stop))
        return self.items[start:stop]

    def index_of(self, conversation_id: str) -> int:
        return next((at for at, row in enumerate(self.items) if row.id == conversation_id), -1)

    def id_at(self, index: int) -> str:
        return self.items[index].id

    def replace(self, items: Iterable[ConversationRow]) -> None:
        self.next_items = list(items)

    def apply(self, change: Change, hold: str = "") -> ListDelta:
        if self.next_items is None:
            return ListDelta()
        self.items, self.next_items = self.next_items, None
        return ListDelta(reset=True)


class Directory:
    """Three teammates, two teams, four tags."""

    admins: ClassVar = {"1": "Priya Natarajan", "2": "Tom Becker", "3": "Léa Moreau"}
    teams: ClassVar = {"10": "Billing", "11": "Tier 2"}
    tags: ClassVar = {"20": "refund", "21": "enterprise", "22": "bug", "23": "feature request"}

    def admin_name(self, admin_id: str, /) -> str:
        return self.admins.get(admin_id, "")

    def team_name(self, team_id: str, /) -> str:
        return self.teams.get(team_id, "")

    def tag_name(self, tag_id: str, /) -> str:
        return self.tags.get(tag_id, "")


KEYS = {"undo.last": "u", "move.open": "enter", "link.browser": "b", "view.choose": "v", "view.search": "/"}


def key_of(command: str) -> str:
    """Keys as the registry names them."""
    return KEYS.get(command, "")


ONLINE = Status(acting_as="Priya Natarajan", workspace="Lumen Cloud", connection="online", synced_at=NOW - 20)
"""A status as the inbox gives it."""


def row(number: int, name: str, preview: str, waits: int = 0, **more: object) -> ConversationRow:
    """A conversation; `waits` in seconds, 0 when the customer does not wait."""
    values: dict[str, object] = {
        "n": number,
        "id": str(number),
        "contact_name": name,
        "preview": preview,
        "waiting_since": NOW - waits if waits else 0,
        "updated_at": NOW - (waits or 5 * HOUR),
        **more,
    }
    return ConversationRow(**values)  # type: ignore[arg-type]  # keyword values checked by the struct's users here


def desk() -> list[ConversationRow]:
    """The longest waiting first."""
    return [
        row(1, "Marguerite Okonkwo-Fitzgerald", "We were charged twice for March, and nobody answers", 3 * DAY,
            read=False, priority=True, sla="missed", admin_assignee_id="1", tag_ids=("20", "21"), team_assignee_id="10",
            title="Charged twice for March", channel="email", contact_id="c1"),
        row(2, "Ada Lovelace", "Export to CSV drops the last column when a comma is in the header", 26 * HOUR,
            admin_assignee_id="2", title="CSV export"),
        row(3, "نورا الحسن", "هل يمكنني تغيير اللغة؟", 9 * HOUR, read=False),
        row(4, "田中 太郎", "請求書の宛名を変更したいのですが、どこから設定できますか？", 7 * HOUR, has_draft=True),
        row(5, "Jonas Weber", "Danke! Eine Frage noch: gilt der Rabatt auch für das zweite Team?", 3 * HOUR + 1200,
            admin_assignee_id="1", pending="waiting"),
        row(6, "Sam 🚀 Rivera", "it works now 🎉 but the webhook still fires twice", 2 * HOUR, read=False,
            admin_assignee_id="3"),
        row(7, "Chloé Dubois", "Je n'arrive plus à me connecter depuis ce matin", 48 * 60, read=False),
        row(8, "ops@northwind.example", "[/red] \x1b[31m is in our logs, what does it mean?", 33 * 60),
        row(9, "Ben Carter", "ok", 12 * 60, admin_assignee_id="1", pending="rejected"),
        row(10, "Ingrid Solberg", "Could you resend the invoice for February?", 4 * 60, read=False),
        row(11, "Rahul Mehta", "I have reset your two-factor device; the codes from the new phone will work", 0,
            admin_assignee_id="1", preview_by="admin", updated_at=NOW - 3 * HOUR),
        row(12, "Grace Kim", "Let us know when the migration is through", 0, state="snoozed",
            snoozed_until=NOW + 18 * HOUR, admin_assignee_id="2"),
        row(13, "Pavel Novák", "Thanks, that solved it!", 0, state="closed", rating=5, updated_at=NOW - 2 * DAY),
        row(14, "Aisha Bello", "Seats were added but the old price is still shown", 0, state="snoozed",
            snoozed_until=NOW + 4 * DAY, priority=True, updated_at=NOW - DAY),
        *(row(20 + n, f"Customer {n}", f"Question number {n} about the plan", 0, updated_at=NOW - n * DAY)
          for n in range(1, 30)),
    ]  # fmt: skip


def part(number: int, kind: str, body: str, ago: int, who: str = "", **more: object) -> PartRow:
    """A part `ago` seconds old."""
    values: dict[str, object] = {
        "id": f"p{number}",
        "conversation_id": "1",
        "part_type": kind,
        "body": body,
        "created_at": NOW - ago,
        "author_name": who,
        **more,
    }
    return PartRow(**values)  # type: ignore[arg-type]  # as above


def thread() -> list[PartRow]:
    """A billing thread with all that can stand in one."""
    name = "Marguerite Okonkwo-Fitzgerald"
    customer = {"author_type": "user", "author_id": "c1"}
    priya = {"author_type": "admin", "author_id": "1"}
    return [
        part(1, "source", "<p>Hello,</p><p>our card was charged <b>twice</b> for March: once on the 1st and once on "
             "the 2nd. Both say <code>LUMEN*CLOUD 4,180.00</code>. Could you look at it <i>today</i>? Our accountant "
             'closes the month on Friday, see <a href="https://northwind.example/policy">our policy</a>.</p>'
             "<ul><li>Invoice 2025-0301</li><li>Invoice 2025-0302</li></ul>", 3 * DAY, name,
             attachments=(AttachmentRow("statement-march.pdf", "https://x.example/1", "application/pdf", 128_400),
                          AttachmentRow("screenshot 2.png", "https://x.example/2", "image/png", 2_400_000)),
             **customer),
        part(2, "comment", "<p>Thanks for writing in! I am <b>Fin</b>, an AI agent. A double charge is usually a "
             "pending authorisation that disappears within 5 days.</p>", 3 * DAY - 20, "Fin", author_type="bot",
             from_ai=True),
        part(3, "assignment", "", 3 * DAY - 60, "Fin", author_type="bot", detail="Billing"),
        part(4, "conversation_tags_updated", "", 3 * DAY - 50, "Tom Becker", author_type="admin", detail="+refund"),
        part(5, "priority_changed", "", 3 * DAY - 45, "Tom Becker", author_type="admin"),
        part(6, "assignment", "", 3 * DAY - 40, "Tom Becker", author_type="admin", detail="Priya Natarajan"),
        part(7, "note", "<p>Stripe shows <b>two captures</b>, not an authorisation. Refund needs @Léa, above my limit."
             "</p>", 2 * DAY, "Tom Becker", author_type="admin"),
        part(8, "comment", "<p>Hi Marguerite,</p><p>I can see both charges and have asked for the second one to be "
             "refunded. You will have it within three working days.</p><p>Priya</p>", 2 * DAY - 900,
             "Priya Natarajan", **priya),
        part(9, "snoozed", "", 2 * DAY - 950, "Priya Natarajan", detail="until Monday 09:00", **priya),
        part(10, "comment", "<p>Still nothing on the account. We were charged twice for March, and nobody answers."
             "</p><blockquote>On Sat, 1 Mar 2025 Priya Natarajan wrote:<br>Hi Marguerite,<br>I can see both charges "
             "and have asked for the second one to be refunded.<br>You will have it within three working days."
             "</blockquote>", 5 * HOUR, name, **customer),
        part(11, "comment", "<p>Hello Marguerite, the refund left us this morning; here is the receipt.</p>", 3,
             "Priya Natarajan", outbox_id=4, pending="held", due_at=NOW + 5.0, **priya),
    ]  # fmt: skip


def contact() -> ContactRow:
    """The customer of `thread`."""
    return ContactRow(
        id="c1", name="Marguerite Okonkwo-Fitzgerald", email="marguerite@northwind.example", phone="+44 20 7946 0958",
        role="user", external_id="nw-20417", owner_id="1", created_at=NOW - 500 * DAY, last_seen_at=NOW - 2 * HOUR,
        signed_up_at=NOW - 500 * DAY, timezone="Europe/London", city="London", country="United Kingdom",
        browser="Firefox 135", os="macOS", language="en", company_names=("Northwind Traders",), plan="Scale",
        tag_ids=("21",), segments=("Active", "Paying over 1k"),
        custom_attributes=(("monthly_spend", "4,180"), ("seats", "42"), ("crm_stage", "renewal")),
        notes=((NOW - 40 * DAY, "Tom Becker", "Prefers mail to chat. CFO is in copy on anything about money."),),
        events=((NOW - 3 * HOUR, "invoice-downloaded"), (NOW - DAY, "seat-added")), fetched_at=NOW,
    )  # fmt: skip


class DeskApp(App[None]):
    """Three panes over the desk, with nothing wired but what is looked at."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #list { width: 40; } #contact { width: 34; }
    #list, #middle { border-right: vkey $line; }
    """

    def __init__(
        self, listing: Listing | None = None, appearance: Appearance | None = None, *, theme: str = "ink"
    ) -> None:
        super().__init__()
        register(self)
        self.theme = theme
        self.appearance = appearance or Appearance(clock=lambda: NOW, zone=UTC, key_of=key_of)
        self.listing = Listing(desk()) if listing is None else listing
        self.messages: list[object] = []

    def compose(self) -> ComposeResult:
        names = Directory()
        with Horizontal():
            yield ConversationListView(self.appearance, names=names, me_id="1", id="list")
            with Vertical(id="middle"):
                yield ThreadView(self.appearance, names=names, id="thread")
                yield Composer(self.appearance, id="composer")
            yield ContactView(self.appearance, names=names, id="contact")
        yield StatusLine(self.appearance)
        yield KeyFooter(self.appearance)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our variables under any theme."""
        return variable_defaults()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The app's own last filter, as the real one has it."""
        return [*super().get_line_filters(), ControlFilter()]

    @property
    def rows(self) -> ConversationListView:
        return self.query_one(ConversationListView)

    @property
    def thread(self) -> ThreadView:
        return self.query_one(ThreadView)

    @property
    def contact(self) -> ContactView:
        return self.query_one(ContactView)

    @property
    def composer(self) -> Composer:
        return self.query_one(Composer)

    def on_mount(self) -> None:
        self.query_one("#contact").display = self.size.width >= 120
        self.rows.set_list(self.listing, view_key="open")
        self.rows.focus()

    def on_conversation_list_view_highlighted(self, event: ConversationListView.Highlighted) -> None:
        self.messages.append(event)

    def on_conversation_list_view_opened(self, event: ConversationListView.Opened) -> None:
        self.messages.append(event)

    def on_contact_view_open_conversation(self, event: ContactView.OpenConversation) -> None:
        self.messages.append(event)

    def on_composer_edited(self, event: Composer.Edited) -> None:
        self.messages.append(event)
