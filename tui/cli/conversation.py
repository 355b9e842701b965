"""``intercom-tui conversation …``: reading and triage from the shell."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from tui.cli.failure import Exit, UsageError
from tui.cli.output import print_fields, print_json, print_table, say
from tui.cli.parsing import Parser, Verbs, positive
from tui.cli.words import add_text, written

if TYPE_CHECKING:
    from tui.cli.wiring import Desk
    from tui.inbox.directory import Directory
    from tui.store.listing import Selection
    from tui.store.rows import ConversationRow

SORTS = ("newest", "oldest", "waiting", "priority")

_QUERY_HELP = """\
A query is words and terms that must all hold, as in the app's search:
  is:open is:mine tag:vip assignee:nobody waiting>2h updated<2d "double charge"
Views are mine, unassigned, open, snoozed, closed, team:ID and saved:NAME."""

_GUARD_HELP = """\
A reply is held back when somebody wrote after what you last read here (with view, or in the app); --force sends it all
the same. What is not sent becomes a draft; without a link it is queued."""

Do = Callable[["Desk", str], Awaitable[int]]


def add_arguments(parser: Parser) -> None:
    """The verbs of ``conversation``."""
    verbs = Verbs(parser)
    verb = verbs.add("list", _list, "conversations of a view or query, fresh from Intercom", epilog=_QUERY_HELP)
    which = verb.add_mutually_exclusive_group()
    which.add_argument("--view", metavar="KEY", default="open", help="the view to list (default: open)")
    which.add_argument("--query", metavar="Q", default="", help="list what a query finds")
    verb.add_argument("--sort", choices=SORTS, default="newest", help="the order (default: newest)")
    verb.add_argument("--limit", type=positive, metavar="N", default=50, help="at most so many (default: 50)")
    verb.add_argument("--offline", action="store_true", help="from the local store, asking nobody")
    verb = verbs.add("view", _view, "one conversation with its whole thread")
    _add_id(verb)
    verb = verbs.add("reply", _reply, "answer the customer", epilog=_GUARD_HELP)
    _add_id(verb)
    add_text(verb)
    verb.add_argument("--close", action="store_true", help="close it with the reply")
    verb.add_argument("--force", action="store_true", help="send even if somebody wrote meanwhile")
    verb = verbs.add("note", _note, "leave a note that only teammates see")
    _add_id(verb)
    add_text(verb)
    verb = verbs.add("assign", _assign, "give it to a teammate, a team, yourself or nobody")
    _add_id(verb)
    to = verb.add_mutually_exclusive_group(required=True)
    to.add_argument("--admin", metavar="NAME|ID", default="", help="a teammate")
    to.add_argument("--team", metavar="NAME|ID", default="", help="a team")
    to.add_argument("--me", action="store_true", help="whoever you act as")
    to.add_argument("--nobody", action="store_true", help="take it from its teammate")
    for name, run, summary in (("close", _close, "close conversations"), ("open", _open, "open or wake conversations")):
        verb = verbs.add(name, run, summary)
        verb.add_argument("ids", nargs="+", metavar="ID", help="ids of conversations")
    verb = verbs.add("snooze", _snooze, "let it sleep until a time, as 3h, 'tomorrow 9am' or 'mon'")
    _add_id(verb)
    verb.add_argument("when", nargs="+", metavar="WHEN", help="until when")
    for name, run, summary in (("tag", _tag, "hang a tag on it"), ("untag", _untag, "take a tag off it")):
        verb = verbs.add(name, run, summary)
        _add_id(verb)
        verb.add_argument("tag", metavar="TAG", help="a tag's name or id")


def _add_id(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("id", metavar="ID", help="the conversation's id")


# ------------------------------------------------------------------------------------------------------------- reading


def _list(args: argparse.Namespace) -> int:
    return asyncio.run(_list_them(args))


async def _list_them(args: argparse.Namespace) -> int:
    from tui.cli.finding import find, find_stored
    from tui.cli.wiring import desk

    async with desk(args, online=not args.offline) as opened:
        inbox = opened.inbox
        if not args.offline:
            client = await inbox.link.open()
            await inbox.sync.identify(client)
        selection = inbox.views.selection(args.query) if args.query else _view_selection(opened, args.view)
        if args.offline:
            found = find_stored(opened, selection, args.sort, args.limit)
        else:
            found = await find(opened, selection, args.sort, args.limit)
        if args.json:
            from tui.cli import shapes

            print_json([shapes.conversation(row, inbox.directory) for row in found.rows])
        else:
            print_list(opened, found.rows)
        if not found.complete:
            from tui.cli.main import complain

            complain("There is more than is read for one list: narrow it with --query, or sort by newest.")
    return Exit.OK


def _view_selection(opened: "Desk", key: str) -> "Selection":
    views = opened.inbox.views
    known = views.all()
    view = next((one for one in known if one.key == key or one.title.casefold() == key.casefold()), None)
    if view is None:
        raise UsageError(f"There is no view “{key}”: {', '.join(one.key for one in known)}.")
    return views.selection(view.query)


def print_list(opened: "Desk", rows: "Sequence[ConversationRow]") -> None:
    """A table of conversations."""
    if not rows:
        say("No conversations.")
        return
    from tui.text.ages import age

    names = opened.inbox.directory
    now = int(opened.setup.now().timestamp())

    def since(at: int) -> str:
        return age(now - at) if at else ""

    print_table(
        ("ID", "STATE", "AGE", "WAITS", "ASSIGNEE", "FROM", "SUBJECT"),
        [
            (
                row.id,
                row.state + ("!" if row.priority else ""),
                since(row.updated_at),
                since(row.waiting_since),
                _assignee(names, row),
                row.contact_name or row.contact_email or "-",
                row.title or row.preview or "-",
            )
            for row in rows
        ],
        ("cyan", "", "dim", "yellow", "", "", ""),
    )


def _assignee(names: "Directory", row: "ConversationRow") -> str:
    admin_id, team_id = row.admin_assignee_id, row.team_assignee_id
    return names.admin_name(admin_id) or admin_id or names.team_name(team_id) or team_id or "-"


def _view(args: argparse.Namespace) -> int:
    return asyncio.run(_view_it(args))


async def _view_it(args: argparse.Namespace) -> int:
    from tui.api.errors import NotFoundError
    from tui.cli.names import clean_id, no_conversation
    from tui.cli.wiring import desk

    conversation_id = clean_id("conversation", args.id)
    async with desk(args) as opened:
        inbox = opened.inbox
        client = await inbox.link.open()
        if not inbox.me.id:
            await inbox.sync.identify(client)
        try:
            await inbox.threads.fetch(conversation_id)
        except NotFoundError as error:
            raise no_conversation(conversation_id, error.message) from None
        row = inbox.threads.conversation(conversation_id)
        if row is None:
            raise no_conversation(conversation_id, "Intercom answered with another one")
        parts = inbox.threads.cached(conversation_id)
        if parts:
            # it is being read now: the guard of a reply compares with this, and the app shows what is new after it
            inbox.threads.seen(conversation_id, max(part.created_at for part in parts))
        if args.json:
            from tui.cli import shapes

            shape = shapes.conversation(row, inbox.directory)
            print_json({**shape, "parts": [shapes.part(part) for part in parts]})
        else:
            _print_thread(opened, row)
    return Exit.OK


def _print_thread(opened: "Desk", row: "ConversationRow") -> None:
    from tui.cli.thread_text import lines_of, moment

    names, now = opened.inbox.directory, opened.setup.now()
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
    for line in lines_of(opened.inbox.threads.cached(row.id), now):
        print(line)


# ------------------------------------------------------------------------------------------------------------- actions


def _act(args: argparse.Namespace, do: Do, *, names: bool = False) -> int:
    return asyncio.run(_act_on(args, [args.id], do, names=names))


async def _act_on(
    args: argparse.Namespace, ids: Sequence[str], do: Do, *, names: bool = False, as_list: bool = False
) -> int:
    from tui.cli.doing import carry_out, fetch_unknown, identify
    from tui.cli.names import clean_id
    from tui.cli.reporting import report
    from tui.cli.wiring import desk

    wanted = list(dict.fromkeys(clean_id("conversation", one) for one in ids))
    async with desk(args) as opened:
        online = await identify(opened, names=names)
        await fetch_unknown(opened, wanted)
        outbox_ids = [await do(opened, conversation_id) for conversation_id in wanted]
        outcomes = await carry_out(opened, outbox_ids, online=online)
        return report(outcomes, opened, as_json=args.json, as_list=as_list)


def _reply(args: argparse.Namespace) -> int:
    given = "" if args.edit else written(args)

    async def do(opened: "Desk", conversation_id: str) -> int:
        draft = opened.inbox.drafts.get(conversation_id, "reply")
        text = given or written(args, draft)
        drafted = args.edit or text.strip() == draft.strip()
        return await opened.inbox.actions.reply(
            conversation_id, text, close=args.close, force=args.force, drafted=drafted
        )

    return _act(args, do)


def _note(args: argparse.Namespace) -> int:
    given = "" if args.edit else written(args)

    async def do(opened: "Desk", conversation_id: str) -> int:
        draft = opened.inbox.drafts.get(conversation_id, "note")
        text = given or written(args, draft)
        drafted = args.edit or text.strip() == draft.strip()
        return await opened.inbox.actions.note(conversation_id, text, drafted=drafted)

    return _act(args, do)


def _assign(args: argparse.Namespace) -> int:
    async def do(opened: "Desk", conversation_id: str) -> int:
        from tui.cli.names import one_of

        inbox = opened.inbox
        if args.team:
            team = one_of("team", args.team, inbox.directory.teams())
            return await inbox.actions.assign(conversation_id, team_id=team.id)
        if args.nobody:
            return await inbox.actions.assign(conversation_id)
        admin_id = inbox.me.id if args.me else one_of("teammate", args.admin, inbox.directory.admins()).id
        return await inbox.actions.assign(conversation_id, admin_id=admin_id)

    return _act(args, do, names=True)


def _close(args: argparse.Namespace) -> int:
    return asyncio.run(_act_on(args, args.ids, lambda opened, one: opened.inbox.actions.close(one), as_list=True))


def _open(args: argparse.Namespace) -> int:
    return asyncio.run(_act_on(args, args.ids, lambda opened, one: opened.inbox.actions.open(one), as_list=True))


def _snooze(args: argparse.Namespace) -> int:
    from datetime import datetime

    from tui.text.when import parse_when

    when = " ".join(args.when)
    # what is no time anywhere ends here, before anything is asked
    parse_when(when, datetime.now().astimezone())

    async def do(opened: "Desk", conversation_id: str) -> int:
        until = parse_when(when, opened.setup.now())
        return await opened.inbox.actions.snooze(conversation_id, int(until.timestamp()))

    return _act(args, do)


def _tag(args: argparse.Namespace) -> int:
    async def do(opened: "Desk", conversation_id: str) -> int:
        from tui.cli.names import tag_of

        return await opened.inbox.actions.tag(conversation_id, tag_of(opened, args.tag).id)

    return _act(args, do, names=True)


def _untag(args: argparse.Namespace) -> int:
    async def do(opened: "Desk", conversation_id: str) -> int:
        from tui.cli.names import tag_of

        return await opened.inbox.actions.untag(conversation_id, tag_of(opened, args.tag).id)

    return _act(args, do, names=True)
