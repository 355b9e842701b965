"""The sandbox's own answers with strangers' texts in every field that may hold words, and in those that should not.

The texts go by the object: one conversation, part, contact or tag says one text everywhere, so that a screen shows many
at once and every field of every kind of object meets every family.
"""

import json
import zlib
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final, cast
from urllib.parse import quote, unquote

from tests.hostile.server import Answer, Request, Upstream

__all__ = ["World"]

Json = dict[str, Any]

_BONES: Final = frozenset(
    {"type", "id", "state", "role", "starting_after", "next", "prev", "id_code", "object", "region"}
)
"""Keys whose values hold the answers together."""
_SOMETIMES: Final = frozenset(
    {"part_type", "delivered_as", "priority", "sla_status", "content_type", "resolution_state", "timezone"}
)
"""Keys of known values: another one an answer in eight."""
_WORDS: Final = (
    "title",
    "subject",
    "body",
    "name",
    "email",
    "phone",
    "remark",
    "event_name",
    "description",
    "job_title",
    "url",
)


def _extras(document: Json, text: str) -> None:
    """Fields that Intercom may send and the sandbox does not, by the kind of object."""
    file = {"type": "upload", "name": text, "url": text, "content_type": text, "filesize": 5}
    match document.get("type"):
        case "conversation":
            document["conversation_rating"] = {"rating": 3, "remark": text, "created_at": 1_700_000_000}
            document["sla_applied"] = {"sla_name": text, "sla_status": "missed"}
            document["ai_agent_participated"] = True
            document["ai_agent"] = {"source_title": text, "last_answer_type": text, "rating": 1, "rating_remark": text}
            document["custom_attributes"] = {text: text, "plan": text}
            document["linked_objects"] = {"data": [{"type": "ticket", "id": "5", "category": text}], "total_count": 1}
            source = document.get("source")
            if isinstance(source, dict):
                source["attachments"] = [file]
        case "conversation_part":
            document["attachments"] = [file, *(document.get("attachments") or ())]
            document["event_details"] = {"attribute": {"name": text}, "value": {"name": text}, "action": {"name": text}}
            document["metadata"] = {"quick_reply_options": [{"text": text, "uuid": text}], "channel_type": text}
        case "contact":
            document["custom_attributes"] = {text: text, "plan": text, "nested": {text: [text]}}
            document["location"] = {"type": "location", "city": text, "region": text, "country": text}
            document["social_profiles"] = {"data": [{"name": text, "url": f"https://x.example/{text}"}]}
            for key in ("browser", "os", "phone", "language_override", "referrer", "avatar", "browser_language"):
                document[key] = text
        case _:
            pass


class World:
    """Answers for a hostile server. `texts` are what is put in; `kind` says where: words, or ids as well."""

    def __init__(self, upstream: Upstream, texts: Sequence[str], *, ids: bool = False, refuse: bool = False) -> None:
        self.upstream, self.texts, self.ids, self.refuse = upstream, texts, ids, refuse
        self.places: Counter[str] = Counter()
        """How many texts were put where: the object's kind and the field."""
        self.used: set[str] = set()
        self._true: dict[str, str] = {}

    def __call__(self, request: Request) -> Answer:
        """The sandbox's answer, poisoned."""
        request = self._honest(request)
        if self.refuse and request.method == "POST" and request.path.rpartition("/")[2] in ("parts", "reply", "tags"):
            return self._refusal(request)
        answer = self.upstream(request)
        text = self._text(request.path)
        headers = {
            "X-Request-Id": "".join(char for char in text[:80] if " " <= char <= "\xff" and char != "\x7f").strip()
        }
        if not answer.body.startswith(b"{"):
            return answer
        document = json.loads(answer.body)
        self._poison(document, text, "")
        return Answer(answer.status, json.dumps(document).encode(), headers)

    def _refusal(self, request: Request) -> Answer:
        text = self._text(request.path)
        for place in ("code", "message", "field", "request_id"):
            self.places[f"error.{place}"] += 1
        error = {"code": text, "message": text, "field": text}
        refusal = {"type": "error.list", "request_id": text, "errors": [error]}
        return Answer(422, json.dumps(refusal).encode())

    def _honest(self, request: Request) -> Request:
        """With the sandbox's ids in place of those that were made up."""
        if not self._true:
            return request
        path = "/".join(quote(self._true.get(each, each), safe="") for each in map(unquote, request.path.split("/")))
        body = request.body
        if body:
            body = json.dumps(self._untrue(json.loads(body))).encode()
        return Request(request.method, path, request.query, request.headers, body)

    def _untrue(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._untrue(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self._untrue(each) for each in value]
        return self._true.get(value, value) if isinstance(value, str) else value

    def _text(self, key: str) -> str:
        text = self.texts[zlib.crc32(key.encode("utf-8", "replace")) % len(self.texts)]
        self.used.add(text)
        return text

    def _poison(self, document: Json, text: str, kind: str) -> None:
        said = document.get("type")
        kind = said if isinstance(said, str) else kind
        if "id" in document:
            text = self._text(f"{kind} {document['id']}")
        _extras(document, text)
        for key in _WORDS:  # absent or null in the sandbox, words at Intercom
            if document.get(key, "") is None:
                document[key] = text
        for key, value in list(document.items()):
            if isinstance(value, dict):
                self._poison(value, text, key if key.isidentifier() else "custom_attributes")
            elif isinstance(value, list):
                document[key] = [self._listed(each, text, kind, key) for each in value]
            elif isinstance(value, str):
                document[key] = self._leaf(kind, key, value, text)
        identity = document.get("id")
        if self.ids and isinstance(identity, str) and kind not in ("admin", "app"):
            self._true[_as_cleaned(f"{identity}{text}")] = identity
            document["id"] = f"{identity}{text}"
            self.places[f"{kind}.id"] += 1

    def _listed(self, value: Any, text: str, kind: str, key: str) -> Any:
        if isinstance(value, dict):
            self._poison(cast("Json", value), text, key)
            return value
        return self._leaf(kind, f"{key}[]", value, text) if isinstance(value, str) else value

    def _leaf(self, kind: str, key: str, value: str, text: str) -> str:
        bones = key in _BONES or key.endswith(("_id", "_ids[]", "_at"))
        if bones or (key in _SOMETIMES and zlib.crc32(repr((key, value, text[:50])).encode()) % 8):
            return value
        if kind == "upload" and key == "url":  # a program that fetches it asks nobody
            return f"http://127.0.0.1:9/{text}"
        self.places[f"{kind}.{key if key.isidentifier() and kind != 'custom_attributes' else '*'}"] += 1
        return f"<p>{value[:20]} {text}</p>" if key == "body" and len(value) % 2 else text


def _as_cleaned(text: str) -> str:
    from tui.text.sanitize import clean

    return clean(text)
