"""When the worker tries again: each kind of failure, how long, and what ends the wait."""

import itertools

import pytest

from tui.api.errors import AuthError, NetworkError, NotAllowed, RateLimitedError, ServerError
from tui.inbox.outbox.retry_times import LOOKS, RetryTimes
from tui.model.outbox import State
from tui.model.rows import OutboxRow

NOW = 1_790_000_000.0


@pytest.fixture
def times() -> RetryTimes:
    return RetryTimes(lambda: NOW)


def row(number: int = 1) -> OutboxRow:
    return OutboxRow(id=number, conversation_id="1", kind="note", payload=b"{}", state=State.QUEUED, created_at=NOW)


def test_looks_become_rarer_and_then_stay_as_rare(times: RetryTimes) -> None:
    assert all(sooner < later for sooner, later in itertools.pairwise(LOOKS))
    assert [times.next_look(1) for _ in range(len(LOOKS) + 3)] == [*LOOKS, *[LOOKS[-1]] * 3]
    assert times.looks(1) == len(LOOKS) + 3


def test_looks_are_counted_for_each_action_and_begin_anew(times: RetryTimes) -> None:
    assert [times.next_look(1), times.next_look(1), times.next_look(2)] == [LOOKS[0], LOOKS[1], LOOKS[0]]
    times.looked(1)
    times.looked(3)
    assert (times.looks(1), times.looks(2)) == (0, 1)
    assert times.next_look(1) == LOOKS[0]


def test_a_look_that_told_nothing_is_not_put_off_for_long(times: RetryTimes) -> None:
    pauses = [times.next_look(1, failed=True) for _ in range(12)]
    assert pauses[:5] == list(LOOKS[:5])
    assert max(pauses) == LOOKS[4] == 5.0


def test_a_network_that_is_gone_holds_everything_for_ever_longer_up_to_half_a_minute(times: RetryTimes) -> None:
    waits = []
    for _ in range(8):
        assert times.later(NetworkError("gone")) == NOW
        waits.append(times.offline_until - NOW)
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]
    assert times.back() is True
    assert (times.offline_until, times.back()) == (0.0, False)
    times.later(NetworkError("gone"))
    assert times.offline_until == NOW + 1


def test_a_full_rate_limit_waits_until_it_opens_but_never_longer_than_a_minute(times: RetryTimes) -> None:
    def limited(reset_at: float) -> float:
        error = RateLimitedError("slow down", status=429, reset_at=int(NOW + reset_at))
        return RetryTimes(lambda: NOW).later(error) - NOW

    assert (limited(0), limited(10), limited(60), limited(3600)) == (1, 10, 60, 60)
    assert times.offline_until == 0


def test_a_refused_token_is_tried_again_after_a_minute_and_a_forbidden_action_is_not_the_token(
    times: RetryTimes,
) -> None:
    assert times.later(AuthError("no", status=401)) == NOW + 60
    assert times.offline_until == 0
    assert times.later(NotAllowed("not this", status=403)) == NOW
    assert times.offline_until == NOW + 1


def test_one_action_alone_is_put_off_only_where_it_is_not_the_network(times: RetryTimes) -> None:
    silent, answered = NetworkError("gone"), ServerError("broken", status=500)
    assert [times.paused(row(), silent, NOW) for _ in range(3)] == [NOW] * 3
    times.back()
    # others got through since it last failed
    assert times.paused(row(), silent, NOW) == NOW + 1
    assert times.paused(row(), silent, NOW) == NOW
    assert [times.paused(row(2), answered, NOW) - NOW for _ in range(4)] == [1, 2, 4, 8]
    times.worked(2)
    assert times.paused(row(2), answered, NOW) == NOW + 1
    assert times.paused(row(3), answered, NOW + 50) == NOW + 50


def test_after_a_jump_of_the_clock_nothing_waits(times: RetryTimes) -> None:
    times.later(NetworkError("gone"))
    for _ in range(4):
        times.paused(row(), ServerError("broken", status=500), NOW)
    times.jumped()
    assert times.offline_until == 0
    assert times.paused(row(), ServerError("broken", status=500), NOW) == NOW + 1
