"""A small template language for made-up messages, compiled once and rendered in a few microseconds.

- `{name}` is a slot: drawn once a thread from `slots`, the same in every message of it.
- `[[a|b|c]]` is one of several wordings.
- Blank lines part paragraphs; `- ` and `1. ` start lists, `> ` a quote, three backticks a `<pre>`; `**bold**`,
  `*italic*`, backtick-quoted code and `[label](address)` work inside; a paragraph that starts with `<` is HTML as it
  stands.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from random import Random
from typing import NamedTuple

_SLOT = re.compile(r"(?<!\$)\{([a-z_0-9]+)\}")
_EITHER = re.compile(r"\[\[(.+?)\]\]", re.S)
_TAG = re.compile(r"<[^>]+>")
_HELLO = re.compile(
    r"(hi|hello|hey|dear|good (morning|evening|afternoon)|to whom|hola|bonjour|hallo|boa tarde|olá)\b"
    r"|お世話|السلام|مرحبا|שלום|היי",
    re.I,
)
_SPACE = re.compile(r"\s+")
_INLINE = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
    (re.compile(r"(?<![*\w])\*(\w[^*\n]*)\*(?!\w)"), r"<i>\1</i>"),
    (re.compile(r"`([^`\n]+)`"), r"<code>\1</code>"),
    (re.compile(r"\[([^\]\n]+)\]\((https?://[^)\s]+|mailto:[^)\s]+)\)"), r'<a href="\2">\1</a>'),
)

Maker = Callable[["Slots"], str]


class Compiled(NamedTuple):
    """A template as two %-formats over slots; `simple` if only paragraphs, `greets` if it begins with a hello."""

    html: str
    html_slots: tuple[str, ...]
    plain: str
    plain_slots: tuple[str, ...]
    simple: bool
    greets: bool


class Slots(dict[str, str]):
    """The words of one thread, drawn when first asked for and kept."""

    def __init__(self, rng: Random, makers: Mapping[str, tuple[str, ...] | Maker]) -> None:
        self.rng = rng
        self.makers = makers

    def __missing__(self, name: str) -> str:
        options = _EITHERS.get(name) or self.makers[name]
        value = options[int(self.rng.random() * len(options))] if isinstance(options, tuple) else options(self)
        if "{" in value:  # a wording with slots of its own
            value = _SLOT.sub(lambda match: self[match[1]], value)
        self[name] = value
        return value


# Compiled templates and their wordings: memory of pure functions, nothing that a caller could see change.
_COMPILED: dict[str, Compiled] = {}
_EITHERS: dict[str, tuple[str, ...]] = {}


def compiled(template: str) -> Compiled:
    """The compiled form of a template, made on first use."""
    found = _COMPILED.get(template)
    if found is None:
        found = _COMPILED[template] = _compile(template)
    return found


def render_html(template: str, slots: Slots) -> str:
    """The message as HTML."""
    made = _COMPILED.get(template) or compiled(template)
    return made.html % tuple([slots[name] for name in made.html_slots])


def render_plain(template: str, slots: Slots) -> str:
    """The message as one line of plain words."""
    made = _COMPILED.get(template) or compiled(template)
    return made.plain % tuple([slots[name] for name in made.plain_slots])


def _compile(template: str) -> Compiled:
    source = _EITHER.sub(_name_wordings, template.strip("\n"))
    markup = to_html(source)
    plain = _SPACE.sub(" ", html.unescape(_TAG.sub(" ", markup.replace("</li>", ";</li>")))).strip()
    simple = not any(sign in markup for sign in ("<pre", "<code", "<a ", "<t", "<img", "@", "<ul", "<ol", "<div"))
    return Compiled(*_format(markup), *_format(plain), simple, _HELLO.match(plain) is not None)


def _name_wordings(match: re.Match[str]) -> str:
    options = tuple(match[1].split("|"))
    # The number depends on what was compiled before; the draws do not, as nothing is ever chosen by name.
    name = f"either_{len(_EITHERS)}"
    _EITHERS[name] = options
    return "{" + name + "}"


def _format(text: str) -> tuple[str, tuple[str, ...]]:
    names = tuple(_SLOT.findall(text))
    return _SLOT.sub("\0", text).replace("%", "%%").replace("\0", "%s"), names


def to_html(text: str) -> str:
    """The light markup above as HTML; slots are left alone."""
    return "".join(_block(block) for block in re.split(r"\n{2,}(?![^`]*\n```(?:\n|$))", text) if block.strip())


def _block(block: str) -> str:
    if block.startswith("<"):
        return block
    if block.startswith("```"):
        return f"<pre><code>{html.escape(block.strip('`').strip(chr(10)), quote=False)}</code></pre>"
    lines = html.escape(block, quote=False).split("\n")
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{_inline(line[2:])}</li>" for line in lines) + "</ul>"
    if all(re.match(r"\d+\. ", line) for line in lines):
        return "<ol>" + "".join(f"<li>{_inline(line.split('. ', 1)[1])}</li>" for line in lines) + "</ol>"
    if all(line.startswith("&gt; ") for line in lines):
        return "<blockquote>" + "<br>".join(_inline(line[5:]) for line in lines) + "</blockquote>"
    return "<p>" + "<br>".join(_inline(line) for line in lines) + "</p>"


def _inline(text: str) -> str:
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text
