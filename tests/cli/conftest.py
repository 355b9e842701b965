from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.edited import Edited, editing
from tests.cli.support import TOKEN, Program, Served, serve


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Served]:
    """One served workspace for all; each test takes conversations of its own."""
    yield from serve()


@pytest.fixture
def served(sandbox: Served) -> Iterator[Served]:
    yield sandbox
    sandbox.faults("")
    sandbox.post("/_sandbox/latency", {"ms": 0})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A profile of nobody's."""
    monkeypatch.setenv("INTERCOM_TUI_HOME", str(tmp_path / "home"))
    for name in ("INTERCOM_TOKEN", "INTERCOM_BASE_URL", "NO_COLOR", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "home"


@pytest.fixture
def program(served: Served, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setenv("INTERCOM_TOKEN", TOKEN)
    monkeypatch.setenv("INTERCOM_BASE_URL", served.url)
    return Program(served, home, capsys, monkeypatch)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests that fail are not tried again."""
    monkeypatch.setattr("tui.api.transport._TRIES", 1)


@pytest.fixture
def fresh(served: Served) -> str:
    """The id of a conversation that a customer began just now."""
    contact = served.post("/contacts", {"role": "user", "email": f"p{_number()}@example.test", "name": "Pat Quill"})
    body = {"from": {"type": "user", "id": contact["id"]}, "body": "Where is my parcel?"}
    return str(served.post("/conversations", body)["conversation_id"])


_numbers = iter(range(10**9))


def _number() -> int:
    return next(_numbers)


@pytest.fixture(scope="module")
def proxy(sandbox: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edited]:
    with editing(sandbox.url, tmp_path_factory.mktemp("edited")) as made:
        yield made


@pytest.fixture
def edits(program: Program, proxy: Edited) -> Iterator[Edited]:
    """The program talks to Intercom through a proxy whose answers the test edits."""
    program.monkeypatch.setenv("INTERCOM_BASE_URL", proxy.url)
    proxy.rules({})
    yield proxy
    proxy.rules({})
