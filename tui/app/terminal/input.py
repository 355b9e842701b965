"""The way in: bytes from the terminal to Textual's events.

Stock Textual re-issues an escape sequence that it does not know, or that comes in two reads, as key presses; for a
program whose keys close conversations that is a fault. Here a control sequence is a known key, a report, or nothing at
all, and what stands between paste start (`CSI 200 ~`) and paste end (`CSI 201 ~`) is text whatever it contains.

Leans on `XTermParser._sequence_to_key_events` of Textual 8.2 for the table of keys.
"""

import codecs
import re
import time
from collections.abc import Callable, Generator, Iterator
from typing import Final

from textual import events
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.text.clean import clean

__all__ = ["PASTE_LIMIT", "InputReader"]

PASTE_LIMIT: Final = 1 << 20
"""Characters handed over in one paste; a longer one comes as several."""

_ESC: Final = "\x1b"
_PASTE_START, _PASTE_END = "\x1b[200~", "\x1b[201~"

# ECMA-48 5.4: parameter bytes, intermediate bytes, one final byte. The Linux console's F1-F5 have a second "[".
_CONTROL_SEQUENCE: Final = re.compile(r"\x1b\[(?:\[[A-E]|[0-?]*[ -/]*[@-Z\\-~])")
_SINGLE_SHIFT: Final = re.compile(r"\x1bO[0-9;]*[A-Za-z]")
_STRING: Final = re.compile(r"\x1b[\]PX^_][^\x1b\x07]*(?:\x07|\x1b\\)")
_UNFINISHED: Final = re.compile(r"\x1b(?:\[(?:\[|[0-?]*[ -/]*)|O[0-9;]*|[\]PX^_][^\x1b\x07]*\x1b?)?\Z")
_MALFORMED: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O[0-9;]*|[\]PX^_][^\x1b\x07]*)")
_STRINGS: Final = "]PX^_"  # what follows ESC at the start of OSC, DCS, SOS, PM and APC
_X10_MOUSE: Final = "\x1b[M"

_CURSOR_REPORT: Final = re.compile(r"\x1b\[\d+;\d+R")
_MODIFIED_F3: Final = re.compile(r"\x1b\[1;(?:[2-9]|1[0-6])R")
_MODE_REPORT: Final = re.compile(r"\x1b\[\?(\d+);(\d)\$y")

_REST_DELAY: Final = 2.0
_STRING_DELAY: Final = 0.5
_PASTE_DELAY: Final = 3.0
_MAX_SEQUENCE: Final = 256
_ONE_KEY: Final = 8


class InputReader:
    """Feed it bytes; it answers with messages for the app.

    `on_cursor_report` is asked for each cursor report whether it was an awaited answer; if not it may be a key
    (Shift+F3 looks the same). `escape_delay` is in seconds. Call `expire` when `deadline` seconds have passed with
    nothing to read.
    """

    def __init__(
        self,
        *,
        escape_delay: float,
        on_cursor_report: Callable[[], bool],
        focus_reports: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._escape_delay = escape_delay
        self._on_cursor_report = on_cursor_report
        self._focus_reports = focus_reports
        self._clock = clock
        # Bytes that are no UTF-8 become U+FFFD: one bad byte must not end the program.
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._keys = XTermParser()
        self._buffer = ""
        self._paste: list[str] | None = None
        self._pasted = 0
        self._stalled = False
        self._last_read = clock()

    def feed(self, data: bytes) -> list[Message]:
        """The messages completed by `data`."""
        self._last_read = self._clock()
        text = self._decode(data)
        if self._stalled and text:
            self._stalled = False
            # After a paste whose end never came, one key is a key again; more is the rest of a slow paste.
            if len(text) == 1 or (text[0] == _ESC and len(text) <= _ONE_KEY and _PASTE_END not in text):
                self._paste = None
        self._buffer += text
        return list(self._take())

    def deadline(self) -> float | None:
        """Seconds from now at which `expire` should be called; None when nothing is unfinished."""
        if self._paste is not None:
            if self._stalled:
                return None
            delay = _PASTE_DELAY
        elif not self._buffer:
            return None
        elif len(self._buffer) == 1 or (len(self._buffer) == 2 and self._buffer[1] in _STRINGS):
            delay = self._escape_delay
        else:
            # A sequence cut in two by the network: wait long, for its rest must not be taken for keys.
            delay = _STRING_DELAY if self._buffer[1] in _STRINGS else _REST_DELAY
        return max(self._last_read + delay - self._clock(), 0.0)

    def expire(self) -> list[Message]:
        """What the unfinished input means when nothing follows: a lone Esc, alt with a key, a paste without end."""
        deadline = self.deadline()
        if deadline is None or deadline > 0:
            return []
        if self._paste is not None:
            self._paste.append(self._buffer)
            self._buffer = ""
            self._stalled = True
            return list(self._flush_paste(self._paste))
        sequence, self._buffer = self._buffer, ""
        if sequence == _ESC:
            return [events.Key("escape", _ESC)]
        return list(self._alt(sequence[1])) if len(sequence) == 2 and sequence[1] in _STRINGS else []

    def _take(self) -> Iterator[Message]:
        while self._buffer:
            if self._paste is not None:
                ended = yield from self._take_paste(self._paste)
                if not ended:
                    return
                continue
            start = self._buffer.find(_ESC)
            if start != 0:
                plain = self._buffer if start < 0 else self._buffer[:start]
                self._buffer = self._buffer[len(plain) :]
                for char in plain:
                    yield from self._key(char)
                continue
            if not self._complete():
                return
            yield from self._take_sequence()

    def _complete(self) -> bool:
        """Whether the sequence at the start of the buffer needs no more characters to be judged."""
        if self._buffer.startswith(_X10_MOUSE):
            return len(self._buffer) >= 6
        if _UNFINISHED.match(self._buffer) is None:
            return True
        if len(self._buffer) > _MAX_SEQUENCE:
            # Longer than any that we know: read on to its end, and know it no more.
            self._buffer = self._buffer[:2] + ("" if self._buffer[1] in _STRINGS else "9999")
        return False

    def _take_sequence(self) -> Iterator[Message]:
        buffer = self._buffer
        if buffer.startswith(_X10_MOUSE) and len(buffer) >= 6:
            self._buffer = buffer[6:]  # the old mouse encoding, never asked for
            return
        match = _CONTROL_SEQUENCE.match(buffer) or _SINGLE_SHIFT.match(buffer)
        if match is not None:
            self._buffer = buffer[match.end() :]
            yield from self._sequence(match.group())
            return
        match = _STRING.match(buffer)
        if match is not None:
            self._buffer = buffer[match.end() :]
            return
        match = _MALFORMED.match(buffer)
        if match is not None:
            self._buffer = buffer[match.end() :]
            return
        if buffer[1] == _ESC:
            self._buffer = buffer[1:]
            yield events.Key("escape", _ESC)
            return
        self._buffer = buffer[2:]
        yield from self._alt(buffer[1])

    def _sequence(self, sequence: str) -> Iterator[Message]:
        """A whole control sequence: report, mouse, key, or nothing."""
        if sequence == _PASTE_START:
            self._paste, self._pasted = [], 0
        elif sequence in ("\x1b[I", "\x1b[O"):
            if self._focus_reports:
                yield events.AppFocus() if sequence == "\x1b[I" else events.AppBlur()
        elif _CURSOR_REPORT.fullmatch(sequence):
            if not self._on_cursor_report() and _MODIFIED_F3.fullmatch(sequence):
                yield from self._key(sequence)
        elif report := _MODE_REPORT.fullmatch(sequence):
            # DECRPM: 1 set, 2 reset, 3 always set; 0 and 4 mean that it cannot be had.
            if report[1] == "2026" and report[2] in "123":
                yield TerminalSupportsSynchronizedOutput()
        elif sequence.startswith("\x1b[<"):
            mouse = self._keys.parse_mouse_code(sequence)
            if mouse is not None:
                yield mouse
        elif sequence != _PASTE_END:
            yield from self._key(sequence)

    def _alt(self, char: str) -> Iterator[Message]:
        known = list(self._key(_ESC + char))
        yield from known or self._key(char, alt=True)

    def _key(self, sequence: str, *, alt: bool = False) -> Iterator[Message]:
        for key in self._keys._sequence_to_key_events(sequence, alt=alt):
            if key.key != Keys.Ignore:
                yield key

    def _take_paste(self, paste: list[str]) -> Generator[Message, None, bool]:
        """Take what is in the buffer as pasted; answers whether the end of the paste was in it."""
        text, end, rest = self._buffer.partition(_PASTE_END)
        if end:
            paste.append(text)
            self._buffer = rest
            yield from self._flush_paste(paste)
            self._paste = None
            return True
        # The end may be cut in two: keep back what could be its start.
        keep = next((size for size in range(min(len(text), 5), 0, -1) if _PASTE_END.startswith(text[-size:])), 0)
        self._buffer = text[len(text) - keep :]
        paste.append(text[: len(text) - keep])
        self._pasted += len(text) - keep
        if self._pasted >= PASTE_LIMIT:
            yield from self._flush_paste(paste)
        return False

    def _flush_paste(self, paste: list[str]) -> Iterator[Message]:
        text = clean("".join(paste))
        paste.clear()
        self._pasted = 0
        if text:
            yield events.Paste(text)
