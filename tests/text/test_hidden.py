"""Text that a mail hides is not shown, and what is shown is not hidden; a limit counts words, not markup."""

import pytest

from tui.inbox.preview import preview_of
from tui.inbox.sync.ingest import searchable
from tui.text.html import MAX_HTML, to_text

HIDDEN = [
    "display:none",
    "DISPLAY : NONE",
    "display:none!important",
    "display:none !important; display:block",
    "color:red;display:none;",
    "/* x */ display: /* y */ none",
    "visibility:hidden",
    "visibility: collapse",
    "mso-hide:all",
    "font-size:0",
    "font-size:0px",
    "font-size: .0em",
    "font-size:0.0pt !important",
    "font-size:0%",
    "font-size:1px;line-height:1px",
    "font:0/0 a",
    "font: italic 0px/0 Arial, sans-serif",
    "font-size:0;line-height:0;max-height:0;overflow:hidden",
    "max-height:0;overflow:hidden",
    "MAX-HEIGHT:0PX; OVERFLOW:HIDDEN",
    "height:0;overflow:hidden",
    "height:0px;overflow-y:hidden",
    "max-height:1px;overflow:hidden",
    "width:0;overflow:hidden",
    "max-width:0;overflow:clip",
    "opacity:0",
    "opacity:0.0",
    "opacity: .0 !important",
    "opacity:0%",
    "opacity:0;height:0;width:0",
    "filter:alpha(opacity=0)",
    "filter: opacity(0%)",
    "text-indent:-9999px",
    "text-indent:-999em",
    "position:absolute;left:-9999px",
    "position: fixed; top: -10000px",
    "position:absolute;clip:rect(0,0,0,0)",
    "position:absolute;clip: rect(1px 1px 1px 1px)",
    "clip-path: inset(50%)",
    "margin-left:-9999px",
    "transform:scale(0)",
    "transform: translateX(-9999px)",
    "color:#fff;background:#fff",
    "color:#ffffff;background-color:white",
    "color:white;background:#FFF",
    "color:rgb(255, 255, 255);background-color:#fefefe",
    "background:rgba(0,0,0,1);color:black",
    "color:transparent",
    "color:rgba(255,255,255,0)",
    "color:#ffffff00",
    "background:url('data:image/png;base64,AA;display:block');display:none",
]
VISIBLE = [
    "height:0",
    "height:0;width:0;overflow:visible",
    "max-height:0",
    "overflow:hidden",
    "overflow:hidden;height:20px",
    "max-height:0;min-height:20px;overflow:hidden",
    "height:0.5em;overflow:hidden",
    "width:100%;max-width:600px;overflow:hidden",
    "opacity:0.9",
    "opacity:.5",
    "opacity:100%",
    "line-height:0",
    "font-size:10px",
    "font-size:0.8em",
    "font-size:small",
    "font:12px/0 Arial",
    "font:bold 1em/1.2 a",
    "text-indent:-18.0pt",
    "text-indent:0",
    "left:-9999px",
    "position:absolute;left:0;top:0",
    "margin-left:-20px",
    "display:block",
    "display:none;display:block",
    "visibility:visible",
    "color:#fff;background:#000",
    "color:#fff;background:#fff url(dark.png)",
    "color:#fff",
    "background:#fff",
    "color:#333;background:#444",
    "transform:scale(0.5)",
    "transform:scale(1.0)",
    "clip-path:inset(0 0 0 0)",
    "background:url(x?display:none)",
    "content:'display:none'",
    "margin:0;padding:0;border:0",
    "font-family:none",
    "mso-hide:none",
]


@pytest.mark.parametrize("style", HIDDEN)
@pytest.mark.parametrize("tag", ["div", "span", "p", "td", "font"])
def test_what_a_mail_hides_is_not_shown(style: str, tag: str) -> None:
    inner = f'<{tag} style="{style}">SECRET <b>SECRET</b></{tag}>'
    html = f"<table><tr>{inner}</tr></table><p>Visible.</p>" if tag == "td" else f"{inner}<p>Visible.</p>"
    assert to_text(html) == "Visible."
    assert preview_of(html) == "Visible."


@pytest.mark.parametrize("style", VISIBLE)
@pytest.mark.parametrize("tag", ["div", "span", "p"])
def test_what_only_looks_hidden_is_shown(style: str, tag: str) -> None:
    html = f'<{tag} style="{style}">SHOWN</{tag}><p>Visible.</p>'
    assert to_text(html).split() == ["SHOWN", "Visible."]
    assert preview_of(html) == "SHOWN Visible."


@pytest.mark.parametrize("style", ["font-size:8pt;color:#888", "color: #b00 ;", "text-align:right; font-weight:bold"])
def test_a_preview_of_plain_styles_needs_no_parser(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(_html: str) -> str:
        raise AssertionError("a first fill would take a third longer")

    monkeypatch.setattr("tui.text.html.to_text", parse)
    assert preview_of(f'<div style="{style}"><p>SHOWN</p></div><p>Visible.</p>') == "SHOWN Visible."


@pytest.mark.parametrize(
    "html",
    [
        '<b style="background:#888;color:#888">SECRET</b><p>Visible.</p>',
        '<b style="color:#888;display:none">SECRET</b><p>Visible.</p>',
        '<b style="font-size:09pt;font-size:00pt">SECRET</b><p>Visible.</p>',
        '<b style="color:#888" style="x" hidden>SECRET</b><p>Visible.</p>',
        "<div hidden>SECRET</div><p>Visible.</p>",
        '<div hidden="until-found">SECRET</div><p>Visible.</p>',
        '<font color="#ffffff" style="background:#fff">SECRET</font><p>Visible.</p>',
        '<table><tr><td bgcolor="#FFFFFF" style="color:white">SECRET</td></tr></table><p>Visible.</p>',
        '<div style="font-size:0">SECRET<span style="font-size:1em">SECRET</span></div><p>Visible.</p>',
        '<div style="visibility:hidden"><img alt="SECRET" src="https://x.io/a.png"></div><p>Visible.</p>',
        "<div style='font-size:0'><div><p>SECRET</p></div></div><p>Visible.</p>",
        "<div style='display:none'>SECRET " + "SECRET " * 3000 + "</div><p>Visible.</p>",
        "<p><b>.</b></p>" * 100 + '<td style="font-size:0"><b style="font-size:0">SECRET</b></td><p>Visible.</p>',
        # more tags than formatting elements may have styles in
        "<i style='display:none'>SECRET</i>" + "<p><b>.</b></p>" * 100 + "<p>Visible.</p>",
    ],
)
def test_other_ways_to_hide(html: str) -> None:
    assert "SECRET" not in to_text(html)
    assert to_text(html).endswith("Visible.")
    assert "SECRET" not in preview_of(html)
    assert preview_of(html)


@pytest.mark.parametrize(
    "html",
    [
        '<td style="font-size:0"><div style="font-size:13px">SHOWN</div></td>',
        '<div style="font-size:0;line-height:0"><div style="display:inline-block;font-size:16px">SHOWN</div></div>',
        '<div style="font-size:0"><img src="https://x.io/SHOWN.png"></div>',
        '<div style="font-size:0"><font size="2">SHOWN</font></div>',
        '<div style="visibility:hidden"><span style="visibility:visible">SHOWN</span></div>',
        '<div style="color:#fff;background:#fff"><a href="https://x.io" style="color:#00f">SHOWN</a></div>',
        '<div style="color:#fff;background:#fff"><div style="background:#000">SHOWN</div></div>',
        "<div>SHOWN</div><div style='display:none'>x</div>",
        "<p><b>.</b></p>" * 100 + "<!--[if !mso]><!--><p>SHOWN</p><!--<![endif]-->",
        "<p><b>.</b></p>" * 100 + "<!--><p>SHOWN</p><!---><p>.</p>",
        "<p><b>.</b></p>" * 100 + "<!--[if mso]><p>x</p><![endif]--><p>SHOWN</p>",
        "<p><b>.</b></p>" * 100 + '<div style="font-size:0">x<b style="font-size:14px">SHOWN</b></div>',
        "<p><b>.</b></p>" * 100 + '<div style="font-size:0">x<font size=2><b>SHOWN</b></font></div>',
        "<p><b>.</b></p>" * 100 + '<i style="display:none">x</i><i>SHOWN</i>',
    ],
)
def test_what_shows_inside_something_hidden(html: str) -> None:
    assert "SHOWN" in to_text(html)


PICTURE = '<img src="data:image/png;base64,' + "QUJD" * 75_000 + '" alt="shot">'
ROW = (
    '<tr><td style="padding:0;margin:0;border:0;font-family:Arial,Helvetica,sans-serif" width="600">&nbsp;</td></tr>\n'
)


@pytest.mark.parametrize(
    ("bulk", "label"),
    [
        (PICTURE, "[image: shot]"),
        (PICTURE.replace('"', "'"), "[image: shot]"),
        (PICTURE.replace("<img ", "<IMG\n  width=600 ").replace(" alt", "\n ALT"), "[image: shot]"),
        (
            '<a href="https://x.io/SHOT"><img alt=shot src=data:image/png;base64,' + "A" * 300_000 + "></a>",
            "[image: shot]",
        ),
        ("<style>" + "p { color: red }\n" * 20_000 + "</style>", ""),
        ("<STYLE type='text/css'>" + "p > b { color: red }\n" * 20_000 + "</STYLE >", ""),
        ("<script>" + "if (a < b) { c() }\n" * 20_000 + "</script>", ""),
        ("<!-- " + "<p>old</p>\n" * 30_000 + "-->", ""),
        ("<!--[if mso]>" + "<xml>1</xml>" * 30_000 + "<![endif]-->", ""),
        ("<table>" + ROW * 5_000 + "</table>", ""),
        ('<div data-state="' + "x" * 400_000 + '"></div>', ""),
        ('<div style="background:url(data:image/png;base64,' + "A" * 400_000 + ')"></div>', ""),
        ("<div>" + "\n      " * 60_000 + "</div>", ""),
        ("<svg><image href='data:image/png;base64," + "A" * 300_000 + "'/></svg>", ""),
        ('<p><span id="' + "x" * 250_000 + '">Before</span></p>', "Before"),
        (PICTURE * 20, "[image: shot]"),
    ],
    ids=lambda value: value[:20],
)
def test_a_limit_counts_words_and_not_markup(bulk: str, label: str) -> None:
    html = f"<p>Screenshot:</p><p>{bulk}</p><p>My question is: why is it red?</p>"
    assert len(html) > MAX_HTML
    text = to_text(html)
    assert text.startswith("Screenshot:")
    assert text.endswith("My question is: why is it red?")
    assert label in text
    assert "shortened" not in text
    assert "base64" not in text
    assert preview_of(html).endswith("My question is: why is it red?")
    assert "My question is: why is it red?" in " ".join(searchable(html)[:60_000].split())


@pytest.mark.parametrize(
    "style",
    [
        "display:none", "DISPLAY: none !important", "visibility:hidden", "font-size:0", "max-height:0;overflow:hidden",
        "opacity:0", "text-indent:-9999px", "position:absolute;left:-9999px", "mso-hide:all", "font:0/0 a",
        "color:transparent",
    ],
)  # fmt: skip
def test_what_is_hidden_is_not_found_by_search(style: str) -> None:
    assert "SECRET" not in searchable(f'<div style="{style}">SECRET</div><p>x</p>')


def test_words_about_hiding_are_found_by_search() -> None:
    assert searchable("<p>display: none, left: -3</p>").split() == ["display:", "none,", "left:", "-3"]


def test_a_picture_alone_is_its_label() -> None:
    assert to_text(PICTURE) == "[image: shot]"
    assert to_text(PICTURE.replace(' alt="shot"', "")) == "[image]"
    assert preview_of(PICTURE) == "[image: shot]"


def test_words_beyond_the_limit_are_left_out_and_that_is_said() -> None:
    text = to_text("<p>" + "word " * 60_000 + "</p>" + PICTURE + "<p>End</p>")
    assert "End" not in text
    assert "shortened" in text


@pytest.mark.parametrize(
    ("before", "repeated", "after"),
    [
        ("", PICTURE, ""),
        ("", "<", ""),
        ("", "<!---->", ""),
        ("", "<br>", ""),
        ("", "<style>", ""),
        ("", "<!--", ""),
        ("", "<a b='", ""),
        ("<a ", "b='c' ", ">"),
        ("", " ", ""),
        ("", "&nbsp;", ""),
        ('<div style="', "(", '"></div>'),
        ('<div style="', "a:b;", '"></div>'),
    ],
    ids=lambda value: value[:9],
)
def test_fifty_megabytes_are_read_in_a_moment(before: str, repeated: str, after: str) -> None:
    """Whatever they are: the runner's timeout tells."""
    html = "<p>deep</p>" + before + repeated * (50_000_000 // len(repeated)) + after
    assert "deep" in to_text(html)
    assert "deep" in preview_of(html)
