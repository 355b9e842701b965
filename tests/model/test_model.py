"""The short form: one fault of each kind at each point of one scene. ``python -m tests.model`` is the long one."""

import time

from tests.model.explore import SCENES, below, blind
from tests.model.run import run


def test_without_faults_all_arrives_once() -> None:
    for scene in SCENES:
        assert run((), scene).wrong == []


def test_one_fault_at_any_point_loses_nothing_and_sends_nothing_twice_in_silence() -> None:
    tally = below((), 1, "same", time.monotonic() + 3600)
    assert tally.wrong == []
    assert tally.runs > 25
    assert tally.doubles >= 1  # what lands beyond the patience is there twice, and told


def test_a_sender_that_does_not_look_is_found_out() -> None:
    wrong = below((), 1, "apart", time.monotonic() + 3600, blind).wrong
    assert any("twice" in one for one in wrong)
