"""The conversation list: cursor, selection, changes, and how little of it is painted."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from textual.geometry import Region

from tests.app.widgets_desk import HOUR, NOW, DeskApp, Listing, desk, row
from tui.app.widgets.conversation_list import ConversationListView
from tui.app.widgets.lines import Appearance
from tui.inbox.status import Status
from tui.model.rows import Change, ConversationRow

SOME = Change(conversations=frozenset({"1"}))


def many(count: int) -> list[ConversationRow]:
    return [row(n, f"Customer {n}", f"words {n}", HOUR) for n in range(count)]


def highlighted(app: DeskApp) -> list[str]:
    kind = ConversationListView.Highlighted
    return [message.conversation_id for message in app.messages if isinstance(message, kind)]


def text(view: ConversationListView) -> list[str]:
    return [view.render_line(y).text for y in range(view.size.height)]


@contextmanager
def painted(view: ConversationListView) -> Iterator[set[int]]:
    """The lines that were asked to be painted meanwhile; -1 for all of them."""
    lines: set[int] = set()
    refresh = view.refresh

    def record(*regions: Region, **rest: bool) -> ConversationListView:
        for region in regions:
            lines.update(range(region.y, region.bottom))
        if not regions:
            lines.add(-1)
        refresh(*regions, **rest)
        return view

    view.refresh = record  # type: ignore[method-assign]  # watched for a while
    try:
        yield lines
    finally:
        del view.refresh


async def test_a_row_says_who_waits_how_long_and_what_is_pending() -> None:
    app = DeskApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        lines = text(app.rows)
        assert lines[0].split() == ["Open", str(len(desk())), "longest", "waiting"]
        assert lines[1].startswith("▌● Marguerite Okonkwo-Fit")
        assert lines[1].rstrip(" ▐").endswith("★ ✉ SLA  3d")
        assert app.rows.current is not None
        subject, last_words = lines[2].strip("▌▐ "), lines[3].strip("▌▐ ↩")
        assert subject.startswith(app.rows.current.title)
        assert subject.endswith("me")
        assert last_words.startswith(app.rows.current.preview[:20])
        assert "⏳" in lines[14]
        assert "✎" in lines[11]
        assert "⚠" in lines[26]
        assert "☾ 08:35" in "".join(lines)


async def test_a_pane_that_grows_or_shrinks_gives_its_rows_a_line_more_or_less() -> None:
    app = DeskApp()
    async with app.run_test(size=(120, 24)) as pilot:
        for height, lines in ((24, 2), (40, 3), (24, 2), (41, 3)):
            await pilot.resize_terminal(120, height)
            await pilot.pause()
            assert app.rows.row_lines == lines
            gutter = [line for line in text(app.rows) if line.startswith("▌")]
            assert len(gutter) == lines


async def test_every_line_has_exactly_the_width_of_the_pane() -> None:
    app = DeskApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        for look in (app.appearance, other_look(app.appearance)):
            app.rows.set_appearance(look)
            assert {app.rows.render_line(y).cell_length for y in range(40)} == {app.rows.size.width}


def other_look(appearance: Appearance) -> Appearance:
    return Appearance(ascii_only=True, low_bandwidth=True, clock=appearance.clock, zone=appearance.zone)


async def test_a_cursor_move_paints_two_rows_and_no_more() -> None:
    app = DeskApp(Listing(many(100)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        with painted(app.rows) as lines:
            app.rows.move(1)
        assert lines == {1, 2, 3, 4}


async def test_the_edge_jumps_half_a_page_and_then_nothing_scrolls() -> None:
    app = DeskApp(Listing(many(100)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        rows = app.rows.visible_rows
        app.rows.go(rows - 1)
        with painted(app.rows) as jump:
            app.rows.move(1)
        with painted(app.rows) as after:
            app.rows.move(1)
        assert len(jump) > 8
        assert len(after) == 4


async def test_a_hundred_thousand_rows_are_asked_for_a_screen_at_a_time() -> None:
    listing = Listing(many(100_000))
    app = DeskApp(listing)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.rows.end()
        app.rows.home()
        app.rows.page(3)
        await pilot.pause()
        assert listing.asked
        assert all(stop - start <= 24 for start, stop in listing.asked)
        assert len(listing.asked) < 12


async def test_keys_of_the_house_move_the_cursor_and_stop_at_the_ends() -> None:
    app = DeskApp(Listing(many(50)))
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.rows
        view.move(-1)
        assert view.cursor == 0
        view.page(1)
        assert view.cursor == view.visible_rows
        view.half_page(-1)
        assert view.cursor == view.visible_rows - view.visible_rows // 2
        view.end()
        assert view.cursor == 49
        assert view.at_end
        view.move(5)
        assert view.cursor == 49
        assert view.jump("7")
        assert view.current == app.listing.items[7]
        assert not view.jump("nobody")
        view.home()
        await pilot.pause()
        assert highlighted(app)[-1] == "0"
        assert len(highlighted(app)) == len([*dict.fromkeys(highlighted(app))]) + 1  # "0" at the start and at the end


async def test_what_comes_in_above_leaves_the_cursor_on_its_conversation() -> None:
    app = DeskApp(Listing(many(60)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.rows
        view.go(30)
        await pilot.pause()
        before = [line for line in text(view) if line.startswith("▌")]
        at = text(view).index(before[0])
        app.messages.clear()
        app.listing.replace([row(99, "New", "hello", 1), *app.listing.items])
        view.apply(SOME)
        await pilot.pause()
        assert view.current_id == "30"
        assert text(view).index(before[0]) == at  # and on the same line of the screen
        assert not highlighted(app)


async def test_when_the_conversation_leaves_the_cursor_goes_to_what_was_next() -> None:
    app = DeskApp(Listing(many(10)))
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.rows
        view.go(4)
        gone = {"4", "5"}
        app.listing.replace([item for item in app.listing.items if item.id not in gone])
        view.apply(SOME)
        assert view.current_id == "6"
        view.end()
        app.listing.replace(app.listing.items[:-1])
        view.apply(SOME)
        assert view.current_id == "8"
        app.listing.replace([])
        view.apply(SOME)
        await pilot.pause()
        assert view.current is None
        assert highlighted(app)[-1] == ""


async def test_a_change_paints_only_the_row_it_changed() -> None:
    app = DeskApp(Listing(many(30)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        items = list(app.listing.items)
        items[2] = msgspec.structs.replace(items[2], preview="other words")
        app.listing.replace(items)
        with painted(app.rows) as lines:
            app.rows.apply(SOME)
        assert lines == {5, 6}
        assert "other words" in app.rows.render_line(6).text


async def test_ages_repaint_only_where_they_read_differently() -> None:
    now = [NOW]
    items = [row(1, "A", "a", 60 * 50 + 30), row(2, "B", "b", 26 * HOUR), row(3, "C", "c", 59 * 60 + 50)]
    app = DeskApp(Listing(items), Appearance(clock=lambda: now[0]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        now[0] += 20
        with painted(app.rows) as lines:
            app.rows.refresh_ages()
        assert lines == {5, 6}
        with painted(app.rows) as lines:
            app.rows.refresh_ages()
        assert not lines


async def test_selecting_one_and_a_stretch() -> None:
    app = DeskApp(Listing(many(20)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.rows
        assert view.toggle_select("0")
        assert not view.toggle_select("not in the list")
        view.go(5)
        view.extend_select(3)
        assert view.current_id == "8"
        assert view.selected == ["0", "5", "6", "7"]
        assert "✓ 4 selected" in view.render_line(0).text
        view.toggle_select("0")
        assert view.selected == ["5", "6", "7"]
        app.listing.replace([item for item in app.listing.items if item.id != "6"])
        view.apply(SOME)
        assert view.selected == ["5", "7"]
        view.clear_selection()
        assert not view.selected
        assert "longest waiting" in view.render_line(0).text


async def test_an_empty_list_says_something_kind_and_a_loading_one_says_how_far() -> None:
    app = DeskApp(Listing([]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.rows.set_status(Status(connection="online", known=True))
        assert "No open conversations." in "\n".join(text(app.rows))
        app.rows.set_list(app.listing, view_key="mine")
        assert "Nothing assigned to you." in "\n".join(text(app.rows))
        app.listing.loaded = False
        app.rows.set_status(Status(syncing="3,450 of 100,000", known=True))
        shown = "\n".join(text(app.rows))
        assert "Loading…" in shown
        assert "3,450 of 100,000" in shown
        assert app.rows.current is None


async def test_a_list_that_was_never_filled_says_why() -> None:
    app = DeskApp(Listing([]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for status, heading, reason in (
            (Status(connection="starting"), "Connecting…", "as they are downloaded"),
            (
                Status(connection="online", syncing="first sync, open: 150 of 302"),
                "Downloading conversations…",
                "150 of 302",
            ),
            (
                Status(connection="offline", error="desk.example cannot be reached."),
                "No connection yet.",
                "desk.example",
            ),
            (
                Status(connection="refused", error="Access Token Invalid"),
                "Access token rejected.",
                "Access Token Invalid",
            ),
            (Status(connection="limited"), "Rate limited by Intercom.", "Retrying automatically."),
            (
                Status(connection="online", error="Intercom had a fault (503)."),
                "Nothing could be downloaded yet.",
                "503",
            ),
        ):
            app.rows.set_status(status)
            shown = " ".join(" ".join(text(app.rows)).split())
            assert heading in shown
            assert reason in shown
            assert "No open conversations" not in shown
        app.rows.set_status(Status(connection="offline", error="desk.example cannot be reached.", known=True))
        assert "No open conversations." in "\n".join(text(app.rows))


async def test_hostile_names_and_words_are_only_text() -> None:
    nasty = "\x1b]52;c;aGk=\x07[@click=app.quit]x[/] [/ \x9b31m\u202e"
    app = DeskApp(Listing([row(1, nasty, nasty, HOUR), row(2, "[/red]", "[bold", HOUR)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = "".join(strip.text for strip in app.rows.render_lines(Region(0, 0, 80, 24)))
        assert shown.isprintable()
        assert "[@click=app.quit]x[/] [/" in shown
        assert "[/red]" in shown


async def test_a_click_opens_where_it_hits() -> None:
    app = DeskApp(Listing(many(20)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click("#list", offset=(10, 6))
        await pilot.pause()
        assert app.rows.cursor == 2
        assert ConversationListView.Opened("2") in app.messages


async def test_low_bandwidth_moves_the_gutter_mark_alone() -> None:
    app = DeskApp(Listing(many(20)), Appearance(low_bandwidth=True, clock=lambda: NOW))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        with_cursor = list(app.rows.render_line(1))
        app.rows.move(1)
        without = list(app.rows.render_line(1))
        assert with_cursor[0] != without[0]
        assert with_cursor[1:] == without[1:]
