"""Links have the numbers that a reader sees, in the order of reading, without holes."""

from tui.text.html import Kind, layout, parse
from tui.text.links import destination
from tui.text.numbering import number_links
from tui.text.spans import plain


def shown(html: str, files: int = 0, *, fold: bool = True) -> tuple[list[str], dict[int, str], int]:
    """The lines, the addresses by number, the number of the first file."""
    blocks = parse(html)
    links, first_file = number_links(blocks, files)
    return [plain(line) for line in layout(blocks, 80, fold)], {one.number: one.link.href for one in links}, first_file


def test_numbers_stand_behind_the_words_and_the_host_that_they_hide() -> None:
    lines, links, first_file = shown(
        'See <a href="https://a.example/x">our policy</a>, and <b>https://b.example/y</b>. '
        '<a href="mailto:c@d.example">c@d.example</a>'
    )
    assert lines == ["See our policy (a.example) [1], and https://b.example/y [2]. c@d.example [3]"]
    assert links == {1: "https://a.example/x", 2: "https://b.example/y", 3: "mailto:c@d.example"}
    assert first_file == 4


def test_one_address_has_one_number_in_a_message() -> None:
    lines, links, _ = shown(
        '<p><a href="https://a.example/">a.example</a></p><p>https://b.example https://a.example/</p>'
    )
    assert lines[0] == "a.example [1]"
    assert lines[-1] == "https://b.example [2] https://a.example/ [1]"
    assert len(links) == 2


def test_what_may_not_be_opened_has_no_number() -> None:
    lines, links, first_file = shown('<a href="javascript:alert(1)">here</a> <a href="file:///etc/passwd">there</a>', 2)
    assert lines == ["here there"]
    assert (links, first_file) == ({}, 1)


def test_what_is_folded_is_numbered_after_what_is_seen_and_after_the_files() -> None:
    html = (
        "<blockquote type=cite>On Mon, 2 Mar 2026 kim@x.example wrote: https://old.example</blockquote>"
        "<p>Now it is https://new.example</p>"
    )
    lines, links, first_file = shown(html, 2)
    assert lines[-1] == "Now it is https://new.example [1]"
    assert links == {1: "https://new.example", 4: "https://old.example"}
    assert first_file == 2
    assert "https://old.example [4]" in "\n".join(shown(html, 2, fold=False)[0])


def test_code_stays_as_it_is_and_its_links_can_be_opened() -> None:
    lines, links, _ = shown(
        "<pre>curl https://a.example -d x</pre><p><code>https://b.example</code> https://c.example</p>"
    )
    assert lines == ["curl https://a.example -d x", "", "https://b.example https://c.example [1]"]
    assert links == {1: "https://c.example", 2: "https://a.example", 3: "https://b.example"}


def test_columns_of_a_table_stay_aligned() -> None:
    blocks = parse(
        "<table><tr><th>order</th><th>sum</th></tr>"
        '<tr><td><a href="https://a.example/1">https://a.example</a></td><td>10</td></tr><tr><td>x</td><td>20</td></tr></table>'
    )
    assert blocks[0].kind is Kind.TABLE
    number_links(blocks)
    lines = [plain(line) for line in layout(blocks, 80)]
    assert "https://a.example [1]  10" in lines
    assert {line.index(what) for line, what in zip(lines[2:], ("10", "20"), strict=True)} == {23}


def test_a_space_at_the_end_of_a_link_stays_behind_its_number() -> None:
    assert shown('<a href="https://a.example">a.example </a>then')[0] == ["a.example [1] then"]


def test_a_long_host_keeps_the_end_that_says_whose_it_is() -> None:
    assert destination("https://northwind.example/policy?x=1", 40) == "https://northwind.example"
    assert destination(f"https://bank.example.{'a' * 60}.evil.example/", 30).endswith(".evil.example")
    assert len(destination(f"https://{'a' * 60}.evil.example/", 30)) == 30
    assert destination("mailto:ann@example.com?subject=x", 40) == "mailto:ann@example.com"
