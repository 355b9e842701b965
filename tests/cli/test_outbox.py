"""The journal and the store from the shell."""

import asyncio
from pathlib import Path

import pytest

from tests.cli.support import TOKEN, Program, Served
from tui.api.client import Intercom
from tui.cli.failure import Exit
from tui.inbox.inbox import Inbox, Options
from tui.store import outbox
from tui.store.store import Store

NOWHERE = ("--base-url", "http://127.0.0.1:9")
ROW = {
    "id", "kind", "title", "state", "held_for", "reason", "conversation_id", "contact_id", "created_at", "sent_at",
    "finished_at", "attempts", "text",
}  # fmt: skip


@pytest.fixture
def queued(program: Program, fresh: str, impatient: None) -> str:
    """The number of a note that could not be sent yet."""
    program.ok("conversation", "view", fresh)
    program.fails(7, *NOWHERE, "conversation", "note", fresh, "**kept** words")
    return str(program.json("outbox", "list")[0]["id"])


def test_list_and_show(program: Program, queued: str, fresh: str) -> None:
    rows = program.json("outbox", "list")
    assert [set(row) for row in rows] == [ROW]
    shown = program.json("outbox", "show", queued)
    assert shown == rows[0]
    assert (shown["kind"], shown["state"], shown["text"]) == ("note", "ready", "**kept** words")
    assert shown["conversation_id"] == fresh
    assert "queued" in program.ok("outbox", "list").out
    assert "**kept** words" in program.ok("outbox", "show", queued).out


def test_reading_the_outbox_needs_neither_token_nor_link(program: Program, queued: str) -> None:
    program.monkeypatch.delenv("INTERCOM_TOKEN")
    assert program.json(*NOWHERE, "outbox", "show", queued)["id"] == queued


def test_retry_one(program: Program, served: Served, queued: str, fresh: str) -> None:
    assert [one["state"] for one in program.json("outbox", "retry", queued)] == ["done"]
    assert [part["body"] for part in served.parts(fresh) if part["part_type"] == "note"] == ["<p><b>kept</b> words</p>"]
    assert "nothing to send" in program.fails(1, "outbox", "retry", queued)


def test_discard_prints_the_words_once_more(program: Program, served: Served, queued: str, fresh: str) -> None:
    assert "**kept** words" in program.ok("outbox", "discard", queued).out
    assert program.json("outbox", "list") == []
    assert program.ok("outbox", "list").out == "The outbox is empty.\n"
    assert program.ok("outbox", "retry").out == "Nothing to send.\n"
    program.fails(1, "outbox", "discard", queued)
    assert not [part for part in served.parts(fresh) if part["part_type"] == "note"]


@pytest.mark.parametrize("verb", ["show", "retry", "discard"])
def test_no_such_number(program: Program, verb: str) -> None:
    program.fails(4, "outbox", verb, "4711")
    program.fails(2, "outbox", verb, "x")


def test_an_action_behind_one_that_wants_a_decision_does_not_wait_for_ever(
    program: Program, served: Served, queued: str, fresh: str
) -> None:
    program.monkeypatch.setattr("tui.inbox.perform._html", lambda markdown: "")
    program.ok("outbox", "discard", queued)
    program.fails(7, *NOWHERE, "conversation", "note", fresh, "words that will be refused")
    assert program("outbox", "retry").code == 1  # refused, and kept in the outbox
    stuck = program.json("outbox", "list")[0]
    assert (stuck["state"], stuck["text"]) == ("rejected", "words that will be refused")
    sentence = program.fails(9, "conversation", "close", fresh)
    assert f"outbox show {stuck['id']}" in sentence
    program.ok("outbox", "discard", stuck["id"])
    program.ok("outbox", "retry")
    assert served.conversation(fresh)["state"] == "closed"


def test_store_info_and_vacuum(program: Program) -> None:
    program.ok("conversation", "list")
    info = program.json("store", "info")
    assert {"path", "version", "bytes", "conversations", "parts", "contacts", "drafts", "unsent", "workspace",
            "missing"} == set(info)  # fmt: skip
    assert info["conversations"] > 0
    assert info["path"].startswith(str(program.home))
    assert str(info["conversations"]) in program.ok("store", "info").out
    assert set(program.json("store", "vacuum")) == {"bytes_saved"}


def test_clear_never_loses_unsent_work_unasked(program: Program, queued: str) -> None:
    assert "--force" in program.fails(1, "store", "clear")
    assert program.json("outbox", "show", queued)["state"] == "ready"
    assert program.json("store", "clear", "--force")["conversations"] == 1
    assert program.json("outbox", "list") == []
    assert program.json("store", "info")["conversations"] == 0


def test_store_needs_no_token(program: Program) -> None:
    program.monkeypatch.delenv("INTERCOM_TOKEN")
    assert program.json("store", "info")["unsent"] == 0


def test_a_newer_store_is_refused(program: Program) -> None:
    import sqlite3

    path = program.json("store", "info")["path"]
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 999")
    db.close()
    assert "newer" in program.fails(1, "store", "info")


def _hold(program: Program, served: Served, conversation_id: str) -> None:
    """What the inbox of a running program does when somebody closes a conversation there."""
    path = Path(program.json("store", "info")["path"])

    async def close(store: Store) -> None:
        inbox = Inbox(
            store, lambda on_budget: Intercom(served.url, TOKEN, on_budget=on_budget), Options(undo_seconds=600)
        )
        await inbox.actions.close(conversation_id)
        await inbox.stop()

    store = Store.open(path)
    try:
        asyncio.run(close(store))
    finally:
        store.close()


def test_what_a_running_program_holds_for_undo_is_not_sent_by_the_shell(
    program: Program, served: Served, fresh: str
) -> None:
    program.ok("conversation", "view", fresh)
    _hold(program, served, fresh)
    assert program.ok("outbox", "retry").out == "Nothing to send.\n"
    assert served.conversation(fresh)["state"] == "open"
    (row,) = program.json("outbox", "list")
    assert (row["kind"], row["state"], row["held_for"]) == ("close", "held", "undo")
    program.ok("outbox", "discard", str(row["id"]))
    assert served.conversation(fresh)["state"] == "open"


def test_the_shell_holds_nothing_and_several_are_one_step(program: Program, served: Served, fresh: str) -> None:
    program.ok("conversation", "close", fresh)
    assert served.conversation(fresh)["state"] == "closed"
    store = Store.open(Path(program.json("store", "info")["path"]))
    try:
        rows = outbox.recent(store.reader, 0)
    finally:
        store.close()
    assert [(row.kind, row.state, row.origin.split()[0], bool(row.batch)) for row in rows] == [
        ("close", "done", "shell", True)
    ]


@pytest.fixture
def unknown(program: Program, served: Served, fresh: str) -> str:
    """The number of a note whose delivery is unknown, and that has not arrived."""
    program.ok("conversation", "view", fresh)
    program.monkeypatch.setattr("tui.inbox.outbox.submit._UNKNOWN_MARGIN", -119.9)
    served.faults("late=1:3600-3600")
    result = program("conversation", "note", fresh, "who **knows**", "--json")
    served.faults("")
    assert (result.code, result.json()["state"]) == (Exit.UNKNOWN, "unsure")
    return str(result.json()["id"])


def test_what_is_not_known_yet_has_a_code_and_is_listed_with_its_time(program: Program, unknown: str) -> None:
    listed = program.ok("outbox", "list").out
    assert "delivery unknown - checking, " in listed
    assert " min " in listed
    assert program.json("outbox", "show", unknown)["state"] == "unsure"


def test_who_has_seen_it_says_that_it_arrived(program: Program, served: Served, unknown: str, fresh: str) -> None:
    assert "Marked as delivered." in program.ok("outbox", "arrived", unknown).out
    assert program.ok("outbox", "list").out == "The outbox is empty.\n"
    assert "Its delivery is known" in program.fails(1, "outbox", "arrived", unknown)


def test_sent_again_by_decision_and_found_twice_it_is_said_and_redacted(
    program: Program, served: Served, unknown: str, fresh: str
) -> None:
    result = program("outbox", "retry", unknown, "--now")
    assert result.code == 0
    assert "sent a second time" in result.out
    assert "Watched for a second copy" in program("outbox", "list").err
    assert program("outbox", "check").code == 0
    # the first one lands after all
    (me,) = {part["author"]["id"] for part in served.parts(fresh) if part["part_type"] == "note"}
    served.post(f"/conversations/{fresh}/reply", {
        "message_type": "note", "type": "admin", "admin_id": me, "body": "<p>who <b>knows</b></p>",
    })  # fmt: skip
    checked = program("outbox", "check")
    assert (checked.code, "Sent twice" in checked.err) == (1, True)
    (row,) = program.json("outbox", "list")
    assert (row["kind"], row["held_for"]) == ("redact", "twice")
    assert "sent twice" in program("outbox", "list").out
    assert "outbox redact" in program.fails(1, "outbox", "retry", row["id"])
    assert "Done" in program.ok("outbox", "redact", row["id"]).out
    notes = [part for part in served.parts(fresh) if part["part_type"] == "note"]
    assert [part["redacted"] for part in notes].count(True) == 1
    assert program.json("outbox", "list") == []
