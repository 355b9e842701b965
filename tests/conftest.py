"""What holds for all tests: the long ones begin first, and what collecting left is no garbage to look through."""

import gc
import signal

import pytest

_LONG = (
    "test_outbox_machine",
    "test_guard.py::test_no_reply",
    "test_torture",
    "test_no_color",
    "test_model",
    "test_soak",
)
"""Those that one worker would else be left with at the end."""


def pytest_configure() -> None:
    """Programs that are started hear signals, also where the tests run behind ``&`` or ``nohup``.

    What a shell starts so ignores SIGINT or SIGHUP, and so do its children; ours leave an ignored signal ignored.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not any(name in item.nodeid for name in _LONG))


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
