"""Repeated mail folds by its shape, in any language; a customer's own words never do."""

import html as stdlib_html
from pathlib import Path

import pytest

from tui.text.html import to_lines, to_text
from tui.text.spans import plain

FOLDER = Path(__file__).parent / "quoted"


def samples(name: str) -> dict[str, str]:
    """The samples of a file, each below a line "=== " with its name; made up after what mail programs write."""
    parts = (FOLDER / name).read_text(encoding="utf-8").split("=== ")[1:]
    return {title: text.rstrip("\n") for title, _, text in (part.partition("\n") for part in parts)}


INTRODUCTIONS = samples("introductions.txt")
HEADERS = samples("headers.txt")
OWN_WORDS = samples("own_words.txt")
OWN = "Thanks, it works now."


def folded(body: str) -> str:
    return "\n".join([plain(line) for line in to_lines(body, 100)])


def html_of(text: str, line: str, end: str) -> str:
    return "".join([f"{line}{stdlib_html.escape(one) or '&nbsp;'}{end}" for one in text.split("\n")])


QUOTED = [pytest.param(text, id=name) for name, text in {**INTRODUCTIONS, **HEADERS}.items()]


@pytest.mark.parametrize("introduction", QUOTED)
@pytest.mark.parametrize("shape", ["plain", "divs", "breaks", "paragraphs", "tight"])
def test_what_follows_an_introduction_folds(introduction: str, shape: str) -> None:
    text = f"{OWN}\n\n{introduction}\n\nDid it help?\n\nKim"
    match shape:
        case "divs":
            body = html_of(text, "<div>", "</div>")
        case "breaks":
            body = f"<div>{html_of(text, '', '<br>')}</div>".replace("&nbsp;", "")
        case "paragraphs":
            if "\n" in introduction and introduction in INTRODUCTIONS.values():
                pytest.skip("a mail program wraps in plain text only")
            body = html_of(text.replace("\n\n", "\n"), "<p>", "</p>")
        case "tight":
            body = text.replace("\n\n", "\n")
        case _:
            body = text
    lines = folded(body)
    assert lines.startswith(OWN)
    assert "quoted line" in lines
    assert "Did it help?" not in lines
    assert "kim@example.com" not in lines
    assert to_text(body, quotes=False).strip() == OWN
    whole = "\n".join([plain(line) for line in to_lines(body, 300, fold_quotes=False)])
    assert "Did it help?" in whole


@pytest.mark.parametrize("introduction", [pytest.param(text, id=name) for name, text in INTRODUCTIONS.items()])
def test_an_answer_below_or_between_stays(introduction: str) -> None:
    body = f"Hi,\n\n{introduction}\n> Did it help?\n\nYes, it did.\n\n> And the other?\n> Is it well?\n\nThat too."
    lines = folded(body)
    for own in ("Hi,", "Yes, it did.", "That too."):
        assert own in lines
    for other in ("Did it help?", "the other", "kim@example.com"):
        assert other not in lines


@pytest.mark.parametrize("introduction", QUOTED)
def test_a_message_that_is_only_a_quotation_is_shown(introduction: str) -> None:
    assert "Did it help?" in folded(f"{introduction}\n\nDid it help?")


@pytest.mark.parametrize("body", [pytest.param(text, id=name) for name, text in OWN_WORDS.items()])
@pytest.mark.parametrize("shape", ["plain", "divs"])
def test_a_customers_own_words_do_not_fold(body: str, shape: str) -> None:
    shown = folded(body if shape == "plain" else html_of(body, "<div>", "</div>"))
    assert "quoted line" not in shown
    assert [line.split() for line in shown.split("\n") if line.strip()] == [
        line.split() for line in body.split("\n") if line.strip()
    ]


def test_a_line_drawn_above_folds_with_it() -> None:
    header = "Von: Kim &lt;kim@example.com&gt;<br>Am: 3. März 2025 10:02<br>An: Lee"
    body = f"<p>{OWN}</p><hr><p>{header}</p><p>Did it help?</p>"
    assert folded(body).split("\n")[-1] == "▸ 5 quoted lines"


def test_a_quotation_in_a_block_of_its_own_folds_with_its_introduction() -> None:
    body = (
        "<p>Thanks.</p><p>3 марта 2025 г., в 10:02, Kim &lt;kim@example.com&gt; написал:</p>"
        "<blockquote><p>Did it help?</p></blockquote><p>It did.</p>"
    )
    shown = folded(body)
    assert "Did it help?" not in shown
    assert "It did." in shown
    assert "kim@example.com" not in shown


def test_indentation_below_a_quotation_stays() -> None:
    assert folded("> old\nnew:\n  a: 1\n    b: 2") == "▸ 1 quoted line\n\nnew:\n  a: 1\n    b: 2"


@pytest.mark.parametrize(
    "body",
    [
        "a" * 150_000 + "@",
        "From: " + "a" * 190_000 + "\nSent: x\nTo: y\nz",
        "x\n" + "Ab: " + "c@" * 60_000 + "\nAb: d\nAb: e\nf",
        "-" * 190_000,
        "x\n" + "-- a " * 30_000,
        "12:34 <a@b.c>:\n" * 10_000,
        "a: b\n" * 40_000,
        "> a\n" * 50_000,
        "x<br>" * 40_000,
        "Name: a,\n" * 20_000,
        "3.3.2025 10:02 " * 12_000 + ":",
        "<" * 100_000 + "@" + ">" * 50_000 + ":",
    ],
    ids=lambda body: body[:12],
)
def test_no_message_takes_long(body: str) -> None:
    """The runner's timeout tells."""
    assert to_lines(body, 80)
