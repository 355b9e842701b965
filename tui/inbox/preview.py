"""The words of a message as one line of a list."""

import html
import re

from tui.text.sanitize import clean_line

_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_NEEDS_PARSER = re.compile(
    r"<(?!/?(?:p|br|b|strong|i|em|u|s|a|ul|ol|li|div|span|code|pre|h[1-6]|hr|table|tbody|thead|tr|td|th|font|center|img|blockquote)"
    r"\b[^<>]*>)",
    re.IGNORECASE,
)
_SHOWN = (
    r"(?:text-align|text-decoration|vertical-align|font-(?:weight|family|style))\s*:[^;:\"()]*+"
    r"|font-size\s*:\s*(?:[2-9]|[1-9]\d)(?:\.\d+)?(?:px|pt)|color\s*:\s*#[0-9a-e](?:[0-9a-f]{5}|[0-9a-f]{2})(?=[\s;\"])"
)
"""Declarations that hide nothing: letters large enough to read, in a colour that is not the page's white."""
_MAY_HIDE = re.compile(
    rf"<[^<>]*\s(?:hidden|bgcolor)\b|\sstyle\b(?!\s*=\s*\"\s*+(?:(?:{_SHOWN})[\s;]*+)*+\")", re.IGNORECASE
)


def preview_of(markup: str) -> str:
    """The words of a message on one line, as much as a list row can ever show; pictures only where there are no words.

    ``markup`` has been cleaned, as everything from Intercom is.
    """
    if "<" not in markup[:4000] and "&" not in markup[:4000]:
        return " ".join(markup[:4000].split())[:240]
    if len(markup) <= 4000:
        return _words(markup)
    from tui.text.slim import slim  # rarely needed, and never before the first paint

    for most in (1000, 20_000, 200_000):
        head = slim(markup, most)
        words = _words(head.html)
        if words or not head.cut:  # a mail may begin with much that it hides
            return words
    return ""


def _may_hide(head: str) -> bool:
    """Whether an attribute may hide words. Few bodies have one at all, which is told without a pattern."""
    low = head.lower()
    return ("style" in low or "hidden" in low or "bgcolor" in low) and _MAY_HIDE.search(head) is not None


def _words(head: str) -> str:
    if not _NEEDS_PARSER.search(head) and not _may_hide(head):
        # a first fill reads a hundred thousand of these: plain paragraphs need no parser
        words = _TAG.sub(" ", head)
        # what an entity stands for was not cleaned yet
        words = clean_line(html.unescape(words)) if "&" in words else " ".join(words.split())
        if words:
            return words[:240]
    from tui.text.html import to_text  # rarely needed, and never before the first paint

    return " ".join(to_text(head).split())[:240]
