"""What the shell does takes the app's own path, and the workspace shows it."""

import io
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.cli.support import Program, Served

OUTCOME = {"id", "kind", "title", "state", "reason", "conversation_id", "contact_id", "kept"}
NOWHERE = ("--base-url", "http://127.0.0.1:9")
SOON = f"{datetime.now(UTC) + timedelta(days=9):%Y-%m-%d} 9:00"


def _words(served: Served, conversation_id: str, kind: str) -> list[str]:
    return [part["body"] for part in served.parts(conversation_id) if part["part_type"] == kind]


def test_reply(program: Program, served: Served, fresh: str) -> None:
    outcome = program.json("conversation", "reply", fresh, "It is **on its way**.")
    assert set(outcome) == OUTCOME
    assert (outcome["state"], outcome["conversation_id"], outcome["kept"]) == ("done", fresh, None)
    assert _words(served, fresh, "comment") == ["<p>It is <b>on its way</b>.</p>"]
    assert served.conversation(fresh)["state"] == "open"


def test_reply_and_close_is_one_request(program: Program, served: Served, fresh: str) -> None:
    served.forget_requests()
    assert program.ok("conversation", "reply", fresh, "Solved.", "--close").out.startswith("Done: Reply to Pat Quill")
    assert served.conversation(fresh)["state"] == "closed"
    writes = {
        path: count for path, count in served.requests().items() if path.startswith("POST") and "pars" not in path
    }
    assert sum(count for path, count in writes.items() if "/conversations/" in path) == 1


def test_words_from_standard_input(program: Program, served: Served, fresh: str) -> None:
    program.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Grüße\x1b[2J aus dem Rohr\n".encode())))
    program.ok("conversation", "note", fresh, "-")
    assert _words(served, fresh, "note") == ["<p>Grüße[2J aus dem Rohr</p>"]


def test_words_from_an_editor_begin_with_the_draft(
    program: Program, served: Served, fresh: str, tmp_path: Path
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys\n"
        "with open(sys.argv[-1], 'r+', encoding='utf-8') as file:\n"
        "    before = file.read(); file.seek(0); file.truncate(); file.write(before + ' and edited')\n"
    )
    program.monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    program.ok("conversation", "reply", fresh, "begun", "--edit")
    assert _words(served, fresh, "comment") == ["<p>begun and edited</p>"]
    program.monkeypatch.setenv("EDITOR", f"{sys.executable} -c 'import sys; sys.exit(3)'")
    assert "editor ended with 3" in program.fails(1, "conversation", "reply", fresh, "--edit")


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("/no/such/editor -w", "Could not start EDITOR=/no/such/editor -w: no such program."),
        ("X=1 /no/such/editor", "no such program. Nothing is sent."),
        ('vi "oops', "a quote in it is not closed."),
        ("/", "not executable."),
        ("sh -c 'kill -9 $$'", "was ended by signal 9. Nothing is sent."),
        ("true", "Did your editor need --wait?"),
    ],
)
def test_an_editor_that_fails_sends_nothing_and_is_one_sentence(
    program: Program, served: Served, fresh: str, tmp_path: Path, editor: str, said: str
) -> None:
    program.monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    program.monkeypatch.setenv("EDITOR", editor)
    before = len(served.parts(fresh))
    assert said in program.fails(1, "conversation", "reply", fresh, "begun", "--edit")
    assert len(served.parts(fresh)) == before
    assert len(list(tmp_path.glob("intercom-tui-edit-*"))) == (editor == "true")


def test_what_an_editor_saved_before_it_failed_is_kept(program: Program, fresh: str, tmp_path: Path) -> None:
    program.monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    program.monkeypatch.setenv("EDITOR", "sh -c 'echo words >\"$1\"; exit 3' x")
    sentence = program.fails(1, "conversation", "note", fresh, "begun", "--edit")
    assert Path(sentence.rpartition(" ")[2]).read_text() == "words\n"


@pytest.mark.parametrize("text", ["", "   ", "> "])
def test_nothing_written_sends_nothing(program: Program, served: Served, fresh: str, text: str) -> None:
    served.forget_requests()
    assert "Nothing was written" in program.fails(1, "conversation", "reply", fresh, text)
    assert not any("/reply" in path for path in served.requests())


def test_close_and_open_many(program: Program, served: Served, fresh: str) -> None:
    other = next(row["id"] for row in served.search(("state", "=", "open")) if row["id"] != fresh)
    outcomes = program.json("conversation", "close", fresh, other)
    assert [outcome["state"] for outcome in outcomes] == ["done", "done"]
    assert {served.conversation(one)["state"] for one in (fresh, other)} == {"closed"}
    assert len(program.json("conversation", "open", fresh)) == 1
    assert served.conversation(fresh)["state"] == "open"


def test_assign(program: Program, served: Served, fresh: str) -> None:
    me = served.get("/me")
    program.ok("conversation", "assign", fresh, "--me")
    assert str(served.conversation(fresh).get("admin_assignee_id")) == me["id"]
    other = next(row for row in served.get("/admins")["admins"] if row["id"] != me["id"])
    program.ok("conversation", "assign", fresh, "--admin", other["name"].upper())
    assert str(served.conversation(fresh).get("admin_assignee_id")) == other["id"]
    program.ok("conversation", "assign", fresh, "--nobody")
    assert not served.conversation(fresh).get("admin_assignee_id")
    team = served.get("/teams")["teams"][0]
    program.ok("conversation", "assign", fresh, "--team", team["id"])
    assert str(served.conversation(fresh).get("team_assignee_id")) == team["id"]
    assert "There is no teammate" in program.fails(4, "conversation", "assign", fresh, "--admin", "Nobody Atall")
    assert "be more specific" in program.fails(2, "conversation", "assign", fresh, "--admin", "e")
    program.fails(2, "conversation", "assign", fresh)


def test_snooze(program: Program, served: Served, fresh: str) -> None:
    program.ok("conversation", "snooze", fresh, "in", "3", "hours")
    shown = served.conversation(fresh)
    assert shown["state"] == "snoozed"
    assert 3 * 3600 - 120 < shown["snoozed_until"] - shown["updated_at"] <= 3 * 3600 + 5
    served.forget_requests()
    assert "has passed" in program.fails(2, "conversation", "snooze", fresh, "2020-01-01")
    assert "Cannot understand" in program.fails(2, "conversation", "snooze", fresh, "soonish")
    assert not any("_sandbox" not in path for path in served.requests())


@pytest.mark.parametrize(
    ("tz", "said", "offset"),
    [
        ("Europe/Berlin", "Tue 1 Jun 2027 9:00 CEST", 2),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "Tue 1 Jun 2027 9:00 CEST", 2),
        ("Australia/Sydney", "Tue 1 Jun 2027 9:00 AEST", 10),
        ("America/Sao_Paulo", "Tue 1 Jun 2027 9:00 UTC-3", -3),
    ],
)
def test_snooze_goes_by_the_rules_of_the_machines_zone_and_says_until_when(
    program: Program, served: Served, fresh: str, tz: str, said: str, offset: int
) -> None:
    program.monkeypatch.setenv("TZ", tz)
    done = program.ok("conversation", "snooze", fresh, "2027-06-01", "9:00")
    assert done.out == f"Done: Snooze Pat Quill until {said}\n"
    meant = datetime(2027, 6, 1, 9, tzinfo=timezone(timedelta(hours=offset)))
    assert served.conversation(fresh)["snoozed_until"] == meant.timestamp()


def test_snooze_in_a_zone_that_nobody_knows_says_that_utc_is_meant(
    program: Program, served: Served, fresh: str
) -> None:
    program.monkeypatch.setenv("TZ", "Mars/Olympus")
    done = program("conversation", "snooze", fresh, "2027-06-01", "9:00")
    assert (done.code, done.out) == (0, "Done: Snooze Pat Quill until Tue 1 Jun 2027 9:00 UTC\n")
    assert done.err == "intercom-tui: TZ='Mars/Olympus' names no time zone: times are in UTC.\n"


def test_snooze_in_a_zone_where_the_time_has_passed_asks_nothing(program: Program, served: Served, fresh: str) -> None:
    program.monkeypatch.setenv("TZ", "<+14>-14")
    now = datetime.now(UTC)
    program.ok("conversation", "view", fresh)
    served.forget_requests()
    assert "has passed" in program.fails(2, "conversation", "snooze", fresh, f"{now:%Y-%m-%d %H:%M}")
    assert not any("_sandbox" not in path for path in served.requests())


def test_tag_and_untag(program: Program, served: Served, fresh: str) -> None:
    tag = served.get("/tags")["data"][0]
    program.ok("conversation", "tag", fresh, tag["name"])
    assert [one["id"] for one in served.conversation(fresh)["tags"]["tags"]] == [tag["id"]]
    program.ok("conversation", "untag", fresh, tag["id"])
    assert served.conversation(fresh)["tags"]["tags"] == []
    assert "tag create" in program.fails(4, "conversation", "tag", fresh, "no such tag")


def test_attribute(program: Program, served: Served, fresh: str) -> None:
    done = program("conversation", "attribute", fresh, "plan=gold")
    assert (done.code, done.out) == (0, "Done: Set plan of Pat Quill to gold\n")
    program.ok("conversation", "attribute", fresh, "seats=12")
    assert served.conversation(fresh)["custom_attributes"] == {"plan": "gold", "seats": 12}
    assert program.json("conversation", "view", fresh)["custom_attributes"] == {"plan": "gold", "seats": 12}
    assert "Already seats=12" in program.ok("conversation", "attribute", fresh, "seats=12").out
    program.ok("conversation", "attribute", fresh, "plan=null")
    assert served.conversation(fresh)["custom_attributes"]["plan"] is None
    assert "NAME=VALUE" in program.fails(2, "conversation", "attribute", fresh, "plan")


def test_contact_life(program: Program, served: Served) -> None:
    made = program.json("contact", "create", "--email", "new@example.test", "--name", "New One", "--set", "seats=3")
    there = served.get(f"/contacts/{made['id']}")
    assert (there["name"], there["custom_attributes"]["seats"]) == ("New One", 3)
    program.ok("contact", "update", made["id"], "--name", "Newer")
    assert served.get(f"/contacts/{made['id']}")["name"] == "Newer"
    program.ok("contact", "note", made["id"], "likes tea")
    assert "likes tea" in served.get(f"/contacts/{made['id']}/notes")["data"][0]["body"]
    tag = served.get("/tags")["data"][0]
    program.ok("contact", "tag", made["id"], tag["name"])
    assert [one["id"] for one in served.get(f"/contacts/{made['id']}/tags")["data"]] == [tag["id"]]
    program.ok("contact", "untag", made["id"], tag["name"])
    assert served.get(f"/contacts/{made['id']}/tags")["data"] == []
    program.monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert "--yes" in program.fails(2, "contact", "delete", made["id"])
    assert served.get(f"/contacts/{made['id']}")
    assert program.json("contact", "delete", made["id"], "--yes") == {"id": made["id"], "deleted": True}
    assert served.http.get(f"/contacts/{made['id']}").status_code == 404
    program.fails(4, "contact", "view", made["id"])


@pytest.mark.parametrize(
    "argv", [("create", "--name", "x"), ("update", "someone@example.test"), ("create", "--email", "a@b", "--set", "x")]
)
def test_contact_without_sense(program: Program, argv: tuple[str, ...]) -> None:
    program.fails(2, "contact", *argv)


def test_stale_reply_is_held_shown_and_kept(program: Program, served: Served, fresh: str) -> None:
    program.ok("conversation", "view", fresh)
    served.customer_writes(fresh, "<p>Never mind, I found it!\x1b[31m</p>")
    result = program("conversation", "reply", fresh, "We are looking for it.", "--json")
    assert result.code == 9
    assert "Never mind, I found it!" in result.err
    assert "--force" in result.err
    assert (result.json()["state"], result.json()["kept"]) == ("stale", "draft")
    assert _words(served, fresh, "comment")[-1:] != ["<p>We are looking for it.</p>"]
    assert program.json("outbox", "list") == []
    assert program.json("conversation", "view", fresh)["draft"] is True
    program.ok("conversation", "reply", fresh, "We are looking for it.", "--force")
    assert _words(served, fresh, "comment")[-1] == "<p>We are looking for it.</p>"
    assert program.json("conversation", "view", fresh)["draft"] is False


def test_what_was_printed_is_what_a_reply_from_the_shell_has_seen(program: Program, served: Served, fresh: str) -> None:
    program.ok("conversation", "view", fresh)
    served.customer_writes(fresh, "<p>first</p>")
    served.customer_writes(fresh, "<p>second</p>")
    # it comes into the store without being printed
    program.ok("conversation", "tag", fresh, "bug")
    program.ok("conversation", "list")
    result = program("conversation", "reply", fresh, "We are looking for it.")
    assert result.code == 9
    assert "wrote after you opened this. Check before sending." in result.err
    assert "first" in result.err
    assert "second" in result.err
    # now it was printed
    program.ok("conversation", "reply", fresh, "We are looking for it.")
    assert _words(served, fresh, "comment")[-1] == "<p>We are looking for it.</p>"


def test_of_a_conversation_never_read_here_what_is_known_at_the_start_counts(
    program: Program, served: Served, fresh: str
) -> None:
    program.ok("conversation", "reply", fresh, "We are looking for it.")
    assert _words(served, fresh, "comment")[-1] == "<p>We are looking for it.</p>"
    program.ok("conversation", "note", fresh, "done")
    served.customer_writes(fresh, "<p>found it</p>")
    assert "found it" in program("conversation", "reply", fresh, "and?").err


def test_somebody_elses_draft_survives_a_reply(program: Program, served: Served, fresh: str) -> None:
    program.ok("conversation", "view", fresh)
    served.customer_writes(fresh, "<p>more</p>")
    assert program("conversation", "reply", fresh, "a long half-written answer").code == 9
    program.ok("conversation", "reply", fresh, "something else", "--force")
    assert program.json("conversation", "view", fresh)["draft"] is True


@pytest.mark.usefixtures("impatient")
def test_without_a_link_it_is_queued_and_leaves_once(program: Program, served: Served, fresh: str) -> None:
    program.ok("conversation", "view", fresh)
    sentence = program.fails(7, *NOWHERE, "conversation", "note", fresh, "written in a tunnel")
    assert sentence.startswith("Not sent yet: Note on Pat Quill")
    assert "outbox list" in sentence
    queued = program(*NOWHERE, "conversation", "close", fresh, "--json")
    assert (queued.code, queued.json()[0]["state"], queued.json()[0]["kept"]) == (7, "queued", "outbox")
    assert [row["kind"] for row in program.json("outbox", "list")] == ["note", "close"]
    assert served.conversation(fresh)["state"] == "open"
    outcomes = program.json("outbox", "retry")
    assert [outcome["state"] for outcome in outcomes] == ["done", "done"]
    assert _words(served, fresh, "note") == ["<p>written in a tunnel</p>"]
    assert served.conversation(fresh)["state"] == "closed"
    assert program.json("outbox", "list") == []


@pytest.mark.usefixtures("impatient")
def test_without_a_link_a_new_profile_says_that_nothing_was_queued(program: Program, fresh: str) -> None:
    assert "Nothing was queued" in program.fails(6, *NOWHERE, "conversation", "close", fresh)
    assert program.json("outbox", "list") == []


def test_refused_action_leaves_nothing_behind(program: Program, served: Served, fresh: str) -> None:
    sentence = program.fails(1, "conversation", "snooze", fresh, "in 3 years")
    assert "Rejected" in sentence
    assert "too far away" in sentence
    assert program.json("outbox", "list") == []
    assert served.conversation(fresh)["state"] == "open"


def test_refused_words_become_a_draft(program: Program, fresh: str) -> None:
    program.ok("conversation", "view", fresh)
    program.monkeypatch.setattr("tui.inbox.perform._html", lambda markdown: "")
    result = program("conversation", "note", fresh, "precious words", "--json")
    assert result.code == 1
    assert (result.json()["state"], result.json()["kept"]) == ("rejected", "draft")
    assert program.json("conversation", "view", fresh)["draft"] is True


def test_answer_that_never_came_is_settled_without_sending_twice(program: Program, served: Served, fresh: str) -> None:
    program.ok("conversation", "view", fresh)
    from tui.api.client import Intercom
    from tui.inbox.actions.note import Note

    real = Note.send
    lost: list[str] = []

    async def lose_the_answer(action: Note, client: Intercom) -> object:
        if not lost:
            lost.append("once")
            served.faults("cut_after=1")
            try:
                return await real(action, client)
            finally:
                served.faults("")
        return await real(action, client)

    program.monkeypatch.setattr("tui.inbox.actions.note.Note.send", lose_the_answer)
    result = program("conversation", "note", fresh, "just once", "--json")
    assert (result.code, result.json()["state"]) == (0, "done")
    assert lost
    assert _words(served, fresh, "note") == ["<p>just once</p>"]


def test_rate_limit_on_a_read(program: Program, served: Served) -> None:
    program.monkeypatch.setattr("tui.api.transport._LIMITED_TRIES", 1)
    served.faults("429=1")
    assert "rate limit" in program.fails(5, "admin", "list").lower()


@pytest.mark.parametrize(
    ("verb", "rest", "how"),
    [
        ("close", (), "closed"),
        ("open", (), "open"),
        ("snooze", (SOON,), "snoozed until then"),
        ("assign", ("--me",), "assigned"),
        ("tag", ("spam",), "tagged"),
        ("untag", ("spam",), "untagged"),
    ],
)
def test_what_would_change_nothing_is_not_sent(
    program: Program, served: Served, verb: str, rest: tuple[str, ...], how: str
) -> None:
    cid = served.search(("open", "=", True))[3]["id"]
    program("conversation", verb, cid, *rest)
    parts = len(served.parts(cid))
    served.forget_requests()
    told = program.ok("conversation", verb, cid, *rest)
    assert told.out.startswith(f"Already {how}: ")
    assert len(served.parts(cid)) == parts
    outcome = program.json("conversation", verb, cid, *rest)
    outcome = outcome[0] if isinstance(outcome, list) else outcome
    assert (outcome["state"], outcome["id"]) == ("unchanged", None)


def test_what_the_store_takes_for_closed_is_asked_about_first(program: Program, served: Served) -> None:
    cid = served.search(("open", "=", True))[2]["id"]
    program.ok("conversation", "close", cid)
    served.customer_writes(cid, "<p>No, wait!</p>")
    assert served.conversation(cid)["state"] == "open"
    assert program.ok("conversation", "close", cid).out.startswith("Done: ")
    assert served.conversation(cid)["state"] == "closed"
