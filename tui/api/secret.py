"""The access token, kept out of every ``repr``, log and traceback."""

from tui.api.errors import AuthError
from tui.model.labels import api_errors


class Secret:
    """Shows itself only to who asks with :meth:`reveal`. Raises :class:`AuthError` for what no header can hold."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        if not text or not all("!" <= char <= "~" for char in text):
            raise AuthError(api_errors.ACCESS_CANNOT_BE_ONE, code="token_malformed")
        self._text = text

    def __repr__(self) -> str:
        return "Secret(…)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(("Secret", self._text))

    def reveal(self) -> str:
        """The token itself."""
        return self._text
