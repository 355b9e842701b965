"""What is done to conversations: assign, close, snooze, tag; repeat."""

from collections.abc import Awaitable, Callable, Sequence

from tui.app import dialogs
from tui.app.commands.base import command
from tui.app.controllers.actions import Act, Apply
from tui.app.ui import Ui
from tui.inbox.actions.set_attribute import SetAttribute
from tui.inbox.attributes import by_name, in_words, typed
from tui.inbox.outbox.batch import batch
from tui.model.labels import texts


def has_conversation(ui: Ui) -> bool:
    """There is a conversation to act on."""
    return bool(ui.target.ids)


def _what(ui: Ui) -> str:
    targets = ui.target.ids
    if len(targets) > 1:
        return f"{len(targets)} conversations"
    row = ui.inbox.threads.conversation(targets[0]) if targets else None
    return (row.contact or texts.THIS_CONVERSATION) if row is not None else texts.THIS_CONVERSATION


async def _assign_to(ui: Ui, admin_id: str, team_id: str, name: str, targets: list[str] | None = None) -> None:
    async def assign(conversation_id: str) -> int:
        return await ui.inbox.actions.assign(conversation_id, admin_id=admin_id, team_id=team_id)

    mine = bool(admin_id) and admin_id == ui.inbox.me.id
    whom = "you" if mine else f"team {name}" if team_id else name
    title, already = (
        (texts.ASSIGNED_TO.format(whom=whom), texts.ASSIGNED_TO_LATER.format(whom=whom))
        if whom
        else ("Unassigned", "unassigned")
    )
    if team_id and _any_has_teammate(ui, ui.target.ids if targets is None else targets):
        title = texts.TEAMMATE_REMOVED.format(said=title)
    await ui.actions.act(Act(title, already, _each(assign), leaves=not mine), targets)


def _any_has_teammate(ui: Ui, targets: Sequence[str]) -> bool:
    rows = (ui.inbox.threads.conversation(target) for target in targets)
    return any(row is not None and row.admin_assignee_id for row in rows)


def _each(journal: Callable[[str], Awaitable[int]]) -> Apply:
    """What makes one action of a conversation."""

    async def apply(conversation_id: str) -> Sequence[int]:
        outbox_id = await journal(conversation_id)
        return (outbox_id,) if outbox_id else ()

    return apply


_ASSIGN = (
    "transfer, escalate, hand over, handover, hand off, route, delegate, forward, pass on, reassign, unassign, team"
)
_SNOOZE = "later, defer, remind, reminder, pause, sleep, wait, postpone, hold, follow up, set aside"


@command("conversation.assign", keys="a", when=has_conversation, acts="all", hint="assign", rank=14, words=_ASSIGN)
def assign(ui: Ui) -> None:
    """Assign to a teammate or team, or unassign."""
    directory, me = ui.inbox.directory, ui.inbox.me
    targets = list(ui.target.ids)
    choices = [dialogs.Choice(f"admin:{me.id}", me.name or "Me", "me")] if me.id else []
    choices += [dialogs.Choice(f"team:{team.id}", team.name, "team") for team in directory.teams()]
    choices.append(dialogs.Choice("nobody", texts.UNASSIGNED, texts.NO_TEAMMATE_OR_TEAM))
    choices += [
        dialogs.Choice(f"admin:{admin.id}", admin.name, "away" if admin.away else "")
        for admin in directory.admins()
        if admin.id != me.id
    ]
    titles = {choice.value: choice.title for choice in choices}

    async def chosen(values: list[str]) -> None:
        kind, _, some_id = values[0].partition(":")
        await _assign_to(
            ui,
            some_id if kind == "admin" else "",
            some_id if kind == "team" else "",
            titles[values[0]] if some_id else "",
            targets,
        )

    ui.dialogs.show(dialogs.Picker(texts.ASSIGN_TO.format(what=_what(ui)), choices, chosen))


@command(
    "conversation.assign-me",
    keys="i",
    when=has_conversation,
    acts="all",
    hint="assign to me",
    rank=15,
    words="take, claim, mine, own, grab, self, pick up",
)
async def assign_to_me(ui: Ui) -> None:
    """Assign the conversation to yourself."""
    me = ui.inbox.me
    if not me.id:
        ui.notices.notify(texts.ME_NOT_LOADED, "warning")
        return
    await _assign_to(ui, me.id, "", "me")


_CLOSE = "archive, resolve, done, finish, complete, solve, end, resolved"


@command("conversation.close", keys="c", when=has_conversation, acts="all", hint="close", rank=12, words=_CLOSE)
async def close(ui: Ui) -> None:
    """Close the conversation and go to the next."""
    await ui.actions.act(Act("Closed", "closed", _each(ui.inbox.actions.close), leaves=True))


@command(
    "conversation.open", keys="o", when=has_conversation, acts="all", words="open, wake, unsnooze, unarchive, restart"
)
async def reopen(ui: Ui) -> None:
    """Reopen a closed or snoozed conversation."""
    await ui.actions.act(Act("Reopened", "open", _each(ui.inbox.actions.open)))


@command("conversation.snooze", keys="z", when=has_conversation, acts="all", hint="snooze", rank=13, words=_SNOOZE)
def snooze(ui: Ui) -> None:
    """Snooze until a time or until the customer replies."""
    targets = list(ui.target.ids)

    async def done(until: int, words: str) -> None:
        async def snooze(conversation_id: str) -> int:
            return await ui.inbox.actions.snooze(conversation_id, until)

        await ui.actions.act(
            Act(
                texts.SNOOZED_UNTIL.format(when=words),
                texts.SNOOZED_UNTIL_LATER.format(when=words),
                _each(snooze),
                leaves=True,
            ),
            targets,
        )

    ui.dialogs.show(dialogs.snooze_prompt(f"Snooze {_what(ui)}", ui.now, done))


@command(
    "conversation.tag",
    keys="t",
    when=has_conversation,
    acts="all",
    hint="tag",
    rank=16,
    words="label, categorise, categorize, category, topic, untag",
)
def tag(ui: Ui) -> None:
    """Add or remove tags. A new name creates the tag."""
    targets = list(ui.target.ids)
    tags = ui.inbox.directory.tags()
    rows = [row for row in (ui.inbox.threads.conversation(target) for target in targets) if row is not None]
    on = frozenset(tag.id for tag in tags if rows and all(tag.id in row.tag_ids for row in rows))
    # The tags it has come first, so that they can be taken off without a search.
    choices = [dialogs.Choice(tag.id, tag.name) for tag in sorted(tags, key=lambda tag: tag.id not in on)]

    async def chosen(values: list[str]) -> None:
        names = [value[1:] for value in values if value.startswith("+")]
        known = [value for value in values if not value.startswith("+")]
        added = [value for value in known if value not in on]
        removed = [tag_id for tag_id in on if tag_id not in known]
        with batch():
            if added or removed:
                await ui.actions.act(_tagging(ui, added, removed), targets)
            for name in names:
                ui.background.start(_create_tag(ui, name, targets))

    ui.dialogs.show(dialogs.Picker(f"Tag {_what(ui)}", choices, chosen, several=True, on=on, create="Create “{}”"))


def _tagging(ui: Ui, added: list[str], removed: list[str]) -> Act:
    actions, name = ui.inbox.actions, ui.inbox.directory.tag_name

    async def apply(conversation_id: str) -> Sequence[int]:
        ids = [await actions.tag(conversation_id, tag_id) for tag_id in added]
        ids += [await actions.untag(conversation_id, tag_id) for tag_id in removed]
        return [outbox_id for outbox_id in ids if outbox_id]

    parts = [f"+{name(tag_id)}" for tag_id in added] + [f"-{name(tag_id)}" for tag_id in removed]
    return Act(f"Tagged {' '.join(parts)}", f"tagged {' '.join(parts)}", apply)


async def _create_tag(ui: Ui, name: str, targets: list[str]) -> None:
    ui.notices.notify(texts.CREATING_THE_TAG.format(name=name))
    tag = await ui.inbox.create_tag(name)
    await ui.actions.act(_tagging(ui, [tag.id], []), targets)


@command("conversation.mark", keys="M", when=has_conversation, acts="all", words="unread, seen")
async def mark_read_or_unread(ui: Ui) -> None:
    """Mark the conversation as read or unread."""
    rows = [ui.inbox.threads.conversation(target) for target in ui.target.ids]
    read = any(row is not None and not row.read for row in rows)

    async def mark(conversation_id: str) -> int:
        return await ui.inbox.actions.mark_read(conversation_id, read)

    state = "read" if read else "unread"
    await ui.actions.act(Act(f"Marked {state}", f"marked {state}", _each(mark)))


@command("conversation.title", when=has_conversation, acts="one", words="subject, rename, name")
def set_the_title(ui: Ui) -> None:
    """Change the title of the conversation."""
    row = ui.target.row
    if row is None:
        return

    async def done(title: str) -> None:
        async def retitle(conversation_id: str) -> int:
            return await ui.inbox.actions.set_title(conversation_id, title)

        await ui.actions.act(Act("Retitled", texts.GIVEN_THAT_TITLE, _each(retitle)), [row.id])

    ui.dialogs.show(dialogs.Prompt(texts.TITLE_OF_THE_CONVERSATION, done, text=row.title))


@command(
    "conversation.attribute",
    keys="=",
    when=has_conversation,
    acts="all",
    words="field, custom attribute, data, property",
)
def set_attribute(ui: Ui) -> None:
    """Set a conversation attribute. An empty value clears it."""
    targets = list(ui.target.ids)
    rows = [row for row in (ui.inbox.threads.conversation(target) for target in targets) if row is not None]
    held = {name: value for row in reversed(rows) for name, value in by_name(row.attributes).items()}

    async def named(values: list[str]) -> None:
        name = values[0].removeprefix("+") if values[0] not in held else values[0]
        text = in_words(held.get(name)) if len(rows) == 1 else ""

        async def done(written: str) -> None:
            await _set_attribute(ui, name, written, targets)

        ui.dialogs.show(dialogs.Prompt(f"{name} of {_what(ui)}", done, text=text))

    choices = [dialogs.Choice(name, name, in_words(value) if len(rows) == 1 else "") for name, value in held.items()]
    ui.dialogs.show(
        dialogs.Picker(
            texts.SET_AN_ATTRIBUTE.format(what=_what(ui)),
            choices,
            named,
            create="Set “{}”",
            empty=texts.TYPE_ATTRIBUTE_NAME,
        )
    )


async def _set_attribute(ui: Ui, name: str, written: str, targets: list[str]) -> None:
    value = typed(written) if written else None

    async def assign_value(conversation_id: str) -> int:
        return await ui.inbox.actions.do(SetAttribute(conversation_id=conversation_id, name=name, value=value))

    now = f"{name}: {in_words(value) or 'cleared'}"
    await ui.actions.act(Act(f"Updated · {now}", now, _each(assign_value)), targets)


@command("repeat.last", keys=".", when=has_conversation, acts="all", words="again, same, redo")
async def repeat(ui: Ui) -> None:
    """Repeat the last action on this conversation."""
    if ui.actions.last is None:
        ui.notices.notify(texts.NOTHING_TO_REPEAT_YET, "warning")
        return
    await ui.actions.act(ui.actions.last)
