"""How the program reaches Intercom, in words for a person."""

from typing import NamedTuple


class Access(NamedTuple):
    """Where the token is taken from, the region ("" for another address), the host, and the profile's name in the
    settings."""

    place: str = ""
    region: str = ""
    host: str = ""
    profile: str = ""
