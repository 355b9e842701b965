"""Finding the part of an e-mail that repeats earlier messages.

Mail programs mark it by an element (Gmail, Apple Mail, Thunderbird, Yahoo, Proton), by ">" before each line, by a line
of introduction ("On … wrote:"), by a header block ("From: … Sent: …") or by a line of dashes with words in it. The last
three are told by their shape, in any language: a date and an address before a colon, lines of "word: value" with a date
and an address in them. Lists of words only help where a shape says too little. A forwarded message is not a quotation,
since nobody has read it yet.
"""

import re
from collections.abc import Sequence

from tui.text.blocks import Block, Kind, split
from tui.text.quote_shapes import (
    COLON,
    COMPARED,
    DIGIT,
    FORWARDED,
    FORWARDED_SUBJECT,
    LABEL,
    LINE,
    MOST_ATTRIBUTION,
    MOST_LINES,
    SEPARATOR,
    Row,
    is_attribution,
    is_header,
    is_separator,
)

_QUOTE_CLASSES = frozenset(
    [
        *("gmail_quote", "gmail_quote_container", "gmail_attr", "yahoo_quoted", "moz-cite-prefix"),
        *("protonmail_quote", "tutanota_quote", "zmail_extra", "moz-email-headers-table"),
    ]
)
_REST_IDS = frozenset(("divrplyfwdmsg", "appendonsend", "olk_src_body_section", "x_divrplyfwdmsg", "x_appendonsend"))


def quotes_itself(tag: str, attributes: dict[str, str | None]) -> bool:
    """Whether an element says that all in it repeats an earlier message."""
    if tag == "blockquote" and (attributes.get("type") or "").lower() == "cite":
        return True
    names = attributes.get("class")
    return names is not None and not _QUOTE_CLASSES.isdisjoint(names.lower().split())


def quotes_the_rest(attributes: dict[str, str | None]) -> bool:
    """Whether an element (Outlook on the web) says that it and all after it repeat earlier messages."""
    name = attributes.get("id")
    return name is not None and name.lower() in _REST_IDS


def mark_quotes(blocks: list[Block]) -> None:
    """Set `quoted` on the blocks that repeat earlier messages, told by their words and what stands around them.

    Blocks are parted where a quotation begins or ends inside one. Where nothing else is said, or the repeated text is a
    forwarded message, nothing is marked: a fold must not hide what the reader came for.
    """
    rows = rows_of(blocks)
    _apply(blocks, rows, _quoted(blocks, rows))
    _unfold_forwarded(blocks)
    if not any(not block.quoted and block.kind is not Kind.RULE for block in blocks):
        for block in blocks:
            block.quoted = False


def rows_of(blocks: Sequence[Block]) -> list[Row]:
    """The lines of all blocks; one without text parts paragraphs or stands for what is no paragraph."""
    rows: list[Row] = []
    for index, block in enumerate(blocks):
        if block.kind is not Kind.TEXT:
            rows.append(Row(index, 0, "", False))
            continue
        free = not block.quoted and not block.bullet
        if block.gap and rows and rows[-1].text:
            rows.append(Row(index, 0, "", free))
        offset = 0
        for line in block.text.split("\n"):
            rows.append(Row(index, offset, "" if line.isspace() else line, free))
            offset += len(line) + 1
    return rows


def _quoted(blocks: Sequence[Block], rows: Sequence[Row]) -> list[bool]:
    """Which rows repeat an earlier message."""
    flags = [blocks[row.block].quoted for row in rows]
    index = 0
    while index < len(rows):
        row = rows[index]
        if not row.free or not row.text:
            index += 1
        elif row.text.startswith(">"):
            flags[index] = not _is_comparison(rows, index)
            index += 1
        elif is_separator(rows, index) or is_header(rows, index):
            _mark_rest(blocks, rows, flags, index)
            break
        elif end := _attribution_end(blocks, rows, index):
            following = _next_said(blocks, rows, end)
            if following >= 0 and not _is_quotation(blocks, rows[following]):
                _mark_rest(blocks, rows, flags, index)
                break
            if following >= 0:
                flags[index:following] = [True] * (following - index)
                while following < len(rows) and _is_quotation(blocks, rows[following]):
                    flags[following] = True
                    following += 1
            index = max(end, following)
        else:
            index += 1
    return flags


def _is_comparison(rows: Sequence[Row], index: int) -> bool:
    """Whether a line by itself begins with "more than": ">50 % of them"."""
    beside = (*rows[max(0, index - 1) : index], *rows[index + 1 : index + 2])
    return COMPARED.match(rows[index].text) is not None and not any(row.text.startswith(">") for row in beside)


def _mark_rest(blocks: Sequence[Block], rows: Sequence[Row], flags: list[bool], index: int) -> None:
    """From the row at `index` on, and the line drawn above it."""
    before = index - 1
    while before >= 0 and not rows[before].text and blocks[rows[before].block].kind is not Kind.RULE:
        before -= 1
    if before >= 0 and (blocks[rows[before].block].kind is Kind.RULE or LINE.fullmatch(rows[before].text)):
        index = before
    flags[index:] = [True] * (len(rows) - index)


def _is_quotation(blocks: Sequence[Block], row: Row) -> bool:
    block = blocks[row.block]
    return block.quoted or block.quote > 0 or row.text.startswith(">")


def _next_said(blocks: Sequence[Block], rows: Sequence[Row], index: int) -> int:
    """The first row from `index` on that says something; -1 where none does."""
    for number in range(index, len(rows)):
        if rows[number].text or blocks[rows[number].block].kind is not Kind.TEXT:
            return number
    return -1


# Lines of introduction


def _attribution_end(blocks: Sequence[Block], rows: Sequence[Row], index: int) -> int:
    """The row after the line of introduction that begins at `index`, 0 where none does. It may be wrapped."""
    text = ""
    for number in range(index, min(index + MOST_LINES, len(rows))):
        row = rows[number]
        if not row.free or not row.text or row.text[0] == ">":
            return 0
        text = f"{text} {row.text.strip()}" if text else row.text.strip()
        if len(text) > MOST_ATTRIBUTION:
            return 0
        if COLON.search(text):
            following = _next_said(blocks, rows, number + 1)
            quoted = following >= 0 and _is_quotation(blocks, rows[following])
            return number + 1 if is_attribution(text, quoted=quoted) else 0
        if text[-1] in ".!?。！？" and not DIGIT.search(text):
            return 0
    return 0


# Blocks


def _apply(blocks: list[Block], rows: Sequence[Row], flags: Sequence[bool]) -> None:
    """Set `quoted` as `flags` say, parting the blocks in which it changes."""
    changes: dict[int, list[tuple[int, bool]]] = {}
    for row, flag in zip(rows, flags, strict=True):
        if not row.text and blocks[row.block].kind is Kind.TEXT:
            continue
        told = changes.setdefault(row.block, [])
        if not told or told[-1][1] != flag:
            told.append((row.offset, flag))
    for index in sorted(changes, reverse=True):
        told = changes[index]
        block = blocks[index]
        block.quoted = told[0][1]
        for offset, flag in reversed(told[1:]):
            rest = split(block, offset)
            rest.quoted = flag
            blocks.insert(index + 1, rest)


def _unfold_forwarded(blocks: list[Block]) -> None:
    start = 0
    while start < len(blocks):
        end = start
        while end < len(blocks) and blocks[end].quoted:
            end += 1
        if end > start and _is_forwarded("\n".join([block.text for block in blocks[start : min(end, start + 8)]])):
            for block in blocks[start:end]:
                block.quoted = False
        start = end + 1


def _is_forwarded(text: str) -> bool:
    lines = [line for line in text.split("\n") if line and LINE.fullmatch(line) is None][:8]
    if not lines:
        return False
    separator = SEPARATOR.fullmatch(lines[0])
    if separator is not None and (
        re.search(FORWARDED, separator[2]) or (len(separator[1]), len(separator[3])) == (10, 9)
    ):
        return True
    if lines[0].endswith(":") and len(lines[0]) < 60 and re.search(FORWARDED, lines[0]):
        return True
    labels = [LABEL.match(line) for line in lines]
    return any(
        label is not None and FORWARDED_SUBJECT.match(lines[number][label.end() :])
        for number, label in enumerate(labels)
    )
