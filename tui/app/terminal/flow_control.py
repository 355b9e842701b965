"""Acknowledged frames: never more than two on their way, so that the screen is at most a round trip behind the keys.

With a frame goes `CSI 6 n` (ECMA-48 DSR, "where is your cursor?"); the terminal answers `CSI row ; column R` when it
has drawn all that came before. Buffers between us and a slow terminal (sshd's hold megabytes) give no other sign. While
two frames are unanswered, newer ones wait and merge. Nothing is asked when nothing is painted: idle stays idle.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final, NamedTuple

__all__ = ["ASK", "FlowControl"]

ASK: Final = "\x1b[6n"

_LIMIT: Final = 2
_PATIENCE: Final = 1.0
_PROOF_PATIENCE: Final = 3.0
_SLOWEST_LINK: Final = 2000.0  # bytes a second; a frame still travelling on such a line is not a lost answer
_MAX_LOSSES: Final = 3


class _Question(NamedTuple):
    asked: float
    size: int


class FlowControl:
    """Counts questions and answers. `answered` may be called from any thread, the rest from the loop's.

    Until the terminal has answered once nothing is held back. A terminal that never answers within three seconds is not
    asked again; one that stops answering is waited for a second and what the bytes under way may take, and after three
    such losses in a row it is not asked again until an answer comes after all.
    """

    def __init__(self, *, enabled: bool = True, clock: Callable[[], float] = time.monotonic) -> None:
        self._enabled = enabled
        self._clock = clock
        self._questions: deque[_Question] = deque()
        self._change = threading.Condition()
        self._proven = False
        self._asking = enabled
        self._losses = 0
        self._round_trip = 0.0

    @property
    def unanswered(self) -> int:
        """Questions on their way."""
        return len(self._questions)

    @property
    def active(self) -> bool:
        """Whether frames are being held back when too many are unanswered."""
        return self._asking and self._proven

    def may_send(self) -> bool:
        """Whether another frame may leave now."""
        return not (self._asking and self._proven) or len(self._questions) < _LIMIT

    def question(self, size: int) -> str:
        """What to send after a frame of `size` bytes: the question, or nothing."""
        if not self._asking:
            return ""
        now = self._clock()
        with self._change:
            if not self._proven and self._questions and now - self._questions[0].asked > _PROOF_PATIENCE:
                self._asking = False
                return ""
            if len(self._questions) >= _LIMIT:
                return ""
            self._questions.append(_Question(now, size))
        return ASK

    def answered(self) -> bool:
        """Take a cursor report; False when none was asked for (it is a key then, such as Shift+F3)."""
        with self._change:
            if not self._questions:
                return False
            question = self._questions.popleft()
            took = max(self._clock() - question.asked, 0.0)
            self._round_trip = took if not self._proven else 0.75 * self._round_trip + 0.25 * took
            self._proven = True
            self._asking = self._enabled
            self._losses = 0
            self._change.notify_all()
        return True

    def patience(self) -> float:
        """Seconds from now after which a waiting frame should be sent although nothing was answered (`give_up`)."""
        with self._change:
            if not self._questions:
                return 0.0
            travelling = sum(question.size for question in self._questions) / _SLOWEST_LINK
            deadline = self._questions[0].asked + _PATIENCE + travelling + 2 * self._round_trip
        return max(deadline - self._clock(), 0.0)

    def give_up(self) -> None:
        """Count the unanswered questions as lost."""
        with self._change:
            self._questions.clear()
            self._losses += 1
            if self._losses >= _MAX_LOSSES:
                self._proven = False
                self._asking = False
            self._change.notify_all()

    def settle(self, timeout: float) -> bool:
        """Wait at most `timeout` seconds until all is answered, so that no answer ends up in the shell; blocks."""
        with self._change:
            if not self._proven:
                timeout = min(timeout, 0.05)
            return self._change.wait_for(lambda: not self._questions, timeout)

    def reset(self) -> None:
        """Forget what is under way: another terminal may be at the other end now."""
        with self._change:
            self._questions.clear()
            self._proven = False
            self._asking = self._enabled
            self._losses = 0
