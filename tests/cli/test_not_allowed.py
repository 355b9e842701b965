"""A token that may not read or write one thing is good for all the rest; only a refused /me is a refused token.

Which requests a command makes is taken from a run of it: each of them is refused in turn.
"""

import io
import re
import sys
from pathlib import Path

import pytest

from tests.cli.edited import Edited, refused
from tests.cli.support import Program, Served

READS: dict[str, tuple[tuple[str, ...], str]] = {
    "tag list": (("tag", "list"), "GET /tags"),
    "admin list": (("admin", "list"), "GET /admins"),
    "team list": (("team", "list"), "GET /teams"),
    "contact find": (("contact", "find", "a"), "POST /contacts/search"),
    "contact view": (("contact", "view", "CONTACT"), "GET /contacts/[^/?]+$"),
    "contact view by address": (("contact", "view", "EMAIL"), "(POST /contacts/search|GET /contacts/[^/?]+)$"),
    "conversation list": (("conversation", "list"), "POST /conversations/search"),
    "conversation view": (("conversation", "view", "CONVERSATION"), "GET /conversations/[^/?]+$"),
}
"""Commands that read, and the request that is all they are about."""

WRITES: dict[str, tuple[str, ...]] = {
    "note": ("conversation", "note", "CONVERSATION", "-"),
    "reply": ("conversation", "reply", "CONVERSATION", "-", "--force"),
    "close": ("conversation", "close", "CONVERSATION"),
    "assign": ("conversation", "assign", "CONVERSATION", "--me"),
    "snooze": ("conversation", "snooze", "CONVERSATION", "3h"),
    "tag": ("conversation", "tag", "CONVERSATION", "TAG"),
    "contact note": ("contact", "note", "CONTACT", "-"),
    "contact tag": ("contact", "tag", "CONTACT", "TAG"),
    "contact update": ("contact", "update", "CONTACT", "--name", "Pat"),
    "contact create": ("contact", "create", "--role", "lead"),
    "tag create": ("tag", "create", "made here"),
}
BACK: dict[str, tuple[str, ...]] = {
    "close": ("conversation", "open", "CONVERSATION"),
    "snooze": ("conversation", "open", "CONVERSATION"),
    "assign": ("conversation", "assign", "CONVERSATION", "--nobody"),
    "tag": ("conversation", "untag", "CONVERSATION", "TAG"),
    "contact tag": ("contact", "untag", "CONTACT", "TAG"),
}
"""What takes a write back: what would change nothing is not sent again."""

WORDS = "words that are not for nothing"


def meant(argv: tuple[str, ...], served: Served, fresh: str) -> tuple[str, ...]:
    contact = served.conversation(fresh)["contacts"]["contacts"][0]["id"]
    real = {
        "CONVERSATION": fresh,
        "CONTACT": contact,
        "EMAIL": served.post("/contacts/search", {"query": {"field": "email", "operator": "~", "value": "@"}})["data"][
            -1
        ]["email"],
        "TAG": served.get("/tags")["data"][0]["name"],
    }
    return tuple(real.get(word, word) for word in argv)


def say(program: Program) -> None:
    program.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WORDS.encode()), "utf-8"))


def templates(asked: list[str]) -> list[str]:
    """The requests as regular expressions, ids left open."""
    plain = {line.split("?")[0] for line in asked}
    shapes = {re.sub(r"/(?=[0-9a-f]*\d)[0-9a-f]{4,}(?=/|$)", "/[^/?]+", line) for line in plain}
    return sorted(f"^{shape}(\\?|$)" for shape in shapes)


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("verb", READS)
def test_reading_with_one_request_refused(
    program: Program, edits: Edited, served: Served, fresh: str, verb: str, status: int
) -> None:
    argv, subject = READS[verb]
    argv = meant(argv, served, fresh)
    program.ok("conversation", "list")  # the first command of a profile asks more than those that follow
    edits.forget()
    whole = program.ok(*argv).out
    asked = templates(edits.asked())
    tried = 0
    for one in asked:
        plain = one.removeprefix("^").removesuffix(r"(\?|$)")
        edits.rules({one: refused(status)})
        result = program(*argv)
        said = result.err.removeprefix("intercom-tui: ").strip()
        if plain == "GET /me":
            assert result.code == 3, plain
            assert "not authorized to access resource" in said.casefold()
        elif re.search(subject, plain.replace("[^/?]+", "5")):
            tried += 1
            assert result.code == 1, (plain, result.err)
            assert re.fullmatch(r"This token may not read [a-z]+\.", said), said
        else:
            assert result.code == 0, (plain, result.err)
            assert result.out.splitlines()[0].split() == whole.splitlines()[0].split()
            assert (result.out + said).count("ot allowed with this token") <= 1, plain
        assert "region" not in said or plain == "GET /me"
    assert tried


def test_teams_are_listed_without_teammates_who_may_not_be_read(program: Program, edits: Edited) -> None:
    edits.rules({"GET /admins": refused(403)})
    teams = program.json("team", "list")
    assert teams
    assert {team["members"] for team in teams} == {None}
    assert {line.split()[-1] for line in program.ok("team", "list").out.splitlines()[1:]} == {"?"}


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("verb", WRITES)
def test_writing_with_one_request_refused(
    program: Program, edits: Edited, served: Served, fresh: str, verb: str, status: int
) -> None:
    argv = meant(WRITES[verb], served, fresh)
    program.ok("conversation", "view", fresh)
    say(program)
    edits.forget()
    program.ok(*argv)
    for one in templates(edits.asked()):
        plain = one.removeprefix("^").removesuffix(r"(\?|$)")
        if verb in BACK:
            program(*meant(BACK[verb], served, fresh))
        edits.rules({one: refused(status)})
        say(program)
        result = program(*argv)
        edits.rules({})
        if plain == "GET /me":
            assert result.code == 3, plain
        elif not plain.startswith("GET") and "/search" not in plain:
            assert result.code == 1, (plain, result.err)
            assert "Not allowed with this token: Not authorized to access resource." in result.err
        else:
            # a name that cannot be looked up is all that reading less can cost
            assert result.code == 0 or "give the id" in result.err, (plain, result.err)
        if result.code and "-" in argv:
            assert "kept" in result.err or "stays in the outbox" in result.err
            assert WORDS in everything_kept(program, fresh, result.err)
        for row in program.json("outbox", "list"):
            program("outbox", "discard", row["id"])


def everything_kept(program: Program, fresh: str, said: str) -> str:
    """The outbox and the conversation's drafts."""
    from tui.config.paths import Paths
    from tui.store import people
    from tui.store.store import Store

    kept = [row["text"] or "" for row in program.json("outbox", "list")]
    store = Store.open(Paths.of().store_file)
    try:
        kept += [draft.text for draft in people.drafts(store.reader, fresh)]
    finally:
        store.close()
    if found := re.search(r"The text is kept in (\S+)\.$", said.strip()):
        kept.append(Path(found[1]).read_text())
    return "\n".join(kept)


def test_what_of_a_contact_may_not_be_read_is_null_and_named(
    program: Program, edits: Edited, served: Served, fresh: str
) -> None:
    (contact,) = meant(("CONTACT",), served, fresh)
    whole = program.json("contact", "view", contact)
    assert whole["unread"] == {}
    assert whole["segments"]
    where = {
        "segments": "GET /contacts/[^/]+/segments",
        "notes": "GET /contacts/[^/]+/notes",
        "companies": "GET /contacts/[^/]+/companies",
        "conversations": "POST /conversations/search",
    }
    for part, one in where.items():
        edits.rules({one: refused(403)})
        shown = program.json("contact", "view", contact)
        assert shown["unread"] == {part: "not allowed with this token"}
        # of the conversations, those that the store knows are still there
        assert shown[part] is None or part == "conversations"
        assert {key for key in whole if shown[key] != whole[key]} <= {part, "unread"}
    edits.rules(dict.fromkeys(where.values(), refused(401)))
    text = program.ok("contact", "view", contact).out
    assert text.count("not allowed with this token") == len(where)


def test_an_id_stands_for_a_name_that_may_not_be_looked_up(
    program: Program, edits: Edited, served: Served, fresh: str
) -> None:
    tag = served.get("/tags")["data"][0]
    edits.rules({"GET /tags": refused(403)})
    sentence = program.fails(1, "conversation", "tag", fresh, tag["name"])
    assert sentence.startswith("This token may not read tags: give the id")
    program.ok("conversation", "tag", fresh, tag["id"])
    assert tag["id"] in [one["id"] for one in served.conversation(fresh)["tags"]["tags"]]
    listed = program("conversation", "list")
    assert (listed.code, listed.err) == (0, "intercom-tui: Not allowed with this token: tags.\n")
