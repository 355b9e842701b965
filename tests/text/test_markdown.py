"""Markdown to the HTML that Intercom keeps."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.text.html import to_text
from tui.text.markdown import is_plain, to_html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("", ""),
        (" \n ", ""),
        ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("**b** _i_ `x<y`", "<p><b>b</b> <i>i</i> <code>x&lt;y</code></p>"),
        ("<b>raw</b> & &amp; {{name}} [x] {y}", "<p>&lt;b&gt;raw&lt;/b&gt; &amp; &amp;amp; {{name}} [x] {y}</p>"),
        ("<div>\nx\n</div>", "<p>&lt;div&gt;<br>x<br>&lt;/div&gt;</p>"),
        ("- a\n- b\n  - c", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("3. c\n4. d", "<p>3. c</p><p>4. d</p>"),
        ("- a\n\n  b", "<ul><li>a<br>b</li></ul>"),
        ("# T\n## U\n### V", "<h1>T</h1><h2>U</h2><p><b>V</b></p>"),
        ("> q\n> r", "<p>&gt; q<br>&gt; r</p>"),
        ("```py\na<b\n\nc\n```", "<pre><code>a&lt;b\n\nc</code></pre>"),
        ("[x](https://x.io/?a=1&b=2)", '<p><a href="https://x.io/?a=1&amp;b=2">x</a></p>'),
        ("[m](mailto:a@x.io)", '<p><a href="mailto:a@x.io">m</a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("![x](data:image/png;base64,AA)", "<p>![x](data:image/png;base64,AA)</p>"),
        ("![alt](https://x.io/p.png)", '<p><img src="https://x.io/p.png" alt="alt"></p>'),
        ("see https://x.io/a_b.", '<p>see <a href="https://x.io/a_b">https://x.io/a_b</a>.</p>'),
        ("    indented", "<p>indented</p>"),
        ("Thanks\n--\nAnn", "<p>Thanks<br>--<br>Ann</p>"),
        ("[1]: https://x.io", '<p>[1]: <a href="https://x.io">https://x.io</a></p>'),
        ("\x1b[31mred", "<p>[31mred</p>"),
    ],
)
def test_rendering(source: str, html: str) -> None:
    assert to_html(source) == html


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from("ab <>&\"'`*_[](){}!#-+>1.)\n~|\\:/h\t"), max_size=60))
def test_only_known_tags_come_out_and_they_balance(source: str) -> None:
    rendered = to_html(source)
    assert (
        re.sub(
            r"</?(?:p|b|i|ul|ol|li|pre|code|h1|h2)>|<br>|<a href=\"[^\"<>]*\">|</a>|<img [^<>]*>", "", rendered
        ).count("<")
        == 0
    )
    open_tags: list[str] = []
    for closing, name in re.findall(r"<(/?)(p|b|i|ul|ol|li|pre|code|h1|h2|a)\b[^>]*>", rendered):
        if closing:
            assert open_tags.pop() == name
        else:
            open_tags.append(name)
    assert open_tags == []


@settings(deadline=None)
@given(st.text(st.sampled_from("ab c,?'\n"), max_size=40))
def test_plain_words_stay_the_same_words(source: str) -> None:
    assert is_plain(source)
    assert to_text(to_html(source)).split() == source.split()


@pytest.mark.parametrize(
    "source", ["**b**", "- a", "1. a", "# t", "`c`", "[x](y)", "https://x.io", "> q", "---", "<b>"]
)
def test_markup_is_not_plain(source: str) -> None:
    assert not is_plain(source)
