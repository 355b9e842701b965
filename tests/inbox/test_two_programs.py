"""Two programs on one store, each a process of its own: every action leaves once, in order, whoever sends it."""

import random
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.harness.sandbox import ROOT, Served, environment
from tests.inbox.virtual import EPOCH, Fault, World
from tests.torture import count, journal, plan


def test_two_processes_never_send_the_same_action(tmp_path: Path) -> None:
    """Both journal and both send, with nothing killed: whoever is first to lease an action sends it."""
    with Served(conversations=12, seed=4, latency_ms=5) as served:
        steps = plan.make(served, 60, random.Random(4))
        script, store = tmp_path / "script.json", tmp_path / "store.sqlite3"
        plan.save(script, steps)
        me = str(served.ask("GET", "/me")["id"])
        conversations = {step.conversation_id for step in steps}
        before = {cid: count.events(served.conversation(cid), me) for cid in conversations}
        programs = [
            subprocess.Popen(
                [
                    sys.executable, "-m", "tests.torture.worker", str(script), str(store), served.base_url, "2.0",
                    str(share), "2", "0", "0",
                ],
                cwd=ROOT, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            )
            for share in range(2)
        ]  # fmt: skip
        said = [program.communicate(timeout=100)[0] for program in programs]
        assert [program.returncode for program in programs] == [0, 0], said
        counted = count.count(served, steps, before, me, store)
        assert (counted.lost, counted.twice, counted.disorder) == ([], [], [])
        taken_off = sum(len(count.events(served.conversation(cid), me).get("to ", [])) for cid in conversations)
        taken_off -= sum(len(events.get("to ", [])) for events in before.values())
        sends = sum(
            number
            for name, number in served.ask("GET", "/_sandbox/stats")["requests"].items()
            if name.split()[0] in ("POST", "PUT", "DELETE") and "search" not in name and "_sandbox" not in name
        )
    db = sqlite3.connect(store)
    rows = journal.rows(db)
    assert {row.state for row in rows} <= {"done", "undone"}
    done = [row for row in rows if row.state == "done"]
    # all but what the other program may have done first, and what a later step took back within the undo window
    sure = [step for step in steps if step.kind not in plan.MAY_BE_NOTHING]
    assert len(rows) >= len(sure) > 40
    assert len(done) >= len(sure) - sum(row.state == "undone" for row in rows)
    # of a team, what takes the teammate off is a request of its own
    assert sends == len(done) + taken_off
    assert db.execute("SELECT DISTINCT attempts FROM outbox WHERE state = 'done'").fetchall() == [(1,)]
    db.close()


def test_programs_that_start_at_once_make_one_store(tmp_path: Path) -> None:
    opening = """
import sys, time
from pathlib import Path
from tui.store.store import Store
for n in range(25):
    print(n, flush=True)
    sys.stdin.readline()
    Store.open(Path(sys.argv[1]) / f"{n}.db").close()
"""
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", opening, str(tmp_path)], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        for _ in range(3)
    ]  # fmt: skip
    for n in range(25):
        for program in programs:
            assert program.stdout is not None
            assert program.stdout.readline() == f"{n}\n"
        for program in programs:
            assert program.stdin is not None
            program.stdin.write("\n")
            program.stdin.flush()
    assert [(program.communicate()[0], program.returncode) for program in programs] == [("", 0)] * 3


def test_the_second_shows_what_the_first_did_and_neither_waits_for_the_other(world: World) -> None:
    second = world.start()
    world.run(world.program.actions.note(world.cid, "from the first"))
    assert [second.box.text_of(row) for row in second.box.pending()] == [("note", "from the first")]
    world.run(second.actions.note(world.cids[1], "from the second"))
    world.wait(10)
    assert len(world.sent()) == 2
    assert second.box.pending() == world.program.box.pending() == []


def test_what_a_program_left_behind_is_sent_by_the_one_that_runs(world: World) -> None:
    """The command line queues and ends; the screen had nothing to do until then."""
    second = world.start()
    world.wait(30)
    world.run(second.actions.note(world.cid, "queued and gone"))
    world.run(second.actions.snooze(world.cids[1], EPOCH + 86_400))
    world.kill(second)
    world.wait(3)
    assert world.program.board.now.queued == 2
    world.wait(10)
    assert sum("queued and gone" in body for body in world.bodies()) == 1
    assert world.workspace.conversations.get(world.cids[1]).state == "snoozed"


def test_undo_in_one_while_the_other_is_about_to_send(world: World) -> None:
    """However the two meet, the reply is either back or sent, never both."""
    second = world.start()
    for tenths in range(48, 56):
        number = world.run(world.program.actions.reply(world.cid, f"try {tenths}"))
        world.wait(tenths / 10)
        result = world.run(second.box.undo(number))
        world.wait(20)
        sent = sum(f"try {tenths}" in body for body in world.bodies())
        assert sent == (0 if result.text else 1), tenths


def test_order_is_kept_although_both_write_in_one_conversation(world: World) -> None:
    second = world.start()
    world.wire.writes.extend([Fault("cut_after"), Fault("cut_before"), Fault("503"), Fault("ok", there=3)])
    for n in range(8):
        world.run((world.program, second)[n % 2].actions.note(world.cid, f"line {n}"))
        world.wait(0.3)
    world.wait(200)
    assert [body for body in world.bodies() if "line" in body] == [f"<p>line {n}</p>" for n in range(8)]
