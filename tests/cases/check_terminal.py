"""Case folders about the clock and the terminal."""

from datetime import datetime
from zoneinfo import ZoneInfo

import httpx

from tests.cases.support import TOKEN, Case, case, served
from tests.terminal.program import press_for, program


@case("snooze-over-clock-change")
def snooze_over_clock_change(given: Case) -> None:
    """The wall clock of that day decides, not today's offset."""
    when = given.text("when.txt").strip()
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    with served("--conversations", "30") as url, httpx.Client(base_url=url, headers=bearer, trust_env=False) as http:
        found = http.get("/conversations", params={"per_page": 1}).json()["conversations"][0]["id"]
        done = given.run(url, "conversation", "snooze", found, when, TZ="Europe/Berlin")
        assert done.code == 0, done.err
        until = http.get(f"/conversations/{found}").json()["snoozed_until"]
    there = datetime.fromtimestamp(until, ZoneInfo("Europe/Berlin"))
    assert f"{there:%Y-%m-%d} {there.hour}:{there:%M}" == when
    assert f"{there.day} Jun {there.year} 9:00 CEST" in done.out


@case("editor-missing")
def editor_missing(given: Case) -> None:
    """The screen is back at once, with the words in the composer and a sentence about what could not be started."""
    first, words, last = given.text("keys.txt").splitlines()
    with program(env={"EDITOR": "/no/such/editor -w", "INTERCOM_TUI_HOME": str(given.home)}) as terminal:
        press_for(terminal, first, "REPLY")
        terminal.send(words)
        terminal.press(last.strip("<>"))
        terminal.wait_for("Could not start EDITOR=/no/such/editor -w: no such program.")
        terminal.wait_until(terminal.is_raw)
        terminal.send(", and more")
        terminal.wait_for(f"{words}, and more")
