"""Companies and their people."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TypedDict, Unpack

from tui.api.decoding import Page, decode_one, decode_page
from tui.api.errors import AnswerError, NotFoundError
from tui.api.models import Company, Contact
from tui.api.resource import Resource
from tui.api.transport import segment
from tui.model.labels import api_errors

__all__ = ["Companies", "CompanyFields"]


class CompanyFields(TypedDict, total=False):
    """What can be written on a company; leave out what shall stay. ``company_id`` is the customer's own id."""

    company_id: str
    name: str
    plan: str
    size: int
    website: str
    industry: str
    custom_attributes: dict[str, str]
    remote_created_at: int
    monthly_spend: int


class Companies(Resource):
    """``/companies``."""

    async def create_or_update(self, **fields: Unpack[CompanyFields]) -> Company:
        """A new company, or a change to the one of that ``company_id`` (POST /companies)."""
        return await self._one(
            "POST",
            "/companies",
            Company,
            json=dict(fields),
            repeatable=bool(fields.get("company_id")),
        )

    async def get(self, company_id: str) -> Company:
        """One company by Intercom's id (GET /companies/{id})."""
        return await self._one("GET", _path(company_id), Company)

    async def find(self, own_id: str) -> Company:
        """One company by the customer's own id (GET /companies?company_id=…). Raises :class:`NotFoundError`."""
        return await self._call("GET", "/companies", _only_one, params={"company_id": own_id})

    def list_pages(self, *, per_page: int = 50) -> AsyncIterator[Page[Company]]:
        """Numbered pages of all companies, 10,000 at most (POST /companies/list)."""
        return self._listed("/companies/list", Company, "data", params={"per_page": per_page}, method="POST")

    def contact_pages(self, company_id: str) -> AsyncIterator[Page[Contact]]:
        """Pages of a company's people (GET /companies/{id}/contacts)."""
        return self._listed(f"{_path(company_id)}/contacts", Contact, "data")


def _only_one(body: bytes) -> Company:
    # The description promises a list, the servers answer with the company itself.
    try:
        page = decode_page(body, Company, "data")
    except AnswerError:
        return decode_one(body, Company)
    if not page.items:
        raise NotFoundError(api_errors.NO_COMPANY, status=404, code="company_not_found")
    return page.items[0]


def _path(company_id: str) -> str:
    return f"/companies/{segment(company_id)}"
