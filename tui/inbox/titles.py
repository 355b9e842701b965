"""What was done, in the words of the undo list, its questions and notices. Pure functions over actions."""

from collections.abc import Sequence

from tui.inbox.actions.base import WHO, Action


def past(actions: Sequence[Action]) -> str:
    """What was done, as a notice says it: ``Closed Ada Lovelace``, ``Tagged 3 conversations +vip -spam``."""
    return _told(actions, 0)


def noun(actions: Sequence[Action]) -> str:
    """What was done, as a thing: ``closing of 5 conversations``, ``assignment of Ada Lovelace to Priya``."""
    return _told(actions, 1)


def verb(backs: Sequence[Action]) -> str:
    """What reversing does, as an order: ``reopen Ada Lovelace``; ``backs`` are the reversing actions."""
    return f"{' and '.join(dict.fromkeys(back.order for back in backs))} {target(backs)}"


def losses(pairs: Sequence[tuple[Action, Action]]) -> list[str]:
    """What reversing restores and what it cannot, a sentence each, for pairs of a sent action and its reversal."""
    return list(dict.fromkeys(action.loss(back) for action, back in pairs))


def target(actions: Sequence[Action]) -> str:
    """Whom the actions are about: a name, or how many conversations or contacts."""
    first = actions[0]
    count = len({action.target for action in actions})
    if count == 1:
        who = first.contact_name or first.conversation_id or first.contact_id or "a conversation"
        return f"contact {who}" if first.contact_id else who
    return f"{count} {'contacts' if first.contact_id else 'conversations'}"


def _told(actions: Sequence[Action], which: int) -> str:
    """One clause a form of action: an action on five conversations is one clause that counts them."""
    clauses: dict[str, list[Action]] = {}
    for action in actions:
        clauses.setdefault(action.forms()[which], []).append(action)
    told: list[str] = []
    for form, its in clauses.items():
        clause = form.replace(WHO, target(its))
        clause += "".join(f" {sign}" for sign in dict.fromkeys(one.sign() for one in its) if sign)
        told.append(clause[0].lower() + clause[1:] if told else clause)
    return ", ".join(told)
