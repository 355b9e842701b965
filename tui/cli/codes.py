"""The exit codes as the shell prints and combines them."""

from collections.abc import Iterable

from tui.model.exits import Exit

__all__ = ["Exit", "table", "worst"]


def table() -> list[tuple[int, str]]:
    """Each code with its meaning, lowest first."""
    return [(int(code), code.meaning) for code in Exit]


def worst(codes: Iterable[Exit]) -> Exit:
    """The code of several actions together: `Exit.OK` only where each was done, else the highest."""
    return max(codes, default=Exit.OK)
