"""``intercom-tui conversation …``: reading and triage from the shell."""

import argparse
import contextlib
import functools
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from tui.cli.failure import Exit, UsageError
from tui.cli.interrupts import in_loop
from tui.cli.keeping import Written
from tui.cli.output import print_fields, print_json, print_rows, say
from tui.cli.parsing import Parser, Verbs, positive
from tui.cli.text_input import add_text, written
from tui.model.labels import VIEWS, shell_texts

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox
    from tui.model.rows import ConversationRow

SORTS = ("newest", "oldest", "waiting", "priority")

_QUERY_HELP = shell_texts.QUERY_HELP.format(views=", ".join(view.key for view in VIEWS))

_GUARD_HELP = """\
A reply is held when a customer or teammate wrote after you last read the
conversation here: with view, or in the app. If you never read it here, only
messages that arrive after the command has started count. --force sends it
anyway. A reply that is not sent is printed and kept as a draft; offline it is
queued."""

Do = Callable[["Inbox", str], Awaitable[int]]
Check = Callable[["Inbox"], object]


def add_arguments(parser: Parser) -> None:
    """The verbs of ``conversation``."""
    verbs = Verbs(parser)
    verb = verbs.add(
        "list", _list, "conversations of a view or query, fresh from Intercom", acts=False, epilog=_QUERY_HELP
    )
    which = verb.add_mutually_exclusive_group()
    which.add_argument("--view", metavar="KEY", default="open", help="the view to list (default: open)")
    which.add_argument("--query", metavar="Q", default="", help="list conversations matching a query")
    verb.add_argument("--sort", choices=SORTS, default="newest", help="the order (default: newest)")
    verb.add_argument("--limit", type=positive, metavar="N", default=50, help="maximum number (default: 50)")
    verb.add_argument("--offline", action="store_true", help="from the local store, no network")
    verb = verbs.add("view", _view, "one conversation with its whole thread", acts=False)
    _add_id(verb)
    verb = verbs.add("reply", _reply, "reply to the customer", acts=True, epilog=_GUARD_HELP)
    _add_id(verb)
    add_text(verb)
    verb.add_argument("--close", action="store_true", help="close it with the reply")
    verb.add_argument("--force", action="store_true", help="send even if there are new messages")
    verb = verbs.add("note", _note, "add a note that only teammates can see", acts=True)
    _add_id(verb)
    add_text(verb)
    verb = verbs.add("assign", _assign, "assign to a teammate, a team or yourself, or unassign", acts=True)
    _add_id(verb)
    to = verb.add_mutually_exclusive_group(required=True)
    to.add_argument("--admin", metavar="NAME|ID", default="", help="a teammate")
    to.add_argument("--team", metavar="NAME|ID", default="", help="a team")
    to.add_argument("--me", action="store_true", help="yourself")
    to.add_argument("--nobody", action="store_true", help="remove its teammate")
    for name, run, summary in (
        ("close", _close, "close conversations"),
        ("open", _open, "reopen or unsnooze conversations"),
    ):
        verb = verbs.add(name, run, summary, acts=True)
        verb.add_argument("ids", nargs="+", metavar="ID", help="IDs of conversations")
    verb = verbs.add("snooze", _snooze, "snooze until a time: 3h, 'tomorrow 9am' or mon", acts=True)
    _add_id(verb)
    verb.add_argument("when", nargs="+", metavar="WHEN", help="until when")
    for name, run, summary in (("tag", _tag, "add a tag"), ("untag", _untag, "remove a tag")):
        verb = verbs.add(name, run, summary, acts=True)
        _add_id(verb)
        verb.add_argument("tag", metavar="TAG", help="the tag's name or ID")
    verb = verbs.add("attribute", _attribute, "set a custom attribute; NAME=null clears it", acts=True)
    _add_id(verb)
    verb.add_argument("pair", metavar="NAME=VALUE", help="numbers, true, false and null as in JSON, else text")


def _add_id(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("id", metavar="ID", help="the conversation's ID")


# ------------------------------------------------------------------------------------------------------------- reading


async def _list(args: argparse.Namespace) -> int:
    from tui.cli.conversation_table import table_of
    from tui.cli.opening import inbox_of
    from tui.inbox import export, resolve
    from tui.inbox.search.remote import find, find_stored

    async with inbox_of(args, online=not args.offline) as inbox:
        if not args.offline:
            client = await inbox.connection.open()
            await inbox.sync.identify(client)
        selection = inbox.views.selection(args.query or resolve.view(inbox, args.view).query)
        if args.offline:
            found = find_stored(inbox, selection, args.sort, args.limit)
        else:
            found = await find(inbox, selection, args.sort, args.limit)
        names = inbox.directory
        print_rows(found.rows, table_of(inbox), lambda row: export.conversation(row, names), as_json=args.json)
        if inbox.sync.denied and not args.json:
            from tui.cli.complaint import complain

            complain(shell_texts.NOT_ALLOWED.format(what=", ".join(inbox.sync.denied.values())))
        if not found.complete:
            from tui.cli.complaint import complain

            complain(shell_texts.MORE_THAN_ONE_LIST)
    return Exit.OK


async def _view(args: argparse.Namespace) -> int:
    from tui.cli.opening import inbox_of
    from tui.inbox import resolve
    from tui.inbox.incoming import all_of

    conversation_id = resolve.clean_id("conversation", args.id)
    async with inbox_of(args) as inbox:
        client = await inbox.connection.open()
        if not inbox.me.id:
            await inbox.sync.identify(client)
        row = await resolve.conversation(inbox, conversation_id)
        parts = inbox.threads.cached(conversation_id)
        # it is being read now: the guard of a reply compares with this, and the app shows what is new after it
        inbox.threads.seen(conversation_id, all_of(parts))
        await inbox.threads.stored()
        if args.json:
            from tui.inbox import export

            print_json(export.thread(row, parts, inbox.directory))
        else:
            _print_thread(inbox, row)
    return Exit.OK


def _print_thread(inbox: "Inbox", row: "ConversationRow") -> None:
    from tui.cli.thread_text import lines_of, moment
    from tui.inbox.part_words import earlier_words

    names, now = inbox.directory, inbox.now()
    contact = " ".join(filter(None, [row.contact_name, f"<{row.contact_email}>" if row.contact_email else ""]))
    print_fields(
        [
            ("id", row.id),
            ("subject", row.title),
            ("from", contact),
            ("state", row.state + (f" until {moment(row.snoozed_until, now)}" if row.snoozed_until else "")),
            ("assignee", names.admin_name(row.admin_assignee_id)),
            ("team", names.team_name(row.team_assignee_id)),
            ("waiting", f"since {moment(row.waiting_since, now)}" if row.waiting_since else ""),
            ("tags", ", ".join(names.tag_name(tag) or tag for tag in row.tag_ids)),
            ("priority", "yes" if row.priority else ""),
            (
                "rating",
                f"{row.rating} of 5" + (f": {row.rating_remark}" if row.rating_remark else "") if row.rating else "",
            ),
        ]
    )
    print()
    parts = inbox.threads.cached(row.id)
    if earlier := row.earlier(parts):
        say(f"-- {earlier_words(earlier)}", "dim")
        print()
    for line in lines_of(parts, now):
        print(line)


# ------------------------------------------------------------------------------------------------------------- actions


async def _act_on(
    args: argparse.Namespace,
    ids: Sequence[str],
    do: Do,
    kind: str,
    already: str = "",
    *,
    names: bool = False,
    as_list: bool = False,
    check: Check | None = None,
) -> int:
    """``already`` says how it is where nothing would change; ``check`` raises before Intercom is asked anything."""
    from tui.cli.notices import still_unknown
    from tui.cli.opening import inbox_of
    from tui.cli.reporting import report
    from tui.inbox import resolve
    from tui.inbox.outbox.preflight import fetch_unknown, identify
    from tui.inbox.outbox.submit import on_conversation, submit

    wanted = list(dict.fromkeys(resolve.clean_id("conversation", one) for one in ids))
    async with inbox_of(args) as inbox:
        if check is not None:
            check(inbox)
        online = await identify(inbox, names=names) and await fetch_unknown(inbox, wanted)
        outcomes = await submit(
            inbox,
            [on_conversation(inbox, kind, one) for one in wanted],
            functools.partial(do, inbox),
            inbox.threads.fetch,
            already,
            online=online,
            still_unknown=still_unknown(inbox),
        )
        return report(outcomes, inbox, as_json=args.json, as_list=as_list)


def _reply(args: argparse.Namespace) -> int:
    words = Written(args, "reply", args.id, "" if args.edit else written(args))

    async def do(inbox: "Inbox", conversation_id: str) -> int:
        draft = inbox.drafts.get(conversation_id, "reply")
        words.text = words.text or written(args, draft, words=words, store=str(inbox.store.path))
        drafted = args.edit or words.text.strip() == draft.strip()
        outbox_id = await inbox.actions.reply(
            conversation_id, words.text, close=args.close, force=args.force, drafted=drafted
        )
        words.journaled()
        return outbox_id

    with words:
        return in_loop(_act_on(args, [args.id], do, "reply"))


def _note(args: argparse.Namespace) -> int:
    words = Written(args, "note", args.id, "" if args.edit else written(args))

    async def do(inbox: "Inbox", conversation_id: str) -> int:
        draft = inbox.drafts.get(conversation_id, "note")
        words.text = words.text or written(args, draft, words=words, store=str(inbox.store.path))
        drafted = args.edit or words.text.strip() == draft.strip()
        outbox_id = await inbox.actions.note(conversation_id, words.text, drafted=drafted)
        words.journaled()
        return outbox_id

    with words:
        return in_loop(_act_on(args, [args.id], do, "note"))


async def _assign(args: argparse.Namespace) -> int:
    async def do(inbox: "Inbox", conversation_id: str) -> int:
        from tui.inbox import resolve

        if args.team:
            return await inbox.actions.assign(conversation_id, team_id=resolve.team(inbox, args.team).id)
        if args.nobody:
            return await inbox.actions.assign(conversation_id)
        admin_id = inbox.me.id if args.me else resolve.admin(inbox, args.admin).id
        return await inbox.actions.assign(conversation_id, admin_id=admin_id)

    return await _act_on(args, [args.id], do, "assign", "unassigned" if args.nobody else "assigned", names=True)


async def _close(args: argparse.Namespace) -> int:
    return await _act_on(args, args.ids, lambda inbox, one: inbox.actions.close(one), "close", "closed", as_list=True)


async def _open(args: argparse.Namespace) -> int:
    return await _act_on(args, args.ids, lambda inbox, one: inbox.actions.open(one), "open", "open", as_list=True)


async def _snooze(args: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from tui.text.natural_time import TimePassed, WhenError, parse_when

    when = " ".join(args.when)
    try:
        with contextlib.suppress(TimePassed):  # whether it has is for the profile's zone to say
            parse_when(when, datetime.now(UTC))
    except WhenError as error:
        raise UsageError(str(error)) from None

    def meant(inbox: "Inbox") -> datetime:
        try:
            return parse_when(when, inbox.now())
        except WhenError as error:
            raise UsageError(str(error)) from None

    async def do(inbox: "Inbox", conversation_id: str) -> int:
        return await inbox.actions.snooze(conversation_id, int(meant(inbox).timestamp()))

    return await _act_on(args, [args.id], do, "snooze", "snoozed until then", check=meant)


async def _tag(args: argparse.Namespace) -> int:
    async def do(inbox: "Inbox", conversation_id: str) -> int:
        from tui.inbox import resolve

        return await inbox.actions.tag(conversation_id, resolve.tag(inbox, args.tag).id)

    return await _act_on(args, [args.id], do, "tag", "tagged", names=True)


async def _untag(args: argparse.Namespace) -> int:
    async def do(inbox: "Inbox", conversation_id: str) -> int:
        from tui.inbox import resolve

        return await inbox.actions.untag(conversation_id, resolve.tag(inbox, args.tag).id)

    return await _act_on(args, [args.id], do, "untag", "untagged", names=True)


async def _attribute(args: argparse.Namespace) -> int:
    from tui.inbox.actions.set_attribute import SetAttribute
    from tui.inbox.attributes import typed

    name, sign, text = args.pair.partition("=")
    if not name or not sign:
        raise UsageError(shell_texts.NOT_NAME_VALUE.format(pair=args.pair))

    async def do(inbox: "Inbox", conversation_id: str) -> int:
        return await inbox.actions.do(SetAttribute(conversation_id=conversation_id, name=name, value=typed(text)))

    return await _act_on(args, [args.id], do, "attribute", args.pair)
