"""A sample of the hostile world; the whole of it is ``python -m tests.hostile --all``."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.answers import run as run_answers
from tests.hostile.app_run import surroundings, walk
from tests.hostile.payloads import FAMILIES, generate
from tests.hostile.places import check_names, check_places
from tests.hostile.poison import World
from tests.hostile.rules import Seen, bad_characters, judge
from tests.hostile.runs import Wishes, sandbox
from tests.hostile.server import Request, Upstream, serving
from tests.hostile.shell_run import Shell, verbs
from tests.hostile.vt import Grid, by_cluster, by_point, read
from tests.hostile.wire import BOMBS, WIRES, lying
from tests.hostile.zygote import Zygote


def test_the_payloads_are_many_and_differ() -> None:
    made = generate(Wishes().seed, Wishes().count)  # their texts are megabytes
    assert len(made) >= 2_000
    assert len({each.text for each in made}) == len(made)
    assert {each.family for each in made} == set(FAMILIES)


@pytest.mark.parametrize(
    ("data", "kinds"),
    [
        (b"a\x1b[1;31mb", ["text", "csi", "text"]), (b"\x1b]0;t\x07", ["osc"]), (b"\x1b]52;c;x\x1b\\", ["osc"]),
        (b"\xc2\x9b31m", ["csi"]), (b"\xc2\x9d0;t\xc2\x9c", ["osc"]),
        (b"\x1bPq\x1b\\", ["dcs"]), (b"\x1b_x\x1b\\", ["string"]),
        (b"\x1b[12", ["broken", "text"]), (b"\x1b]0;t", ["broken", "text"]), (b"\x9b", ["not utf-8", "text"]),
        (b"\x1b(B", ["esc"]),
        (b"a\x08", ["text", "control"]),
    ],
)  # fmt: skip
def test_the_grammar(data: bytes, kinds: list[str]) -> None:
    assert [token.kind for token in read(data)] == kinds


def test_what_is_foreign_is_found() -> None:
    for data in (
        b"\x1b]0;t\x07",
        b"\x1b]52;c;aGk=\x07",
        b"\xc2\x9b2J",
        b"\x1b[5i",
        b"\x1b[?1h",
        b"\x07",
        "\u202e".encode(),
        b"\x1bc",
    ):
        seen = Seen()
        judge(read(data), seen, app=True)
        assert seen.wrong, data
    assert bad_characters("\u200b\u00ad\ufffe\ue000\U000e0041\u2028") == set("\u200b\u00ad\ufffe\U000e0041\u2028")


def test_a_grid_of_each_opinion() -> None:
    shown = {}
    for width in (by_point, by_cluster):
        grid = Grid(20, 1, width)
        grid.feed(list(read("\U0001f468\u200d\U0001f469x\x1b[12Gy\x08\x08z".encode())))
        shown[width.__name__] = (grid.cells[0].index("x"), grid.cells[0].index("y"), grid.cells[0].index("z"))
    assert shown == {"by_point": (4, 11, 10), "by_cluster": (2, 11, 10)}


def test_fields_of_every_model_and_names_of_files(tmp_path: Path) -> None:
    made = generate(7, 48)
    places, wrong = check_places(made)
    names, more = check_names(made, tmp_path)
    assert (wrong, more) == ([], [])
    assert places > 300
    assert names == len(made)


@pytest.fixture(scope="module")
def upstream() -> Iterator[Upstream]:
    with sandbox(1) as asked:
        yield asked


def test_a_walk_through_the_app(upstream: Upstream, tmp_path: Path) -> None:
    world = World(upstream, [each.text for each in generate(11, 48)])
    with serving(world) as server:
        done = walk(tmp_path, server.url, threads=3, dialogs=slice(3, None, 12))
    assert done.wrong == server.failures == []
    assert len(world.places) > 50
    assert len(done.screens) >= 3


def test_commands(upstream: Upstream, tmp_path: Path) -> None:
    texts = [each.text for each in generate(13, 24)]
    with serving(World(upstream, texts)) as server, Zygote() as zygote:
        shell = Shell(zygote, surroundings(tmp_path, server.url))
        found = [str(each["id"]) for each in json.loads(shell.run(["conversation", "list"], "json").out)]
        for argv in (["conversation", "view", found[0]], ["contact", "find", "a"], ["tag", "list"]):
            shell.run(argv, "terminal")
        for text in texts[:8]:
            shell.with_argument(text, found, ["1"])
    assert shell.wrong == server.failures == []
    assert len(verbs()) >= 25


def test_odd_answers(upstream: Upstream) -> None:
    came = run_answers(upstream, seed=3, most=12, only=("conversations.search", "contacts.get", "tags.list", "me"))
    assert came.wrong == []
    assert came.answers == 4 * 12


@pytest.mark.parametrize(
    "lie", ["cut in the body", "gzip cut short", "two lengths", "1 MB of headers", "gzip of 60 MB of objects"]
)
def test_lying_answers(lie: str, upstream: Upstream, tmp_path: Path) -> None:
    made = WIRES[lie] if lie in WIRES else BOMBS[lie]()

    def which(request: Request) -> bool:
        return request.path == "/conversations/search"

    with serving(lying(upstream, made, which)) as server, Zygote() as zygote:
        shell = Shell(zygote, surroundings(tmp_path, server.url))
        shell.run(["conversation", "list"], "pipe")
    assert shell.wrong == server.failures == []
