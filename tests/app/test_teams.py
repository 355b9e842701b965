"""What one sees of teams: in the row, in the header, in the notice, in the counts."""

import pytest

from tests.app.conftest import Stage
from tests.app.widgets_desk import NOW, Directory, row
from tui.app.glyphs import ASCII, UNICODE
from tui.app.themes import _resolve
from tui.app.widgets.conversation_row import RowPainter
from tui.app.widgets.lines import Appearance
from tui.app.widgets.thread_header import ThreadHeader


async def test_bulk_assignment_to_a_team_can_be_seen(stage: Stage) -> None:
    team = next(team for team in stage.workspace.rooms.teams.values() if team.name == "Billing")
    await stage.press("X", "X", "X")
    chosen = list(stage.app.ui.list.view.selected)
    assert len(chosen) >= 3
    before = [stage.there(cid).admin_assignee_id for cid in chosen]
    await stage.press("a")
    await stage.type("billing")
    await stage.press("enter")
    assert f"Assigned {len(chosen)} conversations to team Billing" in stage.notice
    assert ("teammate removed" in stage.notice) == any(before)
    await stage.sent()
    assert {(stage.there(cid).team_assignee_id, stage.there(cid).admin_assignee_id) for cid in chosen} == {
        (team.id, None)
    }
    stage.app.ui.thread.open(chosen[0])
    await stage.pilot.pause()
    assert "◇ Billing  no teammate" in stage.text()
    (counted,) = (view.count for view in stage.inbox.views.all() if view.key == "unassigned")
    there = [one for one in stage.workspace.conversations if one.state == "open"]
    assert counted == sum(not one.admin_assignee_id and not one.team_assignee_id for one in there)


def _painter(width: int, *, ascii_only: bool = False) -> RowPainter:
    signs = ASCII if ascii_only else UNICODE
    return RowPainter(_resolve("ink"), signs, Appearance(ascii_only=ascii_only), Directory(), "1", NOW, width)


@pytest.mark.parametrize("width", range(20, 60))
def test_a_row_shows_the_team_as_far_as_it_fits_and_never_breaks(width: int) -> None:
    for name in ("Ada", "Ada Lovelace", "Marguerite Okonkwo-Fitzgerald of Northwind"):
        one = row(1, name, "words", 3600, team_assignee_id="10")
        for ascii_only in (False, True):
            painter = _painter(width, ascii_only=ascii_only)
            lines = painter.lines(one, at_cursor=False, focused=False, selected=False)
            first = "".join(text for text, _ in lines[0])
            assert len(first) == width - 1, first
            sign = "&" if ascii_only else "◇"
            if width >= 40 and name == "Ada":
                assert f"{sign} Billing " in first
            if sign in first:
                assert name in first, "the team never takes room from the name"


@pytest.mark.parametrize(
    ("team", "admin", "shown"),
    [
        ("", "", "unassigned"),
        ("10", "", "◇ Billing  no teammate"),
        ("10", "1", "◇ Billing  @ Priya Natarajan"),
        ("", "1", "@ Priya Natarajan"),
        ("99", "98", "◇ 99  @ 98"),
    ],
)
def test_the_header_says_which_team_and_which_teammate(team: str, admin: str, shown: str) -> None:
    one = row(1, "Ada", "words", team_assignee_id=team, admin_assignee_id=admin)
    header = ThreadHeader(one, _resolve("ink"), UNICODE, Appearance(), Directory(), NOW)
    assert shown in "".join(text for text, _ in header.chips())
