"""A living workspace: it moves, the same way for the same generator, and leaves the visitor's work alone."""

from __future__ import annotations

import asyncio
from random import Random

import pytest

from tui.sandbox.live import Live, run_live
from tui.sandbox.model import Conversation
from tui.sandbox.workspace import Workspace

START = 1_800_000_000.0


def workspace(conversations: int = 150) -> Workspace:
    return Workspace(3, conversations, now=lambda: START)


def lived(steps: int, seed: int = 5) -> tuple[Workspace, list[str]]:
    made = workspace()
    live = Live(made, Random(seed))
    told = []
    for _ in range(steps):
        made.advance(9)
        told.append(live.step())
    return made, told


def mine(made: Workspace) -> list[Conversation]:
    return [each for each in made.conversations if each.admin_assignee_id == made.me.id]


def test_same_generator_same_life() -> None:
    assert lived(60)[1] == lived(60)[1]
    assert lived(60)[1] != lived(60, seed=6)[1]


def test_everything_happens() -> None:
    made, told = lived(400)
    for word in (" writes in ", " begins ", " takes ", " answers in ", " notes in ", " closes ", " rates "):
        assert any(word in each for each in told), word
    begun = [each for each in made.conversations if each.index < 0]
    assert len(begun) > 30
    assert any(each.rating is not None and each.rating.remark for each in made.conversations)


def test_each_step_is_newer_than_the_last() -> None:
    made = workspace()
    live = Live(made, Random(1))
    for _ in range(60):
        before = made.conversations.revision
        made.advance(9)
        live.step()
        assert made.conversations.revision > before
        newest = made.conversations.at(made.conversations.recent()[-1])
        assert newest.updated_at == made.now()


def test_teammates_leave_the_visitors_conversations_alone() -> None:
    made = workspace()
    yours = {each.id: len(made.conversations.parts(each)) for each in mine(made)}
    assert yours
    live = Live(made, Random(2))
    for _ in range(300):
        made.advance(9)
        live.step()
    for conversation_id, count in yours.items():
        conversation = made.conversations.get(conversation_id)
        added = made.conversations.parts(conversation)[count:]
        assert all(part.author.type in ("user", "lead", "bot") for part in added), [p.part_type for p in added]
        assert conversation.admin_assignee_id == made.me.id


def test_nobody_acts_in_the_visitors_name() -> None:
    made, _ = lived(300)
    me = str(made.me.id)
    for conversation_id in made.conversations.changed:
        for part in made.conversations.parts(made.conversations.get(conversation_id)):
            assert part.created_at < START or part.author.id != me


def test_the_customer_answers_the_visitor() -> None:
    made = workspace()
    conversation = next(each for each in mine(made) if each.state == "open" and each.waiting_since is not None)
    made.advance(1)
    made.admin_reply(conversation.id, made.me.id, "<p>Done, have a look.</p>")
    live = Live(made, Random(4))
    for _ in range(25):
        made.advance(9)
        live.step()
        if conversation.waiting_since is not None:
            break
    last = made.conversations.parts(conversation)[-1]
    assert last.author.id == conversation.contacts[0].id
    assert last.body
    assert not conversation.read


def test_a_teammates_answer_follows_the_script() -> None:
    made, _ = lived(300)
    begun = [each for each in made.conversations if each.index < 0]
    threads = [[part for part in made.conversations.parts(each) if part.body] for each in begun]
    assert any(
        len([p for p in parts if p.author.type == "admin" and p.part_type == "comment"]) >= 1 for parts in threads
    )
    for parts in threads:
        bodies = [part.body for part in parts if part.part_type == "note"]
        assert len(bodies) == len(set(bodies))


def test_an_empty_workspace_comes_to_life() -> None:
    made = workspace(0)
    live = Live(made, Random(1))
    for _ in range(10):
        made.advance(9)
        live.step()
    assert len(made.conversations) > 0


async def test_it_runs_until_cancelled() -> None:
    made = workspace(40)
    begun = len(made.conversations)
    moved = asyncio.Event()
    live = Live(made, Random(1), pace=0.001)
    step = live.step

    def counted() -> str:
        told = step()
        if made.conversations.revision > 12 and len(made.conversations) > begun:
            moved.set()
        return told

    live.step = counted  # type: ignore[method-assign]  # to know when it has moved, without sleeping
    task = asyncio.create_task(live.run())
    await asyncio.wait_for(moved.wait(), 20)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_run_live_can_be_cancelled() -> None:
    task = asyncio.create_task(run_live(workspace(20), pace=0.001))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
