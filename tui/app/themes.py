"""The themes, and the palette of ready styles that the panes draw with.

A pane never parses a colour while it draws: `palette` resolves a theme once and keeps it. Our own variables (`note-bg`,
`heat-3`, …) are in each theme's `variables`; for a theme that is not ours they are made from its basic colours.
"""

from functools import lru_cache
from typing import Final, NamedTuple

import msgspec
from rich.style import Style
from textual.app import App, ReturnType
from textual.color import Color
from textual.theme import Theme

from tui.app.colours import CONTRAST, DUSK, FROST, INK, MONO, PAPER, TERMINAL, TERMINAL_LIGHT

DARK_THEME: Final = "ink"
LIGHT_THEME: Final = "paper"
TERMINAL_THEME: Final = "terminal"
TERMINAL_LIGHT_THEME: Final = "terminal-light"
NO_COLOR_THEME: Final = "mono"


class DarkLight(NamedTuple):
    """Two themes that differ in the background that they are made for."""

    dark: str
    light: str

    def of(self, *, is_light: bool) -> str:
        """The one for such a background."""
        return self.light if is_light else self.dark


COLOURED: Final = DarkLight(DARK_THEME, LIGHT_THEME)
PLAIN: Final = DarkLight(TERMINAL_THEME, TERMINAL_LIGHT_THEME)
"""What low bandwidth takes: the names of sixteen colours are short."""


def _theme(name: str, colours: dict[str, str], *, dark: bool = True, ansi: bool = False) -> Theme:
    panel = colours["line"] if not ansi else "ansi_default"
    variables = dict(colours)
    variables |= {
        "block-cursor-background": colours["accent"],
        "block-cursor-foreground": colours["bg"] if not ansi else "ansi_black",
        "block-cursor-text-style": "none",
        "border": colours["accent"],
        "border-blurred": colours["line"],
        "footer-key-foreground": colours["accent"],
        "input-cursor-background": colours["cursor"],
        "input-cursor-foreground": colours["bg"] if not ansi else "ansi_black",
        "scrollbar": colours["line"],
        "scrollbar-background": colours["bg"],
    }
    if colours is not TERMINAL and ansi:
        variables |= {"input-cursor-text-style": "reverse", "block-cursor-text-style": "reverse"}
    if ansi:  # Textual's own style sheets name these two, but its ANSI themes leave them out
        variables |= {"ansi-background": "transparent", "ansi-foreground": "transparent"}
    return Theme(
        name=name,
        primary=colours["accent"],
        secondary=colours["admin"],
        accent=colours["accent"],
        warning=colours["warn"],
        error=colours["err"],
        success=colours["ok"],
        foreground=colours["fg"],
        background=colours["bg"],
        surface=colours["head"],
        panel=panel,
        dark=dark,
        ansi=ansi,
        variables=variables,
    )


THEMES: Final = (
    _theme("ink", INK),
    _theme("dusk", DUSK),
    _theme("paper", PAPER, dark=False),
    _theme("frost", FROST, dark=False),
    _theme("contrast", CONTRAST),
    _theme("terminal", TERMINAL, ansi=True),
    _theme("terminal-light", TERMINAL_LIGHT, dark=False, ansi=True),
    _theme("mono", MONO, ansi=True),
)
"""`ink` and `dusk` are dark, `paper` and `frost` light, `contrast` is for tired eyes and bad screens; `terminal` and
`terminal-light` have the terminal's own 16 colours, for a dark and a light background.

`mono` has none at all: bold, reverse and underline say what colours say elsewhere."""

AUTOMATIC: Final = "auto"
"""The theme of the settings that is dark or light as the terminal is."""

CHOICES: Final = (
    (AUTOMATIC, "dark or light as the terminal is"),
    ("ink", "dark, blue"),
    ("dusk", "dark, warm"),
    ("paper", "light, warm"),
    ("frost", "light, cool"),
    ("contrast", "black and white"),
    ("terminal", "the terminal's colours, dark background"),
    ("terminal-light", "the terminal's colours, light background"),
    ("mono", "no colour"),
)
"""Every theme with what it is like."""

_OURS: Final = {theme.name: theme.variables for theme in THEMES}


def register(app: App[ReturnType]) -> None:
    """Make our themes known to `app`; set `app.theme` afterwards."""
    for theme in THEMES:
        app.register_theme(theme)


def variable_defaults() -> dict[str, str]:
    """Our variables with the dark theme's values, for `App.get_theme_variable_defaults`: a style sheet that names
    them stays valid under a theme that is not ours."""
    return dict(INK)


class Palette(msgspec.Struct, frozen=True):
    """Ready styles, each with the pane's background unless its name says otherwise.

    `colours` maps our variable names to colours, for the few places that set a widget's own styles.
    """

    colours: dict[str, Color]
    text: Style
    bright: Style
    bold: Style
    muted: Style
    faint: Style
    line: Style
    accent: Style
    cursor: Style
    cursor_text: Style
    bar: Style
    bar_blurred: Style
    unread: Style
    customer: Style
    admin: Style
    bot: Style
    note: Style
    note_bar: Style
    note_label: Style
    note_text: Style
    note_muted: Style
    bot_label: Style
    reply: Style
    reply_label: Style
    link: Style
    code: Style
    tag: Style
    heading: Style
    ok: Style
    warn: Style
    err: Style
    err_label: Style
    warn_label: Style
    head: Style
    head_title: Style
    head_focus: Style
    head_muted: Style
    heat: tuple[Style, Style, Style, Style, Style]
    ansi: bool

    def on_head(self, style: Style) -> Style:
        """`style` on the background of a title line."""
        return style + Style(bgcolor=self.head.bgcolor)


def palette(app: App[ReturnType]) -> Palette:
    """The styles of the theme that `app` shows now; resolved once a theme."""
    return _resolve(app.theme) if app.theme in _OURS else _foreign(app.theme, tuple(app.theme_variables.items()))


@lru_cache(maxsize=8)
def _resolve(name: str) -> Palette:
    colours = {key: Color.parse(_OURS[name][key]) for key in INK}
    return _build(colours, ansi=any(theme.name == name and theme.ansi for theme in THEMES))


@lru_cache(maxsize=8)
def _foreign(_name: str, variables: tuple[tuple[str, str], ...]) -> Palette:
    """A palette for a theme of Textual's or a user's: ours, drawn from its basic colours."""
    known = dict(variables)

    def parse(key: str, fallback: str) -> Color:
        value = known.get(key, fallback)
        return Color.parse(value if not value.startswith("auto") else fallback)

    bg, fg = parse("background", "#14171d"), parse("foreground", "#d3d8e1")
    if bg.ansi is not None or fg.ansi is not None:
        return _resolve("terminal")
    accent, warn = parse("primary", "#7fb0ff"), parse("warning", "#e3b56b")
    err, ok = parse("error", "#f2786b"), parse("success", "#86c98f")
    second = parse("secondary", "#8fb4f5")
    special = parse("accent", "#c3a6f2")
    muted = bg.blend(fg, 0.62)
    colours = {
        "bg": bg,
        "head": bg.blend(fg, 0.05),
        "fg": fg,
        "bright": fg,
        "muted": muted,
        "faint": bg.blend(fg, 0.38),
        "line": bg.blend(fg, 0.18),
        "accent": accent,
        "cursor": accent.blend(fg, 0.3),
        "cursor-bg": bg.blend(accent, 0.18),
        "unread": accent,
        "customer": ok,
        "admin": accent.blend(second, 0.3),
        "bot": special,
        "note": warn,
        "note-line": warn,
        "note-text": fg.blend(warn, 0.2),
        "note-bg": bg.blend(warn, 0.13),
        "reply": accent,
        "reply-bg": bg.blend(accent, 0.08),
        "heat-0": muted,
        "heat-1": muted.blend(warn, 0.5),
        "heat-2": warn,
        "heat-3": warn.blend(err, 0.5),
        "heat-4": err,
        "ok": ok,
        "warn": warn,
        "err": err,
        "link-fg": accent,
        "code": warn.blend(fg, 0.5),
        "code-bg": bg.blend(fg, 0.07),
        "tag": special,
    }
    return _build(colours, ansi=False)


_WITHOUT_COLOUR: Final = {
    "muted": Style(dim=True),
    "faint": Style(dim=True),
    "line": Style(dim=True),
    "heat-0": Style(dim=True),
    "heat-3": Style(bold=True),
    "heat-4": Style(bold=True, underline=True),
    "warn": Style(bold=True),
    "err": Style(bold=True),
}
"""What is said by attributes (ECMA-48, SGR 1, 2 and 4) where few of the terminal's own colours can be read."""


def _build(colours: dict[str, Color], *, ansi: bool) -> Palette:
    rich = {key: colour.rich_color for key, colour in colours.items()}

    def style(key: str, on: str = "bg", *, bold: bool | None = None, underline: bool | None = None) -> Style:
        made = Style(color=rich[key], bgcolor=rich[on], bold=bold, underline=underline)
        return made + _WITHOUT_COLOUR[key] if ansi and key in _WITHOUT_COLOUR else made

    def label(key: str) -> Style:
        return Style(bold=True, reverse=True) if ansi else style("bg", key, bold=True)

    def at_cursor(key: str, *, bold: bool | None = None) -> Style:
        return Style(bold=bold, reverse=True) if ansi else style(key, "cursor-bg", bold=bold)

    return Palette(
        colours=colours,
        text=style("fg"),
        bright=style("bright"),
        bold=style("bright", bold=True),
        muted=style("muted"),
        faint=style("faint"),
        line=style("line"),
        accent=style("accent", bold=ansi or None),
        cursor=at_cursor("cursor", bold=True),
        cursor_text=at_cursor("cursor"),
        bar=style("accent"),
        bar_blurred=style("faint"),
        unread=style("unread"),
        customer=style("customer", bold=True),
        admin=style("admin", bold=True),
        bot=style("bot", bold=True),
        note=style("note", "note-bg", bold=True),
        note_bar=style("note-line", "note-bg", bold=True),
        note_label=label("note"),
        note_text=style("note-text", "note-bg"),
        note_muted=style("note", "note-bg"),
        bot_label=style("bot"),
        reply=style("reply", "reply-bg", bold=True),
        reply_label=label("reply"),
        link=style("link-fg", underline=True),
        code=style("code", "code-bg"),
        tag=style("tag"),
        heading=style("muted", bold=True),
        ok=style("ok"),
        warn=style("warn"),
        err=style("err"),
        err_label=label("err"),
        warn_label=label("warn"),
        head=style("fg", "head"),
        head_title=style("bright", "head", bold=True),
        head_focus=style("accent", "head", bold=True) + Style(reverse=ansi or None),
        head_muted=style("muted", "head"),
        heat=(
            style("heat-0"),
            style("heat-1"),
            style("heat-2"),
            style("heat-3"),
            style("heat-4", bold=True),
        ),
        ansi=ansi,
    )
