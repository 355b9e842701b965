"""Contacts and companies on the wire; at most ten tags, notes and companies inline."""

from __future__ import annotations

from collections.abc import Sequence

from tui.sandbox.furniture import WORKSPACE_ID
from tui.sandbox.model import Company, Contact, Json, Note
from tui.sandbox.wire.conversations import tags
from tui.sandbox.wire.directory import admin as admin_document
from tui.sandbox.workspace import Workspace

INLINE = 10

_EMPTY_FIELDS = (
    "last_email_clicked_at",
    "browser_version",
    "android_app_name",
    "android_app_version",
    "android_device",
    "android_os_version",
    "android_sdk_version",
    "android_last_seen_at",
    "ios_app_name",
    "ios_app_version",
    "ios_device",
    "ios_os_version",
    "ios_sdk_version",
    "ios_last_seen_at",
    "utm_campaign",
    "utm_content",
    "utm_medium",
    "utm_source",
    "utm_term",
    "referrer",
)


def _some(contact: Contact, kind: str, ids: Sequence[str], path: str) -> Json:
    base = f"/contacts/{contact.id}/{path}"
    return {
        "type": "list",
        "data": [{"type": kind, "id": one, "url": f"/{path}/{one}"} for one in ids[:INLINE]],
        "url": base,
        "total_count": len(ids),
        "has_more": len(ids) > INLINE,
    }


def contact(workspace: Workspace, one: Contact) -> Json:
    """A contact, whole. An e-mail that is not known is an empty string for leads, null is not Intercom's way here."""
    email = one.email or ""
    made: Json = {
        "type": "contact",
        "id": one.id,
        "workspace_id": WORKSPACE_ID,
        "external_id": one.external_id,
        "role": one.role,
        "email": email,
        "email_domain": email.rpartition("@")[2],
        "phone": one.phone,
        "name": one.name,
        "avatar": None if one.avatar_url is None else {"type": "avatar", "image_url": one.avatar_url},
        "owner_id": one.owner_id,
        "social_profiles": {"type": "list", "data": []},
        "has_hard_bounced": one.has_hard_bounced,
        "marked_email_as_spam": one.marked_email_as_spam,
        "unsubscribed_from_emails": one.unsubscribed_from_emails,
        "created_at": one.created_at,
        "updated_at": one.updated_at,
        "signed_up_at": one.signed_up_at,
        "last_seen_at": one.last_seen_at,
        "last_replied_at": one.last_replied_at,
        "last_contacted_at": one.last_contacted_at,
        "last_email_opened_at": one.last_email_opened_at,
        "language_override": None,
        "browser": one.browser,
        "browser_language": one.language,
        "os": one.os,
        "location": {
            "type": "location",
            "country": one.country,
            "region": one.region,
            "city": one.city,
            "timezone_name": one.timezone,
        },
        "custom_attributes": one.custom_attributes or {},
        "tags": _some(one, "tag", [str(mark.tag_id) for mark in one.tags or ()], "tags"),
        "notes": _some(one, "note", [str(note.id) for note in one.notes or ()], "notes"),
        "companies": _some(one, "company", one.company_ids or (), "companies"),
        "opted_out_subscription_types": _some(one, "subscription", _consent(one, "opt_out"), "subscriptions"),
        "opted_in_subscription_types": _some(one, "subscription", _consent(one, "opt_in"), "subscriptions"),
        "enabled_push_messaging": None,
    }
    made.update(dict.fromkeys(_EMPTY_FIELDS))
    return made


def _consent(one: Contact, kind: str) -> list[str]:
    return [str(key) for key, consent in (one.subscriptions or {}).items() if consent == kind]


def reference(one: Contact, **extra: object) -> Json:
    """A contact by name only, as deletions and archivings answer."""
    return {"type": "contact", "id": one.id, "external_id": one.external_id, **extra}


def note(workspace: Workspace, one: Note) -> Json:
    """An internal note."""
    return {
        "type": "note",
        "id": str(one.id),
        "created_at": one.created_at,
        "contact": {"type": "contact", "id": one.contact_id},
        "author": admin_document(workspace.rooms.admins[one.admin_id]),
        "body": one.body,
    }


def company(workspace: Workspace, one: Company) -> Json:
    """A company, whole. Without a plan the plan is an empty object."""
    made: Json = {
        "type": "company",
        "company_id": one.company_id,
        "id": one.id,
        "app_id": WORKSPACE_ID,
        "name": one.name,
        "created_at": one.created_at,
        "updated_at": one.updated_at,
        "monthly_spend": one.monthly_spend,
        "session_count": 0,
        "user_count": len(one.contact_ids),
        "size": one.size,
        "website": one.website,
        "industry": one.industry,
        "tags": {
            "type": "tag.list",
            "tags": [
                {"type": "tag", "id": basic["id"], "name": basic["name"]} for basic in tags(workspace, one.tags)["tags"]
            ],
        },
        "segments": {"type": "segment.list", "segments": []},
        "plan": {"type": "plan", "id": str(1 + len(one.plan)), "name": one.plan} if one.plan else {},
        "custom_attributes": one.custom_attributes,
    }
    if one.remote_created_at is not None:
        made["remote_created_at"] = one.remote_created_at
    if one.last_request_at is not None:
        made["last_request_at"] = one.last_request_at
    return made
