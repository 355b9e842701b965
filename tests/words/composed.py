"""What is said with a value in it, found by reading the program's source."""

import ast
import re
from collections.abc import Iterator
from typing import Final

from tests.words.sentences import Sentence, hidden_parts, is_query_or_style

__all__ = ["composed", "said_whole"]

_VALUE: Final = "\0"
_WORD: Final = re.compile(r"(?<!\S)[“(]?[A-Za-z][A-Za-z'’-]+[.,;:?!…)”]*(?!\S)")
_ENDS: Final = re.compile(r"[a-z]{2,}[.?!…]\s*$")
_WHOLE: Final = re.compile(r"[A-Z“].* .*[.?!]$")


def composed(text: str, where: str) -> Iterator[Sentence]:
    """What `text`, a module, puts together of a value and words of its own: f-strings, templates of ``%`` and
    ``.format``, and sums. Not log lines, docstrings, queries, styles and what only a mistake of the program raises.

    Words of its own are two or more, or one that ends a sentence. The value stands as ``{…}``.
    """
    for node in _shown(ast.parse(text)):
        match node:
            case ast.BinOp(op=ast.Mod(), left=ast.Constant(value=str(template))):
                said = template
            case ast.Call(func=ast.Attribute(attr="format" | "format_map", value=ast.Constant(value=str(template)))):
                said = template
            case ast.JoinedStr() | ast.BinOp(op=ast.Add()):
                said = _pieces(node)
                if _VALUE not in said:
                    continue
            case _:
                continue
        if _is_said(said):
            yield Sentence(f"{where}:{node.lineno}", said.replace(_VALUE, "{…}"))


def said_whole(text: str, where: str) -> Iterator[Sentence]:
    """The whole sentences of a module without a value in them."""
    for node in _shown(ast.parse(text)):
        match node:
            case ast.Constant(value=str(said)) if _WHOLE.match(said) and not is_query_or_style(said):
                yield Sentence(f"{where}:{node.lineno}", said)


def _shown(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes that a person may be shown, outermost first; the parts of what is put together count once."""
    hidden = {id(one) for node in ast.walk(tree) for one in hidden_parts(node)}
    parts: set[int] = set()
    for node in ast.walk(tree):
        if id(node) in hidden:
            hidden.update(id(child) for child in ast.iter_child_nodes(node))
            continue
        if isinstance(node, ast.JoinedStr):
            parts.update(map(id, node.values))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            parts.update((id(node.left), id(node.right)))
        if id(node) not in parts:
            yield node


def _pieces(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(_pieces(value) for value in values)
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return _pieces(left) + _pieces(right)
        case _:
            return _VALUE


def _is_said(text: str) -> bool:
    words = _WORD.findall(text.replace(_VALUE, f" {_VALUE} "))
    return (len(words) > 1 or (len(words) == 1 and _ENDS.search(text) is not None)) and not is_query_or_style(text)
