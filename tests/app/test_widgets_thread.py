"""The thread: what it shows, where it opens, and that it holds its place."""

from datetime import UTC

import msgspec
import pytest
from textual.geometry import Region

from tests.app.widgets_desk import DAY, HOUR, NOW, DeskApp, desk, part, thread
from tui.app.widgets.thread import ThreadView
from tui.app.widgets.thread_items import items_of
from tui.inbox.situation import Absent
from tui.model.rows import PartRow
from tui.text.html import Block, Link, parse


def text(view: ThreadView) -> list[str]:
    return [view.render_line(y).text.rstrip(" ▐") for y in range(view.size.height)]


def opened(view: ThreadView) -> list[tuple[int, str]]:
    return [(one.number, one.what.href if isinstance(one.what, Link) else one.what.name) for one in view.openables()]


def long_thread(count: int, *, size: int = 3) -> list[PartRow]:
    body = "<p>" + "words that wrap over the edge of a narrow pane, again and again. " * size + "</p>"
    return [
        part(n, "comment" if n else "source", f"<p>Message {n}</p>{body}", (count - n) * 60, "Ada", author_type="user")
        for n in range(count)
    ]


async def test_it_opens_at_the_newest_words_and_the_first_are_a_key_away() -> None:
    app = DeskApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        view = app.thread
        view.show(desk()[0], long_thread(500))
        assert view.at_end
        assert any("Message 499" in line for line in text(view))
        view.home()
        assert any("Message 0" in line for line in text(view))
        view.scroll_lines(10_000_000)
        assert any("Message 499" in line for line in text(view))
        view.scroll_lines(-10_000_000)
        assert any("Message 0" in line for line in text(view))
        view.end()
        assert any("Message 499" in line for line in text(view))


async def test_only_what_comes_on_the_screen_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def counted(html: str) -> list[Block]:
        parsed.append(html)
        return parse(html)

    monkeypatch.setattr("tui.app.widgets.thread_layout.parse", counted)
    app = DeskApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.thread.show(desk()[0], long_thread(500))
        assert 0 < len(parsed) < 20
        app.thread.update(desk()[0], long_thread(500))
        assert len(parsed) < 20


async def test_it_opens_at_the_new_rule_when_more_than_a_screen_came_in() -> None:
    app = DeskApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        parts = long_thread(200)
        app.thread.show(desk()[0], parts, looked_at=frozenset(part.id for part in parts[:100]))
        lines = text(app.thread)
        assert "Today" in lines[2]
        assert "100 new since you looked" in lines[3]
        assert any("Message 100" in line for line in lines)
        app.thread.show(desk()[0], parts, looked_at=frozenset(part.id for part in parts))
        assert app.thread.at_end
        assert not any("new since" in line for line in text(app.thread))


async def test_notes_bots_events_files_quotes_and_pending_parts_are_told_apart() -> None:
    app = DeskApp()
    async with app.run_test(size=(150, 90)) as pilot:
        await pilot.pause()
        view = app.thread
        rated = msgspec.structs.replace(desk()[0], rating=4, rating_remark="quick")
        view.show(rated, thread(), looked_at=frozenset(part.id for part in thread() if part.created_at <= NOW - DAY))
        lines = text(view)
        shown = "\n".join(lines)
        note = next(line for line in lines if "NOTE" in line)
        assert note.startswith("┃")
        assert "Tom Becker" in note
        assert "Fin  AI" in shown
        assert "[2] statement-march.pdf  128 kB" in shown
        assert "[3] screenshot 2.png  2.4 MB" in shown
        assert "▸ 4 events: assigned to Billing" in shown
        assert "quoted line" in shown
        assert "On Sat, 1 Mar" not in shown
        assert "⏳ sending in 5 s · u undo" in shown
        assert "1 new since you looked" in shown
        assert "★★★★☆  rated 4 of 5  “quick”" in shown
        assert "Today" in shown
        assert "SLA missed" in lines[1]
        assert "◇ Billing  @ Priya Natarajan" in lines[1]


async def test_folds_open_and_close_and_keep_the_place() -> None:
    app = DeskApp()
    async with app.run_test(size=(120, 90)) as pilot:
        await pilot.pause()
        view = app.thread
        view.show(desk()[0], thread())
        view.toggle_quotes()
        assert "On Sat, 1 Mar" in "\n".join(text(view))
        view.toggle_quotes()
        assert "On Sat, 1 Mar" not in "\n".join(text(view))
        view.toggle_events()
        assert "Tom Becker changed the priority" in "\n".join(text(view))
        view.toggle_events()
        view.end()
        view.prev_part()
        view.prev_part()
        assert view.current_part is not None
        assert view.current_part.id == "p10"
        view.toggle_quotes()
        assert "On Sat, 1 Mar" in "\n".join(text(view))


async def test_what_comes_in_does_not_move_what_is_read() -> None:
    app = DeskApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        view = app.thread
        parts = long_thread(60)
        view.show(desk()[0], parts)
        view.page(-1)
        view.scroll_lines(-3)
        before = text(view)
        new = part(900, "comment", "<p>fresh</p>", 0, "Ada", author_type="user")
        view.update(desk()[0], [*parts, new])
        assert text(view)[2:] == before[2:]
        view.end()
        assert any("fresh" in line for line in text(view))
        view.update(desk()[0], [*parts, new, part(901, "comment", "<p>fresher</p>", 0, "Ada")])
        assert any("fresher" in line for line in text(view))  # at the newest it follows


async def test_pages_walk_the_whole_thread_and_meet_every_message() -> None:
    app = DeskApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.thread
        view.show(desk()[0], long_thread(30))
        seen = set(text(view))
        for _ in range(200):
            view.page(-1)
            seen.update(text(view))
        down = set(text(view))
        for _ in range(400):
            view.half_page(1)
            down.update(text(view))
        wanted = {f"  Message {n}" for n in range(30)}
        assert wanted <= seen
        assert wanted <= down
        assert view.at_end


async def test_steps_from_message_to_message_show_each_whole() -> None:
    app = DeskApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.thread
        view.show(desk()[0], long_thread(12))
        visited = []
        for _ in range(14):
            view.prev_part()
            assert view.current_part is not None
            visited.append(view.current_part.id)
            marked = [line for line in text(view) if line.startswith("▌")]
            assert any("Ada" in line for line in marked)
        assert visited[:12] == [f"p{n}" for n in reversed(range(12))]
        assert visited[12:] == ["p0", "p0"]
        view.next_part()
        assert view.current_part is not None
        assert view.current_part.id == "p1"
        view.clear_part()
        assert view.current_part is None


async def test_links_files_and_text_of_the_highlighted_message() -> None:
    app = DeskApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        view = app.thread
        view.show(desk()[0], thread())
        policy = "https://northwind.example/policy"
        said = [(1, policy), (2, "statement-march.pdf"), (3, "screenshot 2.png")]
        assert opened(view) == said
        view.prev_part()
        assert view.text() == "Hello Marguerite, the refund left us this morning; here is the receipt."
        assert opened(view) == said[1:], "its own, which are none, then the files of the thread"
        view.clear_part()
        assert "[note] Tom Becker" in view.text()


async def test_a_resize_lays_out_again_and_holds_the_place() -> None:
    app = DeskApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        view = app.thread
        view.show(desk()[0], long_thread(50))
        view.page(-2)
        top = next(line.split()[1] for line in text(view) if line.strip().startswith("Message"))
        await pilot.resize_terminal(90, 30)
        await pilot.pause()
        assert any(line.strip() == f"Message {top}" for line in text(view))
        assert {view.render_line(y).cell_length for y in range(view.size.height)} == {view.size.width}


async def test_the_newest_words_stay_in_view_when_the_composer_opens_and_closes() -> None:
    app = DeskApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        view = app.thread
        view.show(desk()[0], thread())
        view.prev_part()
        for opened in (True, False):
            if opened:
                app.composer.open("reply", "1", "x", to="Ada")
            else:
                app.composer.close()
            await pilot.pause()
            assert any("sending in 5 s" in line for line in text(view))
            assert view.at_end
        view.page(-1)
        top = text(view)[2:10]
        app.composer.open("reply", "1", "x", to="Ada")
        await pilot.pause()
        assert text(view)[2:10] == top  # and what is read further up does not move


async def test_placeholders_say_what_is_missing() -> None:
    app = DeskApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        view = app.thread
        view.show(None, [])
        assert "No conversation is open." in "\n".join(text(view))
        view.show(desk()[0], [])
        assert "Loading…" in "\n".join(text(view))
        view.set_state(Absent.OFFLINE)
        assert "Not downloaded." in "\n".join(text(view))
        assert "Loads when you are online." in "\n".join(text(view))
        view.update(desk()[0], thread())
        assert "Not downloaded." not in "\n".join(text(view))
        view.next_part()
        view.show(None, [])
        assert view.current_part is None
        view.next_part()
        view.toggle_quotes()
        view.page(1)


async def test_a_hostile_message_is_only_text() -> None:
    nasty = "\x1b]52;c;aGk=\x07[@click=app.quit]x[/] [/ \x9b31m\u202e"
    parts = [
        part(1, "source", nasty, HOUR, nasty, author_type="user"),
        part(2, "assignment", "", HOUR, nasty, detail=nasty),
        part(3, "comment", f"<p>{nasty}<a href='javascript:alert(1)'>here</a></p>", HOUR, "x", author_type="user"),
    ]
    app = DeskApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.thread.show(msgspec.structs.replace(desk()[0], title=nasty), parts)
        shown = "".join(strip.text for strip in app.thread.render_lines(Region(0, 0, 120, 40)))
        assert shown.isprintable()
        assert "[@click=app.quit]x[/] [/" in shown
        assert not app.thread.openables()


def test_the_new_rule_counts_messages_of_others_and_never_our_pending_ones() -> None:
    parts = thread()
    before = frozenset(part.id for part in parts[:-2])
    kinds = [(item.kind, item.count) for item in items_of(parts, None, before, UTC)]
    assert ("new", 1) in kinds
    assert all(item.kind != "new" for item in items_of(parts, None, before | {parts[-2].id}, UTC))
    assert all(item.kind != "new" for item in items_of(parts, None, None, UTC))
