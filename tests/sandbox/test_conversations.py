"""What happens to a conversation: states, waiting, reading, parts and statistics move as Intercom's do."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.conftest import Api


def parts(conversation: Any) -> list[Any]:
    """The thread of an answer."""
    found: list[Any] = conversation["conversation_parts"]["conversation_parts"]
    return found


async def say(api: Api, conversation: str, body: str = "Hello", **more: Any) -> Any:
    """The token's owner replies."""
    asked = {"message_type": "comment", "type": "admin", "admin_id": api.admin, "body": body, **more}
    return await api.post(f"/conversations/{conversation}/reply", **asked)


async def act(api: Api, conversation: str, kind: str, **more: Any) -> Any:
    """The token's owner closes, opens, snoozes or assigns."""
    asked = {"message_type": kind, "type": "admin", "admin_id": api.admin, **more}
    return await api.post(f"/conversations/{conversation}/parts", **asked)


async def test_a_customer_waits_from_the_first_unanswered_message(api: Api) -> None:
    """Later messages do not move it; a reply ends it; a note does not."""
    conversation = api.fresh()
    began = int(api.watch.time)
    api.watch.time += 60
    api.workspace.customer_reply(conversation, "<p>Anybody?</p>")
    noted = await say(api, conversation, message_type="note")
    assert (noted["waiting_since"], noted["read"]) == (began, False)
    answered = await say(api, conversation)
    assert (answered["waiting_since"], answered["read"]) == (None, True)
    api.watch.time += 60
    part = api.workspace.customer_reply(conversation, "<p>Thanks</p>")
    again = await api.get(f"/conversations/{conversation}")
    assert (again["waiting_since"], again["read"]) == (int(api.watch.time), False)
    assert (part.part_type, again["updated_at"]) == ("comment", int(api.watch.time))


@pytest.mark.parametrize("how", ["close", "snoozed"])
async def test_a_customer_opens_what_was_put_away(api: Api, how: str) -> None:
    """A reply to a closed or snoozed conversation opens it, as a part of type ``open`` with its words."""
    conversation = api.fresh()
    more = {"snoozed_until": int(api.watch.time) + 3600} if how == "snoozed" else {}
    away = await act(api, conversation, how, **more)
    assert (away["state"], away["open"]) == ({"close": "closed", "snoozed": "snoozed"}[how], how == "snoozed")
    api.workspace.customer_reply(conversation, "<p>It is back</p>")
    back = await api.get(f"/conversations/{conversation}")
    assert (back["state"], back["open"], back["snoozed_until"]) == ("open", True, None)
    assert (parts(back)[-1]["part_type"], parts(back)[-1]["body"]) == ("open", "<p>It is back</p>")
    assert back["waiting_since"] is not None


async def test_a_snooze_ends_by_itself(api: Api) -> None:
    """At its time, with a part that says so, and not before."""
    conversation = api.fresh()
    until = int(api.watch.time) + 3600
    await act(api, conversation, "snoozed", snoozed_until=until)
    api.watch.time = until - 1
    assert (await api.get(f"/conversations/{conversation}"))["state"] == "snoozed"
    api.watch.time = until + 50
    awake = await api.get(f"/conversations/{conversation}")
    assert (awake["state"], parts(awake)[-1]["part_type"], parts(awake)[-1]["created_at"]) == (
        "open",
        "timer_unsnooze",
        until,
    )


async def test_an_ended_snooze_does_not_end_the_next(api: Api) -> None:
    """Snoozed, opened, snoozed for longer: the first alarm is void."""
    conversation = api.fresh()
    now = int(api.watch.time)
    await act(api, conversation, "snoozed", snoozed_until=now + 100)
    await act(api, conversation, "open")
    await act(api, conversation, "snoozed", snoozed_until=now + 10_000)
    api.watch.time += 200
    assert (await api.get(f"/conversations/{conversation}"))["state"] == "snoozed"


async def test_assignment_to_admin_and_team_and_nobody(api: Api) -> None:
    """Both at once; ids are integers here; "0" takes one of them away."""
    conversation = api.fresh()
    await act(api, conversation, "assignment", assignee_id=api.admin)
    both = await act(api, conversation, "assignment", type="team", assignee_id=5017691)
    assert (both["admin_assignee_id"], both["team_assignee_id"]) == (int(api.admin), 5017691)
    assert parts(both)[-1]["assigned_to"] == {"type": "team", "id": "5017691"}
    freed = await act(api, conversation, "assignment", assignee_id="0")
    assert freed.get("admin_assignee_id") in (None, 0)
    assert freed["team_assignee_id"] == 5017691
    assert freed["statistics"]["count_assignments"] == 2


async def test_closing_with_a_word_is_one_part(api: Api) -> None:
    """Send and close."""
    conversation = api.fresh()
    closed = await act(api, conversation, "close", body="Goodbye :)")
    assert [(part["part_type"], part["body"]) for part in parts(closed)] == [("close", "<p>Goodbye :)</p>")]
    assert (closed["state"], closed["open"], closed["waiting_since"]) == ("closed", False, None)
    assert closed["statistics"]["last_closed_by_id"] == api.admin


async def test_tags_make_parts_and_are_idempotent(api: Api) -> None:
    """A second time changes nothing."""
    conversation = api.fresh()
    tag = (await api.get("/tags"))["data"][3]
    for _ in range(2):
        await api.post(f"/conversations/{conversation}/tags", id=tag["id"], admin_id=api.admin)
    tagged = await api.get(f"/conversations/{conversation}")
    assert [one["name"] for one in tagged["tags"]["tags"]] == [tag["name"]]
    assert [(part["part_type"], part["tags"][0]["name"]) for part in parts(tagged)] == [
        ("conversation_tags_updated", tag["name"])
    ]
    await api.delete(f"/conversations/{conversation}/tags/{tag['id']}", admin_id=api.admin)
    assert (await api.get(f"/conversations/{conversation}"))["tags"]["tags"] == []


async def test_what_the_older_document_says_is_let_pass(api: Api) -> None:
    """Comments to /parts, ids as strings or integers, PATCH for contacts."""
    conversation = api.fresh()
    path = f"/conversations/{conversation}/parts"
    asked = {"message_type": "comment", "type": "admin", "body": "by the parts"}
    for admin in (api.admin, int(api.admin)):
        answered = await api.post(path, **asked, admin_id=admin)
        assert parts(answered)[-1]["body"] == "<p>by the parts</p>"
    contact = next(iter(api.workspace.contacts))
    changed = await api.call("PATCH", f"/contacts/{contact.id}", json={"name": "Jane Doe"})
    assert changed["name"] == "Jane Doe"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"message_type": "comment", "type": "admin", "admin_id": "0", "body": "x"}, 404),
        ({"message_type": "comment", "type": "admin", "body": "x"}, 400),
        ({"message_type": "comment", "type": "admin", "admin_id": "me", "body": ""}, 400),
        ({"message_type": "shout", "type": "admin", "body": "x"}, 400),
        ({"message_type": "comment", "type": "user", "body": "x"}, 400),
        ({"message_type": "comment", "type": "user", "intercom_user_id": "nope", "body": "x"}, 404),
        ({"message_type": "comment", "type": "user", "email": "nobody@x.example", "body": "x"}, 404),
        ({"message_type": "comment", "type": "admin", "body": "x", "attachment_urls": ["http://x/a"] * 11}, 400),
    ],
)
async def test_bad_replies_change_nothing(api: Api, asked: dict[str, Any], code: int) -> None:
    """Refused, and the thread is as it was."""
    conversation = api.fresh()
    await api.post(f"/conversations/{conversation}/reply", code, **asked)
    assert parts(await api.get(f"/conversations/{conversation}")) == []


@pytest.mark.parametrize("until", [1_700_000_000, 1_750_000_000_000, "soon", None, 1_999_999_999])
async def test_bad_snoozes_are_refused(api: Api, until: object) -> None:
    """The past, milliseconds, words, nothing, and decades ahead."""
    conversation = api.fresh()
    asked = {"message_type": "snoozed", "admin_id": api.admin, "snoozed_until": until}
    answer = await api.http.post(f"/conversations/{conversation}/parts", json=asked)
    assert answer.status_code in (400, 422)
    assert (await api.get(f"/conversations/{conversation}"))["state"] == "open"


async def test_at_most_500_parts_and_they_are_the_newest(api: Api) -> None:
    """The total says how many there are."""
    conversation = api.fresh()
    for n in range(510):
        api.workspace.customer_reply(conversation, f"<p>{n}</p>")
    whole = await api.get(f"/conversations/{conversation}")
    shown = parts(whole)
    assert (len(shown), whole["conversation_parts"]["total_count"]) == (500, 510)
    assert (shown[0]["body"], shown[-1]["body"]) == ("<p>10</p>", "<p>509</p>")


async def test_attachments_come_back_as_links(api: Api) -> None:
    """From addresses and from uploaded files."""
    conversation = api.fresh()
    file = {"name": "note.txt", "content_type": "text/plain", "data": "aGVsbG8="}
    made = await say(api, conversation, attachment_urls=["https://x.example/a%20b.png"], attachment_files=[file])
    first, second = parts(made)[-1]["attachments"]
    assert (first["name"], first["content_type"]) == ("a b.png", "image/png")
    assert (second["name"], second["filesize"]) == ("note.txt", 5)
    for link in (first["url"], second["url"]):
        assert link.startswith("http://sandbox.local/_sandbox/files/")
        assert (await api.http.get(link)).status_code == 200


async def test_lists_are_newest_first_and_stay_so(api: Api) -> None:
    """What changes comes to the top; pages hold each conversation once."""
    old = (await api.get("/conversations", per_page=60))["conversations"][-1]["id"]
    await say(api, old)
    first = await api.get("/conversations", per_page=7)
    assert first["conversations"][0]["id"] == old
    seen: list[str] = []
    page = first
    while True:
        seen += [row["id"] for row in page["conversations"]]
        if "next" not in page["pages"]:
            break
        page = await api.get("/conversations", per_page=7, starting_after=page["pages"]["next"]["starting_after"])
    assert len(seen) == len(set(seen)) == 60
    upside_down = await api.get("/conversations", per_page=60, order="asc")
    assert [row["id"] for row in upside_down["conversations"]] == seen[::-1]


async def test_dead_cursors_are_refused(api: Api) -> None:
    """Strangers' and those of a cursor epoch that is over."""
    cursor = (await api.get("/conversations", per_page=5))["pages"]["next"]["starting_after"]
    await api.get("/conversations", starting_after=cursor)
    api.workspace.cursor_epoch += 1
    for dead in (cursor, "zzz", "WzBd"):
        await api.get("/conversations", 400, starting_after=dead)
        pagination = {"starting_after": dead}
        query = {"field": "open", "operator": "=", "value": True}
        await api.post("/conversations/search", 400, query=query, pagination=pagination)


async def test_nobody_is_null_or_zero_or_missing(api: Api) -> None:
    """All three occur, each conversation having its own habit."""
    for _ in range(10):
        api.fresh()
    rows = (await api.get("/conversations", per_page=150))["conversations"]
    told = {repr(row.get("admin_assignee_id", "missing")) for row in rows}
    assert {"None", "0", "'missing'"} < told


async def test_a_renamed_tag_shows_in_lists(api: Api) -> None:
    """Rows are kept rendered; a rename must not leave them stale."""
    conversation = api.fresh()
    tag = await api.post("/tags", name="before")
    await api.post(f"/conversations/{conversation}/tags", id=tag["id"], admin_id=api.admin)
    assert (await api.get("/conversations"))["conversations"][0]["tags"]["tags"][0]["name"] == "before"
    await api.post("/tags", id=tag["id"], name="after")
    assert (await api.get("/conversations"))["conversations"][0]["tags"]["tags"][0]["name"] == "after"


async def test_reading_does_not_move_a_conversation(api: Api) -> None:
    """``read`` changes, ``updated_at`` does not."""
    conversation = api.fresh()
    before = await api.get(f"/conversations/{conversation}")
    api.watch.time += 100
    after = await api.put(f"/conversations/{conversation}", read=True)
    assert (before["read"], after["read"]) == (False, True)
    assert after["updated_at"] == before["updated_at"]
    assert (await api.get("/conversations"))["conversations"][0]["read"] is True
