"""What can go wrong with the store; each message is one sentence for a person."""


class StoreError(Exception):
    """The store cannot be used as asked; ``str()`` is one clear sentence."""


class StoreTooNew(StoreError):
    """A newer version of the program wrote this store, ``version`` of it; it is left as it is."""

    version = 0


class StoreUnwritable(StoreError):
    """The folder or file cannot be written (read-only home, full disk, missing rights)."""


class StoreDamaged(StoreError):
    """SQLite finds the file malformed; the next start moves it aside and salvages what it can."""
