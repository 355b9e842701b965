"""Cases about what Intercom and the machine may answer: proxies, cut threads, attributes of any shape."""

import runpy
import subprocess
import sys
from typing import Any

from tests.cases.support import Case, case
from tests.cli.support import ROOT, environment


@case("proxy-environment")
def proxy_environment(one: Case) -> None:
    """Never a crash: exit 6 or 2, and a sentence that names the variable."""
    script = one.text("run.sh").replace("intercom-tui admin list", f"{sys.executable} -m tui admin list")
    done = subprocess.run(
        ["sh", "-c", script],
        env=environment(one.home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    codes = [line for line in done.stdout.splitlines() if line.startswith("exit ")]
    assert codes
    assert set(codes) <= {"exit 6", "exit 2"}, done.stdout
    sentences = done.stderr.splitlines()
    assert len(sentences) == len(codes), done.stderr
    for sentence in sentences:
        assert any(name in sentence for name in ("HTTPS_PROXY", "ALL_PROXY", "SSL_CERT_FILE")), sentence
    assert not list(one.home.rglob("crash*"))


@case("more-parts-than-came")
def more_parts_than_came(one: Case) -> None:
    """One line at the top says how many messages are missing, and where they are; programs get the number."""
    with one.served("--conversations", "20") as url:
        listed = one.run(url, "conversation", "list", "--limit", "1", "--json")
        assert listed.code == 0, listed.err
        cid = listed.json()[0]["id"]
        shown = one.run(url, "conversation", "view", cid, "--json").json()
        came = len([part for part in shown["parts"] if part["part_type"] != "source"])
        assert shown["earlier_parts"] == 712 - came
        printed = one.run(url, "conversation", "view", cid)
        thread = printed.out.partition("\n\n")[2]
        assert thread.startswith(f"-- {712 - came} earlier messages are in the browser"), printed.out


@case("attributes-objects")
def attributes_objects(one: Case) -> None:
    """Objects and lists in words for people, untouched for programs."""
    answers: dict[str, Any] = runpy.run_path(str(one.folder / "answers.py"))
    with one.served("--conversations", "20") as url:
        listed = one.run(url, "conversation", "list", "--limit", "1", "--json")
        cid = listed.json()[0]["contact"]["id"]
        shown = one.run(url, "contact", "view", cid, "--json").json()
        assert shown["custom_attributes"] == answers["ATTRIBUTES"]
        assert shown["plan"] == "Gold"
        printed = [line.split(maxsplit=1) for line in one.run(url, "contact", "view", cid).out.splitlines()]
        assert ["nested", "Pro, 1, 2"] in printed
        assert ["topics", "billing, refund"] in printed
        assert ["Plan", "Gold"] in printed
        assert not any("empty" in word for line in printed for word in line)
        assert "{" not in one.run(url, "contact", "view", cid).out
