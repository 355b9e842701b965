"""The desk overview: every figure against a count over the workspace's own objects, and the way from it to the list."""

import asyncio
import itertools
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.conftest import Stage, stage_at
from tests.bench.stock import fill
from tui.app.commands import overview as command
from tui.app.dialogs.canvas import Spot
from tui.app.dialogs.overview import DeskOverview
from tui.app.themes import THEMES
from tui.inbox import statistics
from tui.inbox.statistics import Overview, Statistics
from tui.sandbox.model import Conversation
from tui.sandbox.workspace import Workspace
from tui.text.width import cell_len

STEPS = (0, 900, 3600, 14_400, 86_400, 1 << 40)


def dialog(stage: Stage) -> DeskOverview:
    top = stage.app.layout.overlay.top
    assert isinstance(top, DeskOverview)
    return top


async def until(stage: Stage, is_true: Callable[[], object]) -> None:
    """Until what is read in a thread is on the screen."""
    async with asyncio.timeout(60):
        while not is_true():
            await stage.pilot.pause(0.02)


async def opened(stage: Stage) -> Overview:
    """Press the key and wait for the figures."""
    await stage.press("D")
    await until(stage, lambda: dialog(stage).figures)
    await stage.pilot.pause()
    figures = dialog(stage).figures
    assert figures is not None
    return figures


def spots(stage: Stage) -> dict[str, Spot]:
    return {spot.name: spot for spot in dialog(stage)._canvas.spots}


async def stand_on(stage: Stage, name: str) -> None:
    """Bring the cursor there with keys alone: down line by line, then along the line."""
    await stage.press("g")
    seen: set[str] = set()
    while dialog(stage).spot not in seen:
        seen.add(dialog(stage).spot)
        here, there = spots(stage)[dialog(stage).spot], spots(stage)[name]
        if here.name == name:
            return
        if (here.y, here.column) == (there.y, there.column):
            await stage.press("l" if there.x > here.x else "h")
        else:
            await stage.press("j")
    raise AssertionError(f"no keys lead to {name}: {seen}")


async def listed(stage: Stage) -> list[Conversation]:
    """What the list shows, as the workspace has it."""
    await until(stage, lambda: stage.app.ui.list.model is not None and stage.app.ui.list.model.loaded)
    model = stage.app.ui.list.model
    assert model is not None
    return [stage.there(row.id) for row in model.rows(0, len(model))]


def workspace_open(stage: Stage, is_meant: Callable[[Conversation], bool]) -> list[Conversation]:
    return [one for one in stage.workspace.conversations if one.state == "open" and is_meant(one)]


def waiting_steps(found: list[Conversation], now: int) -> list[int]:
    """How many wait in each step, one by one."""
    waits = [now - one.waiting_since for one in found if one.waiting_since]
    return [sum(low <= max(0, wait) < high for wait in waits) for low, high in itertools.pairwise(STEPS)]


def sla_missed(found: list[Conversation]) -> int:
    return sum(one.sla is not None and one.sla.status == "missed" for one in found)


async def test_the_figures_are_those_of_the_workspace(small: Stage) -> None:
    figures = await opened(small)
    everything = workspace_open(small, lambda one: True)
    assert figures.open == len(everything)
    assert figures.stored == 40
    meant: dict[str, Callable[[Conversation], bool]] = {
        "open": lambda one: True,
        "mine": lambda one: str(one.admin_assignee_id) == small.inbox.me.id,
        "unassigned": lambda one: not one.admin_assignee_id and not one.team_assignee_id,
    }
    for group in figures.groups:
        team = group.key.partition(":")[2]
        found = workspace_open(small, meant.get(group.key, lambda one, team=team: str(one.team_assignee_id) == team))  # type: ignore[misc]
        assert group.open == len(found), group.title
        assert list(group.waits.steps) == waiting_steps(found, figures.at), group.title
        assert group.sla_missed == sla_missed(found), group.title
    assert {group.key for group in figures.groups} > set(meant)
    for mate in figures.teammates:
        found = workspace_open(small, lambda one, mate=mate: str(one.admin_assignee_id or "") == mate.id)  # type: ignore[misc]
        assert (mate.open, mate.waiting) == (len(found), sum(bool(one.waiting_since) for one in found)), mate.name
    waits = sorted(one.waiting_since for one in everything if one.waiting_since)
    assert [wait.waiting_since for wait in figures.oldest] == waits[: statistics.MOST_OLDEST]
    assert figures.waiting == len(waits) > 10


async def test_what_came_and_went_is_that_of_the_workspace(small: Stage) -> None:
    figures = await opened(small)
    every = list(small.workspace.conversations)
    assert sum(span.arrived for span in figures.hours) > 3
    for spans in (figures.hours, figures.days):
        assert [span.end for span in spans[:-1]] == [span.start for span in spans[1:]]
        for span in spans:
            assert span.arrived == sum(span.start <= one.created_at < span.end for one in every)
            closed = [one for one in every if one.state == "closed" and span.start <= one.updated_at < span.end]
            assert span.closed == len(closed)
    assert figures.hours[-1].end == figures.at + 1
    assert figures.hours[0].start == figures.at + 1 - 24 * 3600
    assert figures.days[-1].start <= figures.at < figures.days[-1].end


async def test_enter_shows_the_very_conversations_that_are_counted(small: Stage) -> None:
    figures = await opened(small)
    every = [*spots(small).values()]
    wanted = [spot for spot in every if spot.query and spot.holds]
    assert len(wanted) > 20
    views = small.inbox.views
    for spot in wanted:
        model = views.search(spot.query, spot.sort, figures.at)
        await model.load()
        assert len(model) == spot.holds, spot
    for name in ("step 3 open", "open unassigned", "load 991267501"):
        spot = spots(small)[name]
        assert spot.holds, name
        await stand_on(small, name)
        await small.press("enter")
        assert small.dialog == ""
        found = await listed(small)
        assert len(found) == spot.holds, name
        assert small.app.ui.state.shown.query == spot.query
        if name == "step 3 open":
            assert all(14_400 <= figures.at - (one.waiting_since or 0) < 86_400 for one in found)
        await small.press("D")
        await until(small, lambda: dialog(small).figures)


async def test_enter_on_a_longest_wait_opens_it(stage: Stage) -> None:
    figures = await opened(stage)
    longest = figures.oldest[0]
    await stand_on(stage, f"wait {longest.id}")
    await stage.press("enter")
    assert (stage.dialog, stage.pane) == ("", "thread")
    assert stage.app.ui.thread.view.conversation_id == longest.id == stage.current


async def test_enter_where_there_is_nothing_says_so_and_stays(small: Stage) -> None:
    await opened(small)
    nothing = next(spot for spot in spots(small).values() if spot.query and not spot.holds)
    await stand_on(small, nothing.name)
    await small.press("enter")
    assert small.notice.endswith("No conversations there.")
    assert dialog(small).spot == nothing.name


async def test_every_place_can_be_reached_and_is_on_the_screen(stage: Stage) -> None:
    await opened(stage)
    names: list[str] = []
    for key in ("j", "k"):
        await stage.press("g" if key == "j" else "G")
        while dialog(stage).spot not in names[-1:]:
            names.append(dialog(stage).spot)
            assert [style for style in drawn_styles(stage) if style == "bar"], names[-1]
            await stage.press(key)
    lines = {(spot.y, spot.column) for spot in spots(stage).values()}
    reached = {(spots(stage)[name].y, spots(stage)[name].column) for name in names}
    assert reached == lines
    screen = stage.app.size
    for key in ("pagedown", "ctrl+d", "pageup", "ctrl+u", "right", "left", "down", "up", "end", "home"):
        await stage.press(key)
        assert dialog(stage).spot in spots(stage)
    assert all(cell_len(line) == screen.width for line in stage.text().split("\n"))
    assert dialog(stage).spot == "open open"


def drawn_styles(stage: Stage) -> list[str]:
    return [piece.style for row in stage.app.layout.overlay._rows for piece in row]


@pytest.mark.parametrize("key", ["escape", "q", "D"])
async def test_it_closes_and_reads_no_more(small: Stage, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await opened(small)
    tasks = small.app.ui.background._tasks
    before = len(tasks)
    await small.press(key)
    assert small.dialog == ""
    await until(small, lambda: len(tasks) < before)


async def test_wide_has_two_columns_and_narrow_has_one(tmp_path: Path) -> None:
    async with stage_at(tmp_path, (140, 40)) as stage:
        await opened(stage)
        wide = stage.text().split("\n")
        assert any("WAITING TIME" in line and "TEAMMATES" in line for line in wide)
        assert any("LAST 7 DAYS" in line for line in wide)
        await stage.pilot.resize_terminal(80, 24)
        await stage.pilot.pause()
        narrow = stage.text()
        assert not any("WAITING TIME" in line and "TEAMMATES" in line for line in narrow.split("\n"))
        assert "TEAMMATES" not in narrow
        await stage.press("G")
        assert "Tuesday" in stage.text() or "LAST 7 DAYS" in stage.text()


async def test_it_is_read_again_and_the_cursor_stays(small: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "REFRESH", 0.05)
    figures = await opened(small)
    await stand_on(small, "open unassigned")
    assert f"{figures.open} open" in small.dialog
    someone = figures.oldest[0]
    await small.store.write(
        lambda db: db.execute("UPDATE conversations SET state = 'closed' WHERE id = ?", (someone.id,))
    )
    await until(small, lambda: f"{figures.open - 1} open" in small.dialog)
    assert dialog(small).spot == "open unassigned"
    assert someone.id not in {wait.id for wait in (dialog(small).figures or figures).oldest}


async def test_r_reads_at_once(small: Stage) -> None:
    figures = await opened(small)
    await small.store.write(lambda db: db.execute("UPDATE conversations SET state = 'closed'"))
    await small.press("r")
    await until(small, lambda: "0 open" in small.dialog)
    text = small.text()
    assert "No open conversations." in text
    assert "No customer is waiting." in text
    assert figures.open > 0


async def test_an_empty_store_says_so(tmp_path: Path) -> None:
    async with stage_at(tmp_path, (80, 24), workspace=Workspace(seed=7, conversations=0)) as stage:
        await opened(stage)
        assert "No conversations are stored yet." in stage.text()
        await stage.press("j", "enter", "G", "l")
        assert stage.dialog == "Desk overview"


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_ascii_has_bars_of_ascii(tmp_path: Path, size: tuple[int, int]) -> None:
    async with stage_at(tmp_path, size, settings='[ui]\nglyphs = "ascii"\n') as stage:
        await opened(stage)
        for _ in range(3):
            shown = "".join(row_text(stage))
            assert not set(shown) & set("▁▂▃▄▅▆▇█▏▎▍▌▋▊▉░…·╭│╰")
            assert "#" in shown
            await stage.press("pagedown")


def row_text(stage: Stage) -> list[str]:
    view = stage.app.layout.overlay
    return [view.render_line(y).text for y in range(view.size.height)]


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The threads that count."""
    found: list[int] = []
    count = statistics._count

    def counted(db: sqlite3.Connection, asked: statistics._Asked) -> Overview:
        found.append(threading.get_ident())
        return count(db, asked)

    monkeypatch.setattr(statistics, "_count", counted)
    return found


async def test_a_large_store_is_counted_beside_the_keys(
    tmp_path: Path, threads: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "inbox.db", 20_000)
    async with stage_at(tmp_path, (80, 24)) as stage:
        going, may_go = threading.Event(), threading.Event()
        read = Statistics._read

        def slow(self: Statistics, asked: statistics._Asked) -> Overview:
            going.set()
            assert may_go.wait(30)
            return read(self, asked)

        monkeypatch.setattr(Statistics, "_read", slow)
        statements: list[str] = []
        stage.store.reader.set_trace_callback(statements.append)
        try:
            await stage.press("D")
            assert await asyncio.to_thread(going.wait, 30)
            assert "Counting what is stored" in stage.text()
            await stage.press("escape", "j")  # keys are answered while it counts
            assert stage.dialog == ""
            await stage.press("D")
        finally:
            stage.store.reader.set_trace_callback(None)
            may_go.set()
        await until(stage, lambda: dialog(stage).figures)
        assert dialog(stage).figures.stored >= 20_000  # type: ignore[union-attr]
        assert threads
        assert threading.get_ident() not in threads
        # nothing of it was counted on the connection of the screen
        assert not [one for one in statements if "GROUP BY" in one or "count(*)" in one]


def test_an_hour_ago_to_the_second_is_in_one_span_only() -> None:
    from datetime import UTC, datetime

    now = datetime.fromtimestamp(int(time.time()), UTC)
    hours = statistics._hours(now)
    edge = int(now.timestamp()) - 3600
    assert [at for at, span in enumerate(hours) if span.start <= edge < span.end] == [22]


@pytest.mark.parametrize("theme", [one.name for one in THEMES])
async def test_cursor_and_long_waits_stand_out_in_every_theme(small: Stage, theme: str) -> None:
    small.app.theme = theme
    await opened(small)
    view = small.app.layout.overlay
    segments = [segment for y in range(1, view.size.height) for segment in view.render_line(y)]
    bar = [segment for segment in segments if segment.style and segment.style.reverse]
    figures = dialog(small).figures
    assert figures is not None
    assert [segment.text.strip() for segment in bar] == [str(figures.open)]
    longest = [segment for segment in segments if segment.style == view._style("heat-4", False)]
    assert longest
    assert all(segment.style and segment.style.bold for segment in longest)
