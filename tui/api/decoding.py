"""From Intercom's bytes to models: clean before parsing, mend what does not fit, lose nothing that can be kept.

The quick way is one typed decode of a whole page. When something in it does not fit, the page is taken apart and only
the odd item is mended field by field; what was done to it is reported in :attr:`Page.odd`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, TypeVar, cast
from urllib.parse import parse_qs

import msgspec

from tui.api.bounds import holds_too_much, shallow, without_huge
from tui.api.coercion import make
from tui.api.errors import AnswerError
from tui.api.models.base import Model
from tui.model.decoders import decoder
from tui.model.labels import api_errors
from tui.model.log import logger
from tui.text.sanitize import clean

__all__ = ["Odd", "Page", "clean_document", "decode_one", "decode_page", "decode_value", "noun_of"]

M = TypeVar("M", bound=Model)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Odd:
    """An item of a page that did not fit: its ``index``, its ``id`` (empty when it had none), what was wrong with
    it, and whether it could be ``kept`` after coercion."""

    index: int
    id: str
    reason: str
    kept: bool


@dataclass(slots=True)
class Page(Generic[T]):
    """One page of a list. ``total_count`` and ``next_cursor`` are None when Intercom gave none.

    ``next_cursor`` is what to pass as ``starting_after`` (or the next page's number, for lists that are numbered).
    ``restarted`` is True on the first page after a dead cursor made the iteration begin again.
    """

    items: list[T]
    total_count: int | None = None
    next_cursor: str | None = None
    odd: tuple[Odd, ...] = ()
    restarted: bool = False
    next_params: dict[str, str] = field(default_factory=dict)
    """The query parameters that ask for the next page; empty on the last one."""


# ---------------------------------------------------------------------------------------------------------- cleaning

# Escapes that may hide something: all but printable ASCII, \n and \t.
_SUSPICIOUS_UNICODE = re.compile(rb"\\u(?!00[2-6]|007[0-9a-eA-E]|000[aA9])")
_NOT_ASCII = re.compile("[^\\x00-\\x7f]")
_ESCAPE = re.compile(
    r"\\\\"
    r"|\\(?:r|u000[dD])(?:\\(?:n|u000[aA]))?"
    r"|\\[bf]"
    r"|\\u(?!00[2-6]|007[0-9a-eA-E]|000[aA9])([0-9a-fA-F]{4})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?"
)


def clean_document(raw: bytes, *, is_bounded: bool = False) -> bytes | str:
    """The JSON document ``raw`` with every string in it as :func:`tui.text.sanitize.clean` would leave it, still JSON.

    Cleaning the document once is many times cheaper than cleaning each string after parsing: what needs nothing (most
    of what arrives) is found by a few searches over the bytes. Invalid UTF-8 becomes U+FFFD, lone surrogates go.
    ``is_bounded``: it is known not to hold too much.

    Raises :class:`AnswerError` for a document that would fill the memory.
    """
    if not is_bounded and holds_too_much(raw):
        raise AnswerError(api_errors.HOLDS_TOO_MUCH)
    escapes = _has_escapes(raw)
    if not escapes and raw.isascii() and b"\x7f" not in raw:
        return raw
    text = raw.decode("utf-8", "replace").replace("\x7f", "")
    if escapes:
        text = _ESCAPE.sub(_unescape, text)
    return _clean_strings(text)


def _clean_strings(text: str) -> str:
    """Clean what stands between two quotes wherever something other than ASCII does.

    That is enough context: what clean() weighs (marks, joiners) never reaches over a quote.
    """
    kept: list[str] = []
    done = 0
    found = _NOT_ASCII.search(text)
    while found is not None:
        begin = text.rfind('"', 0, found.start()) + 1
        end = text.find('"', found.end())
        if end < 0:
            end = len(text)
        piece = text[begin:end]
        cleaned = clean(piece)
        if cleaned is not piece:
            # Line breaks of other systems become \n, which a JSON string holds only as an escape.
            kept += (text[done:begin], cleaned.replace("\n", "\\n").replace("\t", "\\t"))
            done = end
        found = _NOT_ASCII.search(text, end)
    return "".join((*kept, text[done:])) if kept else text


def _has_escapes(raw: bytes) -> bool:
    if b"\\" not in raw:
        return False
    if b"\\r" in raw or b"\\b" in raw or b"\\f" in raw:
        return True
    return b"\\u" in raw and _SUSPICIOUS_UNICODE.search(raw) is not None


def _unescape(match: re.Match[str]) -> str:
    whole = match.group()
    if whole == "\\\\":
        return whole
    first, second = match.group(1), match.group(2)
    if first is None:
        return "\\n" if whole[1] in "ru" else ""
    code = int(first, 16)
    if 0xD800 <= code < 0xDC00 and second is not None:
        return chr(0x10000 + ((code - 0xD800) << 10) + (int(second, 16) - 0xDC00))
    if code < 0xA0 or 0xD800 <= code < 0xE000:
        return ""
    # A low surrogate that follows anything but a high one is a lone one, and goes too.
    return chr(code)


def _clean_tree(value: object) -> object:
    """Every string of a parsed document cleaned, for documents that only the forgiving parser could read."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_clean_tree(each) for each in value]
    if isinstance(value, dict):
        return {clean(str(key)): _clean_tree(each) for key, each in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _forgiving(raw: bytes) -> object:
    """Parse what strict JSON refuses: raw control characters in strings, NaN, a byte order mark, endless nesting."""
    text = raw.decode("utf-8", "replace").lstrip("\ufeff")
    try:
        try:
            return _clean_tree(json.loads(text, strict=False))
        except RecursionError:
            return _clean_tree(json.loads(shallow(text), strict=False))
    except (ValueError, RecursionError):
        raise AnswerError(_what_came(raw)) from None


def _what_came(raw: bytes) -> str:
    start = raw[:200].lstrip().lower()
    if not start:
        return api_errors.EMPTY_ANSWER
    if start.startswith(b"<"):
        return api_errors.WEB_PAGE
    return api_errors.CUT_SHORT_OR_NOT_JSON


def decode_value(raw: bytes) -> object:
    """Any JSON, cleaned. Raises :class:`AnswerError` when it cannot be read."""
    try:
        return cast(object, msgspec.json.decode(clean_document(raw)))
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return _forgiving(raw)


# ------------------------------------------------------------------------------------------------------------ models


def decode_one(raw: bytes, model: type[M]) -> M:
    """The object in ``raw`` as a ``model``. Raises :class:`AnswerError` when there is none to be found."""
    try:
        made = cast("M | None", decoder(model)(clean_document(raw)))
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        value = decode_value(raw)
        made = make(value, model)[0] if isinstance(value, dict) else None
    if made is None or (_identified(model) and not getattr(made, "id", "")):
        raise AnswerError(api_errors.HOLDS_NO.format(noun=noun_of(model)))
    return made


_log = logger("api")
_NOUNS = {"AdminWithApp": "teammate", "Admin": "teammate", "App": "workspace", "Part": "conversation part"}
"""What Intercom calls the models whose own names say something else."""


def noun_of(model: type[Model]) -> str:
    """What a person calls a thing of this model: Intercom's word, never a name of ours."""
    name = model.__name__
    return _NOUNS.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _plural(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") else noun if noun.endswith("s") else f"{noun}s"


def decode_page(raw: bytes, model: type[M], key: str) -> Page[M]:
    """The list under ``key`` as models, and where the next page begins.

    A dot in ``key`` goes deeper (``data.articles``), a bar names another place to look (``companies|data``).

    What is huge in one of them is null, as if it had not come. Raises :class:`AnswerError` when the document cannot be
    read or has no such list: an empty view must never come of a broken answer.
    """
    is_bounded = not holds_too_much(raw)
    if not is_bounded:
        raw = without_huge(raw)
    if "." not in key and "|" not in key:
        try:
            envelope = _page_decoder(model, key)(clean_document(raw, is_bounded=is_bounded))
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            pass
        else:
            items = envelope.items
            if all(getattr(item, "id", "") for item in items) or not _identified(model):
                return _paged(Page(cast("list[M]", items)), envelope.pages, envelope.total_count)
    return _page_apart(decode_value(raw), model, key)


def _page_apart(value: object, model: type[M], key: str) -> Page[M]:
    if not isinstance(value, dict):
        raise AnswerError(api_errors.HOLDS_NO_LIST.format(nouns=_plural(noun_of(model))))
    found = (_at(value, way) for way in key.split("|"))
    listed = next((each for each in found if isinstance(each, list)), None)
    if listed is None:
        raise AnswerError(api_errors.HOLDS_NO_LIST.format(nouns=_plural(noun_of(model))))
    items: list[M] = []
    odd: list[Odd] = []
    for index, each in enumerate(listed):
        if not isinstance(each, dict):
            odd.append(Odd(index, "", "not an object", kept=False))
            continue
        made, notes = make(each, model)
        identity = str(getattr(made, "id", "")) if made is not None else ""
        if made is None or (not identity and _identified(model)):
            odd.append(Odd(index, identity, "; ".join(notes) or "no id", kept=False))
            continue
        if notes:
            odd.append(Odd(index, identity, "; ".join(notes), kept=True))
        items.append(made)
    lost = sum(not one.kept for one in odd)
    if lost:
        _log.warning("%s: %d of %d could not be read", model.__name__, lost, len(listed))
    page = Page(items, odd=tuple(odd))
    return _paged(page, value.get("pages"), value.get("total_count"))


def _at(value: object, way: str) -> object:
    for step in way.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _paged(page: Page[M], pages: object, total: object) -> Page[M]:
    page.total_count = total if isinstance(total, int) and not isinstance(total, bool) and total >= 0 else None
    if not isinstance(pages, dict):
        return page
    following = pages.get("next")
    number, last = pages.get("page"), pages.get("total_pages")
    if isinstance(following, dict):
        for name in ("starting_after", "page"):
            if isinstance(following.get(name), str | int) and following[name]:
                page.next_params = {name: str(following[name])}
                break
    elif isinstance(following, str) and following:
        # Addresses are read, never followed: the token goes nowhere that an answer names.
        asked = parse_qs(following.partition("?")[2].partition("#")[0])
        page.next_params = {name: values[-1] for name, values in asked.items() if name in _PAGING}
    elif "next" not in pages and isinstance(number, int) and isinstance(last, int) and number < last:
        page.next_params = {"page": str(number + 1)}
    page.next_cursor = page.next_params.get("starting_after") or page.next_params.get("page")
    return page


_PAGING = frozenset({"starting_after", "page", "before", "since", "after"})


class _Envelope(msgspec.Struct):
    items: list[Model]
    pages: object = None
    total_count: object = None


@cache
def _page_decoder(model: type[Model], key: str) -> Callable[[bytes | str], _Envelope]:
    envelope = msgspec.defstruct(
        f"{model.__name__}Page",
        [
            ("items", list[model], msgspec.field(name=key)),  # type: ignore[valid-type]  # made for this model
            ("pages", object, None),
            ("total_count", object, None),
        ],
    )
    return decoder(cast("type[_Envelope]", envelope))


@cache
def _identified(model: type[Model]) -> bool:
    """Whether things of this kind are useless without an id; events and built-in attributes have none."""
    return "id" in model.__struct_fields__ and model.__name__ not in ("Event", "DataAttribute")
