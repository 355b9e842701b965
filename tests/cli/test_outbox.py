"""The journal and the store from the shell."""

import pytest

from tests.cli.support import Program, Served

NOWHERE = ("--base-url", "http://127.0.0.1:9")
ROW = {
    "id", "kind", "title", "state", "held_for", "reason", "conversation_id", "contact_id", "created_at", "sent_at",
    "finished_at", "attempts", "text",
}  # fmt: skip


@pytest.fixture
def queued(program: Program, fresh: str, impatient: None) -> str:
    """The number of a note that could not be sent yet."""
    program.ok("conversation", "view", fresh)
    program.fails(6, *NOWHERE, "conversation", "note", fresh, "**kept** words")
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
    assert program.ok("outbox", "retry").out == "Nothing waits to be sent.\n"
    program.fails(1, "outbox", "discard", queued)
    assert not [part for part in served.parts(fresh) if part["part_type"] == "note"]


@pytest.mark.parametrize("verb", ["show", "retry", "discard"])
def test_no_such_number(program: Program, verb: str) -> None:
    program.fails(4, "outbox", verb, "4711")
    program.fails(2, "outbox", verb, "x")


def test_an_action_behind_one_that_wants_a_decision_does_not_wait_for_ever(
    program: Program, served: Served, queued: str, fresh: str
) -> None:
    program.monkeypatch.setattr("tui.inbox.doing._html", lambda markdown: "")
    program.ok("outbox", "discard", queued)
    program.fails(6, *NOWHERE, "conversation", "note", fresh, "words that will be refused")
    assert program("outbox", "retry").code == 1  # refused, and kept in the outbox
    stuck = program.json("outbox", "list")[0]
    assert (stuck["state"], stuck["text"]) == ("rejected", "words that will be refused")
    sentence = program.fails(1, "conversation", "close", fresh)
    assert f"outbox show {stuck['id']}" in sentence
    program.ok("outbox", "discard", stuck["id"])
    program.ok("outbox", "retry")
    assert served.conversation(fresh)["state"] == "closed"


def test_store_info_and_vacuum(program: Program) -> None:
    program.ok("conversation", "list")
    info = program.json("store", "info")
    assert {"path", "version", "bytes", "conversations", "parts", "contacts", "drafts", "unsent", "workspace"} == set(
        info
    )
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
