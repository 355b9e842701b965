"""Answers of millions of objects and of endless nesting: refused unread, or read without it."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import msgspec
import pytest

from tui.api.bounds import holds_too_much, shallow, without_huge
from tui.api.client import Intercom
from tui.api.decoding import decode_one, decode_page, decode_value
from tui.api.errors import AnswerError, IntercomError
from tui.api.foreign import what_came
from tui.api.models import Conversation, Tag
from tui.api.progress import body_of

DEEP = "[" * 20_000 + "]" * 20_000


@pytest.mark.parametrize("item", [b"{}", b"[]", b'{"id":1}', b"1", b'"x"'])
def test_millions_of_values_are_refused_unread(item: bytes) -> None:
    flood = b'{"type":"list","id":"1","conversations":[' + b",".join([item] * 600_000) + b"]}"
    assert holds_too_much(flood)
    with pytest.raises(AnswerError, match="far more"):
        decode_page(flood, Conversation, "conversations")
    with pytest.raises(AnswerError, match="far more"):
        decode_one(flood, Conversation)
    with pytest.raises(AnswerError, match="far more"):
        decode_value(flood)
    assert what_came(flood[flood.index(b"[") : -1]) == ""


def test_what_stands_in_texts_is_not_counted() -> None:
    body = "<style>" + 'p{a:b,c},[x]\\"' * 200_000
    document = json.dumps({"id": "1", "source": {"body": body}}).encode()
    assert not holds_too_much(document)
    assert decode_one(document, Conversation).source.body == body


def test_one_value_nested_without_end_hides_no_other() -> None:
    odd = f'{{"id":"2","name":"odd","more":{DEEP}}}'
    document = f'{{"data":[{{"id":"1","name":"one"}},{odd},{{"id":"3","name":"three"}}]}}'.encode()
    assert [tag.name for tag in decode_page(document, Tag, "data").items] == ["one", "odd", "three"]
    with_nan = document.replace(b'"one"', b'"one","n":NaN')
    assert [tag.id for tag in decode_page(with_nan, Tag, "data").items] == ["1", "2", "3"]


def test_only_what_is_too_deep_becomes_null() -> None:
    assert json.loads(shallow(f'{{"a":{DEEP},"b":[1]}}'))["b"] == [1]
    assert shallow('{"a":"[[[","b":[[1]]}') == '{"a":"[[[","b":[[1]]}'


@pytest.mark.parametrize("raw", [b'{"data":' * 200_000, b"[" * 300_000, b'{"a":"' + b"\\" * 99_999])
def test_what_never_ends_is_refused_in_words(raw: bytes) -> None:
    with pytest.raises(AnswerError):
        decode_value(raw)


async def test_two_large_answers_are_read_one_after_the_other() -> None:
    let_go, both, large, read = asyncio.Event(), asyncio.Event(), asyncio.Lock(), list[str]()

    class Stream(httpx.AsyncByteStream):
        def __init__(self, name: str, wait: asyncio.Event | None) -> None:
            self.name, self.wait = name, wait

        async def __aiter__(self) -> AsyncIterator[bytes]:
            for number in range(3):
                read.append(f"{self.name}{number}")
                if len(read) == 2:
                    both.set()
                yield b"x" * 5 * 2**20
                if self.wait is not None:
                    await self.wait.wait()

    def answer(name: str, wait: asyncio.Event | None = None) -> httpx.Response:
        return httpx.Response(200, stream=Stream(name, wait))

    first = asyncio.create_task(body_of(answer("a", let_go), large))
    second = asyncio.create_task(body_of(answer("b"), large))
    small = await body_of(httpx.Response(200, stream=httpx.ByteStream(b"{}")), large)
    await both.wait()
    assert (small, read) == (b"{}", ["a0", "b0"])
    let_go.set()
    assert {len(await first), len(await second)} == {15 * 2**20}
    assert read == ["a0", "b0", "a1", "a2", "b1", "b2"]


async def test_an_error_that_is_kept_keeps_no_answer() -> None:
    body = b'{"type":"list","data":[' + b"1," * 1_500_000 + b"1]}"
    client = Intercom(
        "http://127.0.0.1:9", "token", transport=httpx.MockTransport(lambda _: httpx.Response(200, content=body))
    )
    with pytest.raises(IntercomError) as found:
        await client.tags.list()
    held: list[object] = []
    error: BaseException | None = found.value
    while error is not None:
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename != __file__:
                held += [one for one in trace.tb_frame.f_locals.values() if getattr(one, "body", one) is body]
            trace = trace.tb_next
        error = error.__context__
    assert not held
    await client.aclose()


def _listed(huge: object) -> bytes:
    items: list[dict[str, object]] = [
        {"type": "tag", "id": str(number), "name": f"tag {number}"} for number in range(50)
    ]
    items[20] = {"type": "tag", "id": "20", "name": "huge", "applied_by": huge}
    return msgspec.json.encode({"type": "list", "data": items, "pages": {"page": 1, "note": "a {[,"}})


@pytest.mark.parametrize(
    "huge",
    [
        [{"id": 1, "tags": [1, 2, 3]}] * 60_000,
        {str(number): [number] for number in range(120_000)},
        [[1] * 100] * 6_000,
    ],
    ids=["objects", "keys", "values"],
)
def test_what_is_huge_in_one_item_hides_no_other(huge: object) -> None:
    raw = _listed(huge)
    assert holds_too_much(raw)
    page = decode_page(raw, Tag, "data")
    assert [(one.id, one.name) for one in page.items] == [
        (str(number), "huge" if number == 20 else f"tag {number}") for number in range(50)
    ]


def test_a_list_that_is_not_too_large_is_read_as_it_came() -> None:
    raw = _listed(list(range(6_000)))
    assert without_huge(raw) is raw


def test_an_answer_beyond_any_measure_is_refused_at_once() -> None:
    raw = b'{"data": [' + b"[]," * 800_000 + b"[]]}"
    with pytest.raises(AnswerError):
        decode_page(raw, Tag, "data")
