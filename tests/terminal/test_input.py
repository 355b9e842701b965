"""What the terminal sends becomes keys, pastes and reports, and never anything else."""

import os
import queue
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tests.terminal import odd_input
from tui.app.terminal.input import PASTE_LIMIT, InputReader
from tui.app.terminal.listening import Listener


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def reader(*, awaited: int = 0, focus: bool = False, clock: Clock | None = None) -> InputReader:
    left = [awaited]

    def on_report() -> bool:
        left[0] -= 1
        return left[0] >= 0

    return InputReader(escape_delay=0.025, on_cursor_report=on_report, focus_reports=focus, clock=clock or Clock())


def spell(messages: list[Message]) -> list[str]:
    out = []
    for message in messages:
        if isinstance(message, events.Key):
            out.append(message.key)
        elif isinstance(message, events.Paste):
            out.append(f"paste {message.text}")
        else:
            out.append(type(message).__name__)
    return out


def fed(*chunks: bytes, awaited: int = 0, focus: bool = False) -> list[str]:
    """What comes of `chunks`, with an hour of silence after the last."""
    clock = Clock()
    subject = reader(awaited=awaited, focus=focus, clock=clock)
    out: list[Message] = []
    for chunk in chunks:
        out += subject.feed(chunk)
    clock.now += 3600
    return spell(out + subject.expire())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"jk", ["j", "k"]),
        (b"\r\t\x7f\x13", ["enter", "tab", "backspace", "ctrl+s"]),
        (b"\x1b[A\x1b[B\x1bOC", ["up", "down", "right"]),
        (b"\x1b[5~\x1b[6~\x1b[Z", ["pageup", "pagedown", "shift+tab"]),
        (b"\x1b[1;5C", ["ctrl+right"]),
        (b"\x1bOP\x1b[[A\x1b[15~", ["f1", "f1", "f5"]),
        (b"\x1bx\x1bX", ["alt+x", "alt+shift+x"]),
        (b"\x1b", ["escape"]),
        (b"\x1b\x1b[A", ["escape", "up"]),
        (b"\x1b\x1b", ["escape", "escape"]),
        (b"\x1b]", ["right_square_bracket"]),
        ("é漢".encode(), ["é", "漢"]),
    ],
)
def test_keys(data: bytes, expected: list[str]) -> None:
    assert fed(data) == expected
    if data != b"\x1b\x1b[A":
        assert fed(*(data[i : i + 1] for i in range(len(data)))) == expected


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b[99;99z",  # a sequence nobody knows
        b"\x1b[12;4",  # cut off for good
        b"\x1b[?62;22c",  # what kind of terminal it is
        b"\x1bP>|xterm(390)\x1b\\",  # its version
        b"\x1b]11;rgb:1111/2222/3333\x07",  # its background
        b"\x1b]11;rgb:1111/2222/33",  # the same, cut off
        b"\x1b[MC!!",  # the mouse, as it was encoded in 1986
        b"\x1b[I\x1b[O",  # focus, when it was not asked for
        b"\x1b[201~",  # the end of a paste that never began
        b"\x1b[?2026;0$y",  # cannot be had
        b"\x1b[" + b"1;" * 400 + b"m",
        b"\x1b]" + b"spam" * 400 + b"\x1b\\",
        b"\x1b[",
        b"\x1bO",
        b"\x1b[\x1bO\x1b[1;5",
    ],
)
def test_reports_and_unknown_sequences_press_nothing(data: bytes) -> None:
    assert fed(data) == []
    assert fed(*(data[i : i + 1] for i in range(len(data)))) == []


def test_a_key_after_an_unknown_sequence_counts() -> None:
    assert fed(b"\x1b[99;99zj\x1b]0;title\x07k") == ["j", "k"]


def test_synchronised_output_is_announced_only_when_it_can_be_had() -> None:
    (message,) = reader().feed(b"\x1b[?2026;2$y")
    assert isinstance(message, TerminalSupportsSynchronizedOutput)


def test_focus_is_reported_when_asked_for() -> None:
    assert fed(b"\x1b[O\x1b[I", focus=True) == ["AppBlur", "AppFocus"]


def test_cursor_reports_are_answers_while_awaited_and_keys_otherwise() -> None:
    assert fed(b"\x1b[1;2R\x1b[1;2R", awaited=2) == []
    assert fed(b"\x1b[1;2R", awaited=0) == ["shift+f3"]
    assert fed(b"\x1b[24;80R", awaited=0) == []


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
def test_everything_inside_a_paste_is_text(size: int) -> None:
    data = b"\x1b[200~hello\x1b[31mdq\x1b\x1b[A\x1bOP\x03\r\nmore\x1b[201\x1b[201~x"
    chunks = [data[i : i + size] for i in range(0, len(data), size)]
    assert fed(*chunks) == ["paste hello[31mdq[AOP\nmore[201", "x"]


@pytest.mark.parametrize("size", [1, 3, 100])
def test_an_awaited_answer_in_the_midst_of_a_paste_is_none_of_its_text(size: int) -> None:
    data = b"\x1b[200~hel\x1b[1;3Rlo\x1b[1;3R\x1b[201~j"
    chunks = [data[i : i + size] for i in range(0, len(data), size)]
    assert fed(*chunks, awaited=1) == ["paste hello[1;3R", "j"]


def test_two_pastes_and_an_empty_one() -> None:
    assert fed(b"\x1b[200~a\x1b[201~\x1b[200~\x1b[201~\x1b[200~b\x1b[201~") == ["paste a", "paste b"]


@given(
    st.text(st.characters(codec="utf-8"), max_size=60).filter(lambda text: "\x1b[201~" not in text),
    st.lists(st.integers(1, 20), min_size=1, max_size=20),
)
@settings(max_examples=150, deadline=None)
def test_no_paste_presses_a_key_however_it_is_cut(text: str, sizes: list[int]) -> None:
    data = b"\x1b[200~" + text.encode() + b"\x1b[201~"
    chunks: list[bytes] = []
    while data:
        size = sizes[len(chunks) % len(sizes)]
        chunks.append(data[:size])
        data = data[size:]
    out = fed(*chunks)
    assert len(out) <= 1
    assert all(line.startswith("paste ") and "\x1b" not in line for line in out)


def test_a_huge_paste_comes_in_pieces_and_complete() -> None:
    subject = reader()
    out = subject.feed(b"\x1b[200~")
    for _ in range(40):
        out += subject.feed(b"x" * 65536)
    out += subject.feed(b"\x1b[201~")
    pastes = [message.text for message in out if isinstance(message, events.Paste)]
    assert sum(map(len, pastes)) == 40 * 65536
    assert 1 < len(pastes) <= 40 * 65536 / PASTE_LIMIT + 1


def test_a_paste_without_end_is_handed_over_and_the_next_key_is_a_key() -> None:
    clock = Clock()
    subject = reader(clock=clock)
    assert subject.feed(b"\x1b[200~half a pas") == []
    deadline = subject.deadline()
    assert deadline is not None
    clock.now += deadline
    assert spell(subject.expire()) == ["paste half a pas"]
    assert subject.deadline() is None
    assert spell(subject.feed(b"j")) == ["j"]


def test_a_paste_that_only_paused_stays_a_paste() -> None:
    clock = Clock()
    subject = reader(clock=clock)
    subject.feed(b"\x1b[200~first")
    clock.now += 60
    assert spell(subject.expire()) == ["paste first"]
    assert spell(subject.feed(b"second dq\x1b[201~j")) == ["paste second dq", "j"]


@given(st.lists(st.binary(max_size=30), max_size=8))
@settings(max_examples=200, deadline=None)
def test_no_bytes_are_fatal(chunks: list[bytes]) -> None:
    clock = Clock()
    subject = reader(clock=clock)
    for chunk in chunks:
        subject.feed(chunk)
        clock.now += 3600
        subject.expire()
        deadline = subject.deadline()
        assert deadline is None or deadline >= 0


def test_invalid_utf8_is_replaced() -> None:
    assert fed(b"a\xff\xfeb\xc3")[0] == "a"
    assert fed(b"\xffb")[-1] == "b"


def test_a_lone_escape_is_told_after_the_escape_delay_and_not_before() -> None:
    clock = Clock()
    subject = reader(clock=clock)
    assert subject.deadline() is None
    assert subject.feed(b"\x1b") == []
    assert subject.deadline() == pytest.approx(0.025)
    assert subject.expire() == []
    clock.now += 0.025
    assert spell(subject.expire()) == ["escape"]
    assert subject.deadline() is None


def test_a_sequence_cut_by_the_network_is_waited_for_much_longer() -> None:
    clock = Clock()
    subject = reader(clock=clock)
    subject.feed(b"\x1b[1;")
    clock.now += 1.0
    assert subject.expire() == []
    assert spell(subject.feed(b"5C")) == ["ctrl+right"]


def test_mouse_reports_become_mouse_events() -> None:
    assert fed(b"\x1b[<0;11;6M\x1b[<0;11;6m\x1b[<65;11;6M") == ["MouseDown", "MouseUp", "MouseScrollDown"]


@pytest.mark.parametrize(
    ("sequence", "expected"),
    [
        ("97;5:3u", []),
        (":P", []),
        ("9999999~", []),
        ("9" * 5000 + "R", []),
        ("<" + "9" * 5000 + ";1;1M", []),
        ("1114112u", []),
        ("55296u", []),
        ("113~", []),
        ("34~", ["f20"]),
        ("97;0u", []),
        ("97;5:2u", ["ctrl+a"]),
        ("97u", ["a"]),
        ("97;2u", ["A"]),
        ("97:65;2u", ["A"]),
        ("97;65u", ["A"]),
        ("49:33;2u", ["exclamation_mark"]),
        ("0;;229u", ["å"]),
        ("13;5u", ["ctrl+enter"]),
        ("9;2u", ["shift+tab"]),
        ("27u", ["escape"]),
        ("1;1:3A", []),
        ("1;1:2A", ["up"]),
        ("3;5~", ["ctrl+delete"]),
        ("27;5;9~", ["ctrl+tab"]),
        ("27;2;65~", ["A"]),
        ("27;6;83~", ["ctrl+shift+s"]),
        ("57399u", ["0"]),
        ("57414u", ["enter"]),
        ("57441;2u", []),
        ("1089::99;5u", ["ctrl+c"]),
        ("[c", []),
    ],
)
def test_what_modern_keyboards_say_is_meant(sequence: str, expected: list[str]) -> None:
    data = b"\x1b[" + sequence.encode()
    assert fed(data) == expected
    assert fed(*(data[i : i + 1] for i in range(len(data)))) == expected


@pytest.mark.parametrize(
    "data",
    [b"\x9b113;5:3u", b"\xc2\x9b99~", b"\x9d0;ccq\x9c", b"\x8fg", b"\x1b(c", b"\x1b#8", b"\x1bNc", b"\x1b[1\xc3;5c",
     b"\x1b[1\r;5z", b"\x1bPcc\x07cc\x1b\\", b"\x1b]c\x1b\x1b\\", b"\x1b[[c", b"\x1bO\xc3\xa9"],
)  # fmt: skip
def test_no_tail_of_a_sequence_is_a_key(data: bytes) -> None:
    assert fed(data) == []
    assert fed(*(data[i : i + 1] for i in range(len(data)))) == []


def test_a_paste_in_eight_bits_ends_as_it_began() -> None:
    assert fed(b"\xc2\x9b200~cc\x1b[201~q\xc2\x9b201~j") == ["paste cc[201~q", "j"]


def test_twenty_thousand_odd_sequences() -> None:
    tried, found = odd_input.run(20_000, seed=7)
    assert found == []
    assert min(tried.values()) == 5_000


@pytest.mark.parametrize("start", [b"\x1b[", b"\x1b]", b"\x1bP", b"\x1b[M", b"\x1bO", b"\x9b", b"\x1b "])
def test_what_never_ends_is_not_kept(start: bytes) -> None:
    assert odd_input.never_ending(start, 1 << 17) <= odd_input.MOST_KEPT


def test_behind_a_sequence_without_end_keys_come_back_while_somebody_types() -> None:
    for start, patience in ((b"\x1b[12;", 2.0), (b"\x1b]12;", 5.0)):
        clock = Clock()
        subject = reader(clock=clock)
        subject.feed(start)
        end = clock.now + patience + 0.3
        pressed: list[str] = []
        while clock.now < end:
            clock.now += 0.2
            if subject.deadline() == 0:
                subject.expire()
            pressed += spell(subject.feed(b"\x11"))  # ctrl+q, five times a second
        assert pressed, start


def test_the_thread_that_reads_goes_on_after_a_fault() -> None:
    near, far = os.pipe()
    got: queue.Queue[Message] = queue.Queue()
    faults: queue.Queue[Exception] = queue.Queue()

    def deliver(message: Message) -> None:
        if isinstance(message, events.Key) and message.key == "x":
            raise OverflowError("x")
        got.put(message)

    closed = threading.Event()
    listener = Listener(near, reader(), deliver=deliver, on_closed=closed.set, on_fault=faults.put)
    listener.start()
    os.write(far, b"axb")
    assert isinstance(faults.get(timeout=60), OverflowError)
    os.write(far, b"c")
    assert spell([got.get(timeout=60), got.get(timeout=60)]) == ["a", "c"]
    os.close(far)
    assert closed.wait(60)
    listener.stop()
    os.close(near)
