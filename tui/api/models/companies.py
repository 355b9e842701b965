"""Companies."""

from __future__ import annotations

from msgspec import field

from tui.api.models.base import Count, Id, Json, Lenient, MaybeTime, Model, Text, Time
from tui.api.models.segments import Segment
from tui.api.models.tags import Tag

__all__ = ["Company", "CompanySegments", "CompanyTags", "Plan"]


class Plan(Model):
    """What a company pays for."""

    type: Text = "plan"
    id: Id = ""
    name: Text = ""


class CompanyTags(Model):
    """A company's tags."""

    tags: Lenient[list[Tag]] = field(default_factory=list)


class CompanySegments(Model):
    """A company's segments."""

    segments: Lenient[list[Segment]] = field(default_factory=list)


class Company(Model):
    """A company: ``id`` is Intercom's, ``company_id`` the customer's own."""

    type: Text = "company"
    id: Id = ""
    company_id: Id = ""
    name: Text = ""
    app_id: Text = ""
    plan: Lenient[Plan] = field(default_factory=Plan)
    remote_created_at: MaybeTime = None
    created_at: Time = 0
    updated_at: Time = 0
    last_request_at: MaybeTime = None
    size: Count = 0
    website: Text = ""
    industry: Text = ""
    monthly_spend: Lenient[float] = 0
    session_count: Count = 0
    user_count: Count = 0
    custom_attributes: Lenient[dict[str, Json]] = field(default_factory=dict)
    tags: Lenient[CompanyTags] = field(default_factory=CompanyTags)
    segments: Lenient[CompanySegments] = field(default_factory=CompanySegments)
