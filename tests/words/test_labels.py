"""What a person is told stands in `tui/model/labels`: all of it is used, and sentences stand nowhere else."""

import ast
import importlib
import inspect
import pkgutil
import string
from collections.abc import Iterator
from types import ModuleType

import pytest

import tui.model.labels
import tui.text.sentences
from tests.words.composed import composed, said_whole
from tests.words.sentences import Sentence, sources

MODULES = [
    *(
        importlib.import_module(f"tui.model.labels.{info.name}")
        for info in pkgutil.iter_modules(tui.model.labels.__path__)
    ),
    tui.text.sentences,
]
MOVED = ("api", "app", "cli", "config", "inbox", "model", "store", "text")
LABELS = ("tui/model/labels/", "tui/text/sentences.py")
ALLOWED = {"tui/api/models/base.py": "what it puts together is Python"}
"""Files whose sentences may stand where they are, each with why."""
_SOURCES = dict(sources())


def _names(module: ModuleType) -> list[str]:
    """Its sentences and the functions that make some."""
    own = [name for name, value in vars(module).items() if inspect.isfunction(value)]
    return [name for name in vars(module) if name.isupper()] + own


def _used(text: str) -> Iterator[tuple[str, str]]:
    """Module and name of each label that a module uses."""
    tree = ast.parse(text)
    imports = [
        (name.asname or name.name, name.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in ("tui.model.labels", "tui.text")
        for name in node.names
    ]
    modules = dict(imports)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield modules[node.value.id], node.attr


def test_every_label_is_used() -> None:
    used = {one for text in _SOURCES.values() for one in _used(text)}
    for module in MODULES:
        short = module.__name__.rpartition(".")[2]
        assert [name for name in _names(module) if (short, name) not in used] == []


def test_no_two_labels_of_a_module_say_the_same() -> None:
    for module in MODULES:
        said = [value for name, value in vars(module).items() if name.isupper()]
        assert sorted(said) == sorted(set(said))


def test_the_values_of_a_label_are_named() -> None:
    """A template says what stands in each place, and takes nothing of a value but the value."""
    for module in MODULES:
        for name, value in vars(module).items():
            if name.isupper():
                fields = [field for _, field, _, _ in string.Formatter().parse(value) if field is not None]
                assert all(field.isidentifier() for field in fields), name


def _elsewhere(name: str, text: str) -> list[Sentence]:
    return [] if name.startswith(LABELS) or name in ALLOWED else [*said_whole(text, name), *composed(text, name)]


@pytest.mark.parametrize("package", MOVED)
def test_sentences_stand_in_one_place(package: str) -> None:
    files = [(name, text) for name, text in _SOURCES.items() if name.startswith(f"tui/{package}/")]
    assert files
    assert [f"{one.where}: {one.text}" for name, text in files for one in _elsewhere(name, text)] == []


def test_what_is_allowed_is_needed() -> None:
    for name in ALLOWED:
        assert [*said_whole(_SOURCES[name], name), *composed(_SOURCES[name], name)]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("x = f'Closed the {name}'", ["Closed the {…}"]),
        ("x = f'{name} left.'", ["{…} left."]),
        ("x = f'{name} ' + 'is open' + end", ["{…} is open{…}"]),
        ("x = 'There are %d of them' % n", ["There are %d of them"]),
        ("x = 'There are {} of them'.format(n)", ["There are {} of them"]),
        ("x = f'{a} {\"or more of\" if n else \"\"}' + f' {b} them all'", ["{…} {…} {…} them all"]),
        ("x = 'It is closed.'", ["It is closed."]),
        ("x = f'{name}: {value}'", []),
        ("x = f'/{kind}/{number}/search'", []),
        ("x = f'SELECT {columns} FROM parts'", []),
        ("x = f'{name} words'", []),
        ("def f(x: 'a or b'):\n 'Says {} and more.'\n raise TypeError(f'{x} is not a number')", []),
        ("LOG.info('sent %d and read %d', a, b)", []),
    ],
)
def test_a_sentence_that_stands_elsewhere_is_found(code: str, found: list[str]) -> None:
    assert [one.text for one in _elsewhere("tui/app/x.py", code)] == found
    assert _elsewhere("tui/model/labels/x.py", code) == []
