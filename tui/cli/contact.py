"""``intercom-tui contact …``: finding people, and what is known of them."""

import argparse
import functools
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tui.cli.failure import Exit, Failure, UsageError
from tui.cli.interrupts import in_loop
from tui.cli.keeping import Written
from tui.cli.output import Table, print_fields, print_json, print_rows, say
from tui.cli.parsing import Parser, Verbs, positive
from tui.cli.text_input import add_text, written
from tui.model.labels import shell_texts

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox
    from tui.inbox.unjournaled import Applied, ContactEdit
    from tui.model.rows import ContactRow

Do = Callable[["Inbox", str], Awaitable[int]]
Write = Callable[["Inbox"], Awaitable["Applied[ContactRow]"]]


def add_arguments(parser: Parser) -> None:
    """The verbs of ``contact``."""
    verbs = Verbs(parser)
    verb = verbs.add("find", _find, "contacts by part of a name, e-mail address or phone number", acts=False)
    verb.add_argument("text", nargs="+", metavar="TEXT", help="part of a name, an address or a number")
    verb.add_argument("--limit", type=positive, metavar="N", default=50, help="maximum number (default: 50)")
    verb = verbs.add("view", _view, "one contact with companies, notes, tags and last conversations", acts=False)
    _add_who(verb)
    verb = verbs.add("create", _create, "create a contact (needs --email, --external-id or --role)", acts=True)
    _add_fields(verb)
    verb = verbs.add("update", _update, "change the given fields, keep the rest", acts=True)
    _add_who(verb)
    _add_fields(verb)
    verb = verbs.add("delete", _delete, "delete a contact for good: this cannot be undone", acts=True)
    _add_who(verb)
    verb.add_argument("--yes", action="store_true", help="do not ask")
    verb = verbs.add("note", _note, "add a note to a contact", acts=True)
    _add_who(verb)
    add_text(verb)
    for name, run, summary in (
        ("tag", _tag, "add a tag to a contact"),
        ("untag", _untag, "remove a tag from a contact"),
    ):
        verb = verbs.add(name, run, summary, acts=True)
        _add_who(verb)
        verb.add_argument("tag", metavar="TAG", help="the tag's name or ID")


def _add_who(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("who", metavar="ID|EMAIL", help="the contact's ID or e-mail address")


def _add_fields(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--name", metavar="NAME")
    verb.add_argument("--email", metavar="EMAIL")
    verb.add_argument("--phone", metavar="NUMBER")
    verb.add_argument("--role", choices=("user", "lead"))
    verb.add_argument("--external-id", metavar="ID", help="the ID in your own systems")
    verb.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="a custom attribute; may be given several times"
    )


# ------------------------------------------------------------------------------------------------------------- reading


async def _find(args: argparse.Namespace) -> int:
    from tui.cli.opening import inbox_of
    from tui.inbox import export

    async with inbox_of(args) as inbox:
        rows = (await inbox.contacts.find(" ".join(args.text), args.limit))[: args.limit]
        print_rows(rows, _table(), lambda row: export.contact(row, inbox.directory), as_json=args.json)
    return Exit.OK


def _table() -> "Table[ContactRow]":
    def cells(row: "ContactRow") -> tuple[str, ...]:
        return row.id, row.role, row.name or "-", row.email or "-", row.phone

    return Table(("ID", "ROLE", "NAME", "E-MAIL", "PHONE"), cells, ("cyan", "dim"), shell_texts.NO_CONTACTS_FOUND)


async def _view(args: argparse.Namespace) -> int:
    from tui.cli.opening import inbox_of
    from tui.inbox import resolve

    async with inbox_of(args) as inbox:
        if not inbox.me.id:
            await inbox.sync.identify(await inbox.connection.open())
        row = await resolve.contact(inbox, args.who)
        unread = await inbox.contacts.fetch_conversations(row.id)
        conversations = inbox.contacts.conversations(row.id)
        if unread:
            import msgspec

            row = msgspec.structs.replace(row, unread=(*row.unread, ("conversations", unread)))
        if args.json:
            from tui.inbox import export

            print_json(export.contact(row, inbox.directory, conversations))
        else:
            _print_contact(inbox, row)
            if conversations:
                from tui.cli.conversation_table import table_of

                print()
                print_rows(conversations, table_of(inbox), lambda row: row.id, as_json=False)
    return Exit.OK


def _print_contact(inbox: "Inbox", row: "ContactRow") -> None:
    from tui.cli.thread_text import moment

    names, now = inbox.directory, inbox.now()
    unread = dict(row.unread)

    def at(time: int) -> str:
        return moment(time, now) if time else ""

    print_fields(
        [
            ("id", row.id),
            ("name", row.name),
            ("e-mail", row.email),
            ("phone", row.phone),
            ("role", row.role),
            ("external ID", row.external_id),
            ("owner", names.admin_name(row.owner_id)),
            ("place", ", ".join(filter(None, [row.city, row.country]))),
            ("language", row.language),
            ("companies", ", ".join(row.company_names) or unread.get("companies", "")),
            ("plan", row.plan),
            ("tags", ", ".join(names.tag_name(tag) or tag for tag in row.tag_ids)),
            ("segments", ", ".join(row.segments) or unread.get("segments", "")),
            ("signed up", at(row.signed_up_at)),
            ("last seen", at(row.last_seen_at)),
            *row.custom_attributes,
            (
                "notes",
                "\n".join(f"{at(when)} {author}: {text}" for when, author, text in row.notes)
                or unread.get("notes", ""),
            ),
            ("events", unread.get("events", "")),
            ("conversations", unread.get("conversations", "")),
        ]
    )


# ------------------------------------------------------------------------------------------------------------- writing


def _edit(args: argparse.Namespace) -> "ContactEdit":
    from tui.inbox.attributes import typed
    from tui.inbox.unjournaled import ContactEdit

    attributes: dict[str, object] = {}
    for pair in args.set:
        key, sign, value = pair.partition("=")
        if not key or not sign:
            raise UsageError(shell_texts.SET_NOT_KEY_VALUE.format(pair=pair))
        attributes[key] = typed(value)
    return ContactEdit(args.name, args.email, args.phone, args.role, args.external_id, attributes)


async def _create(args: argparse.Namespace) -> int:
    edit = _edit(args)
    if not edit.identifies:
        raise UsageError(shell_texts.NEW_CONTACT_NEEDS)

    async def run(inbox: "Inbox") -> "Applied[ContactRow]":
        from tui.inbox.unjournaled import create_contact

        return await create_contact(inbox, edit)

    return await _write(args, run, "Created")


async def _update(args: argparse.Namespace) -> int:
    edit = _edit(args)
    if edit.is_empty:
        raise UsageError(shell_texts.NOTHING_TO_CHANGE)

    async def run(inbox: "Inbox") -> "Applied[ContactRow]":
        from tui.inbox.unjournaled import update_contact

        return await update_contact(inbox, args.who, edit)

    return await _write(args, run, "Changed")


async def _write(args: argparse.Namespace, run: Write, done: str) -> int:
    from tui.cli.notices import say_not_copied
    from tui.cli.opening import inbox_of
    from tui.inbox import export

    async with inbox_of(args) as inbox:
        row, trouble = await run(inbox)
        say_not_copied(trouble)
        if args.json:
            print_json(export.contact(row, inbox.directory))
        else:
            say(f"{done}: {row.display} ({row.id})")
    return Exit.OK


async def _delete(args: argparse.Namespace) -> int:
    from tui.cli.notices import say_not_copied
    from tui.cli.opening import inbox_of
    from tui.inbox import resolve
    from tui.inbox.unjournaled import delete_contact

    async with inbox_of(args) as inbox:
        row = await resolve.contact(inbox, args.who)
        if not args.yes and not _agreed(shell_texts.DELETE_FOR_GOOD.format(name=row.display, number=row.id)):
            raise Failure(shell_texts.NOT_DELETED)
        say_not_copied((await delete_contact(inbox, row.id)).trouble)
        if args.json:
            print_json({"id": row.id, "deleted": True})
        else:
            say(f"Deleted: {row.display} ({row.id})")
    return Exit.OK


def _agreed(question: str) -> bool:
    from tui.text.sanitize import clean_line

    if not sys.stdin.isatty():
        raise UsageError(shell_texts.DELETING_NEEDS_YES)
    print(clean_line(question), end=" ", file=sys.stderr, flush=True)
    try:
        return sys.stdin.readline().strip().casefold() in ("y", "yes")
    except OSError as error:
        raise Failure(shell_texts.INPUT_NOT_READ_NOT_DELETED.format(reason=error.strerror or error)) from error


async def _act_on(args: argparse.Namespace, do: Do, kind: str, already: str = "", *, names: bool = True) -> int:
    from tui.cli.notices import still_unknown
    from tui.cli.opening import inbox_of
    from tui.cli.reporting import report
    from tui.inbox.outbox.preflight import contact_id_of, identify
    from tui.inbox.outbox.submit import on_contact, submit

    async with inbox_of(args) as inbox:
        online = await identify(inbox, names=names)
        contact_id, reached = await contact_id_of(inbox, args.who)
        outcomes = await submit(
            inbox,
            [on_contact(inbox, kind, contact_id)],
            functools.partial(do, inbox),
            inbox.contacts.fetch,
            already,
            online=online and reached,
            still_unknown=still_unknown(inbox),
        )
        return report(outcomes, inbox, as_json=args.json)


def _note(args: argparse.Namespace) -> int:
    words = Written(args, "contact-note", args.who, written(args))

    async def do(inbox: "Inbox", contact_id: str) -> int:
        outbox_id = await inbox.actions.note_contact(contact_id, words.text)
        words.journaled()
        return outbox_id

    with words:
        return in_loop(_act_on(args, do, "note_contact", names=False))


async def _tag(args: argparse.Namespace) -> int:
    async def do(inbox: "Inbox", contact_id: str) -> int:
        from tui.inbox import resolve

        return await inbox.actions.tag_contact(contact_id, resolve.tag(inbox, args.tag).id)

    return await _act_on(args, do, "tag_contact", "tagged")


async def _untag(args: argparse.Namespace) -> int:
    async def do(inbox: "Inbox", contact_id: str) -> int:
        from tui.inbox import resolve

        return await inbox.actions.untag_contact(contact_id, resolve.tag(inbox, args.tag).id)

    return await _act_on(args, do, "untag_contact", "untagged")
