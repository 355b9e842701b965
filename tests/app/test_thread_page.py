"""The thread reads like a page: pictures with their size, mail without its ballast, the day and the mark in sight."""

from tests.app.widgets_desk import HOUR, DeskApp, desk, part
from tui.app.widgets.thread import ThreadView
from tui.model.rows import AttachmentRow


def text(view: ThreadView) -> list[str]:
    return [view.render_line(y).text.rstrip(" ▐") for y in range(view.size.height)]


async def test_pictures_and_files_say_how_large_they_are() -> None:
    files = (
        AttachmentRow("shot.png", "https://x.example/1", "image/png", 2_400_000, 1280, 800),
        AttachmentRow("bill.pdf", "https://x.example/2", "application/pdf", 128_400),
        AttachmentRow("who knows", "https://x.example/3"),
    )
    body = '<p>Look <img src="https://x.example/inline.png" width="64" height="32"></p>'
    app = DeskApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.thread.show(desk()[0], [part(1, "source", body, HOUR, "Ada", author_type="user", attachments=files)])
        lines = text(app.thread)
        assert "  Look [image: inline.png, 64x32] [1]" in lines
        assert "  [2] shot.png  2.4 MB  1280x800" in lines
        assert "  [3] bill.pdf  128 kB" in lines
        assert "  [4] who knows" in lines
