"""The way in: bytes from the terminal to Textual's events.

Stock Textual re-issues an escape sequence that it does not know, or that comes in two reads, as key presses; for a
program whose keys close conversations that is a fault. Here a control sequence is a known key, a report, or nothing at
all, and what stands between paste start (`CSI 200 ~`) and paste end (`CSI 201 ~`) is text whatever it contains, but for
an awaited answer of the terminal. What is kept of an unfinished sequence is bounded, whatever comes.
"""

import codecs
import re
import time
from collections.abc import Callable, Generator, Iterator
from typing import Final

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.app.terminal.background import BackgroundReport, reported_is_light
from tui.app.terminal.keys import keys_of_character, keys_of_sequence
from tui.text.sanitize import clean

__all__ = ["PASTE_LIMIT", "InputReader"]

PASTE_LIMIT: Final = 1 << 20
"""Characters handed over in one paste; a longer one comes as several."""

_ESC: Final = "\x1b"
_PASTE_START, _PASTE_END = "\x1b[200~", "\x1b[201~"

# Each introducer in its two characters, or in one (ECMA-48 5.3): as code point or, where UTF-8 is not spoken, as the
# byte, which the decoder hands over as a lone surrogate.
_CSI, _SS3, _OSC, _ST = (
    f"(?:\x1b{second}|[{one}])"
    for second, one in ((r"\[", "\x9b\udc9b"), ("O", "\x8f\udc8f"), (r"\]", "\x9d\udc9d"), (r"\\", "\x9c\udc9c"))
)
_SS2: Final = "(?:\x1bN|[\x8e\udc8e])"
_OTHER_STRING: Final = "(?:\x1b[PX^_]|[\x90\x98\x9e\x9f\udc90\udc98\udc9e\udc9f])"
_IN_OSC, _IN_STRING = (f"[^\x1b\x18\x1a\x9c\udc9c{more}]*+" for more in ("\x07", ""))
# What stands between CSI and the final byte; also what should not, so that its tail is taken for no key (ECMA-48 5.4).
_IN_CSI: Final = "[^\x1b\x18\x1a@-~]*+"

# CAN and SUB end any sequence, as ST does a string (ECMA-48 5.6) and BEL an OSC of xterm's. The Linux console's F1-F5
# have a second "[". Last: an escape sequence with intermediate bytes (ECMA-35 13.2).
_WHOLE: Final = re.compile(
    rf"{_CSI}(?:\[[^\x00-\x1f\x7f]|(?!\[){_IN_CSI}[@-~\x18\x1a])"
    rf"|{_SS3}[0-9;]*+[^\x00-\x17\x19\x1b-\x1f\x7f-\x9f]"
    rf"|{_OSC}{_IN_OSC}(?:[\x07\x18\x1a]|{_ST})"
    rf"|{_OTHER_STRING}{_IN_STRING}(?:[\x18\x1a]|{_ST})"
    rf"|{_SS2}[ -~]"
    r"|\x1b[ -/]++[0-~]"
)
_UNFINISHED: Final = re.compile(
    rf"(?:{_CSI}(?:\[|(?!\[){_IN_CSI})|{_SS3}[0-9;]*+|{_OSC}{_IN_OSC}\x1b?|{_OTHER_STRING}{_IN_STRING}\x1b?|{_SS2}"
    r"|\x1b[ -/]*+)\Z"
)
_TORN: Final = re.compile(
    rf"{_CSI}(?:\[|{_IN_CSI})|{_SS3}[0-9;]*+|{_OSC}{_IN_OSC}|{_OTHER_STRING}{_IN_STRING}|{_SS2}|\x1b[ -/]++"
)
_X10_MOUSE: Final = re.compile(rf"{_CSI}M[^\x00-\x1f]{{0,3}}")
_X10_COORDINATES: Final = 3

_STRINGS: Final = "]PX^_"  # what follows ESC at the start of OSC, DCS, SOS, PM and APC
_MAYBE_ALT: Final = _STRINGS + "N" + "".join(map(chr, range(0x20, 0x30)))
_INTRODUCERS: Final = {
    chr(base + code): chr(code - 0x40)
    for code in (0x8E, 0x8F, 0x90, 0x98, 0x9B, 0x9D, 0x9E, 0x9F)
    for base in (0, 0xDC00)
}
_ENDED: Final = re.compile(rf"(?:[\x07\x18\x1a]|{_ST})\Z")
# Behind another such byte it is the rest of a broken character, and no control.
_BROKEN: Final = re.compile("(?<=[\udc80-\udcff])[\udc80-\udcff]+")
_STRAY: Final = re.compile("[\udc80-\udcff]")  # bytes that are no UTF-8

_CURSOR_REPORT: Final = re.compile(r"\x1b\[\d+;\d+R")
_MODIFIED_F3: Final = re.compile(r"\x1b\[1;(?:[2-9]|1[0-6])R")
_MODE_REPORT: Final = re.compile(r"\x1b\[\?(\d+);(\d)\$y")
_MOUSE_REPORT: Final = re.compile(r"\x1b\[<\d{1,3};\d{1,5};\d{1,5}[Mm]")

# Seconds since the last character, and since the first.
_REST_DELAYS: Final = 2.0, 2.0
_STRING_DELAYS: Final = 0.5, 5.0
_PASTE_DELAY: Final = 3.0
_MAX_SEQUENCE: Final = 256
_ONE_KEY: Final = 8


class InputReader:
    """Feed it bytes; it answers with messages for the app.

    `on_cursor_report` is asked for each cursor report whether it was an awaited answer; if not it may be a key
    (Shift+F3 looks the same). `escape_delay` is in seconds. Call `expire` when `deadline` seconds have passed with
    nothing to read. Reports of the mouse, the focus and the background come through where they were asked for.
    """

    def __init__(
        self,
        *,
        escape_delay: float,
        on_cursor_report: Callable[[], bool],
        focus_reports: bool = False,
        mouse: bool = True,
        background: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._escape_delay = escape_delay
        self._on_cursor_report = on_cursor_report
        self._focus_reports = focus_reports
        self._mouse = mouse
        self._background = background
        self._clock = clock
        # Bytes that are no UTF-8 come as lone surrogates and leave as U+FFFD: one bad byte must not end the program.
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
        self._mouse_parser = XTermParser()
        self._buffer = ""
        self._paste: list[str] | None = None
        self._paste_end = _PASTE_END
        self._pasted = 0
        self._stalled = False
        self._torn = False
        self._last = " "
        self._last_read = self._began = clock()

    @property
    def kept(self) -> int:
        """How many characters are kept until what they belong to is whole."""
        return len(self._buffer) + sum(map(len, self._paste or ()))

    def feed(self, data: bytes) -> list[Message]:
        """The messages completed by `data`."""
        self._last_read = self._clock()
        if not self._buffer:
            self._began = self._last_read
        text = self._decode(data)
        if text:
            before, self._last = self._last, text[-1]
            text = _BROKEN.sub(lambda found: "\ufffd" * len(found[0]), before + text)[1:]
        if self._stalled and text:
            self._stalled = False
            # After a paste whose end never came, one key is a key again; more is the rest of a slow paste.
            if len(text) == 1 or (text[0] == _ESC and len(text) <= _ONE_KEY and _PASTE_END not in text):
                self._paste = None
        self._buffer += text
        return list(self._take())

    def forget(self) -> None:
        """Drop what is unfinished: it made trouble."""
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
        self._buffer = ""
        self._paste = None
        self._pasted = 0
        self._stalled = self._torn = False

    def deadline(self) -> float | None:
        """Seconds from now at which `expire` should be called; None when nothing is unfinished."""
        if self._paste is not None:
            if self._stalled:
                return None
            delay = _PASTE_DELAY
        elif not self._buffer:
            return None
        elif self._buffer == _ESC or (len(self._buffer) == 2 and self._buffer[1] in _MAYBE_ALT):
            delay = self._escape_delay
        else:
            # A sequence cut in two by the network: wait long, for its rest must not be taken for keys; but not for ever
            # while somebody types on behind it.
            delay, longest = _STRING_DELAYS if _second(self._buffer) in _STRINGS else _REST_DELAYS
            return max(min(self._last_read + delay, self._began + longest) - self._clock(), 0.0)
        return max(self._last_read + delay - self._clock(), 0.0)

    def expire(self) -> list[Message]:
        """What the unfinished input means when nothing follows: a lone Esc, alt with a key, a paste without end."""
        deadline = self.deadline()
        if deadline is None or deadline > 0:
            return []
        if self._paste is not None:
            self._paste.append(self._buffer + self._decode(b"", True))
            self._buffer = ""
            self._stalled = True
            return list(self._flush_paste(self._paste))
        sequence, self._buffer = self._buffer, ""
        torn, self._torn = self._torn, False
        if torn:
            return []
        if sequence == _ESC:
            return [events.Key("escape", _ESC)]
        if len(sequence) == 2 and sequence[1] in _MAYBE_ALT:
            return list(keys_of_character(sequence[1], alt=True))
        return []

    def _take(self) -> Iterator[Message]:
        while self._buffer:
            if self._paste is not None:
                ended = yield from self._take_paste(self._paste)
                if not ended:
                    return
                continue
            yield from self._take_keys()
            if self._paste is None:
                return

    def _take_keys(self) -> Iterator[Message]:
        """Take keys and sequences out of the buffer until a paste starts or no whole one is left."""
        buffer, at = self._buffer, 0
        while at < len(buffer) and self._paste is None:
            char = buffer[at]
            if char == _ESC or char in _INTRODUCERS:
                end = self._end_of_sequence(buffer, at)
                if end is None:
                    break
                sequence, at = buffer[at:end], end
                yield from self._sequence(sequence)
            else:
                at += 1
                self._torn = False
                yield from keys_of_character(_STRAY.sub("\ufffd", char))
        self._buffer = buffer[at:]
        if at:
            self._began = self._last_read
        if self._paste is None:
            self._bound()

    def _end_of_sequence(self, buffer: str, at: int) -> int | None:
        """Where the sequence at `at` ends; None while more characters may belong to it."""
        match = _X10_MOUSE.match(buffer, at)
        if match is not None:  # the old mouse encoding, never asked for
            payload = match.end() - match.group().index("M") - 1 - at
            return None if payload < _X10_COORDINATES and match.end() == len(buffer) else match.end()
        match = _WHOLE.match(buffer, at)
        if match is not None:
            return match.end()
        if _UNFINISHED.match(buffer, at) is not None:
            return None
        match = _TORN.match(buffer, at)
        # No introducer: ESC with one more character.
        return match.end() if match is not None else at + (1 if buffer[at + 1] == _ESC else 2)

    def _bound(self) -> None:
        """Keep of a sequence longer than any that we know only what says where it ends; known it will be no more."""
        if len(self._buffer) > _MAX_SEQUENCE:
            introducer = self._buffer[: 2 if self._buffer[0] == _ESC else 1]
            filler = {"[": "!!", "O": "9;9;9", "]": "", "P": "", "X": "", "^": "", "_": ""}.get(
                _second(introducer), "  "
            )
            self._buffer = introducer + filler + (_ESC if self._buffer[-1] == _ESC else "")

    def _sequence(self, sequence: str) -> Iterator[Message]:
        """A whole control sequence: report, mouse, key, or nothing."""
        torn, self._torn = self._torn, False
        second = _second(sequence)
        if sequence[0] != _ESC:
            introducer, sequence = sequence[0], f"{_ESC}{second}{sequence[1:]}"
        else:
            introducer = "\x1b["
        if sequence == _ESC or (len(sequence) == 2 and second not in "[O" + _MAYBE_ALT):
            # Right behind a string that was torn off an ESC is a piece of it.
            self._torn = torn and sequence == _ESC
            if not torn:
                yield from keys_of_character(second, alt=True) if second else [events.Key("escape", _ESC)]
        elif second not in "[O":
            self._torn = second in _STRINGS and not _ENDED.search(sequence)
            is_light = reported_is_light(sequence) if self._background else None
            if is_light is not None:
                yield BackgroundReport(is_light=is_light)
        elif sequence == _PASTE_START:
            self._paste, self._pasted = [], 0
            self._paste_end = f"{introducer}201~"
        else:
            yield from self._key_or_report(sequence)

    def _key_or_report(self, sequence: str) -> Iterator[Message]:
        if sequence in ("\x1b[I", "\x1b[O"):
            if self._focus_reports:
                yield events.AppFocus() if sequence == "\x1b[I" else events.AppBlur()
        elif _CURSOR_REPORT.fullmatch(sequence):
            if not self._on_cursor_report() and _MODIFIED_F3.fullmatch(sequence):
                yield from keys_of_sequence(sequence)
        elif report := _MODE_REPORT.fullmatch(sequence):
            # DECRPM: 1 set, 2 reset, 3 always set; 0 and 4 mean that it cannot be had.
            if report[1] == "2026" and report[2] in "123":
                yield TerminalSupportsSynchronizedOutput()
        elif _MOUSE_REPORT.fullmatch(sequence):
            mouse = self._mouse_parser.parse_mouse_code(sequence) if self._mouse else None
            if mouse is not None:
                yield mouse
        elif not sequence.startswith("\x1b[M"):
            yield from keys_of_sequence(sequence)

    def _take_paste(self, paste: list[str]) -> Generator[Message, None, bool]:
        """Take what is in the buffer as pasted; answers whether the end of the paste was in it."""
        text, end, rest = self._buffer.partition(self._paste_end)
        if end:
            paste.append(text)
            self._buffer = rest
            yield from self._flush_paste(paste)
            self._paste = None
            return True
        # The end may be cut in two: keep back what could be its start.
        longest = min(len(text), len(self._paste_end) - 1)
        keep = next((size for size in range(longest, 0, -1) if self._paste_end.startswith(text[-size:])), 0)
        self._buffer = text[len(text) - keep :]
        paste.append(text[: len(text) - keep])
        self._pasted += len(text) - keep
        if self._pasted >= PASTE_LIMIT:
            yield from self._flush_paste(paste)
        return False

    def _flush_paste(self, paste: list[str]) -> Iterator[Message]:
        # a terminal may answer us in the midst of a long paste: the awaited answer is none of its text
        text = _CURSOR_REPORT.sub(lambda found: "" if self._on_cursor_report() else found[0], "".join(paste))
        text = clean(_STRAY.sub("\ufffd", text))
        paste.clear()
        self._pasted = 0
        if text:
            yield events.Paste(text)


def _second(sequence: str) -> str:
    """What the introducer of `sequence` has after its ESC, or would have in two characters; "" for a lone ESC."""
    return _INTRODUCERS.get(sequence[0]) or sequence[1:2]
