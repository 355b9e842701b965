"""What leaves the terminal: shell commands, the browser, the editor's file."""

import asyncio
import os
import stat
from pathlib import Path

import pytest

from tui.app.commands import subprocesses
from tui.config.editor import EditFile
from tui.text.links import safe_href


async def test_a_command_without_end_is_ended_and_what_it_started() -> None:
    async with asyncio.timeout(90):
        code, output = await subprocesses.pipe("echo $$ >&2; yes", "words")
    assert code == 0
    assert output.endswith("which is not shown.")
    assert len(output) < subprocesses.OUTPUT_LIMIT + 100
    with pytest.raises(ProcessLookupError):
        os.kill(int(output.split()[0]), 0)


async def test_a_command_that_reads_nothing_of_much() -> None:
    assert await subprocesses.pipe("exit 3", "x" * 3_000_000) == (3, "")
    assert await subprocesses.pipe("wc -c", "x" * 3_000_000) == (0, "3000000\n")


@pytest.mark.parametrize("url", ["-x", "--help", "javascript:x", "file:///etc/passwd", "data:text/html,x", " http://x"])
async def test_only_web_addresses_reach_the_browser(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\ntouch {tmp_path}/opened\n")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    assert not await subprocesses.browse(url)
    assert not (tmp_path / "opened").exists()


async def test_the_browser_gets_one_argument(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s" "$#$1" > {tmp_path}/opened\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    url = "https://x.example/$(id);`id`&a='b' --flag"
    assert await subprocesses.browse(url)
    assert (tmp_path / "opened").read_text() == f"1{url}"


@pytest.mark.parametrize(
    ("raw", "opened"),
    [
        ("https://bank.example@evil.example/x", "https://evil.example/x"),
        ("https://bank.example:443@evil.example", "https://evil.example"),
        ("https://\u0430pple.com/pay", "https://xn--pple-43d.com/pay"),
        ("https://evil\uff0eexample/", "https://evil.example/"),
        ("https://" + "\u0430" * 300 + ".com/", ""),
        ("https://user@/", ""),
    ],
)
def test_an_address_is_its_host(raw: str, opened: str) -> None:
    assert safe_href(raw) == opened


def test_the_editors_file_is_private_whatever_the_customer_is_called() -> None:
    file = EditFile("reply-to-../../etc/\x1b[2J\u202e$(id)\n", "../../secret \x1b")
    try:
        assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.folder.stat().st_mode) == 0o700
        assert file.path.name == "reply-to-etc-2J-id.md"
        assert list(file.folder.iterdir()) == [file.path]
    finally:
        file.remove()
