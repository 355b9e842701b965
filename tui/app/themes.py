"""The colours: four themes, and the palette of ready styles that the panes draw with.

A pane never parses a colour while it draws: `palette` resolves a theme once and keeps it. Our own variables (`note-bg`,
`heat-3`, …) are in each theme's `variables`; for a theme that is not ours they are made from its basic colours.
"""

from functools import lru_cache
from typing import Final

import msgspec
from rich.style import Style
from textual.app import App, ReturnType
from textual.color import Color
from textual.theme import Theme

DEFAULT_THEME: Final = "ink"
LOW_BANDWIDTH_THEME: Final = "terminal"
NO_COLOR_THEME: Final = "mono"

_INK: Final = {
    "bg": "#14171d",
    "head": "#1a1e26",
    "fg": "#d3d8e1",
    "bright": "#f2f5fa",
    "muted": "#8d96a6",
    "faint": "#677284",
    "line": "#29303b",
    "accent": "#7fb0ff",
    "cursor": "#b5d2ff",
    "cursor-bg": "#1f2a3f",
    "unread": "#6cc7ff",
    "customer": "#9bd3a6",
    "admin": "#8fb4f5",
    "bot": "#c3a6f2",
    "note": "#e3b56b",
    "note-text": "#e9dcbe",
    "note-bg": "#282319",
    "reply": "#7fb0ff",
    "reply-bg": "#171d29",
    "heat-0": "#8d96a6",
    "heat-1": "#b3ac93",
    "heat-2": "#d2b277",
    "heat-3": "#e69a5e",
    "heat-4": "#f2786b",
    "ok": "#86c98f",
    "warn": "#e3b56b",
    "err": "#f2786b",
    "link-fg": "#78c4e8",
    "code": "#d8c3a5",
    "code-bg": "#1e232c",
}
_PAPER: Final = {
    "bg": "#fbfaf6",
    "head": "#f0eee7",
    "fg": "#262b34",
    "bright": "#0d1117",
    "muted": "#666e7b",
    "faint": "#8b919b",
    "line": "#dfdcd2",
    "accent": "#2459c4",
    "cursor": "#1748b0",
    "cursor-bg": "#dfe8fb",
    "unread": "#1677c9",
    "customer": "#22713c",
    "admin": "#2a56ad",
    "bot": "#7541b8",
    "note": "#9a6200",
    "note-text": "#4d3a12",
    "note-bg": "#fdf0cf",
    "reply": "#2459c4",
    "reply-bg": "#eef3fc",
    "heat-0": "#666e7b",
    "heat-1": "#7d6a35",
    "heat-2": "#96640c",
    "heat-3": "#b34d0c",
    "heat-4": "#c22a2a",
    "ok": "#237a3b",
    "warn": "#96640c",
    "err": "#c22a2a",
    "link-fg": "#0b6b8f",
    "code": "#7a4a12",
    "code-bg": "#f1eee4",
}
_CONTRAST: Final = {
    "bg": "#000000",
    "head": "#1c1c1c",
    "fg": "#ffffff",
    "bright": "#ffffff",
    "muted": "#d0d0d0",
    "faint": "#a8a8a8",
    "line": "#808080",
    "accent": "#5fd7ff",
    "cursor": "#ffff5f",
    "cursor-bg": "#3a3a00",
    "unread": "#5fd7ff",
    "customer": "#87ff87",
    "admin": "#87d7ff",
    "bot": "#ffafff",
    "note": "#ffd75f",
    "note-text": "#ffffd7",
    "note-bg": "#3a3000",
    "reply": "#5fd7ff",
    "reply-bg": "#00202e",
    "heat-0": "#d0d0d0",
    "heat-1": "#ffffaf",
    "heat-2": "#ffd75f",
    "heat-3": "#ffaf5f",
    "heat-4": "#ff8787",
    "ok": "#87ff87",
    "warn": "#ffd75f",
    "err": "#ff8787",
    "link-fg": "#87ffff",
    "code": "#ffd7af",
    "code-bg": "#262626",
}
_TERMINAL: Final = {
    "bg": "ansi_default",
    "head": "ansi_default",
    "fg": "ansi_default",
    "bright": "ansi_default",
    "muted": "ansi_bright_black",
    "faint": "ansi_bright_black",
    "line": "ansi_bright_black",
    "accent": "ansi_cyan",
    "cursor": "ansi_cyan",
    "cursor-bg": "ansi_default",
    "unread": "ansi_cyan",
    "customer": "ansi_green",
    "admin": "ansi_blue",
    "bot": "ansi_magenta",
    "note": "ansi_yellow",
    "note-text": "ansi_yellow",
    "note-bg": "ansi_default",
    "reply": "ansi_cyan",
    "reply-bg": "ansi_default",
    "heat-0": "ansi_bright_black",
    "heat-1": "ansi_default",
    "heat-2": "ansi_yellow",
    "heat-3": "ansi_yellow",
    "heat-4": "ansi_red",
    "ok": "ansi_green",
    "warn": "ansi_yellow",
    "err": "ansi_red",
    "link-fg": "ansi_cyan",
    "code": "ansi_default",
    "code-bg": "ansi_default",
}
_MONO: Final = dict.fromkeys(_TERMINAL, "ansi_default")


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
    if colours is _MONO:
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
    _theme("ink", _INK),
    _theme("paper", _PAPER, dark=False),
    _theme("contrast", _CONTRAST),
    _theme("terminal", _TERMINAL, ansi=True),
    _theme("mono", _MONO, ansi=True),
)
"""`ink` dark, `paper` light, `contrast` for tired eyes and bad screens, `terminal` the terminal's own 16 colours.

`mono` has none at all: bold, reverse and underline say what colours say elsewhere."""

_OURS: Final = {theme.name: theme.variables for theme in THEMES}


def register(app: App[ReturnType]) -> None:
    """Make our themes known to `app`; set `app.theme` afterwards."""
    for theme in THEMES:
        app.register_theme(theme)


def variable_defaults() -> dict[str, str]:
    """Our variables with the dark theme's values, for `App.get_theme_variable_defaults`: a style sheet that names
    them stays valid under a theme that is not ours."""
    return dict(_INK)


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
    bar: Style
    bar_blurred: Style
    unread: Style
    customer: Style
    admin: Style
    bot: Style
    note: Style
    note_label: Style
    note_text: Style
    note_muted: Style
    bot_label: Style
    reply: Style
    reply_label: Style
    link: Style
    code: Style
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
    colours = {key: Color.parse(_OURS[name][key]) for key in _INK}
    return _build(colours, ansi=name in (LOW_BANDWIDTH_THEME, NO_COLOR_THEME), mono=name == NO_COLOR_THEME)


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
    }
    return _build(colours, ansi=False)


def _build(colours: dict[str, Color], *, ansi: bool, mono: bool = False) -> Palette:
    rich = {key: colour.rich_color for key, colour in colours.items()}

    def style(
        key: str,
        on: str = "bg",
        *,
        bold: bool | None = None,
        reverse: bool | None = None,
        underline: bool | None = None,
    ) -> Style:
        return Style(color=rich[key], bgcolor=rich[on], bold=bold, reverse=reverse, underline=underline)

    def label(key: str) -> Style:
        return style(key, "bg", bold=True, reverse=True) if ansi else style("bg", key, bold=True)

    return Palette(
        colours=colours,
        text=style("fg"),
        bright=style("bright"),
        bold=style("bright", bold=True),
        muted=style("muted"),
        faint=style("faint"),
        line=style("line"),
        accent=style("accent"),
        cursor=style("cursor", "cursor-bg", bold=True, reverse=mono or None),
        bar=style("accent"),
        bar_blurred=style("faint"),
        unread=style("unread"),
        customer=style("customer", bold=True),
        admin=style("admin", bold=True),
        bot=style("bot", bold=True),
        note=style("note", "note-bg", bold=True),
        note_label=label("note"),
        note_text=style("note-text", "note-bg"),
        note_muted=style("note", "note-bg"),
        bot_label=style("bot"),
        reply=style("reply", "reply-bg", bold=True),
        reply_label=label("reply"),
        link=style("link-fg", underline=True),
        code=style("code", "code-bg"),
        ok=style("ok"),
        warn=style("warn"),
        err=style("err"),
        err_label=label("err"),
        warn_label=label("warn"),
        head=style("fg", "head"),
        head_title=style("bright", "head", bold=True),
        head_focus=style("accent", "head", bold=True, reverse=mono or None),
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
