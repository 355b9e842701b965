"""What is wrong with a setting, said in one sentence."""

from collections.abc import Iterable

from tui.model.errors import UserError
from tui.model.exits import Exit
from tui.model.labels import settings_errors


class ConfigError(UserError, ValueError):
    """A setting cannot be used; the message names where it stands and what would do."""

    exit_code = Exit.USAGE


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """ " (did you mean …?)" when one of `known` is close to `word`, else ""."""
    import difflib  # only when something is wrong

    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return settings_errors.DID_YOU_MEAN.format(likely=close[0]) if close else ""
