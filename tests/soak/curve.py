"""The samples as a picture: one chart below the other, an SVG of polylines, and a PNG."""

from collections.abc import Callable, Sequence
from pathlib import Path

from tests.soak.raster import Picture
from tests.soak.sample import Sample

_WIDTH, _HEIGHT, _LEFT, _GAP = 900, 130, 90, 34
_CHARTS: tuple[tuple[str, Callable[[Sample], float]], ...] = (
    ("own memory, MiB", lambda one: one.own / 1024),
    ("resident, MiB", lambda one: one.rss / 1024),
    ("descriptors", lambda one: float(one.descriptors)),
    ("threads", lambda one: float(one.threads)),
    ("store and log, MiB", lambda one: one.store / 2**20),
    ("to the terminal, MiB", lambda one: one.received / 2**20),
)


def svg(samples: Sequence[Sample]) -> str:
    """The charts, each from 0 to a little above its highest value, over simulated hours."""
    hours = max(one.hours for one in samples) or 1.0
    height = len(_CHARTS) * (_HEIGHT + _GAP) + 30
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" font-family="sans-serif" '
        f'font-size="12"><rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>'
    ]
    right = _WIDTH - 20
    for number, (title, value) in enumerate(_CHARTS):
        top = number * (_HEIGHT + _GAP) + 24
        most = max(max(value(one) for one in samples) * 1.1, 1.0)
        points = " ".join(
            f"{_LEFT + one.hours / hours * (right - _LEFT):.1f},{top + _HEIGHT * (1 - value(one) / most):.1f}"
            for one in samples
        )
        last = value(samples[-1])
        out += [
            f'<text x="{_LEFT}" y="{top - 6}" fill="#222222">{title}: {last:.1f} at the end</text>',
            f'<rect x="{_LEFT}" y="{top}" width="{right - _LEFT}" height="{_HEIGHT}" fill="none" stroke="#bbbbbb"/>',
            f'<text x="{_LEFT - 6}" y="{top + 10}" text-anchor="end" fill="#666666">{most:.0f}</text>',
            f'<text x="{_LEFT - 6}" y="{top + _HEIGHT}" text-anchor="end" fill="#666666">0</text>',
            f'<polyline points="{points}" fill="none" stroke="#0a5fb4" stroke-width="1.5"/>',
        ]
    for hour in range(int(hours) + 1):
        x = _LEFT + hour / hours * (right - _LEFT)
        out.append(f'<text x="{x:.0f}" y="{height - 10}" text-anchor="middle" fill="#666666">{hour} h</text>')
    return "\n".join([*out, "</svg>\n"])


def png(samples: Sequence[Sample]) -> bytes:
    """The same charts without their words: in this order, the highest value beside each, hours below."""
    hours = max(one.hours for one in samples) or 1.0
    picture = Picture(_WIDTH, len(_CHARTS) * (_HEIGHT + _GAP) + 30)
    right = _WIDTH - 20
    for number, (_title, value) in enumerate(_CHARTS):
        top = number * (_HEIGHT + _GAP) + 24
        most = max(max(value(one) for one in samples) * 1.1, 1.0)
        bottom = top + _HEIGHT
        picture.line([(_LEFT, top), (right, top), (right, bottom), (_LEFT, bottom), (_LEFT, top)], (187, 187, 187))
        picture.number(_LEFT - 50, top, round(most), (102, 102, 102))
        points = [
            (_LEFT + one.hours / hours * (right - _LEFT), top + _HEIGHT * (1 - value(one) / most)) for one in samples
        ]
        picture.line(points, (10, 95, 180))
        picture.line([(x, y + 1) for x, y in points], (10, 95, 180))
    for hour in range(int(hours) + 1):
        picture.number(round(_LEFT + hour / hours * (right - _LEFT)) - 3, picture.height - 20, hour, (102, 102, 102))
    return picture.png()


def draw(samples: Sequence[Sample], file: Path) -> None:
    """Write the SVG, and beside it the PNG."""
    file.write_text(svg(samples), encoding="utf-8")
    file.with_suffix(".png").write_bytes(png(samples))
