"""Writing: reply and note, sending, the editor, prepared texts."""

from typing import NamedTuple

from tui.app import dialogs
from tui.app.commands.context import Context, Macro
from tui.app.editor import write_in_editor
from tui.app.keys.command import Command, Where
from tui.store.rows import ConversationRow
from tui.text.clean import clean_line


def _one(ctx: Context) -> bool:
    return bool(ctx.targets())


def _writing(ctx: Context) -> bool:
    return bool(ctx.composing)


def _reply(ctx: Context, _: int) -> None:
    ctx.compose("reply")


def _note(ctx: Context, _: int) -> None:
    ctx.compose("note")


def _switch(ctx: Context, _: int) -> None:
    ctx.switch_kind()


async def _send(ctx: Context, _: int) -> None:
    await ctx.send()


async def _send_close(ctx: Context, _: int) -> None:
    if ctx.composing == "note":
        sentence = "A note does not close the conversation · {key:compose.send} save note · {key:compose.switch} reply"
        ctx.notify(ctx.registry.words(sentence), "warning")
        return
    await ctx.send(close=True)


def _send_snooze(ctx: Context, _: int) -> None:
    if ctx.composing == "note":
        sentence = "A note does not snooze the conversation · {key:compose.send} save note · {key:compose.switch} reply"
        ctx.notify(ctx.registry.words(sentence), "warning")
        return

    async def done(until: int, _: str) -> None:
        await ctx.send(snooze_until=until)

    ctx.show(dialogs.snooze_prompt("Send and snooze", ctx.now, done))


def _leave(ctx: Context, _: int) -> None:
    ctx.close_composer()


async def _discard(ctx: Context, _: int) -> None:
    kind, text, conversation_id = ctx.composing, ctx.composer_text, ctx.conversation_id
    ctx.compose(kind, text="")
    ctx.close_composer()
    ctx.inbox.drafts.save(conversation_id, kind, "")
    if text.strip():
        ctx.notify("Draft discarded.")


async def _editor(ctx: Context, _: int) -> None:
    await write_in_editor(ctx)


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


def _insert_macro(ctx: Context, _: int) -> None:
    macros = list(ctx.macros())
    choices = [dialogs.Choice(str(at), macro.name, _first_line(macro)) for at, macro in enumerate(macros)]
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


def _read_new(ctx: Context, _: int) -> None:
    ctx.read_new()


def _preview(ctx: Context, _: int) -> None:
    ctx.toggle_preview()


_COMPOSER: tuple[Where, ...] = ("composer",)

COMMANDS = (
    Command(
        "compose.reply",
        "Reply",
        "Write to the customer.",
        _reply,
        ("r",),
        available=_one,
        hint="reply",
        rank=10,
        acts="one",
    ),
    Command(
        "compose.note",
        "Note",
        "Write a note that only teammates see.",
        _note,
        ("n",),
        available=_one,
        hint="note",
        rank=11,
        acts="one",
    ),
    Command(
        "compose.macro",
        "Macro",
        "Answer with a prepared text.",
        _insert_macro,
        ("m",),
        available=_one,
        hint="macro",
        rank=17,
        acts="one",
    ),
    Command(
        "compose.send",
        "Send",
        "Send the reply, or save the note.",
        _send,
        ("ctrl+s",),
        _COMPOSER,
        _writing,
        hint="send",
        rank=1,
    ),
    Command(
        "compose.send-close",
        "Send and close",
        "Send the reply, close the conversation and go on.",
        _send_close,
        ("ctrl+r",),
        _COMPOSER,
        _writing,
        hint="send+close",
        rank=2,
    ),
    Command(
        "compose.send-snooze",
        "Send and snooze",
        "Send the reply and put the conversation aside.",
        _send_snooze,
        (),
        _COMPOSER,
        _writing,
    ),
    Command(
        "compose.switch",
        "Reply or note",
        "Switch between reply and note and keep the text; a note that becomes a reply asks first.",
        _switch,
        ("tab", "shift+tab"),
        _COMPOSER,
        _writing,
        hint="reply/note",
        rank=5,
    ),
    Command(
        "compose.change-kind",
        "Make it a note, or a reply",
        "Switch between reply and note and keep the text, as tab does.",
        _switch,
        ("ctrl+y",),
        _COMPOSER,
        _writing,
    ),
    Command(
        "compose.leave",
        "Save draft",
        "Save the draft and leave the composer.",
        _leave,
        ("esc",),
        _COMPOSER,
        hint="save draft",
        rank=9,
    ),
    Command("compose.discard", "Discard the draft", "Throw away what is written.", _discard, (), _COMPOSER, _writing),
    Command(
        "compose.editor",
        "Editor",
        "Write in $EDITOR; nothing is sent until you say so.",
        _editor,
        ("ctrl+g",),
        ("composer", "thread", "list"),
        _one,
        hint="editor",
        rank=46,
        acts="one",
    ),
    Command(
        "compose.insert",
        "Insert a macro",
        "Put a prepared text at the cursor.",
        _insert_macro,
        ("ctrl+t",),
        _COMPOSER,
        hint="macro",
        rank=7,
    ),
    Command(
        "compose.read-new",
        "Read new messages",
        "Show what came in while you write; a reply is held until it was on screen.",
        _read_new,
        ("ctrl+n",),
        _COMPOSER,
        _writing,
    ),
    Command(
        "compose.preview",
        "Preview",
        "Show the text as it will be read.",
        _preview,
        ("ctrl+p",),
        _COMPOSER,
        _writing,
        hint="preview",
        rank=8,
    ),
)
