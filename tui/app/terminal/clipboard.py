"""Copying to the clipboard of the terminal that the user sits at, over any number of hops: OSC 52 (xterm's ctlseqs)."""

import base64
from collections.abc import Mapping
from typing import Final

from tui.text.sanitize import clean

__all__ = ["COPY_LIMIT", "osc52"]

COPY_LIMIT: Final = 74_994
"""Bytes of UTF-8 that one copy may have; more than 100,000 base64 characters are dropped by most terminals."""


def osc52(text: str, environ: Mapping[str, str]) -> str | None:
    """The bytes that copy `text`, cleaned; None when it is longer than terminals take.

    tmux passes OSC 52 on only with `set-clipboard on`, and what is wrapped for it only with `allow-passthrough`: inside
    tmux both are sent, they do the same.
    """
    data = clean(text).encode("utf-8", "replace")
    if len(data) > COPY_LIMIT:
        return None
    plain = f"\x1b]52;c;{base64.b64encode(data).decode('ascii')}\x07"
    if "TMUX" in environ:
        return plain + "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    return plain
