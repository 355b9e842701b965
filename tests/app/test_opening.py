"""Links are opened by the number that stands behind them, by a person, and only where they say they go."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.conftest import Stage
from tui.inbox.addresses import leads_nearby

Told = Callable[[], list[str]]

BODY = (
    '<p>See <a href="https://northwind.example/policy">our policy</a> and <a href="https://{long}.evil.example/x">'
    "https://bank.example</a>, then http://localhost:8080/admin?delete=all, or write to "
    '<a href="mailto:ann@northwind.example">Ann</a>.</p>'
)


async def with_links(stage: Stage) -> str:
    """A conversation with links in its newest message, open in the thread; its id."""
    cid = stage.current
    stage.workspace.customer_reply(cid, BODY.format(long="bank.example." + "a" * 50))
    await stage.press("R")
    await stage.read()
    await stage.wait(lambda: "our policy" in stage.inbox.threads.cached(cid)[-1].body)
    await stage.press("G")
    return cid


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Told:
    """What the browser was given so far."""
    path, browser = tmp_path / "told", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> {path}\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    return lambda: path.read_text().split() if path.exists() else []


async def done(stage: Stage) -> None:
    while stage.app.ui.background._tasks:
        await stage.pilot.pause()


async def test_a_link_opens_by_its_number(stage: Stage, told: Told) -> None:
    await with_links(stage)
    assert "our policy (northwind.example) [1]" in " ".join(stage.text().replace("│", " ").split())
    await stage.press("f", "1", "enter")
    await done(stage)
    assert told() == ["https://northwind.example/policy"]


async def test_the_real_host_is_on_screen_before_anything_opens(stage: Stage, told: Told) -> None:
    await with_links(stage)
    await stage.press("f", "2")
    dialog = stage.app.layout.overlay.top
    assert dialog is not None
    chosen = "".join(piece.text for piece in dialog.rows(76, 10)[1])
    assert chosen.startswith("[2] https://bank.example ")
    assert ".evil.example" in chosen
    assert not told()


async def test_this_computer_is_opened_only_when_told_so(stage: Stage, told: Told) -> None:
    await with_links(stage)
    await stage.press("f", "3", "enter")
    await done(stage)
    assert stage.dialog == "This link leads to this computer or a private network"
    assert "http://localhost:8080/admin?delete=all" in stage.text()
    await stage.press("escape")
    assert not told()
    await stage.press("f", "3", "enter")
    await done(stage)
    await stage.press("o")
    await done(stage)
    assert told() == ["http://localhost:8080/admin?delete=all"]


async def test_a_mail_address_is_copied_and_no_program_is_started(
    stage: Stage, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []

    def copy(text: str) -> bool:
        copied.append(text)
        return True

    monkeypatch.setattr(stage.app, "copy", copy)
    await with_links(stage)
    await stage.press("f", "4", "enter")
    await done(stage)
    assert copied == ["ann@northwind.example"]
    assert not told()


async def test_the_highlighted_message_comes_first_and_each_says_where_it_stands(small: Stage) -> None:
    cid = await with_links(small)
    small.workspace.customer_reply(cid, "<p>and https://second.example</p>")
    await small.press("R")
    await small.wait(lambda: "second" in small.inbox.threads.cached(cid)[-1].body)
    found = small.app.ui.thread.view.openables()
    assert [(one.number, one.part.id == found[0].part.id) for one in found[:3]] == [(1, True), (1, False), (2, False)]
    await small.press("G", "f", "1")
    assert small.text().count("[1] ") >= 2, "both of that number are offered, with the message they stand in"
    await small.press("escape", "left_square_bracket", "left_square_bracket")
    found = small.app.ui.thread.view.openables()
    assert [one.number for one in found] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "url",
    ["http://127.1/", "http://2130706433/", "https://[::1]:8443/", "http://LOCALHOST./x", "http://0x7f.1/",
     "http://192.168.1.1/", "http://printer.local", "http://[::ffff:7f00:1]/", "http://[/", "https:///x"],
)  # fmt: skip
def test_every_spelling_of_this_computer_is_known(url: str) -> None:
    assert leads_nearby(url)


@pytest.mark.parametrize("url", ["https://northwind.example/x", "http://localhost.example/", "https://8.8.8.8/"])
def test_the_internet_is_elsewhere(url: str) -> None:
    assert not leads_nearby(url)
