"""What of the settings the screen goes by."""

from collections.abc import Mapping
from datetime import tzinfo

import msgspec

from tui.config.access import Access
from tui.config.timezone import reader_zone


class UiOptions(msgspec.Struct, frozen=True):
    """How the screen behaves.

    `advance` goes on to the next conversation once one has left; `confirm_quit` asks before leaving even when
    nothing is unsent; `low_bandwidth` shows no thread before it is opened; `macros` are prepared texts (Markdown)
    by name; `web` is where Intercom's own inbox is; `theme_is_set` tells that the settings name a theme; `zone` the
    reader's time zone, with its rules.
    """

    advance: bool = True
    confirm_quit: bool = False
    low_bandwidth: bool = False
    macros: Mapping[str, str] = msgspec.field(default_factory=dict)
    web: str = "https://app.intercom.com"
    theme_is_set: bool = False
    access: Access = Access()
    zone: tzinfo = msgspec.field(default_factory=reader_zone)
