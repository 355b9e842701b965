"""An environment that lets nothing through: the status says which variable, and what is stored stays usable."""

from pathlib import Path

import pytest

from tests.inbox.conftest import Desk
from tui.api.client import Intercom
from tui.inbox.inbox import Inbox
from tui.sandbox.workspace import Workspace


@pytest.mark.parametrize(
    ("variable", "value"),
    [("HTTPS_PROXY", "socks4://u:hunter2@127.0.0.1:9"), ("SSL_CERT_FILE", "/nonexistent/ca.pem")],
)
async def test_a_broken_variable_is_named_in_the_status_and_the_store_stays_usable(
    tmp_path: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    desk = Desk(tmp_path / "inbox.db", workspace)
    await desk.start()
    await desk.wait(lambda: len(desk.inbox.views.list(desk.inbox.views.get("open"))) > 5)
    await desk.inbox.stop()

    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, value)
    desk.inbox = Inbox(
        desk.store, lambda on_budget: Intercom("https://api.intercom.io", "token", on_budget=on_budget), desk.options
    )
    await desk.inbox.start()
    await desk.wait(lambda: desk.inbox.status.connection == "offline")
    assert variable in desk.inbox.status.error
    assert "hunter2" not in desk.inbox.status.error
    rows = desk.inbox.views.list(desk.inbox.views.get("open"))
    cid = rows.id_at(0)
    await desk.inbox.actions.note(cid, "for later")
    assert [row.kind for row in desk.inbox.outbox.pending()] == ["note"]
    assert any(part.body == "<p>for later</p>" for part in desk.inbox.threads.cached(cid))
    await desk.stop()
