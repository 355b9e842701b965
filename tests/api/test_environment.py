"""Proxies and certificates of the environment: they work, or a sentence names the variable; no value is a crash."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from tests.api.proxies import TOKEN, authority, proxy, tls_sandbox
from tests.cli.support import ROOT, child
from tui.api.client import Intercom
from tui.api.environment import bypasses, network_for
from tui.api.errors import NotSent, UnusableSetting

API = "https://api.intercom.io"
SECRETS = ("hunter2", "s3cret")
VARIABLES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
UNUSABLE = (
    "socks4://127.0.0.1:9", "socks4a://user:hunter2@127.0.0.1:9", "ftp://127.0.0.1", "quic://x:hunter2@127.0.0.1:1",
    "hunter2s3cret!://127.0.0.1:9", "http://127.0.0.1:99999", "http://127.0.0.1:hunter2", "http://user:hunter2@:80",
    "http://127.0.0.1:0", "http://", "://", ":9", "http://[::1", "http://user:hun ter2 s3cret@127.0.0.1:9",
    "http://user:hunter2#s3cret@127.0.0.1:9", "http://\\hunter2", "socks5://", "@", "/tmp/hunter2", "http://ho st:9",
    "http://-\u0661-.\u2603..:9", "file:///etc/hunter2",
)  # fmt: skip


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy and no certificates but what the test sets."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.parametrize("value", UNUSABLE)
def test_a_proxy_that_cannot_be_used_is_named_and_its_value_never_shown(variable: str, value: str) -> None:
    with pytest.raises(UnusableSetting) as caught:
        network_for(API, {variable: value})
    assert variable in caught.value.message
    assert not any(secret in caught.value.message for secret in SECRETS)


@pytest.mark.parametrize(
    ("value", "scheme", "host", "port"),
    [
        ("127.0.0.1:3128", "http", "127.0.0.1", 3128),
        ("  http://proxy.example:8080/ \n", "http", "proxy.example", 8080),
        ("HTTP://proxy.example", "http", "proxy.example", None),
        ("https://proxy.example:443", "https", "proxy.example", None),
        ("socks5://u:p%40ss@[::1]:1080", "socks5", "::1", 1080),
        ("socks5h://proxy.example:1080", "socks5h", "proxy.example", 1080),
        ("socks://127.0.0.1:1080/", "socks5", "127.0.0.1", 1080),
        ("user:hunter2@proxy.example:3128", "http", "proxy.example", 3128),
    ],
)
def test_addresses_of_proxies_as_people_write_them(value: str, scheme: str, host: str, port: int | None) -> None:
    network = network_for(API, {"ALL_PROXY": value})
    assert network.proxy is not None
    assert (network.proxy.url.scheme, network.proxy.url.host, network.proxy.url.port) == (scheme, host, port)
    assert network.proxy_name == "ALL_PROXY"


def test_which_variable_wins_and_what_goes_through_no_proxy_at_all() -> None:
    both = {"HTTPS_PROXY": "http://a:1", "https_proxy": "http://b:1", "ALL_PROXY": "socks4://c", "HTTP_PROXY": "::"}
    network = network_for(API, both)
    assert network.proxy is not None
    assert network.proxy.url.host == "b"
    assert network_for(API, {"HTTP_PROXY": "http://a:1", "https_proxy": "", "HTTPS_PROXY": "  "}).proxy is None
    for url in ("https://localhost:8900", "https://127.0.0.1", "https://[::1]:1", "http://desk.localhost"):
        assert network_for(url, {"ALL_PROXY": "socks4://x", "http_proxy": "?", "https_proxy": "?"}).proxy is None


@pytest.mark.parametrize(
    ("no_proxy", "url", "is_bypassed"),
    [
        ("*", API, True),
        ("intercom.io", API, True),
        (".intercom.io", API, True),
        ("*.intercom.io", API, True),
        ("api.intercom.io:443", API, True),
        ("api.intercom.io:80", API, False),
        ("https://api.intercom.io", API, True),
        ("ntercom.io", API, False),
        ("API.INTERCOM.IO.", API, True),
        ("x y , api.intercom.io\t", API, True),
        ("10.0.0.0/8,fd00::/8", "https://10.1.2.3", True),
        ("10.0.0.0/8", "https://11.1.2.3", False),
        ("[fd00::1]:443", "https://[fd00::1]", True),
        ("[fd00::1]:80", "https://[fd00::1]", False),
        ("fd00::1", "https://[fd00::1]", True),
        ("fd00::/8", "https://[fd00::1]", True),
        ("", API, False),
        (",,;  ,.,[,],[]:,:,://,/,*x,10.0.0.0/99,%,\u2603,[::1:80,*.", API, False),
        (",,;  ,.,[,],[]:,:,://,/,*x,10.0.0.0/99,%,\u2603,[::1:80,*.", "https://10.0.0.1", False),
    ],
)
def test_no_proxy_in_every_form(no_proxy: str, url: str, is_bypassed: bool) -> None:
    network = network_for(url, {"HTTPS_PROXY": "http://127.0.0.1:9", "no_proxy": no_proxy})
    assert (network.proxy is None) == is_bypassed


def test_a_bypassed_host_asks_nothing_of_the_proxy() -> None:
    assert network_for(API, {"HTTPS_PROXY": "socks4://broken", "NO_PROXY": "intercom.io"}).proxy is None
    assert not bypasses("api.intercom.io", "evil-api.intercom.io.example", 443)


def _broken_certificates(folder: Path) -> dict[str, str]:
    (folder / "empty.pem").touch()
    (folder / "words.pem").write_text("these are no certificates")
    (folder / "broken.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    (folder / "binary.pem").write_bytes(bytes(range(256)) * 20)
    (folder / "none").mkdir()
    return {
        "missing": f"SSL_CERT_FILE={folder}/missing.pem",
        "empty": f"SSL_CERT_FILE={folder}/empty.pem",
        "words": f"SSL_CERT_FILE={folder}/words.pem",
        "broken": f"SSL_CERT_FILE={folder}/broken.pem",
        "binary": f"SSL_CERT_FILE={folder}/binary.pem",
        "a directory": f"SSL_CERT_FILE={folder}",
        "under a file": f"SSL_CERT_FILE={folder}/empty.pem/x",
        "too long": f"SSL_CERT_FILE=/{'x' * 5000}",
        "a device": "SSL_CERT_FILE=/dev/zero",
        "no directory": f"SSL_CERT_DIR={folder}/missing",
        "an empty directory": f"SSL_CERT_DIR={folder}/none",
        "a file as directory": f"SSL_CERT_DIR={folder}/empty.pem",
        "keys nowhere": f"SSLKEYLOGFILE={folder}/missing/keys",
    }


@pytest.mark.parametrize("which", [
    "missing", "empty", "words", "broken", "binary", "a directory", "under a file", "too long", "a device",
    "no directory", "an empty directory", "a file as directory", "keys nowhere",
])  # fmt: skip
def test_certificates_that_cannot_be_used_are_named(
    tmp_path: Path, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    variable, _, value = _broken_certificates(tmp_path)[which].partition("=")
    monkeypatch.setenv(variable, value)
    with pytest.raises(UnusableSetting) as caught:
        network_for(API)
    assert variable in caught.value.message
    assert network_for("http://127.0.0.1:8900").verify is False


async def test_a_private_authority_works_for_https_on_loopback_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = authority(tmp_path)
    async with tls_sandbox(signed) as port:
        for host in ("localhost", "127.0.0.1"):
            async with Intercom(f"https://{host}:{port}", TOKEN) as client:
                with pytest.raises(NotSent, match="could not be verified"):
                    await client.me()
            monkeypatch.setenv("SSL_CERT_FILE", str(signed.file))
            monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
            async with Intercom(f"https://{host}:{port}", TOKEN) as client:
                assert (await client.me()).name
            monkeypatch.delenv("SSL_CERT_FILE")
            monkeypatch.delenv("ALL_PROXY")


@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "socks", "http"])
async def test_proxies_lead_to_intercom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    signed = authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(signed.file))
    speaks = "connect" if scheme == "http" else "socks5"
    async with tls_sandbox(signed) as port, proxy(speaks, port) as on_the_way:
        monkeypatch.setenv("ALL_PROXY", f"{scheme}://127.0.0.1:{on_the_way.port}")
        async with Intercom(API, TOKEN) as client:
            assert (await client.me()).name
    assert on_the_way.asked == ["api.intercom.io"]


async def asked(**variables: str) -> str:
    """The error's type and message of a reply through such an environment, from a process of its own: what the HTTP
    library leaves open after a handshake that failed ends with it."""
    script = """
import asyncio, tui.api.transport
from tui.api.client import Intercom
from tui.api.errors import IntercomError
tui.api.transport._TRIES, tui.api.transport.CONNECT_SECONDS = 1, 0.3
async def main():
    async with Intercom("https://api.intercom.io", "token") as client:
        try:
            print("Answered", (await client.conversations.reply("1", admin_id="2", body="<p>Hello</p>")).id)
        except IntercomError as error:
            print(type(error).__name__, error.message)
asyncio.run(main())
"""
    kept = {name: os.environ[name] for name in ("PATH", "SSL_CERT_FILE") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, env={**kept, **variables}, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await asyncio.wait_for(process.communicate(), 60)
    return out.decode()


async def test_a_socks_proxy_with_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(signed.file))
    async with tls_sandbox(signed) as port, proxy("socks5", port, "ada", "p@ss") as on_the_way:
        monkeypatch.setenv("ALL_PROXY", f"socks5://ada:p%40ss@127.0.0.1:{on_the_way.port}")
        async with Intercom(API, TOKEN) as client:
            assert (await client.me()).name
        for given in ("ada:hunter2@", ""):
            said = await asked(ALL_PROXY=f"socks5://{given}127.0.0.1:{on_the_way.port}")
            assert said.startswith("NotSent The proxy set in ALL_PROXY does not allow connections"), said
            assert "hunter2" not in said


@pytest.mark.parametrize("scheme", ["socks5", "http", "https"])
@pytest.mark.parametrize("speaks", ["something_else", "silence", "socks5", "connect"])
async def test_a_proxy_of_another_kind_is_told_in_a_sentence(scheme: str, speaks: str) -> None:
    """What is behind the proxy's port is nothing, too: no request ever left, so it may be sent again."""
    async with proxy(speaks) as wrong:
        said = await asked(HTTPS_PROXY=f"{scheme}://u:hunter2@127.0.0.1:{wrong.port}")
    assert said.startswith("NotSent "), said
    assert "HTTPS_PROXY" in said
    assert "hunter2" not in said


async def test_a_proxy_that_wants_a_password_is_named() -> None:
    async with proxy("connect", user="somebody") as closed:
        said = await asked(https_proxy=f"http://127.0.0.1:{closed.port}")
    assert said.startswith("NotSent The proxy set in https_proxy does not allow connections"), said
    assert "407" in said


@pytest.mark.parametrize(
    "more",
    [
        {"HTTPS_PROXY": "http://127.0.0.1:9", "ALL_PROXY": "socks5://127.0.0.1:9"},
        {"HTTPS_PROXY": "socks4://127.0.0.1:9"},
        {"HTTPS_PROXY": "http://u:hunter2@127.0.0.1:99999"},
        {"HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": "[::1]:80, 10.0.0.0/8, ]["},
        {"HTTPS_PROXY": "http://127.0.0.1:9", "SSL_CERT_FILE": "/nonexistent/ca.pem"},
        {"HTTPS_PROXY": "http://127.0.0.1:9", "SSL_CERT_DIR": "/nonexistent"},
    ],
)
def test_the_shell_ends_with_a_sentence_and_no_crash_report(tmp_path: Path, more: dict[str, str]) -> None:
    result = child("admin", "list", home=tmp_path, INTERCOM_TOKEN=TOKEN, **more)
    assert result.code == 6, result.err
    assert any(name in result.err for name in more)
    assert "hunter2" not in result.err
    assert result.err.count("\n") == 1
    assert not list(tmp_path.rglob("crash*"))
