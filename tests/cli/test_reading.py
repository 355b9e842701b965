"""What the shell shows of conversations, contacts, teammates and tags."""

import pytest

from tests.cli.support import Program, Served

CONVERSATION = {
    "id", "title", "state", "read", "priority", "created_at", "updated_at", "waiting_since", "snoozed_until",
    "admin_assignee", "team_assignee", "contact", "tags", "channel", "preview", "sla", "rating", "pending", "draft",
}  # fmt: skip
CONTACT = {
    "id", "name", "email", "phone", "role", "external_id", "owner", "created_at", "updated_at", "signed_up_at",
    "last_seen_at", "last_replied_at", "city", "country", "language", "companies", "plan", "tags", "segments",
    "custom_attributes", "notes", "conversations", "company_details", "unread",
}  # fmt: skip


def test_list_shows_what_intercom_holds_open(program: Program, served: Served) -> None:
    listed = program.json("conversation", "list", "--limit", "500")
    there = served.search(("state", "=", "open"))
    assert {row["id"] for row in listed} == {row["id"] for row in there}
    assert all(set(row) == CONVERSATION for row in listed)
    assert [row["updated_at"] for row in listed] == sorted((row["updated_at"] for row in listed), reverse=True)


@pytest.mark.parametrize("state", ["snoozed", "closed"])
def test_list_of_a_state(program: Program, served: Served, state: str) -> None:
    listed = program.json("conversation", "list", "--view", state, "--limit", "500")
    assert {row["id"] for row in listed} == {row["id"] for row in served.search(("state", "=", state))}


def test_list_of_what_is_mine_and_nobodys(program: Program, served: Served) -> None:
    me = served.get("/me")["id"]
    there = served.search(("state", "=", "open"))
    mine = program.json("conversation", "list", "--view", "mine", "--limit", "500")
    assert {row["id"] for row in mine} == {row["id"] for row in there if str(row.get("admin_assignee_id")) == me}
    assert mine
    nobodys = program.json("conversation", "list", "--view", "Unassigned", "--limit", "500")
    free = [row for row in there if not row.get("admin_assignee_id") and not row.get("team_assignee_id")]
    assert {row["id"] for row in nobodys} == {row["id"] for row in free}
    assert nobodys
    assert all(row["admin_assignee"] is None and row["team_assignee"] is None for row in nobodys)
    rest = program.json("conversation", "list", "--query", "is:open -is:unassigned", "--limit", "500")
    assert {row["id"] for row in rest} == {row["id"] for row in there} - {row["id"] for row in free}


def test_list_longest_waiting_first(program: Program, served: Served) -> None:
    listed = program.json("conversation", "list", "--query", "is:open is:waiting", "--sort", "waiting", "--limit", "4")
    waiting = sorted(row["waiting_since"] for row in served.search(("state", "=", "open")) if row["waiting_since"])
    assert [row["waiting_since"] for row in listed] == waiting[:4]


def test_query_by_tag_team_and_contact(program: Program, served: Served) -> None:
    tagged = next(row for row in served.search(("state", "=", "open")) if row["tags"]["tags"])
    tag = tagged["tags"]["tags"][0]
    listed = program.json("conversation", "list", "--query", f'tag:"{tag["name"]}"', "--limit", "500")
    assert tagged["id"] in {row["id"] for row in listed}
    assert all(tag["name"] in {one["name"] for one in row["tags"]} for row in listed)
    someone = next(row for row in served.search(("state", "=", "open")) if row["source"]["author"]["type"] == "user")
    email = someone["source"]["author"]["email"]
    found = program.json("conversation", "list", "--query", f"from:{email}", "--limit", "500")
    assert someone["id"] in {row["id"] for row in found}
    assert {row["contact"]["email"] for row in found} == {email}


def test_query_by_words_beyond_the_preview(program: Program, served: Served) -> None:
    contact = served.post("/contacts", {"role": "user", "email": "long.winded@example.test"})
    body = "well " * 120 + "xylophone " + "and so on " * 20
    start = {"from": {"type": "user", "id": contact["id"]}, "body": body}
    made = str(served.post("/conversations", start)["conversation_id"])
    assert [row["id"] for row in program.json("conversation", "list", "--query", "xylophone")] == [made]
    assert program.json("conversation", "list", "--query", "xylophone zebra") == []


def test_offline_list_asks_nobody(program: Program, served: Served) -> None:
    fresh = program.json("conversation", "list", "--limit", "10")
    served.forget_requests()
    again = program.json("conversation", "list", "--offline", "--limit", "10")
    assert [row["id"] for row in again] == [row["id"] for row in fresh]
    assert not any("_sandbox" not in path for path in served.requests())


def test_offline_list_needs_no_token(program: Program) -> None:
    program.monkeypatch.delenv("INTERCOM_TOKEN")
    assert program.ok("conversation", "list", "--offline").out == "No conversations.\n"


def test_table_is_aligned_in_cells(program: Program) -> None:
    from rich.cells import cell_len

    lines = program.ok("conversation", "list", "--limit", "40").out.splitlines()
    head = lines[0]
    assert head.split() == ["ID", "STATE", "AGE", "WAITS", "ASSIGNEE", "FROM", "SUBJECT"]
    start = cell_len(head[: head.index("SUBJECT")])
    for line in lines[1:]:
        cells = 0
        for at, char in enumerate(line):
            if cells == start:
                assert line[at - 2 : at] == "  "
                break
            cells += cell_len(char)


def test_hostile_subject_is_text(program: Program, served: Served) -> None:
    contact = served.post("/contacts", {"role": "user", "email": "evil@example.test", "name": "Eve\x1b[2J\u202eX"})
    start = {"from": {"type": "user", "id": contact["id"]}, "body": "\x1b]52;c;aGk=\x07 [@click=app.quit]x[/] [/"}
    made = str(served.post("/conversations", start)["conversation_id"])
    listed = program.ok("conversation", "list", "--limit", "500").out
    assert "]52;c;aGk= [@click=app.quit]x[/] [/" in listed
    assert "\u202e" not in listed
    assert "\x07" not in program.ok("conversation", "view", made).out


def test_view_has_the_whole_thread(program: Program, served: Served) -> None:
    some = max(served.search(("state", "=", "open")), key=lambda row: row["statistics"]["count_conversation_parts"])
    shown = program.json("conversation", "view", some["id"])
    assert set(shown) == CONVERSATION | {"parts", "earlier_parts", "custom_attributes"}
    assert [part["id"] for part in shown["parts"][1:]] == [part["id"] for part in served.parts(some["id"])]
    assert shown["parts"][0]["part_type"] == "source"
    assert {"id", "part_type", "created_at", "author", "body", "text", "detail", "attachments", "pending"} == set(
        shown["parts"][0]
    )
    text = program.ok("conversation", "view", some["id"]).out
    for part in shown["parts"]:
        if part["part_type"] == "comment" and part["text"]:
            assert part["text"].split()[0] in text


def test_view_marks_notes(program: Program, served: Served, fresh: str) -> None:
    admin = served.get("/me")["id"]
    note = {"message_type": "note", "type": "admin", "admin_id": admin, "body": "<p>only us</p>"}
    served.post(f"/conversations/{fresh}/reply", note)
    assert "NOTE (teammates only)" in program.ok("conversation", "view", fresh).out


def test_contact_find_and_view(program: Program, served: Served) -> None:
    # a new contact can be searched for some seconds later only
    everybody = [row for row in served.get("/contacts?per_page=50")["data"] if row["name"] and row["email"]]
    contact = min(everybody, key=lambda row: int(row["created_at"]))
    found = program.json("contact", "find", contact["email"][:12])
    assert contact["id"] in {row["id"] for row in found}
    assert all(set(row) == CONTACT for row in found)
    by_id = program.json("contact", "view", contact["id"])
    by_email = program.json("contact", "view", contact["email"])
    assert set(by_id) == CONTACT
    assert by_id["id"] == by_email["id"] == contact["id"]
    theirs = {row["id"] for row in served.search(("contact_ids", "=", contact["id"]))}
    assert theirs <= set(by_id["conversations"])
    assert contact["email"] in program.ok("contact", "view", contact["id"]).out
    assert contact["id"] in program.ok("contact", "find", contact["name"]).out


def test_contact_find_nobody(program: Program) -> None:
    assert program.json("contact", "find", "no-such-person-anywhere") == []
    assert program.ok("contact", "find", "no-such-person-anywhere").out == "No contacts found.\n"


def test_admins_and_tags(program: Program, served: Served) -> None:
    admins = program.json("admin", "list")
    assert {row["id"] for row in admins} == {row["id"] for row in served.get("/admins")["admins"]}
    assert set(admins[0]) == {"id", "name", "email", "away", "team_ids"}
    assert "(you)" in program.ok("admin", "list").out
    tags = program.json("tag", "list")
    assert {row["name"] for row in tags} == {row["name"] for row in served.get("/tags")["data"]}
    made = program.json("tag", "create", "from the shell")
    assert made in program.json("tag", "list")
    assert made["name"] == "from the shell"


def test_teams_with_their_members(program: Program, served: Served) -> None:
    teams = program.json("team", "list")
    there = {row["id"]: row for row in served.get("/teams")["teams"]}
    assert {row["id"]: row["name"] for row in teams} == {key: row["name"] for key, row in there.items()}
    for row in teams:
        assert list(row) == ["id", "name", "members"]
        assert {one["id"] for one in row["members"]} == {str(one) for one in there[row["id"]]["admin_ids"]}
    shown = program.ok("team", "list").out
    assert shown.splitlines()[0].split() == ["ID", "NAME", "MEMBERS"]
    assert all(one["name"] in shown for row in teams for one in row["members"])


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("conversation", "view", "99999"), 4),
        (("conversation", "close", "99999"), 4),
        (("conversation", "reply", "99999", "hello"), 4),
        (("contact", "view", "ffffffffffffffffffffffff"), 4),
        (("contact", "view", "nobody.at.all@example.test"), 4),
        (("contact", "tag", "nobody.at.all@example.test", "bug"), 4),
        (("conversation", "list", "--view", "nope"), 2),
        (("conversation", "list", "--query", "colour:red"), 2),
        (("conversation", "view", "../me"), 2),
        (("conversation", "list", "--limit", "0"), 2),
    ],
)
def test_what_is_not_there(program: Program, argv: tuple[str, ...], code: int) -> None:
    assert program.fails(code, *argv)
