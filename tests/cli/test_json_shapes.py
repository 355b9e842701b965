"""Every verb prints with ``--json`` what `docs/json.md` says: its keys, in their order, with values of their types."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.support import Program, Served
from tests.cli.test_codes import VERBS as ALL
from tests.cli.test_codes import Run, doing
from tests.reference.json_output import VERBS, Types, shape_types, types_of


class InProcess(Run):
    """The program in this process, where the tests of exit codes start one."""

    def __init__(self, served: Served, home: Path, program: Program) -> None:
        super().__init__(served, home)
        self._program = program

    def __call__(self, *argv: str, how: str = "", **more: str) -> "subprocess.CompletedProcess[str]":
        """Run it with `more` in the environment; `how` is for outputs that fail, of which there are none here."""
        assert not how
        with pytest.MonkeyPatch.context() as patch:
            for name, value in more.items():
                patch.setenv(name, value)
            result = self._program(*argv)
        return subprocess.CompletedProcess(list(argv), result.code, result.out, result.err)


@pytest.fixture
def run(served: Served, home: Path, program: Program, impatient: None) -> InProcess:
    return InProcess(served, home, program)


@pytest.fixture
def number() -> Iterator[int]:
    return iter(range(1000))


def test_every_verb_is_described() -> None:
    assert list(VERBS) == list(ALL)


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_prints_what_the_page_says(
    run: InProcess, program: Program, fresh: str, number: Iterator[int], verb: str
) -> None:
    argv = command_line(run, fresh, number, verb)
    printed = program.json(*argv) if verb != "outbox check" else program(*argv, "--json").json()
    name, many = VERBS[verb]
    assert isinstance(printed, list) == many
    for shape in printed if many else [printed]:
        fits(shape, shape_types()[name])


def command_line(run: InProcess, fresh: str, number: Iterator[int], verb: str) -> list[str]:
    """A command line of that verb which prints something."""
    if ALL[verb].get_default("acts"):
        return doing(verb, run, fresh, number)[0]
    assert run("conversation", "view", fresh).returncode == 0
    assert run("conversation", "note", fresh, "x", INTERCOM_BASE_URL="http://127.0.0.1:9").returncode == 7
    who = run.served.conversation(fresh)["contacts"]["contacts"][0]["id"]
    needs = {"conversation view": [fresh], "contact view": [who], "contact find": ["pat"], "outbox show": ["1"]}
    return [*verb.split(), *needs.get(verb, [])]


def fits(printed: dict[str, object], described: Types) -> None:
    """Every key of the description is there, in its order, and nothing else; each value is of a type it may have."""
    assert list(printed) == [path for path in described if "." not in path and "[]" not in path]
    for path, names in types_of(printed).items():
        assert names <= described.get(path, set()), f"{path}: {names}"
