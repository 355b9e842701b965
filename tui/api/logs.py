"""One line of the log for each request that left: method, path with ids, status, milliseconds, request id."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from tui.api.errors import IntercomError
from tui.model.log import code_words, logger, path_words, request_words

_log = logger("api")


class Answered(Protocol):
    """An answer: ``status``, the request id, and the body in bytes."""

    @property
    def status(self) -> int: ...

    @property
    def request_id(self) -> str: ...

    @property
    def body(self) -> bytes: ...


A = TypeVar("A", bound=Answered)


async def logged(exchange: Awaitable[A], method: str, path: str, monotonic: Callable[[], float]) -> A:
    """The answer of one exchange, noted; raises what it raises.

    Of an error no sentence is noted: servers repeat in it what was sent.
    """
    began = monotonic()
    try:
        answer = await exchange
    except IntercomError as error:
        _log.warning(
            "%s %s: %s, status %s, code %s, %d ms, request %s",
            method, path_words(path), type(error).__name__, error.status or "-", code_words(error.code),
            (monotonic() - began) * 1000, request_words(error.request_id),
        )  # fmt: skip
        raise
    _log.info(
        "%s %s: %d, %d bytes, %d ms, request %s",
        method, path_words(path), answer.status, len(answer.body), (monotonic() - began) * 1000,
        request_words(answer.request_id),
    )  # fmt: skip
    return answer
