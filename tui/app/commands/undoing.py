"""Taking things back: the newest, or one of a list; what is lost by it is shown before it happens."""

import msgspec

from tui.app import dialogs
from tui.app.commands.base import command
from tui.app.commands.context import Context
from tui.inbox.outbox import UndoResult
from tui.inbox.undo import Question

UNDO = "undo.last"
"""The command whose key, pressed again, does what its question named."""


async def _show(ctx: Context, answer: UndoResult | Question) -> None:
    """Say what came of it, or ask; words that were not sent come back to the composer."""
    if isinstance(answer, Question):
        ctx.show(dialogs.UndoQuestion(answer, ctx.registry.key(UNDO)))
        return
    ctx.notify(answer.message, "information" if answer.conversation_id else "warning")
    if answer.draft_kind:
        ctx.compose(answer.draft_kind, text=answer.text, conversation_id=answer.conversation_id)
    elif answer.conversation_id:
        ctx.go_to(answer.conversation_id)


@command(UNDO, keys="u", acts="past", hint="undo", rank=30)
async def undo(ctx: Context) -> None:
    """Undo the last action. An unsent reply returns to the composer; what was sent is reversed after a question."""
    # What is being written goes to the disk first: words that come back are put before it, not over it.
    await ctx.save_drafts()
    undo = ctx.inbox.undo
    answer = await undo.asked()
    key = ctx.registry.key("undo.list")
    if isinstance(answer, UndoResult) and not answer.outcome and key and undo.undoable():
        answer = msgspec.structs.replace(answer, message=f"{answer.message} {key} lists what was done elsewhere.")
    await _show(ctx, answer)


@command("undo.list", title="Undo…", keys="U", acts="past")
def undo_one_of(ctx: Context) -> None:
    """Pick an action to undo, those of the shell and of other windows included."""
    undo = ctx.inbox.undo
    choices = [
        dialogs.Choice(one.step.key, one.title, " · ".join(filter(None, (one.whose, one.how))))
        for one in undo.undoable()
    ]

    async def chosen(values: list[str]) -> None:
        await ctx.save_drafts()
        await _show(ctx, await undo.choose(values[0]))

    ctx.show(dialogs.Picker("Undo", choices, chosen, empty="There is nothing to undo.", width=72))
