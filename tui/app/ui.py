"""What a command acts through: the inbox, and one controller for each part of the screen."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from tui.app.controllers.actions import ActionController
from tui.app.controllers.background import BackgroundTasks
from tui.app.controllers.composer import ComposerController
from tui.app.controllers.contact import ContactController
from tui.app.controllers.dialogs import DialogController
from tui.app.controllers.list import ListController
from tui.app.controllers.notices import Notices
from tui.app.controllers.panes import PaneController
from tui.app.controllers.programs import Programs
from tui.app.controllers.seen import SeenController
from tui.app.controllers.target import Target
from tui.app.controllers.thread import ThreadController
from tui.app.keys.command import Command
from tui.app.keys.registry import Registry
from tui.app.options import UiOptions
from tui.app.state import ScreenState

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox


class Ui(msgspec.Struct, frozen=True):
    """The screen as commands see it."""

    inbox: "Inbox"
    """Conversations, contacts, actions: all that is not screen."""
    registry: Registry
    """Every command, with its keys."""
    options: UiOptions
    state: ScreenState
    """What a person is doing; for commands to read."""
    target: Target
    """What an action means now, by what is on the screen."""
    list: ListController
    thread: ThreadController
    seen: SeenController
    contact: ContactController
    composer: ComposerController
    actions: ActionController
    panes: PaneController
    dialogs: DialogController
    notices: Notices
    background: BackgroundTasks
    programs: Programs
    now: Callable[[], datetime]
    """The time, in the zone of whoever sits here."""
    run: Callable[[Command], Awaitable[None]]
    """Runs a command as its key would, with all that may refuse it."""
    is_possible: Callable[[Command], bool]
    """Whether a command could be run now."""

    def link(self, conversation_id: str) -> str:
        """Where Intercom shows a conversation to teammates."""
        from urllib.parse import quote

        workspace = quote(self.inbox.workspace_id or "_", safe="")
        return f"{self.options.web}/a/inbox/{workspace}/inbox/conversation/{quote(conversation_id, safe='')}"
