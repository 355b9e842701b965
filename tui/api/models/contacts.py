"""Contacts, and the lists and references in which they stand."""

from __future__ import annotations

from msgspec import field

from tui.api.models.base import Count, Flag, Id, Json, Lenient, MaybeId, MaybeTime, Model, Text, Time

__all__ = [
    "CompanyReference",
    "Contact",
    "ContactCompanies",
    "ContactNotes",
    "ContactReference",
    "ContactTags",
    "Contacts",
    "Item",
    "Location",
    "SocialProfile",
    "SocialProfiles",
]


class ContactReference(Model):
    """A contact of a conversation: ``id`` is Intercom's, ``external_id`` the customer's own."""

    type: Text = "contact"
    id: Id = ""
    external_id: Text = ""


class Contacts(Model):
    """The contacts of a conversation or ticket."""

    contacts: Lenient[list[ContactReference]] = field(default_factory=list)


class Location(Model):
    """Where a contact was last seen."""

    country: Text = ""
    region: Text = ""
    city: Text = ""
    country_code: Text = ""


class SocialProfile(Model):
    """A contact's page elsewhere."""

    type: Text = "social_profile"
    name: Text = ""
    url: Text = ""


class SocialProfiles(Model):
    """A contact's pages elsewhere."""

    data: Lenient[list[SocialProfile]] = field(default_factory=list)


class Item(Model):
    """An id in an inline list; the rest must be asked for."""

    type: Text = ""
    id: Id = ""
    url: Text = ""


class ContactTags(Model):
    """The first 10 of a contact's ``total_count`` tags: ids only."""

    data: Lenient[list[Item]] = field(default_factory=list)
    url: Text = ""
    total_count: Count = 0
    has_more: Flag = False


class ContactNotes(Model):
    """The first 10 of a contact's ``total_count`` notes: ids only."""

    data: Lenient[list[Item]] = field(default_factory=list)
    url: Text = ""
    total_count: Count = 0
    has_more: Flag = False


class CompanyReference(Model):
    """A company in a contact's inline list; ``name`` only where Intercom sends it."""

    type: Text = "company"
    id: Id = ""
    name: Text = ""
    url: Text = ""


class ContactCompanies(Model):
    """The first 10 of a contact's ``total_count`` companies."""

    data: Lenient[list[CompanyReference]] = field(default_factory=list)
    url: Text = ""
    total_count: Count = 0
    has_more: Flag = False


class Contact(Model):
    """A user or lead (``role``). The inline lists hold at most 10 of each."""

    type: Text = "contact"
    id: Id = ""
    external_id: Text = ""
    workspace_id: Text = ""
    role: Text = ""
    email: Text = ""
    email_domain: Text = ""
    phone: Text = ""
    name: Text = ""
    owner_id: MaybeId = None
    has_hard_bounced: Flag = False
    marked_email_as_spam: Flag = False
    unsubscribed_from_emails: Flag = False
    created_at: Time = 0
    updated_at: Time = 0
    signed_up_at: MaybeTime = None
    last_seen_at: MaybeTime = None
    last_replied_at: MaybeTime = None
    last_contacted_at: MaybeTime = None
    last_email_opened_at: MaybeTime = None
    last_email_clicked_at: MaybeTime = None
    language_override: Text = ""
    browser: Text = ""
    browser_version: Text = ""
    browser_language: Text = ""
    os: Text = ""
    custom_attributes: Lenient[dict[str, Json]] = field(default_factory=dict)
    tags: Lenient[ContactTags] = field(default_factory=ContactTags)
    notes: Lenient[ContactNotes] = field(default_factory=ContactNotes)
    companies: Lenient[ContactCompanies] = field(default_factory=ContactCompanies)
    location: Lenient[Location] = field(default_factory=Location)
    social_profiles: Lenient[SocialProfiles] = field(default_factory=SocialProfiles)
    archived: Flag = False
    deleted: Flag = False
