"""A terminal's picture made small: in what Rich exports, each run of a colour is an element of its own."""

import re

_RECTANGLE = re.compile(
    r'<rect fill="(#[0-9a-f]{6})" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" '
    r'shape-rendering="crispEdges"/>'
)
_ROW = 0.01
"""How far two numbers (pixels) may be apart that mean the same place: they are sums of a cell's width of 12.2."""


def compact(svg: str) -> str:
    """`svg` of `App.export_screenshot`, drawn the same with fewer bytes; it fetches nothing when somebody looks at it.

    Neighbouring backgrounds of one colour become one rectangle, blanks and names are written short, and the fonts
    that would be loaded from the network are left out.
    """
    svg = re.sub(r"@font-face\s*{[^}]*}", "", svg)
    svg = re.sub(r"font-family:\s*Fira Code[^;]*;", "font-family: 'DejaVu Sans Mono', Menlo, Consolas, monospace;", svg)
    svg = re.sub(r"terminal-\d+-", "t-", svg).replace("&#160;", "\u00a0")
    # each line is cut to its own height already by what is drawn below it
    svg = re.sub(r'<clipPath id="t-line-\d+">.*?</clipPath>', "", svg, flags=re.DOTALL)
    svg = re.sub(r' clip-path="url\(#t-line-\d+\)"', "", svg)
    svg = re.sub(rf"{_RECTANGLE.pattern}(?:{_RECTANGLE.pattern})+", lambda found: _joined(found[0]), svg)
    return re.sub(r"\n\s*\n+", "\n", svg)


def _joined(rectangles: str) -> str:
    """`rectangles` of one or more rows, those that touch and have one colour drawn as one."""
    out: list[list[float | str]] = []
    for fill, *numbers in _RECTANGLE.findall(rectangles):
        x, y, width, height = map(float, numbers)
        if out and out[-1][0] == fill and out[-1][2] == y and abs(float(out[-1][1]) + float(out[-1][3]) - x) < _ROW:
            out[-1][3] = x + width - float(out[-1][1])
        else:
            out.append([fill, x, y, width, height])
    return "".join(
        f'<rect fill="{fill}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" shape-rendering="crispEdges"/>'
        for fill, x, y, width, height in out
    )
