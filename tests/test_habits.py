"""What keeps changes alike: commit titles, hooks, the CI file and the recipes say what the project does."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.commit_title import MOST, main, wrong_with
from tests.readme import ROOT


@pytest.mark.parametrize(
    "message",
    [
        "cli: name the profile in errors",
        "store, inbox: keep what was seen by part\n\nBecause seconds are too coarse.",
        "docs/decisions: say why argparse",
        "Merge branch 'docs'",
        'Revert "cli: name the profile in errors"',
        "ci: " + "x" * (MOST - 4),
    ],
)
def test_titles_that_pass(message: str) -> None:
    assert wrong_with(message) == ""


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("", "begins with an area"),
        ("Say what is wrong", "begins with an area"),
        ("cli:no space", "begins with an area"),
        ("ci: " + "x" * (MOST - 3), "73 characters"),
        ("cli: name the profile.", "no full stop"),
        ("cli: name the profile\nat once", "empty line"),
    ],
)
def test_titles_that_do_not(
    message: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "COMMIT_EDITMSG"
    file.write_text(message, encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["commit_title", str(file)])
    assert main() == 1
    assert said in capsys.readouterr().err


def test_hooks_run_what_is_installed_here_and_fetch_nothing() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repository["repo"] for repository in config["repos"]] == ["local"]
    hooks = config["repos"][0]["hooks"]
    assert {hook["language"] for hook in hooks} == {"system"}
    assert {hook["entry"].split()[0] for hook in hooks} == {"ruff", "codespell", "lint-imports", "python"}


def test_ci_runs_what_people_run_with_every_supported_python() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    job = workflow["jobs"]["check"]
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    matrix = job["strategy"]["matrix"]
    assert [one.partition("-")[0] for one in matrix["os"]] == ["ubuntu", "macos"]
    least = re.search(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert least is not None
    assert matrix["python"][0] == least[1]


def test_recipes_name_modules_that_are_there() -> None:
    text = (ROOT / "justfile").read_text(encoding="utf-8")
    recipes = re.findall(r"^([a-z]+)(?: \*\w+)?:$", text, re.MULTILINE)
    assert recipes == ["check", "test", "bench", "shots", "docs", "coverage"]
    for module in re.findall(r"python -m (tests\.\w+)", text):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file()
    for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines():
        if re.match(r"(ruff|codespell|mypy|lint-imports)\b", line):
            assert f"\n    {' '.join(line.split()[:2]).partition(' --')[0]}" in text


def test_the_check_script_is_a_script() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
