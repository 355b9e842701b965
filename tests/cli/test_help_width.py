"""``--help`` of every noun and verb is at most 80 columns wide, whatever the terminal, and loses no word to that."""

import re
from pathlib import Path

import pytest

from tests.reference.shell import verbs_of
from tui.cli.main import build_parser
from tui.cli.parsing import Parser

MOST = 80
PARSERS = {" ".join(words): parser for words, parser in verbs_of(build_parser())}


def rendered(parser: Parser, columns: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines of ``--help`` in a terminal of that width."""
    monkeypatch.setenv("COLUMNS", str(columns))
    return parser.format_help().splitlines()


@pytest.fixture(autouse=True)
def short_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """The files that the top names are in a short folder: a path is never broken."""
    monkeypatch.setenv("HOME", "/h")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)


def test_every_noun_and_verb_is_looked_at() -> None:
    assert {"", "conversation", "conversation reply", "store clear", "sandbox"} <= set(PARSERS)
    assert len(PARSERS) > 40


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 200])
@pytest.mark.parametrize("words", PARSERS)
def test_help_is_narrow_enough(words: str, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = rendered(PARSERS[words], columns, monkeypatch)
    most = max(72, min(MOST, columns))  # below, single words and the usage of an option are wider
    assert [line for line in lines if len(line) > most] == []


@pytest.mark.parametrize("words", PARSERS)
def test_a_wider_terminal_changes_nothing_and_a_narrow_one_loses_nothing(
    words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide, narrow = (rendered(PARSERS[words], columns, monkeypatch) for columns in (200, 60))
    assert wide == rendered(PARSERS[words], MOST, monkeypatch)
    plain = [re.sub(r"\s+", "", "".join(lines)) for lines in (wide, narrow)]
    assert plain[0] == plain[1]


def test_a_long_line_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parser = Parser("x", description=str(tmp_path) + "y" * 90, formatter_class=PARSERS[""].formatter_class)
    assert max(map(len, rendered(parser, 80, monkeypatch))) > MOST
