"""Reading all that a search of conversations finds, around pages that Intercom cannot give.

First page after page, by cursor. Where a page fails for good, what is left is read in ranges of ``updated_at``, each
halved while it fails, down to a second: what lies beside the trouble comes in, and what does not is named.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from tui.api.errors import AuthError, IntercomError, NetworkError, NotAllowed, RateLimitedError
from tui.api.rate_limit import Priority
from tui.inbox.sync.progress import Gap
from tui.model.labels import outcomes

if TYPE_CHECKING:  # the models load with the client, after the first paint
    from tui.api.client import Intercom
    from tui.api.decoding import Page
    from tui.api.models import Conversation
    from tui.api.query import Query

MOST_FAILURES = 50
"""Ranges that may fail before what is left is given up: half as many again as finding one bad second takes."""

MOST_WASTED = 2_000_000
"""Bytes of answers without use after which what is left is given up."""

_FUTURE = 400 * 86_400
"""Seconds by which a conversation may be dated ahead of Intercom's clock and still lie in the last range."""

Take = Callable[["Page[Conversation]"], Awaitable[None]]
Range = tuple[int, int]
"""From one Unix second to another, both included."""


class Outcome(msgspec.Struct):
    """What became of a search: the ``gaps`` left, the ``error`` that made them, whether it is ``broken`` altogether."""

    gaps: list[Gap] = msgspec.field(default_factory=list)
    error: IntercomError | None = None
    broken: bool = False


def is_about_the_page(error: IntercomError) -> bool:
    """True where another page may do better: neither the rate limit nor the token nor the network is the cause."""
    if isinstance(error, RateLimitedError | NetworkError):
        return False
    return isinstance(error, NotAllowed) or not isinstance(error, AuthError)


class Ranges:
    """One search: ``state`` (``""``: any), updated after ``since``; ``take`` gets every page that comes.

    Raises :class:`IntercomError` from its methods where the network, the rate limit or the token is the cause.
    """

    def __init__(
        self, client: Intercom, state: str, since: int, take: Take, *, per_page: int, priority: Priority
    ) -> None:
        self._client = client
        self._state = state
        self._since = since
        self._take = take
        self._per_page = per_page
        self._priority = priority
        self._times: list[int] = []
        self._came = False
        self._works = False
        self.going_round = False
        """Whether the pages that come now are those of a range: their cursors are of no use later."""

    async def read(self, cursor: str = "", *, go_round: bool = True) -> Outcome:
        """All of it, from ``cursor`` on where there is one; up to the first failure only, unless to ``go_round``."""
        pages = self._client.at(self._priority).conversations.search_pages(
            self._query(self._since, 0), per_page=self._per_page, starting_after=cursor or None
        )
        try:
            async for page in pages:
                await self._took(page)
        except IntercomError as error:
            if not is_about_the_page(error):
                raise
            whole = (self._since, self._last())
            if isinstance(error, NotAllowed) or not go_round:
                return Outcome([self._gap(whole, error, whole=not self._came)], error, broken=not self._works)
            return await self._around(self._halves(whole), error)
        return Outcome()

    async def around(self, gaps: Sequence[Gap]) -> Outcome:
        """What of some gaps can be read by now."""
        self._came = self._works = not any(gap.whole for gap in gaps)
        return await self._around([(gap.since, gap.until or self._last()) for gap in gaps], None)

    async def _around(self, left: list[Range], error: IntercomError | None) -> Outcome:
        self.going_round = True
        outcome = Outcome(error=error)
        failures = wasted = 0
        if not self._works and (failed := await self._fails((self._last() + 1, self._last() + 1))):
            # not even nothing can be found
            return Outcome(merged([self._gap(one, failed, whole=True) for one in left]), failed, broken=True)
        while left:
            here = left.pop()
            failed = await self._fails(here)
            if failed is None:
                continue
            failures += 1
            wasted += failed.size
            outcome.error = failed
            if failures >= MOST_FAILURES or wasted >= MOST_WASTED:
                outcome.gaps += [self._gap(one, failed, whole=not self._came) for one in (here, *left)]
                break
            if here[0] >= here[1]:
                outcome.gaps.append(self._gap(here, failed))
            else:
                left += self._halves(here)
        outcome.gaps = merged(outcome.gaps)
        return outcome

    async def _fails(self, of: Range) -> IntercomError | None:
        """Read a range; the error where that cannot be done."""
        try:
            await self._range(*of)
        except IntercomError as error:
            if not is_about_the_page(error):
                raise
            return error
        return None

    def _gap(self, of: Range, error: IntercomError, *, whole: bool = False) -> Gap:
        since, until = of
        open_end = until > int(self._client.server_time())
        return Gap(self._state, since, 0 if open_end else until, error.message, whole)

    def _last(self) -> int:
        return int(self._client.server_time()) + _FUTURE

    def _halves(self, of: Range) -> list[Range]:
        """A range in two; the later half, to be read first, at the end: what changed last matters most."""
        since, until = of
        middle = self._middle(since, until)
        return [(since, middle), (middle + 1, until)]

    async def _range(self, since: int, until: int) -> None:
        query = self._query(since, until)
        pages = self._client.at(self._priority).conversations.search_pages(query, per_page=self._per_page)
        async for page in pages:
            await self._took(page)

    async def _took(self, page: Page[Conversation]) -> None:
        self._works = True
        self._came = self._came or bool(page.items)
        self._times += [model.updated_at for model in page.items if model.updated_at]
        await self._take(page)
        await asyncio.sleep(0)

    def _middle(self, since: int, until: int) -> int:
        """Where to halve a range of at least two seconds: the lower half ends here."""
        inside = [at for at in self._times if since <= at < until]
        if len(set(inside)) > 1:
            # half of what was seen of it lies on either side
            return sorted(inside)[(len(inside) - 1) // 2]
        # nothing is known of it: most conversations are young, so the ages are halved by their ratio
        now = int(self._client.server_time())
        half = now - math.isqrt(max(1, now - until) * max(2, now - since))
        return half if since <= half < until else (since + until) // 2

    def _query(self, since: int, until: int) -> Query:
        from tui.api.query import And, Field

        # a second to either side: whether Intercom's < and > leave out equal times is described in two ways
        parts: list[Query] = [Field("updated_at") > max(0, since - 1)]
        if until:
            parts.append(Field("updated_at") < until + 1)
        if self._state:
            parts.insert(0, Field("state") == self._state)
            if not since and not until:
                return parts[0]
        return And(*parts) if len(parts) > 1 else parts[0]


def merged(gaps: Sequence[Gap]) -> list[Gap]:
    """The same with neighbours joined."""
    joined: list[Gap] = []
    for gap in sorted(gaps, key=lambda one: (one.state, one.since)):
        last = joined[-1] if joined else None
        if last is not None and last.state == gap.state and (not last.until or gap.since <= last.until + 1):
            until = 0 if not (last.until and gap.until) else max(last.until, gap.until)
            joined[-1] = Gap(gap.state, last.since, until, last.reason, last.whole or gap.whole)
        else:
            joined.append(gap)
    return joined


def in_words(gaps: Sequence[Gap]) -> str:
    """What is missing, in one sentence; ``""`` where nothing is."""
    if not gaps:
        return ""
    named = ", ".join(dict.fromkeys(gap.state for gap in gaps if gap.state)) or "changed"
    template = outcomes.ALL_NOT_READ if any(gap.whole for gap in gaps) else outcomes.SOME_NOT_READ
    sentence = template.format(named=named, reason=gaps[0].reason.rstrip("."))
    return f"{sentence[:1].upper()}{sentence[1:]}"
