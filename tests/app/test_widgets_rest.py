"""Contact, composer, status and key lines, glyphs and themes."""

from datetime import UTC
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.geometry import Region
from textual.widgets import TextArea

from tests.app.conftest import SIZES, stage_at
from tests.app.widgets_desk import NOW, ONLINE, DeskApp, contact, desk, key_of
from tui.app.glyphs import ASCII, UNICODE, names
from tui.app.themes import THEMES, palette
from tui.app.widgets.composer import Composer
from tui.app.widgets.contact import ContactView
from tui.app.widgets.footer import KeyFooter
from tui.app.widgets.lines import Appearance, LineView
from tui.app.widgets.status import StatusLine
from tui.app.widgets.words import heat, initials, moment, short_age, size
from tui.inbox.situation import Absent
from tui.text.width import cell_len


def text(view: LineView) -> list[str]:
    return [view.render_line(y).text.rstrip(" ▐") for y in range(view.size.height)]


# The contact


async def test_the_contact_pane_shows_what_is_known_in_sections() -> None:
    app = DeskApp()
    async with app.run_test(size=(140, 60)) as pilot:
        await pilot.pause()
        app.contact.show(contact(), desk()[:4], NOW)
        shown = "\n".join(text(app.contact))
        for words in ("Marguerite Okonkwo-Fitzgerald", "local", "Mon 14:35", "London", "Northwind Traders", "Scale",
                      "monthly spend", "#enterprise", "Paying over 1k", "Prefers mail to chat.", "seat-added",
                      "Charged twice for March", "Priya Natarajan"):  # fmt: skip
            assert words in shown, words
        assert {app.contact.render_line(y).cell_length for y in range(60)} == {app.contact.size.width}


@pytest.mark.parametrize("columns_and_rows", SIZES, ids=["80x24", "140x40"])
async def test_every_label_of_a_contact_fits_and_the_values_stand_below_each_other(
    tmp_path: Path, columns_and_rows: tuple[int, int]
) -> None:
    async with stage_at(tmp_path, columns_and_rows) as stage:
        stage.app.layout.focus("contact")
        await stage.pilot.pause()
        pane = stage.app.layout.contact
        pane.show(contact(), desk()[:4], NOW)
        shown = text(pane)
        pairs = {"email": "margu", "phone": "+44", "external ID": "nw-20417", "language": "en", "plan": "Scale"}
        lines = {label: next(line for line in shown if line.startswith(f"  {label} ")) for label in pairs}
        starts = {label: lines[label].index(value, 2 + len(label)) for label, value in pairs.items()}
        assert set(starts.values()) == {2 + len("external ID ")}


async def test_enter_on_a_last_conversation_opens_it() -> None:
    app = DeskApp()
    async with app.run_test(size=(140, 60)) as pilot:
        await pilot.pause()
        view = app.contact
        view.show(contact(), desk()[:4], NOW)
        view.open_current()
        view.move(2)
        assert view.current_conversation == "2"
        view.show(contact(), desk()[:4], NOW)  # refreshed behind: the cursor stays
        assert view.current_conversation == "2"
        view.open_current()
        await pilot.pause()
        assert [message for message in app.messages if isinstance(message, ContactView.OpenConversation)] == [
            ContactView.OpenConversation("2")
        ]


async def test_a_contact_of_nothing_and_a_zone_nobody_knows() -> None:
    app = DeskApp()
    async with app.run_test(size=(140, 20)) as pilot:
        await pilot.pause()
        app.contact.show(None, [], NOW)
        assert "No contact here." in "\n".join(text(app.contact))
        bare = type(contact())(id="x", timezone="Mars/Olympus", notes=((0, "", "[/red]"),))
        app.contact.show(bare, [], NOW, state=Absent.LOADING)
        shown = "\n".join(text(app.contact))
        assert "Unknown contact" in shown
        assert "Mars/Olympus" in shown
        assert "[/red]" in shown
        app.contact.show(contact(), desk()[:4], NOW)
        for _ in range(60):
            app.contact.move(1)
        assert "seat-added" in "\n".join(text(app.contact))
        app.contact.home()
        assert "Marguerite" in text(app.contact)[1]


# The composer


async def test_reply_and_note_cannot_be_mistaken() -> None:
    app = DeskApp()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        composer = app.composer
        composer.open("reply", "1", "", to="Ada")
        await pilot.pause()
        head = composer.query_one("ComposerHead", LineView)
        assert "REPLY  to Ada — the customer will see this" in text(head)[0]
        reply_back = composer.area.styles.background
        composer.become("note", "")
        await pilot.pause()
        assert "NOTE  only teammates see this" in text(head)[0]
        assert composer.area.styles.background != reply_back


async def test_plain_dialogs_and_notices_are_ascii() -> None:
    from tui.app.commands import all_commands
    from tui.app.dialogs.help import Help
    from tui.app.dialogs.overlay import Overlay
    from tui.app.keys.registry import Registry

    app = DeskApp()
    async with app.run_test(size=(100, 30)) as pilot:
        overlay = Overlay(Appearance(ascii_only=True))
        await app.screen.mount(overlay)
        overlay.push(Help(Registry(all_commands(), plain=True), "list"))
        await pilot.pause()
        shown = "".join(line.text for line in overlay.render_lines(Region(0, 0, 100, 27)))
        assert "Close the conversation" in shown
        assert shown.isascii()


async def test_the_warning_survives_a_long_name() -> None:
    app = DeskApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.composer.open("reply", "1", "x", to="Marguerite Okonkwo-Fitzgerald-Montgomery")
        await pilot.pause()
        assert "the customer will see this" in text(app.composer.query_one("ComposerHead", LineView))[0]


async def test_typing_tells_what_is_written_and_no_key_is_the_composers_own() -> None:
    app = DeskApp()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.composer.open("note", "7", "Look", to="Ada")
        await pilot.pause()
        app.messages.clear()
        await pilot.press("!")
        for key in ("ctrl+s", "escape", "tab", "shift+tab", "ctrl+p"):
            await pilot.press(key)
        await pilot.pause()
        assert app.messages == [Composer.Edited("note", "Look!", "7")]
        assert app.focused is app.composer.area
        assert not app.composer.has_class("-preview")


async def test_a_draft_that_is_opened_is_not_an_edit() -> None:
    app = DeskApp()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.messages.clear()
        app.composer.open("reply", "7", "  \n ", to="Ada")
        await pilot.pause()
        assert not [m for m in app.messages if isinstance(m, Composer.Edited)]


async def test_it_grows_with_the_text_from_three_lines_to_ten() -> None:
    app = DeskApp()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        composer = app.composer
        composer.open("reply", "1", "one", to="Ada")
        await pilot.pause()
        assert composer.size.height == 4
        composer.text = "\n".join("abcdef")
        await pilot.pause()
        assert composer.size.height == 7
        composer.text = "\n" * 40
        await pilot.pause()
        assert composer.size.height == 11


async def test_the_preview_shows_what_leaves_and_the_text_again() -> None:
    app = DeskApp()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        composer = app.composer
        composer.open("reply", "1", "a **bold** word\n\n- one", to="Ada")
        await pilot.pause()
        composer.toggle_preview()
        await pilot.pause()
        preview = "\n".join(text(composer.query_one("ComposerPreview", LineView)))
        assert "a bold word" in preview
        assert "• one" in preview
        composer.toggle_preview()
        await pilot.pause()
        assert composer.is_open
        assert app.focused is composer.query_one(TextArea)


async def test_pasted_and_inserted_text_is_cleaned() -> None:
    from textual import events

    app = DeskApp()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        app.composer.open("reply", "1", "", to="Ada")
        await pilot.pause()
        app.composer.area.post_message(events.Paste("hello\x1b[31mdq\u202e\nnext"))
        await pilot.pause()
        app.composer.insert("\x07!")
        assert app.composer.text == "hello[31mdq\nnext!"


async def test_what_of_a_contact_may_not_be_read_is_said_once_and_the_rest_is_shown() -> None:
    app = DeskApp()
    async with app.run_test(size=(140, 60)) as pilot:
        await pilot.pause()
        refused = "not allowed with this token"
        unread = (("segments", refused), ("notes", refused), ("events", "could not be read"))
        part = replace(contact(), segments=(), notes=(), events=(), unread=unread)
        app.contact.show(part, desk()[:4], NOW)
        shown = " ".join(" ".join(text(app.contact)).split())
        assert "Marguerite" in shown
        assert "Segments, notes: not" in shown
        assert "Events: could not be read" in shown
        assert shown.count("not allowed") == 1
        app.contact.show(None, [], NOW, trouble="This token may not read contacts.")
        shown = " ".join(" ".join(text(app.contact)).split())
        assert "This token may not read" in shown
        assert "No contact here" not in shown
        app.contact.show(None, [], NOW, state=Absent.LOADING, trouble="This token may not read contacts.")
        assert "Loading…" in " ".join(text(app.contact))


async def test_the_status_line_names_what_is_missing_beside_a_live_link() -> None:
    app = DeskApp()
    async with app.run_test(size=(140, 24)) as pilot:
        await pilot.pause()
        line = app.query_one(StatusLine)
        line.set_status(replace(ONLINE, incomplete="Tags: not allowed with this token."), NOW)
        assert "● live · Tags: not allowed with this token." in line.words
        line.set_status(replace(ONLINE, syncing="first sync", incomplete="Some are missing."), NOW)
        assert "missing" not in line.words


# Status and keys


@pytest.mark.parametrize("columns", [40, 60, 80])
@pytest.mark.parametrize("more", [{}, {"queued": 3, "failed": 2}, {"budget_left": 100, "budget_limit": 1000}])
async def test_no_name_pushes_the_state_off_the_line(columns: int, more: dict[str, int]) -> None:
    app = DeskApp()
    async with app.run_test(size=(columns, 24)) as pilot:
        await pilot.pause()
        line = app.query_one(StatusLine)
        line.set_status(replace(ONLINE, acting_as="日本語 " * 90, workspace="w" * 900, **more), NOW)
        assert "● live" in "".join(segment.text for segment in line.draw_line(0))


async def test_the_status_line_says_what_matters_and_sleeps() -> None:
    app = DeskApp()
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.pause()
        line = app.query_one(StatusLine)
        line.set_status(replace(ONLINE, queued=2, failed=1, budget_left=830, budget_limit=1000), NOW)
        assert "Priya Natarajan · Lumen Cloud · ● live" in line.words
        assert "1 failed" in line.words
        assert "2 queued" in line.words
        assert "API" not in line.words
        line.set_status(replace(ONLINE, budget_left=199, budget_limit=1000), NOW)
        assert "API 15%" in line.words
        line.set_status(replace(ONLINE, connection="offline", synced_at=NOW - 300), NOW)
        assert "offline · last update 14:30" in line.words
        line.set_status(
            replace(ONLINE, connection="offline", since=NOW - 60, synced_at=NOW - 300, error="no route"), NOW
        )
        assert "offline since 14:34 · last update 14:30" in line.words
        assert "no route" not in line.words
        line.set_status(
            replace(ONLINE, connection="offline", error="The disk is full.", trouble="The disk is full."), NOW
        )
        assert "The disk is full." in line.words
        line.set_status(replace(ONLINE, connection="starting", synced_at=0, syncing="3,450 of 100,000"), NOW)
        assert "3,450 of 100,000" in line.words
        line.set_status(replace(ONLINE, error="[/red] \x1b[31mno"), NOW)
        assert "[/red] [31mno" in line.words
        assert line._timer is None  # nothing ticks


async def test_the_undo_countdown_ticks_only_while_there_is_something_to_undo() -> None:
    now = [float(NOW)]
    app = DeskApp(appearance=Appearance(clock=lambda: now[0], key_of=key_of))
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.pause()
        line = app.query_one(StatusLine)
        line.set_status(replace(ONLINE, undo_until=NOW + 4.2, undo_what="Reply to Ada"))
        assert "u undo Reply to Ada 5s" in line.words
        assert line._timer is not None
        now[0] += 3
        line._tick()
        assert "2s" in line.words
        now[0] += 3
        line._tick()
        assert "undo" not in line.words
        assert line._timer is None


async def test_key_hints_give_way_to_a_notice_and_come_back() -> None:
    app = DeskApp()
    async with app.run_test(size=(40, 24)) as pilot:
        await pilot.pause()
        footer = app.query_one(KeyFooter)
        footer.set_keys([("r", "reply"), ("n", "note"), ("a", "assign"), ("z", "snooze"), ("c", "close")])
        assert footer.words == "r reply  n note  a assign  z snooze"
        footer.set_prefix("3")
        assert footer.words.endswith("3")
        footer.notice("[/nope] \x1b[2J refused", "error")
        assert footer.words == "⚠ [/nope] [2J refused"
        footer.clear_notice()
        assert footer.words.startswith("r reply")


# Signs, words, themes


def test_every_sign_is_as_wide_as_its_fallback() -> None:
    for name in names():
        ours, plain = getattr(UNICODE, name), getattr(ASCII, name)
        assert cell_len(ours) == cell_len(plain), name
        assert plain.isascii(), name


async def test_every_theme_draws_every_pane() -> None:
    app = DeskApp()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        app.contact.show(contact(), desk()[:4], NOW)
        backgrounds = set()
        for name in (*(theme.name for theme in THEMES), "nord", "textual-light", "ansi-dark"):
            app.theme = name
            await pilot.pause()
            backgrounds.add(palette(app).text.bgcolor)
            for pane in (app.rows, app.thread, app.contact):
                styles = {segment.style for y in range(40) for segment in pane.render_line(y)}
                assert len(styles) > 1
        assert len(backgrounds) >= 5


def test_words_for_times_sizes_and_people() -> None:
    assert [short_age(n) for n in (-5, 59, 60, 7200, 200_000)] == ["now", "now", "1m", "2h", "2d"]
    assert [heat(n) for n in (0, 1000, 4000, 20_000, 100_000)] == [0, 1, 2, 3, 4]
    assert [size(n) for n in (0, 12, 128_400, 2_400_000)] == ["", "12 B", "128 kB", "2.4 MB"]
    assert [initials(n) for n in ("Priya Natarajan", "Léa", "", "田中 太郎", "[/red]")] == ["PN", "LÉ", "", "田", ""]
    assert moment(NOW - 60, NOW, UTC).count(":") == 1


async def test_a_rate_limit_counts_down_and_says_what_is_waited_for() -> None:
    app = DeskApp()
    async with app.run_test(size=(140, 20)) as pilot:
        await pilot.pause()
        line = app.query_one(StatusLine)
        line.set_status(replace(ONLINE, limited_until=NOW + 7.4), NOW)
        assert "rate limited - retrying in 8 s" in line.words
        line.set_status(replace(ONLINE, limited_until=NOW + 7.4), NOW + 5)
        assert "rate limited - retrying in 3 s" in line.words
        line.set_status(replace(ONLINE, limited_until=NOW + 7.4, unavailable=True), NOW + 7)
        assert "Intercom is not available - retrying in 1 s" in line.words
        line.set_status(replace(ONLINE, limited_until=NOW + 7.4), NOW + 8)
        assert "live" in line.words
        line.set_status(replace(ONLINE, connection="limited"), NOW)
        assert "rate limited - retrying" in line.words
