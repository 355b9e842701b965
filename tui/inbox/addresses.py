"""What an address in a message may lead to, told before it is opened."""

from urllib.parse import urlsplit

from tui.api.reach import near


def leads_nearby(url: str) -> bool:
    """Whether a web address names this machine or a private network, in any spelling; no name is looked up.

    True for one that cannot be taken apart. Raises nothing.
    """
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return True
    return not host or near(host)
