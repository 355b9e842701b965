"""Delivery unknown, and sent twice: said where people look, and decided by keys."""

from pathlib import Path

from tests.app.conftest import Stage, stage_at
from tui.sandbox.faults import Faults


async def unknown(stage: Stage, faults: Faults, words: str) -> str:
    """Send a note whose delivery is unknown and that has not arrived; its conversation."""
    cid = await stage.read()
    faults.rates["late"] = 1.0
    await stage.press("n")
    await stage.type(words)
    await stage.press("ctrl+s")
    await stage.wait(lambda: stage.inbox.outbox.unknown())
    faults.rates.clear()
    return cid


def said(stage: Stage, cid: str, words: str) -> int:
    return sum(words in (part.body or "") for part in stage.parts(cid))


async def test_an_unknown_delivery_is_said_everywhere_and_may_be_decided(tmp_path: Path) -> None:
    faults = Faults(late_s=(3600.0, 3600.0))
    async with stage_at(tmp_path, (100, 30), settle_seconds=600, faults=faults) as stage:
        await unknown(stage, faults, "who knows")
        assert "delivery unknown - checking" in stage.notice
        assert "ctrl+o to review" in stage.notice
        assert stage.text().count("delivery unknown - checking, 10 min") == 2  # in the thread, in the status line
        await stage.press("O")
        assert "checking, 10 min" in stage.text()
        await stage.press("r")
        assert stage.dialog == "Delivery unknown"
        await stage.press("a")
        assert not stage.inbox.outbox.pending()
        assert "Marked as delivered." in stage.notice


async def test_sent_again_by_a_key_the_double_is_told_and_one_key_redacts_it(tmp_path: Path) -> None:
    faults = Faults(late_s=(3600.0, 3600.0))
    async with stage_at(tmp_path, (100, 30), settle_seconds=600, faults=faults) as stage:
        cid = await unknown(stage, faults, "who knows")
        await stage.press("ctrl+o", "s")
        await stage.wait(lambda: said(stage, cid, "who knows") == 1 and not stage.inbox.outbox.pending())
        # what was late lands
        me = int(stage.inbox.me.id)
        stage.workspace.admin_reply(cid, me, "<p>who knows</p>", note=True)
        await stage.wait(lambda: stage.inbox.status.twice)
        await stage.wait(lambda: "Sent twice" in stage.notice)
        assert "1 sent twice" in stage.text()
        await stage.press("ctrl+o")
        assert stage.dialog == "Sent twice"
        await stage.press("r")
        await stage.sent()
        assert said(stage, cid, "who knows") == 1
        assert not stage.inbox.outbox.pending()
