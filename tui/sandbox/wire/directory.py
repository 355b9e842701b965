"""The small furniture on the wire: admins, teams, tags, segments, attributes, away reasons, subscriptions."""

from __future__ import annotations

from tui.sandbox import content
from tui.sandbox.furniture import WORKSPACE_ID, AwayReason, SubscriptionType
from tui.sandbox.model import Admin, DataAttribute, Json, Segment, Tag, Team
from tui.sandbox.workspace import Workspace


def admin(one: Admin) -> Json:
    """An admin, id as a string."""
    made: Json = {
        "type": "admin",
        "id": str(one.id),
        "name": one.name,
        "email": one.email,
        "job_title": one.job_title,
        "away_mode_enabled": one.away_mode_enabled,
        "away_mode_reassign": one.away_mode_reassign,
        "away_status_reason_id": one.away_status_reason_id,
        "has_inbox_seat": one.has_inbox_seat,
        "team_ids": one.team_ids,
        "avatar": None,
        "team_priority_level": {"primary_team_ids": one.team_ids[:1], "secondary_team_ids": one.team_ids[1:]},
    }
    return made


def me(workspace: Workspace) -> Json:
    """Whose token it is, with the workspace."""
    made = admin(workspace.me)
    del made["away_status_reason_id"], made["team_priority_level"]
    made["avatar"] = {"type": "avatar", "image_url": None}
    made["email_verified"] = True
    made["app"] = {
        "type": "app",
        "id_code": WORKSPACE_ID,
        "name": content.WORKSPACE_NAME,
        "created_at": workspace.started_at - 730 * 86_400,
        "secure": False,
        "identity_verification": False,
        "timezone": "Europe/Dublin",
        "region": "US",
    }
    return made


def team(one: Team) -> Json:
    """A team, id as a string, its admins as integers."""
    return {
        "type": "team",
        "id": str(one.id),
        "name": one.name,
        "admin_ids": one.admin_ids,
        "admin_priority_level": {"primary_admin_ids": one.admin_ids[:2], "secondary_admin_ids": one.admin_ids[2:]},
        "assignment_limit": None,
        "distribution_method": "manual",
    }


def tag_basic(one: Tag) -> Json:
    """A tag by itself."""
    return {"type": "tag", "id": str(one.id), "name": one.name}


def segment(one: Segment, count: int | None = None) -> Json:
    """A segment, with its size when asked."""
    made: Json = {
        "type": "segment",
        "id": one.id,
        "name": one.name,
        "created_at": one.created_at,
        "updated_at": one.updated_at,
        "person_type": one.person_type,
    }
    if count is not None:
        made["count"] = count
    return made


def attribute(one: DataAttribute) -> Json:
    """A data attribute; the built-in ones have no id, as in Intercom's examples."""
    made: Json = {
        "type": "data_attribute",
        "name": one.name,
        "full_name": one.full_name,
        "label": one.label,
        "description": one.description,
        "data_type": one.data_type,
        "api_writable": one.api_writable,
        "ui_writable": one.ui_writable,
        "messenger_writable": one.messenger_writable,
        "custom": one.custom,
        "archived": one.archived,
        "model": one.model,
    }
    if one.custom:
        made.update(id=one.id, created_at=one.created_at, updated_at=one.updated_at, admin_id=str(one.admin_id))
    if one.options is not None:
        made["options"] = one.options
    return made


def away_reason(one: AwayReason, order: int, at: int) -> Json:
    """Why a teammate is away."""
    return {
        "type": "away_status_reason",
        "id": str(one.id),
        "label": one.label,
        "emoji": one.emoji,
        "order": order,
        "deleted": False,
        "created_at": at,
        "updated_at": at,
    }


def subscription(one: SubscriptionType) -> Json:
    """A mailing."""
    words = {"name": one.name, "description": one.description, "locale": "en"}
    return {
        "type": "subscription",
        "id": str(one.id),
        "state": "live",
        "consent_type": one.consent_type,
        "default_translation": words,
        "translations": [words],
        "content_types": one.content_types,
    }
