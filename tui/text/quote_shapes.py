"""The shapes in which mail programs announce a repeated message, in any language.

A line of introduction: a date, a name and an address before a colon. A header block: three lines or more of "word:
value" with a date and an address in them. A line of dashes with words in it, above one of these. Lists of words only
help where a shape says too little.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

MOST_ATTRIBUTION: Final = 400
"""Characters; a line of introduction with a long name and address, wrapped."""
MOST_LINES: Final = 3
_MOST_SEPARATOR: Final = 200
_MOST_HEADERS: Final = 9
_MOST_HEADER: Final = 2000
"""Characters of one; mails to many have long ones."""
_LEAST_HEADERS: Final = 3

COLON = re.compile(r"[:：]\s*$")
COMPARED = re.compile(r">=?\d")
DIGIT = re.compile(r"\d")
_TIME = re.compile(r"(?<!\d)\d{1,2}\s?[:.h٫]\s?\d{2}(?!\d)|\d{1,2}\s?[時时시点點]")
_NUMERIC_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|\d{4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2})(?!\d)"
)
_YEAR = re.compile(r"(?<![\d.,#+-])\d{4}(?![\d@])")
_DAY = re.compile(r"(?<![\d:.,#+-])\d{1,2}(?![\d:%])")
_MONTH = re.compile(r"[^\W\d_]{2,}|[月월]")
_ADDRESS = re.compile(r"[^\s<>()\[\]@:;,\"']+@[^\s<>()\[\]@:;,\"']+\.[^\s<>()\[\]@:;,\"']+")
_NAMED_ADDRESS = re.compile(r"[<(\[]\s?(?:mailto:)?[^\s<>()\[\]@]+@[^\s<>()\[\]@]+\s?[>)\]]")
_STARTS_WITH_DATE = re.compile(r"\W*(?:[^\W\d_]{1,4}[.,]*\s)?\W*\d")

_ON = re.compile(r"(?:On|Am|Le|El|Il|Em|Op|Den|W dniu|Dnia) \S")
_WROTE = re.compile(
    r"\b(?:(?:wrote|a écrit|escribió|ha scritto|escreveu|napisał\S*)|(?:schrieb|schreef|skrev)[^\n]{0,120})\s?:$"
)

SEPARATOR = re.compile(r"\s*([-_=*—–]{2,})\s*([^\W\d_](?:[^\n]{0,58}[^\W_])?\W?)\s*([-_=*—–]{2,})\s*")
LINE = re.compile(r"\s*[-_=*—–]{5,}\s*")
# Compiled when first met: hardly any message has such a line.
_ORIGINAL: Final = (
    r"(?i:original(?:e|al)? ?message|ursprüngliche nachricht|originalnachricht|message d[’']origine|mensaje original"
    r"|messaggio originale|mensagem original|oorspronkelijk bericht|исходное сообщение|original(?:t)? (?:meddelande"
    r"|melding)|oprindelig meddelelse|alkuperäinen viesti|wiadomość oryginalna|orijinal ileti|原始邮件|原始郵件"
    r"|元のメッセージ|원본 메일)\W?"
)
FORWARDED: Final = (
    r"(?i:forward|weitergeleitet|transf[eé]r|reenvi|inoltrat|encaminhad|doorgestuurd|перес(?:ыла|лан)|перенаправ"
    r"|przekazan|videresend|vidarebefordra|välitet|lähetetty edelleen|iletilen|iletildi|转发|轉寄|轉發|転送|전달"
    r"|محوّلة|المعاد توجيه)"
)
FORWARDED_SUBJECT = re.compile(r"(?:fwd?|wg|tr|rv|enc|i|vb|pd|vl|转发|轉寄)\s?[:：]", re.IGNORECASE)

LABEL = re.compile(r"\s*[*_]{0,2}([^\W\d_][^:：\n\d@<>]{0,28}?)[*_]{0,2}\s?(?::[*_]{0,2}\s|：)[*_]{0,2}\s*(?=\S)")
_FROM = re.compile(r"(?:From|Von|De|Da|Van|Från|Fra|Od)\s?", re.IGNORECASE)
_SENT = re.compile(
    r"(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado(?: el| em)?|Fecha|Inviato|Data|Verzonden|Skickat|Sendt|Wysłano)\s?",
    re.IGNORECASE,
)
_TO = re.compile(
    r"(?:To|Subject|An|Betreff|À|Objet|Para|Asunto|Assunto|A|Oggetto|Aan|Onderwerp|Till|Til|Do|Ämne|Emne|Temat)\s?",
    re.IGNORECASE,
)
_REPLY_SUBJECT = re.compile(r"[^\W\d_]{1,4}\s?[:：]\s*[^\s/+\d]")


class Row(NamedTuple):
    """A line of a message: its block, where it begins there, its text, and whether it may begin a quotation."""

    block: int
    offset: int
    text: str
    free: bool


def is_attribution(text: str, *, quoted: bool) -> bool:
    """Whether `text`, which ends in a colon, introduces a message; `quoted` when a quotation follows it."""
    if DIGIT.search(text) is None:
        return False
    if _ON.match(text) is not None and _WROTE.search(text) is not None:
        return True
    named = _NAMED_ADDRESS.search(text)
    # what follows the date and the sender before the colon is a verb, not a sentence
    rest = _ADDRESS.sub("", text)
    if not _is_date(rest):
        return False
    timed = _TIME.search(rest) is not None
    if named is not None:
        return timed or quoted or _STARTS_WITH_DATE.match(text) is not None
    return quoted and timed


def _is_date(text: str) -> bool:
    if _NUMERIC_DATE.search(text) is not None:
        return True
    rest = _TIME.sub(" ", text)
    year = _YEAR.search(rest)
    if year is None:
        return False
    return _DAY.search(rest[: year.start()] + " " + rest[year.end() :]) is not None and _MONTH.search(rest) is not None


# Header blocks and the lines above them


def is_separator(rows: Sequence[Row], index: int) -> bool:
    """Whether a line is one that mail programs put above a quoted message: `-- Original message --`, a rule."""
    text = rows[index].text
    if len(text) > _MOST_SEPARATOR:
        return False
    match = SEPARATOR.fullmatch(text)
    if match is None:
        return LINE.fullmatch(text) is not None and _header_follows(rows, index)
    if re.search(FORWARDED, match[2]) or re.fullmatch(_ORIGINAL, match[2].strip()):
        return len(match[1]) > 2
    return _header_follows(rows, index)


def _header_follows(rows: Sequence[Row], index: int) -> bool:
    """Whether a header, or a line of introduction, stands right below a line."""
    for number in range(index + 1, min(index + 3, len(rows))):
        row = rows[number]
        if row.text:
            return row.free and (is_header(rows, number, below_line=True) or _introduced(rows, number))
    return False


def _introduced(rows: Sequence[Row], index: int) -> bool:
    text = " ".join([row.text.strip() for row in rows[index : index + MOST_LINES]])
    head = re.match(r".{0,400}?[:：](?=\s|$)(?<!\d:)", text)
    return head is not None and is_attribution(head[0], quoted=True) and _NAMED_ADDRESS.search(head[0]) is not None


def is_header(rows: Sequence[Row], index: int, *, below_line: bool = False) -> bool:
    """Whether the lines from `index` on are the header of a mail: "word: value" with a date and an address in them."""
    first = LABEL.match(rows[index].text)
    if first is None:
        return False
    labels: list[str] = []
    values: list[str] = []
    end = index
    while end < len(rows) and len(labels) < _MOST_HEADERS:
        row = rows[end]
        label = LABEL.match(row.text) if row.free else None
        if label is not None:
            labels.append(label[1].strip())
            values.append(row.text[label.end() :].strip())
        elif values and row.free and row.text and values[-1][-1:] in ",;":
            values[-1] += " " + row.text.strip()
        elif row.text or not row.free or not _is_split(rows, end):
            break
        end += 1
    known = _is_known_header(labels)
    if not known and len(labels) < (2 if below_line else _LEAST_HEADERS):
        return False
    if not any(rows[number].text for number in range(end, len(rows))):
        return known and len(labels) > _LEAST_HEADERS  # nothing is repeated below it
    told = below_line or _is_told(values) if known else _has_shape(values, begins=not LABEL.match(_above(rows, index)))
    return told and (below_line or not _is_announced(rows, index))


def _above(rows: Sequence[Row], index: int) -> str:
    """The text of the row above, over one that is empty."""
    return next((row.text for row in reversed(rows[max(0, index - 2) : index]) if row.text), "")


def _is_announced(rows: Sequence[Row], index: int) -> bool:
    """Whether the last words above a header end in a colon: "My order:", "Begin forwarded message:"."""
    for row in reversed(rows[max(0, index - _MOST_HEADERS) : index]):
        if row.text and LABEL.match(row.text) is None:
            return COLON.search(row.text) is not None
    return False


def _is_split(rows: Sequence[Row], index: int) -> bool:
    """Whether an empty row only parts two paragraphs of a header (Outlook makes each line one)."""
    return (
        index + 1 < len(rows)
        and rows[index - 1].block != rows[index + 1].block
        and rows[index + 1].offset == 0
        and LABEL.match(rows[index + 1].text) is not None
    )


def _is_known_header(labels: Sequence[str]) -> bool:
    """A "From:" followed by the rest of a mail's header: a date, or both recipient and subject; in some languages."""
    if not labels or _FROM.fullmatch(labels[0]) is None:
        return False
    others = sum(1 for label in labels[1:] if _TO.fullmatch(label))
    return others > 1 or (others > 0 and any(_SENT.fullmatch(label) for label in labels[1:]))


def _is_told(values: Sequence[str]) -> bool:
    """Whether known words stand before what a mail's header holds; "From: Berlin, To: Hamburg" is a journey."""
    return any(
        _ADDRESS.search(value[:_MOST_HEADER])
        or _REPLY_SUBJECT.match(value)
        or (_TIME.search(value) and _is_date(value))
        for value in values
    )


def _has_shape(values: Sequence[str], *, begins: bool) -> bool:
    """Whether the values are those of a mail's header, and not of a form with a date and an address in it.

    `begins`: no other "word: value" stands above.
    """
    if any(len(value) > _MOST_HEADER for value in values):
        return False
    dated = [value for value in values if DIGIT.search(value) and _is_date(_ADDRESS.sub("", value))]
    if not dated:
        return False
    addresses = sum(1 for value in values if _ADDRESS.search(value))
    timed = any(_TIME.search(value) for value in dated)
    replies = any(_REPLY_SUBJECT.match(value) for value in values)
    if not addresses:
        return timed and replies
    if replies or any(_NAMED_ADDRESS.search(value) for value in values):
        return True
    # a form begins with a name, a header with its sender or its date
    return begins and (addresses > 1 or timed) and (values[0] in dated or _ADDRESS.search(values[0]) is not None)
