"""Help center articles."""

from __future__ import annotations

from tui.sandbox.content.shapes import ArticleWords

ARTICLES: tuple[ArticleWords, ...] = (
    ArticleWords(
        "Print your first label",
        "From sign-up to a label in ten minutes.",
        "<p>…</p>",
        "Getting started",
        0,
        "published",
    ),
)
