"""Starting the screen: settings become an application, the application becomes an exit code."""

import codecs
import gc
import locale
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tui.app.app import InboxApp
from tui.app.commands import all_commands
from tui.app.keys.registry import Registry
from tui.app.options import UiOptions
from tui.app.terminal.background import guess_is_light
from tui.app.terminal.bounds import bound_caches, keep_heap_whole
from tui.app.terminal.options import TerminalOptions
from tui.app.terminal.terminal_app import run as run_in_terminal
from tui.app.themes import AUTOMATIC, COLOURED, NO_COLOR_THEME, PLAIN, THEMES
from tui.app.widgets.lines import Appearance
from tui.config.access import Access
from tui.config.errors import ConfigError, did_you_mean
from tui.config.resolve import Profile
from tui.config.settings import Settings
from tui.config.timezone import reader_zone
from tui.config.token import known_secrets
from tui.model.labels import settings_errors

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox

WEB = {"us": "https://app.intercom.com", "eu": "https://app.eu.intercom.com", "au": "https://app.au.intercom.com"}
"""Where teammates use Intercom in a browser, by region."""

_COLLECT = (20_000, 20, 50)
"""Allocations between collections of the youngest objects, and how many of these between the older ones' (Python's own
choice is 700, 10, 10). A painted line is some 20 objects."""


def build(
    inbox: "Inbox",
    settings: Settings,
    *,
    profile: str = "",
    access: Access | None = None,
    low_bandwidth: bool | None = None,
    diff: bool = True,
    crash_report: Path | None = None,
    secrets: Callable[[], list[str]] | None = None,
    on_shown: Callable[[], None] | None = None,
    environ: Mapping[str, str] = os.environ,
) -> InboxApp:
    """The application for these settings. `low_bandwidth` None leaves it to the settings.

    Raises `ConfigError` for an unknown theme and for keys that cannot work.
    """
    slow = wants_low_bandwidth(settings, environ) if low_bandwidth is None else low_bandwidth
    chosen = settings.profile(profile)
    zone = reader_zone(chosen.timezone, environ)
    ascii_only = wants_ascii(settings, environ)
    colourless = bool(environ.get("NO_COLOR"))
    named = NO_COLOR_THEME if colourless else theme_name(settings.ui.theme)
    theme = named or kept_theme(inbox)
    automatic = None if theme else PLAIN if slow else COLOURED
    terminal_options = TerminalOptions(
        diff=diff,
        colors="none" if colourless else "auto",
        mouse=settings.ui.mouse,
        low_bandwidth=slow,
        background=automatic is not None,
        crash_report=crash_report,
        secrets=secrets or _none,
    )
    return InboxApp(
        inbox,
        Registry(all_commands(), settings.keys, plain=ascii_only),
        options=UiOptions(
            advance=settings.ui.advance == "next",
            confirm_quit=settings.ui.confirm_quit,
            low_bandwidth=slow,
            macros=settings.macros,
            web=WEB[chosen.region],
            theme_is_set=bool(named),
            access=access or Access(),
            zone=zone,
        ),
        appearance=Appearance(
            ascii_only=ascii_only, low_bandwidth=slow, zone=zone, row=settings.ui.row, density=settings.ui.density
        ),
        theme=theme if automatic is None else automatic.of(is_light=guess_is_light(environ)),
        automatic=automatic,
        age_refresh=float(settings.ui.age_refresh),
        terminal_options=terminal_options,
        on_shown=on_shown,
    )


def run(inbox: "Inbox", profile: Profile, *, diff: bool = True) -> int:
    """Show the inbox until somebody leaves; the exit code for the shell. Raises `ConfigError` as `build` does.

    Garbage collection is off until the first paint: nothing made so far is garbage, and looking for some took a fifth
    of the start. What is there then stays, so later collections need not walk it, and they come less often: a key that
    met one took half a frame longer.
    """
    gc.disable()
    return run_in_terminal(
        build(
            inbox,
            profile.settings,
            access=profile.access,
            diff=diff,
            crash_report=None if profile.throwaway else profile.paths.log / "crash.txt",
            secrets=known_secrets,
            on_shown=_collect_seldom,
        )
    )


def _collect_seldom() -> None:
    bound_caches()
    keep_heap_whole()
    gc.freeze()
    gc.set_threshold(*_COLLECT)
    gc.enable()


def wants_low_bandwidth(settings: Settings, environ: Mapping[str, str]) -> bool:
    """As the settings say; ``auto`` means over SSH."""
    if settings.ui.low_bandwidth == "auto":
        return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
    return settings.ui.low_bandwidth == "on"


def wants_ascii(settings: Settings, environ: Mapping[str, str]) -> bool:
    """As the settings say; ``auto`` means where the locale cannot write the signs, or the console has no font."""
    if settings.ui.glyphs == "auto":
        encoding = locale.getpreferredencoding(False)
        try:
            name = codecs.lookup(encoding).name
        except LookupError:
            name = ""
        # Python takes the C locale for UTF-8; who sets it for everything wants plain signs.
        plain = environ.get("LC_ALL", "") in ("C", "POSIX")
        return plain or name != "utf-8" or environ.get("TERM", "") in ("linux", "dumb", "vt100")
    return settings.ui.glyphs == "ascii"


def theme_name(name: str) -> str:
    """The theme of the settings, "" where the terminal decides. Raises `ConfigError` for one that is not there."""
    if name in (AUTOMATIC, "default"):  # "default" is what settings of earlier versions say
        return ""
    known = _known_themes()
    if name not in known:
        raise ConfigError(settings_errors.NO_THEME.format(theme=name, hint=did_you_mean(name, known)))
    return name


def kept_theme(inbox: "Inbox") -> str:
    """The theme that was chosen on the screen and is still there, "" for none."""
    name = inbox.preference("theme")
    return name if name and name in _known_themes() else ""


def _known_themes() -> list[str]:
    from textual.theme import BUILTIN_THEMES

    return [AUTOMATIC, *(theme.name for theme in THEMES), *BUILTIN_THEMES]


def _none() -> list[str]:
    return []
