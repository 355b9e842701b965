"""What the shell makes of odd answers: threads that were cut, attributes of any shape."""

import argparse
import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cases.support import TOKEN, edited, served
from tests.cli.support import Result, child
from tui.cli.nouns import NOUNS
from tui.cli.parsing import Parser

ATTRIBUTES: dict[str, Any] = {
    "snake_case_key": "as it_is",
    "Größe (cm) 😀": 172,
    "seats": 7,
    "spend": 155.5,
    "big": 123456789012345678901234567890,
    "whole": 2.0,
    "beta": True,
    "left": None,
    "text": "",
    "none": [],
    "nothing": {"x": [], "y": {}, "z": None},
    "plan": {"name": "Gold", "id": "7", "seats": [1, 2, {"x": None}]},
    "orders": {
        "type": "order.list",
        "instances": [
            {"id": "16032025", "external_id": "A-1", "created_at": 1671028894, "custom_attributes": {"total": "7 €"}},
            {"id": "16032026", "external_id": "A-2", "created_at": 1671028894, "custom_attributes": {}},
        ],
    },
    "deep": [[[[[[["down"]]]]]]],
}
WORDS = {
    "snake case key": "as it_is", "Größe (cm) 😀": "172", "seats": "7", "spend": "155.5",
    "big": "123456789012345678901234567890", "whole": "2", "beta": "yes", "plan": "Gold, 1, 2",
    "orders": "7 €, A-2", "deep": "down",
}  # fmt: skip
ANSWERS = f"""
import json
ATTRIBUTES = json.loads({json.dumps(ATTRIBUTES)!r})

def edit(req, resp):
    path = req["path"].split("?")[0]
    if resp["status"] != 200 or not resp["body"]:
        return resp
    value = json.loads(resp["body"])
    if req["method"] == "GET" and path.startswith("/conversations/"):
        value["custom_attributes"] = ATTRIBUTES
        value["conversation_parts"]["total_count"] = 712
    elif path == "/conversations/search":
        for one in value["conversations"]:
            one["custom_attributes"] = ATTRIBUTES
    elif path.startswith("/contacts/") and path.count("/") == 2 and "search" not in path:
        value["custom_attributes"] = ATTRIBUTES
    elif path.endswith("/companies"):
        listed = "companies" if "companies" in value else "data"
        value[listed] = [{{"type": "company", "id": "c1", "name": "Acme", "custom_attributes": ATTRIBUTES}}]
    resp["body"] = json.dumps(value).encode()
    return resp
"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    answers = tmp_path_factory.mktemp("answers") / "answers.py"
    answers.write_text(ANSWERS, encoding="utf-8")
    with served("--conversations", "20") as upstream, edited(upstream, answers) as edited_url:
        yield edited_url


def run(url: str, home: Path, *argv: str) -> Result:
    result = child(*argv, home=home, INTERCOM_TOKEN=TOKEN, INTERCOM_BASE_URL=url)
    assert result.code == 0, result.err
    return result


def test_attributes_reach_programs_untouched_and_people_in_words(url: str, tmp_path: Path) -> None:
    row = run(url, tmp_path, "conversation", "list", "--limit", "1", "--json").json()[0]
    shown = run(url, tmp_path, "conversation", "view", row["id"], "--json").json()
    assert shown["custom_attributes"] == ATTRIBUTES
    assert [type(value) for value in shown["custom_attributes"].values()] == [type(v) for v in ATTRIBUTES.values()]
    contact = run(url, tmp_path, "contact", "view", row["contact"]["id"], "--json").json()
    assert contact["custom_attributes"] == ATTRIBUTES
    assert contact["company_details"] == [{"id": "c1", "name": "Acme", "custom_attributes": ATTRIBUTES}]
    assert contact["plan"] == "Gold, 1, 2"
    printed = run(url, tmp_path, "contact", "view", row["contact"]["id"]).out
    fields = dict(line.split("  ", 1) for line in printed.splitlines() if "  " in line and not line.startswith(" "))
    told = {name.strip(): value.strip() for name, value in fields.items()}
    assert {name: told.get(name) for name in WORDS} == WORDS
    assert not {"none", "nothing", "left", "text"} & told.keys()
    assert "{" not in printed
    assert "None" not in printed


def test_a_cut_thread_says_how_much_is_missing(url: str, tmp_path: Path) -> None:
    cid = run(url, tmp_path, "conversation", "list", "--limit", "1", "--json").json()[0]["id"]
    shown = run(url, tmp_path, "conversation", "view", cid, "--json").json()
    missing = 712 - len(shown["parts"]) + 1
    assert shown["earlier_parts"] == missing
    printed = run(url, tmp_path, "conversation", "view", cid).out
    assert printed.partition("\n\n")[2].startswith(f"-- {missing} earlier messages are in the browser\n")


NOTHING = """
import json

def edit(req, resp):
    path = req["path"].split("?")[0]
    if resp["status"] == 200 and path in ("/tags", "/admins", "/teams", "/conversations/search", "/contacts/search"):
        value = json.loads(resp["body"])
        for key in ("data", "admins", "teams", "conversations"):
            if isinstance(value.get(key), list):
                value[key] = []
        value["pages"], value["total_count"] = {"type": "pages", "page": 1, "total_pages": 0}, 0
        resp["body"] = json.dumps(value).encode()
    return resp
"""


def test_every_list_of_nothing_is_a_sentence(tmp_path: Path) -> None:
    """The verbs are found in the grammar: a new list has to say something as well."""
    (tmp_path / "answers.py").write_text(NOTHING)
    lists: dict[str, tuple[str, ...]] = {}
    for noun in NOUNS:
        made = [Parser(prog=noun)]
        importlib.import_module(f"tui.cli.{noun}").add_arguments(made[0])
        verbs = [one for one in made[0]._actions if isinstance(one, argparse._SubParsersAction)]
        for name in (name for one in verbs for name in one.choices if name in ("list", "find")):
            lists[f"{noun} {name}"] = (noun, name, *(("x",) if name == "find" else ()))
    del lists["view list"]  # the built-in views are always there
    assert len(lists) >= 5
    with served("--conversations", "20") as upstream, edited(upstream, tmp_path / "answers.py") as url:
        for name, argv in lists.items():
            said = run(url, tmp_path, *argv).out
            assert said.strip().endswith("."), name
            assert said.count("\n") == 1, name
            assert run(url, tmp_path, *argv, "--json").json() == [], name


LIMITED = """
import time
FIRST = []

def answer(req):
    if not req["path"].startswith("/_") and len(FIRST) < 1:
        FIRST.append(time.time())
        return {"status": 429, "headers": [("Retry-After", "3")], "body": b"slow down"}
"""


@pytest.mark.parametrize(("status", "words"), [(429, "rate limited"), (503, "Intercom is not available")])
def test_waiting_is_told_on_stderr_and_the_output_stays_clean(tmp_path: Path, status: int, words: str) -> None:
    (tmp_path / "answers.py").write_text(LIMITED.replace("429", str(status)))
    with served("--conversations", "20") as upstream, edited(upstream, tmp_path / "answers.py") as url:
        result = run(url, tmp_path, "tag", "list", "--json")
    assert isinstance(result.json(), list)
    assert re.fullmatch(rf"intercom-tui: {words} - retrying in [34] s\n", result.err), result.err


AUTHORS = """
import json
ODD = [None, {}, {"type": "user", "id": "", "name": None, "email": None}, {"type": "bot", "id": 1, "name": ""},
       {"type": "admin", "id": "404", "name": "  "}, {"type": "lead"}, {"type": "team", "id": "9"}, {"type": None},
       {"type": "something_new", "id": "5"}, {"name": 5}, []]

def edit(req, resp):
    path = req["path"].split("?")[0]
    if resp["status"] == 200 and req["method"] == "GET" and path.startswith("/conversations/"):
        value = json.loads(resp["body"])
        value["source"]["author"] = None
        value["conversation_parts"]["conversation_parts"] = [
            {"type": "conversation_part", "id": str(n), "part_type": kind, "body": body, "created_at": 1700000000 + n,
             "author": author}
            for n, (author, kind, body) in enumerate(
                (author, kind, body) for author in ODD
                for kind, body in (("comment", "<p>words</p>"), ("note", "<p>words</p>"), ("close", None))
            )
        ]
        resp["body"] = json.dumps(value).encode()
    return resp
"""


def test_authors_without_a_name_are_named_by_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "answers.py").write_text(AUTHORS)
    with served("--conversations", "20") as upstream, edited(upstream, tmp_path / "answers.py") as url:
        cid = run(url, tmp_path, "conversation", "list", "--limit", "1", "--json").json()[0]["id"]
        printed = run(url, tmp_path, "conversation", "view", cid).out
        shown = run(url, tmp_path, "conversation", "view", cid, "--json").json()
    assert len(shown["parts"]) == 34
    assert {part["author"]["name"] for part in shown["parts"]} <= {None, "5"}
    heads = [line for line in printed.partition("\n\n")[2].splitlines() if " · " in line]
    for line in heads:
        who = line.partition(" · ")[0].removeprefix("-- ").removeprefix("NOTE (teammates only) ")
        assert who.removesuffix(" (bot)").removesuffix(" closed") in {
            "Customer", "Bot", "Teammate", "Team", "Unknown author", "5",
        }, line  # fmt: skip


def test_who_gives_up_says_nothing_of_waiting(tmp_path: Path) -> None:
    answers = LIMITED.replace('"3"', '"3600"').replace("len(FIRST) < 1", "True")
    (tmp_path / "answers.py").write_text(answers)
    with served("--conversations", "20") as upstream, edited(upstream, tmp_path / "answers.py") as url:
        result = child("tag", "list", home=tmp_path, INTERCOM_TOKEN=TOKEN, INTERCOM_BASE_URL=url)
    assert result.code == 5
    assert "try again in 60 minutes" in result.err
    assert result.err.count("\n") == 1, result.err
