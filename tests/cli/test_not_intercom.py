"""What is not Intercom's answer is no verdict: nothing that was written on the command line is ever nowhere."""

import io
import re
import sys
from pathlib import Path

import pytest

from tests.cli.edited import HTML, JSON, PAGE, Answered, Edited, refused
from tests.cli.support import Program, Served

FOREIGN = {
    "a portal's page": Answered(),
    "a page that says it is json": Answered(headers=tuple(JSON)),
    "a filter's page": Answered(403, body="<h1>Blocked by policy</h1>"),
    "a filter's page for 401": Answered(401, body="<h1>Who are you?</h1>"),
    "a page for 404": Answered(404),
    "a proxy's login": Answered(407, body="<p>Login</p>"),
    "a network's login": Answered(511, body="<p>Login</p>"),
    "a redirect": Answered(302, (("Location", "http://login.hotel.test/"),), ""),
    "a redirect that keeps the method": Answered(307, (("Location", "http://login.hotel.test/"),), ""),
    "null": Answered(headers=tuple(JSON), body="null"),
    "nothing": Answered(headers=tuple(JSON), body=""),
    "a list": Answered(headers=tuple(JSON), body="[]"),
    "a text": Answered(headers=tuple(JSON), body='"ok"'),
    "plain text": Answered(headers=(("Content-Type", "text/plain"),), body="OK"),
    "half an answer": Answered(headers=tuple(JSON), body='{"type": "admin", "id": "1'),
    "another object": Answered(headers=tuple(JSON), body="{}"),
    "a gateway's page": Answered(502),
}


def say(program: Program, text: str) -> None:
    """What stands on standard input."""
    program.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))


def queued(program: Program) -> list[str]:
    return [row["text"] for row in program.json("outbox", "list")]


def editor(program: Program) -> str:
    """An editor that adds a word to what it is given."""
    file = program.home.parent / "editor.sh"
    file.write_text("#!/bin/sh\nprintf ' indeed' >> \"$1\"\n")
    file.chmod(0o700)
    return str(file)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", FOREIGN)
@pytest.mark.parametrize("verb", ["note", "reply", "contact"])
def test_words_are_queued_whatever_answers_in_intercoms_place(
    program: Program, edits: Edited, served: Served, fresh: str, kind: str, verb: str
) -> None:
    program.ok("conversation", "view", fresh)
    edits.rules({".": FOREIGN[kind]})
    words = f"words for {verb} behind {kind}"
    say(program, words)
    who = served.conversation(fresh)["contacts"]["contacts"][0]["id"]
    argv = ("contact", "note", who, "-") if verb == "contact" else ("conversation", verb, fresh, "-")
    sentence = not_sent(program, *argv)
    assert "It is queued" in sentence
    assert "127.0.0.1" in sentence or kind in ("half an answer", "another object", "a gateway's page")
    assert queued(program) == [words]
    edits.rules({})
    program.ok("outbox", "retry")
    if verb != "contact":
        bodies = [part["body"] for part in served.parts(fresh) if words.split()[0] in (part["body"] or "")]
        assert len(bodies) == 1
    assert queued(program) == []


def test_the_sentence_names_what_answered(program: Program, edits: Edited, fresh: str) -> None:
    program.ok("conversation", "view", fresh)
    edits.rules({".": Answered()})
    sentence = not_sent(program, "conversation", "note", fresh, "x")
    assert "127.0.0.1 sent a web page (“Hotel Wi-Fi”)" in sentence
    edits.rules({".": FOREIGN["a redirect"]})
    assert "login.hotel.test" in not_sent(program, "conversation", "note", fresh, "x")
    assert "127.0.0.1 sent a web page" not in program.fails(6, "conversation", "list")
    edits.rules({".": Answered(407, tuple(HTML), PAGE)})
    assert "a proxy that requires a login" in program.fails(6, "conversation", "view", fresh)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", ["a portal's page", "a filter's page", "null", "half an answer"])
@pytest.mark.parametrize("where", ["POST .*/reply", "GET /conversations/"])
def test_words_are_queued_where_only_one_request_meets_it(
    program: Program, edits: Edited, fresh: str, kind: str, where: str
) -> None:
    """The write itself; or the look at a conversation that the store does not know yet."""
    program.monkeypatch.setattr("tui.inbox.outbox.submit._UNKNOWN_MARGIN", -119.0)
    program.ok("admin", "list")
    edits.rules({where: FOREIGN[kind]})
    say(program, "half way there")
    sentence = program.fails(8 if where.startswith("POST") else 7, "conversation", "note", fresh, "-")
    assert ("Delivery unknown" in sentence) is where.startswith("POST")
    assert "queued" in sentence
    assert queued(program) == ["half way there"]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("a portal's page", "It did not arrive in 6 tries."),
        ("half an answer", "Intercom accepted it, but it is not there: check before sending it again."),
    ],
)
def test_words_that_were_looked_for_in_vain_wait_for_a_decision(
    program: Program, edits: Edited, served: Served, fresh: str, kind: str, why: str
) -> None:
    program.ok("conversation", "view", fresh)
    (program.home / "config").mkdir(exist_ok=True)
    (program.home / "config" / "config.toml").write_text("[outbox]\nsettle_seconds = 1\n")
    edits.rules({"POST .*/reply": FOREIGN[kind]})
    say(program, "looked for in vain")
    assert why in program.fails(9, "conversation", "note", fresh, "-")
    (row,) = program.json("outbox", "list")
    assert (row["state"], row["reason"], row["text"]) == ("held", why, "looked for in vain")
    assert not any("in vain" in (part["body"] or "") for part in served.parts(fresh))


def not_sent(program: Program, *argv: str) -> str:
    """The sentence of an action that is in the outbox; its code says whether it may have arrived."""
    result = program(*argv)
    assert result.code == (8 if "Delivery unknown" in result.err else 7), (result.code, result.err)
    assert result.err.count("\n") == 1
    return result.err


def in_file(sentence: str) -> str:
    found = re.search(r"The text is kept in (\S+)\.$", sentence)
    assert found, sentence
    path = Path(found[1])
    assert path.stat().st_mode & 0o077 == 0
    return path.read_text()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", ["a portal's page", "a redirect", "null", "a gateway's page"])
def test_a_profile_that_was_never_online_keeps_the_words_in_a_file(
    program: Program, edits: Edited, fresh: str, kind: str
) -> None:
    edits.rules({".": FOREIGN[kind]})
    say(program, "the first words ever")
    sentence = program.fails(6, "conversation", "note", fresh, "-")
    assert "never online" in sentence
    assert in_file(sentence) == "the first words ever\n"
    sentence = program.fails(6, "contact", "note", "nobody@nowhere.test", "words for nobody")
    assert in_file(sentence) == "words for nobody\n"


def test_words_are_kept_when_the_token_is_refused(program: Program, edits: Edited, fresh: str) -> None:
    program.ok("conversation", "view", fresh)
    edits.rules({"GET /me": refused(401, "Access Token Invalid")})
    for verb in ("note", "reply"):
        say(program, f"a {verb} of long breath")
        assert "kept as a draft" in program.fails(3, "conversation", verb, fresh, "-")
    edits.rules({})
    program.monkeypatch.setenv("VISUAL", editor(program))
    program.ok("conversation", "note", fresh, "--edit")
    assert any("a note of long breath" in (part["body"] or "") for part in program.served.parts(fresh))


def test_a_draft_that_is_there_stays_below(program: Program, edits: Edited, fresh: str) -> None:
    program.ok("conversation", "view", fresh)
    edits.rules({"GET /me": refused(401, "Access Token Invalid")})
    program.fails(3, "conversation", "note", fresh, "the older")
    program.fails(3, "conversation", "note", fresh, "the newer")
    edits.rules({})
    program.monkeypatch.setenv("VISUAL", editor(program))
    program.ok("conversation", "note", fresh, "--edit")
    said = " ".join(part["body"] or "" for part in program.served.parts(fresh))
    assert "the newer" in said
    assert "the older" in said


@pytest.mark.parametrize(
    ("code", "argv"),
    [
        (4, ("conversation", "note", "999999999", "-")),
        (4, ("contact", "note", "999999999", "-")),
        (4, ("contact", "note", "nobody@nowhere.test", "-")),
        (2, ("conversation", "reply", "no id!", "-")),
        (2, ("--profile", "unheard-of", "conversation", "note", "1", "-")),
        (2, ("--base-url", "ftp://x", "conversation", "note", "1", "-")),
        (2, ("--profile", "no/slash", "contact", "note", "1", "-")),
    ],
)
def test_words_that_go_nowhere_are_kept_in_a_file(program: Program, code: int, argv: tuple[str, ...]) -> None:
    say(program, "written with **care**")
    assert in_file(program.fails(code, *argv)) == "written with **care**\n"


def test_words_for_an_odd_id_are_kept(program: Program) -> None:
    say(program, "for whom?")
    for odd in ("Ada\udcfd\udcfe", "\ud83d", "1 2"):
        for verb in ("note", "reply"):
            assert in_file(program.fails(2, "conversation", verb, odd, "-")) == "for whom?\n"
            say(program, "for whom?")


def test_odd_words_become_a_draft(program: Program, fresh: str) -> None:
    program.ok("conversation", "view", fresh)
    program.monkeypatch.delenv("INTERCOM_TOKEN")
    assert "kept as a draft" in program.fails(3, "conversation", "note", fresh, "half \udcfd a character")
    assert "half a character" in program.ok("draft", "list").out


def test_words_without_a_token_are_kept(program: Program, fresh: str) -> None:
    program.ok("conversation", "view", fresh)
    program.monkeypatch.delenv("INTERCOM_TOKEN")
    say(program, "no token today")
    assert "kept as a draft" in program.fails(3, "conversation", "note", fresh, "-")


def test_a_store_that_cannot_be_opened_loses_no_words(program: Program, home: Path, fresh: str) -> None:
    (home / "data").mkdir(parents=True)
    (home / "data" / "default").write_text("in the way")
    say(program, "no room at the inn")
    assert in_file(program.fails(1, "conversation", "note", fresh, "-")) == "no room at the inn\n"


@pytest.mark.usefixtures("impatient")
def test_a_note_to_an_address_is_queued_where_the_store_knows_whose_it_is(
    program: Program, edits: Edited, served: Served, fresh: str
) -> None:
    contact = served.conversation(fresh)["contacts"]["contacts"][0]["id"]
    email = served.get(f"/contacts/{contact}")["email"]
    program.ok("contact", "view", contact)
    edits.rules({".": Answered()})
    assert "It is queued" in program.fails(7, "contact", "note", email, "to whom it may concern")
    assert program.json("outbox", "list")[0]["contact_id"] == contact


def test_a_page_is_no_word_on_whether_a_contact_was_made(program: Program, edits: Edited) -> None:
    program.ok("admin", "list")
    edits.rules({"POST /contacts": Answered()})
    assert "not known" in program.fails(8, "contact", "create", "--email", "made@example.test")
    edits.rules({"DELETE /contacts": Answered()})
    made = program.json("contact", "create", "--email", "made2@example.test")
    assert "web page" in program.fails(8, "contact", "delete", made["id"], "--yes")
