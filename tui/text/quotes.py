"""Finding the part of an e-mail that repeats earlier messages.

Mail programs mark it in three ways: by an element (Gmail, Apple Mail, Thunderbird, Yahoo, Proton), by a header block
("From: … Sent: …", Outlook) or by a line ("On … wrote:", plain text) before it. All three are recognised; a forwarded
message is not a quotation, since nobody has read it yet.
"""

import re

from tui.text.blocks import Block, Kind, cut, tidy

_QUOTE_CLASSES = frozenset(
    [
        *("gmail_quote", "gmail_quote_container", "gmail_attr", "yahoo_quoted", "moz-cite-prefix"),
        *("protonmail_quote", "tutanota_quote", "zmail_extra", "moz-email-headers-table"),
    ]
)
_REST_IDS = frozenset(("divrplyfwdmsg", "appendonsend", "olk_src_body_section", "x_divrplyfwdmsg", "x_appendonsend"))

_ON = re.compile(r"(?:On|Am|Le|El|Il|Em|Op|Den|W dniu|Dnia) \S")
_DIGIT = re.compile(r"\d")
_WROTE = re.compile(
    r"\b(?:(?:wrote|a écrit|escribió|ha scritto|escreveu|napisał\S*)|(?:schrieb|schreef|skrev)[^\n]{0,120})\s?:$"
)
_ORIGINAL = re.compile(
    r"-{3,}\s?(?:Original Message|Ursprüngliche Nachricht|Message d'origine|Mensaje original)\s?-{3,}"
)
_FORWARDED = re.compile(r"-{3,}\s?(?:Forwarded message|Weitergeleitete Nachricht|Message transféré)|Begin forwarded")
_FROM = re.compile(r"\*?(?:From|Von|De|Da|Van|Från|Fra|Od)\s?:\*?\s?\S")
_SENT = re.compile(
    r"\n\*?(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado(?: el)?|Fecha|Inviato|Data|Verzonden|Skickat|Sendt|Wysłano)\s?:"
)
_HINT = re.compile(r"^(?:>|-{3}|\*?(?:From|Von|De|Da|Van|Från|Fra|Od)\s?:)|:$", re.MULTILINE)
_TO = re.compile(r"\n\*?(?:To|Subject|An|Betreff|À|Objet|Para|Asunto|Assunto|A|Oggetto|Aan|Onderwerp|Till|Til|Do)\s?:")


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

    Where nothing else is said, or the repeated text is a forwarded message, nothing is marked: a fold must not hide
    what the reader came for.
    """
    _split_at_marks(blocks)
    for index, block in enumerate(blocks):
        if block.quoted or block.kind is not Kind.TEXT:
            continue
        text = block.text
        if text.startswith(">"):
            block.quoted = True
        elif _ORIGINAL.match(text) or (_FROM.match(text) and _is_header(blocks, index)):
            _mark_rest(blocks, index)
            break
        elif _is_attribution(text) and index + 1 < len(blocks):
            after = blocks[index + 1]
            block.quoted = True
            if not (after.quoted or after.quote or after.text.startswith(">")):
                _mark_rest(blocks, index)
                break
            _mark_quotation(blocks, index + 1)
    _unfold_forwarded(blocks)
    if not any(not block.quoted and block.kind is not Kind.RULE for block in blocks):
        for block in blocks:
            block.quoted = False


def _is_attribution(text: str) -> bool:
    return (
        text.endswith(":")
        and len(text) < 700
        and text.count("\n") < 3
        and _ON.match(text) is not None
        and _DIGIT.search(text) is not None
        and _WROTE.search(text) is not None
    )


def _split_at_marks(blocks: list[Block]) -> None:
    """Part the blocks in which a quotation starts on a line of its own, so that it can be marked apart."""
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if block.kind is Kind.TEXT and len(block.spans) and not block.quoted:
            text = block.text
            at = _first_mark(text) if "\n" in text and _HINT.search(text) else 0
            if at:
                left, right = cut(block.spans, at)
                block.spans, _ = tidy(left)
                spans, gap = tidy(right)
                gap = gap or text[max(at - 2, 0) : at] == "\n\n"
                rest = Block(spans, Kind.TEXT, block.indent, "", block.quote, block.quoted, gap)
                blocks.insert(index + 1, rest)
        index += 1


def _first_mark(text: str) -> int:
    """The offset of the first line, but the very first, where a quotation starts or ends; 0 when there is none."""
    lines = text.split("\n")
    if _is_attribution(lines[0]) and len(lines) > 1:
        return len(lines[0]) + 1
    if len(lines) > 2 and _is_attribution(f"{lines[0]}\n{lines[1]}"):
        return len(lines[0]) + len(lines[1]) + 2
    offset = len(lines[0]) + 1
    before = lines[0].startswith(">")
    for number, line in enumerate(lines[1:], 1):
        quoted = line.startswith(">")
        if line and quoted != before:
            return offset
        if (
            _ORIGINAL.match(line)
            or _is_attribution(line)
            or (
                line[0:3] == "On "
                and line[-1:] != ":"
                and (number + 1 < len(lines) and _is_attribution(f"{line}\n{lines[number + 1]}"))
            )
        ):
            return offset
        if _FROM.match(line):
            head = "\n".join(lines[number : number + 7])
            if _reads_as_header(head):
                return offset
        offset += len(line) + 1
    return 0


def _is_header(blocks: list[Block], index: int) -> bool:
    head = "\n".join([block.text for block in blocks[index : index + 6]])
    first = "\n".join(head.split("\n", 7)[:7])
    return _reads_as_header(first)


def _mark_rest(blocks: list[Block], index: int) -> None:
    if index and blocks[index - 1].kind is Kind.RULE:
        index -= 1
    for block in blocks[index:]:
        block.quoted = True


def _mark_quotation(blocks: list[Block], index: int) -> None:
    while index < len(blocks) and (blocks[index].quote or blocks[index].quoted or blocks[index].text.startswith(">")):
        blocks[index].quoted = True
        index += 1


def _unfold_forwarded(blocks: list[Block]) -> None:
    inside = forwarded = False
    for block in blocks:
        if not block.quoted:
            inside = forwarded = False
            continue
        if not inside:
            inside = True
            forwarded = _FORWARDED.match(block.text) is not None
        if forwarded:
            block.quoted = False


def _reads_as_header(text: str) -> bool:
    """Whether a "From:" line is followed by the rest of a mail's header: a date, or both recipient and subject."""
    others = len(_TO.findall(text))
    return others > 1 or (others > 0 and _SENT.search(text) is not None)
