"""What the environment says of the way to the network: proxies, bypasses, certificates.

``HTTPS_PROXY``, ``HTTP_PROXY``, ``ALL_PROXY`` and ``NO_PROXY`` (in small letters too, which win) as curl and Python do,
``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` as OpenSSL does. Read here and not by the HTTP library, which lets a value
that it cannot use end the program. A value is used only where it matters for the address asked, so a broken one that
nothing would go through harms nothing. No value is ever shown: it may hold a password.
"""

from __future__ import annotations

import os
import re
import ssl
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies

import httpx

from tui.api.errors import UnusableSetting
from tui.api.reach import numeric
from tui.model.labels import api_errors

__all__ = ["Network", "bypasses", "is_loopback", "network_for"]

_SCHEMES: Final = {"http": "http", "https": "https", "socks5": "socks5", "socks5h": "socks5h", "socks": "socks5"}
"""What a proxy's address may begin with, and what the HTTP library calls it. Desktops write ``socks://``."""
_PORTS: Final = {"http": 80, "https": 443}
_HASHED: Final = re.compile(r"[0-9a-f]{8}\.\d+")
"""How OpenSSL wants the files of a directory of certificates to be called."""


@dataclass(frozen=True, slots=True)
class Network:
    """How requests to one host leave this machine: ``proxy`` (None: none) that ``proxy_name`` (a variable) names, and
    the authorities to trust, ``verify``, that ``trust_name`` names (``""``: those that come with the program)."""

    proxy: httpx.Proxy | None = None
    proxy_name: str = ""
    verify: ssl.SSLContext | bool = False
    trust_name: str = ""

    @property
    def is_socks(self) -> bool:
        """Whether the proxy speaks SOCKS."""
        return self.proxy is not None and self.proxy.url.scheme.startswith("socks")

    @property
    def handshake_errors(self) -> tuple[type[Exception], ...]:
        """What the libraries raise where a SOCKS proxy says something else than SOCKS; none without such a proxy."""
        if not self.is_socks:
            return ()
        from socksio.exceptions import SOCKSError

        return SOCKSError, AssertionError, ValueError, LookupError


def network_for(url: str, environ: Mapping[str, str] | None = None) -> Network:
    """The way to ``url``. Takes about 30 ms for https, which loads certificates.

    Raises :class:`UnusableSetting` with a sentence that names the variable whose value cannot be used.
    """
    environ = os.environ if environ is None else environ
    parts = urlsplit(url)
    host = parts.hostname or ""
    verify, trust_name = _trusted(environ) if parts.scheme == "https" else (False, "")
    if is_loopback(host):
        # a proxy has no business with this machine's own traffic
        return Network(verify=verify, trust_name=trust_name)
    name, value = _proxy_setting(parts.scheme, environ)
    if not value or bypasses(_lower_first("NO_PROXY", environ)[1], host, parts.port or _PORTS.get(parts.scheme, 0)):
        return Network(verify=verify, trust_name=trust_name)
    return Network(_proxy(name, value, verify), name, verify, trust_name)


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = numeric(name)
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    # 0.0.0.0 and :: are this machine to connect(2)
    return address is not None and (address.is_loopback or address.is_unspecified)


# -------------------------------------------------------------------------------------------------------------- proxies


def _lower_first(name: str, environ: Mapping[str, str]) -> tuple[str, str]:
    """The variable that is set, and its value: the name in small letters wins, an empty value counts as none."""
    for one in (name.lower(), name):
        if value := environ.get(one, "").strip():
            return one, value
    return name, ""


def _proxy_setting(scheme: str, environ: Mapping[str, str]) -> tuple[str, str]:
    for name in (f"{scheme.upper()}_PROXY", "ALL_PROXY"):
        found, value = _lower_first(name, environ)
        if value:
            return found, value
    if environ is os.environ and (value := getproxies().get(scheme, "").strip()):
        return api_errors.NETWORK_SETTINGS, value
    return "", ""


def _proxy(name: str, value: str, verify: ssl.SSLContext | bool) -> httpx.Proxy:
    begins, sign, _ = value.partition("://")
    scheme = _SCHEMES.get(begins.lower()) if sign else "http"
    if scheme is None:
        shown = f"“{begins}”" if re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]{0,15}", begins) else api_errors.SOMETHING_ELSE
        raise UnusableSetting(api_errors.PROXY_KIND.format(name=name, shown=shown))
    address = f"{scheme}://{value.partition('://')[2] if sign else value}"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
        if not host or port == 0 or re.search(r"[\s\\]", parts.netloc) or parts.path.strip("/"):
            raise ValueError
        made = httpx.Proxy(address, ssl_context=verify if isinstance(verify, ssl.SSLContext) else None)
    except (ValueError, httpx.InvalidURL):
        raise UnusableSetting(api_errors.PROXY_ADDRESS.format(name=name)) from None
    if scheme != "https":
        made.ssl_context = None
    return made


def bypasses(no_proxy: str, host: str, port: int) -> bool:
    """Whether ``NO_PROXY`` names ``host``: a name (then what ends in it, too), an address, a network such as
    ``10.0.0.0/8``, any of these with a port, or ``*``. What makes no sense names nothing."""
    wanted = host.rstrip(".").lower()
    return any(_names(entry.lower(), wanted, port) for entry in re.split(r"[\s,;]+", no_proxy) if entry)


def _names(entry: str, host: str, port: int) -> bool:
    if entry == "*":
        return True
    entry = entry.partition("://")[2] or entry
    only_port = ""
    if entry.startswith("["):
        entry, _, rest = entry[1:].partition("]")
        only_port = rest.removeprefix(":")
    elif entry.count(":") == 1:
        entry, _, only_port = entry.partition(":")
    if only_port and only_port != str(port):
        return False
    try:
        address = ip_address(host)
    except ValueError:
        name = entry.removeprefix("*").strip(".")
        return bool(name) and (host == name or host.endswith(f".{name}"))
    try:
        return address in ip_network(entry, strict=False)
    except ValueError:
        return False


# --------------------------------------------------------------------------------------------------------- certificates


def _trusted(environ: Mapping[str, str]) -> tuple[ssl.SSLContext, str]:
    """The authorities to trust and the variable that names them."""
    file, folder = environ.get("SSL_CERT_FILE", "").strip(), environ.get("SSL_CERT_DIR", "").strip()
    try:
        if file:
            _look_at_file(file)
            context = ssl.create_default_context(cafile=file)
            if folder and _has_certificates(folder):
                context.load_verify_locations(capath=folder)
            return context, "SSL_CERT_FILE"
        if folder:
            if not _has_certificates(folder):
                raise UnusableSetting(api_errors.NO_CERT_DIR)
            return ssl.create_default_context(capath=folder), "SSL_CERT_DIR"
        return httpx.create_ssl_context(trust_env=False), ""
    except ssl.SSLError:
        name = "SSL_CERT_FILE" if file else "SSL_CERT_DIR" if folder else api_errors.OWN_CERTIFICATES
        raise UnusableSetting(api_errors.NO_CERTIFICATE.format(name=name)) from None
    except (OSError, ValueError) as error:
        # Python opens the file for TLS keys while it makes a context
        name = "SSLKEYLOGFILE" if environ.get("SSLKEYLOGFILE") else "SSL_CERT_FILE" if file else "SSL_CERT_DIR"
        reason = error.strerror if isinstance(error, OSError) and error.strerror else api_errors.NOT_A_PATH
        raise UnusableSetting(api_errors.CERT_FILE_NOT_USED.format(name=name, reason=reason)) from None


def _look_at_file(file: str) -> None:
    reason = ""
    try:
        mode = os.stat(file).st_mode
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else api_errors.NOT_A_PATH
    else:
        # a pipe would be waited for without end
        if not stat.S_ISREG(mode):
            reason = api_errors.IS_A_DIRECTORY if stat.S_ISDIR(mode) else api_errors.IS_NOT_A_FILE
        elif not os.access(file, os.R_OK):
            reason = api_errors.PERMISSION_DENIED
    if reason:
        raise UnusableSetting(api_errors.CERT_FILE_NOT_READ.format(reason=reason))


def _has_certificates(folders: str) -> bool:
    """Whether one of the directories (``:`` between them) holds a certificate under a name that OpenSSL looks for."""
    for folder in folders.split(os.pathsep):
        try:
            if any(_HASHED.fullmatch(name) for name in os.listdir(folder)):
                return True
        except (OSError, ValueError):  # not there, not a directory, not for us: it holds nothing we could use
            continue
    return False
