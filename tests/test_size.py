"""Sizes and docstrings of the program: a file, a function and a name can each be taken in at one look."""

import ast
import functools
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Final

import pytest

import tui

ROOT: Final = Path(tui.__file__).parent
MOST_FILE_LINES: Final = 400
MOST_FUNCTION_LINES: Final = 60
"""Lines with code; docstrings and comments do not count, and tables stand in modules, not in functions."""

_MEMBERS: Final = (FunctionType, classmethod, staticmethod, property, functools.cached_property)


def _sources() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def _functions(node: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if not isinstance(child, ast.ClassDef):
                yield f"{prefix}{child.name}", child
            yield from _functions(child, f"{prefix}{child.name}.")
        else:
            yield from _functions(child, prefix)


def _code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef, lines: list[str]) -> int:
    first, end = function.body[0], function.end_lineno or function.lineno
    docstring = range(0)
    if ast.get_docstring(function, clean=False) is not None:
        docstring = range(first.lineno, (first.end_lineno or first.lineno) + 1)
    numbers = (number for number in range(function.lineno, end + 1) if number not in docstring)
    return sum(1 for number in numbers if lines[number - 1].strip() and not lines[number - 1].lstrip().startswith("#"))


def _too_long() -> dict[str, int]:
    found: dict[str, int] = {}
    for name, source in _sources():
        lines = source.splitlines()
        if len(lines) > MOST_FILE_LINES:
            found[name] = len(lines)
        for function, node in _functions(ast.parse(source)):
            if (count := _code_lines(node, lines)) > MOST_FUNCTION_LINES:
                found[f"{name}:{function}"] = count
    return found


def test_files_and_functions_are_short() -> None:
    assert _too_long() == {}


def test_a_long_function_is_found() -> None:
    source = 'class A:\n    def f(self):\n        """Two\n        lines."""\n' + "        x = 1\n        # why\n" * 61
    ((name, node),) = _functions(ast.parse(source))
    assert (name, _code_lines(node, source.splitlines())) == ("A.f", 62)


def _modules() -> Iterator[ModuleType]:
    for info in pkgutil.walk_packages(tui.__path__, "tui."):
        if not any(part.startswith("_") for part in info.name.split(".")):
            yield importlib.import_module(info.name)


def _undocumented(module: ModuleType) -> Iterator[str]:
    if not module.__doc__:
        yield module.__name__
    for name, value in vars(module).items():
        own = getattr(value, "__module__", "") == module.__name__ and getattr(value, "__qualname__", "") == name
        if name.startswith("_") or not own or not (inspect.isclass(value) or inspect.isfunction(value)):
            continue
        if not _has_docstring(value):
            yield f"{module.__name__}.{name}"
        if inspect.isclass(value):
            yield from _undocumented_members(value)


def _undocumented_members(cls: type) -> Iterator[str]:
    for name, member in vars(cls).items():
        # on_EVENT is what Textual calls when the event comes, which its name says
        if name.startswith(("_", "on_")) or not isinstance(member, _MEMBERS) or _has_docstring(member):
            continue
        if not any(name in vars(base) for base in cls.__mro__[1:]):
            yield f"{cls.__module__}.{cls.__qualname__}.{name}"


def _has_docstring(value: object) -> bool:
    words = vars(value).get("__doc__") if inspect.isclass(value) else getattr(value, "__doc__", None)
    # a dataclass without a docstring is given its signature
    return bool(words) and not (inspect.isclass(value) and str(words).startswith(f"{value.__name__}("))


def test_every_public_name_says_what_it_is() -> None:
    assert [name for module in _modules() for name in _undocumented(module)] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("class A:\n 'Doc.'\n def f(self): ...", ["m.A.f"]),
        ("class A:\n 'Doc.'\n def f(self): 'Doc.'\nclass B(A):\n 'Doc.'\n def f(self): ...\n def _g(self): ...", []),
        ("from dataclasses import dataclass\n@dataclass\nclass A:\n x: int = 0", ["m.A"]),
        ("def f(): ...\ndef _g(): ...", ["m.f"]),
    ],
)
def test_a_name_that_says_nothing_is_found(source: str, found: list[str]) -> None:
    module = ModuleType("m", "Doc.")
    exec(source, vars(module))
    assert list(_undocumented(module)) == found
