"""What Intercom's answers hold, as typed values: a module a resource, and every model to import from here."""

from tui.api.models.admins import Admin, AdminWithApp, App
from tui.api.models.articles import Article
from tui.api.models.base import Model, Reference
from tui.api.models.companies import Company, Plan
from tui.api.models.contacts import (
    CompanyReference,
    Contact,
    ContactCompanies,
    ContactNotes,
    ContactReference,
    Contacts,
    ContactTags,
    Item,
    Location,
    SocialProfile,
    SocialProfiles,
)
from tui.api.models.conversations import (
    AiAgent,
    Conversation,
    FirstContactReply,
    LinkedObject,
    LinkedObjects,
    Rating,
    SlaApplied,
    Statistics,
    Teammates,
)
from tui.api.models.data_attributes import DataAttribute
from tui.api.models.events import Event
from tui.api.models.messages import Message
from tui.api.models.notes import Note
from tui.api.models.parts import Attachment, Author, ConversationParts, Part, Source
from tui.api.models.segments import Segment
from tui.api.models.tags import Tag, Tags
from tui.api.models.teams import Team
from tui.api.models.tickets import (
    Ticket,
    TicketPart,
    TicketParts,
    TicketReply,
    TicketState,
    TicketStates,
    TicketType,
    TicketTypeAttribute,
    TicketTypeAttributes,
)

__all__ = [
    "Admin",
    "AdminWithApp",
    "AiAgent",
    "App",
    "Article",
    "Attachment",
    "Author",
    "Company",
    "CompanyReference",
    "Contact",
    "ContactCompanies",
    "ContactNotes",
    "ContactReference",
    "ContactTags",
    "Contacts",
    "Conversation",
    "ConversationParts",
    "DataAttribute",
    "Event",
    "FirstContactReply",
    "Item",
    "LinkedObject",
    "LinkedObjects",
    "Location",
    "Message",
    "Model",
    "Note",
    "Part",
    "Plan",
    "Rating",
    "Reference",
    "Segment",
    "SlaApplied",
    "SocialProfile",
    "SocialProfiles",
    "Source",
    "Statistics",
    "Tag",
    "Tags",
    "Team",
    "Teammates",
    "Ticket",
    "TicketPart",
    "TicketParts",
    "TicketReply",
    "TicketState",
    "TicketStates",
    "TicketType",
    "TicketTypeAttribute",
    "TicketTypeAttributes",
]
