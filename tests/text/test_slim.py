"""What is left out before parsing changes nothing that is shown."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.text.test_html import PIECES
from tui.text.html_parser import Walker
from tui.text.slim import slim

MORE = st.sampled_from(
    [
        *(
            '<b style="font-size:0">',
            '<font size="2" color="red">',
            '<i style="display:none">',
            "<div style='font-size:0'>",
        ),
        *(
            '<font color="#fff" style="background:#fff">',
            '<span style="white-space:pre">',
            "<u hidden>",
            "</u>",
            "</font>",
        ),
        *(
            "<!-->",
            "<!--->",
            "<!-- x -->",
            "<!doctype html>",
            "<?xml?>",
            "</ x>",
            "</>",
            "<![endif]-->",
            "<title>",
            "</title>",
        ),
        *('<img src="data:image/png;base64,' + "A" * 600 + '" alt="a">', f'<p data-x="{"y" * 600}" style="opacity:0">'),
        *(
            f'<a title="{"t" * 600}" href="https://x.io/b">',
            "<STYLE>",
            "</STYLE>",
            "<script/>",
            "<br/>",
            "a<b",
            "<p/x>",
        ),
    ]
)
HTML = st.lists(st.one_of(PIECES, MORE), max_size=25).map("".join)


@settings(deadline=None, max_examples=600)
@example("<<!>?", False)
@given(HTML, st.booleans())
def test_what_is_left_out_changes_nothing_that_is_shown(html: str, long: bool) -> None:
    html = html.encode("utf-8", "replace").decode()
    if long:  # from so many tags on formatting elements lose their attributes
        html = "<p>.</p>" * 80 + html
    whole, left = Walker().walk(html), Walker().walk(slim(html, 10**6, always=True).html)
    if long and ("<b" in html or "<i" in html or "<u" in html or "<font" in html):
        return  # ill-nested formatting is put right in another way; only that it ends is asked here
    assert [block.text for block in left] == [block.text for block in whole]


@pytest.mark.parametrize("most", [0, 1, 5, 100])
def test_a_limit_is_of_text(most: int) -> None:
    left = slim("<p>" + "word " * 100 + "</p>" + "<br>" * 200, most)
    assert left.cut
    assert len(left.html.removeprefix("<p>")) == most
