"""Widths in terminal cells: measuring, cutting, padding and wrapping.

Widths are Rich's (`rich.cells`), the same that Textual lays out with, so what fits here fits on the screen.
"""

import re
from typing import Final

from rich.cells import cell_len, get_character_cell_size

from tui.text.spans import Line, Span, plain

__all__ = ["TAB", "cell_len", "expand_tabs", "line_len", "pad", "truncate", "wrap", "wrap_text"]

TAB: Final = 4
"""Cells between tab stops."""

# Characters that surely take one cell and combine with nothing: Latin, Greek, Cyrillic, dashes, quotes, arrows, boxes.
_NARROW = re.compile(
    "[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20c0\u2190-\u2193\u2500-\u25fc]*"
)
# A breakable piece: an ideograph or kana with the punctuation that must not start a line, else all up to a space.
_IDEOGRAPHS = "\u2e80-\u2fff\u3003-\u3007\u3012-\u3013\u3021-\u30ff\u3100-\u9fff\uf900-\ufaff"
_CLOSING = "\u3001\u3002\uff0c\uff0e\uff01\uff1f\uff09\u300d\u300f\u3011\u3015\u30fc"
_PIECES = f"[{_IDEOGRAPHS}][{_CLOSING}]*|[^ {_IDEOGRAPHS}]+"  # compiled by the first line that is wrapped
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")


def truncate(text: str, cells: int, ellipsis: str = "…") -> str:
    """The start of `text` in at most `cells` cells, ending in `ellipsis` when something was cut.

    No wide character is halved: the result may be a cell short.
    """
    if cells <= 0:
        return ""
    if text.isascii():
        if len(text) <= cells:
            return text
    elif cell_len(text) <= cells:
        return text
    room = cells - cell_len(ellipsis)
    if room <= 0:
        return ellipsis[:cells] if ellipsis.isascii() or cells >= cell_len(ellipsis) else ""
    if _NARROW.fullmatch(text):
        return text[:room].rstrip(" ") + ellipsis
    return text[: _fit(text, 0, len(text), room)].rstrip(" ") + ellipsis


def pad(text: str, cells: int, ellipsis: str = "…") -> str:
    """`text` in exactly `cells` cells: filled with spaces, or truncated with `ellipsis`."""
    if text.isascii() and len(text) <= cells:
        return text.ljust(cells)
    text = truncate(text, cells, ellipsis)
    return text + " " * (cells - cell_len(text))


def line_len(line: Line) -> int:
    """The width of `line` in cells."""
    return cell_len(plain(line))


def expand_tabs(line: Line) -> Line:
    """`line` with tabs as spaces, to the next multiple of `TAB` cells."""
    out: list[Span] = []
    column = 0
    for span in line:
        pieces: list[str] = []
        for position, piece in enumerate(span.text.split("\t")):
            if position:
                fill = TAB - column % TAB
                pieces.append(" " * fill)
                column += fill
            pieces.append(piece)
            column += cell_len(piece)
        out.append(span._replace(text="".join(pieces)))
    return tuple(out)


def wrap(line: Line, width: int) -> list[Line]:
    """`line` broken at spaces into lines of at most `width` cells; styles carry over the break.

    Words longer than a line are broken, never inside a wide character or a joined cluster. Spaces at a break are
    dropped, leading ones kept. A \\n inside breaks too. `width` below 2 counts as 2, the widest character there is. An
    empty line stays one empty line.
    """
    width = max(width, 2)
    text = plain(line)
    if len(text) * 2 <= width and "\n" not in text and "\t" not in text:
        return [line]
    if "\t" in text or "\n" in text:
        wrapped: list[Line] = []
        for piece in _split_lines(line):
            spread = expand_tabs(piece)
            wrapped += _slice(spread, _breaks(plain(spread), width))
        return wrapped
    return _slice(line, _breaks(text, width))


def wrap_text(text: str, width: int) -> list[str]:
    """`text` broken as `wrap` does, for text with one style."""
    return [plain(line) for line in wrap((Span(text),), width)]


def _split_lines(line: Line) -> list[Line]:
    lines: list[list[Span]] = [[]]
    for span in line:
        for position, piece in enumerate(span.text.split("\n")):
            if position:
                lines.append([])
            if piece:
                lines[-1].append(span._replace(text=piece))
    return [tuple(pieces) for pieces in lines]


def _slice(line: Line, breaks: list[tuple[int, int]]) -> list[Line]:
    """`line` cut at offsets into its text; the offsets ascend."""
    if len(breaks) == 1 and breaks[0] == (0, sum([len(span.text) for span in line])):
        return [line]
    if len(line) == 1:
        text, marks, href = line[0]
        return [(Span(text[start:end], marks, href),) if end > start else () for start, end in breaks]
    lines: list[Line] = []
    index = offset = 0
    for start, end in breaks:
        pieces: list[Span] = []
        while index < len(line):
            text, marks, href = line[index]
            stop = offset + len(text)
            piece = text[max(start - offset, 0) : end - offset] if end > offset else ""
            if piece:
                pieces.append(Span(piece, marks, href))
            if stop > end:
                break
            index += 1
            offset = stop
        lines.append(tuple(pieces))
    return lines


def _breaks(text: str, width: int) -> list[tuple[int, int]]:
    """Where to cut `text` (no \\n, no \\t): start and end offset of each line."""
    if text.isascii() or _NARROW.fullmatch(text):
        return _narrow_breaks(text, width)
    if cell_len(text) <= width:
        return [(0, len(text))]
    return _wide_breaks(text, width)


def _narrow_breaks(text: str, width: int) -> list[tuple[int, int]]:
    breaks: list[tuple[int, int]] = []
    start, size = 0, len(text)
    while size - start > width:
        cut = text.rfind(" ", start, start + width + 1)
        end = cut
        while end > start and text[end - 1] == " ":
            end -= 1
        if end <= start:  # no word fits before the edge
            breaks.append((start, start + width))
            start += width
        else:
            breaks.append((start, end))
            start = cut
        while start < size and text[start] == " ":
            start += 1
    if start < size or not breaks:
        breaks.append((start, size))
    return breaks


def _wide_breaks(text: str, width: int) -> list[tuple[int, int]]:
    breaks: list[tuple[int, int]] = []
    start = end = 0
    for piece in re.finditer(_PIECES, text):
        first, last = piece.span()
        if cell_len(text[start:last]) <= width:
            end = last
            continue
        if end > start:
            breaks.append((start, end))
            start = first
        elif first > start and breaks:
            start = first
        while cell_len(text[start:last]) > width:
            cut = _fit(text, start, last, width)
            breaks.append((start, cut))
            start = cut
        end = last
    if end > start or not breaks:
        breaks.append((start, end))
    return breaks


def _fit(text: str, start: int, end: int, cells: int) -> int:
    """The offset up to which whole clusters of `text[start:end]` fit into `cells`; at least one cluster when >= 2."""
    used = 0
    at = start
    while at < end:
        after, size = _cluster(text, at, end)
        if used + size > cells:
            break
        used += size
        at = after
    return at


def _cluster(text: str, start: int, end: int) -> tuple[int, int]:
    """End offset and width of the cluster at `start`: a character and what joins it without needing a third cell."""
    at = start + 1
    size = cell_len(text[start:at])
    while at < end:
        char = text[at]
        joins = (
            get_character_cell_size(char) == 0
            or text[at - 1] == "\u200d"
            or _SKIN.match(char)
            or (at == start + 1 and _FLAG.match(char) and _FLAG.match(text[start]))
        )
        if not joins:
            break
        grown = cell_len(text[start : at + 1])
        if grown > 2:
            break
        at, size = at + 1, grown
    return at, size
