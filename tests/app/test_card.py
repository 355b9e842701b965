"""The card in the place of a thread: the first keys, and what to do about a rejected token."""

import asyncio
from pathlib import Path

import httpx
import pytest

from tests.app.conftest import stage_at
from tui.api.client import Intercom
from tui.app.run import build
from tui.config.access import Access
from tui.config.resolve import Flags, resolve
from tui.config.settings import loads
from tui.inbox.inbox import Inbox, Options
from tui.model.labels import texts
from tui.store.store import Store

ACCESS = Access("token_command", "eu", "api.eu.intercom.io", "work")


class Wire(httpx.AsyncBaseTransport):
    """Answers nothing, or that the token is wrong."""

    def __init__(self, *, rejects: bool) -> None:
        self.rejects = rejects

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not self.rejects:
            await asyncio.Event().wait()
        document = {"type": "error.list", "errors": [{"code": "unauthorized", "message": "Access Token Invalid"}]}
        return httpx.Response(401, json=document, request=request)


async def thread_pane(path: Path, wire: Wire, size: tuple[int, int], settings: str = "") -> list[str]:
    """What stands in the thread's pane once the first answer is there, or while there is none."""
    store = Store.open(path / "inbox.db")
    inbox = Inbox(
        store, lambda on_budget: Intercom("http://127.0.0.1:9", "t", transport=wire, on_budget=on_budget), Options()
    )
    app = build(inbox, loads(settings), access=ACCESS, low_bandwidth=False, environ={})
    async with app.run_test(size=size) as pilot:
        while wire.rejects and inbox.status.connection != "refused":
            await pilot.pause(0.02)
        await pilot.pause()
        app.changes.flush()
        await pilot.pause()
        view = app.layout.thread
        lines = [view.render_line(y).text.strip() for y in range(view.size.height)]
    store.close()
    return [line for line in lines if line]


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])
async def test_the_first_start_names_five_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    lines = await thread_pane(tmp_path, Wire(rejects=False), size)
    assert lines[1:] == [
        texts.FIVE_KEYS, "j k    move through the list", "enter  open a conversation", "r      write a reply",
        "c      close it and go to the next", "u      undo", "? shows all keys",
    ]  # fmt: skip


async def test_the_keys_are_those_of_the_settings(tmp_path: Path) -> None:
    lines = await thread_pane(tmp_path, Wire(rejects=False), (80, 24), '[keys]\n"conversation.close" = ["ctrl+w"]\n')
    assert "ctrl+w  close it and go to the next" in lines


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])
async def test_a_rejected_token_has_one_card(tmp_path: Path, size: tuple[int, int]) -> None:
    said = " ".join(" ".join(await thread_pane(tmp_path, Wire(rejects=True), size)).split())
    assert texts.CARD_REJECTED in said
    assert "token from token_command" in said
    assert "region eu · api.eu.intercom.io" in said
    assert f"1 {texts.STEP_CHECK} 2 {texts.STEP_REGION.format(profile='work')} 3 {texts.STEP_REPLACE}" in said
    assert said.endswith(f"R {texts.RETRY_NOW}")


async def test_a_thread_takes_its_place(tmp_path: Path) -> None:
    async with stage_at(tmp_path, (80, 24)) as stage:
        assert texts.FIVE_KEYS not in stage.text()


def test_where_the_token_comes_from(tmp_path: Path) -> None:
    environ = {"INTERCOM_TUI_HOME": str(tmp_path)}
    (tmp_path / "config").mkdir(mode=0o700)
    settings = tmp_path / "config" / "config.toml"
    settings.write_text('[profile.default]\nregion = "au"\ntoken_command = "pass show intercom"\n')
    access = resolve(Flags(), environ).access
    assert access == Access("token_command", "au", "api.au.intercom.io", "default")
    settings.write_text('[profile.default]\nbase_url = "http://127.0.0.1:8080"\n')
    elsewhere = resolve(Flags(), environ).access
    assert (elsewhere.region, elsewhere.host) == ("", "127.0.0.1:8080")
    assert elsewhere.place.endswith("token")
    assert resolve(Flags(token_file=str(tmp_path / "mine")), environ).access.place == str(tmp_path / "mine")
