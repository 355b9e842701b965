"""The soak's own parts, and that nothing remembers without bound."""

import zlib

import pytest

from tests.soak import curve
from tests.soak.program import lru_caches
from tests.soak.run import Wishes, run
from tests.soak.sample import Sample
from tui.app.terminal.bounds import MOST, bound_caches
from tui.sandbox.server import sped_up

_WITHOUT = {
    # what is asked for is a class, a file of the package or a language: there are as many as the code has
    "rich._unicode_data.load", "textual.dom.DOMNode._css_bases", "textual.dom.DOMNode._get_component_classes",
}  # fmt: skip


def samples() -> list[Sample]:
    return [Sample(hour / 10, 60_000 + hour, 50_000, 15, 5, hour, 2**20, hour * 1000, hour) for hour in range(81)]


def test_the_picture_is_a_png_and_an_svg() -> None:
    made = curve.png(samples())
    assert made.startswith(b"\x89PNG\r\n\x1a\n")
    start = made.index(b"IDAT") + 4
    length = int.from_bytes(made[start - 8 : start - 4], "big")
    assert len(zlib.decompress(made[start : start + length])) % (900 * 3 + 1) == 0
    assert curve.svg(samples()).count("<polyline") == 6


def test_every_cache_of_the_screen_is_bounded() -> None:
    bound_caches()
    geometry = [one for name, one in lru_caches() if name.startswith("textual.geometry")]
    assert geometry
    assert all((one.cache_info().maxsize or 0) <= MOST for one in geometry)
    without = {
        name
        for name, one in lru_caches()
        if one.cache_info().maxsize is None and name.startswith(("rich.", "textual."))
    }
    assert without <= _WITHOUT


def test_a_workspace_lives_as_fast_as_it_is_told_to() -> None:
    monotonic = [5.0]
    clock = sped_up(24.0, lambda: 1000.0, lambda: monotonic[0])
    monotonic[0] += 10
    assert clock() == pytest.approx(1240.0)


@pytest.mark.timeout(240)
def test_a_minute_of_a_shift() -> None:
    """The whole machinery, briefly: the real program, keys, samples, and the counts of its views at the end."""
    outcome = run(Wishes(hours=0.02, conversations=40))
    assert outcome.exit_code == 0, outcome.screen
    assert outcome.samples
    assert not [one["error"] for one in outcome.reports if "error" in one]
    assert outcome.shown == outcome.expected, outcome.screen
