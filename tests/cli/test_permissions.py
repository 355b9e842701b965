"""Folders are 0700 and files 0600 whatever the umask; what is another's is refused, with what to run."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.support import ROOT, TOKEN, Served, environment

OTHER = 65534
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")


class Run:
    """The program under an umask, on a profile of its own."""

    def __init__(self, served: Served, home: Path) -> None:
        self.home = home
        self.env = environment(home, INTERCOM_TOKEN=TOKEN, INTERCOM_BASE_URL=served.url)

    def __call__(self, *argv: str, umask: str = "022") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["/bin/sh", "-c", f'umask {umask}; exec "$@"', "sh", sys.executable, "-m", "tui", *argv],
            capture_output=True, text=True, env=self.env, cwd=ROOT, stdin=subprocess.DEVNULL, timeout=100, check=False,
        )  # fmt: skip

    def refused(self, *argv: str) -> str:
        """The one sentence that it ends with; no request was made, and it is no fault."""
        result = self(*argv)
        assert result.returncode in (1, 2, 3), result.stderr
        assert result.stderr.count("\n") == 1
        return result.stderr


@pytest.fixture
def run(served: Served, tmp_path: Path) -> Run:
    return Run(served, tmp_path / "home")


def modes(home: Path) -> dict[str, int]:
    return {
        str(one.relative_to(home)): stat.S_IMODE(one.stat().st_mode) for one in home.rglob("*") if not one.is_symlink()
    }


def closed(home: Path) -> None:
    """Nothing of ours is open to anybody else, and we can use it."""
    found = modes(home)
    assert found
    for name, mode in found.items():
        assert mode == (0o700 if (home / name).is_dir() else 0o600), (name, oct(mode))


@pytest.mark.parametrize("umask", ["000", "022", "077", "777"])
def test_whatever_the_umask_all_is_ours_alone(run: Run, umask: str) -> None:
    assert run("admin", "list", umask=umask).returncode == 0
    closed(run.home)
    # words that nobody knows a conversation for go into a file
    run.env["INTERCOM_TOKEN"] = "wrong"
    assert "kept in" in run("conversation", "note", "1", "words", umask=umask).stderr
    closed(run.home)


def test_what_is_found_open_is_closed(run: Run) -> None:
    assert run("admin", "list").returncode == 0
    (run.home / "config").mkdir(mode=0o700)
    for folder in [run.home / "config", run.home / "data", run.home / "data" / "default"]:
        folder.chmod(0o777)
    (run.home / "data" / "default" / "store.sqlite3").chmod(0o644)
    assert run("outbox", "list").returncode == 0
    closed(run.home)


@as_root
@pytest.mark.parametrize("name", ["data", "data/default", "config", "data/default/store.sqlite3", "config/config.toml"])
def test_what_is_another_users_is_refused(run: Run, name: str) -> None:
    assert run("admin", "list").returncode == 0
    (run.home / "config").mkdir(mode=0o700)
    (run.home / "config" / "config.toml").write_text("")
    os.chown(run.home / name, OTHER, OTHER)
    said = run.refused("admin", "list")
    assert "belongs to another user" in said
    assert f"chown -h root {run.home / name}" in said


def test_what_others_may_write_is_refused(run: Run) -> None:
    assert run("admin", "list").returncode == 0
    (run.home / "config").mkdir(mode=0o700)
    settings = run.home / "config" / "config.toml"
    settings.write_text("")
    for file in (settings, run.home / "data" / "default" / "store.sqlite3"):
        before = file.stat().st_mode
        file.chmod(0o666)
        said = run.refused("admin", "list")
        assert "can be written by others" in said
        assert f"chmod go-w {file}" in said
        file.chmod(before)
    settings.chmod(0o644)
    assert run("admin", "list").returncode == 0


@as_root
def test_a_link_that_another_user_laid_is_refused_and_one_of_ours_is_followed(run: Run, tmp_path: Path) -> None:
    elsewhere = tmp_path / "settings.toml"
    elsewhere.write_text("")
    elsewhere.chmod(0o600)
    (run.home / "config").mkdir(mode=0o700, parents=True)
    link = run.home / "config" / "config.toml"
    link.symlink_to(elsewhere)
    assert run("admin", "list").returncode == 0
    os.chown(link, OTHER, OTHER, follow_symlinks=False)
    assert "belongs to another user" in run.refused("admin", "list")


@as_root
def test_a_folder_that_cannot_be_entered_is_a_sentence(run: Run, tmp_path: Path) -> None:
    """As somebody who may not: the folders are root's."""
    run.home.mkdir(mode=0o700)
    (run.home / "data").mkdir(mode=0o700)
    code = (
        "import os, sys; os.setgid(65534); os.setuid(65534)\n"
        "from tui.cli.main import main\nsys.exit(main(['admin', 'list']))"
    )
    if not os.access(sys.executable, os.X_OK) or stat.S_IMODE(Path.home().stat().st_mode) & 0o001 == 0:
        pytest.skip("the interpreter lies where nobody else may go")
    done = subprocess.run(
        [sys.executable, "-c", code], env=run.env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode in (1, 2), done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
