"""Finding what a mail program puts under each message: a signature, "Sent from my iPhone".

It is told by its element (Gmail, Thunderbird, Apple Mail, Outlook, Proton), by the line "-- " above it (RFC 3676, 4.3)
or by a last line that names a program. What is long, asks something or is all that a message says is no signature:
people write into the element of one, and a fold must not hide what the reader came for.
"""

import re
from collections.abc import Sequence
from typing import Final

from tui.text.blocks import Block, Kind, split
from tui.text.quotes import rows_of

_MOST_LINES: Final = 12
_MOST_CHARS: Final = 900
"""Of all lines of one; some hold an address, a register number and a line about paper."""

_NAMES = frozenset(
    [
        *("gmail_signature", "gmail_signature_prefix", "moz-signature", "applemailsignature", "signature"),
        *("ms-outlook-mobile-signature", "ms-outlook-ios-signature", "ms-outlook-android-signature"),
        *("protonmail_signature_block", "protonmail_signature_block-user", "protonmail_signature_block-proton"),
    ]
)
_DELIMITER = re.compile(r"\s*(?:--|—)\s*")
_PROGRAM: Final = (
    r"(?:iphone|ipad|ios\b|android|samsung|galaxy|huawei|xiaomi|pixel|blackberry|nokia|outlook|gmail|gmx|web\.de|yahoo"
    r"|proton|icloud|superhuman|thunderbird|airmail|spark\b|windows|aol\b|zoho|t-online|mail\.ru|smartphone"
    r"|(?:my|meinem|mon|mi|mio|mijn|min|meu|mobilt?) (?:mobile|phone|tablet|handy|t[eé]l[eé]phone|telefon|portable"
    r"|m[oó]vil|tel[eé]fono|telem[oó]vel|celular|cellulare|telefoon|mobiel|mobil))"
)
_SENT: Final = (
    r"(?:sent (?:from|via|with|using)|gesendet (?:von|mit|aus|über)|envoyé (?:de|à partir|avec)"
    r"|enviado (?:desde|do|de|a partir)|inviato da|verzonden (?:vanaf|met|via)|verstuurd vanaf|skickat från|sendt fra"
    r"|lähetetty|wysłan\w+ z|odesláno z|отправлено (?:с|из)|надіслано з)"
)
_PROGRAM_LINE = re.compile(
    rf"\W*(?:{_SENT}\b.{{1,40}}?{_PROGRAM}.{{0,30}}"
    rf"|(?:.{{1,25}}\b)?von .{{0,20}}{_PROGRAM}.{{0,25}}(?:gesendet|verschickt)\W*"
    r"|(?:get|download|téléchargez|obtener|scarica|hol dir) \S*(?:mail|outlook|spark|aol)\S*"
    r" (?:for|für|pour|para|per) (?:mobile|mac|windows|android|ios)\b.{0,30}"
    rf"|.{{0,20}}(?:{_PROGRAM}|スマートフォン).{{0,12}}から送信|发自我的.{{1,30}}|أُ?رسلت من .{{1,40}}|נשלח מ.{{1,40}})",
    re.IGNORECASE,
)
_MOST_OF_A_LINE: Final = 90


def signs_itself(attributes: dict[str, str | None]) -> bool:
    """Whether an element says that it holds a signature."""
    for name in ("class", "id"):
        value = attributes.get(name)
        if value is not None and "ignature" in value:
            words = value.lower().split()
            if not _NAMES.isdisjoint([word.removeprefix("x_") for word in words]):
                return True
    return False


def mark_signatures(blocks: list[Block]) -> None:
    """Set `signature` on the blocks that make one up, after `mark_quotes`; a block is parted where one begins in it."""
    end = len(blocks)
    while end > 0:
        start = end
        while start > 0 and not blocks[start - 1].quoted:
            start -= 1
        if start < end:
            _mark(blocks, start, end)
        end = start - 1
    if not any(not block.folds and block.kind is not Kind.RULE for block in blocks):
        for block in blocks:
            block.signature = False


def _mark(blocks: list[Block], start: int, end: int) -> None:
    """Mark the signature at the end of the blocks from `start` to before `end`, which no quotation parts."""
    told = [block for block in blocks[start:end] if block.signature]
    if told and not _may_be(told):
        for block in told:
            block.signature = False
    last = end
    while last > start and blocks[last - 1].signature:
        last -= 1
    rows = [row for row in rows_of(blocks[start:last]) if row.text]
    first = len(rows)
    while first and _names_a_program(rows[first - 1].text):
        first -= 1
    for number, row in enumerate(rows):
        if _DELIMITER.fullmatch(row.text):
            below = blocks[start + row.block : last]
            if (number + 1 < len(rows) or len(below) > 1 or last < end) and _may_be(below, row.offset):
                first = min(first, number)
                break
    if first == len(rows):
        return
    at, offset = start + rows[first].block, rows[first].offset
    if offset:
        at += 1
        blocks.insert(at, split(blocks[at - 1], offset))
        last += 1
    for block in blocks[at:last]:
        block.signature = True


def _may_be(blocks: Sequence[Block], offset: int = 0) -> bool:
    """Whether these blocks, from `offset` characters into the first, are short enough and say as little as one does."""
    lines: list[str] = []
    for block in blocks:
        if block.kind is Kind.PRE and lines:
            return False
        lines += [line for line in block.text[offset:].split("\n") if line.strip()]
        offset = 0
        if len(lines) > _MOST_LINES:
            return False
    return sum([len(line) for line in lines]) <= _MOST_CHARS and not any(line.rstrip()[-1] in "?？؟" for line in lines)


def _names_a_program(line: str) -> bool:
    return len(line) <= _MOST_OF_A_LINE and _PROGRAM_LINE.fullmatch(line.strip()) is not None
