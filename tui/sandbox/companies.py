"""Companies: made or changed by their own ``company_id``, found by Intercom's id."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tui.sandbox.errors import Refusal, not_found
from tui.sandbox.model import Company, Contact, Json

_FIELDS = ("name", "website", "plan", "industry", "size", "monthly_spend", "remote_created_at")


class Companies:
    """All companies, in the order they were made."""

    def __init__(self, made: list[Company], seed: int, now: Callable[[], float]) -> None:
        self._by_id = {company.id: company for company in made}
        self._by_company_id = {company.company_id: company for company in made}
        self._seed = seed
        self._now = now
        self._count = len(made)

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Company]:
        return iter(self._by_id.values())

    def get(self, company_id: str) -> Company:
        """By Intercom's id, or a 404."""
        found = self._by_id.get(str(company_id))
        if found is None:
            raise not_found("Company Not Found", "company_not_found")
        return found

    def by(self, *, name: str | None = None, company_id: str | None = None) -> Company | None:
        """By the workspace's own id, or by name."""
        if company_id is not None:
            return self._by_company_id.get(company_id)
        return next((company for company in self._by_id.values() if company.name == name), None)

    def put(self, fields: Json) -> Company:
        """Make, or change the one with that ``company_id``."""
        company_id = fields.get("company_id")
        if not company_id:
            unknown = next(iter(fields), "company_id")
            raise Refusal(400, "bad_request", f"bad '{unknown}' parameter")
        company = self._by_company_id.get(str(company_id))
        if company is None:
            now = int(self._now())
            company = Company(f"{now:08x}c1{self._seed & 0xFFFFFF:06x}{self._count:08x}", str(company_id), "", now, now)
            self._count += 1
            self._by_id[company.id] = company
            self._by_company_id[company.company_id] = company
        self.update(company, fields)
        return company

    def update(self, company: Company, fields: Json) -> None:
        """Change what is given; custom attributes are merged."""
        for name in _FIELDS:
            if fields.get(name) is not None:
                setattr(company, name, fields[name])
        if fields.get("custom_attributes"):
            company.custom_attributes = {**company.custom_attributes, **fields["custom_attributes"]}
        company.updated_at = int(self._now())

    def delete(self, company: Company) -> None:
        """Delete for good."""
        del self._by_id[company.id]
        self._by_company_id.pop(company.company_id, None)

    def attach(self, company: Company, contact: Contact) -> None:
        """Say that the contact works there; again is the same as once."""
        ids = contact.company_ids = contact.company_ids or []
        if company.id not in ids:
            ids.append(company.id)
            company.contact_ids.append(contact.id)

    def detach(self, company: Company, contact: Contact) -> None:
        """Say that the contact does not work there any more."""
        if company.id not in (contact.company_ids or []):
            raise not_found("Company Not Found", "company_not_found")
        (contact.company_ids or []).remove(company.id)
        company.contact_ids.remove(contact.id)
