"""The gate: who goes first, what is kept back, and how a limit is met without hitting it."""

from __future__ import annotations

import asyncio
import math

import httpx
import pytest

from tests.api.support import JumpingClock, intercom
from tui.api.errors import RateLimitedError
from tui.api.rate_limit import Budget, Priority, RateLimiter

OPEN = {"type": "list", "data": []}


class Workspace:
    """Answers ``GET /tags`` and enforces a limit as Intercom does: a minute's count in windows of ten seconds."""

    def __init__(self, clock: JumpingClock, a_minute: int, *, skew: float = 0.0) -> None:
        self.clock = clock
        self.a_minute = a_minute
        self.skew = skew
        self.used: dict[int, int] = {}
        self.refused = 0
        self.others = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        now = self.clock.now() + self.skew
        window = int(now // 10)
        size = self.a_minute // 6
        self.used[window] = self.used.get(window, 0) + 1
        left = size - self.used[window] - self.others
        headers = {
            "X-RateLimit-Limit": str(self.a_minute),
            "X-RateLimit-Remaining": str(max(left, 0)),
            "X-RateLimit-Reset": str((window + 1) * 10),
            "Date": httpx_date(now),
        }
        if left < 0:
            self.refused += 1
            body = {"type": "error.list", "errors": [{"code": "rate_limit_exceeded", "message": "Too many."}]}
            return httpx.Response(429, json=body, headers=headers)
        return httpx.Response(200, json=OPEN, headers=headers)


def httpx_date(moment: float) -> str:
    from email.utils import formatdate

    return formatdate(math.floor(moment), usegmt=True)


@pytest.mark.parametrize("skew", [0.0, 3600.0, -45.0])
async def test_it_paces_before_the_wall(skew: float) -> None:
    clock = JumpingClock()
    workspace = Workspace(clock, 60, skew=skew)
    async with intercom(workspace, clock) as client:
        # The first answer teaches the limit.
        await client.tags.list()
        await asyncio.gather(*(client.tags.list() for _ in range(34)))
    assert workspace.refused == 0
    assert sum(workspace.used.values()) == 35
    assert max(workspace.used.values()) <= 10
    # Not slower than it need be: 35 requests are four windows' worth.
    assert clock.passed < 45


async def test_background_work_leaves_a_fifth_to_people() -> None:
    clock = JumpingClock()
    workspace = Workspace(clock, 60)
    async with intercom(workspace, clock) as client:
        await client.at(Priority.BACKGROUND).tags.list()
        busy = [asyncio.create_task(client.at(Priority.BACKGROUND).tags.list()) for _ in range(20)]
        for _ in range(200):
            await asyncio.sleep(0)
            if clock.slept:
                break
        assert clock.slept
        assert clock.passed == 0
        # Everything is held back but the fifth that is a person's, who does not wait a moment.
        used = sum(workspace.used.values())
        assert used == 8
        await client.tags.list()
        assert clock.passed == 0
        await asyncio.gather(*busy)
    assert workspace.refused == 0


async def test_a_person_overtakes_all_who_wait() -> None:
    gate = RateLimiter(concurrency=1, clock=JumpingClock().clock())
    order: list[str] = []
    hold = asyncio.Event()

    async def go(name: str, priority: Priority) -> None:
        async with gate.turn(priority):
            order.append(name)
            await hold.wait()

    tasks = [asyncio.create_task(go("first", Priority.BACKGROUND))]
    await asyncio.sleep(0)
    for name, priority in (
        ("background", Priority.BACKGROUND),
        ("view", Priority.VIEW),
        ("person", Priority.PERSON),
        ("other person", Priority.PERSON),
    ):
        tasks.append(asyncio.create_task(go(name, priority)))
    await asyncio.sleep(0)
    hold.set()
    await asyncio.gather(*tasks)
    assert order == ["first", "person", "other person", "view", "background"]


async def test_people_have_two_lanes_of_their_own() -> None:
    gate = RateLimiter(concurrency=6, clock=JumpingClock().clock())
    hold = asyncio.Event()
    inside: list[Priority] = []

    async def go(priority: Priority) -> None:
        async with gate.turn(priority):
            inside.append(priority)
            await hold.wait()

    tasks = [asyncio.create_task(go(Priority.BACKGROUND)) for _ in range(9)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert len(inside) == 4
    tasks += [asyncio.create_task(go(Priority.PERSON)) for _ in range(3)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert inside[4:] == [Priority.PERSON, Priority.PERSON]
    hold.set()
    await asyncio.gather(*tasks)


async def test_a_cancelled_wait_gives_its_turn_on() -> None:
    gate = RateLimiter(concurrency=1, clock=JumpingClock().clock())
    entered: list[int] = []

    async def go(number: int) -> None:
        async with gate.turn(Priority.PERSON):
            entered.append(number)

    async with gate.turn(Priority.PERSON):
        tasks = [asyncio.create_task(go(number)) for number in range(3)]
        await asyncio.sleep(0)
        tasks[0].cancel()
        await asyncio.sleep(0)
    # The turn is now on its way to the second, which is cancelled before it can take it.
    tasks[1].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert entered == [2]
    async with asyncio.timeout(5), gate.turn(Priority.PERSON):
        pass


async def test_429_waits_for_the_reset_and_then_sends_again_even_a_reply() -> None:
    clock = JumpingClock()
    workspace = Workspace(clock, 600)
    workspace.others = 1000
    sent = 0

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal sent
        sent += 1
        if sent == 2:
            workspace.others = 0
            return httpx.Response(200, json={"type": "conversation", "id": "1"})
        return workspace(request)

    budgets: list[Budget] = []
    async with intercom(answer, clock, budgets.append) as client:
        await client.conversations.reply("1", admin_id="2", body="hi")
    assert sent == 2
    assert 0 < clock.passed <= 11.5
    assert budgets[0].limited_until is not None
    assert budgets[0].remaining == 0
    assert budgets[0].limit == 600
    assert budgets[-1].limited_until is None


async def test_429_without_end_is_told_with_its_reset() -> None:
    clock = JumpingClock()
    workspace = Workspace(clock, 6)
    workspace.others = 10**6
    async with intercom(workspace, clock) as client:
        with pytest.raises(RateLimitedError) as caught:
            await client.tags.list()
    assert workspace.refused == 4
    assert caught.value.effect == "none"
    assert caught.value.code == "rate_limit_exceeded"
    assert caught.value.reset_at is not None
    assert abs(caught.value.reset_at - clock.now()) <= 11


async def test_a_count_of_a_whole_minute_is_spread_over_it() -> None:
    clock = JumpingClock()
    gate = RateLimiter(clock=clock.clock())
    headers = {"x-ratelimit-limit": "60", "x-ratelimit-remaining": "60", "x-ratelimit-reset": str(1_700_000_060)}
    gate.learn(headers)
    starts: list[float] = []

    async def go() -> None:
        async with gate.turn(Priority.PERSON):
            starts.append(clock.passed)

    await asyncio.gather(*(go() for _ in range(30)))
    assert len([start for start in starts if start < 10]) == 10
    assert max(starts) >= 20


async def test_nonsense_in_the_headers_stops_nothing() -> None:
    clock = JumpingClock()
    gate = RateLimiter(clock=clock.clock())
    gate.learn({"x-ratelimit-limit": "lots", "x-ratelimit-remaining": "", "x-ratelimit-reset": "inf", "date": "today"})
    gate.learn({"x-ratelimit-limit": "-4", "x-ratelimit-remaining": "3", "x-ratelimit-reset": "99999999999"})
    async with asyncio.timeout(5):
        for _ in range(5):
            async with gate.turn(Priority.BACKGROUND):
                pass
    gate.close()
    assert clock.passed <= 121


async def test_the_smallest_limit_still_lets_background_work_pass() -> None:
    clock = JumpingClock()
    workspace = Workspace(clock, 6)
    async with intercom(workspace, clock) as client:
        for _ in range(4):
            await client.at(Priority.BACKGROUND).tags.list()
    assert workspace.refused == 0


def test_server_time_follows_the_answers() -> None:
    clock = JumpingClock()
    gate = RateLimiter(clock=clock.clock())
    gate.learn({"date": httpx_date(clock.now() + 500)})
    assert abs(gate.server_time() - clock.now() - 500) <= 1
    gate.learn({"date": httpx_date(clock.now())})
    assert abs(gate.server_time() - clock.now()) <= 1
