"""The order in which the actions of one conversation leave, and which of them cancel out before they have left.

Actions leave in the order they were journaled. One exception: what leaves at once need not wait for an earlier action
that still waits out its undo window, where the two do not touch the same field, so that the result is the same
whichever comes first. Anything else queues behind what is held. Pure functions.
"""

from collections.abc import Sequence

import msgspec

from tui.inbox.actions.base import Action
from tui.inbox.actions.codec import decode, encode, overlay
from tui.inbox.actions.reply import Reply
from tui.model.outbox import Hold, State
from tui.model.rows import ConversationRow, OutboxRow


class Cancelled(msgspec.Struct, frozen=True):
    """Held actions that a new one makes void: ``withdrawn`` never leave, ``reworded`` leave with another payload."""

    withdrawn: tuple[int, ...] = ()
    reworded: tuple[tuple[int, bytes], ...] = ()


def cancelled(base: ConversationRow, pending: Sequence[OutboxRow], action: Action, origin: str, now: int) -> Cancelled:
    """What ``action`` cancels out, instead of being sent itself: nothing, or held actions of the same program.

    ``pending`` are the conversation's effective actions, oldest first, ``base`` is Intercom's last word on it. Closing
    and reopening within the undo window leaves no trace: the close is withdrawn and no reopening is sent. A held reply
    that closes becomes a plain reply. This happens only where the conversation then is exactly as ``action`` asks.
    """
    field = action.field
    withdrawn: list[int] = []
    reworded: list[tuple[int, bytes]] = []
    left: list[OutboxRow] = []
    searching = bool(field)
    for row in reversed(pending):
        earlier = decode(row.payload)
        if searching and earlier.field == field:
            if row.state is not State.HELD or row.held_for is not Hold.UNDO or row.origin != origin:
                searching = False
            elif isinstance(earlier, Reply):
                payload = encode(msgspec.structs.replace(earlier, then=""))
                reworded.append((row.id, payload))
                row = msgspec.structs.replace(row, payload=payload)
            else:
                withdrawn.append(row.id)
                continue
        left.append(row)
    if not (withdrawn or reworded):
        return Cancelled()
    without = overlay(base, left[::-1])
    if action.apply(without, now) != without:
        return Cancelled()
    return Cancelled(tuple(sorted(withdrawn)), tuple(reworded))
