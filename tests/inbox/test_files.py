"""Saving attachments: under names that do no harm, never over anything, with links as fresh as Intercom gives them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inbox.conftest import Desk
from tui.api.errors import IntercomError
from tui.inbox.attachments import NotSaved, safe_name
from tui.model.rows import AttachmentRow, PartRow


async def with_file(desk: Desk) -> PartRow:
    """A stored part that has an attachment."""
    listed = desk.inbox.views.list(desk.inbox.views.get("open"))
    for row in listed.rows(0, len(listed)):
        await desk.inbox.threads.fetch(row.id)
        for part in desk.inbox.threads.cached(row.id):
            if part.attachments:
                return part
    raise AssertionError("the desk has no attachment")


async def test_a_file_is_saved_and_nothing_is_overwritten(desk: Desk, tmp_path: Path) -> None:
    part = await with_file(desk)
    folder, files = tmp_path / "downloads", desk.inbox.attachments
    # an expired link: the fresh one is asked for first
    stale = AttachmentRow(part.attachments[0].name, "http://127.0.0.1:9/_sandbox/files/gone")
    first = await files.save(part.conversation_id, part.id, stale, folder)
    assert first.stat().st_size > 0
    assert first.parent == folder
    (folder / "elsewhere").write_text("mine")
    first.unlink()
    first.symlink_to(folder / "elsewhere")
    second = await files.save(part.conversation_id, part.id, stale, folder)
    assert second.name != first.name
    assert (folder / "elsewhere").read_text() == "mine"
    assert sorted(path.name for path in folder.iterdir()) == sorted({first.name, second.name, "elsewhere"})


async def test_a_picture_keeps_its_size_in_pixels(desk: Desk) -> None:
    listed = desk.inbox.views.list(desk.inbox.views.get("open"))
    seen: set[tuple[bool, int, int]] = set()
    for row in listed.rows(0, len(listed)):
        await desk.inbox.threads.fetch(row.id)
        files = [file for part in desk.inbox.threads.cached(row.id) for file in part.attachments]
        seen |= {(file.content_type.startswith("image/"), file.width, file.height) for file in files}
    assert seen == {(True, 640, 400), (False, 0, 0)}


async def test_what_cannot_be_saved_is_one_sentence(desk: Desk, tmp_path: Path) -> None:
    part = await with_file(desk)
    (tmp_path / "file").write_text("")
    with pytest.raises(NotSaved, match="Cannot save in"):
        await desk.inbox.attachments.save(part.conversation_id, part.id, part.attachments[0], tmp_path / "file" / "x")
    unknown = AttachmentRow("other.txt", "file:///etc/passwd")
    with pytest.raises(IntercomError, match="not safe to open"):
        await desk.inbox.attachments.save(part.conversation_id, part.id, unknown, tmp_path / "d")
    assert list((tmp_path / "d").iterdir()) == []


@given(st.text(max_size=300))
def test_any_name_is_a_name_in_the_folder(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert Path(safe).name == safe
    assert not safe.startswith((".", "-"))
    assert len(safe.encode("utf-8", "replace")) <= 130


@pytest.mark.parametrize(
    ("name", "safe"),
    [("../../etc/passwd", "_.._etc_passwd"), ("a\x00b.pdf", "a_b.pdf"), ("", "attachment"), ("..", "attachment"),
     ("-.bashrc", "bashrc"), (". -rf", "rf"), ("ab " * 60, "ab " * 39 + "ab"),
     ("report.final.pdf", "report.final.pdf"), ("-rf", "rf"), ("ü" * 200 + ".png", "ü" * 58 + ".png"),
     ("a" * 110 + "👨‍👩‍👧‍👦.png", "a" * 110 + ".png")],
)  # fmt: skip
def test_names(name: str, safe: str) -> None:
    assert safe_name(name) == safe
