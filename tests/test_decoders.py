"""Decoders are made one at a time: msgspec crashes where two threads begin with one struct at once."""

import ast
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

import tui
from tui.model.decoders import converted, decoder

_TOGETHER = """
import sys, threading
import msgspec
from tui.model.decoders import converted, decoder

sys.setswitchinterval(1e-6)
for number in range(400):
    inner = msgspec.defstruct(f"Inner{number}", [(f"field{at}", int, 0) for at in range(30)])
    outer = msgspec.defstruct(f"Outer{number}", [("a", int, 0), ("b", inner, None), ("c", str, "")])
    start = threading.Barrier(3)

    def decode():
        start.wait()
        assert decoder(outer)(b'{"a": 1, "c": "x"}').c == "x"

    def convert():
        start.wait()
        assert converted({"a": 1, "b": {"field0": 2}}, outer).b.field0 == 2

    threads = [threading.Thread(target=work) for work in (decode, decode, convert)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
print("all decoded")
"""


class _Point(msgspec.Struct):
    x: int


def test_threads_that_begin_together_all_decode() -> None:
    done = subprocess.run([sys.executable, "-c", _TOGETHER], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "all decoded"), done.stderr


def test_one_decoder_a_kind() -> None:
    assert decoder(_Point) is decoder(_Point)
    assert decoder(_Point)(b'{"x": 1}') == _Point(1) == converted({"x": 1}, _Point)
    with pytest.raises(msgspec.DecodeError):
        decoder(_Point)(b'{"x": "one"}')


def test_no_other_module_makes_one() -> None:
    """The settings are read before there is any thread, and hold no structs that a thread decodes."""
    root = Path(tui.__file__).parent
    found = set()
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                said = ast.unparse(node.func)
                typed = said.endswith("json.decode") and any(
                    word.arg == "type" and "dict" not in ast.unparse(word.value) for word in node.keywords
                )
                if said.endswith("json.Decoder") or said == "msgspec.convert" or typed:
                    found.add(path.relative_to(root).as_posix())
    assert found == {"model/decoders.py", "config/settings.py"}
