"""The views and the figures of the desk in the shell: from the store, against what the workspace says."""

import pytest

from tests.cli.support import Program, Served
from tui.text.width import cell_len


@pytest.fixture
def filled(program: Program) -> Program:
    """With all open conversations in the store."""
    program.ok("conversation", "list", "--limit", "500")
    return program


def test_stats_are_those_of_what_is_open(filled: Program, served: Served) -> None:
    there = served.search(("state", "=", "open"))
    served.forget_requests()
    figures = filled.json("view", "stats")
    assert not any("_sandbox" not in path for path in served.requests())
    assert figures["open"] == len(there) > 10
    assert figures["waiting"] == sum(bool(one["waiting_since"]) for one in there)
    waits = sorted(one["waiting_since"] for one in there if one["waiting_since"])
    assert [one["waiting_since"] for one in figures["oldest"]] == waits[:25]
    late = [one for one in waits if figures["at"] - one >= 86_400]
    everything = figures["groups"][0]
    assert (everything["key"], everything["waits"]["longer"]) == ("open", len(late))
    assert sum(everything["waits"].values()) == len(waits)
    loads = {mate["id"]: mate["open"] for mate in figures["teammates"]}
    for admin, held in loads.items():
        assert held == sum(str(one.get("admin_assignee_id") or "") == admin for one in there)


def test_the_table_fits_80_cells_and_says_the_same(filled: Program) -> None:
    figures = filled.json("view", "stats")
    lines = filled.ok("view", "stats").out.splitlines()
    assert max(map(cell_len, lines)) <= 80
    assert lines[0].startswith(f"{figures['open']} open, {figures['waiting']} waiting, ")
    heads = ("WAITING TIME", "LONGEST WAITS", "TEAMMATES", "LAST 24 HOURS", "LAST 7 DAYS")
    assert [line.split("  ")[0] for line in lines if line.startswith(heads)] == list(heads)
    everything = next(line for line in lines if line.startswith("All open"))
    counts = [int(word.rstrip("▁▂▃▄▅▆▇█")) for word in everything.split()[2:]]
    group = figures["groups"][0]
    assert counts == [group["open"], *group["waits"].values(), group["sla_missed"]]
    days = lines[next(at for at, line in enumerate(lines) if line.startswith("LAST 7 DAYS")) + 1 :]
    assert [int(line[22:28]) for line in days[:7]] == [day["arrived"] for day in figures["days"]]


def test_stats_where_stdout_takes_ascii_only(filled: Program) -> None:
    from tests.cli.support import child

    result = child(
        "view", "stats", home=filled.home, PYTHONUTF8="0", PYTHONIOENCODING="ascii", INTERCOM_TOKEN="x" * 12
    )  # fmt: skip
    assert result.code == 0, result.err
    assert "#" in result.out
    assert not set(result.out) & set("▁▂▃▄▅▆▇█░")


def test_an_empty_store_is_said_to_be_empty(program: Program) -> None:
    program.monkeypatch.delenv("INTERCOM_TOKEN")
    said = program.ok("view", "stats").out
    assert said.startswith("The store holds no conversations yet")
    assert said.count("\n") == 1
    assert program.json("view", "stats")["stored"] == 0


def test_views_are_listed_with_their_counts(filled: Program, served: Served) -> None:
    views = {row["key"]: row for row in filled.json("view", "list")}
    assert list(views)[:5] == ["mine", "unassigned", "open", "snoozed", "closed"]
    assert views["open"]["count"] == len(served.search(("state", "=", "open")))
    assert "All open" in filled.ok("view", "list").out


@pytest.mark.parametrize("argv", [("view", "--help"), ("view", "stats", "--help"), ("view", "list", "--help")])
def test_help_fits_80_columns(program: Program, argv: tuple[str, ...]) -> None:
    program.monkeypatch.setenv("COLUMNS", "80")
    assert max(map(len, program.ok(*argv).out.splitlines())) <= 80
