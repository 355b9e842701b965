"""Running queries: over conversations newest first with shortcuts, over contacts and tickets plainly."""

from __future__ import annotations

import json
from bisect import bisect_left

from tui.sandbox.errors import Refusal
from tui.sandbox.model import Contact, Conversation, Json, Ticket
from tui.sandbox.order import Key
from tui.sandbox.search.fields import contact_rules, conversation_rules, ticket_rules
from tui.sandbox.search.query import Query, compile_query
from tui.sandbox.workspace import Workspace

_KEPT_RESULTS = 16


class Searcher:
    """Searches one workspace. Results are kept while nothing changes, so that paging does not search again."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._conversations = conversation_rules(workspace)
        self._contacts = contact_rules(workspace)
        self._tickets = ticket_rules(workspace)
        self._kept: dict[str, list[Key]] = {}
        self._kept_at = -1

    def conversations(self, body: Json) -> list[Key]:
        """Keys of the matches, oldest first; raises `Refusal` for a query that Intercom refuses."""
        store = self._workspace.conversations
        document = body.get("query")
        query = compile_query(document, self._conversations)
        if self._kept_at != store.revision:
            self._kept.clear()
            self._kept_at = store.revision
        name = json.dumps(document, sort_keys=True)
        found = self._kept.get(name)
        if found is None:
            matches = query.matches
            found = [key for key in self._candidates(query) if matches(store.at(key))]
            if len(self._kept) >= _KEPT_RESULTS:
                del self._kept[next(iter(self._kept))]
            self._kept[name] = found
        return found

    def _candidates(self, query: Query[Conversation]) -> list[Key]:
        store = self._workspace.conversations
        awake = False
        since = 0
        for name, operator, value in query.required:
            if operator == "=" and name == "contact_ids" and isinstance(value, str):
                known = store.by_contact.get(value.lower(), ())
                return sorted((c.updated_at, c.id) for c in known)
            if operator == "=" and ((name == "open" and value is True) or (name == "state" and value != "closed")):
                awake = True
            if name == "updated_at" and operator in (">", ">=") and isinstance(value, int):
                since = max(since, value)
        keys = store.recent(awake_only=awake)
        return list(keys[bisect_left(keys, (since, 0)) :])

    def contacts(self, body: Json) -> list[Contact]:
        """The matches, newest first; contacts just made are not among them yet."""
        query = compile_query(body.get("query"), self._contacts)
        return [contact for contact in self._workspace.contacts.searchable() if query.matches(contact)]

    def tickets(self, body: Json) -> list[Ticket]:
        """The matches, newest first."""
        query = compile_query(body.get("query"), self._tickets)
        found = [ticket for ticket in self._workspace.tickets if query.matches(ticket)]
        return sorted(found, key=lambda ticket: (-ticket.updated_at, -ticket.id))


def pagination(body: Json) -> Json:
    """The ``pagination`` object of a search, empty when there is none."""
    given = body.get("pagination")
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise Refusal(400, "parameter_invalid", "pagination must be an object")
    return given
