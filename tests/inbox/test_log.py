"""The log: what it tells, to whom, and what it never holds whatever comes over the line and is typed."""

import logging
import os
import stat
import sys
from pathlib import Path

import pytest

from tests.inbox.conftest import TOKEN, Desk
from tui.config.log import BYTES, FILE, open_log
from tui.model.log import ROOT, code_words, logger, path_words, request_words
from tui.sandbox.faults import Faults
from tui.sandbox.workspace import Workspace

SECRETS = ("wörtlich", "Ada L.", "ada@hostile.example", "</script>", "sk_live_1")
HOSTILE = " ".join(SECRETS) + "\x1b[2J\nWARNING forged line"


def lines(folder: Path) -> list[str]:
    return [line for file in sorted(folder.glob(f"{FILE}*")) for line in file.read_text("utf-8").splitlines()]


def test_nothing_is_made_before_there_is_something_to_tell(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    with open_log(folder, "warning"):
        logger("api").info("nothing to see")
        assert not folder.exists()
        logger("api").warning("something")
    assert [line.split(" ", 1)[1] for line in lines(folder)] == [f"WARNING {os.getpid()} tui.api: something"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    logger("api").warning("after its end")
    assert len(lines(folder)) == 1


def test_off_means_nothing_and_each_level_means_its_own(tmp_path: Path) -> None:
    counts = []
    for level in ("off", "error", "warning", "info", "debug"):
        folder = tmp_path / level
        with open_log(folder, level):
            for number in (10, 20, 30, 40):
                logger("outbox").log(number, "a line")
        counts.append(len(lines(folder)))
    assert counts == [0, 1, 2, 3, 4]
    assert ROOT.level == logging.NOTSET


def test_it_rotates_and_every_file_is_private(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    with open_log(folder, "info"):
        for _ in range(5 * BYTES // 1000):
            logger("api").info("x" * 1000)
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == [FILE, *(f"{FILE}.{number}" for number in (1, 2, 3))]
    assert all(file.stat().st_size <= BYTES for file in files)
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_log_that_cannot_be_written_is_nobodys_trouble(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "log").write_text("a file in its place")
    with open_log(tmp_path / "log", "debug"):
        logger("api").error("lost")
        logger("api").error("and this")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/conversations/123/parts", "/conversations/123/parts"),
        ("/contacts/6762f0dd1bb69f9f2193bb83", "/contacts/6762f0dd1bb69f9f2193bb83"),
        ("/contacts/find_by_external_id/ada", "/contacts/find_by_external_id/…"),
        ("/contacts/ada%40x.example", "/contacts/…"),
        ("/contacts?email=ada%40x.example", "/contacts"),
        ("/contacts/1\n2", "/contacts/…"),
    ],
)
def test_a_path_is_told_with_ids_alone(path: str, told: str) -> None:
    assert path_words(path) == told


def test_what_servers_say_is_told_only_where_it_is_an_id() -> None:
    assert [request_words(one) for one in ("000abc-1", "", "a b", "x" * 65, "1\n")] == ["000abc-1", "-", "-", "-", "-"]
    assert [code_words(one) for one in ("not_found", "", "Ada L.", "a\nb")] == ["not_found", "-", "-", "-"]


async def test_a_session_of_hostile_words_leaves_none_of_them(tmp_path: Path, workspace: Workspace) -> None:
    desk = Desk(tmp_path / "store.sqlite3", workspace, Faults.parse("5xx=0.2,429=0.05", seed=4))
    folder = tmp_path / "log"
    with open_log(folder, "debug"):
        await desk.start()
        await desk.wait(lambda: len(desk.inbox.views.list(desk.inbox.views.get("open"))) > 2)
        cid = desk.inbox.views.list(desk.inbox.views.get("open")).id_at(0)
        await desk.inbox.actions.reply(cid, HOSTILE)
        await desk.inbox.actions.note(cid, HOSTILE)
        await desk.wait(lambda: not desk.inbox.outbox.pending())
        await desk.inbox.stop()
    desk.store.close()
    told = "\n".join(lines(folder))
    assert "tui.api: POST /conversations/" in told
    assert "tui.outbox: action 1: done" in told
    assert "tui.api: GET /me: 200" in told
    for secret in (*SECRETS, TOKEN, "forged", "\x1b", "per_page", "Bearer"):
        assert secret not in told


def test_what_rotates_is_imported_with_the_first_line(tmp_path: Path) -> None:
    import subprocess

    code = (
        "import sys; from pathlib import Path; from tui.config.log import open_log; from tui.model.log import logger\n"
        "with open_log(Path(sys.argv[1]), 'warning'):\n"
        "    logger('api').info('no')\n    assert 'logging.handlers' not in sys.modules\n"
        "    logger('api').warning('yes')\n    assert 'logging.handlers' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "log")], check=True)
