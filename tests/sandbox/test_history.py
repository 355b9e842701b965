"""The made-up past: the same for the same seed, and threads true to their headers."""

from __future__ import annotations

import pytest

from tests.sandbox.conftest import Watch
from tui.sandbox.history import is_long
from tui.sandbox.model import Conversation
from tui.sandbox.wire.conversations import whole
from tui.sandbox.workspace import Workspace


def waiting(conversation: Conversation, workspace: Workspace) -> int | None:
    """Since when the customer waits, by the words alone."""
    since: int | None = conversation.created_at
    for part in workspace.conversations.parts(conversation):
        if part.body is None or part.part_type == "note":
            continue
        theirs = part.author.type in ("user", "lead")
        since = (part.created_at if since is None else since) if theirs else None
    return since


def test_the_same_seed_makes_the_same_workspace() -> None:
    """Whatever the order in which it is looked at; another seed makes another."""
    one, two, other = (Workspace(seed, 300, Watch()) for seed in (5, 5, 6))
    first = [whole(one, conversation) for conversation in one.conversations]
    second = [whole(two, conversation) for conversation in reversed(list(two.conversations))]
    assert first == second[::-1]
    assert first != [whole(other, conversation) for conversation in other.conversations]


def test_threads_are_true_to_their_headers(big: Workspace) -> None:
    """Times in order, the last at ``updated_at``; whoever waits has written last; the state is the last part's."""
    store = big.conversations
    for conversation in store:
        parts = store.parts(conversation)
        times = [conversation.created_at, *(part.created_at for part in parts)]
        assert times == sorted(times)
        assert times[-1] == conversation.updated_at <= big.now()
        assert len({part.id for part in parts}) == len(parts)
        if conversation.state == "closed":
            assert parts[-1].part_type == "close"
        else:
            assert waiting(conversation, big) == conversation.waiting_since
        assert (conversation.state == "snoozed") == (conversation.snoozed_until is not None)
        if parts:
            assert parts[-1].state == conversation.state


def test_a_desk_has_everything_in_it(big: Workspace) -> None:
    """What the screen must be able to show occurs."""
    store = big.conversations
    conversations = list(store)
    assert {one.state for one in conversations} == {"open", "closed", "snoozed"}
    assert any(one.rating for one in conversations)
    assert {one.sla.status for one in conversations if one.sla} == {"hit", "missed", "active"}
    threads = [store.parts(one) for one in conversations]
    types = {part.part_type for thread in threads for part in thread}
    assert types >= {"comment", "note", "assignment", "close", "open", "snoozed", "operator_workflow_event"}
    assert any(part.author.is_ai_answer for thread in threads for part in thread)
    assert any(part.attachments for thread in threads for part in thread)
    assert max(map(len, threads)) > 500
    sources = [store.source(one) for one in conversations]
    assert {source.type for source in sources} == {"email", "conversation"}
    assert {contact.language for contact in big.contacts} >= {"en", "es", "de"}


@pytest.mark.parametrize("count", [0, 1, 5])
def test_small_workspaces_work(count: int) -> None:
    """Down to an empty one."""
    workspace = Workspace(1, count, Watch())
    assert len(workspace.conversations) == count
    assert len(workspace.contacts) > 0
    for conversation in workspace.conversations:
        whole(workspace, conversation)


def test_forgotten_threads_come_back_the_same() -> None:
    """Threads are let go when many have been read; the changed ones never."""
    workspace = Workspace(2, 2600, Watch())
    store = workspace.conversations
    conversations = list(store)
    changed = conversations[3]
    workspace.customer_reply(changed.id, "<p>kept</p>")
    first = [(part.id, part.body) for part in store.parts(conversations[10])]
    for conversation in conversations:
        store.parts(conversation)
    assert sum(one.parts is not None for one in conversations) <= 2001
    assert [(part.id, part.body) for part in store.parts(conversations[10])] == first
    assert store.parts(changed)[-1].body == "<p>kept</p>"
    assert any(is_long(one.index) for one in conversations)
