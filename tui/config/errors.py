"""What is wrong with a setting, said in one sentence."""

from collections.abc import Iterable


class ConfigError(ValueError):
    """A setting cannot be used; the message names where it stands and what would do, and is fit to be shown."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """ " (did you mean …?)" when one of `known` is close to `word`, else ""."""
    import difflib  # only when something is wrong

    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (did you mean {close[0]}?)" if close else ""
