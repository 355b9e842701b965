"""The exit code says what was done, whatever became of the output: each verb, found in the parsers, with its own
standard output full, closed, or read by nobody, and the workspace's own record beside it."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.cli.support import ROOT, TOKEN, Json, Served, environment
from tests.reference.shell import verbs_of
from tui.cli.codes import Exit, table
from tui.cli.main import build_parser
from tui.config.paths import DEFAULT_PROFILE, Paths
from tui.inbox.actions.codec import encode
from tui.inbox.actions.redact import Redact
from tui.model.outbox import Hold, State
from tui.store import outbox
from tui.store.store import Store

VERBS = {" ".join(words): parser for words, parser in verbs_of(build_parser()) if len(words) == 2}
ACTING = [name for name, parser in VERBS.items() if parser.get_default("acts")]
READING = [name for name, parser in VERBS.items() if not parser.get_default("acts")]
SHELLS = {"full": ">/dev/full", "closed": ">&-", "all closed": "<&- >&- 2>&-", "late": "", "read only": "1</dev/null"}
"""How a shell is told to spoil the output; "late" is a pipe whose reader takes one byte."""


class Run:
    """The program in a shell, on a profile of its own."""

    def __init__(self, served: Served, home: Path) -> None:
        self.served = served
        self.env = environment(home, INTERCOM_TOKEN=TOKEN, INTERCOM_BASE_URL=served.url)

    def __call__(self, *argv: str, how: str = "", **more: str) -> "subprocess.CompletedProcess[str]":
        """`how` is a key of `SHELLS`, "" for an output that is read."""
        command = [sys.executable, "-m", "tui", *argv]
        env, cwd = {**self.env, **more}, str(ROOT)
        if how == "late":
            reader, writer = os.pipe()
            os.close(reader)
            try:
                return subprocess.run(
                    command, stdout=writer, stderr=subprocess.PIPE, text=True, env=env, cwd=cwd, check=False,
                    stdin=subprocess.DEVNULL, timeout=100,
                )  # fmt: skip
            finally:
                os.close(writer)
        return subprocess.run(
            ["/bin/sh", "-c", f'exec "$@" {SHELLS.get(how, "")}', "sh", *command], capture_output=True, text=True,
            env=env, cwd=cwd, stdin=subprocess.DEVNULL, timeout=100, check=False,
        )  # fmt: skip

    def change(self, job: Callable[[sqlite3.Connection], object]) -> None:
        """Do `job` in the profile's store, while no program has it open."""
        store = Store.open(Paths.of(DEFAULT_PROFILE, self.env).store_file)
        try:
            store.write_now(job)
        finally:
            store.close()


@pytest.fixture
def run(served: Served, tmp_path: Path) -> Run:
    return Run(served, tmp_path / "home")


Doing = tuple[list[str], Callable[[], bool]]
"""A command line, and whether the workspace (or the outbox, asked by a second run) says that it was done."""


def doing(verb: str, run: Run, fresh: str, number: Iterator[int]) -> Doing:
    """How `verb` is used on `fresh` and how to see that it took effect."""
    served = run.served
    words = f"words {next(number)}"

    def conversation() -> Json:
        return served.conversation(fresh)

    def written() -> bool:
        return sum(words in (part["body"] or "") for part in served.parts(fresh)) == 1

    if verb in ("conversation reply", "conversation note"):
        return [*verb.split(), fresh, words], written
    if verb == "conversation assign":
        return [*verb.split(), fresh, "--me"], lambda: bool(conversation()["admin_assignee_id"])
    if verb == "conversation snooze":
        return [*verb.split(), fresh, "3h"], lambda: conversation()["state"] == "snoozed"
    if verb == "conversation close":
        return [*verb.split(), fresh], lambda: conversation()["state"] == "closed"
    if verb == "conversation open":
        assert run("conversation", "close", fresh).returncode == 0
        return [*verb.split(), fresh], lambda: conversation()["state"] == "open"
    tag = served.get("/tags")["data"][0]
    if verb == "conversation tag":
        return [*verb.split(), fresh, tag["id"]], lambda: tag["id"] in _ids(conversation()["tags"]["tags"])
    if verb == "conversation untag":
        assert run("conversation", "tag", fresh, tag["id"]).returncode == 0
        return [*verb.split(), fresh, tag["id"]], lambda: tag["id"] not in _ids(conversation()["tags"]["tags"])
    if verb == "conversation attribute":
        return [*verb.split(), fresh, f"plan={words}"], lambda: conversation()["custom_attributes"] == {"plan": words}
    if verb == "tag create":
        return [*verb.split(), words], lambda: words in [one["name"] for one in served.get("/tags")["data"]]
    who = str(conversation()["contacts"]["contacts"][0]["id"])

    def contact() -> Json:
        return served.get(f"/contacts/{who}")

    def notes() -> int:
        return sum(words in note["body"] for note in served.get(f"/contacts/{who}/notes")["data"])

    def contact_tags() -> set[str]:
        return _ids(served.get(f"/contacts/{who}/tags")["data"])

    if verb == "contact note":
        return [*verb.split(), who, words], lambda: notes() == 1
    if verb == "contact tag":
        return [*verb.split(), who, tag["id"]], lambda: tag["id"] in contact_tags()
    if verb == "contact untag":
        assert run("contact", "tag", who, tag["id"]).returncode == 0
        return [*verb.split(), who, tag["id"]], lambda: tag["id"] not in contact_tags()
    if verb == "contact update":
        return [*verb.split(), who, "--name", words], lambda: bool(contact()["name"] == words)
    if verb == "contact delete":
        return [*verb.split(), who, "--yes"], lambda: served.http.get(f"/contacts/{who}").status_code == 404
    if verb == "contact create":
        email = f"made{os.urandom(6).hex()}@example.test"
        # a search finds it only some seconds later; the list, newest first, has it at once

        def created() -> bool:
            return [one["email"] for one in served.get("/contacts?per_page=150")["data"]].count(email) == 1

        return [*verb.split(), "--email", email], created
    if verb == "outbox redact":
        first, copy = twice(run, fresh, words)

        def redacted() -> bool:
            found = {part["id"]: part["redacted"] for part in served.parts(fresh)}
            return (found[first], found[copy]) == (False, True)

        return [*verb.split(), "1"], redacted
    if verb in ("outbox retry", "outbox discard", "outbox arrived"):
        # known to the profile, then written where nothing listens
        assert run("conversation", "view", fresh).returncode == 0
        assert (
            run("conversation", "note", fresh, words, INTERCOM_BASE_URL="http://127.0.0.1:9").returncode == Exit.QUEUED
        )
        if verb == "outbox retry":
            return verb.split(), written
        if verb == "outbox arrived":
            now = time.time()
            for state in (State.QUEUED, State.SENDING, State.UNKNOWN):
                run.change(partial(outbox.move, outbox_id=1, state=state, due_at=now))
            run.change(lambda db: outbox.unknown(db, 1, now, now + 600))

            def taken_as_sent() -> bool:
                sent = any(words in (part["body"] or "") for part in served.parts(fresh))
                return not sent and json.loads(run("outbox", "show", "1", "--json").stdout)["state"] == "done"

            return [*verb.split(), "1"], taken_as_sent
        return [*verb.split(), "1"], lambda: not run("outbox", "list", "--json").stdout.strip().strip("[]")
    assert verb in ("store vacuum", "store clear"), f"{verb} has no test here"
    assert run("conversation", "view", fresh).returncode == 0
    info = '"conversations": 0' if verb == "store clear" else '"conversations": 1'
    return verb.split(), lambda: info in run("store", "info", "--json").stdout


def twice(run: Run, fresh: str, words: str) -> tuple[str, str]:
    """Two notes of the same words, and action 1, which waits to redact the second; their parts."""
    me = str(run.served.get("/me")["id"])
    note = {"message_type": "note", "type": "admin", "admin_id": me, "body": words}
    for _ in range(2):
        run.served.post(f"/conversations/{fresh}/reply", note)
    assert run("conversation", "view", fresh).returncode == 0
    first, copy = (str(part["id"]) for part in run.served.parts(fresh) if words in (part["body"] or ""))
    action = Redact(conversation_id=fresh, acting_as=me, title=words, part_id=copy)
    run.change(
        lambda db: outbox.append(
            db, conversation_id=fresh, kind="redact", payload=encode(action), state=State.HELD, now=time.time(),
            held_for=Hold.TWICE,
        )
    )  # fmt: skip
    return first, copy


def _ids(rows: list[Json]) -> set[str]:
    return {str(row["id"]) for row in rows}


@pytest.fixture
def number() -> Iterator[int]:
    return iter(range(1000))


@pytest.mark.parametrize("how", ["full", "all closed"])
@pytest.mark.parametrize("verb", ACTING)
def test_what_was_done_is_0_whatever_became_of_the_output(
    run: Run, fresh: str, number: Iterator[int], verb: str, how: str
) -> None:
    argv, done = doing(verb, run, fresh, number)
    result = run(*argv, how=how)
    assert (result.returncode, done()) == (0, True), result.stderr
    if how == "full":
        assert result.stderr.count("\n") == 1
        assert "It was done, but the output could not be written: No space left on device." in result.stderr
    else:
        assert result.stderr == ""


@pytest.mark.parametrize("how", SHELLS)
def test_a_note_whose_output_fails_is_sent_once_and_0(run: Run, fresh: str, number: Iterator[int], how: str) -> None:
    argv, done = doing("conversation note", run, fresh, number)
    result = run(*argv, "--json", how=how)
    assert (result.returncode, done()) == (0, True), result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("verb", READING)
def test_a_command_that_only_reads_fails_with_its_output(run: Run, fresh: str, verb: str) -> None:
    if verb.startswith("outbox"):  # one that holds something
        assert run("conversation", "view", fresh).returncode == 0
        assert run("conversation", "note", fresh, "x", INTERCOM_BASE_URL="http://127.0.0.1:9").returncode == Exit.QUEUED
    who = run.served.conversation(fresh)["contacts"]["contacts"][0]["id"]
    needs = {"conversation view": [fresh], "contact view": [who], "contact find": ["pat"], "outbox show": ["1"]}
    argv = [*verb.split(), *needs.get(verb, [])]
    assert run(*argv).returncode == 0
    full = run(*argv, how="full")
    assert full.returncode == Exit.OUTPUT
    assert full.stderr == "intercom-tui: The output could not be written: No space left on device.\n"
    assert run(*argv, how="closed").returncode == Exit.OUTPUT
    late = run(*argv, how="late")
    assert (late.returncode, late.stderr) == (Exit.BROKEN_PIPE, "")


def test_what_failed_keeps_its_code(run: Run) -> None:
    for how in ("full", "closed", "late"):
        assert run("conversation", "note", "404404", "x", how=how).returncode == Exit.NOT_FOUND
    silent = run("conversation", "note", "404404", "x", how="all closed")
    assert (silent.returncode, silent.stdout, silent.stderr) == (Exit.NOT_FOUND, "", "")


def test_a_closed_standard_input_is_no_fault(run: Run, fresh: str) -> None:
    for argv in (["conversation", "note", fresh], ["conversation", "note", fresh, "-"], ["contact", "delete", "x"]):
        result = run(*argv, how="all closed")
        assert result.returncode in (Exit.FAILED, Exit.USAGE, Exit.NOT_FOUND)
    with open(os.devnull, "w") as unreadable:
        done = subprocess.run(
            [sys.executable, "-m", "tui", "conversation", "note", fresh, "-"], stdin=unreadable, capture_output=True,
            text=True, env=run.env, cwd=ROOT, check=False, timeout=100,
        )  # fmt: skip
    assert done.returncode == Exit.FAILED
    assert "Standard input cannot be read" in done.stderr


def test_a_store_is_never_written_into_by_a_message(run: Run, fresh: str) -> None:
    """With its standard streams closed, the next file that is opened would get their numbers."""
    assert run("conversation", "note", fresh, "x", how="all closed").returncode == 0
    assert run("store", "info").returncode == 0


def test_the_table_is_what_help_prints_and_the_docs_show() -> None:
    shown = " ".join(build_parser().format_help().split())
    page = (ROOT / "docs" / "cli.md").read_text()
    assert len({code for code, _ in table()}) == len(list(Exit)) == len(table())
    for code, meaning in table():
        assert f"{code} {meaning}" in shown
        assert f"| `{code}` | {meaning} |" in page
