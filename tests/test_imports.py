"""No circle of modules: what imports another, at its start or later in a function, is not needed by that one."""

import ast
import graphlib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = {
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
    for file in (ROOT / "tui").rglob("*.py")
}


def imported(node: ast.AST, *, types: bool = False) -> Iterator[str]:
    """The modules of the program that are imported below `node`; those for types alone only with `types`."""
    for child in ast.iter_child_nodes(node):
        if not types and isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        if isinstance(child, ast.ImportFrom) and child.module:
            for name in child.names:
                whole = f"{child.module}.{name.name}"
                yield whole if whole in MODULES else child.module
        elif isinstance(child, ast.Import):
            yield from (name.name for name in child.names)
        else:
            yield from imported(child, types=types)


def needs(*, types: bool, below: str = "tui") -> dict[str, set[str]]:
    """What each module below a package imports of it."""
    return {
        name: {
            one
            for one in imported(ast.parse(file.read_text()), types=types)
            if one in MODULES and one != name and f"{one}.".startswith(f"{below}.")
        }
        for name, file in MODULES.items()
        if f"{name}.".startswith(f"{below}.")
    }


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = needs(types=False)
    assert sum(map(len, graph.values())) > 1000
    graphlib.TopologicalSorter(graph).prepare()


def test_no_modules_of_the_screen_know_each_other_in_a_circle_by_their_types_either() -> None:
    graph = needs(types=True, below="tui.app")
    assert sum(map(len, graph.values())) > 300
    graphlib.TopologicalSorter(graph).prepare()


def test_a_circle_would_be_found() -> None:
    with pytest.raises(graphlib.CycleError):
        graphlib.TopologicalSorter({"a": {"b"}, "b": {"c"}, "c": {"a"}}).prepare()
    assert list(imported(ast.parse("def f():\n    from tui.cli.main import main"))) == ["tui.cli.main"]
    only_types = ast.parse("if TYPE_CHECKING:\n    from tui.cli.main import main")
    assert list(imported(only_types)) == []
    assert list(imported(only_types, types=True)) == ["tui.cli.main"]
