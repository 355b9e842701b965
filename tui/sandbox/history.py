"""The made-up past: contacts, companies and the headers of conversations, the same for the same seed.

Headers come whole at the start, because lists and searches need them; the words of a thread are written when somebody
looks (see `tui.sandbox.threads`), from a generator seeded by the conversation's index.
"""

from __future__ import annotations

import math
from random import Random

from tui.sandbox import content
from tui.sandbox.content import Headline, Person, Script
from tui.sandbox.furniture import DAY, FIRST_ADMIN_ID, FIRST_TEAM_ID, Furniture
from tui.sandbox.model import Company, Contact, Conversation, Note, Rating, Sla, State, TagMark

FIRST_CONVERSATION_ID = 215_470_000_000_000
HOUR = 3600

_TEAM_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Billing", ("bill", "refund", "vat", "invoice", "charge", "payment")),
    ("Integrations & API", ("api", "webhook", "sso", "integration", "bug", "carrier")),
    ("On call", ("outage", "incident", "down", "security")),
    ("Onboarding & success", ("onboard", "feature", "churn", "sales", "praise", "happy")),
)


def is_long(index: int) -> bool:
    """Whether this conversation is one of the few with hundreds of parts."""
    return index % 389 == 88


def words_rng(seed: int, index: int) -> Random:
    """The generator of one conversation's words."""
    return Random(seed * 1_000_003 + index * 7_919 + 17)


def make_companies(rng: Random, count: int, now: int, seed: int) -> list[Company]:
    """``count`` companies, each a year or two old."""
    companies: list[Company] = []
    for i in range(count):
        words = content.company(rng)
        created = now - rng.randrange(60 * DAY, 700 * DAY)
        companies.append(
            Company(
                f"{created:08x}c0{seed & 0xFFFFFF:06x}{i:08x}",
                f"tw-{1000 + i}",
                words.name,
                created,
                now - rng.randrange(40 * DAY),
                words.website,
                words.plan,
                words.industry,
                words.size,
                words.monthly_spend,
                now - rng.randrange(20 * DAY),
                created,
                {"creation_source": "api"} if i % 3 == 0 else {},
            )
        )
    return companies


def make_contacts(
    rng: Random, count: int, now: int, seed: int, companies: list[Company], rooms: Furniture
) -> tuple[list[Contact], list[Person]]:
    """``count`` contacts and the people behind them, in the same order; most work for a company."""
    contacts: list[Contact] = []
    people: list[Person] = []
    admin_ids = list(rooms.admins)
    tag_ids = list(rooms.tags)
    random = rng.random
    unclaimed = iter(companies)
    for i in range(count):
        person = content.person(rng)
        user = person.role == "user"
        created = now - 3 * DAY - int(random() * random() * 600 * DAY)
        seen = now - int(random() ** 4 * 40 * DAY)
        contact = Contact(
            f"{created:08x}{seed & 0xFFFFFFFF:08x}{i:08x}",
            person.role,
            person.name,
            person.email,
            created,
            min(now, seen + 60),
            person.phone,
            f"user-{10_000 + i}" if user else None,
            language=person.language,
            timezone=person.timezone,
            city=person.city,
            region=person.region,
            country=person.country,
            browser=person.browser,
            os=person.os,
            signed_up_at=created if user else None,
            last_seen_at=seen,
        )
        if person.custom_attributes or person.plan:
            contact.custom_attributes = {"plan": person.plan, **person.custom_attributes}
        shop = str(person.custom_attributes.get("shop_name", "")) if person.custom_attributes else ""
        employer: Company | None = None
        if user and shop and (employer := next(unclaimed, None)) is not None:
            employer.name, employer.website = shop, f"https://www.{person.email.rpartition('@')[2]}"
        elif companies and random() < 0.15:
            employer = companies[int(random() * len(companies))]
        if employer is not None:
            contact.company_ids = [employer.id]
            employer.contact_ids.append(contact.id)
        if random() < 0.1:
            contact.owner_id = rng.choice(admin_ids)
        if random() < 0.12:
            contact.tags = [TagMark(rng.choice(tag_ids), seen - DAY, admin_ids[0])]
        if random() < 0.02:
            contact.unsubscribed_from_emails = True
        contacts.append(contact)
        people.append(person)
    _decorate_first(contacts, companies, tag_ids, admin_ids, now)
    return contacts, people


def _decorate_first(
    contacts: list[Contact], companies: list[Company], tag_ids: list[int], admin_ids: list[int], now: int
) -> None:
    """One contact with more tags, notes and companies than fit inline (ten of each)."""
    if not contacts:
        return
    contact = contacts[0]
    contact.tags = [TagMark(tag_id, now - DAY * (n + 1), admin_ids[0]) for n, tag_id in enumerate(tag_ids[:14])]
    contact.notes = [
        Note(
            500 + n,
            contact.id,
            admin_ids[n % len(admin_ids)],
            f"<p>Called on day {n + 1}; all fine.</p>",
            now - DAY * n,
        )
        for n in range(12)
    ]
    for company in companies[:12]:
        ids = contact.company_ids = contact.company_ids or []
        if company.id not in ids:
            ids.append(company.id)
            company.contact_ids.append(contact.id)


_REMARKS = {
    5: ("Quick and kind, thank you!", "Solved before my tea was cold.", "A person who read what I wrote. Rare."),
    4: ("Good help, took a day though.", "Fine in the end."),
    3: ("It works now.", "Answer was right, the second one."),
    2: ("Had to explain it three times.", "Slow."),
    1: ("Two days for one sentence.", "Still waiting for the refund."),
}


class HeaderMaker:
    """Draws the headers of one workspace's conversations, oldest first."""

    def __init__(
        self, seed: int, count: int, now: int, contacts: list[Contact], people: list[Person], rooms: Furniture
    ):
        self.seed = seed
        self.count = count
        self.now = now
        self.span = DAY * max(3.0, min(400.0, count / 96))
        self.rng = Random(seed * 31 + 7)
        self.contacts = contacts
        self.people = people
        self.tag_ids = {tag.name: tag.id for tag in rooms.tags.values()}
        teams = {team.name: team.id for team in rooms.teams.values()}
        self.team_words = [(teams[name], words) for name, words in _TEAM_WORDS if name in teams]
        self.team_members = {team.id: team.admin_ids for team in rooms.teams.values()}
        self.admin_ids = list(rooms.admins)
        self.team_of_topic: dict[str, int] = {}

    def person_index(self, index: int) -> int:
        """Whose conversation it is: a few people write often, most once or twice."""
        if index < len(self.contacts):
            return (index * 7 + self.seed) % len(self.contacts)
        spread = ((index * 2_654_435_761 + self.seed) & 0xFFFFFFFF) / 2**32
        return int(spread**1.2 * len(self.contacts))

    def headline(self, index: int, person_index: int) -> Headline:
        """Subject, first message and how the thread ends."""
        kind = "war-room" if is_long(index) else None
        rng, person = words_rng(self.seed, index), self.people[person_index]
        return content.headline(rng, person, kind, self.seed * 613 + index)

    def script(self, index: int, person_index: int) -> Script:
        """All words of the thread, beginning with its headline's."""
        kind = "war-room" if is_long(index) else None
        length = 620 if index % 2 else 150
        rng, person = words_rng(self.seed, index), self.people[person_index]
        return content.script(rng, person, kind, self.seed * 613 + index, length)

    def make(self) -> tuple[list[Conversation], list[int]]:
        """All headers, and for each the place of its contact in the list of contacts."""
        made: list[Conversation] = []
        whose: list[int] = []
        for index in range(self.count):
            person = self.person_index(index)
            made.append(self.header(index, person))
            whose.append(person)
        return made, whose

    def header(self, index: int, person_index: int) -> Conversation:
        """One header, consistent in itself: states, times and who waits for whom."""
        rng, random = self.rng, self.rng.random
        head = self.headline(index, person_index)
        past = 1 - (index + random()) / self.count
        created = self.now - 60 - int(past * past * self.span)
        conversation = Conversation(
            FIRST_CONVERSATION_ID + index, index, created, created, (self.contacts[person_index],)
        )
        self._state(conversation, head)
        team_id = self._team(head.topic)
        open_now = conversation.state == "open"
        if random() < (0.75 if open_now else 0.9):
            conversation.team_assignee_id = team_id
        answered = not (open_now and conversation.waiting_since == created)
        if random() < (0.85 if answered else 0.25):
            members = self.team_members[team_id]
            conversation.admin_assignee_id = FIRST_ADMIN_ID if random() < 0.25 else rng.choice(members)
        self._marks(conversation, head)
        return conversation

    def _state(self, conversation: Conversation, head: Headline) -> None:
        random = self.rng.random
        created = conversation.created_at
        age = self.now - created
        settled = 0.35 if head.ends == "resolved" else 1.0
        alive = random() < settled * (0.95 * math.exp(-age / (3 * DAY)) + 0.015)
        state: State = "closed"
        if alive:
            state = "snoozed" if random() < 0.12 else "open"
        conversation.state = state
        conversation.read = True
        if state == "open" and (head.ends == "waiting" or random() < 0.25):
            fresh = random() < 0.45
            waiting = created if fresh else created + int(age * (0.3 + 0.6 * random()))
            conversation.waiting_since = waiting
            conversation.updated_at = waiting + (int((self.now - waiting) * random() * 0.6) if random() < 0.4 else 0)
            conversation.read = random() < 0.35
            return
        worked = int(HOUR * math.exp(self.rng.gauss(1.2, 1.4)))
        conversation.updated_at = created + min(int(age * 0.95), worked + 300)
        if state == "snoozed":
            choices = (HOUR, 3 * HOUR, DAY, 3 * DAY, 7 * DAY)
            conversation.snoozed_until = self.now + int(choices[int(random() * 5)] * (0.5 + random()))

    def _team(self, topic: str) -> int:
        team_id = self.team_of_topic.get(topic)
        if team_id is None:
            lowered = topic.lower()
            team_id = next(
                (team for team, words in self.team_words if any(word in lowered for word in words)), FIRST_TEAM_ID
            )
            self.team_of_topic[topic] = team_id
        return team_id

    def _marks(self, conversation: Conversation, head: Headline) -> None:
        random = self.rng.random
        at = conversation.created_at + 30
        admin_id = conversation.admin_assignee_id or FIRST_ADMIN_ID
        tag_id = self.tag_ids.get(head.topic)
        marks: tuple[TagMark, ...] = ()
        if tag_id is not None and random() < 0.6:
            marks = (TagMark(tag_id, at, admin_id),)
        if random() < 0.04 and (vip := self.tag_ids.get("vip")) is not None and vip != tag_id:
            marks = (*marks, TagMark(vip, at, admin_id))
        conversation.tags = marks
        conversation.priority = random() < 0.06
        draw = random()
        if draw < 0.3:
            if conversation.waiting_since is not None:
                missed = self.now - conversation.waiting_since > 8 * HOUR
                conversation.sla = _SLAS["missed" if missed else "active"]
            else:
                conversation.sla = _SLAS["hit" if draw < 0.24 else "missed"]
        if conversation.state == "closed" and random() < 0.3:
            score = 5 if random() < 0.55 else int(random() * 4) + 1
            contact = conversation.contacts[0]
            when = conversation.updated_at
            remark = self.rng.choice(_REMARKS[score]) if random() < 0.5 else ""
            conversation.rating = Rating(score, remark, when, when, contact.id, admin_id)
        if head.ends == "answered" and random() < 0.5:
            conversation.ai_state = "assumed_resolution" if conversation.state == "closed" else "routed_to_team"


_SLAS = {status: Sla("First reply in 8 hours", status) for status in ("hit", "missed", "active")}
