"""Partial updates that ask a widget only for the lines that changed.

For every partial update Textual asks each widget for all of its lines and then drops those that did not change: one
line of one pane cost seven widgets of forty lines. Here the lines on their way to the screen are asked for, front to
back, and a widget that lies wholly behind others is not asked at all: a key takes half the time.

Leans on `_dirty_regions`, `_regions_to_spans`, `cuts` and `visible_widgets` of `textual._compositor.Compositor` 8.2,
and on `Screen._compositor`.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip

__all__ = ["LineCompositor"]

_Chops = list[dict[int, Strip | None]]


class LineCompositor(Compositor):
    """A compositor whose partial updates cost what they change."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """What changed since the last update; None where nothing did."""
        regions = self._dirty_regions.copy()
        self._dirty_regions.clear()
        if not regions:
            return None
        height = self.size.height
        spans = [span for span in self._regions_to_spans(regions) if 0 <= span[0] < height]
        cuts = self.cuts
        changed = {y for y, _, _ in spans}
        chops: _Chops = [dict.fromkeys(line[:-1]) if y in changed else {} for y, line in enumerate(cuts)]
        for block in _blocks(spans):
            self._fill(chops, cuts, block)
        return ChopsUpdate(chops, spans, [line[1:] for line in cuts])

    def _fill(self, chops: _Chops, cuts: Sequence[list[int]], block: Region) -> None:
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            shown = seen.intersection(block)
            if not shown:
                continue
            first, last = seen.column_span
            if all(_is_covered(chops[y], cuts[y], shown) for y in shown.line_range):
                continue
            crop = Region(seen.x - region.x, shown.y - region.y, seen.width, shown.height)
            for y, strip in zip(shown.line_range, widget.render_lines(crop), strict=False):
                line = chops[y]
                own = [cut for cut in cuts[y] if first <= cut <= last]
                pieces = [strip] if len(own) <= 2 else strip.divide([cut - seen.x for cut in own[1:]])
                for cut, piece in zip(own, pieces, strict=False):
                    # what is in front was drawn first, and stays
                    if line.get(cut) is None:
                        line[cut] = piece


def _is_covered(line: dict[int, Strip | None], cuts: Sequence[int], shown: Region) -> bool:
    left, right = shown.column_span
    return all(line[cut] is not None for cut, end in pairwise(cuts) if end > left and cut < right)


def _blocks(spans: Iterable[tuple[int, int, int]]) -> list[Region]:
    """Spans (row, from column, to column) as few rectangles of adjacent rows around them."""
    rows: dict[int, tuple[int, int]] = {}
    for y, left, right in spans:
        x1, x2 = rows.get(y, (left, right))
        rows[y] = (min(x1, left), max(x2, right))
    blocks: list[Region] = []
    for y in sorted(rows):
        left, right = rows[y]
        last = blocks[-1] if blocks else None
        if last is not None and last.bottom == y and (last.x, last.right) == (left, right):
            blocks[-1] = Region(left, last.y, right - left, last.height + 1)
        else:
            blocks.append(Region(left, y, right - left, 1))
    return blocks
