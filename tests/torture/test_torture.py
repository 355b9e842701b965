"""The short form: a few deaths, two programs and a shell. ``python -m tests.torture`` is the long one."""

from tests.torture.plan import KINDS, SEQUENCE
from tests.torture.run import Wishes, run
from tui.inbox.actions.codec import classes


def test_nothing_is_lost_and_nothing_sent_twice() -> None:
    outcome = run(Wishes(kills=10, actions=44, seed=5, settle=1.5, minutes=3))
    assert outcome.is_good, (outcome.sentence(), outcome.count)
    assert outcome.kills >= 10


def test_the_script_does_every_kind_of_action() -> None:
    by_nobody = {"redact", "unreadable"}  # what a look for doubles and a damaged row make
    assert {KINDS.get(kind, kind) for kind in SEQUENCE} == set(classes()) - by_nobody
