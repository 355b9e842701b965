"""Writing: reply and note, sending, the editor, prepared texts."""

import os
import shlex
import tempfile
from pathlib import Path
from typing import NamedTuple

from textual.app import SuspendNotSupported

from tui.app import screens
from tui.app.commands.base import Command, Where
from tui.app.commands.context import Context, Macro
from tui.store.rows import ConversationRow
from tui.text.clean import clean, clean_line


def _one(ctx: Context) -> bool:
    return bool(ctx.conversation_id)


def _writing(ctx: Context) -> bool:
    return bool(ctx.composing)


def _reply(ctx: Context, _: int) -> None:
    ctx.compose("reply")


def _note(ctx: Context, _: int) -> None:
    ctx.compose("note")


def _switch(ctx: Context, _: int) -> None:
    """Tab: the other kind while nothing is written, else the next pane."""
    if ctx.composer_text.strip():
        ctx.next_pane(1)
    else:
        ctx.compose("note" if ctx.composing == "reply" else "reply")


def _change_kind(ctx: Context, _: int) -> None:
    ctx.compose("note" if ctx.composing == "reply" else "reply", text=ctx.composer_text)


async def _send(ctx: Context, _: int) -> None:
    await ctx.send()


async def _send_close(ctx: Context, _: int) -> None:
    if ctx.composing == "note":
        ctx.notify("A note does not close the conversation: ctrl+s saves it, c closes.", "warning")
        return
    await ctx.send(close=True)


def _send_snooze(ctx: Context, _: int) -> None:
    if ctx.composing == "note":
        ctx.notify("A note does not snooze the conversation: ctrl+s saves it, z snoozes.", "warning")
        return

    async def done(until: int, _: str) -> None:
        await ctx.send(snooze_until=until)

    ctx.show(screens.snooze_prompt("Send and snooze", ctx.now, done))


def _leave(ctx: Context, _: int) -> None:
    ctx.close_composer()


async def _discard(ctx: Context, _: int) -> None:
    kind, text, conversation_id = ctx.composing, ctx.composer_text, ctx.conversation_id
    ctx.compose(kind, text="")
    ctx.close_composer()
    ctx.inbox.drafts.save(conversation_id, kind, "")
    if text.strip():
        ctx.notify("Draft discarded.")


def _private_file(text: str) -> Path:
    handle, name = tempfile.mkstemp(prefix="intercom-", suffix=".md")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return Path(name)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


async def _editor(ctx: Context, _: int) -> None:
    """The text goes through a private file; whatever the editor does, the draft is kept until it comes back well."""
    if not ctx.composing:
        ctx.compose("reply")
    kind, conversation_id = ctx.composing, ctx.conversation_id
    await ctx.inbox.drafts.flush()
    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    path = _private_file(ctx.composer_text)
    try:
        code = await ctx.run_outside([*editor, str(path)])
        written = clean(_read(path)).rstrip("\n")
    except (OSError, SuspendNotSupported) as error:
        ctx.notify(f"{editor[0] if editor else 'The editor'} could not be started: {error}", "error")
        return
    finally:
        _remove(path)
    if code:
        ctx.notify(f"{editor[0]} ended with code {code}: the text is as it was.", "warning")
        return
    ctx.compose(kind, text=written, conversation_id=conversation_id)


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
    choices = [screens.Choice(str(at), macro.name, _first_line(macro)) for at, macro in enumerate(macros)]
    choices.append(screens.Choice("", "An article…", "a link from the help center"))
    title = "Insert" if macros else "Insert (macros are written in the settings, under [macros])"

    async def chosen(values: list[str]) -> None:
        if not values[0]:
            _find_article(ctx)
            return
        if not ctx.composing:
            ctx.compose("reply")
        ctx.insert(fill(macros[int(values[0])].text, ctx.conversation(), ctx.inbox.me.name))

    ctx.show(screens.Picker(title, choices, chosen, width=72))


class _Article(NamedTuple):
    title: str
    url: str


def _find_article(ctx: Context) -> None:
    async def ask(text: str) -> list[_Article]:
        client = await ctx.inbox.link.open()
        page = await client.articles.search(text, state="published")
        return [_Article(clean_line(one.title), one.url) for one in page.items if one.url]

    def chosen(article: _Article) -> None:
        if not ctx.composing:
            ctx.compose("reply")
        title = article.title.replace("[", "(").replace("]", ")")
        ctx.insert(f"[{title}]({article.url})")

    source: screens.Source[_Article] = screens.Source(
        lambda _: [], ask, lambda one: one.url, lambda one: (one.title, ""), "Type words of the article."
    )
    ctx.show(screens.Finder("Link an article", source, chosen, ctx.background))


def _first_line(macro: Macro) -> str:
    line = " ".join(macro.text.split())
    return line if len(line) <= 36 else line[:35] + "…"


def _preview(ctx: Context, _: int) -> None:
    ctx.toggle_preview()


_COMPOSER: tuple[Where, ...] = ("composer",)

COMMANDS = (
    Command("compose.reply", "Reply", "Write to the customer.", _reply, ("r",), available=_one, hint="reply", rank=10),
    Command(
        "compose.note",
        "Note",
        "Write a note that only teammates see.",
        _note,
        ("n",),
        available=_one,
        hint="note",
        rank=11,
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
        "While nothing is written: change between reply and note; else go to the next pane.",
        _switch,
        ("tab",),
        _COMPOSER,
        hint="reply/note",
        rank=5,
    ),
    Command(
        "compose.change-kind",
        "Make it a note, or a reply",
        "Change between reply and note, keeping what is written.",
        _change_kind,
        ("ctrl+y",),
        _COMPOSER,
        _writing,
    ),
    Command(
        "compose.leave",
        "Put away",
        "Leave the composer; what is written stays as a draft.",
        _leave,
        ("esc",),
        _COMPOSER,
        hint="put away",
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
