"""Writing in $EDITOR: the text goes out through a private file and comes back, whatever becomes of the editor."""

import asyncio
import os
from typing import Final, Literal

from textual.app import SuspendNotSupported

from tui.app import dialogs
from tui.app.terminal.children import Ended
from tui.app.ui import Ui
from tui.config.editor import QUICK, Draft, EditFile, Editor, EditorError
from tui.model.errors import StoreError
from tui.model.labels import texts
from tui.text.html import to_text

_LOOK: Final = 0.5
"""Seconds between looks at a file whose editor may still be open somewhere."""
Fate = Literal["done", "kept", "in use"]
_CUSTOMERS: Final = frozenset({"user", "lead", "contact"})


async def write_in_editor(ui: Ui) -> None:
    """Write the reply or note in the editor; it is in the composer afterwards, and nothing is sent.

    What the editor did not get to write is as it was; what it wrote and cannot be taken is kept in its file, and named.
    """
    if not ui.state.composing:
        ui.composer.compose("reply")
    kind, conversation_id = ui.state.composing, ui.thread.view.conversation_id
    if not kind:
        return
    await ui.composer.save_drafts()
    editor = Editor.of(os.environ)
    row = ui.inbox.threads.conversation(conversation_id)
    name = (row.contact_name if row is not None else "") or conversation_id
    try:
        file = EditFile(
            f"{'note-on' if kind == 'note' else 'reply-to'}-{name}",
            ui.composer.text,
            quote=_last_of_customer(ui, conversation_id),
            quoted_from=name,
            draft=Draft(str(ui.inbox.store.path), conversation_id, kind),
        )
    except OSError as error:
        folder = error.filename or "TMPDIR"
        ui.notices.notify(texts.NO_FILE_FOR_EDITOR.format(folder=folder, reason=error.strerror), "error")
        return
    match await _edited(ui, editor, file, kind, conversation_id):
        case "done":
            file.remove()
        case "kept":
            file.keep()


async def _edited(
    ui: Ui, editor: Editor, file: EditFile, kind: str, conversation_id: str
) -> Literal["done", "kept", "in use"]:
    """Whether the file may go, is left to the person, or is still needed."""
    try:
        code = await ui.programs.run(editor.argv(file.path))
    except EditorError as error:
        ui.notices.notify(str(error), "error")
        return "done"
    except SuspendNotSupported:
        ui.notices.notify(texts.NO_EDITOR_HERE, "error")
        return "done"
    except (OSError, ValueError) as error:
        ui.notices.notify(editor.not_started(error), "error")
        return "done"
    if isinstance(code, Ended) and code.cut:
        return await _keep_cut(ui, file, kind, conversation_id)
    if code:
        ui.notices.notify(texts.EDITOR_TROUBLE_UNCHANGED.format(trouble=editor.trouble(code)), "warning")
        kept = not file.unchanged()
        if kept:
            _tell(
                ui,
                texts.TEXT_IS_UNCHANGED,
                editor.trouble(code),
                texts.EDITOR_SAVED_IS_KEPT,
                str(file.path),
            )
        return "kept" if kept else "done"
    if isinstance(code, Ended) and code.seconds < QUICK and file.unchanged():
        _tell(
            ui,
            texts.EDITOR_NEEDS_WAIT,
            texts.EDITOR_ENDED_AT_ONCE.format(editor=editor.name),
            texts.EDITOR_SAVES_LATER,
            str(file.path),
        )
        ui.background.start(_pick_up(ui, file, kind, conversation_id))
        return "in use"
    try:
        written = file.read()
    except OSError:
        ui.notices.notify(texts.EDITOR_LEFT_NO_FILE, "warning")
        return "done"
    ui.composer.compose(kind, text=written.text, conversation_id=conversation_id)
    if written.left_out:
        _tell(ui, texts.EDITOR_LEFT_OUT, texts.BELOW_SCISSORS_IS_KEPT, str(file.path))
    elif written.remark:
        ui.notices.notify(written.remark, "warning")
    return "kept" if written.left_out else "done"


async def _keep_cut(ui: Ui, file: EditFile, kind: str, conversation_id: str) -> Fate:
    """The program ends, and the editor was ended for it: what it had saved is the draft."""
    try:
        text = file.read().everything
        if text.strip():
            # in the composer too: leaving keeps what is written there
            ui.composer.compose(kind, text=text, conversation_id=conversation_id)
            await ui.inbox.drafts.flush()
    except FileNotFoundError:
        return "done"
    except (OSError, StoreError):
        return "in use"  # the next start tries again
    return "done"


def _tell(ui: Ui, title: str, *lines: str) -> None:
    """Say what has to be read: the line at the foot is too short for the path of a file."""
    ui.dialogs.show(
        dialogs.Confirm(title, [(line, "") for line in lines], [dialogs.Answer("enter", "go on")], width=76)
    )


def _last_of_customer(ui: Ui, conversation_id: str) -> str:
    """The text of the customer's last message, without what it quotes; "" where none is known."""
    for part in reversed(ui.inbox.threads.cached(conversation_id)):
        if part.author_type in _CUSTOMERS and part.body and (text := to_text(part.body, quotes=False)).strip():
            return text
    return ""


async def _pick_up(ui: Ui, file: EditFile, kind: str, conversation_id: str) -> None:
    """Take what is saved in the file later, each time, for as long as the program runs."""
    before, moved, taken = file.offered, False, False
    try:
        while True:
            await asyncio.sleep(_LOOK)
            if file.moved():  # look again when it rests: this may be the middle of a save
                moved, taken = True, False
                continue
            if not moved:
                continue
            moved = False
            try:
                written = file.read()
            except OSError:
                continue
            taken = not written.left_out
            if written.text.strip() and written.text != before:
                before = _keep(ui, kind, conversation_id, before, written.text)
                ui.notices.notify(written.remark or texts.EDITOR_SAVED_IS_IN_DRAFT)
    finally:
        if taken and not file.moved():
            file.remove()
        else:
            file.keep()


def _keep(ui: Ui, kind: str, conversation_id: str, before: str, text: str) -> str:
    """Make `text` the draft, or add it to one that is no longer what the editor began with; answers the draft."""
    here = ui.state.composing == kind and ui.thread.view.conversation_id == conversation_id
    now = ui.composer.text if here else ui.inbox.drafts.get(conversation_id, kind)
    draft = text if now.strip() in ("", before.strip()) else f"{now.rstrip()}\n\n{text}"
    if here:
        pane = ui.state.pane
        ui.composer.compose(kind, text=draft, conversation_id=conversation_id)
        ui.panes.focus(pane)
    else:
        ui.inbox.drafts.save(conversation_id, kind, draft)
    return draft
