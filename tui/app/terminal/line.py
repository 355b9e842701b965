"""The line to the terminal, as the kernel keeps it: its size and its settings (termios)."""

import errno
import fcntl
import os
import struct
import termios

__all__ = ["Attributes", "attributes_of", "set_attributes", "terminal_size"]

Attributes = list[int | list[bytes | int]]
"""What `tcgetattr` answers."""


def terminal_size(*descriptors: int) -> tuple[int, int]:
    """Columns and rows of the first of `descriptors` that knows its size; else COLUMNS × LINES, else 80 × 24."""
    for fd in descriptors:
        try:
            packed = fcntl.ioctl(fd, termios.TIOCGWINSZ, bytes(8))
        except OSError:
            continue
        rows, columns, _, _ = struct.unpack("HHHH", packed)
        if rows and columns:
            return columns, rows
    sizes = []
    for name, default in (("COLUMNS", 80), ("LINES", 24)):
        value = os.environ.get(name, "")
        sizes.append(int(value) if value.isdecimal() and int(value) else default)
    return sizes[0], sizes[1]


def attributes_of(fd: int) -> Attributes | None:
    """The settings of the line; None where `fd` is no terminal."""
    try:
        return termios.tcgetattr(fd)
    except termios.error:
        return None


def set_attributes(fd: int, attributes: Attributes) -> None:
    """Set the line; nothing to do where the terminal is gone."""
    while True:
        try:
            termios.tcsetattr(fd, termios.TCSANOW, attributes)
        except termios.error as error:
            if error.args[0] == errno.EINTR:
                continue
        return
