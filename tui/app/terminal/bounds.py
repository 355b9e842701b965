"""Bounds for the memory of a program that runs for weeks.

Textual's and Rich's larger caches would take hours of work to fill, and some megabytes. Each keeps its latest entries
all the same; a screen asks for some hundred of them between two paints.
"""

import ctypes
import gc
from functools import _lru_cache_wrapper, lru_cache
from typing import Final

MOST: Final = 512
"""Entries of any of their caches."""
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8


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


def keep_heap_whole() -> None:
    """Let the C library (mallopt(3)) map each large block apart and keep one heap for all threads.

    By itself it learns from the first answers of some hundred kilobytes to put such blocks among the small ones, and
    gives each thread a heap: what little stays between them then holds megabytes that nobody uses.
    """
    try:
        library = ctypes.CDLL(None)
        library.mallopt(_M_MMAP_THRESHOLD, 128 * 1024)
        library.mallopt(_M_ARENA_MAX, 1)
    except (OSError, AttributeError):
        return


def give_back() -> None:
    """Drop what only circles hold, some milliseconds' work, and let the C library give free memory back to the system
    (malloc_trim(3)) where it can."""
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (OSError, AttributeError):
        return
