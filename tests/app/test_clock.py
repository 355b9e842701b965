"""The reader's clock in the app."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.app.conftest import stage_at


async def test_a_snooze_goes_by_the_rules_of_the_machines_zone(tmp_path: Path) -> None:
    async with stage_at(tmp_path, (100, 30), environ={"TZ": "Europe/Berlin"}) as stage:
        cid = stage.current
        await stage.press("z")
        await stage.type("2027-06-01 9:00")
        assert "1 Jun 2027 9:00" in stage.text()
        await stage.press("enter")
        await stage.sent()
        meant = datetime(2027, 6, 1, 9, tzinfo=ZoneInfo("Europe/Berlin"))
        assert stage.there(cid).snoozed_until == meant.timestamp()
        assert "1 Jun 2027 9:00" in stage.notice
