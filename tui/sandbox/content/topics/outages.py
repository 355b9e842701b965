"""Bad hours: several customers writing in about the same thing at the same time."""

# ruff: noqa: E501 - messages stay on one line each, as they are read

from __future__ import annotations

from tui.sandbox.content.topic import Topic, note, them, us

_LIVE_AGAIN = (
    "We're back since {clock}: the queue of labels that piled up has drained and new ones come out in the usual two seconds. If a label is missing, print it again, you won't pay for it twice.",
    "Everything has been normal for half an hour now. The short story: a database ran out of connections after a routine restart. The long story will be at [status.tidewater.example](https://status.tidewater.example) by tomorrow evening, with what we change so that it doesn't happen again.",
)

TOPICS = (
    Topic(
        "outage-labels",
        ("outage",),
        (
            "Is Tidewater down?",
            "Can't print ANY labels",
            'URGENT - label printing stuck at "Preparing"',
            "Nothing prints since {clock}",
            "are you having problems right now",
        ),
        (
            'Every label sits at "Preparing…" and then says **try again later**. {n} orders waiting, the {carrier} driver comes at {clock}. Is it just us?',
            "[[Is the site down|Are you down|Anything going on over there]]? Spinning wheel since {clock}. Your status page is all green, which I find optimistic.",
            "Label printing broken for us in {town} since about {clock}. Dashboard loads, orders load, just no labels. {many} parcels by end of day…",
            '[[Getting|We get|Seeing]] "503 upstream" on everything with a label in it. {colleague} at another shop has the same, so I guess you know?',
        ),
        (
            note("Same as the others from {clock}. Linking to the incident, saved reply sent. {n} reports so far."),
            us(
                "You're not alone, and it's us: label creation has been failing for most customers since {clock}. Engineers are on it. I'll write to you here as soon as it's back, no need to keep refreshing.\n\nIf your pickup is soon: labels you've **already made** can still be downloaded under Labels → Recent.",
                "We have a problem with label printing and the status page is behind the times, sorry (it's red now). The team has found the cause and is rolling back. My honest estimate is 20 to 40 minutes.",
            ),
            them(
                "Thanks for the straight answer. Driver will wait until half past.",
                "ok. pls hurry, we have {n} more since i wrote to you",
                "u2: That was 40 minutes ago. Any news?",
            ),
            us(*_LIVE_AGAIN),
            them(
                "Printing again here. Phew.",
                "Confirmed, all {many} came out. The printer is smoking but happy.",
                "Back, thank you. Will there be compensation for the second pickup?",
            ),
        ),
        mood="negative",
        channels="cceei",
        weight=8,
        files=("screenshot.png",),
    ),
    Topic(
        "outage-dashboard",
        ("outage",),
        ("o1: 502 Bad Gateway", "o13: Dashboard won't load", "o1: White page after login", "o2: Site super slow today"),
        (
            "I get as far as the login and then a white page. [[Cleared cookies, other browser, phone|Tried it on three machines]]: same thing.\n\n```\n502 Bad Gateway\ntidewater-edge/1.{n}\n```",
            "Is it me or is everything crawling? Opening order {order} took {n} seconds by my kitchen clock.",
            "app.tidewater.example times out from our office but works on my phone's network. Are you blocking {town}? What did we do?",
        ),
        (
            us(
                "o12: Not you: one of our edge locations is unwell and sends some visitors a 502. We're moving traffic away from it, which takes a few minutes to reach everybody. Could you try again in ten?",
                "o3: Your office's address landed on a block list after somebody there ran {lots} requests in a minute (a spreadsheet with a refresh button, perhaps?). I've lifted it.",
            ),
            them(
                "u1: Loads again. Ten minutes to the second, have you rehearsed this?",
                "u2: oh no. that was {colleague}'s new \"live dashboard\". we'll have a word",
                "o1 u1: Still white here.",
            ),
            us(
                "t12: Great, thanks for checking. I'll close this one; do shout if it comes back.",
                "t3: Could you send me the `cf-edge` line from the bottom of the error page? It says which location you reach.",
            ),
        ),
        mood="negative",
        channels="cci",
        weight=5,
        files=("screenshot.png",),
    ),
    Topic(
        "outage-carrier",
        ("outage", "carrier"),
        ("{carrier} rates missing at checkout", "No {carrier} labels possible", "{carrier} API down?"),
        (
            "Checkout shows no {carrier} rates at all since {clock}, only the expensive one. We've had {few} abandoned carts that I know of.",
            '"Carrier did not respond (timeout 30 s)" for all {carrier} shipments. {carrier2} is fine. Is it you or is it them?',
        ),
        (
            us(
                "It's them this time: {carrier}'s interface has been down since {clock} and they've confirmed it. You can set a fallback under **Shipping → Rules → If a carrier does not answer**: a flat rate keeps your checkout selling in the meantime."
            ),
            them("Flat rate set, carts are moving. Good tip.", "Do I have to remember to turn that off again?"),
            us("t2: No, it only kicks in while a carrier doesn't answer. {carrier} is back since {clock}, by the way."),
        ),
        mood="negative",
        weight=4,
    ),
    Topic(
        "outage-aftermath",
        ("outage", "churn risk"),
        (
            "About yesterday's outage",
            "o2: Compensation for {day}?",
            "o1: Post-mortem, please",
            "o2: SLA credit request",
        ),
        (
            'Yesterday cost us {n} late parcels and a one-star review ("arrived after the birthday"). I understand that things break. I\'d like to know **what** broke and what you do about it, in writing, for my boss.',
            "According to our contract we get a credit if monthly uptime falls below 99.9 %. By my count it's 99.{n} %. How do I claim it?",
            "[[Third incident this quarter.|That's the third time since {month}.|Third one. We count.]] We like the product, we really do, but I've been asked to collect offers from others. What can I tell them?",
        ),
        (
            note(
                "{plan} customer, {many} labels/month. @Sade want to take this one? I'd rather they hear it from you than from a template.",
                who=0,
            ),
            us(
                "o13: You're owed a proper answer. What broke: a restart of our main database came back with a limit of 100 connections instead of 1,000 and label workers queued behind it for 47 minutes. What we do: the limit is checked at start now, the alarm fires after two minutes instead of fifteen, and label printing gets its own pool. The full report is attached.",
                "o2: You don't have to claim it, I've done it for you: 10 % of {amount} goes off the next invoice. I'd also like to offer half an hour with the engineer who was on call, no sales people in the room.",
                files=("incident-report.pdf",),
            ),
            them(
                "u1: That's the most readable incident report I've had from a supplier. It buys you a quarter.",
                "o1 u1: Thank you. I'll pass it on. The birthday child got a second present from us.",
                "u2: We'll take the call. {day} at {clock}?",
            ),
        ),
        mood="negative",
        channels="e",
        weight=4,
    ),
)
