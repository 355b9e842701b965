"""The gate: tokens, versions, rate limits, and every fault."""

from __future__ import annotations

import json
from random import Random

import pytest

from tests.sandbox.conftest import TOKEN, make_api
from tui.sandbox.faults import KINDS, Faults
from tui.sandbox.gate import ConnectionCut


async def test_tokens() -> None:
    """None, a wrong one, and one of another region."""
    api = make_api(5)
    async with api.http as http:
        for given, hint in (("Bearer nope", ""), ("", ""), (f"Bearer {TOKEN}.eu", "api.eu.intercom.io")):
            answer = await http.get("/me", headers={"Authorization": given})
            assert answer.status_code == 401
            error = answer.json()
            assert error["type"] == "error.list"
            assert error["request_id"] == answer.headers["x-request-id"]
            assert error["errors"][0]["code"] == "unauthorized"
            assert hint in error["errors"][0]["message"]
        assert (await http.get("/_sandbox/stats", headers={"Authorization": "Bearer nope"})).status_code == 401


async def test_versions_and_unknown_paths() -> None:
    """A version that never was is refused; a path that never was is not found."""
    api = make_api(5)
    async with api.http as http:
        wrong = await http.get("/me", headers={"Intercom-Version": "9.9"})
        assert (wrong.status_code, wrong.json()["errors"][0]["code"]) == (400, "intercom_version_invalid")
        assert (await http.get("/me", headers={"Intercom-Version": "2.16"})).status_code == 200
        for method, path in (("GET", "/nothing"), ("DELETE", "/me"), ("GET", "/")):
            answer = await http.request(method, path)
            assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, "not_found")
        bad = await http.post("/contacts", content=b"{nope")
        assert (bad.status_code, bad.json()["type"]) == (400, "error.list")


async def test_a_window_of_ten_seconds() -> None:
    """60 a minute are ten in ten seconds; the reset is the window's end; there is no Retry-After."""
    api = make_api(5, rate_limit=60)
    async with api.http as http:
        left = []
        for _ in range(10):
            answer = await http.get("/me")
            assert answer.status_code == 200
            left.append(int(answer.headers["x-ratelimit-remaining"]))
        assert left == list(range(9, -1, -1))
        refused = await http.get("/me")
        assert refused.status_code == 429
        assert refused.json()["errors"][0]["code"] == "rate_limit_exceeded"
        assert "retry-after" not in refused.headers
        assert refused.headers["x-ratelimit-limit"] == "60"
        reset = int(refused.headers["x-ratelimit-reset"])
        assert 0 < reset - api.watch.time <= 10
        api.watch.time = reset
        assert (await http.get("/me")).status_code == 200


async def test_faults_that_spoil_the_answer() -> None:
    """Each is what it says, and the effect has happened all the same."""
    for kind in ("truncate", "html", "nulls"):
        api = make_api(5, faults=Faults.parse(f"{kind}=1"))
        async with api.http as http:
            answer = await http.post("/tags", json={"name": f"made under {kind}"})
            if kind == "truncate":
                with pytest.raises(json.JSONDecodeError):
                    answer.json()
            elif kind == "html":
                assert answer.status_code >= 500
                assert answer.text.startswith("<html>")
            else:
                assert (await http.get("/conversations")).json()["type"] == "conversation.list"
            assert any(tag.name == f"made under {kind}" for tag in api.workspace.rooms.tags.values())


async def test_faults_before_the_effect() -> None:
    """429, 5xx and a connection cut before: nothing happens. In the process a cut is an error of the transport."""
    for kind, status in (("429", {429}), ("5xx", {500, 502, 503}), ("cut_before", set[int]())):
        api = make_api(5, faults=Faults.parse(f"{kind}=1"))
        before = len(api.workspace.rooms.tags)
        async with api.http as http:
            if status:
                assert (await http.post("/tags", json={"name": "never"})).status_code in status
            else:
                with pytest.raises(ConnectionCut):
                    await http.post("/tags", json={"name": "never"})
        assert len(api.workspace.rooms.tags) == before


async def test_nulls_never_touch_what_a_list_is() -> None:
    """Rows keep their ids; some field somewhere is null or gone."""
    api = make_api(60)
    async with api.http as http:
        whole = (await http.get("/conversations", params={"per_page": 60})).json()
        (await http.post("/_sandbox/faults", json={"spec": "nulls=1", "seed": 4})).raise_for_status()
        spoiled = (await http.get("/conversations", params={"per_page": 60})).json()
        assert [row["id"] for row in spoiled["conversations"]] == [row["id"] for row in whole["conversations"]]
        assert spoiled != whole


def test_faults_are_drawn_at_their_rates_and_again_the_same() -> None:
    """By seed."""
    spec = "latency=0.3:50-800,429=0.1,5xx=0.1,cut_before=0.1,cut_after=0.1,truncate=0.05,html=0.05,nulls=0.1"
    plans = [Faults.parse(spec, 5).plan() for _ in range(2)]
    assert plans[0] == plans[1]
    faults = Faults.parse(spec, 5)
    drawn = [faults.plan() for _ in range(4000)]
    for kind, rate in (("429", 0.1), ("truncate", 0.05), ("nulls", 0.1), (None, 0.4)):
        assert abs(sum(plan.fault == kind for plan in drawn) / 4000 - rate) < 0.03
    slow = [plan.delay for plan in drawn if plan.delay]
    assert abs(len(slow) / 4000 - 0.3) < 0.03
    assert 0.05 <= min(slow) <= max(slow) <= 0.8
    assert set(Faults.parse("all=0.3").rates) == set(KINDS) - {"late"}


@pytest.mark.parametrize("spec", ["gremlins=1", "429", "429=lots", "429=2", "latency=0.1:fast", "latency=0.1:9-1"])
def test_bad_fault_specs_say_what_is_wrong(spec: str) -> None:
    """In a sentence."""
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        Faults.parse(spec)


async def test_the_control_doors() -> None:
    """Stats count, the clock moves, customers write."""
    api = make_api(5)
    async with api.http as http:
        conversation = api.fresh()
        await http.get("/me")
        await http.get("/me")
        stats = (await http.get("/_sandbox/stats")).json()
        assert stats["requests"] == {"GET /me": 2}
        assert stats["answers"] == {"200": 2}
        moved = (await http.post("/_sandbox/advance", json={"seconds": 90})).json()
        assert moved["now"] == int(api.watch.time) + 90
        asked = {"conversation_id": conversation, "body": "<p>hello?</p>"}
        part = (await http.post("/_sandbox/customer_reply", json=asked)).json()
        assert (part["body"], part["created_at"]) == ("<p>hello?</p>", moved["now"])


def test_truncation_leaves_something() -> None:
    """Half of it at least, never all."""
    faults = Faults(rng=Random(3))
    for _ in range(50):
        assert 50 <= len(faults.truncate(b"x" * 100)) < 100
