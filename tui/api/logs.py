"""One line of the log for each request that left: method, path with ids, status, milliseconds, request id."""

from collections.abc import Awaitable, Callable

from tui.api.errors import IntercomError
from tui.api.progress import Answer
from tui.model.log import code_words, logger, path_words, request_words

_log = logger("api")


async def logged(exchange: Awaitable[Answer], method: str, path: str, monotonic: Callable[[], float]) -> Answer:
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
