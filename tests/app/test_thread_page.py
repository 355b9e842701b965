"""The thread reads like a page: pictures with their size, mail without its ballast, the day and the mark in sight."""

from datetime import UTC

import pytest

from tests.app.widgets_desk import DAY, HOUR, NOW, DeskApp, desk, key_of, part
from tui.app.widgets.lines import Appearance
from tui.app.widgets.thread import ThreadView
from tui.model.rows import AttachmentRow, PartRow


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
        long_name = AttachmentRow("Bildschirmfoto of everything 1797.png", "https://x.example/1", "", 269_000, 640, 400)
        app.thread.show(desk()[0], [part(2, "source", "x", HOUR, "Ada", attachments=(long_name,))])
        (line,) = [line for line in text(app.thread) if "[1]" in line]
        assert line.endswith("…  269 kB  640x400"), "the name gives way"


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


# The day


def three_days(lines: int = 6) -> list[PartRow]:
    """Four messages of so many lines on each of three days."""
    body = "<br>".join(f"line {number}" for number in range(lines))
    return [
        part(4 * day + n, "comment" if day + n else "source", f"<p>{body}</p>", (2 - day) * DAY + HOUR * (4 - n), "Ada",
             author_type="user")
        for day in range(3)
        for n in range(4)
    ]  # fmt: skip


DAYS = ("Saturday", "Yesterday", "Today")


async def test_the_day_of_what_is_on_top_stays_there_while_it_scrolls() -> None:
    app = DeskApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.thread
        view.show(desk()[0], three_days())
        assert "Today" in text(view)[2], "it opens at the newest, far below the day's own rule"
        view.home()
        assert "Saturday" in text(view)[2]
        met: list[str] = []
        below = text(view)[3:]
        while not view.at_end:
            view.scroll_lines(1)
            top, *rest = text(view)[2:]
            assert rest[:-1] == below[1:], "all below the rule scrolls by a line"
            below = rest
            day = next(day for day in DAYS if day in top)
            if day not in met:
                met.append(day)
            rules = [line for line in (top, *rest) if any(f" {name} " in line for name in DAYS)]
            assert len({*rules}) == len(rules), "no rule stands there twice"
        assert met == list(DAYS)


async def test_scrolling_within_a_day_leaves_its_rule_unpainted() -> None:
    app = DeskApp(appearance=Appearance(low_bandwidth=True, clock=lambda: NOW, zone=UTC, key_of=key_of))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.thread
        view.show(desk()[0], three_days())
        before = [view.line_key(y) for y in range(3)]
        view.scroll_lines(-1)
        assert [view.line_key(y) for y in range(3)] == before


async def test_what_is_gone_to_stands_below_the_day_and_not_behind_it() -> None:
    app = DeskApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.thread
        parts = three_days(30)
        view.show(desk()[0], parts)
        for one in parts[:-1]:
            assert view.show_part(one.id)
            lines = text(view)[2:6]
            assert any("Ada" in line for line in lines), lines
        for _ in range(20):
            view.prev_part()
            assert any(line.startswith("▌") and "Ada" in line for line in text(view))


async def test_a_line_behind_the_rule_of_the_day_has_not_been_seen() -> None:
    app = DeskApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.thread
        free = view.size.height - 2

        def seen() -> list[str]:
            view.render_lines(view.size.region)
            return [one.id for one in view.parts_drawn(lambda _: True)]

        # with its author and the gap below it as tall as the view
        view.show(desk()[0], [*three_days()[:-1], part(99, "comment", "<br>".join("x" * (free - 2)), 9, "Ada")])
        assert "Today" in text(view)[2]
        assert seen() == []
        view.scroll_lines(-1)
        assert seen() == ["p99"]
        view.show(desk()[0], [*three_days()[:-1], part(99, "comment", "<br>".join("x" * (free - 3)), 9, "Ada")])
        assert seen() == ["p99"]


async def test_a_view_of_few_lines_gives_none_to_the_day() -> None:
    app = DeskApp()
    async with app.run_test(size=(80, 11)) as pilot:
        await pilot.pause()
        view = app.thread
        view.show(desk()[0], three_days())
        assert view.size.height == 9
        assert "Today" not in text(view)[2]


# The mark

PLAIN = Appearance(clock=lambda: NOW, zone=UTC, key_of=key_of)
LOOKS = {
    "unicode": (PLAIN, "▌"),
    "low bandwidth": (Appearance(low_bandwidth=True, clock=lambda: NOW, zone=UTC, key_of=key_of), "▌"),
    "ascii": (Appearance(ascii_only=True, clock=lambda: NOW, zone=UTC, key_of=key_of), ">"),
}


def marked(view: ThreadView, sign: str) -> list[str]:
    return [line for line in text(view)[2:] if line.startswith(sign)]


@pytest.mark.parametrize("look", LOOKS)
async def test_the_mark_is_a_sign_beside_every_line_of_the_message(look: str) -> None:
    appearance, sign = LOOKS[look]
    app = DeskApp(appearance=appearance)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.thread
        view.show(desk()[0], three_days())
        assert marked(view, sign) == []
        view.prev_part()
        assert [line[1:].split()[0] for line in marked(view, sign)] == ["Ada", *["line"] * 6]
        view.clear_part()
        assert marked(view, sign) == []


async def test_the_mark_never_goes_out_of_view() -> None:
    app = DeskApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.thread
        view.show(desk()[0], three_days())
        view.prev_part()
        for scroll, count in ((-1, 80), (1, 80)):
            for _ in range(count):
                before = view.current_part
                view.scroll_lines(scroll)
                assert marked(view, "▌"), text(view)
                after = view.current_part
                assert before is not None
                assert after is not None
                assert (int(after.id[1:]) - int(before.id[1:])) * scroll in (0, 1), (
                    "it goes on by one, the way of the view"
                )
        view.home()
        assert view.current_part is not None
        assert int(view.current_part.id[1:]) < 3
        view.show(desk()[0], three_days())
        assert view.current_part is None
