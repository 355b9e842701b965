"""The angry, the happy, and those with ideas."""

# ruff: noqa: E501 - messages stay on one line each, as they are read

from __future__ import annotations

from tui.sandbox.content.topic import Topic, note, them, us

TOPICS = (
    Topic(
        "angry-lost-parcels",
        ("complaint", "carrier"),
        (
            "o1: THIRD lost parcel this month",
            "This is unacceptable",
            "o1: {few} parcels gone, nobody answers",
            "Formal complaint",
        ),
        (
            "That's the third {carrier} parcel lost this month, {money2} of {product} in total, and every time I get the same copy-and-paste answer. I want to speak to a person with a name and some authority.",
            "I have now explained this to {few} different people. Parcel {tracking}, handed over on {day}, never scanned again. Do you keep notes? Do you read them? **Does anybody there talk to each other?**",
            "WORST. SUPPORT. EVER. {n} days to get an answer and then it's about somebody else's parcel!!! My customers blame ME for this, not you.",
            "Your \"priority\" support has had this since {day}. I've written a review. It isn't long, but it's accurate.",
        ),
        (
            note(
                "Third contact, and we did send him the wrong customer's reply on Monday. Own it, no template. Claim limit raised to {money2}, approved.",
                who=0,
            ),
            us(
                "o13: My name is on this message and I've read everything, including the reply that was meant for someone else. That was our mistake and I'm sorry. What I've done so far: opened a claim for {tracking} and the two before it, and put the full {money2} on your balance **now**, without waiting for {carrier}. I'll write again tomorrow at {clock}, whether there's news or not.",
                "o24: You're right to be angry: nobody owned your case, people just took turns. As of now it's mine. {carrier}'s depot in {town} is searching for {tracking} on my account of its last scan; if it isn't found by {day}, you're reimbursed in full.",
            ),
            them(
                "Thank you. That's the first answer in two weeks which sounds like somebody read my mail.",
                "u2: We'll see. {day} it is.",
                "Fine. The receipts are attached, again. I'll wait until tomorrow.",
            ),
            us(
                "o13: As promised: {carrier} found two of the three in {town}, label side down, on top of a cupboard. They're on their way; the money for the third stays with you.",
                "o24: As promised: {tracking} was found in {town}, label side down, on top of a cupboard. It's on its way, and the refund stays with you.",
            ),
            them(
                "On top of a cupboard. I don't even know what to say. Thank you for staying on it.",
                "o13: Got them both today. I've changed the review to three stars. The cupboard costs you two.",
                "o24: Got it today. I've changed the review to three stars. The cupboard costs you two.",
            ),
        ),
        mood="negative",
        channels="eec",
        files=("IMG.jpg", "receipts.pdf"),
        weight=6,
    ),
    Topic(
        "damaged",
        ("carrier", "complaint"),
        ("{product} arrived in pieces", "Damage claim {tracking}", "Who insures this?"),
        (
            "Parcel {tracking} arrived [[flat|wet|in the shape of a boot]]. Contents: {product}, value {money}. Photos attached. It did say FRAGILE on four sides, which in hindsight reads like a challenge.",
            'How do I file a damage claim with {carrier}? Their form wants a "consignor deed number" and I have never owned a deed.',
        ),
        (
            us(
                "o1: Sorry about your {product}. Claims go through us so you can skip their form: I need a photo of the outside, one of the inside, and what it cost you. I've filed it with those you sent; {carrier} has 21 days. Parcels over {cur}50 are worth insuring, there's a tick box for it when printing.",
                "o2: You can skip their form, deed number and all: claims go through us. I need a photo of the outside, one of the inside, and what it cost you. {carrier} then has 21 days; we remind them on day 22.",
            ),
            them(
                "Here's the inside. It used to be {product}.",
                "u1: Filed, thanks. Insurance box now ticked for good.",
                files=("IMG.jpg",),
            ),
            us("Accepted by {carrier}: {money} goes to your balance. They had no comment on the state of it."),
        ),
        mood="negative",
        files=("IMG.jpg",),
        channels="ec",
        weight=4,
    ),
    Topic(
        "happy",
        ("praise",),
        ("Thank you!!", "You people are great", "Just wanted to say", "o2: {lots} labels later"),
        (
            "No question, just thanks. {mate} stayed on chat with me until {clock} on {day} while I was crying over a printer, and {n} orders went out on time. Please give them [[a raise|cake|a medal]].",
            "We've just printed our {lots}th label with you 🎉 Started at my kitchen table with {product}, now we're {few} people and a forklift. Thought you'd like to know.",
            "~ok the new batch print is SO good. whoever made it, i'd like to send them some {product}. where to?",
            'My {kid}-year-old daughter prints the labels on Saturdays and says your error messages are "polite". High praise, she\'s hard to please.',
        ),
        (
            us(
                "o1: You've made {mate}'s day, I've read it out loud to the whole room. Thank *you*.",
                "o2: What a message to find on a {day} morning! A forklift!! Would you let us put this on the wall, with your name?",
                "o3: The team blushes. No {product} needed, although nobody here would refuse.",
                "o4: Please tell her that we aim to be polite on Saturdays above all. If she'd like to write an error message for us: the one for a paper jam is still free.",
            ),
            them(
                "o2: Of course you can, with the forklift's name too. It's Brenda.",
                "😊",
                "o3: Parcel is on its way. Tracking {tracking}, of course.",
            ),
        ),
        mood="positive",
        channels="ecci",
        files=("IMG.jpg",),
        weight=5,
    ),
    Topic(
        "feature-dark-mode",
        ("feature request",),
        ("Dark mode when?", "Feature request: night theme", "my eyes"),
        (
            "It's {clock} in a dark warehouse and your orders page is the brightest thing in {town}. Dark mode, pretty please?",
            "[[Any plans for a dark theme?|Will there be a dark theme?|Dark theme, anyone?]] My night packer wears sunglasses. I thought that he was joking.",
        ),
        (
            us(
                "You're number 214 on that list and the list has been heard: it's in beta. Shall I switch it on for you? The label preview stays white, for obvious reasons."
            ),
            them("YES please", "Oh yes. Tonight, if you can.", "Please do. What's the catch?"),
            us("t12: Done, reload once.", "t3: A button or two is still too bright. It's on, reload once."),
            them(
                "o2: Sunglasses off! He has quite nice eyes.",
                "Looks great, one thing: red on black is hard to read.",
                "It's like being hugged by a cave. Thank you.",
            ),
        ),
        channels="cci",
        weight=3,
    ),
    Topic(
        "feature-split",
        ("feature request",),
        ("Split one order into two parcels", "Feature request: multi-parcel", "Order too big for one box"),
        (
            "Order {order} has {n} {product} and doesn't fit into one box. Can I make two labels for it with both tracking numbers going to the customer? At the moment I pretend that it's two orders, and {platform} gets confused.",
            "[[Would it be possible to|Could you|Is there a way to]] let a packer split a shipment on the scanner? They only notice it doesn't fit when it doesn't fit.",
        ),
        (
            us(
                "On the web it's there: open the order, **⋯ → Split shipment**, drag items between boxes. Both numbers are sent to {platform}. On the scanner it doesn't exist yet and I've added your vote with the sentence \"they only notice it doesn't fit when it doesn't fit\", which settles it, I think."
            ),
            note("Added to the multi-parcel request, that's {n} customers now. Product says next quarter."),
            them("o1: Never saw that menu. Works, thanks!", "o2: Thank you. Do you tell us when it's there?"),
            us("t2: We do: everyone who voted gets a mail on the day."),
        ),
        weight=3,
    ),
    Topic(
        "feature-rules",
        ("feature request",),
        ("o3: Rule: never {carrier} on {day}s", "o2: Shipping rules by weather?", "o1: Rules based on customer tags"),
        (
            "Can a rule look at the customer's tags? I'd like: tag *wholesale* → pallet, tag *grandma* → {carrier} with a handwritten note reminder.",
            'We ship [[chocolate|pralines|cheese, lots of it]]. Could there be a rule "if over 25 °C at the destination then express with ice pack"? I know how that sounds.',
            'I need "never {carrier} on {day}s". I have my reasons, and most of them are {carrier}.',
        ),
        (
            us(
                'o1: Tags work since last week: Conditions → Customer → Tag. The reminder you can do with "show message to packer". I\'ve built the grandma rule for you as a draft.',
                "o2: It sounds like melted chocolate, so: sensible. There's no weather, but there's *month* and *destination*, which gets you most of the way. I've written down the real thing as a request.",
                "o3: Conditions → Day of shipping → *is not* {day}. No questions asked.",
            ),
            them(
                "o1: The grandma rule is live. Four grandmas so far.",
                "o2: Month + destination it is. Thank you!",
                "o3: bless you",
            ),
        ),
        channels="ec",
        weight=3,
    ),
    Topic(
        "feature-api",
        ("feature request", "api"),
        ("o1: Webhook for voided labels?", "o2: A command line tool?", "o1: label.voided"),
        (
            "There's `label.created` but no `label.voided`, so our ledger slowly drifts away from yours ({money} by now). Would you add one?",
            "[[Any plans for a command line tool?|Is there a CLI?|Have you ever thought of a command line tool?]] We'd use it in a nightly job, and also I just like command lines.",
        ),
        (
            us(
                "o1: It's built and sits behind a flag: shall I turn on `label.voided` for your account? Same payload as `created`, plus `reason` and `refund_state`. For the drift: `GET /v2/labels?state=voided&since=…` lists the old ones.",
                "o2: Not officially. Unofficially one of us has one, it's called `tw`, and he'd be thrilled to hear from a second user.",
            ),
            them("o1: Yes please. Ledger is balanced to the cent now.", "o2: Tell him he has one."),
        ),
        channels="e",
        weight=2,
    ),
    Topic(
        "carbon",
        ("feature request", "carrier"),
        ("o1: CO₂ per parcel", "o1: Carbon report for {month}", "o2: Green shipping options?"),
        (
            "[[Our customers ask about CO₂.|We're asked about CO₂ more and more.|A journalist has asked about our CO₂.]] Do you have numbers per parcel that we can print, ideally ones which would survive a journalist?",
            "Which of your carriers delivers by cargo bike in {town}? Half of our orders go less than {few} km, and it feels silly to send them round the country.",
        ),
        (
            us(
                "o1: Under Analytics → Emissions, per parcel and carrier, computed by the carriers' own audited factors. They'd survive a journalist; they may not survive a physicist.",
                'o2: {carrier} does within the ring road, same day. Switch on *local* for them and the rule "distance < 8 km".',
            ),
            them(
                "o1: Exactly what I was looking for.", "o2: First bike came by today. The whole team went out to look."
            ),
        ),
        weight=2,
    ),
    Topic(
        "holiday-rush",
        ("how-to", "carrier"),
        ("o1: Last posting dates", "o1: Christmas cut-off for {to}?", "o2: Peak season question"),
        (
            "When's the last day to send to {to} so it's there by the 24th? I need a date that I can put on the website and be yelled at for.",
            "We expect {lots} orders in the last week before the holidays. Anything that we should set up beforehand, apart from camp beds?",
        ),
        (
            us(
                "o1: For {to}: the 6th by {carrier}, the 14th by express, and after that only by sleigh. The full table, to paste into your shop, is attached. I'd put a day less on the website.",
                "o2: Three things: raise your label balance (weekends!), turn on *batch by shelf*, and book extra pickups now, since {carrier} is full by the 10th. Camp beds optional.",
                files=("posting-dates.pdf",),
            ),
            them(
                "o1: A day less it is. Thanks, and merry everything.", "o2: Pickups booked. See you on the other side."
            ),
        ),
        mood="positive",
        weight=3,
    ),
    Topic(
        "status-question",
        ("bug",),
        ("Any news on {ticket}?", "Re: Re: Re: label preview", "Still waiting", "Bump"),
        (
            'Any news on {ticket}? Last I heard was "next sprint", and that was [[two sprints|one winter|a hair cut]] ago.',
            "[[Bumping this.|Me again.|Still here, still waiting.]] The preview still shows the old address, and I've stopped believing in previews altogether.",
            "Hello? I replied on {day} and it seems to have fallen behind the sofa.",
        ),
        (
            note(
                "Checked with Wen: merged, waits for build {build}, which is stuck on the printing fix. Tell them the truth."
            ),
            us(
                "You're right to ask, it went quiet, sorry. {ticket} is finished and in build {build}, which is held back by something else. It goes out on {day}; I've set myself a reminder to write to you that day, so there's no third bump."
            ),
            them("Thanks for the honest answer. {day} is fine.", "Believe it when I see it :)"),
            us("It's out. Could you have a look if the preview does what it should?"),
            them("It does! I take back what I said about previews.", "seen it. believe it."),
        ),
        mood="negative",
        weight=4,
    ),
)
