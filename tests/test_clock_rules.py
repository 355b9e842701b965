"""Every time is read and shown by the rules of a zone: nothing in the program asks for today's offset."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "tui"
FILES = sorted(path for path in ROOT.rglob("*.py") if "sandbox" not in path.relative_to(ROOT).parts)
_OWN_CLOCK = {"localtime", "mktime", "ctime", "asctime", "tzset"}


def fixed_offsets(source: str) -> list[str]:
    """The calls in a module that work with the machine's offset of the moment instead of a zone's rules."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name, owner = node.func.attr, ast.unparse(node.func.value)
        given = [one for one in [*node.args, *(word.value for word in node.keywords)] if not _is_none(one)]
        least = {"astimezone": 1, "fromtimestamp": 2, "now": 1 if owner.endswith("datetime") else 0}.get(name, 0)
        naive = name in ("today", "utcnow", "utcfromtimestamp") and owner.endswith(("date", "datetime"))
        machine = owner == "time" and (name in _OWN_CLOCK or (name == "strftime" and len(node.args) < 2))
        if len(given) < least or naive or machine:
            found.append(f"line {node.lineno}: {ast.unparse(node)}")
    return found


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_time_is_read_or_shown_by_an_offset(path: Path) -> None:
    assert fixed_offsets(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        "datetime.now()", "datetime.datetime.now()", "datetime.now(None)", "datetime.now(tz=None)", "x.astimezone()",
        "x.astimezone(None)", "datetime.fromtimestamp(1)", "datetime.fromtimestamp(1, tz=None)", "datetime.utcnow()",
        "date.today()", "date.fromtimestamp(1)", "time.localtime()", "time.strftime('%H')", "time.mktime(x)",
    ],
)  # fmt: skip
def test_each_such_call_would_be_found(code: str) -> None:
    assert fixed_offsets(code)


@pytest.mark.parametrize(
    "code", ["datetime.now(zone)", "x.astimezone(UTC)", "datetime.fromtimestamp(1, zone)", "self.now()", "time.time()"]
)
def test_no_other_call_is(code: str) -> None:
    assert fixed_offsets(code) == []
