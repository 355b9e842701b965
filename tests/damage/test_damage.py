"""A sample of the run over damaged copies: two of every kind, read in this process, and one by processes."""

from pathlib import Path

import pytest

from tests.damage.kinds import KINDS
from tests.damage.made import Made, make
from tests.damage.run import BOTH, damaged, look
from tui.config.paths import HOME_VARIABLE


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("made"))


@pytest.mark.parametrize("kind", [*KINDS, BOTH])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_words_are_lost(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, seed: int) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    outcome = damaged(made, kind, seed, tmp_path / "home")
    look(made, outcome, tmp_path / "home", as_processes=False)
    assert not set(outcome.codes) & {70, 124}, outcome.said
    assert not outcome.resurrected, outcome.said
    if kind != BOTH:
        assert not outcome.lost, outcome.said


def test_processes_see_the_same(made: Made, tmp_path: Path) -> None:
    outcome = damaged(made, "pages of noise", 5, tmp_path / "home")
    look(made, outcome, tmp_path / "home", as_processes=True)
    assert (outcome.lost, set(outcome.codes) & {70, 124}) == ([], set()), outcome.said
