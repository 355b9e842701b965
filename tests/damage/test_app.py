"""The real program in a pseudo-terminal while its store is damaged beneath it, and on a disk that is full."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.damage.made import Made, make
from tests.harness.sandbox import ROOT, environment
from tests.terminal.pty_harness import Terminal

NOWHERE = "http://127.0.0.1:9"
"""Nobody listens on the discard port: the program is offline."""
LONG = 60.0


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make(tmp_path)


def drafts(home: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "draft", "list", "--json"], capture_output=True, text=True, cwd=ROOT,
        env=environment(home), check=True, timeout=LONG,
    )  # fmt: skip
    return [row["text"] for row in json.loads(done.stdout)]


def write_reply(terminal: Terminal, words: str) -> None:
    terminal.wait_for("offline since", LONG)
    for _ in range(20):  # a key that came before the row under it was on the screen is refused
        terminal.settle(1.0, LONG)
        if "REPLY" in terminal.text:
            break
        terminal.press("r")
    terminal.press(*words)
    terminal.wait_for(words, LONG)


def test_a_store_that_turns_to_noise_is_rebuilt_with_what_was_typed(made: Made) -> None:
    home = made.closed
    store = home / made.store
    with Terminal([sys.executable, "-m", "tui", "--base-url", NOWHERE], env=environment(home)) as terminal:
        write_reply(terminal, "kept-before-the-noise")
        with open(store, "r+b") as file:
            file.write(os.urandom(store.stat().st_size))
        with open(store.with_name(store.name + "-wal"), "r+b") as file:
            file.write(os.urandom(4096 * 4))
        terminal.press("!")  # what is typed while it is rebuilt goes nowhere
        terminal.wait_for("The store was damaged", LONG)
        terminal.settle()
        terminal.press("q")
        terminal.wait_for("quit now", LONG)
        terminal.press("q")
        assert terminal.wait_exit(LONG) == 0
    found = drafts(home)
    assert any("kept-before-the-noise" in text for text in found), found
    assert all(any(said == text for text in found) for said in made.words[:6])


def test_a_store_that_is_deleted_beneath_the_app_is_made_anew(made: Made) -> None:
    home = made.closed
    with Terminal([sys.executable, "-m", "tui", "--base-url", NOWHERE], env=environment(home)) as terminal:
        write_reply(terminal, "typed-before-it-went")
        for suffix in ("", "-wal", "-shm"):
            (home / made.store).with_name((home / made.store).name + suffix).unlink(missing_ok=True)
        terminal.wait_for("The store had lost", LONG)
    found = drafts(home)
    assert any("typed-before-it-went" in text for text in found), found
    assert all(any(said == text for text in found) for said in made.words[:6])


def _may_mount() -> bool:
    try:
        return (
            subprocess.run(["unshare", "-rm", "true"], check=False, timeout=LONG, capture_output=True).returncode == 0
        )
    except OSError:
        return False


MOUNTED = """
mount -t tmpfs -o size=6m none "$1" && cp -r "$2"/. "$1" || exit 99
if [ "$3" = full ]; then dd if=/dev/zero of="$1/fill" bs=4k 2>/dev/null; else mount -o remount,ro "$1"; fi
shift 3
exec "$@"
"""
"""Mounts a small disk at $1, copies $2 to it, makes it full or read-only, and becomes the command that follows."""


def on_a_disk(kind: str, made: Made, place: Path, *argv: str) -> list[str]:
    place.mkdir(exist_ok=True)
    mounted = ["unshare", "-rm", "sh", "-c", MOUNTED, "sh", str(place), str(made.closed), kind]
    return [*mounted, sys.executable, "-m", "tui", *argv]


@pytest.mark.skipif(not _may_mount(), reason="this machine lets nobody mount a disk of their own")
@pytest.mark.parametrize("kind", ["full", "read-only"])
def test_a_disk_that_takes_nothing_still_gives(made: Made, tmp_path: Path, kind: str) -> None:
    place = tmp_path / "disk"
    for argv, wanted in (
        (("outbox", "list", "--json"), "action11 ends."),
        (("draft", "list", "--json"), "draft5 ends."),
        (("conversation", "list", "--offline", "--query", "hello"), "Title 1"),
        (("store", "info"), "Damaged desk"),
    ):
        done = subprocess.run(
            on_a_disk(kind, made, place, *argv), capture_output=True, text=True, cwd=ROOT, env=environment(place),
            check=False, timeout=LONG,
        )  # fmt: skip
        assert (done.returncode, wanted in done.stdout) == (0, True), done
        assert ("The disk is full" if kind == "full" else "Cannot write the store") in done.stderr
    done = subprocess.run(
        on_a_disk(kind, made, place, "outbox", "discard", "1"), capture_output=True, text=True, cwd=ROOT,
        env=environment(place), check=False, timeout=LONG,
    )  # fmt: skip
    assert done.returncode == 1
    assert ("The disk is full" if kind == "full" else "Cannot write the store") in done.stderr


@pytest.mark.skipif(not _may_mount(), reason="this machine lets nobody mount a disk of their own")
def test_what_is_typed_on_a_full_disk_is_kept_until_there_is_room(made: Made, tmp_path: Path) -> None:
    place = tmp_path / "disk"
    with Terminal(on_a_disk("full", made, place, "--base-url", NOWHERE), env=environment(place)) as terminal:
        write_reply(terminal, "typed-on-a-full-disk")
        terminal.wait_for("The disk is full", LONG)
        terminal.press("escape")
        terminal.wait_until(lambda: "REPLY" not in terminal.text, LONG)
        terminal.press("r")
        terminal.wait_for("typed-on-a-full-disk", LONG)
        inside = Path(f"/proc/{terminal.process.pid}/root{place}")
        (inside / "fill").unlink()
        terminal.wait_until(lambda: "The disk is full" not in terminal.text, LONG)
        found = drafts(inside)
    assert any("typed-on-a-full-disk" in text for text in found), found
