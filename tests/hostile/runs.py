"""The runs: payloads through the decoder, the app and the shell, odd answers, lying answers. Each gives a report."""

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from tests.harness.sandbox import Served
from tests.hostile import answers, lists
from tests.hostile.app_run import SIZES, Walk, screens, surroundings, survive, walk
from tests.hostile.payloads import Payload, generate
from tests.hostile.places import check_names, check_places
from tests.hostile.poison import World
from tests.hostile.server import Request, Upstream, serving
from tests.hostile.shell_run import Shell, verbs
from tests.hostile.wire import BOMBS, WIRES, Lie, lying
from tests.hostile.zygote import Zygote

__all__ = ["RUNS", "Report", "Wishes"]

BATCH: Final = 60
"""Payloads of one workspace."""
CONVERSATIONS: Final = 14


@dataclass(frozen=True)
class Wishes:
    """What the command line asks for."""

    seed: int = 1
    count: int = 2_200
    families: tuple[str, ...] = ()
    answers: int = 120
    workers: int = 3


@dataclass
class Report:
    """Lines of figures, and the faults."""

    lines: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@contextmanager
def sandbox(seed: int) -> Iterator[Upstream]:
    """The real sandbox, to be asked."""
    with Served(conversations=CONVERSATIONS, seed=seed, latency_ms=0) as served:
        yield Upstream(served.base_url)


def _batches(wishes: Wishes) -> list[list[Payload]]:
    made = generate(wishes.seed, wishes.count, wishes.families)
    return [made[at : at + BATCH] for at in range(0, len(made), BATCH)]


def _by_family(payloads: Sequence[Payload]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(Counter(each.family for each in payloads).items()))


def run_places(wishes: Wishes) -> Report:
    """Every payload in a share of all text fields, through the client's decoder; and as a file's name on disk."""
    made = generate(wishes.seed, wishes.count, wishes.families)
    with tempfile.TemporaryDirectory() as folder:
        places, wrong = check_places(made)
        names, more = check_names(made, Path(folder))
    return Report(
        [
            f"{len(made)} payloads ({_by_family(made)})",
            f"{places} fields, a quarter of them with each payload (fewer for long ones); {names} saved as files",
        ],
        wrong + more,
    )


def run_app(wishes: Wishes) -> Report:
    """The app walked through, a workspace a batch."""
    batches = _batches(wishes)
    report, places, seen = Report(), Counter[str](), Counter[str]()
    kinds, threads = Counter[str](), 0
    harmless = _harmless(wishes.seed, report)

    def one(number: int) -> tuple[Walk, World, list[str]]:
        world = World(upstream, [each.text for each in batches[number]], ids=number % 5 == 3, refuse=number % 3 == 1)
        size = SIZES[number // 4 % len(SIZES)]
        with serving(world) as server, tempfile.TemporaryDirectory() as home:
            done = walk(Path(home), server.url, size=size, dialogs=slice(number % 4, None, 4))
            return done, world, server.failures

    with sandbox(wishes.seed) as upstream, ThreadPoolExecutor(wishes.workers) as pool:
        for number, (done, world, failures) in enumerate(pool.map(one, range(len(batches)))):
            places += world.places
            seen += done.screens
            kinds += done.seen.kinds
            threads += done.looks
            report.wrong += [f"batch {number}: {each}" for each in (*done.wrong, *failures)]
    foreign = {kind for kind in kinds if kind not in harmless}
    report.lines += [
        f"{sum(map(len, batches))} payloads in {len(batches)} workspaces",
        _by_family([each for batch in batches for each in batch]),
        f"{len(places)} fields of the answers held one, {places.total()} times",
        f"{len(seen)} of {len(screens())} screens and dialogs, {threads} looks",
        f"{kinds.total()} sequences and texts of {len(kinds)} kinds",
        f"not seen with harmless text: {sorted(foreign) or 'none'}",
    ]
    return report


def _harmless(seed: int, report: Report) -> Counter[str]:
    """The kinds of sequences that the app writes for friendly text."""
    kinds: Counter[str] = Counter()
    world_texts = ["Ada Lovelace", "A question on my invoice", "Thank you very much"]
    with sandbox(seed) as upstream, ThreadPoolExecutor(2) as pool:

        def one(number: int) -> Walk:
            with serving(World(upstream, world_texts)) as server, tempfile.TemporaryDirectory() as home:
                return walk(Path(home), server.url, dialogs=slice(number, None, 4))

        for done in pool.map(one, range(4)):
            kinds += done.seen.kinds
            report.wrong += [f"harmless: {each}" for each in done.wrong]
    return kinds


def run_shell(wishes: Wishes) -> Report:
    """Every verb over poisoned workspaces, and every payload as an argument."""
    batches = _batches(wishes)
    report, codes, done, places = Report(), Counter[int](), Counter[str](), Counter[str]()
    rss = slowest = 0.0

    def one(number: int) -> tuple[Shell, World, list[str]]:
        texts = [each.text for each in batches[number]]
        world = World(upstream, texts, ids=number % 4 == 1, refuse=number % 4 == 2)
        with serving(world) as server, tempfile.TemporaryDirectory() as home, Zygote() as zygote:
            shell = Shell(zygote, surroundings(Path(home), server.url))
            conversations = _ids(shell, ["conversation", "list"])
            contacts = _ids(shell, ["contact", "find", "a"])
            for at, identity in enumerate(conversations):
                shell.run(["conversation", "view", identity], ("terminal", "json", "pipe")[(at + number) % 3])
            shell.over_poison(conversations, contacts, number)
            for text in texts:
                shell.with_argument(text, conversations, contacts)
            return shell, world, server.failures

    with sandbox(wishes.seed) as upstream, ThreadPoolExecutor(wishes.workers) as pool:
        for number, (shell, world, failures) in enumerate(pool.map(one, range(len(batches)))):
            codes += shell.codes
            done += shell.verbs
            places += world.places
            rss, slowest = max(rss, shell.rss_mib), max(slowest, shell.slowest)
            report.wrong += [f"batch {number}: {each}" for each in (*shell.wrong, *failures)]
    report.lines += [
        f"{sum(map(len, batches))} payloads, {codes.total()} commands of {len(done)} kinds ({len(verbs())} verbs)",
        f"exit codes {dict(sorted(codes.items()))}, at most {rss:.0f} MiB and {slowest:.1f} s",
        f"{len(places)} fields of the answers held one, {places.total()} times",
    ]
    return report


def _ids(shell: Shell, argv: Sequence[str]) -> list[str]:
    found = json.loads(shell.run(argv, "json").out or b"[]")
    return [str(each["id"]) for each in found]


def run_answers(wishes: Wishes) -> Report:
    """Odd answers to every operation, and odd objects within lists."""
    with sandbox(wishes.seed) as upstream:
        came = answers.run(upstream, seed=wishes.seed, most=wishes.answers)
        odd = lists.run(upstream, seed=wishes.seed, rounds=max(1, wishes.answers // 6))
    return Report(
        [
            f"{came.answers} answers to {len(came.operations)} operations, {len(came.places)} fields",
            f"read {came.answers - came.errors.total()}, refused in words {dict(came.errors)}",
            f"{odd.objects} odd objects in {odd.lists} lists between {odd.sound} sound ones, {odd.hidden} hidden",
        ],
        came.wrong + odd.wrong,
    )


_ASKED: Final = (
    (("conversation", "list"), "/conversations/search"), (("conversation", "view", "1"), "/conversations/1"),
    (("conversation", "reply", "1", "hello"), "/conversations/1/reply"), (("tag", "list"), "/tags"),
    (("admin", "list"), "/admins"), (("contact", "find", "a"), "/contacts/search"),
    (("conversation", "note", "1", "x"), "/me"),
)  # fmt: skip
"""Commands, and the request of theirs that is answered with a lie."""


def run_wire(wishes: Wishes) -> Report:
    """Lying answers to commands and to the app; memory is measured."""
    report, codes = Report(), Counter[int]()
    lies = [(name, _always(lie)) for name, lie in WIRES.items()] + list(BOMBS.items())
    rss = slowest = 0.0
    apps = 0

    def one(number: int) -> tuple[list[str], Shell | None, Walk | None]:
        name, make = lies[number]
        lie = make()
        wrong: list[str] = []
        # a bomb is for commands that differ in how they read: those that list, and one that sends
        asked = _ASKED if name in WIRES else _ASKED[:3]
        shell: Shell | None = None
        with ExitStack() as stack:
            zygote = stack.enter_context(Zygote())
            for words, template in asked:
                real = conversation if template.startswith("/conversations/1") else "1"
                argv, path = [real if each == "1" else each for each in words], template.replace("/1", f"/{real}")
                home = stack.enter_context(tempfile.TemporaryDirectory())
                server = stack.enter_context(serving(lying(upstream, lie, partial(_is_for, path))))
                before = shell
                shell = Shell(zygote, surroundings(Path(home), server.url))
                if before is not None:
                    shell.seen, shell.wrong, shell.codes, shell.verbs = (
                        before.seen,
                        before.wrong,
                        before.codes,
                        before.verbs,
                    )
                    shell.rss_mib, shell.slowest = before.rss_mib, before.slowest
                shell.run(argv, ("pipe", "terminal")[number % 2], seconds=240)
                wrong += server.failures
        done = None
        if number % 3 == 0:
            done = _app_meets(upstream, lie, wrong)
        return (
            [f"{name}: {each}" for each in (*wrong, *(shell.wrong if shell else ()), *(done.wrong if done else ()))],
            shell,
            done,
        )

    with sandbox(wishes.seed) as upstream, ThreadPoolExecutor(2 * wishes.workers) as pool:
        conversation = _first(upstream)
        for wrong, shell, done in pool.map(one, range(len(lies))):
            report.wrong += wrong
            apps += done is not None
            if shell is not None:
                codes += shell.codes
                rss, slowest = max(rss, shell.rss_mib), max(slowest, shell.slowest)
    report.lines += [
        f"{len(WIRES)} lies and {len(BOMBS)} bombs to {codes.total()} commands and {apps} runs of the app",
        f"exit codes {dict(sorted(codes.items()))}, at most {rss:.0f} MiB and {slowest:.1f} s",
    ]
    return report


def _is_for(path: str, request: Request) -> bool:
    return request.path == path


def _always(lie: Lie) -> Callable[[], Lie]:
    return lambda: lie


def _app_meets(upstream: Upstream, lie: Lie, wrong: list[str]) -> Walk:
    """The app, whose every answer but the first few is a lie from some moment on: it stays and leaves when told to."""
    answer = lying(upstream, lie, lambda request: request.path != "/me")
    with serving(answer) as server, tempfile.TemporaryDirectory() as home:
        done = survive(Path(home), server.url)
        wrong += server.failures
        return done


def _first(upstream: Upstream) -> str:
    query = b'{"query":{"field":"state","operator":"=","value":"open"}}'
    found = json.loads(upstream(Request("POST", "/conversations/search", "", {}, query)).body)
    return str(found["conversations"][0]["id"])


RUNS: Final[dict[str, Callable[[Wishes], Report]]] = {
    "places": run_places, "app": run_app, "shell": run_shell, "answers": run_answers, "wire": run_wire,
}  # fmt: skip
"""What ``--run`` names."""
