"""Addresses in customers' text: which may be opened, and where they really lead."""

import re
from typing import Final, NamedTuple

from tui.text.sanitize import clean
from tui.text.spans import Mark, Span

MAX_HREF: Final = 4096
"""Characters; a longer address is shown as text only."""

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_WEB = re.compile(r"(?i:https?):[/\\]*([^/\\?#]*)")
_LABEL_HOST = re.compile(r"(?:https?://)?([^/?#\s@]+)(?:[/?#]\S*)?")
_BARE = re.compile(r"https?://[^\s<>\"'`|\\^{}]+")
_TRAILING = ".,;:!?*_~"


class Link(NamedTuple):
    """An address that may be opened, with the words that carry it. `image` when it is a picture."""

    label: str
    href: str
    image: bool = False


def safe_href(raw: str) -> str:
    """The address to open for an `href` or `src`, or "" when it must stay inert.

    Only http, https, mailto and tel open; script and data addresses, relative ones and those without a host do not.
    White space and backslashes are read as browsers read them (WHATWG URL), so that what is shown is where it goes.
    A user in front of the host is dropped, for it only serves to look like one (bank.example@evil.example), and a host
    in other letters is given in its ASCII form (xn--…), which cannot be mistaken for another.
    """
    if len(raw) > MAX_HREF:
        return ""
    text = clean(raw).replace("\t", "").replace("\n", "").strip().replace(" ", "%20")
    if text.startswith("//"):
        text = "https:" + text
    elif text[:4].lower() == "www.":
        text = "https://" + text
    scheme = _SCHEME.match(text)
    if scheme is None:
        return ""
    name = scheme[1].lower()
    rest = text[scheme.end() :]
    if name in ("mailto", "tel"):
        return f"{name}:{rest}" if rest else ""
    web = _WEB.match(text)
    host = "" if web is None else _ascii_host(web[1].rpartition("@")[2])
    if web is None or not host:
        return ""
    return f"{name}://{host}{text[web.end() :]}"


def _ascii_host(host: str) -> str:
    """`host` in its ASCII form, "" when it has none."""
    if host.isascii():
        return host
    name, colon, port = host.partition(":")
    try:
        return f"{name.encode('idna').decode('ascii')}{colon}{port}"
    except UnicodeError:
        return ""


def target(href: str) -> str:
    """Where `href` (from `safe_href`) leads, short: the host of a web address, the address of a mailto, the number."""
    web = _WEB.match(href)
    return href.partition(":")[2].partition("?")[0] if web is None else web[1].lower()


def destination(href: str, most: int) -> str:
    """Where `href` (from `safe_href`) leads, with its scheme: `https://northwind.example`, `mailto:ann@example.com`.

    Of one longer than `most` characters the end stays, which says whose it is.
    """
    scheme = href.partition(":")[0].lower()
    start = f"{scheme}://" if _WEB.match(href) else f"{scheme}:"
    goal, room = target(href), most - len(start)
    return start + (goal if len(goal) <= room else "…" + goal[1 - room :])


def shows_target(label: str, href: str) -> bool:
    """Whether `label` already says where `href` leads, so that nothing need be added."""
    label = label.strip().lower()
    goal = target(href).lower()
    if not href.startswith("http"):
        return goal in label
    match = _LABEL_HOST.fullmatch(label)
    return match is not None and match[1].removeprefix("www.") == goal.removeprefix("www.")


def linkify(spans: list[Span]) -> list[Span]:
    """`spans` with the bare web addresses in them made links."""
    out: list[Span] = []
    for span in spans:
        text, marks, href = span
        if href or "://" not in text:
            out.append(span)
            continue
        done = 0
        for match in _BARE.finditer(text):
            address = _without_tail(match[0])
            goal = safe_href(address)
            if not goal:
                continue
            if match.start() > done:
                out.append(Span(text[done : match.start()], marks))
            out.append(Span(address, marks | Mark.LINK, goal))
            done = match.start() + len(address)
        if done < len(text):
            out.append(Span(text[done:], marks))
    return out


def _without_tail(address: str) -> str:
    """`address` without the punctuation of the sentence around it, and brackets that do not open in it."""
    end = len(address)
    unopened = address.count(")") - address.count("(")
    while end:
        if address[end - 1] == ")" and unopened > 0:
            unopened -= 1
        elif address[end - 1] not in _TRAILING:
            break
        end -= 1
    return address[:end]
