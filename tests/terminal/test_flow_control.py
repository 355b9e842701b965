"""At most two frames unanswered, and no screen stuck because a terminal keeps silent."""

from tui.app.terminal.flow_control import ASK, FlowControl


class Clock:
    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


def proven(clock: Clock) -> FlowControl:
    pacer = FlowControl(clock=clock)
    assert pacer.question(0) == ASK
    clock.now += 0.2
    assert pacer.answered()
    assert pacer.active
    return pacer


def test_two_frames_leave_and_the_third_waits_for_an_answer() -> None:
    pacer = proven(Clock())
    for _ in range(2):
        assert pacer.may_send()
        assert pacer.question(100) == ASK
    assert not pacer.may_send()
    assert pacer.answered()
    assert pacer.may_send()


def test_nothing_is_held_back_before_the_terminal_has_answered_once() -> None:
    pacer = FlowControl(clock=Clock())
    for _ in range(10):
        assert pacer.may_send()
        pacer.question(100)
    assert pacer.unanswered == 2


def test_a_terminal_that_never_answers_is_not_asked_for_ever() -> None:
    clock = Clock()
    pacer = FlowControl(clock=clock)
    asked = 0
    for _ in range(100):
        asked += pacer.question(100) == ASK
        assert pacer.may_send()
        clock.now += 0.1
    assert asked == 2


def test_an_answer_that_comes_late_is_believed() -> None:
    clock = Clock()
    pacer = FlowControl(clock=clock)
    pacer.question(100)
    clock.now += 10
    assert pacer.question(100) == ""
    assert pacer.answered()
    assert pacer.active


def test_a_terminal_that_stops_answering_is_given_up_after_three_losses() -> None:
    clock = Clock()
    pacer = proven(clock)
    for _ in range(3):
        while pacer.may_send():
            pacer.question(0)
        patience = pacer.patience()
        assert 1.0 <= patience < 2.0
        clock.now += patience
        assert pacer.patience() == 0
        pacer.give_up()
    assert not pacer.active
    assert pacer.may_send()
    assert pacer.question(100) == ""


def test_patience_grows_with_the_bytes_under_way() -> None:
    pacer = proven(Clock())
    pacer.question(20_000)
    assert pacer.patience() > 10


def test_an_answer_nobody_asked_for_is_not_one() -> None:
    assert not FlowControl(clock=Clock()).answered()


def test_switched_off_it_never_asks() -> None:
    pacer = FlowControl(enabled=False, clock=Clock())
    assert pacer.question(10) == ""
    assert pacer.may_send()
    assert not pacer.active


def test_settling_waits_for_what_is_under_way_only() -> None:
    pacer = proven(Clock())
    assert pacer.settle(0.01)
    pacer.question(10)
    assert not pacer.settle(0.01)
    pacer.answered()
    assert pacer.settle(0.01)


def test_after_a_reset_the_terminal_must_prove_itself_again() -> None:
    pacer = proven(Clock())
    pacer.question(10)
    pacer.reset()
    assert not pacer.active
    assert pacer.unanswered == 0
