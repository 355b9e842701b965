"""Writing: reply and note, sending, the editor, macros and articles."""

from typing import NamedTuple

from tui.app import dialogs
from tui.app.commands.base import command
from tui.app.commands.conversation import has_conversation
from tui.app.commands.editor import write_in_editor
from tui.app.keys.command import PANES, Where
from tui.app.ui import Ui
from tui.model.labels import texts
from tui.model.rows import ConversationRow
from tui.text.sanitize import clean_line

_COMPOSER: tuple[Where, ...] = ("composer",)


def _is_writing(ui: Ui) -> bool:
    return bool(ui.state.composing)


_REPLY = "answer, respond, write back, message, email, chat, type"
_NOTE = "comment, internal, whisper, private, remark, mention"


@command("compose.reply", keys="r", when=has_conversation, acts="one", hint="reply", rank=10, words=_REPLY)
def reply(ui: Ui) -> None:
    """Reply to the customer."""
    ui.composer.compose("reply")


@command("compose.note", keys="n", when=has_conversation, acts="one", hint="note", rank=11, words=_NOTE)
def note(ui: Ui) -> None:
    """Add a note that only teammates can see."""
    ui.composer.compose("note")


@command(
    "compose.macro",
    keys="m",
    when=has_conversation,
    acts="one",
    hint="macro",
    rank=17,
    words="canned, template, snippet, saved reply, canned response, shortcut, prepared",
)
def macro(ui: Ui) -> None:
    """Reply with a macro."""
    _insert_macro(ui)


@command("compose.send", keys="ctrl+s", where=_COMPOSER, when=_is_writing, hint="send", rank=1)
async def send(ui: Ui) -> None:
    """Send the reply, or save the note."""
    await ui.composer.send()


@command("compose.send-close", keys="ctrl+r", where=_COMPOSER, when=_is_writing, hint="send & close", rank=2)
async def send_and_close(ui: Ui) -> None:
    """Send the reply, close the conversation and go to the next."""
    if ui.state.composing == "note":
        sentence = texts.A_NOTE_DOES_NOT_CLOSE
        ui.notices.notify(ui.registry.words(sentence), "warning")
        return
    await ui.composer.send(close=True)


@command("compose.send-snooze", where=_COMPOSER, when=_is_writing)
def send_and_snooze(ui: Ui) -> None:
    """Send the reply and snooze the conversation."""
    if ui.state.composing == "note":
        sentence = texts.A_NOTE_DOES_NOT_SNOOZE
        ui.notices.notify(ui.registry.words(sentence), "warning")
        return

    async def done(until: int, _: str) -> None:
        await ui.composer.send(snooze_until=until)

    ui.dialogs.show(dialogs.snooze_prompt(texts.SEND_AND_SNOOZE, ui.now, done))


@command("compose.switch", keys=("tab", "shift+tab"), where=_COMPOSER, when=_is_writing, hint="reply/note", rank=5)
def reply_or_note(ui: Ui) -> None:
    """Switch between reply and note, keeping the text. Turning a note into a reply asks first."""
    _switch(ui)


@command("compose.change-kind", title="Change to note or reply", keys="ctrl+y", where=_COMPOSER, when=_is_writing)
def change_kind(ui: Ui) -> None:
    """Switch between reply and note, keeping the text."""
    _switch(ui)


@command("compose.leave", keys="esc", where=_COMPOSER, hint="save draft", rank=9)
def save_draft(ui: Ui) -> None:
    """Save the draft and leave the composer."""
    ui.composer.put_away()


@command("compose.discard", where=_COMPOSER, when=_is_writing)
async def discard_the_draft(ui: Ui) -> None:
    """Delete the draft."""
    kind, text, conversation_id = ui.state.composing, ui.composer.text, ui.target.current
    ui.composer.compose(kind, text="")
    ui.composer.put_away()
    ui.inbox.drafts.save(conversation_id, kind, "")
    if text.strip():
        ui.notices.notify(texts.DRAFT_DISCARDED)


@command(
    "compose.editor",
    keys="ctrl+g",
    where=("composer", "thread", "list"),
    when=has_conversation,
    acts="one",
    hint="editor",
    rank=46,
    words="vim, emacs, nano, external editor",
)
async def editor(ui: Ui) -> None:
    """Write in $EDITOR. Nothing is sent until you send it."""
    await write_in_editor(ui)


@command("compose.insert", keys="ctrl+t", where=_COMPOSER, hint="macro", rank=7)
def insert_a_macro(ui: Ui) -> None:
    """Insert a macro or an article at the cursor."""
    _insert_macro(ui)


@command(
    "compose.article",
    where=PANES,
    when=has_conversation,
    acts="one",
    words="article, help centre, help center, knowledge base, faq, docs, link article",
)
def insert_an_article(ui: Ui) -> None:
    """Insert a link to a help center article."""
    _find_article(ui, ui.target.current)


@command("compose.read-new", keys="ctrl+n", where=_COMPOSER, when=_is_writing)
def read_new_messages(ui: Ui) -> None:
    """Show messages that arrived while you write. Replies are held until you have seen them."""
    ui.seen.read_new()


@command("compose.preview", keys="ctrl+p", where=_COMPOSER, when=_is_writing, hint="preview", rank=8)
def preview(ui: Ui) -> None:
    """Preview the text as it will look."""
    ui.composer.toggle_preview()


def _switch(ui: Ui) -> None:
    """What the customer would read then is asked about first."""
    if not ui.composer.asks_before_switching:
        ui.composer.switch()
        return

    async def agreed() -> None:
        ui.composer.switch()

    ui.dialogs.show(
        dialogs.Confirm(
            texts.MAKE_THIS_A_REPLY,
            [(texts.THE_CUSTOMER_WILL_SEE_IT, "warning")],
            [dialogs.Answer("y", texts.MAKE_IT_A_REPLY, agreed)],
        )
    )


# Macros and articles


class Macro(NamedTuple):
    """A macro: its name and its text, Markdown."""

    name: str
    text: str


def fill(text: str, row: ConversationRow | None, admin: str) -> str:
    """The text of a macro with its placeholders filled: ``{name}``, ``{first_name}``, ``{email}``, ``{me}``."""
    name = row.contact_name if row is not None else ""
    values = {
        "{name}": name or "there",
        "{first_name}": (name.split() or ["there"])[0],
        "{email}": row.contact_email if row is not None else "",
        "{me}": admin,
    }
    for place, value in values.items():
        text = text.replace(place, value)
    return text


def _insert_macro(ui: Ui) -> None:
    macros = [Macro(name, text) for name, text in ui.options.macros.items()]
    choices = [dialogs.Choice(str(at), one.name, _first_line(one)) for at, one in enumerate(macros)]
    choices.append(dialogs.Choice("", texts.AN_ARTICLE, texts.A_LINK_FROM_THE_HELP_CENTER))
    title = texts.INSERT_TITLE if macros else texts.INSERT_WITHOUT_MACROS
    conversation_id = ui.target.current

    async def chosen(values: list[str]) -> None:
        if not values[0]:
            _find_article(ui, conversation_id)
            return
        _write_in(ui, conversation_id)
        ui.composer.insert(fill(macros[int(values[0])].text, ui.target.row, ui.inbox.me.name))

    ui.dialogs.show(dialogs.Picker(title, choices, chosen, width=72))


class _Article(NamedTuple):
    title: str
    url: str


def _write_in(ui: Ui, conversation_id: str) -> None:
    """The composer of the conversation that was on screen when the dialog opened, whatever came in meanwhile."""
    if not ui.state.composing or ui.target.current != conversation_id:
        ui.composer.compose("reply", conversation_id=conversation_id)


def _find_article(ui: Ui, conversation_id: str) -> None:
    async def ask(text: str) -> list[_Article]:
        client = await ui.inbox.connection.open()
        page = await client.articles.search(text, state="published")
        return [_Article(clean_line(one.title), one.url) for one in page.items if one.url]

    def chosen(article: _Article) -> None:
        _write_in(ui, conversation_id)
        title = article.title.replace("[", "(").replace("]", ")")
        ui.composer.insert(f"[{title}]({article.url})")

    source: dialogs.Source[_Article] = dialogs.Source(
        lambda _: [], ask, lambda one: one.url, lambda one: (one.title, ""), texts.TYPE_PART_OF_ARTICLE
    )
    ui.dialogs.show(dialogs.Finder(texts.INSERT_AN_ARTICLE, source, chosen, ui.background.start))


def _first_line(macro: Macro) -> str:
    line = " ".join(macro.text.split())
    return line if len(line) <= 36 else line[:35] + "…"
