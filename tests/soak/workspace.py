"""How many conversations each view should show, counted from the sandbox's own lists: nothing of the program."""

import re

from tests.harness.sandbox import Served


def expected(served: Served) -> dict[str, int]:
    """By the views' names."""
    me = str(served.ask("GET", "/me")["id"])
    teams = {str(team["id"]): str(team["name"]) for team in served.ask("GET", "/teams")["teams"]}
    counts = dict.fromkeys(["Mine", "Unassigned", "All open", "Snoozed", "Closed", *teams.values()], 0)
    for one in served.conversations():
        state = one["state"]
        counts[{"open": "All open", "snoozed": "Snoozed", "closed": "Closed"}[state]] += 1
        if state != "open":
            continue
        admin, team = (str(one.get(f"{kind}_assignee_id") or "0") for kind in ("admin", "team"))
        counts["Mine"] += admin == me
        counts["Unassigned"] += admin == team == "0"
        if team in teams:
            counts[teams[team]] += 1
    return counts


def shown(screen: str, names: list[str]) -> dict[str, int]:
    """The counts in the dialog of the views, as somebody reads them off the screen."""
    found: dict[str, int] = {}
    for name in names:
        line = re.search(rf"│ [▌> ]?.{{0,3}}{re.escape(name)} +(\d[\d,]*) +│", screen)
        if line is not None:
            found[name] = int(line[1].replace(",", ""))
    return found
