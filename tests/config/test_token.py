"""Finding the token, and keeping it out of sight."""

import copy
import os
import pickle
import sys
from pathlib import Path

import pytest

from tui.config.errors import ConfigError
from tui.config.settings import ProfileSettings
from tui.config.token import Token, TokenMissing, find_token

SECRET = "dG9rOjEyMzQ1Ng=="


def python(code: str) -> str:
    return f"{sys.executable} -c '{code}'"


def token_file(tmp_path: Path, content: str = f"{SECRET}\n", mode: int = 0o600) -> Path:
    path = tmp_path / "default.token"
    path.write_text(content, encoding="utf-8")
    path.chmod(mode)
    return path


def test_a_token_hides_itself() -> None:
    token = Token(SECRET)
    assert token.reveal() == SECRET
    for shown in (str(token), repr(token), f"{token}", f"{token!r}", f"{[token]}", format(token)):
        assert SECRET not in shown
    assert not hasattr(token, "__dict__")
    with pytest.raises(TypeError):
        pickle.dumps(token)
    with pytest.raises(TypeError):
        copy.copy(token)
    assert token == Token(SECRET)
    assert token != Token("other")


@pytest.mark.parametrize(
    ("secret", "says"),
    [
        ("", "is empty"),
        (f"{SECRET}\n", "a line break"),
        (f"{SECRET}\r\nX-Evil: 1", "a line break"),
        (f" {SECRET}", "a space or a control character"),
        (f"{SECRET}\x00", "a space or a control character"),
        (f"{SECRET}\x7f", "a space or a control character"),
        (f"{SECRET}é", "other than ASCII"),
        (f"Bearer {SECRET}", "Bearer"),
        ("x" * 5000, "longer than"),
    ],
)
def test_what_is_no_token(secret: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        Token(secret, "INTERCOM_TOKEN")
    assert str(caught.value).startswith("INTERCOM_TOKEN ")
    assert SECRET not in str(caught.value)


def test_the_order_of_places(tmp_path: Path) -> None:
    path = token_file(tmp_path, "from-file\n")
    profile = ProfileSettings(token_env="WORK_TOKEN", token_command=python('print("from-command")'))
    environ = {"INTERCOM_TOKEN": "from-intercom", "WORK_TOKEN": "from-env"}
    assert find_token(profile, environ, path).reveal() == "from-intercom"
    del environ["INTERCOM_TOKEN"]
    assert find_token(profile, environ, path).reveal() == "from-env"
    environ["WORK_TOKEN"] = ""
    assert find_token(profile, environ, path).reveal() == "from-command"
    assert find_token(ProfileSettings(), {}, path).reveal() == "from-file"


def test_no_token_anywhere_says_where_to_put_one(tmp_path: Path) -> None:
    with pytest.raises(TokenMissing, match=r"set INTERCOM_TOKEN, or token_command .* 0600"):
        find_token(ProfileSettings(), {}, tmp_path / "default.token")
    with pytest.raises(TokenMissing):
        find_token(ProfileSettings(token_env="NOT_SET"), {})


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (python('import sys; sys.exit("locked \\x1b[31m")'), r"ended with 1: locked \[31m"),
        (python("pass"), "is empty"),
        (python('print("a\\nb")'), "a line break"),
        (python("import sys; sys.stdout.buffer.write(bytes([255]))"), "not ASCII"),
        ("/nonexistent/command", "cannot be run"),
        ("'unbalanced", "cannot be read"),
        (" ", "is empty"),
    ],
)
def test_commands_that_fail(command: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        find_token(ProfileSettings(token_command=command), dict(os.environ, INTERCOM_TOKEN=""))
    assert "\x1b" not in str(caught.value)


def test_a_command_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.config.token.COMMAND_SECONDS", 0.2)
    with pytest.raises(ConfigError, match="took longer"):
        find_token(ProfileSettings(token_command="sleep 30"), {"PATH": os.environ["PATH"]})


def test_a_command_is_not_a_shell() -> None:
    assert (
        find_token(ProfileSettings(token_command="echo $HOME;id"), {"PATH": os.environ["PATH"]}).reveal() == "$HOME;id"
    )


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666, 0o755])
def test_files_open_to_others_are_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(ConfigError, match=r"open to others \(mode 0\d+\); run: chmod 600") as caught:
        find_token(ProfileSettings(), {}, token_file(tmp_path, mode=mode))
    assert SECRET not in str(caught.value)


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="not a regular file"):
        find_token(ProfileSettings(), {}, private(tmp_path / "directory"))
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo, 0o600)
    with pytest.raises(ConfigError, match="not a regular file"):
        find_token(ProfileSettings(), {}, fifo)
    with pytest.raises(ConfigError, match="longer than"):
        find_token(ProfileSettings(), {}, token_file(tmp_path, "x" * 100_000))
    with pytest.raises(ConfigError, match="other than ASCII"):
        find_token(ProfileSettings(), {}, token_file(tmp_path, "é"))


def private(path: Path) -> Path:
    path.mkdir(mode=0o700)
    return path


def test_a_file_with_a_windows_line_end(tmp_path: Path) -> None:
    assert find_token(ProfileSettings(), {}, token_file(tmp_path, f"{SECRET}\r\n")).reveal() == SECRET
