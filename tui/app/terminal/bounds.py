"""Bounds for what Textual and Rich remember: their larger caches would take hours of work to fill, and some megabytes.

Each keeps its latest entries all the same; a screen asks for some hundred of them between two paints.
"""

import ctypes
import gc
from functools import _lru_cache_wrapper, lru_cache
from typing import Final

MOST: Final = 512
"""Entries of any of their caches."""


def bound_caches() -> None:
    """Make every cache of the classes that a paint goes through no larger than :data:`MOST`."""
    from rich.segment import Segment
    from rich.style import Style as RichStyle
    from textual.color import Color
    from textual.css.scalar import Scalar
    from textual.geometry import Offset, Region, Size, Spacing
    from textual.strip import Strip
    from textual.style import Style

    for holder in (Region, Offset, Size, Spacing, Strip, Segment, Style, RichStyle, Color, Scalar):
        for name, found in list(vars(holder).items()):
            kept = found.__func__ if isinstance(found, classmethod | staticmethod) else found
            if not isinstance(kept, _lru_cache_wrapper) or (kept.cache_info().maxsize or 0) <= MOST:
                continue
            smaller: object = lru_cache(MOST)(kept.__wrapped__)
            setattr(holder, name, smaller if kept is found else type(found)(smaller))


def give_back() -> None:
    """Drop what only circles hold, some milliseconds' work, and let the C library give free memory back to the system
    (malloc_trim(3)) where it can."""
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (OSError, AttributeError):
        return
