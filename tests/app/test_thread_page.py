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


MAIL = (
    "<p>The export is broken again.</p><p>--</p><p>Ada Lovelace</p><p>Analyst</p>"
    "<div class=gmail_quote>On Mon, 2 Mar 2025 at 10:02, Kim &lt;kim@x.example&gt; wrote:"
    "<blockquote>Did it help?</blockquote></div>"
)


async def test_a_signature_folds_with_what_is_quoted_and_unfolds_by_the_same_key() -> None:
    app = DeskApp()
    async with app.run_test(size=(160, 40)) as pilot:
        await pilot.pause()
        view = app.thread
        view.show(desk()[0], [part(1, "source", MAIL, HOUR, "Ada", author_type="user")])
        assert "  ▸ signature, 2 quoted lines" in text(view)
        assert "Analyst" not in "\n".join(text(view))
        view.toggle_quotes()
        assert "  Analyst" in text(view)
        assert "  │ Did it help?" in text(view)


async def test_a_message_counts_as_seen_with_its_signature_folded() -> None:
    app = DeskApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        view = app.thread
        view.show(desk()[0], [part(1, "source", MAIL, HOUR, "Ada", author_type="user")])
        assert view.parts_drawn(lambda _: True) == [], "nothing is on screen yet"
        view.render_lines(view.size.region)
        assert [one.id for one in view.parts_drawn(lambda _: True)] == ["p1"]
