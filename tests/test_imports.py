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


def imported(node: ast.AST) -> Iterator[str]:
    """The modules of the program that are imported below `node`, but for types alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        if isinstance(child, ast.ImportFrom) and child.module:
            for name in child.names:
                whole = f"{child.module}.{name.name}"
                yield whole if whole in MODULES else child.module
        elif isinstance(child, ast.Import):
            yield from (name.name for name in child.names)
        else:
            yield from imported(child)


def test_no_modules_import_each_other_in_a_circle() -> None:
    needs = {
        name: {one for one in imported(ast.parse(file.read_text())) if one in MODULES and one != name}
        for name, file in MODULES.items()
    }
    assert sum(map(len, needs.values())) > 1000
    graphlib.TopologicalSorter(needs).prepare()


def test_a_circle_would_be_found() -> None:
    with pytest.raises(graphlib.CycleError):
        graphlib.TopologicalSorter({"a": {"b"}, "b": {"c"}, "c": {"a"}}).prepare()
    assert list(imported(ast.parse("def f():\n    from tui.cli.main import main"))) == ["tui.cli.main"]
