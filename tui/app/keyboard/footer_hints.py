"""The keys that the footer names: those of the pane, of what may follow a key, or none while a dialog names its own."""

from tui.app.layout import Layout
from tui.app.ui import Ui
from tui.model.labels import texts

_State = tuple[str, str, bool, bool, int]
_UNKNOWN: _State = ("", "", False, False, 0)


class FooterHints:
    """Keeps the footer at what the keys mean now; looks nothing up while that is the same."""

    def __init__(self, ui: Ui, layout: Layout) -> None:
        self._ui = ui
        self._layout = layout
        self._shown = _UNKNOWN

    def update(self) -> None:
        """The keys that mean something may be others now."""
        ui, layout = self._ui, self._layout
        pane, selected = ui.state.pane, len(ui.list.view.selected)
        way_out = "unselect" if selected else texts.LEAVE_THE_SEARCH if ui.state.shown.view == "search" else ""
        covered = ui.dialogs.top is not None
        state = (pane, way_out if pane == "list" else "", bool(ui.target.ids), covered, selected)
        in_sight = layout.is_shown("list") or pane == "composer"
        layout.footer.set_state(f"{selected} selected" if selected and not in_sight else "")
        if state == self._shown:
            return
        self._shown = state
        if covered:  # a dialog has the keys, and names them on its own edge
            layout.footer.set_keys([])
            return
        hints = ui.registry.hints(pane, ui.is_possible)
        if state[1] and (key := ui.registry.key("move.back")):
            hints.insert(1, (key, way_out))
        layout.footer.set_keys(hints)

    def show_choices(self, choices: tuple[tuple[str, str], ...]) -> None:
        """Name (key, title) of what may follow the keys typed so far, until the next `update`."""
        self._layout.footer.set_keys(list(choices))
        self._shown = _UNKNOWN
