"""Taking things back: the newest, or one of a list; what is lost by it is shown before it happens."""

import msgspec

from tui.app import dialogs
from tui.app.commands.base import command
from tui.app.controllers.actions import UNDO
from tui.app.ui import Ui
from tui.inbox.outbox.outbox import UndoResult
from tui.inbox.outbox.undo import Question
from tui.model.labels import texts


async def _show(ui: Ui, answer: UndoResult | Question) -> None:
    """Say what came of it, or ask; words that were not sent come back to the composer."""
    if isinstance(answer, Question):
        ui.dialogs.show(dialogs.UndoQuestion(answer, ui.registry.key(UNDO)))
        return
    ui.notices.notify(answer.message, "information" if answer.conversation_id else "warning")
    if answer.draft_kind:
        ui.composer.compose(answer.draft_kind, text=answer.text, conversation_id=answer.conversation_id)
    elif answer.conversation_id:
        ui.thread.go_to(answer.conversation_id)


@command(
    UNDO, keys="u", acts="past", hint="undo", rank=30, words="revert, take back, cancel, unsend, recall, oops, mistake"
)
async def undo(ui: Ui) -> None:
    """Undo the last action. An unsent reply returns to the composer. Asks before reversing what was sent."""
    # What is being written goes to the disk first: words that come back are put before it, not over it.
    await ui.composer.save_drafts()
    answer = await ui.inbox.undo.asked()
    key = ui.registry.key("undo.list")
    if isinstance(answer, UndoResult) and not answer.outcome and key and ui.inbox.undo.undoable():
        answer = msgspec.structs.replace(
            answer, message=texts.LISTS_ACTIONS_FROM_ELSEWHERE.format(said=answer.message, key=key)
        )
    await _show(ui, answer)


@command("undo.list", title="Undo…", keys="U", acts="past")
def undo_one_of(ui: Ui) -> None:
    """Pick an action to undo, including those from the shell and other windows."""
    choices = [
        dialogs.Choice(one.step.key, one.title, " · ".join(filter(None, (one.whose, one.how))))
        for one in ui.inbox.undo.undoable()
    ]

    async def chosen(values: list[str]) -> None:
        await ui.composer.save_drafts()
        await _show(ui, await ui.inbox.undo.choose(values[0]))

    ui.dialogs.show(dialogs.Picker("Undo", choices, chosen, empty=texts.THERE_IS_NOTHING_TO_UNDO, width=72))
