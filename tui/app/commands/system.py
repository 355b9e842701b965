"""The program itself: help, palette, copying, the browser, the outbox, leaving."""

import asyncio
import functools
from collections.abc import Coroutine
from typing import TYPE_CHECKING

from tui.app import dialogs
from tui.app.commands import subprocesses
from tui.app.commands.context import Context
from tui.app.keys.command import Command
from tui.config.paths import downloads_dir
from tui.inbox.actions.codec import SILENT_KINDS
from tui.inbox.files import NotSaved
from tui.text.clean import clean

if TYPE_CHECKING:
    from tui.app.widgets.thread import NumberedFile


def _help(ctx: Context, _: int) -> None:
    ctx.show(dialogs.Help(ctx.registry, ctx.pane))


def _palette(ctx: Context, _: int) -> None:
    able = [
        command for command in ctx.registry.within(ctx.pane) if command.run is not _palette and command.available(ctx)
    ]
    ctx.show(dialogs.palette(ctx.registry, able, ctx.run))


def _refresh(ctx: Context, _: int) -> None:
    ctx.inbox.sync.refresh()
    if ctx.conversation_id:
        ctx.inbox.threads.open(ctx.conversation_id)
    ctx.notify("Asking Intercom what is new.")


def _redraw(ctx: Context, _: int) -> None:
    ctx.redraw()


_SEND_WITHIN = 1.0
"""Seconds that what waits out its undo window gets to be sent before leaving."""


async def _suspend(ctx: Context, _: int) -> None:
    """The drafts go to the disk before: nobody knows for how long, or whether, this program runs again."""
    await ctx.save_drafts()
    if not ctx.suspend():
        ctx.notify("There is no shell here to suspend to.", "warning")


def _quit(ctx: Context, _: int) -> None:
    """What is held may be sent now; ask only when something is not sent: it is kept for next time, but people should
    know. Whoever asks again meanwhile leaves at once."""
    box = ctx.inbox.outbox
    if ctx.inbox.is_ending:
        ctx.leave()
        return
    held = any(row.state == "held" and row.held_for == "undo" and row.origin == box.origin for row in box.pending())
    if held and ctx.inbox.status.link == "online":
        ctx.notify("Sending what can still be undone…")
        ctx.background(_quit_after(ctx, ctx.inbox.send_held(_SEND_WITHIN)))
    else:
        _ask_and_quit(ctx)


async def _quit_after(ctx: Context, sending: Coroutine[None, None, None]) -> None:
    await sending
    _ask_and_quit(ctx)


def _ask_and_quit(ctx: Context) -> None:
    unsent = [
        row
        for row in ctx.inbox.outbox.pending()
        if row.state != "rejected" and row.kind not in SILENT_KINDS and row.held_for != "twice"
    ]

    async def leave() -> None:
        ctx.leave()

    if not unsent:
        if ctx.confirm_quit:
            ctx.show(dialogs.Confirm("Leave?", [("Everything is sent.", "")], [dialogs.Answer("q", "leave", leave)]))
        else:
            ctx.leave()
        return
    them, they_are = ("them", "they are") if len(unsent) > 1 else ("it", "it is")
    lines = [(f"{len(unsent)} action{'s have' if len(unsent) > 1 else ' has'} not reached Intercom yet:", "")]
    lines += [(f"  {ctx.inbox.outbox.describe(row)}", "dim") for row in unsent[:6]]
    lines += [(f"  and {len(unsent) - 6} more", "dim")] if len(unsent) > 6 else []
    lines += [("", ""), ("Nothing is lost: what is left goes the next time this program runs.", "")]

    async def wait() -> None:
        ctx.notify("Leaving as soon as everything is sent…")
        ctx.background(_leave_when_sent(ctx))

    ctx.show(
        dialogs.Confirm(
            "Leave with unsent work?",
            lines,
            [
                dialogs.Answer("q", f"leave now, keep {them} queued", leave),
                dialogs.Answer("w", f"wait until {they_are} sent, then leave", wait),
            ],
        )
    )


async def _leave_when_sent(ctx: Context) -> None:
    moved = asyncio.Event()
    unsubscribe = ctx.inbox.changes.subscribe(lambda change: moved.set() if change.outbox or change.status else None)
    try:
        while any(row.state != "rejected" and row.held_for in ("", "undo") for row in ctx.inbox.outbox.pending()):
            moved.clear()
            await moved.wait()
    finally:
        unsubscribe()
    ctx.leave()


def _outbox(ctx: Context, _: int) -> None:
    ctx.show(dialogs.OutboxScreen(ctx))


def _decide(ctx: Context, _: int) -> None:
    waiting = [*ctx.inbox.outbox.attention(), *ctx.inbox.outbox.unknown()]
    if not waiting:
        ctx.notify("Nothing waits for a decision.")
        return
    dialogs.decide(ctx, waiting[0])


def _copies(ctx: Context) -> "list[dialogs.Choice]":
    row = ctx.conversation()
    found: list[dialogs.Choice] = []
    if row is not None:
        found += [
            dialogs.Choice(ctx.link(row.id), "Link", ctx.link(row.id)),
            dialogs.Choice(row.contact_email, "E-mail", row.contact_email),
            dialogs.Choice(row.contact_name, "Name", row.contact_name),
            dialogs.Choice(row.id, "Conversation id", row.id),
            dialogs.Choice(row.contact_id, "Contact id", row.contact_id),
        ]
        if ctx.thread.conversation_id == row.id:
            text = ctx.thread.text()
            kind = "This message" if ctx.thread.current_part is not None else "Whole thread"
            found.append(dialogs.Choice(text, kind, f"{len(text):,} characters"))
    contact_id = ctx.target.contact
    contact = ctx.inbox.contacts.cached(contact_id) if contact_id else None
    if contact is not None:
        about = [
            dialogs.Choice(contact.email, "E-mail", contact.email),
            dialogs.Choice(contact.phone, "Phone", contact.phone),
            dialogs.Choice(contact.name, "Name", contact.name),
            dialogs.Choice(contact.id, "Contact id", contact.id),
        ]
        found = about + found if ctx.pane == "contact" else found + about
    once = {(choice.title, choice.value): choice for choice in found if choice.value}
    return list(once.values())


def _copy(ctx: Context, _: int) -> None:
    choices = _copies(ctx)
    # The values may be long texts: the picker gets their numbers.
    numbered = [dialogs.Choice(str(at), choice.title, choice.detail[:40]) for at, choice in enumerate(choices)]

    async def chosen(values: list[str]) -> None:
        choice = choices[int(values[0])]
        if ctx.copy(choice.value):
            ctx.notify(f"{choice.title} copied.")
        else:
            sentence = "Not copied: too long, or the terminal has no clipboard · {key:text.pipe} pipe it to a command"
            ctx.notify(ctx.registry.words(sentence), "warning")

    ctx.show(dialogs.Picker("Copy", numbered, chosen, empty="Nothing to copy."))


async def open_link(ctx: Context, url: str) -> None:
    """Open an address in the browser, or copy it where there is no browser."""
    if await subprocesses.browse(url):
        ctx.notify(f"Opened {url}")
    elif ctx.copy(url):
        ctx.notify(f"No browser here; copied {url}")
    else:
        ctx.notify(url)


def _browser(ctx: Context, _: int) -> None:
    if ctx.conversation_id:
        ctx.background(open_link(ctx, ctx.link(ctx.conversation_id)))


def _links(ctx: Context, _: int) -> None:
    ctx.show_thread()
    numbered = {f"file:{entry.number}": entry for entry in ctx.thread.attachments()}
    files = [dialogs.Choice(key, f"{entry.number} {entry.file.name}", "file") for key, entry in numbered.items()]
    links = [
        dialogs.Choice(link.href, link.label if link.label != link.href else link.href, link.href)
        for link in ctx.thread.links()
    ]
    choices = list(dict.fromkeys(files + links))

    conversation_id = ctx.conversation_id

    async def chosen(values: list[str]) -> None:
        entry = numbered.get(values[0])
        if entry is None:
            ctx.background(open_link(ctx, values[0]))
        else:
            ctx.background(_open_file(ctx, conversation_id, entry))

    ctx.show(dialogs.Picker("Open in the browser", choices, chosen, empty="No links or files here.", width=76))


async def _open_file(ctx: Context, conversation_id: str, entry: "NumberedFile") -> None:
    # its link may have expired since the thread was read
    fresh = await ctx.inbox.files.fresh(conversation_id, entry.part_id, entry.file)
    await open_link(ctx, fresh.url)


def _save(ctx: Context, _: int) -> None:
    ctx.show_thread()
    numbered = {str(entry.number): entry for entry in ctx.thread.attachments()}
    choices = [
        dialogs.Choice(number, f"{number} {entry.file.name}", entry.file.content_type)
        for number, entry in numbered.items()
    ]
    conversation_id = ctx.conversation_id

    async def chosen(values: list[str]) -> None:
        ctx.background(_save_files(ctx, conversation_id, [numbered[value] for value in values]))

    folder = downloads_dir()
    ctx.show(dialogs.Picker(f"Save in {folder}", choices, chosen, empty="No files here.", width=76))


async def _save_files(ctx: Context, conversation_id: str, entries: "list[NumberedFile]") -> None:
    for entry in entries:
        try:
            saved = await ctx.inbox.files.save(conversation_id, entry.part_id, entry.file, downloads_dir())
        except NotSaved as error:
            ctx.notify(str(error), "error")
            return
        ctx.notify(f"Saved {saved}")


def _pipe(ctx: Context, _: int) -> None:
    ctx.show_thread()
    text = ctx.thread.text()

    async def done(command: str) -> None:
        ctx.notify(f"Running {command}…")
        ctx.background(_run_pipe(ctx, command, text))

    what = "this message" if ctx.thread.current_part is not None else "the thread"
    ctx.show(dialogs.Prompt(f"Pipe {what} to a shell command", done, label="! ", width=72))


async def _run_pipe(ctx: Context, command: str, text: str) -> None:
    code, output = await subprocesses.pipe(command, text)
    if output.strip():
        title = f"! {command}" if not code else f"! {command} (code {code})"
        ctx.show(dialogs.Pager(title, [(line, "") for line in clean(output).rstrip("\n").split("\n")]))
    else:
        ctx.notify(
            f"{command}: {'done' if not code else f'ended with code {code}'}", "error" if code else "information"
        )


COMMANDS = (
    Command(
        "thread.quotes",
        "Quoted text",
        "Show or fold quoted e-mail.",
        lambda ctx, _: ctx.thread.toggle_quotes(),
        ("Q",),
        ("list", "thread"),
    ),
    Command(
        "thread.events",
        "Events",
        "Show or fold assignments, tags and other events.",
        lambda ctx, _: ctx.thread.toggle_events(),
        ("E",),
        ("list", "thread"),
    ),
    Command(
        "link.open",
        "Links and files",
        "Choose a link or an attachment to open.",
        _links,
        ("f",),
        ("list", "thread"),
        hint="links",
        rank=58,
    ),
    Command(
        "file.save", "Save a file", "Save an attachment in the downloads folder.", _save, ("S",), ("list", "thread")
    ),
    Command("link.browser", "Browser", "Open the conversation in the browser.", _browser, ("b",)),
    Command(
        "text.copy",
        "Copy",
        "Copy a link, e-mail, id or the text, over SSH too.",
        _copy,
        ("y",),
        available=lambda ctx: bool(ctx.conversation_id or ctx.target.contact),
        hint="copy",
        rank=57,
    ),
    Command(
        "text.pipe", "Pipe", "Give the message or the thread to a shell command.", _pipe, ("!",), ("list", "thread")
    ),
    Command("outbox.show", "Outbox", "Show what has not reached Intercom.", _outbox, ("O",)),
    Command(
        "outbox.decide",
        "Decide",
        "Decide on what was held back or refused, may have arrived, or was sent twice.",
        _decide,
        ("ctrl+o",),
        ("global",),
    ),
    Command("app.refresh", "Refresh", "Ask Intercom now what is new.", _refresh, ("R",)),
    Command(
        "app.redraw", "Redraw", "Paint the whole screen again.", _redraw, ("ctrl+l",), ("global",), over_dialogs=True
    ),
    Command(
        "app.suspend",
        "Suspend",
        "Suspend to the shell; fg there brings it back.",
        _suspend,
        ("ctrl+z",),
        ("global",),
        over_dialogs=True,
    ),
    Command("help.keys", "Help", "Show all keys.", _help, ("?",), hint="help", rank=0),
    Command("help.palette", "Palette", "Find a command by name.", _palette, (":", "ctrl+k")),
    Command(
        "compose.palette",
        "Palette",
        "Find a command by name while writing.",
        _palette,
        ("ctrl+]",),
        ("composer",),
    ),
    Command("app.quit", "Quit", "Leave; asks while something is unsent.", _quit, ("q",), hint="quit", rank=99),
    Command(
        "app.quit-now",
        "Quit",
        "Leave, from anywhere; asks while something is unsent.",
        functools.partial(_quit),
        ("ctrl+q",),
        ("global",),
    ),
)
