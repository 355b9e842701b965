"""A picture of dots as a PNG (https://www.w3.org/TR/png-3/), with nothing but the standard library."""

import struct
import zlib
from itertools import pairwise

_ROWS = {
    "0": (7, 5, 5, 5, 7), "1": (2, 6, 2, 2, 7), "2": (7, 1, 7, 4, 7), "3": (7, 1, 7, 1, 7), "4": (5, 5, 7, 1, 1),
    "5": (7, 4, 7, 1, 7), "6": (7, 4, 7, 5, 7), "7": (7, 1, 1, 1, 1), "8": (7, 5, 7, 5, 7), "9": (7, 5, 7, 1, 7),
}  # fmt: skip
"""Digits, three dots wide and five high, a number of three bits a row."""

Colour = tuple[int, int, int]


class Picture:
    """``width`` by ``height`` dots, white."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._dots = bytearray(b"\xff" * (width * height * 3))

    def dot(self, x: float, y: float, colour: Colour) -> None:
        """One dot; nothing outside of the picture."""
        column, row = round(x), round(y)
        if 0 <= column < self.width and 0 <= row < self.height:
            at = (row * self.width + column) * 3
            self._dots[at : at + 3] = bytes(colour)

    def line(self, points: list[tuple[float, float]], colour: Colour) -> None:
        """From point to point."""
        for (x, y), (to_x, to_y) in pairwise(points):
            steps = max(1, round(max(abs(to_x - x), abs(to_y - y))))
            for step in range(steps + 1):
                self.dot(x + (to_x - x) * step / steps, y + (to_y - y) * step / steps, colour)

    def number(self, x: int, y: int, number: int, colour: Colour) -> None:
        """Digits, their upper left corner at ``x``, ``y``, twice their size."""
        for place, digit in enumerate(str(number)):
            for row, bits in enumerate(_ROWS[digit]):
                for column in range(3):
                    if bits & (4 >> column):
                        for dx in range(2):
                            for dy in range(2):
                                self.dot(x + place * 8 + column * 2 + dx, y + row * 2 + dy, colour)

    def png(self) -> bytes:
        """The file."""
        stride = self.width * 3
        rows = b"".join(b"\0" + self._dots[start : start + stride] for start in range(0, len(self._dots), stride))
        head = struct.pack(">2I5B", self.width, self.height, 8, 2, 0, 0, 0)
        chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
            for kind, data in chunks
        )
