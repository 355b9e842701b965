"""Admins, teams, contacts, companies and what hangs on them (``components/schemas`` of Intercom's 2.14 description)."""

from __future__ import annotations

from msgspec import field

from tui.api.models_base import Count, Flag, Id, Json, Lenient, MaybeId, MaybeTime, Model, Text, Time
from tui.api.models_conversation import Tag

__all__ = [
    "Admin",
    "AdminWithApp",
    "App",
    "Company",
    "CompanyReference",
    "Contact",
    "ContactCompanies",
    "ContactNotes",
    "ContactTags",
    "Item",
    "Location",
    "Note",
    "Plan",
    "Segment",
    "SocialProfile",
    "SocialProfiles",
    "Team",
]


class Admin(Model):
    """A teammate. ``away_mode_enabled`` is their out-of-office switch."""

    type: Text = "admin"
    id: Id = ""
    name: Text = ""
    email: Text = ""
    job_title: Text = ""
    away_mode_enabled: Flag = False
    away_mode_reassign: Flag = False
    has_inbox_seat: Flag = False
    team_ids: Lenient[list[Id]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.team_ids = [str(each) for each in self.team_ids]


class App(Model):
    """The workspace that a token belongs to. ``id_code`` is its id, ``region`` one of ``US``, ``EU``, ``AU``."""

    type: Text = "app"
    id_code: Id = ""
    name: Text = ""
    region: Text = ""
    timezone: Text = ""
    created_at: Time = 0
    identity_verification: Flag = False


class AdminWithApp(Admin):
    """``GET /me``: whose token it is, and of which workspace."""

    email_verified: Flag = False
    app: Lenient[App] = field(default_factory=App)


class Team(Model):
    """A team and the ids of its admins."""

    type: Text = "team"
    id: Id = ""
    name: Text = ""
    admin_ids: Lenient[list[Id]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.admin_ids = [str(each) for each in self.admin_ids]


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


class Segment(Model):
    """A saved filter over people; ``count`` only when asked for."""

    type: Text = "segment"
    id: Id = ""
    name: Text = ""
    created_at: Time = 0
    updated_at: Time = 0
    person_type: Text = ""
    count: int | None = None


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


class Note(Model):
    """A note on a contact; ``body`` is HTML."""

    type: Text = "note"
    id: Id = ""
    created_at: Time = 0
    contact: Item | None = None
    author: Lenient[Admin] = field(default_factory=Admin)
    body: Text = ""
