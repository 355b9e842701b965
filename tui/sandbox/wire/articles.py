"""Help center articles on the wire."""

from __future__ import annotations

import re

from tui.sandbox.furniture import WORKSPACE_ID
from tui.sandbox.model import Article, Json


def article(one: Article, *, statistics: bool = False) -> Json:
    """An article; only published ones have a link."""
    slug = re.sub(r"[^a-z0-9]+", "-", one.title.lower()).strip("-")
    made: Json = {
        "id": str(one.id),
        "type": "article",
        "workspace_id": WORKSPACE_ID,
        "parent_id": one.parent_id,
        "parent_type": one.parent_type,
        "parent_ids": [] if one.parent_id is None else [one.parent_id],
        "tags": {"type": "tag.list", "tags": []},
        "title": one.title,
        "description": one.description,
        "body": one.body,
        "author_id": one.author_id,
        "state": one.state,
        "created_at": one.created_at,
        "updated_at": one.updated_at,
        "url": f"https://help.tidewater.example/en/articles/{one.id}-{slug}" if one.state == "published" else None,
        "default_locale": one.locale,
    }
    if statistics:
        made["statistics"] = {
            "type": "article_statistics",
            "views": one.id % 997,
            "conversions": one.id % 13,
            "reactions": one.id % 41,
            "happy_reaction_percentage": 80.0,
            "neutral_reaction_percentage": 15.0,
            "sad_reaction_percentage": 5.0,
        }
    return made


def highlights(one: Article, phrase: str) -> Json:
    """Where the phrase stands in title and body."""

    def cut(text: str) -> list[Json]:
        place = text.lower().find(phrase.lower())
        if not phrase or place < 0:
            return [{"type": "plain", "text": text}]
        end = place + len(phrase)
        pieces = (("plain", text[:place]), ("highlight", text[place:end]), ("plain", text[end:]))
        return [{"type": kind, "text": piece} for kind, piece in pieces if piece]

    plain = re.sub(r"<[^>]+>", " ", one.body)
    return {
        "article_id": str(one.id),
        "highlighted_title": cut(one.title),
        "highlighted_summary": [cut(plain[:280])],
    }
