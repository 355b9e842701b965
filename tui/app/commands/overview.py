"""The desk overview: the figures of all that is stored, and from there to the conversations."""

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

from tui.app import dialogs
from tui.app.commands.base import command
from tui.app.ui import Ui
from tui.model.errors import UserError
from tui.model.labels import texts

if TYPE_CHECKING:
    from tui.app.dialogs.canvas import Spot
    from tui.inbox.statistics import Overview

REFRESH: Final = 60.0
"""Seconds after which the figures are read again while they are on the screen."""


@command("overview.show", title="Desk overview", keys="D")
def show_overview(ui: Ui) -> None:
    """Show waiting times, load, arrivals and the longest waits."""

    def chosen(spot: "Spot", figures: "Overview") -> None:
        _go_to(ui, spot, figures)

    overview = dialogs.DeskOverview(ui.options.zone, chosen)
    ui.dialogs.show(overview)
    ui.background.start(_keep_counting(ui, overview))


async def _keep_counting(ui: Ui, overview: "dialogs.DeskOverview") -> None:
    """Read the figures, again every minute and when asked, until the overview is closed."""
    while overview.host is not None:
        overview.outdated.clear()
        try:
            overview.show(await ui.inbox.statistics.read())
        except UserError as error:
            overview.fail(str(error))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(overview.outdated.wait(), REFRESH)


def _go_to(ui: Ui, spot: "Spot", figures: "Overview") -> None:
    if spot.conversation_id:
        model = ui.list.model
        if model is None or model.index_of(spot.conversation_id) < 0:
            ui.list.show_view("open")
        ui.thread.open(spot.conversation_id)
    elif spot.holds:
        ui.list.show_search(spot.query, spot.sort, figures.at)
    else:
        ui.notices.notify(texts.NO_CONVERSATIONS_THERE)
