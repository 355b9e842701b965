"""Which host the token is sent to, and never in clear over a network."""

import ipaddress
import re
from enum import Enum
from urllib.parse import urlsplit

from tui.config.errors import ConfigError
from tui.model.labels import settings_errors

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.?")
_ODD = re.compile(r"[\s\\\x00-\x1f\x7f]|[^\x00-\x7f]")


class Region(Enum):
    """Where a workspace's data is hosted ("servers" in Intercom's 2.14 description)."""

    US = "us"
    EU = "eu"
    AU = "au"

    @property
    def base_url(self) -> str:
        """The root of the region's API, without a slash at the end."""
        return _BASE_URLS[self]


_BASE_URLS = {
    Region.US: "https://api.intercom.io",
    Region.EU: "https://api.eu.intercom.io",
    Region.AU: "https://api.au.intercom.io",
}


def parse_base_url(text: str) -> str:
    """`text` as the root of an API, without a slash at the end.

    Only https, or http to this machine (localhost, 127.0.0.0/8, [::1]); no user, query or fragment. Raises
    `ConfigError`.
    """
    shown = ascii(text)[1:-1]
    if _ODD.search(text):
        raise ConfigError(settings_errors.ADDRESS_CHARACTERS.format(address=shown))
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ConfigError(settings_errors.NOT_AN_ADDRESS.format(address=shown, reason=error)) from error
    if parts.scheme not in ("http", "https"):
        raise ConfigError(settings_errors.ADDRESS_MUST_START.format(address=shown))
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise ConfigError(settings_errors.ADDRESS_HOLDS_A_USER)
    if not host or port == 0:
        raise ConfigError(settings_errors.ADDRESS_NAMES_NO_HOST.format(address=shown))
    literal = _address(host)
    if literal is None and _HOST.fullmatch(host) is None:
        raise ConfigError(settings_errors.ADDRESS_NAMES_NO_VALID_HOST.format(address=shown))
    if "?" in text or "#" in text:
        raise ConfigError(settings_errors.ADDRESS_HOLDS_QUERY.format(address=shown))
    if parts.scheme == "http" and not _is_loopback(host):
        raise ConfigError(settings_errors.ADDRESS_MUST_BE_HTTPS.format(address=shown))
    shown_host = f"[{host}]" if literal is not None and literal.version == 6 else host
    netloc = shown_host if port is None else f"{shown_host}:{port}"
    return f"{parts.scheme}://{netloc}{parts.path.rstrip('/')}"


def base_url(region: str, override: str = "") -> str:
    """The API's root for a profile: `override` when given, else its region's."""
    return parse_base_url(override) if override else Region(region).base_url


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    if "%" in host:
        return None
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    address = _address(host)
    if address is None:
        return False
    # Not `is_loopback` for IPv6, which counts mapped addresses in newer Pythons only.
    return address == ipaddress.IPv6Address("::1") or (address.version == 4 and address.is_loopback)
