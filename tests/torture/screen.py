"""The same through the real screen: keys in a pseudo-terminal, and every way in which a terminal program ends.

Commands of the shell work on the same store meanwhile, and are killed, too. Deaths are SIGKILL, SIGHUP, SIGTERM, a
terminal that closes, and ``q`` twice. What the screen said is written must be in the outbox, what was typed a second
ago must be a draft, and in the end the workspace holds each action once.
"""

import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.harness.sandbox import ROOT, Served, environment
from tests.terminal.pty_harness import Terminal
from tests.torture import count, journal
from tests.torture.count import Count, Events, events
from tests.torture.journal import MARK
from tests.torture.run import Outcome, Wishes

_WAYS = ("kill",) * 6 + ("hup", "term", "hang up", "quit")
_WRITTEN = re.compile(r"(Note saved|Reply( and close)? will be sent|(Note|Reply( and close)?): )")
_COMPOSER = re.compile("(NOTE|REPLY)  .*(only teammates|the customer)")
_KEYS = (
    "c",
    "i",
    "u",
    "u u",
    "o",
    "M",
    ".",
    "x j x j c",
    "x j x j i",
    "a down down enter",
    "a down down down enter",
    "z 3 h enter",
    "t down space enter",
    "t down down down space enter",
    "T down space enter",
)
"""What else is pressed, beside writing: every kind of action that has a key."""
_GRACE = 6.0
"""Seconds in which a program that was asked to end must have ended, on a machine that does much else."""
_PATIENCE = 10.0
"""Seconds in which the screen must have said that what was sent is written, on such a machine."""


class Desk:
    """A profile on disk, the sandbox it talks to, and what we know of what was done."""

    def __init__(self, home: Path, served: Served, wishes: Wishes, rng: random.Random) -> None:
        self.home, self.served, self.wishes, self.rng = home, served, wishes, rng
        self.written: set[str] = set()
        """Marks of which the screen said that they are written."""
        self.typed: set[str] = set()
        """Marks that were typed a second before the end, and not sent."""
        self.trouble: list[str] = []
        self.deaf: list[str] = []
        """Screens on which a key that should open the composer did not."""
        self.unsaid: list[str] = []
        """Screens that did not say within :data:`_PATIENCE` that what was sent is written: no promise was made then."""
        self.slowest = 0.0
        self.ways: Counter[str] = Counter()
        (home / "config").mkdir()
        (home / "config" / "config.toml").write_text(
            f"[outbox]\nundo_seconds = 1\nsettle_seconds = {max(1, round(wishes.settle))}\n"
            "[sync]\nfast_seconds = 2\nhistory_days = 1\n"
        )
        self.cids: list[str] = []
        self.kills = 0
        """Commands of the shell that were killed."""
        self.commands: list[tuple[subprocess.Popen[bytes], str]] = []
        self.store = home / "data" / "default" / "store.sqlite3"
        self.argv = [sys.executable, "-m", "tui", "--base-url", served.base_url]

    def rows(self, query: str) -> list[Any]:
        """Read the store as a stranger would."""
        db = sqlite3.connect(f"file:{self.store}?mode=ro", uri=True, timeout=10)
        try:
            return db.execute(query).fetchall()
        finally:
            db.close()

    def texts(self, table: str) -> str:
        """All words of the outbox or of the drafts."""
        query = "SELECT payload FROM outbox" if table == "outbox" else "SELECT text FROM drafts"
        return "\n".join(row[0].decode() if isinstance(row[0], bytes) else row[0] for row in self.rows(query))


def _begin(desk: Desk) -> Terminal:
    terminal = Terminal(desk.argv, env=environment(desk.home), columns=100, rows=30)
    terminal.wait_for("\u258c", 30)  # the cursor of a list that holds something
    for _ in range(5):
        # a first start shows Mine by itself once it knows whose it is
        terminal.settle(0.5, 1.5)  # longer than the time in which a digit may still become a count
        if "All open" in terminal.text.splitlines()[1]:
            break
        terminal.press("3")
    return terminal


def _write(desk: Desk, terminal: Terminal, number: int, *, send: bool) -> str:
    """Write a reply or note, and perhaps send it; its mark, or "" where the composer did not open."""
    mark = f"mark{number}x{desk.rng.getrandbits(20):x}end"
    if "All open" not in terminal.text.splitlines()[1]:
        terminal.press("3")
        terminal.settle(0.5, 1.5)  # longer than the time in which a digit may still become a count
    terminal.press(desk.rng.choice("nr"))
    try:
        terminal.wait_for(_COMPOSER, 5.0)
    except TimeoutError:
        desk.deaf.append(terminal.text)
        return ""
    terminal.send(f" {mark}")
    if send:
        terminal.press("ctrl+s")
        try:
            terminal.wait_until(lambda: _says_written(terminal), _PATIENCE, "the confirmation")
        except TimeoutError:
            desk.unsaid.append(terminal.text)
        else:
            desk.written.add(mark)
    return mark


def _says_written(terminal: Terminal) -> bool:
    """Whether the composer is gone and the last line tells why: a line alone may be about something before."""
    text = terminal.text
    return _COMPOSER.search(text) is None and _WRITTEN.search(text.splitlines()[-1]) is not None


def _one_life(desk: Desk, number: int) -> None:
    """Some actions, then an end of one kind or another."""
    rng = desk.rng
    with _begin(desk) as terminal:
        for step in range(rng.randrange(0, 8)):
            terminal.press(*["j"] * rng.randrange(0, 4))
            terminal.settle(0.02, 0.3)
            what = rng.choice(("write", "contact note", *_KEYS))
            if rng.random() < 0.3:
                _command(desk, number * 10 + step)
            if what == "write" or rng.random() < 0.2:
                _write(desk, terminal, number * 10 + step, send=True)
            elif what == "contact note":
                terminal.press("N")
                terminal.settle(0.1, 0.5)
                terminal.send(f"mark{number * 10 + step}x{rng.getrandbits(20):x}end")
                terminal.press("enter")
                terminal.settle(0.05, 0.5)
            else:
                for key in what.split():
                    terminal.press(key)
                    terminal.settle(0.05, 0.3)
                # dialogs and questions that are left open
                terminal.press("escape", "escape", "h")
        typed = ""
        if rng.random() < 0.3:
            typed = _write(desk, terminal, number * 10 + 9, send=False)
            terminal.settle(1.1, 1.2)
            time.sleep(1.0)
        else:
            time.sleep(rng.uniform(0.0, 0.6))
        way = rng.choice(_WAYS)
        desk.ways[way] += 1
        _end(desk, terminal, way)
    _end_commands(desk)
    if typed:
        desk.typed.add(typed)
        if typed not in desk.texts("drafts") and typed not in desk.texts("outbox"):
            desk.trouble.append(f"the draft {typed} is gone after {way}")
    for mark in desk.written:
        if mark not in desk.texts("outbox"):
            desk.trouble.append(f"{mark} was written and is not in the outbox after {way}")
            desk.typed.add(mark)
    desk.written -= desk.typed


def _command(desk: Desk, number: int) -> None:
    """Begin a command of the shell beside the screen."""
    mark = f"mark{number}x{desk.rng.getrandbits(20):x}end"
    kind = desk.rng.choice(("note", "note", "reply"))
    words = ["conversation", kind, desk.rng.choice(desk.cids), f"From the shell: {mark}"]
    process = subprocess.Popen(
        [*desk.argv, *words, *(["--force"] if kind == "reply" else [])], cwd=ROOT, env=environment(desk.home),
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    if desk.rng.random() < 0.6:
        threading.Timer(desk.rng.uniform(0.0, 2.0), process.send_signal, (signal.SIGKILL,)).start()
    desk.commands.append((process, mark))


def _end_commands(desk: Desk) -> None:
    """Take the commands that were not killed at their word: what ended with 0 was sent."""
    for process, mark in desk.commands:
        code = process.wait()
        desk.kills += code == -signal.SIGKILL
        if code == 0:
            desk.written.add(mark)
        elif code == 70:
            desk.trouble.append(f"a command ended with 70, writing {mark}")
    desk.commands.clear()


def _end(desk: Desk, terminal: Terminal, way: str) -> None:
    begun = time.monotonic()
    if way == "kill":
        terminal.send(signal.SIGKILL)
    elif way == "hup":
        terminal.send(signal.SIGHUP)
    elif way == "term":
        terminal.send(signal.SIGTERM)
    elif way == "hang up":
        terminal.hang_up()
    else:
        terminal.press("escape", "escape", "q", "q", "q")
    try:
        terminal.wait_exit(_GRACE)
    except TimeoutError:
        desk.trouble.append(f"still running {_GRACE} s after {way}")
    else:
        if way != "kill":
            desk.slowest = max(desk.slowest, time.monotonic() - begun)


def _finish(desk: Desk, end: float) -> tuple[list[str], bool]:
    """One more life that is left alone until nothing waits; the command line decides what a person must."""
    decisions: list[str] = []
    with _begin(desk) as terminal:
        while time.monotonic() < end:
            waiting = desk.rows(
                "SELECT id, state, held_for, reason FROM outbox WHERE state IN"
                " ('held', 'ready', 'sending', 'unsure', 'rejected')"
            )
            if not waiting:
                terminal.press("q")
                terminal.wait_exit(_GRACE)
                return decisions, False
            for outbox_id, state, held_for, reason in waiting:
                if state == "rejected" or (state == "held" and held_for != "undo"):
                    decisions.append(f"decide {state} {held_for} {reason}")
                    subprocess.run(
                        [*desk.argv, "outbox", "retry", "--force", str(outbox_id)],
                        cwd=ROOT, env=environment(desk.home), check=False, capture_output=True,
                    )  # fmt: skip
            terminal.settle(0.3, 0.6)
    return decisions, True


def _count(desk: Desk, before: dict[str, Events], me: str) -> Count:
    result = Count(lost=list(desk.trouble))
    db = sqlite3.connect(f"file:{desk.store}?mode=ro", uri=True, timeout=10)
    try:
        rows = journal.rows(db)
    finally:
        db.close()
    drafts = desk.texts("drafts")
    for target in sorted({row.target for row in rows}):
        its = [row for row in rows if row.target == target]
        if its[0].action.get("contact_id"):
            _count_contact(result, desk, target, its)
            continue
        conversation = desk.served.conversation(target)
        after = events(conversation, me)
        # words that were taken back are in the composer again, and leave with whatever is written next
        sent = [mark for row in its if row.state == "done" for mark in MARK.findall(row.action.get("text", ""))]
        for row in its:
            for mark in MARK.findall(row.action.get("text", "")):
                what = f"{row.kind} {mark} in {target} ({row.state})"
                result.compare(len(after.get(mark, [])), sent.count(mark), what)
        count.without_words(result, its, conversation, before[target], me)
        done = [row.kind for row in its if row.state == "done" and row.kind in ("close", "open", "snooze")]
        if done and conversation["state"] != {"close": "closed", "open": "open", "snooze": "snoozed"}[done[-1]]:
            result.lost.append(f"the last {done[-1]} of {target}")
        said = [mark for part in conversation["conversation_parts"]["conversation_parts"]
                for mark in MARK.findall(part["body"] or "")]  # fmt: skip
        if sent != said:
            result.disorder.append(f"{target}: journaled {sent}, said {said}")
    everything = desk.texts("outbox") + drafts
    result.lost += [f"the draft {mark} is gone" for mark in desk.typed if mark not in everything]
    return result


def _count_contact(result: Count, desk: Desk, contact_id: str, rows: list[journal.Row]) -> None:
    bodies = [note["body"] for note in desk.served.ask("GET", f"/contacts/{contact_id}/notes?per_page=150")["data"]]
    tags = [str(tag["id"]) for tag in desk.served.ask("GET", f"/contacts/{contact_id}/tags")["data"]]
    done = [row for row in rows if row.state == "done"]
    for mark in {row.value for row in done if row.kind == "note_contact"}:
        result.compare(sum(mark in body for body in bodies), 1, f"{mark} on contact {contact_id}")
    for tag, kind in {row.value: row.kind for row in done if row.kind != "note_contact"}.items():
        result.compare(tags.count(tag), int(kind == "tag_contact"), f"the last {kind} {tag} on contact {contact_id}")


def run(wishes: Wishes) -> Outcome:
    """All of it, through the screen."""
    rng = random.Random(wishes.seed)
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="torture-") as folder,
        Served(conversations=max(60, 3 * wishes.kills), seed=wishes.seed, latency_ms=wishes.latency_ms) as served,
    ):
        desk = Desk(Path(folder), served, wishes, rng)
        me = str(served.ask("GET", "/me")["id"])
        found = served.conversations()
        desk.cids = [str(one["id"]) for one in found]
        before = {str(one["id"]): events(served.conversation(one["id"]), me) for one in found}
        served.faults(wishes.faults, wishes.seed)
        end = started + wishes.minutes * 60
        lives = 0
        while lives < wishes.kills and time.monotonic() < end - 30:
            _one_life(desk, lives)
            lives += 1
            if wishes.verbose and lives % 10 == 0:
                print(f"{lives} lives, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
        decisions, unfinished = _finish(desk, end + 60)
        served.faults("", wishes.seed)
        time.sleep(0.5)
        actions = len(desk.rows("SELECT id FROM outbox"))
        counted = _count(desk, before, me)
        if wishes.verbose:
            print(*desk.deaf, *desk.unsaid, sep="\n", file=sys.stderr)
            print(
                f"{dict(desk.ways)}, {desk.kills} commands killed; slowest end {desk.slowest:.2f} s,"
                f" {len(desk.deaf)} keys unheard, {len(desk.unsaid)} confirmations not seen",
                file=sys.stderr,
                flush=True,
            )
        return Outcome(counted, actions, lives + desk.kills, time.monotonic() - started, decisions, unfinished)
