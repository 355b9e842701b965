"""The line of views on top: the store's own counts, the view on screen marked, what fits at every width."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from tests.app.conftest import Stage, stage_at


def strip(stage: Stage) -> str:
    """The line as text."""
    return str(stage.app.layout.views.render_line(0).text)


def marked(stage: Stage) -> str:
    """What stands in the cursor's style."""
    view = stage.app.layout.views
    segments = view.render_line(0)
    return "".join(one.text for one in segments if one.style == view.palette.cursor).strip()


def count(stage: Stage, where: str) -> int:
    """How many conversations the store holds, asked of SQLite itself."""
    query = f"SELECT count(*) FROM conversations WHERE {where}"
    return int(stage.store.reader.execute(query).fetchone()[0])


async def searched(stage: Stage, is_true: Callable[[], bool]) -> None:
    """Until what is searched for in a thread is on the screen."""
    while not is_true():
        await stage.pilot.pause(0.02)


async def test_counts_are_the_stores_and_follow_what_is_done(small: Stage) -> None:
    await small.press("3")
    mine = count(small, f"state = 'open' AND admin = '{small.inbox.me.id}'")
    opened = count(small, "state = 'open'")
    assert f"1 Mine {mine} " in strip(small)
    assert marked(small) == f"All open {opened}"
    await small.press("c")
    await small.wait(lambda: marked(small) == f"All open {opened - 1}")
    assert count(small, "state = 'open'") == opened - 1


async def test_the_oldest_wait_and_the_missed_slas_are_told(small: Stage) -> None:
    await small.press("3")
    missed = count(small, "state = 'open' AND sla = 'missed'")
    waited = re.search(r"oldest (\d+[mhdwy]|now)", strip(small))
    assert waited is not None
    first = small.store.reader.execute(
        "SELECT min(waiting_since) FROM conversations WHERE state = 'open' AND waiting_since > 0"
    ).fetchone()[0]
    assert small.inbox.views.oldest_wait() == first
    assert missed > 0
    await searched(small, lambda: f"SLA {missed} " in strip(small))
    await small.store.write(lambda db: db.execute("UPDATE conversations SET sla = 'missed' WHERE state = 'open'"))
    await small.press("c")
    await small.sent()
    # the answers that come in meanwhile tell the true state of some
    late = "state = 'open' AND sla = 'missed'"
    await searched(small, lambda: f"SLA {count(small, late)} " in strip(small))
    assert count(small, late) > missed


async def test_a_saved_view_has_its_count(tmp_path: Path) -> None:
    saved = {"Late": "is:open waiting>2h", "Wrong": "is:nothing"}
    async with stage_at(tmp_path, (200, 40), saved_views=saved) as stage:
        late = count(stage, f"state = 'open' AND waiting_since BETWEEN 1 AND {time.time() - 7_200}")
        assert late > 0
        await searched(stage, lambda: f" Late {late} " in strip(stage))
        assert " Wrong " in strip(stage)
        assert (await stage.inbox.views.searched()).counts == {"saved:Late": late, "saved:Wrong": -1}


async def test_a_search_marks_no_view_and_leaving_it_does(small: Stage) -> None:
    await small.press("2")
    assert marked(small).startswith("Unassigned")
    await small.press("/")
    await small.type("is:open")
    await small.press("enter")
    assert marked(small) == ""
    await small.press("escape")
    assert marked(small).startswith("Unassigned")


async def test_a_click_shows_a_view(small: Stage) -> None:
    at = strip(small).index("Unassigned")
    await small.pilot.click("#views", offset=(at + 1, 0))
    await small.pilot.pause()
    assert small.app.ui.state.shown.view == "unassigned"
    assert marked(small).startswith("Unassigned")


async def test_the_view_on_screen_is_named_at_every_width(small: Stage) -> None:
    views = small.inbox.views.all()
    last = views[-1]
    small.app.ui.list.show_view(last.key)
    for width in (200, 140, 80, 60, 50):
        await small.pilot.resize_terminal(width, 30)
        await small.pilot.pause()
        assert marked(small).startswith(last.title[:10])
        assert len(strip(small)) == width
        assert ("v more" in strip(small)) == any(view.title[:10] not in strip(small) for view in views)


async def test_a_low_terminal_spends_its_rows_on_conversations(small: Stage) -> None:
    await small.pilot.resize_terminal(80, 15)
    await small.pilot.pause()
    assert not small.app.layout.views.display
    await small.pilot.resize_terminal(80, 24)
    await small.pilot.pause()
    assert small.app.layout.views.display
