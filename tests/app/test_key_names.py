"""Sentences name keys through the registry: a rebinding changes them too."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.conftest import Stage, stage_at
from tui.app.commands import all_commands
from tui.app.keys.registry import Registry

ROOT = Path(__file__).parents[2] / "tui"
_NAMED = re.compile(r"(?:^|· |: |\()(?:[a-zB-Z,./!?@:]|esc|tab|enter|space) [a-z]{3,}\b|\bctrl\+[a-z]\b")
_MEANT = re.compile(r"\{key:([^}]*)\}")
_ARTICLE = re.compile(r"\ba (?:file|key name|link|list|network|proxy|quote|redirect|team|teammate|web page)\b")
"""Where `a` is no key."""


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """The string constants of a file with a space in them, but for docstrings. A dialog's own keys are single words."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(statement.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        for statement in node.body
        if isinstance(statement, ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docs
            and " " in node.value
        ):
            yield node.lineno, node.value


def screens() -> list[Path]:
    labels = (ROOT / "model" / "labels").glob("*.py")
    return sorted([*(ROOT / "app").rglob("*.py"), *labels, ROOT / "inbox" / "situation.py"])


def test_no_sentence_names_a_key_by_itself() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in screens()
        for line, text in sentences(path)
        if _NAMED.search(_ARTICLE.sub("one", _MEANT.sub("KEY", text))) and not text.startswith((", ", ": "))
    ]
    assert not found, "\n".join(found)


def test_every_key_that_a_sentence_asks_for_is_a_commands() -> None:
    known = {command.id for command in all_commands()}
    asked = {name for path in screens() for _, text in sentences(path) for name in _MEANT.findall(text)}
    assert asked <= known


def test_a_sentence_leaves_out_what_has_no_key() -> None:
    words = "Nothing here · {key:view.search} search · {key:view.choose} another view"
    assert Registry(all_commands()).words(words) == "Nothing here · / search · v another view"
    assert Registry(all_commands(), {"view.search": []}).words(words) == "Nothing here · v another view"
    assert Registry(all_commands(), {"app.quit": []}).words("{key:app.quit} quits.") == "“Quit” quits."


KEYS = (
    '[keys]\n"undo.last" = "f2"\n"conversation.close" = "f3"\n"view.search" = "f4"\n"view.choose" = "f5"\n'
    '"compose.send" = "f6"\n"select.none" = "f8"\n"help.keys" = "f9"\n"compose.switch" = "f10"\n'
)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_rebound_keys_are_the_ones_named(tmp_path: Path, size: tuple[int, int]) -> None:
    async with stage_at(tmp_path, size, settings=KEYS, undo_seconds=600.0) as stage:
        await stage.press("g", "g", "f3")
        assert "f2 undo" in stage.notice
        await stage.press("w")
        assert "f9 all keys" in stage.notice
        await stage.press("X", "X", "r")
        assert "f8 none" in stage.notice
        await stage.press("f8", "n")
        await stage.type("x")
        await stage.press("ctrl+r")
        assert "f6 save note" in stage.notice
        assert "f10 reply" in stage.notice
        await stage.press("f6")
        assert "f2 undo" in stage.text()
        await stage.press("f4")
        await stage.type("nothingtofind")
        await stage.press("enter")
        await empty(stage)
        assert "f4 change the search" in stage.text()


async def empty(stage: Stage) -> None:
    """Wait until the search has been read to its end."""
    model = stage.app.ui.list.model
    while model is not None and not model.loaded:
        await stage.pilot.pause(0.02)
    await stage.pilot.pause()
