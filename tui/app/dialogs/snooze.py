"""When to bring a conversation back: free text, echoed as the time it means, with the usual times below."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from tui.app.dialogs.prompt import Echo, Prompt
from tui.model.labels import texts

UNTIL_REPLY = "until reply"
_FAR = timedelta(days=365)

_PRESETS = ("3h", "tomorrow", "mon", "next week", "1 month", UNTIL_REPLY)


def means(text: str, now: datetime) -> tuple[int, str]:
    """(Unix seconds, the time in words) of a snooze text. Raises `tui.text.natural_time.WhenError`.

    A snoozed conversation comes back by itself when the customer writes, so "until reply" is a year ahead.
    """
    from tui.text.natural_time import describe, parse_when

    if text.strip().lower() in (UNTIL_REPLY, "reply", "until they reply", "until a reply"):
        return int((now + _FAR).timestamp()), texts.THEY_REPLY
    when = parse_when(text, now)
    return int(when.timestamp()), describe(when, now)


def snooze_prompt(title: str, now: Callable[[], datetime], done: Callable[[int, str], Awaitable[None]]) -> Prompt:
    """The prompt; `done` gets (Unix seconds, the time in words)."""
    from tui.text.natural_time import WhenError

    def echo(text: str) -> Echo:
        try:
            _, words = means(text, now())
        except WhenError as error:
            return Echo(False, str(error))
        return Echo(True, f"→ {words}")

    async def accept(text: str) -> None:
        await done(*means(text, now()))

    presets: list[tuple[str, str]] = []
    times: set[int] = set()
    for text in _PRESETS:
        until, words = means(text, now())
        if until in times:  # on a Monday, "mon" and "next week" are one
            continue
        times.add(until)
        presets.append((text, words if text != UNTIL_REPLY else texts.UNTIL_THE_CUSTOMER_REPLIES))
    return Prompt(
        title,
        accept,
        echo=echo,
        presets=presets,
        width=58,
        help_text=texts.SNOOZE_EXAMPLES,
    )
