"""Hosts the token may be sent to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.config.endpoint import Region, base_url, parse_base_url
from tui.config.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://api.intercom.io", "https://api.intercom.io"),
        ("https://API.intercom.io/", "https://api.intercom.io"),
        ("https://proxy.example:8443/intercom/", "https://proxy.example:8443/intercom"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1", "http://127.0.0.1"),
        ("http://127.9.9.9:1", "http://127.9.9.9:1"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]"),
    ],
)
def test_usable(text: str, url: str) -> None:
    assert parse_base_url(text) == url
    assert parse_base_url(url) == url


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("http://api.intercom.io", "in clear"),
        ("http://127.0.0.1.evil.example", "in clear"),
        ("http://localhost.evil.example", "in clear"),
        ("http://[::ffff:10.0.0.1]", "in clear"),
        ("http://0.0.0.0", "in clear"),
        ("http://2130706433", "in clear"),
        ("ftp://x.io", "https://"),
        ("api.intercom.io", "https://"),
        ("", "https://"),
        ("https://", "no host"),
        ("https:///x", "no host"),
        ("https://user@x.io", "user or password"),
        ("https://user:pass@x.io", "user or password"),
        ("https://@x.io", "user or password"),
        ("https://x.io?a=b", "query"),
        ("https://x.io/?", "query"),
        ("https://x.io#f", "fragment"),
        ("https://x.io:99999", "not an address"),
        ("https://x.io:0", "no host"),
        ("https://[::1", "not an address"),
        ("https://x io", "spaces"),
        ("https://x.io\\@y.io", "backslashes"),
        ("https://x.io\n", "spaces"),
        ("https://аррӏе.com", "ASCII"),
        ("https://x_%zz.io", "no valid host"),
    ],
)
def test_refused(text: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        parse_base_url(text)
    assert "pass" not in str(caught.value).replace("password", "")
    assert "\n" not in str(caught.value)


@given(st.text(max_size=30), st.sampled_from(["", "http://", "https://", "http://127.0.0.1"]))
def test_http_only_ever_means_this_machine(text: str, start: str) -> None:
    try:
        url = parse_base_url(start + text)
    except ConfigError:
        return
    assert url.startswith(("https://", "http://localhost", "http://127.", "http://[::1]"))


def test_regions() -> None:
    assert [region.base_url for region in Region] == [
        *("https://api.intercom.io", "https://api.eu.intercom.io", "https://api.au.intercom.io")
    ]
    assert base_url("eu") == "https://api.eu.intercom.io"
    assert base_url("eu", "http://localhost:1/") == "http://localhost:1"
