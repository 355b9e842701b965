"""The local copy of a profile, looked at and cleared without an inbox: what a face does between two sessions."""

from contextlib import closing

from tui.config.resolve import Profile
from tui.inbox.session import Tell, open_store
from tui.model.rows import DraftRow
from tui.store import maintenance, people


class Info(maintenance.Info, frozen=True):
    """What a store holds; ``missing`` says in words what of the history could not be read, ``""`` for nothing."""

    missing: str = ""


def info(profile: Profile, tell: Tell) -> Info:
    """Where the profile's store is, how large, and what it holds. Raises :class:`tui.model.errors.StoreError`."""
    from tui.inbox.sync.backfill import missing_in_words
    from tui.inbox.sync.progress import GAPS

    with closing(open_store(profile, tell)) as store:
        held = maintenance.info(store)
        missing = missing_in_words(people.meta(store.reader, GAPS))
    return Info(**{name: getattr(held, name) for name in held.__struct_fields__}, missing=missing)


def vacuum(profile: Profile, tell: Tell) -> int:
    """Give unused space back to the disk; how many bytes that were. Raises as :func:`info` does."""
    with closing(open_store(profile, tell)) as store:
        return maintenance.vacuum(store)


def clear(profile: Profile, tell: Tell, *, force: bool) -> int:
    """Forget what can be fetched again; how many conversations that were. Raises as :func:`info` does.

    ``force`` forgets drafts and unsent actions too; else they keep the store from being cleared.
    """
    with closing(open_store(profile, tell)) as store:
        return maintenance.clear(store, force=force)


def saved_drafts(profile: Profile, tell: Tell) -> list[DraftRow]:
    """Every draft, newest first. Raises as :func:`info` does."""
    with closing(open_store(profile, tell)) as store:
        return people.drafts(store.reader)
