"""Words through the shell, out and in: indentation, hidden text, pictures in mails."""

import io
import sys

import pytest

from tests.cli.support import Program, Served
from tests.text.reader import read

FILE = "  server:\n    port: 80\n\n\n    tls:\n      key: __init__ 2*3*4 C:\\new\\_x"


def test_what_is_written_with_a_dash_arrives_as_it_stands(program: Program, served: Served, fresh: str) -> None:
    program.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{FILE}\n".encode())))
    program.ok("conversation", "reply", fresh, "-")
    assert read(served.parts(fresh)[-1]["body"]) == FILE
    seen = program.ok("conversation", "view", fresh).out
    for line in FILE.split("\n"):
        assert line.rstrip() in seen.split("\n") or f"  {line}" in seen.split("\n")


@pytest.mark.parametrize(
    ("body", "shown", "absent"),
    [
        ("<p>a:<br>&nbsp;&nbsp;b: 1</p>", ["  a:", "    b: 1"], "nbsp"),
        ('<div style="max-height:0;overflow:hidden">SECRET</div><p>Seen.</p>', ["  Seen."], "SECRET"),
        (f'<p>Look:</p><img alt="shot" src="data:image/png;base64,{"QUJD" * 75_000}"><p>Why?</p>',
         ["  Look:", "  [image: shot]", "  Why?"], "shortened"),
    ],
    ids=["indentation", "hidden", "picture"],
)  # fmt: skip
def test_what_a_customer_sent_is_read_as_it_is_meant(
    program: Program, served: Served, fresh: str, body: str, shown: list[str], absent: str
) -> None:
    served.customer_writes(fresh, body)
    seen = program.ok("conversation", "view", fresh).out
    assert set(shown) <= set(seen.split("\n"))
    assert absent not in seen
    text = program.json("conversation", "view", fresh)["parts"][-1]["text"]
    assert absent not in text
    assert [line for line in text.split("\n") if line] == [line[2:] for line in shown]
