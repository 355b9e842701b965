"""Whatever a part's type, its text is shown: nothing that somebody said is folded away as an event."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from tests.api.support import SPEC
from tests.app.conftest import SIZES, stage_at
from tests.app.widgets_desk import NOW, DeskApp, desk, part
from tui.cli.thread_text import lines_of
from tui.inbox import export
from tui.model.labels import EVENTS
from tui.model.rows import AttachmentRow
from tui.sandbox.model import Author
from tui.sandbox.workspace import Workspace


def _described() -> set[str]:
    """Every part type that stands in Intercom's description, where it is beside this checkout."""
    if not SPEC.exists():
        return set()
    found: set[str] = set()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    todo: list[object] = [yaml.load(SPEC.read_text(encoding="utf-8"), Loader=loader)]
    while todo:
        value = todo.pop()
        if isinstance(value, list):
            todo += value
        elif isinstance(value, dict):
            todo += value.values()
            if isinstance(value.get("part_type"), str):
                found.add(value["part_type"])
    return found


UNKNOWN = {
    "",
    "note_and_snooze",
    "note_and_unsnooze",
    "notes",
    "away_message",
    "channel_and_reply_time",
    "x" * 300,
    "ü",
}
NOW_THERE = datetime.fromtimestamp(NOW, UTC)
TYPES = sorted({*EVENTS, *_described(), *UNKNOWN, "comment", "note", "source"})


def _screen(app: DeskApp) -> str:
    view = app.thread
    return "\n".join(view.render_line(y).text for y in range(view.size.height))


async def test_text_of_a_part_of_any_type_is_a_message() -> None:
    app = DeskApp()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        for kind in TYPES:
            said = part(1, kind, "<p>the secret word is heliotrope</p>", 60, "Ada", detail="Priya Natarajan")
            quiet = [part(n, "close", "", 60, "Ada") for n in range(2, 6)]
            app.thread.show(desk()[0], [said, *quiet])
            shown = _screen(app)
            assert "heliotrope" in shown, kind
            assert ("NOTE" in shown) == kind.startswith("note"), kind
            assert "heliotrope" in app.thread.text(), kind
            assert app.thread.text().startswith("[note] ") == kind.startswith("note"), kind
            printed = "\n".join(lines_of([said], NOW_THERE))
            assert "  the secret word is heliotrope" in printed, kind
            assert ("NOTE" in printed) == kind.startswith("note"), kind
            assert export.part(said)["text"] == "the secret word is heliotrope", kind


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("close", "and closed"),
        ("assignment", "and assigned to Billing"),
        ("assign_and_reopen", "and reopened and assigned to Billing"),
        ("note_and_reopen", "and reopened"),
        ("note_and_dance", "and dance"),
        ("moved_to_folder", "and moved to folder"),
    ],
)
async def test_what_a_part_with_text_did_besides_is_still_told(kind: str, told: str) -> None:
    detail = "Billing" if "assign" in kind else ""
    said = part(1, kind, "<p>Over to you.</p>", 60, "Ada", detail=detail)
    app = DeskApp()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        app.thread.show(desk()[0], [said])
        assert told in _screen(app)
        assert told in "\n".join(lines_of([said], NOW_THERE))


@pytest.mark.parametrize("body", ["", "<p></p>", "<p>&nbsp;</p>\n<br>", "<div> </div>"])
@pytest.mark.parametrize("kind", ["close", "note_and_reopen", "never_heard_of"])
async def test_an_event_that_says_nothing_stays_an_event(kind: str, body: str) -> None:
    assert not part(1, kind, body, 60, "Ada").is_message


def test_files_and_pictures_are_shown_whatever_carries_them() -> None:
    file = AttachmentRow("bill.pdf", "https://files.example/bill.pdf")
    assert part(1, "assignment", "", 60, attachments=(file,)).is_message
    assert part(1, "comment", "", 60, attachments=(file,)).is_message
    assert part(1, "close", '<img src="https://files.example/a.png">', 60).is_message


async def test_previews_and_the_search_know_text_of_an_unknown_type(tmp_path: Path) -> None:
    workspace = Workspace(seed=7, conversations=40)
    async with stage_at(tmp_path, SIZES[1], workspace=workspace) as stage:
        cid = stage.current
        there = workspace.conversations
        author = Author("admin", "991267700", "Priya", "priya@example.test")
        there.add(stage.there(cid), "note_and_reopen", "<p>internal marzipan</p>", author)
        there.add(stage.there(cid), "assign_and_snooze", "<p>public heliotrope</p>", author)
        await stage.inbox.threads.fetch(cid)
        row = stage.inbox.threads.conversation(cid)
        assert row is not None
        assert row.preview == "public heliotrope"
        for word in ("heliotrope", "marzipan"):
            found = stage.inbox.views.search(word)
            await found.load()
            assert found.index_of(cid) >= 0
        await stage.read()
        async with asyncio.timeout(90):
            while "public heliotrope" not in stage.text():
                await stage.pilot.pause()
