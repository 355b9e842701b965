"""Bad input, a bad token, no network, a fault of our own: one sentence, an exit code, no traceback, no token."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.support import ROOT, TOKEN, Program, Served, child, environment
from tui.cli.main import main
from tui.cli.parsing import bare_low_bandwidth


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("nonsense",), "invalid choice"),
        (("conversation",), "required"),
        (("conversation", "lists"), "invalid choice"),
        (("conversation", "list", "--lim", "3"), "nrecognized"),
        (("--region", "mars", "admin", "list"), "invalid choice"),
        (("--base-url", "ftp://x", "admin", "list"), "https://"),
        (("--base-url", "not an address", "admin", "list"), "spaces"),
        (("--base-url", "http://api.intercom.io", "admin", "list"), "in clear"),
        (("--base-url", "http://127.0.0.1.evil.test", "admin", "list"), "in clear"),
        (("--base-url", "https://user:pass@x.test", "admin", "list"), "user or password"),
        (("--profile", "no/slash", "admin", "list"), "profile"),
        (("--profile", "unknown", "admin", "list"), "unknown"),
        (("--config", "/nowhere/at/all.toml", "admin", "list"), "no settings file"),
        (("--config", "n" * 5000, "admin", "list"), "no settings file"),
        (("--config", "~nobody-of-that-name/x", "admin", "list"), "no settings file"),
        (("--low-bandwidth=perhaps",), "invalid choice"),
    ],
)
def test_usage(program: Program, argv: tuple[str, ...], says: str) -> None:
    assert says in program.fails(2, *argv)


def test_base_url_of_the_environment_is_checked_too(program: Program) -> None:
    program.monkeypatch.setenv("INTERCOM_BASE_URL", "http://example.test")
    assert "in clear" in program.fails(2, "admin", "list")


def test_a_region_said_outweighs_an_address_in_the_environment(program: Program) -> None:
    from tui.cli.main import build_parser
    from tui.cli.opening import chosen

    with chosen(build_parser().parse_args(["admin", "list", "--region", "eu"])) as (profile, _):
        assert profile.base_url == "https://api.eu.intercom.io"
    with chosen(build_parser().parse_args(["admin", "list"])) as (profile, _):
        assert profile.base_url == program.served.url


def test_options_stand_before_or_after_the_noun(program: Program) -> None:
    program.monkeypatch.delenv("INTERCOM_BASE_URL")
    url = program.served.url
    assert program.json("--base-url", url, "admin", "list") == program.json("admin", "list", "--base-url", url)


def test_broken_settings_name_the_file(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[ui]\nthemes = 'x'\n")
    sentence = program.fails(2, "--config", str(file), "admin", "list")
    assert str(file) in sentence
    assert "did you mean theme" in sentence


def test_no_token(program: Program) -> None:
    program.monkeypatch.delenv("INTERCOM_TOKEN")
    for argv in ((), ("admin", "list"), ("conversation", "reply", "1", "x")):
        sentence = program.fails(3, *argv)
        assert "INTERCOM_TOKEN" in sentence
        assert "--demo" in sentence


def test_wrong_token(program: Program) -> None:
    program.monkeypatch.setenv("INTERCOM_TOKEN", "wrong-token")
    sentence = program.fails(3, "admin", "list")
    assert "region" in sentence
    assert "wrong-token" not in sentence


def test_wrong_region_hint() -> None:
    from tui.api.errors import AuthError
    from tui.cli.failure import understood

    failure = understood(
        AuthError("Access token rejected by api.eu.intercom.io (Unauthorized). Check the token and region.", status=401)
    )
    assert failure is not None
    assert "--region us" in failure.in_shell()
    assert failure.exit_code == 3


@pytest.mark.parametrize("token", ["Bearer abc", "with space", "tök"])
def test_malformed_token_is_not_repeated(program: Program, token: str) -> None:
    program.monkeypatch.setenv("INTERCOM_TOKEN", token)
    assert token not in program.fails(3, "admin", "list")


def test_token_file(program: Program, tmp_path: Path) -> None:
    program.monkeypatch.setenv("INTERCOM_TOKEN", "wrong-token")
    file = tmp_path / "token"
    file.write_text(TOKEN + "\n")
    file.chmod(0o644)
    assert "chmod 600" in program.fails(3, "--token-file", str(file), "admin", "list")
    file.chmod(0o600)
    program.ok("--token-file", str(file), "admin", "list")
    assert "token file does not exist" in program.fails(3, "--token-file", str(tmp_path / "none"), "admin", "list")


@pytest.mark.usefixtures("impatient")
def test_network(program: Program) -> None:
    assert "cannot be reached" in program.fails(6, "--base-url", "http://127.0.0.1:9", "admin", "list")


@pytest.mark.usefixtures("impatient")
def test_server_failure(program: Program, served: Served) -> None:
    served.faults("5xx=1")
    program.fails(6, "admin", "list")


def test_another_workspace_in_the_same_profile(program: Program) -> None:
    import sqlite3

    program.ok("admin", "list")
    path = program.json("store", "info")["path"]
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = 'elsewhere' WHERE key = 'workspace'")
    db.close()
    assert "another profile" in program.fails(3, "conversation", "close", "1")


def test_the_app_wants_a_terminal(program: Program) -> None:
    assert "terminal" in program.fails(1)


def test_python_m_tui_and_version(home: Path) -> None:
    shown = child("--version", home=home)
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("intercom-tui ")
    help_text = child("--help", home=home).out
    assert "NOUN" in help_text
    assert f"Settings: {home / 'config' / 'config.toml'}" in help_text
    assert not home.exists()


def test_a_fault_of_our_own(program: Program) -> None:
    """The report has the traceback and no token, the terminal a sentence, the shell 70."""

    def fail(*args: object) -> None:
        secret = TOKEN
        raise ZeroDivisionError(f"the token is {secret}")

    program.monkeypatch.setattr("tui.cli.admin._list", fail)
    sentence = program.fails(70, "admin", "list")
    assert "ZeroDivisionError" in sentence
    reports = list(program.home.rglob("crash.txt"))
    assert len(reports) == 1
    report = reports[0].read_text()
    assert "in fail" in report
    assert TOKEN not in report
    assert reports[0].stat().st_mode & 0o077 == 0


def test_a_fault_that_cannot_be_reported(program: Program, tmp_path: Path) -> None:
    def fail(*args: object) -> None:
        raise ZeroDivisionError(TOKEN)

    program.monkeypatch.setattr("tui.cli.admin._list", fail)
    blocked = tmp_path / "file"
    blocked.write_text("")
    program.monkeypatch.setenv("INTERCOM_TUI_HOME", str(blocked))
    assert "ZeroDivisionError" in program.fails(70, "admin", "list")


def test_interrupt_is_quiet(program: Program, served: Served, home: Path) -> None:
    served.post("/_sandbox/latency", {"ms": 20_000})
    try:
        env = environment(home, INTERCOM_TOKEN=TOKEN, INTERCOM_BASE_URL=served.url)
        with subprocess.Popen(
            [sys.executable, "-m", "tui", "admin", "list"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=ROOT, start_new_session=True,
        ) as process:  # fmt: skip
            store = home / "data" / "default" / "store.sqlite3"
            while not store.exists():  # the request follows at once
                os.sched_yield()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=20)
        assert (process.returncode, out, err) == (130, b"", b"")
    finally:
        served.http.post("/_sandbox/latency", json={"ms": 0}, timeout=60)


def test_broken_pipe_is_quiet(served: Served, home: Path) -> None:
    env = environment(home, INTERCOM_TOKEN=TOKEN, INTERCOM_BASE_URL=served.url)
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tui", "conversation", "list", "--json", "--limit", "500"],
            stdout=writer, stderr=subprocess.PIPE, env=env, cwd=ROOT, timeout=60, check=False,
        )  # fmt: skip
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_locale_that_cannot_write_the_signs(served: Served, home: Path) -> None:
    more = {"INTERCOM_TOKEN": TOKEN, "INTERCOM_BASE_URL": served.url, "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    shown = child("conversation", "list", "--limit", "500", home=home, **more)
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.isascii()
    document = child("conversation", "list", "--limit", "500", "--json", home=home, **more)
    assert any(not row["preview"].isascii() for row in document.json())


def test_low_bandwidth_takes_no_word_that_follows() -> None:
    assert bare_low_bandwidth(["--low-bandwidth", "admin", "list"]) == ["--low-bandwidth=on", "admin", "list"]
    assert bare_low_bandwidth(["note", "1", "--", "--low-bandwidth"]) == ["note", "1", "--", "--low-bandwidth"]


def test_colour_only_where_it_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.cli import output

    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert output.styled("x", "bold") == "\x1b[1mx\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert output.styled("x", "bold") == "x"
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert output.styled("x", "bold") == "x"


def test_help_exits_zero(capsys: pytest.CaptureFixture[str]) -> None:
    for argv in (["--help"], ["conversation", "--help"], ["conversation", "reply", "--help"], ["sandbox", "--help"]):
        assert main(argv) == 0
        assert "usage: intercom-tui" in capsys.readouterr().out
