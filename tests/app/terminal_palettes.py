"""The sixteen colours of common terminals as they come: background, foreground, and colours 0 to 15."""

from typing import NamedTuple

Rgb = tuple[int, int, int]


class TerminalPalette(NamedTuple):
    """One terminal's colours."""

    name: str
    is_light: bool
    background: Rgb
    foreground: Rgb
    colours: tuple[Rgb, ...]


def rgb(text: str) -> Rgb:
    """A colour of its hexadecimal digits."""
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def _palette(name: str, background: str, foreground: str, colours: str, *, is_light: bool = False) -> TerminalPalette:
    return TerminalPalette(
        name, is_light, rgb(background), rgb(foreground), tuple(rgb(colour) for colour in colours.split())
    )


_XTERM = (
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
)
_SOLARIZED = (
    "073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3"
)
PALETTES = (
    _palette("xterm", "000000", "e5e5e5", _XTERM),
    _palette("xterm on white", "ffffff", "000000", _XTERM, is_light=True),
    _palette("Solarized dark", "002b36", "839496", _SOLARIZED),
    _palette("Solarized light", "fdf6e3", "657b83", _SOLARIZED, is_light=True),
    _palette(
        "VS Code dark", "1e1e1e", "cccccc",
        "000000 cd3131 0dbc79 e5e510 2472c8 bc3fbc 11a8cd e5e5e5 666666 f14c4c 23d18b f5f543 3b8eea d670d6 29b8db e5e5e5",  # noqa: E501 - a row
    ),
    _palette(
        "VS Code light", "ffffff", "333333",
        "000000 cd3131 107c10 949800 0451a5 bc05bc 0598bc 555555 666666 cd3131 14ce14 b5ba00 0451a5 bc05bc 0598bc a5a5a5",  # noqa: E501 - a row
        is_light=True,
    ),
    _palette(
        "GNOME", "171421", "d0cfcc",
        "171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc 5e5c64 f66151 33d17a e9ad0c 2a7bde c061cb 33c7de ffffff",  # noqa: E501 - a row
    ),
    _palette(
        "Windows Terminal", "0c0c0c", "cccccc",
        "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc 767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",  # noqa: E501 - a row
    ),
    _palette(
        "macOS Terminal", "ffffff", "000000",
        "000000 990000 00a600 999900 0000b2 b200b2 00a6b2 bfbfbf 666666 e50000 00d900 e5e500 0000ff e500e5 00e5e5 e5e5e5",  # noqa: E501 - a row
        is_light=True,
    ),
    _palette(
        "gruvbox dark", "282828", "ebdbb2",
        "282828 cc241d 98971a d79921 458588 b16286 689d6a a89984 928374 fb4934 b8bb26 fabd2f 83a598 d3869b 8ec07c ebdbb2",  # noqa: E501 - a row
    ),
    _palette(
        "gruvbox light", "fbf1c7", "3c3836",
        "fbf1c7 cc241d 98971a d79921 458588 b16286 689d6a 7c6f64 928374 9d0006 79740e b57614 076678 8f3f71 427b58 3c3836",  # noqa: E501 - a row
        is_light=True,
    ),
    _palette(
        "Dracula", "282a36", "f8f8f2",
        "21222c ff5555 50fa7b f1fa8c bd93f9 ff79c6 8be9fd f8f8f2 6272a4 ff6e6e 69ff94 ffffa5 d6acff ff92df a4ffff ffffff",  # noqa: E501 - a row
    ),
)  # fmt: skip
