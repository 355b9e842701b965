"""What is wrong with a setting, said in one sentence."""

from collections.abc import Iterable

from tui.model.errors import UserError
from tui.model.exits import Exit


class ConfigError(UserError, ValueError):
    """A setting cannot be used; the message names where it stands and what would do."""

    exit_code = Exit.USAGE


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """ " (did you mean …?)" when one of `known` is close to `word`, else ""."""
    import difflib  # only when something is wrong

    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (did you mean {close[0]}?)" if close else ""
