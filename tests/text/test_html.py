"""HTML mail to lines: hostile, huge and ordinary."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.text import html
from tui.text.html import Link, layout, links, parse, to_lines, to_text
from tui.text.html_parser import MAX_BLOCKS
from tui.text.spans import Line, Mark, plain
from tui.text.width import line_len

MAIL = {path.name: path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "mail").iterdir())}

TAGS = [
    "p",
    "div",
    "br",
    "b",
    "i",
    "a",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "pre",
    "code",
    "blockquote",
    "h1",
    "img",
    "hr",
    "script",
    "style",
    "span",
    "svg",
    "template",
]
PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(
        [
            *('<a href="https://x.io/a">', '<a href="javascript:x">', '<img alt="\x1b[2J" src="https://x.io/y.png">'),
            *("&#27;", "&#8238;", "&nbsp;", "&lt;b&gt;", "日本語", "👩\u200d👧", "\x1b]0;x\x07", "\r\n", "> ", "\t"),
            *('<div class="gmail_quote">', '<blockquote type="cite">', "On 3 Mar 2025, A wrote:", '<ol start="7">'),
            *(
                "From: a<br>Sent: b<br>To: c",
                "<!--",
                "<![CDATA[",
                "<",
                "&",
                '"',
                '<div style="display:none">',
                "\ud800",
            ),
        ]
    ),
)


def text_of(lines: list[Line]) -> str:
    return "\n".join(plain(line) for line in lines)


def assert_harmless(text: str) -> None:
    for char in text:
        assert char in "\n\t\u200c\u200d" or unicodedata.category(char) not in ("Cc", "Cf", "Cs"), ascii(text)


@settings(deadline=None, max_examples=400)
@given(st.lists(PIECES, max_size=30).map("".join), st.integers(4, 60), st.booleans())
def test_any_html_gives_clean_lines_that_fit(source: str, width: int, fold: bool) -> None:
    lines = to_lines(source, width, fold)
    for line in lines:
        assert line_len(line) <= width
        assert "\n" not in plain(line)
        assert "\t" not in plain(line)
    assert_harmless(text_of(lines))
    assert_harmless(to_text(source))
    for link in links(source):
        assert link.href.partition(":")[0] in ("http", "https", "mailto", "tel")
        assert_harmless(link.label + link.href)


@pytest.mark.parametrize("name", MAIL)
@pytest.mark.parametrize("width", [10, 33, 78])
def test_real_mail_is_clean_and_fits(name: str, width: int) -> None:
    for fold in (True, False):
        lines = to_lines(MAIL[name], width, fold)
        assert lines
        assert max(line_len(line) for line in lines) <= width
        assert_harmless(text_of(lines))
        assert "alert(" not in text_of(lines)


@pytest.mark.parametrize(
    "name", ["gmail_reply.html", "outlook_reply.html", "outlook_web.html", "apple.html", "plain.txt"]
)
def test_repeated_messages_fold_and_unfold(name: str) -> None:
    folded = text_of(to_lines(MAIL[name], 78))
    assert "quoted line" in folded
    for earlier in ("secret earlier answer", "Could you try", "wrote:", "Sent:"):
        assert earlier not in folded
    whole = text_of(to_lines(MAIL[name], 78, fold_quotes=False))
    assert "secret earlier answer" in whole or "Could you try" in whole
    assert "earlier answer" not in to_text(MAIL[name], quotes=False)


def test_what_stands_around_a_quotation_stays_in_sight() -> None:
    more = MAIL["apple.html"].replace("Sent from my iPhone", "And one thing more.")
    assert "And one thing more." in text_of(to_lines(more, 78))
    assert "Below the quotation." in text_of(to_lines(MAIL["plain.txt"], 78))


def test_a_forwarded_message_is_not_folded() -> None:
    source = '<p>FYI</p><div class="gmail_quote"><div>---------- Forwarded message ---------</div><p>Help</p></div>'
    assert "Help" in text_of(to_lines(source, 40))


def test_a_message_that_is_all_quotation_is_shown() -> None:
    assert "words" in text_of(to_lines('<blockquote type="cite">words</blockquote>', 40))


def test_outlook_data_stays_in_columns() -> None:
    assert "Invoices      12\nCredit notes  3" in text_of(to_lines(MAIL["outlook_reply.html"], 78))


def test_newsletter() -> None:
    text = text_of(to_lines(MAIL["newsletter.html"], 60))
    assert "preheader" not in text
    assert "[image: The Shop] (click.tracker.example)" in text
    assert "• Hats\n  1. Bowler\n  2. Fez" in text
    assert "Unsubscribe | https://shop.example/privacy" in text


def test_links_say_where_they_go() -> None:
    source = (
        '<p><a href="https://evil.example/x">https://bank.example</a> <a href="https://x.io/docs">x.io</a> '
        '<a href="https://bank.example@evil.example/">pay</a> <a href="https://evil.example\\@bank.example">b</a> '
        '<a href="mailto:a@x.io">write</a> <a href="https://аррӏе.example">apple</a></p>'
    )
    assert text_of(to_lines(source, 300)) == (
        "https://bank.example (evil.example) x.io pay (evil.example) b (evil.example) write (a@x.io) "
        "apple (xn--80ak6aa92e.example)"
    )


def test_a_link_around_blocks_says_where_it_goes() -> None:
    source = '<a href="https://evil.example"><div>https://bank.example</div></a>'
    assert text_of(to_lines(source, 80)) == "https://bank.example (evil.example)"


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", " JaVa\nScript:x", "data:text/html,x", "/relative", "https://", "file:///etc"]
)
def test_other_addresses_are_inert(href: str) -> None:
    source = f'<a href="{href}">label</a>'
    assert links(source) == []
    assert to_lines(source, 40) == [(html.parse("label")[0].spans[0],)]


def test_links_in_order() -> None:
    source = '<a href="https://x.io/a">a <b>b</b></a> http://y.io/c. <img src="https://z.io/p.png"> (https://w.io/d)'
    assert links(source) == [
        Link("a b", "https://x.io/a"),
        Link("http://y.io/c", "http://y.io/c"),
        Link("[image: p.png]", "https://z.io/p.png", image=True),
        Link("https://w.io/d", "https://w.io/d"),
    ]


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ('width="640" height=" 400px "', "[image: p.png, 640x400]"),
        ('width="640"', "[image: p.png]"),
        ('width="100%" height="auto"', "[image: p.png]"),
        ('width="\u0664\u0664" height="40"', "[image: p.png]"),
        ('width="640000" height="40"', "[image: p.png]"),
    ],
)
def test_a_picture_says_its_size_where_it_is_told(size: str, said: str) -> None:
    assert plain(to_lines(f'<p>x <img src="https://z.io/p.png" {size}></p>', 60)[0]).strip() == f"x {said}"
    assert to_text(f'<img alt="" src="data:image/png;base64,AA" {size}>').startswith("[image")


def test_structure() -> None:
    source = (
        "<h1>Title</h1><p>one<br>two</p><ol start=3><li>c<ul><li>d</li></ul></li><li><p>e</p><p>f</p></li></ol>"
        "<blockquote>q</blockquote><hr><pre>\n  x\n\ty\n</pre>"
    )
    assert text_of(to_lines(source, 12)) == (
        "Title\n\none\ntwo\n\n3. c\n   • d\n4. e\n   f\n\n│ q\n────────────\n\n  x\n    y"
    )
    heading = to_lines(source, 12)[0][0]
    assert heading.marks == Mark.HEADING | Mark.BOLD


def test_composer_paragraphs_without_margin_stay_together() -> None:
    assert text_of(to_lines('<p class="no-margin">a</p><p class="no-margin">b</p><p>c</p>', 20)) == "a\nb\n\nc"


def test_tables_become_lines_when_they_do_not_fit() -> None:
    cells = [("1001", "$5"), ("1002", "$6")]
    rows = "".join(f"<tr><td>{order}</td><td>{total}</td></tr>" for order, total in cells)
    source = f"<table><tr><th>Order</th><th>Total</th></tr>{rows}</table>"
    assert text_of(to_lines(source, 20)) == "Order  Total\n─────  ─────\n1001   $5\n1002   $6"
    assert text_of(to_lines(source, 11)) == "Order: 1001\nTotal: $5\n\nOrder: 1002\nTotal: $6"


def test_ascii_glyphs() -> None:
    source = '<ul><li>a</li></ul><hr><blockquote>q</blockquote><p>x</p><blockquote type="cite">w</blockquote>'
    assert text_of(to_lines(source, 20, glyphs=html.ASCII)).isascii()


def test_plain_text_bodies() -> None:
    assert text_of(to_lines("a < b\n[/nope] &amp; <ann@x.io>\n\nc", 40)) == "a < b\n[/nope] & <ann@x.io>\n\nc"
    assert to_text("  x &gt; y ") == "  x > y"
    assert parse("") == parse(" \n ") == parse("<p>&nbsp;</p>") == []


def test_text_for_previews_and_copying() -> None:
    assert to_text("<p>a <b>b</b></p><ul><li>c</li></ul><p>d&amp;</p>") == "a b\n\n• c\n\nd&"


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 20_000 + "deep" + "</div>" * 20_000,
        "<ul><li>" * 20_000 + "deep",
        "".join(f"<p><b id={number}>" for number in range(8_000)) + "deep",
        "<blockquote>" * 15_000 + "deep",
        "<table><tr><td>" * 10_000 + "deep",
        "<a " + " ".join(f'a{number}="1"' for number in range(15_000)) + ">deep",
        "deep" + "<b \"'" * 30_000,
    ],
)
def test_nesting_and_repetition_do_not_hang_or_lose_the_words(source: str) -> None:
    lines = to_lines(source, 40)
    assert "deep" in text_of(lines)
    assert "deep" in to_text(source)
    assert max(line_len(line) for line in lines) <= 40


def test_a_huge_body_is_shortened_and_says_so() -> None:
    lines = to_lines("<p>word</p>" * 100_000, 80)
    assert "shortened: 1,100,000 characters" in plain(lines[-1])
    assert len(parse("<p>word</p>" * 10_000)) <= MAX_BLOCKS + 2  # what was open, and the line that says so


def test_laying_out_again_needs_no_parsing() -> None:
    blocks = parse(MAIL["gmail_reply.html"])
    assert layout(blocks, 40) == to_lines(MAIL["gmail_reply.html"], 40)
    assert layout(blocks, 20) == to_lines(MAIL["gmail_reply.html"], 20)
