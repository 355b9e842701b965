"""``intercom-tui contact …``: finding people, and what is known of them."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tui.cli.failure import Exit, Failure, UsageError
from tui.cli.output import print_fields, print_json, print_table, say
from tui.cli.parsing import Parser, Verbs, positive
from tui.cli.words import add_text, written

if TYPE_CHECKING:
    from tui.api.contacts import ContactFields
    from tui.cli.wiring import Desk
    from tui.store.rows import ContactRow

Do = Callable[["Desk", str], Awaitable[int]]


def add_arguments(parser: Parser) -> None:
    """The verbs of ``contact``."""
    verbs = Verbs(parser)
    verb = verbs.add("find", _find, "contacts whose name, e-mail address or phone number holds a text")
    verb.add_argument("text", nargs="+", metavar="TEXT", help="part of a name, an address or a number")
    verb.add_argument("--limit", type=positive, metavar="N", default=50, help="at most so many (default: 50)")
    verb = verbs.add("view", _view, "one contact with companies, notes, tags and last conversations")
    _add_who(verb)
    verb = verbs.add("create", _create, "make a contact; wants an address, an external id or a role")
    _add_fields(verb)
    verb = verbs.add("update", _update, "change what is given, leave the rest")
    _add_who(verb)
    _add_fields(verb)
    verb = verbs.add("delete", _delete, "delete a contact for good: this cannot be undone")
    _add_who(verb)
    verb.add_argument("--yes", action="store_true", help="do not ask")
    verb = verbs.add("note", _note, "leave a note on a contact")
    _add_who(verb)
    add_text(verb)
    for name, run, summary in (("tag", _tag, "hang a tag on a contact"), ("untag", _untag, "take a tag off a contact")):
        verb = verbs.add(name, run, summary)
        _add_who(verb)
        verb.add_argument("tag", metavar="TAG", help="a tag's name or id")


def _add_who(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("who", metavar="ID|EMAIL", help="the contact's id or e-mail address")


def _add_fields(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--name", metavar="NAME")
    verb.add_argument("--email", metavar="EMAIL")
    verb.add_argument("--phone", metavar="NUMBER")
    verb.add_argument("--role", choices=("user", "lead"))
    verb.add_argument("--external-id", metavar="ID", help="what your own systems call them")
    verb.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="a custom attribute; may be given several times"
    )


# ------------------------------------------------------------------------------------------------------------- reading


def _find(args: argparse.Namespace) -> int:
    return asyncio.run(_find_them(args))


async def _find_them(args: argparse.Namespace) -> int:
    from tui.cli.wiring import desk

    async with desk(args) as opened:
        rows = (await opened.inbox.contacts.find(" ".join(args.text), args.limit))[: args.limit]
        if args.json:
            from tui.cli import shapes

            print_json([shapes.contact(row, opened.inbox.directory) for row in rows])
        elif rows:
            print_table(
                ("ID", "ROLE", "NAME", "E-MAIL", "PHONE"),
                [(row.id, row.role, row.name or "-", row.email or "-", row.phone) for row in rows],
                ("cyan", "dim"),
            )
        else:
            say("Nobody found.")
    return Exit.OK


def _view(args: argparse.Namespace) -> int:
    return asyncio.run(_view_one(args))


async def _view_one(args: argparse.Namespace) -> int:
    from tui.cli.names import contact_of
    from tui.cli.wiring import desk

    async with desk(args) as opened:
        inbox = opened.inbox
        if not inbox.me.id:
            await inbox.sync.identify(await inbox.link.open())
        row = await contact_of(opened, args.who)
        await _fetch_conversations(opened, row.id)
        conversations = inbox.contacts.conversations(row.id)
        if args.json:
            from tui.cli import shapes

            print_json(shapes.contact(row, inbox.directory, conversations))
        else:
            _print_contact(opened, row)
            if conversations:
                from tui.cli.conversation import print_list

                print()
                print_list(opened, conversations)
    return Exit.OK


async def _fetch_conversations(opened: "Desk", contact_id: str) -> None:
    from tui.api.query import Field

    client = await opened.inbox.link.open()
    page = await client.conversations.search(Field("contact_ids") == contact_id, per_page=20)
    await opened.inbox.intake.page(page.items)


def _print_contact(opened: "Desk", row: "ContactRow") -> None:
    from tui.cli.thread_text import moment

    names, now = opened.inbox.directory, opened.setup.now()

    def at(time: int) -> str:
        return moment(time, now) if time else ""

    print_fields(
        [
            ("id", row.id),
            ("name", row.name),
            ("e-mail", row.email),
            ("phone", row.phone),
            ("role", row.role),
            ("external id", row.external_id),
            ("owner", names.admin_name(row.owner_id)),
            ("place", ", ".join(filter(None, [row.city, row.country]))),
            ("language", row.language),
            ("companies", ", ".join(row.company_names)),
            ("plan", row.plan),
            ("tags", ", ".join(names.tag_name(tag) or tag for tag in row.tag_ids)),
            ("segments", ", ".join(row.segments)),
            ("signed up", at(row.signed_up_at)),
            ("last seen", at(row.last_seen_at)),
            *row.custom_attributes,
            ("notes", "\n".join(f"{at(when)} {author}: {text}" for when, author, text in row.notes)),
        ]
    )


# ------------------------------------------------------------------------------------------------------------- writing


def _fields(args: argparse.Namespace) -> "ContactFields":
    fields: ContactFields = {}
    if args.name is not None:
        fields["name"] = args.name
    if args.email is not None:
        fields["email"] = args.email
    if args.phone is not None:
        fields["phone"] = args.phone
    if args.role is not None:
        fields["role"] = args.role
    if args.external_id is not None:
        fields["external_id"] = args.external_id
    attributes: dict[str, object] = {}
    for pair in args.set:
        key, sign, value = pair.partition("=")
        if not key or not sign:
            raise UsageError(f"--set {pair!a} is not KEY=VALUE.")
        attributes[key] = _typed(value)
    if attributes:
        fields["custom_attributes"] = attributes
    return fields


def _typed(value: str) -> str | int | float | bool | None:
    """Numbers, true, false and null as JSON knows them; anything else is text."""
    import json

    try:
        plain = json.loads(value)
    except ValueError:
        return value
    return plain if plain is None or isinstance(plain, str | int | float | bool) else value


def _create(args: argparse.Namespace) -> int:
    fields = _fields(args)
    if not ({"email", "external_id", "role"} & fields.keys()):
        raise UsageError("A new contact wants --email, --external-id or --role.")

    async def run(opened: "Desk") -> "ContactRow":
        client = await opened.inbox.link.open()
        made = await client.contacts.create(**fields)
        return (await opened.inbox.intake.contacts([made]))[0]

    return asyncio.run(_write(args, run, "Created"))


def _update(args: argparse.Namespace) -> int:
    fields = _fields(args)
    if not fields:
        raise UsageError("Nothing to change: give --name, --email, --phone, --role, --external-id or --set.")

    async def run(opened: "Desk") -> "ContactRow":
        from tui.cli.names import contact_of

        contact = await contact_of(opened, args.who)
        client = await opened.inbox.link.open()
        changed = await client.contacts.update(contact.id, **fields)
        return (await opened.inbox.intake.contacts([changed]))[0]

    return asyncio.run(_write(args, run, "Changed"))


async def _write(args: argparse.Namespace, run: "Callable[[Desk], Awaitable[ContactRow]]", done: str) -> int:
    from tui.api.errors import NoAnswer
    from tui.cli import shapes
    from tui.cli.wiring import desk

    async with desk(args) as opened:
        try:
            row = await run(opened)
        except NoAnswer as error:
            raise Failure(
                f"{error.message} Whether it took effect is not known: look before you try again.", Exit.NETWORK
            ) from None
        if args.json:
            print_json(shapes.contact(row, opened.inbox.directory))
        else:
            say(f"{done}: {row.display} ({row.id})")
    return Exit.OK


def _delete(args: argparse.Namespace) -> int:
    return asyncio.run(_delete_one(args))


async def _delete_one(args: argparse.Namespace) -> int:
    from tui.cli.names import contact_of
    from tui.cli.wiring import desk
    from tui.store import people

    async with desk(args) as opened:
        row = await contact_of(opened, args.who)
        if not args.yes and not _agreed(f"Delete {row.display} ({row.id}) for good? This cannot be undone. [y/N] "):
            raise Failure("Not deleted.")
        client = await opened.inbox.link.open()
        await client.contacts.delete(row.id)
        await opened.store.write(lambda db: people.drop_contact(db, row.id))
        if args.json:
            print_json({"id": row.id, "deleted": True})
        else:
            say(f"Deleted: {row.display} ({row.id})")
    return Exit.OK


def _agreed(question: str) -> bool:
    from tui.text.clean import clean_line

    if not sys.stdin.isatty():
        raise UsageError("Deleting cannot be undone: say --yes where nobody can be asked.")
    print(clean_line(question), end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def _act(args: argparse.Namespace, do: Do, *, names: bool = True) -> int:
    return asyncio.run(_act_on(args, do, names))


async def _act_on(args: argparse.Namespace, do: Do, names: bool) -> int:
    from tui.api.errors import NetworkError
    from tui.cli.doing import carry_out, identify
    from tui.cli.names import clean_id, contact_of
    from tui.cli.reporting import report
    from tui.cli.wiring import desk

    async with desk(args) as opened:
        online = await identify(opened, names=names)
        try:
            contact_id = (await contact_of(opened, args.who)).id
        except NetworkError:
            # with an id the action can be queued all the same
            if "@" in args.who:
                raise
            contact_id, online = clean_id("contact", args.who), False
        outbox_id = await do(opened, contact_id)
        outcomes = await carry_out(opened, [outbox_id], online=online)
        return report(outcomes, opened, as_json=args.json)


def _note(args: argparse.Namespace) -> int:
    text = written(args)

    async def do(opened: "Desk", contact_id: str) -> int:
        return await opened.inbox.actions.note_contact(contact_id, text)

    return _act(args, do, names=False)


def _tag(args: argparse.Namespace) -> int:
    async def do(opened: "Desk", contact_id: str) -> int:
        from tui.cli.names import tag_of

        return await opened.inbox.actions.tag_contact(contact_id, tag_of(opened, args.tag).id)

    return _act(args, do)


def _untag(args: argparse.Namespace) -> int:
    async def do(opened: "Desk", contact_id: str) -> int:
        from tui.cli.names import tag_of

        return await opened.inbox.actions.untag_contact(contact_id, tag_of(opened, args.tag).id)

    return _act(args, do)
