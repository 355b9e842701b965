"""A link in a message never makes a request to this machine or its neighbours, in whatever form it names them."""

import asyncio
import contextlib
import io
import socket
import threading
from collections.abc import Iterator
from ipaddress import ip_address

import pytest

from tests.cli.support import serve
from tui.api import download, reach
from tui.api.environment import is_loopback, network_for
from tui.api.errors import IntercomError, InvalidError

NEAR = [
    "127.0.0.1", "127.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "0",
    "0.0.0.0", "localhost", "LOCALHOST", "localhost.", "a.localhost", "10.0.0.1", "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "100.64.0.1", "100.100.100.200", "169.254.169.254", "2852039166", "0xa9fea9fe", "169.254.0.1",
    "192.0.0.192", "198.18.0.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.0.0.1]", "[::127.0.0.1]",
    "[::ffff:169.254.169.254]", "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]", "[fec0::1]", "[ff02::1]",
    "[64:ff9b::127.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::1]", "[2002:7f00:1::]", "[2002:a00:1::]",
    "[2001:0:0:0:0:0:80ff:fffe]", "metadata.google.internal", "printer.local",
]  # fmt: skip
FAR = ["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111", "64:ff9b::808:808"]


class Listener:
    """What listens where nobody should come, and what was said to it."""

    def __init__(self, address: str = "127.0.0.1", port: int = 0) -> None:
        self.socket = socket.create_server((address, port))
        self.port: int = self.socket.getsockname()[1]
        self.heard: list[bytes] = []
        self.came = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        """Stop listening; a thread that waits wakes only when told so."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self.socket.accept()
            except OSError:
                return
            with caller:
                self.heard.append(caller.recv(4096))
                self.came.set()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy", "http_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


def fetched(url: str, api: str = "") -> bytes:
    target = io.BytesIO()
    asyncio.run(download.fetch(url, target, api=api))
    return target.getvalue()


@pytest.mark.parametrize("host", NEAR)
@pytest.mark.parametrize("scheme", ["https", "http"])
def test_no_form_of_a_near_address_is_asked(listener: Listener, host: str, scheme: str) -> None:
    with pytest.raises(InvalidError):
        fetched(f"{scheme}://{host}:{listener.port}/file")
    assert listener.heard == []


@pytest.mark.parametrize("host", NEAR)
def test_nor_through_a_proxy(listener: Listener, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{listener.port}")
    with pytest.raises(InvalidError):
        fetched(f"https://{host}/file")
    assert listener.heard == []


@pytest.mark.parametrize("address", FAR)
def test_a_public_address_may_be_asked(address: str) -> None:
    assert reach.public(ip_address(address))
    assert reach.judged(address, 443, proxied=False) == address


@pytest.mark.parametrize("host", ["files.example", "files.example.", "FILES.example"])
def test_what_a_name_resolves_to_counts_all_of_it(
    listener: Listener, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for answers in (["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::ffff:10.1.2.3"], ["fe80::1%lo"]):
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, answers=answers, **__: _infos(*answers))
        with pytest.raises(InvalidError):
            fetched(f"https://{host}:{listener.port}/")
    assert listener.heard == []


def test_the_address_that_was_judged_is_the_one_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name whose server answers otherwise the second time (DNS rebinding)."""
    judged = Listener("127.0.0.2")
    second = Listener("127.0.0.1", judged.port)
    asked: list[str] = []

    def resolve(host: str, *_: object, **__: object) -> object:
        if host.startswith("127."):
            return _infos(host)
        asked.append(host)
        return _infos("127.0.0.2" if len(asked) == 1 else "127.0.0.1")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(reach, "public", lambda address: str(address) == "127.0.0.2")
    monkeypatch.setattr(reach, "_is_ours", lambda address: False)
    try:
        with pytest.raises(IntercomError):
            fetched(f"https://files.example:{judged.port}/")
        assert judged.came.wait(30)
        assert b"files.example" in judged.heard[0]  # TLS asks for the name
        assert second.heard == []
        assert asked == ["files.example"]
    finally:
        judged.close()
        second.close()


def _infos(*addresses: str) -> list[object]:
    return [
        (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses
    ]


def test_the_api_s_own_server_may_be_here_and_no_other_port_of_it(listener: Listener) -> None:
    for served in serve():
        with pytest.raises(IntercomError) as refused:
            fetched(f"{served.url}/nothing-here", api=served.url)
        assert refused.value.status is not None  # it was asked, and answered
        with pytest.raises(InvalidError):
            fetched(f"http://127.0.0.1:{listener.port}/", api=served.url)
    assert listener.heard == []


def test_a_redirect_is_judged_too(listener: Listener) -> None:
    answer = f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{listener.port}/\r\nContent-Length: 0\r\n\r\n"
    server = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{server.getsockname()[1]}"

    def serve_once() -> None:
        caller, _ = server.accept()
        with caller:
            caller.recv(4096)
            caller.sendall(answer.encode())

    thread = threading.Thread(target=serve_once, daemon=True)
    thread.start()
    with server, pytest.raises(InvalidError):
        fetched(f"{url}/file", api=url)
    thread.join(30)
    assert listener.heard == []


def test_an_address_of_this_machine_s_own_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also a public one: any address that a socket here can be bound to."""
    monkeypatch.setattr(reach, "public", lambda address: True)
    with pytest.raises(InvalidError):
        reach.judged("127.0.0.5", 443, proxied=False)


LOOPBACK = ["localhost", "LocalHost.", "x.localhost.", "127.1", "2130706433", "::ffff:127.0.0.1", "0x7f.1", "0.0.0.0"]


@pytest.mark.parametrize("host", LOOPBACK)
def test_loopback_takes_no_proxy_whatever_it_is_called(host: str) -> None:
    assert is_loopback(host)
    shown = f"[{host}]" if ":" in host else host
    for scheme in ("http", "https"):
        environ = {"HTTP_PROXY": "http://p.test:1", "HTTPS_PROXY": "http://p.test:1", "ALL_PROXY": "socks5://p.test:1"}
        assert network_for(f"{scheme}://{shown}/", environ).proxy is None
