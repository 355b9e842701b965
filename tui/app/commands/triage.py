"""What is done to conversations: assign, close, snooze, tag; undo and repeat."""

import functools

from tui.app import screens
from tui.app.commands.base import Command
from tui.app.commands.context import Act, Context


def has_conversation(ctx: Context) -> bool:
    """There is a conversation to act on."""
    return bool(ctx.targets())


def _what(ctx: Context) -> str:
    targets = ctx.targets()
    if len(targets) > 1:
        return f"{len(targets)} conversations"
    row = ctx.conversation()
    return (row.contact_name or row.contact_email or "this conversation") if row is not None else "this conversation"


async def _assign_to(ctx: Context, admin_id: str, team_id: str, name: str, targets: list[str] | None = None) -> None:
    async def apply(conversation_id: str) -> int:
        return await ctx.inbox.actions.assign(conversation_id, admin_id=admin_id, team_id=team_id)

    mine = bool(admin_id) and admin_id == ctx.inbox.me.id
    await ctx.act(Act(f"Assigned to {name}" if name else "Unassigned", apply, leaves=not mine), targets)


def _assign(ctx: Context, _: int) -> None:
    directory, me = ctx.inbox.directory, ctx.inbox.me
    targets = list(ctx.targets())
    choices = [screens.Choice(f"admin:{me.id}", me.name or "Me", "me")] if me.id else []
    choices += [screens.Choice(f"team:{team.id}", team.name, "team") for team in directory.teams()]
    choices.append(screens.Choice("nobody", "Nobody", "unassign"))
    choices += [
        screens.Choice(f"admin:{admin.id}", admin.name, "away" if admin.away else "")
        for admin in directory.admins()
        if admin.id != me.id
    ]
    titles = {choice.value: choice.title for choice in choices}

    async def chosen(values: list[str]) -> None:
        kind, _, some_id = values[0].partition(":")
        await _assign_to(
            ctx,
            some_id if kind == "admin" else "",
            some_id if kind == "team" else "",
            titles[values[0]] if some_id else "",
            targets,
        )

    ctx.show(screens.Picker(f"Assign {_what(ctx)} to", choices, chosen))


async def _assign_me(ctx: Context, _: int) -> None:
    me = ctx.inbox.me
    if not me.id:
        ctx.notify("Intercom has not said yet who you are.", "warning")
        return
    rows = [ctx.inbox.threads.conversation(target) for target in ctx.targets()]
    if rows and all(row is not None and row.admin_assignee_id == me.id for row in rows):
        ctx.notify("Yours already.")
        return
    await _assign_to(ctx, me.id, "", "me")


async def _close(ctx: Context, _: int) -> None:
    await ctx.act(Act("Closed", ctx.inbox.actions.close, leaves=True))


async def _reopen(ctx: Context, _: int) -> None:
    await ctx.act(Act("Reopened", ctx.inbox.actions.open))


def _snooze(ctx: Context, _: int) -> None:
    targets = list(ctx.targets())

    async def done(until: int, words: str) -> None:
        async def apply(conversation_id: str) -> int:
            return await ctx.inbox.actions.snooze(conversation_id, until)

        await ctx.act(Act(f"Snoozed until {words}", apply, leaves=True), targets)

    ctx.show(screens.snooze_prompt(f"Snooze {_what(ctx)}", ctx.now, done))


def _tag(ctx: Context, _: int) -> None:
    targets = list(ctx.targets())
    tags = ctx.inbox.directory.tags()
    rows = [row for row in (ctx.inbox.threads.conversation(target) for target in targets) if row is not None]
    on = frozenset(tag.id for tag in tags if rows and all(tag.id in row.tag_ids for row in rows))
    # The tags it has come first, so that they can be taken off without a search.
    choices = [screens.Choice(tag.id, tag.name) for tag in sorted(tags, key=lambda tag: tag.id not in on)]

    async def chosen(values: list[str]) -> None:
        names = [value[1:] for value in values if value.startswith("+")]
        known = [value for value in values if not value.startswith("+")]
        added = [value for value in known if value not in on]
        removed = [tag_id for tag_id in on if tag_id not in known]
        if added or removed:
            await ctx.act(_tagging(ctx, added, removed), targets)
        for name in names:
            ctx.background(_create_tag(ctx, name, targets))

    ctx.show(screens.Picker(f"Tag {_what(ctx)}", choices, chosen, several=True, on=on, create="Create “{}”"))


def _tagging(ctx: Context, added: list[str], removed: list[str]) -> Act:
    actions, name = ctx.inbox.actions, ctx.inbox.directory.tag_name

    async def apply(conversation_id: str) -> None:
        for tag_id in added:
            await actions.tag(conversation_id, tag_id)
        for tag_id in removed:
            await actions.untag(conversation_id, tag_id)

    parts = [f"+{name(tag_id)}" for tag_id in added] + [f"-{name(tag_id)}" for tag_id in removed]
    return Act(f"Tagged {' '.join(parts)}", apply)


async def _create_tag(ctx: Context, name: str, targets: list[str]) -> None:
    ctx.notify(f"Creating the tag “{name}”…")
    tag = await ctx.inbox.create_tag(name)
    await ctx.act(_tagging(ctx, [tag.id], []), targets)


async def _mark(ctx: Context, _: int) -> None:
    row = ctx.conversation()
    read = row is not None and not row.read

    async def apply(conversation_id: str) -> None:
        await ctx.inbox.actions.mark_read(conversation_id, read)

    await ctx.act(Act("Marked read" if read else "Marked unread", apply))


def _title(ctx: Context, _: int) -> None:
    row = ctx.conversation()
    if row is None:
        return

    async def done(title: str) -> None:
        await ctx.act(Act("Retitled", functools.partial(_retitle, ctx, title)), [row.id])

    ctx.show(screens.Prompt("Title of the conversation", done, text=row.title))


async def _retitle(ctx: Context, title: str, conversation_id: str) -> None:
    await ctx.inbox.actions.set_title(conversation_id, title)


async def take_back(ctx: Context, outbox_id: int | None) -> None:
    """Undo an action (None: the newest) and show what came of it; words that were not sent yet come back."""
    # What is being written goes to the disk first: words that come back are put before it, not over it.
    await ctx.save_drafts()
    result = await ctx.inbox.outbox.undo(outbox_id)
    ctx.notify(result.message, "information" if result.conversation_id else "warning")
    if result.draft_kind:
        ctx.compose(result.draft_kind, text=result.text, conversation_id=result.conversation_id)
    elif result.conversation_id:
        ctx.go_to(result.conversation_id)


async def _undo(ctx: Context, _: int) -> None:
    undoable = {done.outbox_id for done in ctx.inbox.outbox.undoable()}
    batch = [one for one in ctx.last_batch if one in undoable]
    if len(batch) < 2 or max(undoable) != max(batch):
        await take_back(ctx, None)
        return
    ctx.last_batch = ()
    results = [await ctx.inbox.outbox.undo(outbox_id) for outbox_id in reversed(batch)]
    ctx.notify(f"Undone for {len(batch)} conversations.")
    ctx.go_to(results[-1].conversation_id)


def _undo_list(ctx: Context, _: int) -> None:
    choices = [screens.Choice(str(done.outbox_id), done.title, done.how) for done in ctx.inbox.outbox.undoable()]

    async def chosen(values: list[str]) -> None:
        await take_back(ctx, int(values[0]))

    ctx.show(screens.Picker("Undo", choices, chosen, empty="There is nothing to undo.", width=72))


async def _repeat(ctx: Context, _: int) -> None:
    if ctx.last_act is None:
        ctx.notify("Nothing to repeat yet.", "warning")
        return
    await ctx.act(ctx.last_act)


COMMANDS = (
    Command(
        "conversation.assign",
        "Assign",
        "Give the conversation to a teammate, a team or nobody.",
        _assign,
        ("a",),
        available=has_conversation,
        hint="assign",
        rank=14,
    ),
    Command(
        "conversation.assign-me",
        "Assign to me",
        "Take the conversation.",
        _assign_me,
        ("i",),
        available=has_conversation,
        hint="mine",
        rank=15,
    ),
    Command(
        "conversation.close",
        "Close",
        "Close the conversation and go on to the next.",
        _close,
        ("c",),
        available=has_conversation,
        hint="close",
        rank=12,
    ),
    Command(
        "conversation.open",
        "Reopen",
        "Open a closed or snoozed conversation again.",
        _reopen,
        ("o",),
        available=has_conversation,
    ),
    Command(
        "conversation.snooze",
        "Snooze",
        "Put the conversation aside until a time, or until the customer replies.",
        _snooze,
        ("z",),
        available=has_conversation,
        hint="snooze",
        rank=13,
    ),
    Command(
        "conversation.tag",
        "Tag",
        "Put tags on the conversation or take them off; a new name creates the tag.",
        _tag,
        ("t",),
        available=has_conversation,
        hint="tag",
        rank=16,
    ),
    Command(
        "conversation.mark",
        "Mark read or unread",
        "Mark the conversation as read, or as unread.",
        _mark,
        ("M",),
        available=has_conversation,
    ),
    Command(
        "conversation.title", "Set the title", "Give the conversation a title.", _title, (), available=has_conversation
    ),
    Command(
        "undo.last",
        "Undo",
        "Take back the last action; a reply that has not left yet comes back to the composer.",
        _undo,
        ("u",),
        hint="undo",
        rank=30,
    ),
    Command("undo.list", "Undo one of…", "Choose what to take back.", _undo_list, ("U",)),
    Command(
        "repeat.last",
        "Repeat",
        "Do the last action again, on this conversation.",
        _repeat,
        (".",),
        available=has_conversation,
    ),
)
