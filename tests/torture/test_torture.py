"""The short form: a few deaths, two programs, all that can go wrong. ``python -m tests.torture`` is the long one."""

from tests.torture.run import Wishes, run


def test_nothing_is_lost_and_nothing_sent_twice() -> None:
    outcome = run(Wishes(kills=8, actions=40, programs=2, seed=5, settle=1.5, minutes=1.5))
    assert outcome.is_good, (outcome.sentence(), outcome.count)
    assert outcome.kills >= 8
