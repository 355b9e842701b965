"""Every operation, its answers against Intercom's own description."""

from __future__ import annotations

import pytest

from tests.sandbox.conftest import Api
from tests.sandbox.openapi import ABSENT, description

pytestmark = pytest.mark.skipif(description() is None, reason=ABSENT)

# Everything of the description that the sandbox answers; what is not here belongs to parts nobody's inbox needs.
PREFIXES = (
    "/me",
    "/admins",
    "/away_status_reasons",
    "/contacts",
    "/conversations",
    "/messages",
    "/companies",
    "/tags",
    "/articles",
    "/events",
    "/tickets",
    "/ticket_types",
    "/ticket_states",
    "/teams",
    "/segments",
    "/data_attributes",
    "/subscription_types",
)
NOT_ANSWERED = {("GET", "/admins/activity_logs")}


async def _directory(api: Api) -> None:
    me = await api.get("/me")
    assert me["id"] == api.admin
    await api.get("/admins")
    await api.get(f"/admins/{me['id']}")
    await api.get("/admins/12", 404)
    away = await api.put(f"/admins/{me['id']}/away", away_mode_enabled=True, away_mode_reassign=False)
    assert away["away_mode_enabled"] is True
    await api.put("/admins/12/away", 404, away_mode_enabled=True, away_mode_reassign=False)
    await api.get("/away_status_reasons")
    teams = await api.get("/teams")
    await api.get(f"/teams/{teams['teams'][0]['id']}")
    await api.get("/teams/1", 404)
    segments = await api.get("/segments", include_count="true")
    await api.get(f"/segments/{segments['segments'][0]['id']}")
    await api.get("/segments/nope", 404)
    await api.get("/data_attributes", model="contact")
    made = await api.post("/data_attributes", name="Shoe size", model="contact", data_type="integer")
    await api.put(f"/data_attributes/{made['id']}", description="in centimetres")
    await api.put("/data_attributes/1", 404, description="")
    await api.post("/data_attributes", 400, name="Shoe size", model="contact", data_type="integer")
    await api.get("/subscription_types")
    tag = await api.post("/tags", name="fragile")
    await api.get(f"/tags/{tag['id']}")
    await api.get("/tags")
    await api.post("/tags", 400, name="")
    await api.delete(f"/tags/{tag['id']}")
    await api.get(f"/tags/{tag['id']}", 404)


async def _contacts(api: Api) -> None:
    made = await api.post("/contacts", email="ida@shop.example", name="Ida", custom_attributes={"plan": "Harbour"})
    path = f"/contacts/{made['id']}"
    await api.put(path, phone="+4512345678")
    await api.get(path)
    await api.get("/contacts/nope", 404)
    await api.get("/contacts", per_page=3)
    await api.post("/contacts/search", query={"field": "role", "operator": "=", "value": "user"})
    await api.post("/contacts", 409, email="ida@shop.example")
    await api.post("/contacts", external_id="ida-1", role="user")
    await api.get("/contacts/find_by_external_id/ida-1")
    await api.post(f"{path}/notes", body="Prefers the phone", admin_id=api.admin)
    await api.get(f"{path}/notes")
    await api.get("/contacts/nope/notes", 404)
    tag = (await api.get("/tags"))["data"][0]["id"]
    await api.post(f"{path}/tags", id=tag)
    await api.get(f"{path}/tags")
    await api.delete(f"{path}/tags/{tag}")
    company = (await api.get("/companies"))["data"][0]["id"]
    await api.post(f"{path}/companies", id=company)
    await api.get(f"{path}/companies")
    await api.get(f"/companies/{company}/contacts")
    await api.get(f"/companies/{company}/segments")
    await api.delete(f"{path}/companies/{company}")
    await api.post(f"{path}/companies", 404, id="nope")
    await api.get(f"{path}/segments")
    await api.post(f"{path}/subscriptions", id="91", consent_type="opt_out")
    await api.get(f"{path}/subscriptions")
    await api.delete(f"{path}/subscriptions/91")
    await api.post("/events", 202, event_name="label-printed", created_at=int(api.watch.time), id=made["id"])
    await api.get("/events", type="user", intercom_user_id=made["id"])
    await api.get("/events", type="user", intercom_user_id=made["id"], summary="true")
    await api.post("/events/summaries", user_id="ida-1", event_summaries={"event_name": "x", "count": 1})
    lead = await api.post("/contacts", role="lead", email="lead@shop.example")
    await api.post("/contacts/merge", **{"from": lead["id"], "into": made["id"]})
    for action in ("archive", "unarchive", "block"):
        await api.post(f"{path}/{action}")
    await api.delete(path)
    await api.get(path, 404)


async def _conversations(api: Api) -> None:
    contact = (await api.get("/contacts", per_page=1))["data"][0]
    message = await api.post("/conversations", **{"from": {"type": "user", "id": contact["id"]}, "body": "Hello there"})
    path = f"/conversations/{message['conversation_id']}"
    await api.get(path)
    await api.get(path, display_as="plaintext")
    await api.get("/conversations/nope", 404)
    await api.post("/conversations/search", query={"field": "open", "operator": "=", "value": True})
    acting = {"admin_id": api.admin}
    await api.post(f"{path}/reply", message_type="comment", type="admin", body="Hi", **acting)
    await api.post(f"{path}/reply", message_type="note", type="admin", body="<p>hm</p>", **acting)
    user = {"type": "user", "intercom_user_id": contact["id"], "body": "Thanks again :)"}
    await api.post(f"{path}/reply", message_type="comment", **user)
    await api.post("/conversations/last/reply", message_type="comment", **user)
    options = [{"text": "Yes", "uuid": "a5e1c524-5ddd-4c3e-9328-6bca5d6e3edb"}]
    await api.post(f"{path}/reply", message_type="quick_reply", type="admin", reply_options=options, **acting)
    for kind in ("close", "open"):
        await api.post(f"{path}/parts", message_type=kind, type="admin", **acting)
    later = int(api.watch.time) + 3600
    await api.post(f"{path}/parts", message_type="snoozed", snoozed_until=later, **acting)
    await api.post(f"{path}/parts", message_type="assignment", type="admin", assignee_id=api.admin, **acting)
    await api.post(f"{path}/parts", message_type="assignment", type="team", assignee_id="5017690", **acting)
    await api.post(f"{path}/parts", message_type="assignment", type="admin", assignee_id="0", **acting)
    await api.post(f"{path}/parts", 404, message_type="assignment", type="admin", assignee_id="77", **acting)
    await api.put(path, read=True, title="Blank label", custom_attributes={"issue": "print"})
    tag = (await api.get("/tags"))["data"][0]["id"]
    await api.post(f"{path}/tags", id=tag, **acting)
    await api.get(path)
    await api.delete(f"{path}/tags/{tag}", **acting)
    await api.delete(f"{path}/tags/{tag}", 404, **acting)
    other = (await api.get("/contacts", per_page=3))["data"][2]
    await api.post(f"{path}/customers", customer={"intercom_user_id": other["id"]}, **acting)
    await api.delete(f"{path}/customers/{other['id']}", **acting)
    await api.delete(f"{path}/customers/{contact['id']}", 422, **acting)
    whole = await api.get(path)
    part = whole["conversation_parts"]["conversation_parts"][0]["id"]
    redacted = {"type": "conversation_part", "conversation_id": whole["id"], "conversation_part_id": part}
    await api.post("/conversations/redact", **redacted)
    await api.post("/conversations/redact", type="source", conversation_id=whole["id"], source_id=whole["source"]["id"])
    await api.post("/conversations/redact", 404, **{**redacted, "conversation_part_id": "1"})
    kind = (await api.get("/ticket_types"))["data"][0]["id"]
    await api.post(f"{path}/convert", ticket_type_id=kind)
    await api.post(f"{path}/run_assignment_rules")
    receiver = {"type": "user", "id": contact["id"]}
    sender = {"type": "admin", "id": api.admin}
    await api.post("/messages", **{"from": sender, "to": receiver, "message_type": "inapp", "body": "heyy"})
    mail = {"from": sender, "to": receiver, "message_type": "email", "body": "heyy"}
    await api.post("/messages", **mail, subject="hello", template="plain")
    await api.post("/messages", 422, **mail)
    await api.delete(path)
    await api.get(path, 404)


async def _rest(api: Api) -> None:
    made = await api.post("/companies", company_id="acme-1", name="Acme", plan="Harbour", size=500)
    await api.put(f"/companies/{made['id']}", name="Acme Corporation")
    await api.get(f"/companies/{made['id']}")
    await api.get("/companies", per_page=5)
    await api.post("/companies", 400, test="invalid")
    await api.call("POST", "/companies/list", params={"per_page": 5})
    await api.get("/companies/scroll")
    await api.delete(f"/companies/{made['id']}")
    await api.get(f"/companies/{made['id']}", 404)
    articles = await api.get("/articles")
    await api.get(f"/articles/{articles['data'][0]['id']}")
    await api.get("/articles/search", phrase="label", state="published", highlight="true")
    article = await api.post("/articles", title="New", author_id=int(api.admin), body="<p>x</p>")
    await api.put(f"/articles/{article['id']}", state="published")
    await api.post("/articles", 400, title="Nobody's")
    await api.delete(f"/articles/{article['id']}")
    await api.get(f"/articles/{article['id']}", 404)
    await _tickets(api)


async def _tickets(api: Api) -> None:
    await api.get("/ticket_states")
    kind = await api.post("/ticket_types", name="Damage", description="d", category="Customer", icon="📦")
    await api.get(f"/ticket_types/{kind['id']}")
    await api.put(f"/ticket_types/{kind['id']}", name="Damaged parcel")
    field = await api.post(f"/ticket_types/{kind['id']}/attributes", name="Box", description="b", data_type="string")
    await api.put(f"/ticket_types/{kind['id']}/attributes/{field['id']}", description="Which box")
    contact = next(iter(api.workspace.contacts)).id
    new = {"ticket_type_id": kind["id"], "contacts": [{"id": contact}]}
    ticket = await api.post("/tickets", **new, ticket_attributes={"_default_title_": "Wet box", "Box": "B2"})
    await api.post("/tickets/enqueue", **new)
    path = f"/tickets/{ticket['id']}"
    await api.get(path)
    state = (await api.get("/ticket_states"))["data"][1]["id"]
    await api.put(path, ticket_state_id=state, ticket_attributes={"Box": "B3"}, assignee_id=api.admin)
    await api.put(path, 404, assignee_id="77")
    await api.put(path, 400, ticket_state_id="0")
    await api.post(f"{path}/reply", message_type="note", type="admin", admin_id=api.admin, body="hm")
    await api.post("/tickets/search", query={"field": "open", "operator": "=", "value": True})
    tag = (await api.get("/tags"))["data"][0]["id"]
    await api.post(f"{path}/tags", id=tag, admin_id=api.admin)
    await api.delete(f"{path}/tags/{tag}", admin_id=api.admin)
    await api.delete(path)


async def test_every_operation_answers_as_described(api: Api) -> None:
    """All of them are called, and `Api.call` checks each answer."""
    for walk in (_directory, _contacts, _conversations, _rest):
        await walk(api)
    await api.get("/conversations")
    known = description()
    assert known is not None
    wanted = {
        (method, path)
        for method, _, path, _ in known.operations
        if path.startswith(PREFIXES) and not path.startswith("/tags/export")
    }
    assert wanted - api.seen - NOT_ANSWERED == set()


async def test_made_up_conversations_are_as_described(api: Api) -> None:
    """Each thread of the past, and each list of it."""
    listed = await api.get("/conversations", per_page=150)
    assert len(listed["conversations"]) == 60
    for row in listed["conversations"]:
        whole = await api.get(f"/conversations/{row['id']}")
        assert "conversation_parts" not in row
        parts = whole["conversation_parts"]
        assert row["statistics"]["count_conversation_parts"] == parts["total_count"]
        assert {**whole, "conversation_parts": None} == {**row, "conversation_parts": None}
