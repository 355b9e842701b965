"""The short form of the guard's torture. ``python -m tests.torture --guard 2000`` is the long one."""

from tests.torture.guard import torture


async def test_no_reply_leaves_past_a_message_that_was_not_on_screen() -> None:
    tally = await torture(60, seed=3, minutes=2)
    assert not tally.passed, tally.sentence()
    assert tally.rounds == 60
    assert tally.held
    assert tally.sent


async def test_a_guard_that_takes_what_is_stored_for_seen_is_found_out() -> None:
    tally = await torture(40, seed=4, faults="", minutes=2, stored_counts=True)
    assert tally.passed, tally.sentence()
