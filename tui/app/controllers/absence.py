"""Why a thread or a contact is not there to be shown."""

from tui.app.widgets.lines import Appearance
from tui.inbox.situation import Absent, absent, connection_state
from tui.inbox.status import Status


def why_absent(status: Status, appearance: Appearance, *, loading: bool, came: bool, refused: bool = False) -> Absent:
    """`came` tells that it was fetched before, `refused` that Intercom will not give it."""
    return absent(connection_state(status, appearance.clock()), meant=True, loading=loading, came=came, refused=refused)
