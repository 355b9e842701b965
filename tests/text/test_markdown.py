"""What is typed to the HTML that Intercom keeps: as it stands, and Markdown where it is plainly meant."""

import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.text.reader import read
from tui.text.html import layout, parse
from tui.text.markdown import to_html
from tui.text.sanitize import clean
from tui.text.spans import plain


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("", ""),
        (" \n ", ""),
        ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("\n\na\n", "<p>a</p>"),
        ("a\n\n\n\nb", "<p>a</p><p><br><br>b</p>"),
        ("**b** `x<y`", "<p><b>b</b> <code>x&lt;y</code></p>"),
        ("'**b**' \"**c**\"", "<p>'<b>b</b>' \"<b>c</b>\"</p>"),
        ("(**b**), **c:** **d e**.", "<p>(<b>b</b>), <b>c:</b> <b>d e</b>.</p>"),
        ("这是**重要**的`ls`命令", "<p>这是<b>重要</b>的<code>ls</code>命令</p>"),
        ("``a`b`` ```c```", "<p><code>a`b</code> <code>c</code></p>"),
        ("`a  b`", "<p><code>a&nbsp; b</code></p>"),
        ("<b>raw</b> & &amp; {{name}} [x] {y}", "<p>&lt;b&gt;raw&lt;/b&gt; &amp; &amp;amp; {{name}} [x] {y}</p>"),
        ("<div>\nx\n</div>", "<p>&lt;div&gt;<br>x<br>&lt;/div&gt;</p>"),
        ("- a\n- b\n  - c", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
        ("a\n\n- b\n\nc", "<p>a</p><ul><li>b</li></ul><p>c</p>"),
        ("* a\n* **b**", "<ul><li>a</li><li><b>b</b></li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("Send:\n- a\n- b\nThanks", "<p>Send:</p><ul><li>a</li><li>b</li></ul><p>Thanks</p>"),
        ("3. c\n4. d", "<p>3. c<br>4. d</p>"),
        ("```py\na<b\n\n\tc\n```", "<pre><code>a&lt;b\n\n\tc</code></pre>"),
        ("x\n````\n```\n````\ny", "<p>x</p><pre><code>```</code></pre><p>y</p>"),
        ("[x](https://x.io/?a=1&b=2)", '<p><a href="https://x.io/?a=1&amp;b=2">x</a></p>'),
        ("[x](https://x.io/a_(b))", '<p><a href="https://x.io/a_(b)">x</a></p>'),
        ("[**m** `c`](mailto:a@x.io)", '<p><a href="mailto:a@x.io"><b>m</b> <code>c</code></a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("![x](data:image/png;base64,AA)", "<p>![x](data:image/png;base64,AA)</p>"),
        ("![alt](https://x.io/p.png)", '<p><img src="https://x.io/p.png" alt="alt"></p>'),
        ("see https://x.io/a_b.", '<p>see <a href="https://x.io/a_b">https://x.io/a_b</a>.</p>'),
        ("(https://x.io/a_(b)).", '<p>(<a href="https://x.io/a_(b)">https://x.io/a_(b)</a>).</p>'),
        ("**https://x.io/a**", '<p><b><a href="https://x.io/a">https://x.io/a</a></b></p>'),
        ("    indented", "<p>&nbsp;&nbsp;&nbsp;&nbsp;indented</p>"),
        ("a   b ", "<p>a&nbsp;&nbsp; b&nbsp;</p>"),
        ("[1]: https://x.io", '<p>[1]: <a href="https://x.io">https://x.io</a></p>'),
        ("\x1b[31mred", "<p>[31mred</p>"),
    ],
)
def test_rendering(source: str, html: str) -> None:
    assert to_html(source) == html


AS_IT_STANDS = [
    "server:\n  port: 80\n  tls:\n    key: a",
    "def f(x):\n    if x:\n        return 1\n\n    return 2",
    "ports:\n  - 80\n  - 443",
    "- name: a\n  image: b\n- name: c\n  ports:\n    - 80",
    "steps:\n- run: |\n    make\n- run: test",
    "  - a\n  - b",
    "__init__ and __main__",
    "2*3*4, 2**3**4, a*b*c and *x*",
    "_word_ a_b_c snake_case_name",
    "C:\\Users\\x\\_new \\* \\_ \\\\server\\share\\",
    "f(**kwargs, **more) {**a, **b} char **argv, char **envp",
    "src/**/*.py and lib/** or **/*.md",
    "/** doc **/",
    "~~struck~~ and ~x~ ~~~",
    "~~~\nx\n~~~",
    "# 1 is the first\n#1\n## T",
    "T\n===\nU\n---",
    "***\n---\n* * *\n- - -",
    "> quoted\n> - more\n\nAnswer",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "1) foo\n2) bar",
    "1. only one",
    "2. b\n3. c",
    "1. a\n1. b",
    "01. a\n02. b",
    "Thanks\n- Robin",
    "Thanks\n--\nAnn\n-- \nAnn",
    "+ 5\n+ 7",
    "- old\n- older\n+ new",
    " context\n-gone\n+come\n context",
    "a - b - c\nd - e",
    "it`s, that`s",
    "```\nnever closed",
    "``` \n```",
    "\\`no\\` `` ` ` ``x",
    "a\n\n\n\nb\n\n\nc",
    "trailing  \nspaces   ",
    "  \nfirst",
    "a\n   \nb",
    "a\n\n \n\nb",
    "<b>x</b> <br> <!-- c --> &amp; &lt; &nbsp; &#39;",
    "[x](y) [a][b] [c]: d [ ] [x]\n[^1]: note",
    "![x](y)",
    "<https:x> <a@x.io>",
    "\u3000全角\u2003em\u202fnarrow",
    "می\u200cخواهم 👩\u200d💻",
    "P**word**1 x`y`z",
    "a\\\nb",
    "5 > 3 && 2 < 4",
    "**open\nand** closed",
    "a = '**' and b = '**' or \"**\" in \"**\"",
    "Q: why?\nA: so",
    "\"quoted\" 'single'",
    "* see below",
    "|x|",
    "=1+1",
    "-5\n-6",
    "`",
    "**",
    "** x **",
    "(c) (tm) -- ... ",
]


@pytest.mark.parametrize("source", AS_IT_STANDS)
def test_what_is_typed_is_what_is_read(source: str) -> None:
    assert read(to_html(source)) == source


HAZARDS = st.sampled_from(
    [*AS_IT_STANDS, "  ", "\n", "\n\n", "\t", " ", "_", "*", "**", "\\", "`", "#", "- ", "1. ", "> "]
)
WORDS = st.lists(st.one_of(HAZARDS, st.text(max_size=8), st.text("ab _*`-#>.:\\<&\n\t ", max_size=12)), max_size=8)
INTENDED = re.compile(r"`[^\n]*`|\*\*[^\n]+\*\*|\]\(|^[-*] |^1\. |```|://|mailto:", re.MULTILINE)
"""Wider than any markup that could be meant."""


def expected(source: str) -> str:
    lines = source.strip("\n").split("\n")
    return "\n".join([line.expandtabs(4) for line in lines]).replace("\xa0", " ")


@settings(deadline=None, max_examples=600)
@given(WORDS.map("".join))
@example("\ta\tb")
@example("-\ta\n-\tb\n1.\tc\n2.\td")
def test_any_text_without_intended_markup_is_read_as_it_was_typed(source: str) -> None:
    source = clean(source.encode("utf-8", "replace").decode())
    assume(source.strip() and INTENDED.search(source) is None)
    assume("\t" not in source or source.isascii())  # where characters are two cells wide, so are the stops
    html = to_html(source)
    assert read(html) == expected(source)


@settings(deadline=None, max_examples=600)
@given(WORDS.map("".join))
def test_the_preview_shows_what_a_customer_reads(source: str) -> None:
    html = to_html(source.encode("utf-8", "replace").decode())
    assume("<a " not in html)  # the preview adds where a link leads
    shown = "\n".join([plain(line) for line in layout(parse(html, exact=True), 10_000, fold_quotes=False)])
    if "<li>" in html:  # how far a list is set in is the reader's affair
        shown = "\n".join([line.strip() for line in shown.split("\n")])
        html_text = "\n".join([line.strip() for line in read(html).split("\n")])
    else:
        html_text = read(html)
    assert [line for line in shown.expandtabs(4).split("\n") if line.strip()] == [
        line for line in html_text.expandtabs(4).split("\n") if line.strip()
    ]
    if "<pre>" not in html and "<li>" not in html:
        assert shown == read(html)


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from("ab <>&\"'`*_[](){}!#-+>1.)\n~|\\:/h\t"), max_size=60))
def test_only_known_tags_come_out_and_they_balance(source: str) -> None:
    rendered = to_html(source)
    assert (
        re.sub(r"</?(?:p|b|ul|ol|li|pre|code)>|<br>|<a href=\"[^\"<>]*\">|</a>|<img [^<>]*>", "", rendered).count("<")
        == 0
    )
    open_tags: list[str] = []
    for closing, name in re.findall(r"<(/?)(p|b|ul|ol|li|pre|code|a)\b[^>]*>", rendered):
        if closing:
            assert open_tags.pop() == name
        else:
            open_tags.append(name)
    assert open_tags == []


@pytest.mark.parametrize(
    "source",
    [
        "`a " * 60_000, "**a " * 30_000, "[a" * 20_000 + "](" * 20_000, "[" + "a" * 100_000, "``a " * 30_000,
        "```a\n" * 30_000, "````a\n" * 10_000 + "```\n" * 10_000, "- a\n" * 30_000, " " * 100_000 + "x",
        "[a](https://x" + "(a)" * 20_000, "https://x" + ")" * 500_000, "https://x" + "(." * 200_000,
    ],
)  # fmt: skip
def test_no_text_takes_long(source: str) -> None:
    """Each of these is minutes of work for a rule that goes back over what it has read: the runner's timeout tells."""
    assert to_html(source)
