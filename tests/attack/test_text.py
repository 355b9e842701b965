"""A stranger's words in every place where words are shown: they are text, and nothing else happens."""

import base64
import json
import re
from pathlib import Path

from tests.attack.conftest import program, terminal, wrong_bytes
from tests.attack.hostile import EVIL, SHOWN, Server, Status, World, conversation, part, person
from tui.text.sanitize import clean

LINKS = f"""<p>{EVIL}</p><a href="javascript:alert(1)">one</a> <a href="data:text/html,x">two</a>
<a href="file:///etc/passwd">three</a> <a href="https://bank.example@evil.example/">four</a>
<a href="https://\u0430pple.com/">apple.com</a> <a href="http://evil.example">http://bank.example</a>
<a href="-x">five</a> <a href="http://x.example/$(touch pwned);`id`">six</a>"""


def poisoned() -> World:
    """A workspace that says EVIL wherever it may say anything."""
    world = World()
    author = {"type": "user", "id": "c1", "name": EVIL, "email": EVIL}
    files = [{"type": "upload", "name": EVIL, "url": "javascript:alert(1)", "content_type": EVIL, "filesize": 5}]
    shop = {"id": "1", "name": EVIL, "company_id": EVIL, "plan": {"name": EVIL}}
    said = {
        "id": "1", "name": EVIL, "body": f"<p>{EVIL}</p>", "author": {**author, "type": "admin"}, "event_name": EVIL,
        "created_at": 1_700_000_000,
    }  # fmt: skip
    world.people = {
        "c1": person(1, EVIL, email=EVIL, phone=EVIL, external_id=EVIL, browser=EVIL, os=EVIL,
                     location={"city": EVIL, "country": EVIL}, custom_attributes={EVIL: EVIL, "plan": EVIL, "tz": EVIL})
    }  # fmt: skip
    world.admins = [{"type": "admin", "id": "7", "name": EVIL, "email": EVIL}]
    world.me = {**world.admins[0], "app": {"id_code": "abc", "name": EVIL}}
    world.tags = [{"type": "tag", "id": "t1", "name": EVIL}]
    world.teams = [{"type": "team", "id": "70", "name": EVIL, "admin_ids": [7]}]
    made = conversation(
        2, EVIL, f"<p>{EVIL}</p>", title=EVIL, tags={"tags": world.tags}, admin_assignee_id=7, team_assignee_id=70,
        conversation_rating={"rating": 3, "remark": EVIL}, sla_applied={"sla_name": EVIL, "sla_status": "missed"},
    )  # fmt: skip
    made["source"].update(author=author, attachments=files)
    world.conversations = [made]
    changed = {"attribute": {"name": EVIL}, "value": {"name": EVIL}}
    world.parts["2"] = [
        part(1, LINKS, author=author, attachments=files),
        part(2, f"<p>{EVIL}</p>", part_type="note", author={**author, "type": "admin"}),
        part(3, "", part_type="assignment", assigned_to={"type": "admin", "id": "7"}, author=author),
        part(4, "", part_type="conversation_attribute_updated_by_admin", event_details=changed, author=author),
        part(5, "", part_type=EVIL, author=author),
    ]
    world.overrides["GET /contacts/c1/companies"] = {"type": "list", "data": [shop]}
    world.overrides["GET /contacts/c1/(segments|notes|tags)"] = {"type": "list", "data": [said]}
    world.overrides["GET /events"] = {"type": "event.list", "events": [said]}
    refusal = {"type": "error.list", "errors": [{"code": EVIL, "message": EVIL}], "request_id": EVIL}
    world.overrides["POST /conversations/2/(reply|parts)"] = Status(422, json.dumps(refusal).encode())
    return world


def test_on_the_screen(tmp_path: Path, world: World, server: Server) -> None:
    server.world = poisoned()
    with terminal(tmp_path, server, columns=160, rows=45) as screen:
        screen.wait_for(SHOWN)
        screen.press("enter")
        screen.wait_for("rated 3 of 5")
        screen.settle()
        assert "[1]" in screen.text
        assert screen.text.count(SHOWN) > 8, "thread and contact show it"
        assert "(evil.example)" in screen.text
        assert "xn--pple-43d.com" in screen.text
        for dialog in "yfatTvz?:":
            screen.press(dialog)
            screen.settle(0.1)
            if dialog == "f":
                assert "javascript" not in screen.text
                assert "bank.example@" not in screen.text
                assert "http://evil.example" in screen.text
            screen.press("escape")
            screen.settle(0.1)
        screen.press("c")
        screen.wait_for("was rejected")
        screen.press("O")
        screen.wait_for("Outbox")
        screen.press("enter")
        screen.wait_for("Rejected by Intercom")
        screen.press("escape")
        screen.settle(0.1)
        screen.press("escape")
        screen.settle(0.1)
        screen.press("r")
        screen.settle(0.1)
        screen.send(f"\x1b[200~{EVIL}\x1b[201~")
        screen.wait_until(lambda: "[@click=app.quit]x[/]" in screen.text.split("┃")[-1])
        screen.press("escape")
        screen.settle(0.1)
        assert wrong_bytes(bytes(screen.raw)) == []
        # A copy is the one thing that may write the clipboard, and then it holds cleaned words.
        screen.press("y")
        screen.wait_for("Copy")
        screen.send("name")
        screen.settle(0.1)
        screen.press("enter")
        screen.wait_for("copied")
        copied = re.findall(rb"\x1b\]52;c;([^\x07]*)\x07", bytes(screen.raw))
        assert [base64.b64decode(each).decode() for each in copied] == [clean(EVIL).strip()]
        assert screen.process.poll() is None
        screen.press("q")
        screen.settle(0.2)
        screen.press("q")
        assert screen.wait_exit() == 0
    assert not Path("pwned").exists()


def test_on_the_command_line(tmp_path: Path, world: World, server: Server) -> None:
    server.world = poisoned()
    for argv in (
        ("conversation", "list"), ("conversation", "view", "2"), ("conversation", "view", "2", "--json"),
        ("contact", "view", "c1"), ("admin", "list", "--json"), ("tag", "list"),
        ("conversation", "reply", "2", EVIL), ("conversation", "tag", "2", EVIL), (EVIL,),
    ):  # fmt: skip
        done = program(*argv, home=tmp_path, server=server)
        assert wrong_bytes(done.stdout + done.stderr) == [], argv
        assert b"\x1b" not in done.stdout + done.stderr, argv
        assert SHOWN.encode() in done.stdout + done.stderr, argv
        assert b"Traceback" not in done.stderr
    with terminal(tmp_path, server, "conversation", "view", "2") as screen:
        assert screen.wait_exit() == 0
        assert wrong_bytes(bytes(screen.raw)) == []
        assert re.sub(rb"\x1b\[\d*m", b"", bytes(screen.raw)).count(b"\x1b") == 0
