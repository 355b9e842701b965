"""Contacts: searchable a moment late, ten inline, unique, merged."""

from __future__ import annotations

from tests.sandbox.conftest import Api


async def test_new_contacts_are_found_a_moment_later(api: Api) -> None:
    """By searching; by id at once."""
    made = await api.post("/contacts", email="new@shop.example")
    query = {"field": "email", "operator": "=", "value": "NEW@shop.example"}
    assert (await api.post("/contacts/search", query=query))["total_count"] == 0
    await api.get(f"/contacts/{made['id']}")
    api.watch.time += 3.1
    found = await api.post("/contacts/search", query=query)
    assert [one["id"] for one in found["data"]] == [made["id"]]
    await api.post(f"/contacts/{made['id']}/archive")
    assert (await api.post("/contacts/search", query=query))["total_count"] == 0


async def test_ten_inline_and_the_rest_by_their_lists(api: Api) -> None:
    """The first contact has more tags, notes and companies than that."""
    contact = next(iter(api.workspace.contacts)).id
    shown = await api.get(f"/contacts/{contact}")
    for name in ("tags", "notes", "companies"):
        inline = shown[name]
        assert (len(inline["data"]), inline["has_more"]) == (10, True)
        listed = await api.get(inline["url"])
        assert len(listed["data"]) == inline["total_count"] > 10


async def test_an_email_belongs_to_one_user(api: Api) -> None:
    """409 naming whose it is, for a new contact and for a change."""
    first = await api.post("/contacts", email="one@shop.example")
    second = await api.post("/contacts", email="two@shop.example")
    refused = await api.post("/contacts", 409, email="One@shop.example")
    assert first["id"] in refused["errors"][0]["message"]
    await api.put(f"/contacts/{second['id']}", 409, email="one@shop.example")
    await api.put(f"/contacts/{second['id']}", email="two@shop.example", name="Two")


async def test_merging_brings_the_conversations(api: Api) -> None:
    """A lead's conversations are the user's afterwards."""
    lead = await api.post("/contacts", role="lead", name="L")
    user = await api.post("/contacts", email="user@shop.example")
    asked = {"from": {"type": "lead", "id": lead["id"]}, "body": "hi"}
    message = await api.post("/conversations", **asked)
    await api.post("/contacts/merge", 400, **{"from": user["id"], "into": lead["id"]})
    await api.post("/contacts/merge", **{"from": lead["id"], "into": user["id"]})
    await api.get(f"/contacts/{lead['id']}", 404)
    whole = await api.get(f"/conversations/{message['conversation_id']}")
    assert [one["id"] for one in whole["contacts"]["contacts"]] == [user["id"]]
    query = {"field": "contact_ids", "operator": "=", "value": user["id"]}
    found = await api.post("/conversations/search", query=query)
    assert [row["id"] for row in found["conversations"]] == [message["conversation_id"]]


async def test_custom_attributes_are_merged(api: Api) -> None:
    """What is not named stays."""
    made = await api.post("/contacts", email="c@shop.example", custom_attributes={"plan": "Harbour", "seats": 3})
    changed = await api.put(f"/contacts/{made['id']}", custom_attributes={"seats": 4})
    assert changed["custom_attributes"] == {"plan": "Harbour", "seats": 4}


async def test_a_new_external_id_shows_in_lists(api: Api) -> None:
    """Rows are kept rendered; a contact that changes must not leave them stale."""
    contact = next(iter(api.workspace.contacts))
    api.fresh()
    await api.get("/conversations")
    await api.put(f"/contacts/{contact.id}", external_id="renamed-1")
    first = (await api.get("/conversations"))["conversations"][0]
    assert first["contacts"]["contacts"][0]["external_id"] == "renamed-1"


async def test_deleting_leaves_no_trace_at_companies(api: Api) -> None:
    """The company's count goes down."""
    made = await api.post("/contacts", email="gone@shop.example")
    company = await api.post("/companies", company_id="c-9", name="Nine")
    attached = await api.post(f"/contacts/{made['id']}/companies", id=company["id"])
    assert attached["user_count"] == 1
    await api.delete(f"/contacts/{made['id']}")
    assert (await api.get(f"/companies/{company['id']}"))["user_count"] == 0
