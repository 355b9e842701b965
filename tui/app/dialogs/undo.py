"""The question before something that was sent is reversed: what it is, and what reversing cannot restore."""

from tui.app.dialogs.base import Dialog, Row, text_rows
from tui.inbox.outbox.undo import Question
from tui.model.labels import texts


class UndoQuestion(Dialog):
    """Shows a question; the key of undo, pressed again, answers it. Any other key takes it away and means what it
    always means."""

    title = "Undo?"
    width = 68
    passing = True

    def __init__(self, question: Question, key: str) -> None:
        """`key` is the binding of undo, as shown to people; "" where it has none."""
        super().__init__()
        self._question = question
        self._key = key
        self.hints = ((key, "undo"), ("esc", "keep")) if key else (("esc", "keep"),)

    def rows(self, width: int, height: int) -> list[Row]:
        """What cannot be undone, what would be, what is lost, how to go on."""
        asked, rows = self._question, list[Row]()
        if asked.cannot:
            rows += [*text_rows(asked.cannot, width, "warning"), ()]
        rows += text_rows(f"{'Before it: ' if asked.cannot else ''}{asked.what}", width, "strong")
        for loss in asked.losses:
            rows += text_rows(loss, width)
        again = (
            texts.PRESS_AGAIN.format(key=self._key, verb=asked.verb)
            if self._key
            else texts.CHOOSE_UNDO_AGAIN.format(verb=asked.verb)
        )
        rows += [(), *text_rows(again, width, "key")]
        return rows[-height:]
