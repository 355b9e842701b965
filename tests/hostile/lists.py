"""Odd objects among sound ones in the lists that the program reads: one of them must never hide the others."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

from tests.hostile.answers import mutations
from tests.hostile.app_run import surroundings
from tests.hostile.server import Answer, Request, Upstream, serving
from tests.hostile.shell_run import Shell
from tests.hostile.zygote import Zygote

__all__ = ["Odd", "run"]

_LISTS: Final = (
    (("conversation", "list", "--limit", "200"), "/conversations/search", "conversations"),
    (("tag", "list"), "/tags", "data"), (("admin", "list"), "/admins", "admins"),
    (("contact", "find", "a", "--limit", "200"), "/contacts/search", "data"),
)  # fmt: skip
"""Commands, the request whose list they show, and where the list is in its answer."""
_ODD: Final = 40
_SOUND: Final = "77770000"


@dataclass
class Odd:
    """What came of it."""

    lists: int = 0
    objects: int = 0
    sound: int = 0
    hidden: int = 0
    wrong: list[str] = field(default_factory=list)


def run(upstream: Upstream, *, seed: int, rounds: int) -> Odd:
    """`rounds` times each list, with forty odd objects between three sound ones."""
    odd, random = Odd(), Random(seed)
    with Zygote() as zygote:
        for number in range(rounds):
            for argv, path, key in _LISTS:
                _one(upstream, zygote, odd, random, (argv, path, key), number)
    return odd


def _one(
    upstream: Upstream, zygote: Zygote, odd: Odd, random: Random, which: tuple[tuple[str, ...], str, str], number: int
) -> None:
    argv, path, key = which
    kinds: list[str] = []

    def edit(document: dict[str, Any]) -> bytes:
        listed = [each for each in document.get(key, []) if isinstance(each, dict)]
        if not listed:
            return json.dumps(document).encode()
        sound = [json.dumps({**listed[0], "id": f"{_SOUND}{at}", "name": f"Sound {at}"}).encode() for at in range(3)]
        wrong = []
        for at, (where, kind, raw) in enumerate(mutations(listed[-1], random, _ODD)):
            kinds.append(f"{where} {kind}")
            wrong.append(raw.replace(b'"id": "', f'"id": "{at}'.encode(), 1))
        half = len(wrong) // 2
        items = b",".join([sound[0], *wrong[:half], sound[1], *wrong[half:], sound[2]])
        rest = {name: value for name, value in document.items() if name not in (key, "pages")}
        return json.dumps(rest).encode()[:-1] + b',"' + key.encode() + b'":[' + items + b"]}"

    with serving(_edited(upstream, path, edit)) as server, tempfile.TemporaryDirectory() as home:
        shell = Shell(zygote, surroundings(Path(home), server.url))
        done = shell.run(argv, "json")
        try:
            shown = {str(each.get("id")) for each in json.loads(done.out)}
        except ValueError:
            shown = set()
        hidden = {f"{_SOUND}{at}" for at in range(3)} - shown
        odd.lists += 1
        odd.objects += len(kinds)
        odd.sound += 3
        odd.hidden += len(hidden)
        odd.wrong += [*shell.wrong, *server.failures]
        if hidden:
            odd.wrong.append(
                f"{' '.join(argv)}: {sorted(hidden)} are hidden ({done.code}, {done.err[-200:]!r}) among {kinds}"
            )
        shell.run([*argv], "terminal" if number % 2 else "pipe")


def _edited(upstream: Upstream, path: str, edit: Callable[[dict[str, Any]], bytes]) -> Callable[[Request], Answer]:
    def answer(request: Request) -> Answer:
        true = upstream(request)
        return Answer(true.status, edit(json.loads(true.body))) if request.path == path else true

    return answer
