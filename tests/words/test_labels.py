"""What the screen says stands in `tui/model/labels`: all of it is used, and whole sentences stand nowhere else."""

import ast
import re
from pathlib import Path

from tests.words.sentences import ROOT, Sentence, source
from tui.model.labels import outcomes, situations, texts

_SOURCES = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "tui").rglob("*.py"))}
_WHOLE = re.compile(r"[A-Z“].*[.?!]$")
"""A sentence: it begins with a capital letter, and ends."""


def _names(module: object) -> list[str]:
    return [name for name in vars(module) if name.isupper()]


def test_every_label_is_used() -> None:
    used = {
        node.attr
        for path, text in _SOURCES.items()
        if "labels" not in path.parts
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in _MODULES
    }
    assert [name for module in (texts, situations, outcomes) for name in _names(module) if name not in used] == []


_MODULES = frozenset({"texts", "say", "outcomes"})


def test_no_two_labels_of_a_module_say_the_same() -> None:
    for module in (texts, situations, outcomes):
        said = [getattr(module, name) for name in _names(module)]
        assert sorted(said) == sorted(set(said))


def _elsewhere(sentences: list[Sentence]) -> list[Sentence]:
    """Whole sentences of the screen, without a value in them, that stand beside the labels."""
    return [
        one
        for one in sentences
        if one.where.startswith(("tui/app/", "tui/inbox/situation"))
        and not one.where.startswith("tui/app/terminal/")
        and "{…}" not in one.text
        and _WHOLE.match(one.text)
    ]


def test_whole_sentences_of_the_screen_stand_in_one_place() -> None:
    assert _elsewhere(list(source())) == []


def test_a_sentence_that_stands_elsewhere_is_found() -> None:
    path = str(Path("tui/app/commands/x.py"))
    there = [Sentence(path, "Nothing here."), Sentence(path, "{…} is open."), Sentence(path, "to filter")]
    assert _elsewhere(there) == there[:1]
    assert _elsewhere([Sentence("tui/model/labels/texts.py", "Nothing here.")]) == []
