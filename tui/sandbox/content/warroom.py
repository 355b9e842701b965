"""War rooms: threads of sixty to six hundred turns, an investigation put together from hypotheses that fail one by one."""

# ruff: noqa: E501 - messages stay on one line each, as they are read

from __future__ import annotations

from random import Random

from tui.sandbox.content.shapes import Author, Turn
from tui.sandbox.content.template import Slots, render_html
from tui.sandbox.content.topic import Topic

TOPIC = Topic(
    "war-room",
    ("outage", "vip"),
    (
        "Label printing stalls in {few} of our warehouses",
        "[P1] Intermittent 9-second pauses, all sites",
        "Every label slow since {day}, {lots} affected",
        "P1: scanners lose connection at every shift change",
    ),
    (
        "Opening this as P1 as agreed with {mate}.\n\nSince {day} labels stall for about nine seconds, at random, in {few} of our warehouses. {many} cases so far today. It isn't the network (says network), it isn't the printers (say the printers). I'm adding {colleague} from our side. Please keep everything in **this** thread.",
        'This is now the third day. Scanners drop at each shift change, come back after nine seconds, and the belt stops meanwhile. {lots} parcels late. I need an hourly update here, even if it only says "no news".',
    ),
    channels="e",
    mood="negative",
)

_SITES = (
    "Dock 3",
    "Leeds North",
    "the cold store",
    "Ghent",
    "Returns hall",
    "Halifax",
    "the mezzanine",
    "Gate 7",
    "Tampere",
    "Packing line B",
    "the annex",
    "Boise",
)

# (what somebody suspects, how it is tested, why it was not that)
_HYPOTHESES = (
    (
        "connection pool running dry at the top of the hour",
        "doubling it on one node in {site}",
        "pool never above {n} % there, pauses unchanged. Not it.",
    ),
    (
        "DNS lookups timing out (5 s + 4 s is suspiciously nine)",
        "pinning the address in the hosts file of one station",
        "same nine seconds with DNS out of the picture. I was so fond of that one.",
    ),
    (
        "the antivirus on the packing stations",
        "an exclusion for the print agent in {site}",
        "excluded, rebooted, still pausing. Their IT is now looking at us differently.",
    ),
    (
        "a retry storm from agents older than 3.{n}",
        "upgrading all of {site} over lunch",
        "all on the newest, {n} pauses since. No.",
    ),
    (
        "clock skew: stations in {site} are {few} s ahead",
        "pointing them at our time server",
        "clocks agree to the millisecond, pauses don't care.",
    ),
    (
        "a switch port in {site} that negotiated half duplex",
        "swapping the cable, then the port, then the switch",
        "was half duplex indeed, well spotted, but fixing it changed nothing here.",
    ),
    (
        "garbage collection on the label workers",
        "a bigger heap on two of eight",
        "GC pauses are 40 ms. Nine seconds would be a landfill.",
    ),
    ("{carrier}'s certificate check (OCSP) hanging", "stapling it", "stapled. Faster handshakes, same pauses."),
    (
        "the nightly export holding a lock longer than it should",
        "pausing the export for a day",
        "no export, still pauses. Accounting noticed, though.",
    ),
    (
        "USB power saving on the {printer}",
        "turning selective suspend off by policy in {site}",
        "no change on the {n} stations that took the policy.",
    ),
    (
        "Wi-Fi roaming between two access points at {site}",
        "putting one scanner on a cable, looks ridiculous, works",
        "the cabled one pauses too, and somebody tripped over it.",
    ),
    (
        "an index that went missing in the last migration",
        "EXPLAIN on the slow ones",
        "index is there, plan is fine, 3 ms. The database is innocent, as usual.",
    ),
    (
        "a font that is fetched for every label with an accent in the name",
        'printing {n} labels for "Zoë" and {n} for "Bob"',
        "Zoë and Bob are equally slow.",
    ),
    (
        "the rubber plant in front of the access point in {site}",
        "moving the rubber plant",
        "I'd have loved it to be the plant.",
    ),
    (
        "the load balancer draining a node every {minutes} minutes",
        "keeping one node out of rotation",
        "pauses spread evenly over all the nodes, drained or not.",
    ),
)

_DATA = (
    "New ones from {site}:\n\n```\n{clock}:07  station-{n}  label {order}  9.02 s\n{clock}:31  station-{few}  label {order2}  9.01 s\n{clock}:58  station-{n}  label {order3}  8.99 s\n```",
    "{site} had {n} in the last hour, {few} of them on one station. Log attached.",
    "Interesting: **none** at all in {site} between {clock} and a quarter past. That's when they had fire drill.",
    "[[Still happening|And again|No change]] in {site}. {colleague} has started a tally on the whiteboard, we're at {many}.",
    "Counted for you:\n\n- {site}: {n}\n- everywhere else: {few}\n- our patience: limited",
    "It's slower now in {site}, eleven seconds instead of nine. Did you change anything?",
    "Shift leader in {site} says that it's only when the forklift charges. I pass it on without comment.",
)
_UPDATES = (
    "Update: we suspect **{hypothesis}**. Test under way: {test}. Next update in an hour.",
    "Hourly update. Current theory is {hypothesis}. We're {test} and will know by lunch.",
    "We'd like to try something: {test}. It touches nothing else and we can take it back at once. OK for you?",
    "Thanks for the data. It points to {hypothesis}; {mate} is {test} right now.",
)
_AGREED = (
    "Go ahead.",
    "OK from our side, {colleague} is at the station.",
    "Fine. Please not during loading ({clock}).",
    "Approved. Tell me when.",
    "Do it. The night shift knows.",
    "👍 {site} is ready",
)
_FAILED = (
    "Result: {verdict} Sorry, back to the drawing board; the next idea is already being looked at.",
    "No luck: {verdict} We've crossed it off. I know that this isn't what you want to read.",
    "Update: {verdict} We've learned something, if not what we hoped.",
)
_PATIENCE = (
    "Understood. Next?", "Thanks for being straight about it.", "My director asks for a root cause by {day}. I've told him that so do we all.",
    "OK. {colleague} bets on the coffee machine, for the record.", "I appreciate the hourly updates, even the empty ones.",
    "That's theory number {few} today. Please keep going.", "Could we get somebody on site in {site}?",
)  # fmt: skip
_PROPOSE = (
    "Theory: {hypothesis}. {mate}, thoughts?",
    "I think it's {hypothesis}.",
    "What about {hypothesis}? Would fit {site}.",
    "Hear me out: {hypothesis}.",
    "Looking at the traces of {site}, smells like {hypothesis}.",
)
_DISCUSS = (
    "+1, worth an hour.", "Wouldn't explain {site}, they're on the other cluster.", "Can't hurt. I'll do it: {test}.", "Nine seconds exactly, though. Something *waits* for nine seconds. What has a 9 s timeout?",
    "grep says nothing of ours has a timeout of 9. 3×3 perhaps: three tries of three seconds?", "Taking the pager from {mate}, notes are up to date.", "I've added a histogram, see {ticket}. It's a needle at 9.0, no tail.",
    "Customer is being very decent about it, let's keep the updates coming.", "Trace of `{reqid}`: 8.97 s between *queued* and *picked up*, nothing in between.", "Lunch. Back at {clock}.",
    "Same pattern at another customer since build {build}, linking.", "If that's it then I owe {mate} a beer.", "Please nobody restart {site}, I'm recording.", "Going home, {mate} has it. Fresh eyes and all that.",
)  # fmt: skip
_VERDICT = ("{verdict}", "Result for {site}: {verdict}", "Done. {verdict}", "Tested with {mate}: {verdict}")
_FOUND: tuple[tuple[Author, str], ...] = (
    ("note", "GOT IT. The watchdog on the queue pings a host that was switched off on {day}: three tries, three seconds each. Every time that a worker is *picked fresh*, it waits for a dead machine. 3×3 = 9. {ticket}"),
    ("note", "Oh no. Oh *yes*. Patch is one line. Rolling out to {site} first."),
    ("teammate", "We have it. Before a worker takes its first job it checks in with a monitoring host, and that host was retired on {day}: three tries of three seconds, nine in all. Shift changes and random pauses were simply moments when new workers started. The fix is live in {site} and goes everywhere within the hour."),
    ("customer", "{site}: zero pauses in 30 minutes. {colleague} has put the pen down."),
    ("teammate", "Everywhere now. I'll keep watching until tomorrow at {clock}; the full report follows by {day}."),
    ("customer", "A whole day without a single one. Thank you all, also to those whose theories were wrong. The rubber plant has been given back its place."),
)  # fmt: skip


def continue_war_room(rng: Random, slots: Slots, length: int) -> list[Turn]:
    """``length`` turns after the opening of a war room, the last of which settle it."""
    turns: list[Turn] = []
    order: list[int] = []
    while len(turns) < length - len(_FOUND):
        if not order:
            order = rng.sample(range(len(_HYPOTHESES)), len(_HYPOTHESES))
        turns += _round(rng, slots, _HYPOTHESES[order.pop()])
    turns = turns[: max(0, length - len(_FOUND))]
    end = _fresh(rng, slots)
    turns += [_turn(rng, author, text, end) for author, text in _FOUND]
    return turns[-length:] if length < len(turns) else turns


def _fresh(rng: Random, slots: Slots) -> Slots:
    """New numbers for a new round; the people stay."""
    fresh = Slots(rng, slots.makers)
    for name in ("me", "full", "store", "colleague", "domain", "myemail", "plan", "cur", "carrier", "printer", "build"):
        fresh[name] = slots[name]
    fresh["site"] = rng.choice(_SITES)
    return fresh


def _round(rng: Random, slots: Slots, hypothesis: tuple[str, str, str]) -> list[Turn]:
    fresh = _fresh(rng, slots)
    for name, text in zip(("hypothesis", "test", "verdict"), hypothesis, strict=True):
        fresh[name] = render_html(text, fresh).removeprefix("<p>").removesuffix("</p>")
    made: list[Turn] = []
    if rng.random() < 0.8:
        made.append(_turn(rng, "customer", rng.choice(_DATA), fresh))
    made.append(_turn(rng, "note", rng.choice(_PROPOSE), fresh))
    made += [_turn(rng, "note", text, fresh) for text in rng.sample(_DISCUSS, rng.randint(1, 4))]
    made.append(_turn(rng, "teammate", rng.choice(_UPDATES), fresh))
    if rng.random() < 0.7:
        made.append(_turn(rng, "customer", rng.choice(_AGREED), fresh))
    made.append(_turn(rng, "note", rng.choice(_VERDICT), fresh))
    made.append(_turn(rng, "teammate", rng.choice(_FAILED), fresh))
    if rng.random() < 0.6:
        made.append(_turn(rng, "customer", rng.choice(_PATIENCE), fresh))
    return made


_INVESTIGATORS = (1, 5, 7, 1, 5)
_FIRST_NAMES = {1: "Priya", 5: "Wen", 7: "Gus"}


def _turn(rng: Random, author: Author, text: str, slots: Slots) -> Turn:
    who = None
    if author == "note":
        who = rng.choice(_INVESTIGATORS)
    elif author == "teammate":
        who = rng.choice((0, 1))
    slots["mate"] = rng.choice([name for index, name in _FIRST_NAMES.items() if index != who])
    for name in [name for name in slots if name.startswith("either_")]:
        del slots[name]
    delay = rng.randint(60, 900) if author == "note" else rng.randint(300, 3600)
    return Turn(author, render_html(text, slots), delay, who=who)
