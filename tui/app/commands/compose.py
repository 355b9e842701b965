"""Writing: reply and note, sending, the editor, prepared texts."""

from typing import NamedTuple

from tui.app import dialogs
from tui.app.commands.base import command
from tui.app.commands.context import Context, Macro
from tui.app.commands.conversation import has_conversation
from tui.app.editor import write_in_editor
from tui.app.keys.command import Where
from tui.store.rows import ConversationRow
from tui.text.clean import clean_line

_COMPOSER: tuple[Where, ...] = ("composer",)


def _is_writing(ctx: Context) -> bool:
    return bool(ctx.composing)


@command("compose.reply", keys="r", when=has_conversation, acts="one", hint="reply", rank=10)
def reply(ctx: Context) -> None:
    """Write to the customer."""
    ctx.compose("reply")


@command("compose.note", keys="n", when=has_conversation, acts="one", hint="note", rank=11)
def note(ctx: Context) -> None:
    """Write a note that only teammates see."""
    ctx.compose("note")


@command("compose.macro", keys="m", when=has_conversation, acts="one", hint="macro", rank=17)
def macro(ctx: Context) -> None:
    """Answer with a prepared text."""
    _insert_macro(ctx)


@command("compose.send", keys="ctrl+s", where=_COMPOSER, when=_is_writing, hint="send", rank=1)
async def send(ctx: Context) -> None:
    """Send the reply, or save the note."""
    await ctx.send()


@command("compose.send-close", keys="ctrl+r", where=_COMPOSER, when=_is_writing, hint="send+close", rank=2)
async def send_and_close(ctx: Context) -> None:
    """Send the reply, close the conversation and go on."""
    if ctx.composing == "note":
        sentence = "A note does not close the conversation · {key:compose.send} save note · {key:compose.switch} reply"
        ctx.notify(ctx.registry.words(sentence), "warning")
        return
    await ctx.send(close=True)


@command("compose.send-snooze", where=_COMPOSER, when=_is_writing)
def send_and_snooze(ctx: Context) -> None:
    """Send the reply and put the conversation aside."""
    if ctx.composing == "note":
        sentence = "A note does not snooze the conversation · {key:compose.send} save note · {key:compose.switch} reply"
        ctx.notify(ctx.registry.words(sentence), "warning")
        return

    async def done(until: int, _: str) -> None:
        await ctx.send(snooze_until=until)

    ctx.show(dialogs.snooze_prompt("Send and snooze", ctx.now, done))


@command("compose.switch", keys=("tab", "shift+tab"), where=_COMPOSER, when=_is_writing, hint="reply/note", rank=5)
def reply_or_note(ctx: Context) -> None:
    """Switch between reply and note and keep the text; a note that becomes a reply asks first."""
    ctx.switch_kind()


@command("compose.change-kind", title="Make it a note, or a reply", keys="ctrl+y", where=_COMPOSER, when=_is_writing)
def change_kind(ctx: Context) -> None:
    """Switch between reply and note and keep the text, as tab does."""
    ctx.switch_kind()


@command("compose.leave", keys="esc", where=_COMPOSER, hint="save draft", rank=9)
def save_draft(ctx: Context) -> None:
    """Save the draft and leave the composer."""
    ctx.close_composer()


@command("compose.discard", where=_COMPOSER, when=_is_writing)
async def discard_the_draft(ctx: Context) -> None:
    """Throw away what is written."""
    kind, text, conversation_id = ctx.composing, ctx.composer_text, ctx.conversation_id
    ctx.compose(kind, text="")
    ctx.close_composer()
    ctx.inbox.drafts.save(conversation_id, kind, "")
    if text.strip():
        ctx.notify("Draft discarded.")


@command(
    "compose.editor",
    keys="ctrl+g",
    where=("composer", "thread", "list"),
    when=has_conversation,
    acts="one",
    hint="editor",
    rank=46,
)
async def editor(ctx: Context) -> None:
    """Write in $EDITOR; nothing is sent until you say so."""
    await write_in_editor(ctx)


@command("compose.insert", keys="ctrl+t", where=_COMPOSER, hint="macro", rank=7)
def insert_a_macro(ctx: Context) -> None:
    """Put a prepared text at the cursor."""
    _insert_macro(ctx)


@command("compose.read-new", keys="ctrl+n", where=_COMPOSER, when=_is_writing)
def read_new_messages(ctx: Context) -> None:
    """Show what came in while you write; a reply is held until it was on screen."""
    ctx.read_new()


@command("compose.preview", keys="ctrl+p", where=_COMPOSER, when=_is_writing, hint="preview", rank=8)
def preview(ctx: Context) -> None:
    """Show the text as it will be read."""
    ctx.toggle_preview()


# Prepared texts


def fill(text: str, row: ConversationRow | None, admin: str) -> str:
    """A prepared text with its placeholders filled: ``{name}``, ``{first_name}``, ``{email}``, ``{me}``."""
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


def _insert_macro(ctx: Context) -> None:
    macros = list(ctx.macros())
    choices = [dialogs.Choice(str(at), one.name, _first_line(one)) for at, one in enumerate(macros)]
    choices.append(dialogs.Choice("", "An article…", "a link from the help center"))
    title = "Insert" if macros else "Insert (macros are written in the settings, under [macros])"
    conversation_id = ctx.conversation_id

    async def chosen(values: list[str]) -> None:
        if not values[0]:
            _find_article(ctx, conversation_id)
            return
        _write_in(ctx, conversation_id)
        ctx.insert(fill(macros[int(values[0])].text, ctx.conversation(), ctx.inbox.me.name))

    ctx.show(dialogs.Picker(title, choices, chosen, width=72))


class _Article(NamedTuple):
    title: str
    url: str


def _write_in(ctx: Context, conversation_id: str) -> None:
    """The composer of the conversation that was on screen when the dialog opened, whatever came in meanwhile."""
    if not ctx.composing or ctx.conversation_id != conversation_id:
        ctx.compose("reply", conversation_id=conversation_id)


def _find_article(ctx: Context, conversation_id: str) -> None:
    async def ask(text: str) -> list[_Article]:
        client = await ctx.inbox.link.open()
        page = await client.articles.search(text, state="published")
        return [_Article(clean_line(one.title), one.url) for one in page.items if one.url]

    def chosen(article: _Article) -> None:
        _write_in(ctx, conversation_id)
        title = article.title.replace("[", "(").replace("]", ")")
        ctx.insert(f"[{title}]({article.url})")

    source: dialogs.Source[_Article] = dialogs.Source(
        lambda _: [], ask, lambda one: one.url, lambda one: (one.title, ""), "Type words of the article."
    )
    ctx.show(dialogs.Finder("Link an article", source, chosen, ctx.background))


def _first_line(macro: Macro) -> str:
    line = " ".join(macro.text.split())
    return line if len(line) <= 36 else line[:35] + "…"
