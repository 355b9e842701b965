"""Indentation that somebody made, in whatever way, is there on the screen and in what is copied."""

import pytest

from tui.text.html import layout, parse, to_lines, to_text
from tui.text.spans import plain

YAML = "server:\n  host: a\n  ports:\n    - 80"


def shown(html: str) -> str:
    return "\n".join([plain(line) for line in to_lines(html, 60)])


@pytest.mark.parametrize(
    "html",
    [
        "<p>server:<br>&nbsp;&nbsp;host: a<br>&nbsp;&nbsp;ports:<br>&nbsp;&nbsp;&nbsp;&nbsp;- 80</p>",
        "<p>server:<br>&nbsp; host: a<br>&nbsp; ports:<br>&nbsp; &nbsp; - 80</p>",
        "<div>server:</div><div>&#160; host: a</div><div>\xa0\xa0ports:</div><div>&nbsp;&nbsp; &nbsp;- 80</div>",
        "<pre>server:\n  host: a\n  ports:\n    - 80</pre>",
        "<pre><code>\nserver:\n  host: a\n  ports:\n    - 80\n</code></pre>",
        '<div style="white-space: pre-wrap">server:\n  host: a\n  ports:\n    - 80\n</div>',
        '<div style="WHITE-SPACE:PRE"><div>server:</div><div>  host: a</div>'
        "<div>  ports:</div><div>    - 80</div></div>",
        '<p>server:<br><span style="white-space:break-spaces">  </span>host: a<br>'
        '<span style="white-space:pre">  </span>ports:<br><span style="white-space:pre">    </span>- 80</p>',
        "<p>server:<br><span>&nbsp;</span><b>&nbsp;host</b>: a<br>"
        "&nbsp;<i>&nbsp;ports:</i><br>&nbsp;&nbsp;&nbsp; - 80</p>",
        "server:\n  host: a\n  ports:\n    - 80",
        "server:\n&nbsp;&nbsp;host: a\n&nbsp;&nbsp;ports:\n&nbsp;&nbsp;&nbsp;&nbsp;- 80",
    ],
)
def test_indentation_is_kept(html: str) -> None:
    assert shown(html) == YAML
    assert to_text(html) == YAML


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>&nbsp;&nbsp;first</p>", "  first"),
        ("    first\nsecond", "    first\nsecond"),
        ("\n\n  first\n\n\n    second", "  first\n\n    second"),
        ("<p>a<br>\u2003em<br>\u3000wide</p>", "a\n\u2003em\n\u3000wide"),
        ("a\n\u2003em", "a\n\u2003em"),
        ("if:\n\tx\n\t\ty", "if:\n    x\n        y"),
        ('<div>if:<br><span style="white-space:pre">\t</span>x</div>', "if:\n    x"),
        ("<ul><li>a<br>&nbsp;&nbsp;b</li></ul>", "• a\n    b"),
        ('<div style="white-space:pre-line">a\n   b\n  c</div>', "a\nb\nc"),
        ('<div style="white-space:pre"><p style="white-space:normal">a\n   b</p></div>', "a b"),
        ('<p style="white-space:nowrap">a\n   b</p>', "a b"),
    ],
)
def test_every_kind_of_indentation(html: str, lines: str) -> None:
    assert shown(html) == lines


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>a&nbsp;</p><p>&nbsp;</p><p>&nbsp;&nbsp;</p><p>b</p>", "a\n\nb"),
        ("<p>a<br>&nbsp;<br>&nbsp;&nbsp;<br><br>b</p>", "a\n\nb"),
        ("<div>a</div><div>&nbsp;<br></div><div>b</div>", "a\n\nb"),
        ("<p>  a\n  b&nbsp;c<br>\n   d</p>", "a b c\nd"),
        ("<p>a<b> b</b> <i> c</i></p>", "a b c"),
    ],
)
def test_what_only_looks_like_indentation_in_the_source_is_none(html: str, lines: str) -> None:
    assert shown(html) == lines


def test_a_long_indented_line_keeps_its_words() -> None:
    lines = [plain(line) for line in to_lines("<p>x:<br>" + "&nbsp;" * 4 + "one two three four</p>", 14)]
    assert lines == ["x:", "    one two", "three four"]


def test_an_exact_look_keeps_empty_lines_and_folds_nothing() -> None:
    blocks = parse("<p>&gt; a</p><p><br><br>&nbsp;&nbsp;b</p>", exact=True)
    assert [plain(line) for line in layout(blocks, 40)] == ["> a", "", "", "", "  b"]
