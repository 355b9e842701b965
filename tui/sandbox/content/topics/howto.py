"""How do I…?"""

# ruff: noqa: E501 - messages stay on one line each, as they are read

from __future__ import annotations

from tui.sandbox.content.topic import Topic, note, them, us

TOPICS = (
    Topic(
        "returns-portal",
        ("how-to",),
        (
            "o1: Setting up a return portal",
            "o1: Customers want to print their own return labels",
            "o1: Returns: who pays?",
            "o2: Wording on the returns page",
        ),
        (
            "Can my customers make their own return label without writing to me first? Ideally only within 30 days and not for [[opened {product}|sale items|underwear, long story]].",
            'Where do I change the text on the returns page? It says "We\'re sorry to see it go", and we sell {product}. We are not sorry, we are confused.',
        ),
        (
            us(
                "o1: Yes, that's the **return portal**: switch it on under Shipping → Returns, choose the window (30 days) and add a rule *Product tag is not* `no-return`. The label is only charged when the parcel is scanned, so unused ones cost nothing. Yours will live at `returns.{domain}`.",
                'o2: Under Shipping → Returns → Wording; each language has its own. ("We are confused" would make a fine default, I\'ll suggest it.)',
            ),
            them(
                "u1: Set it up in ten minutes, first return already came in. Is there a way to see WHY people return things?",
                "u1: And can it refund by itself?",
                'u2: Found it. It now says "We are as surprised as you are." Thanks!',
            ),
            us(
                't1: There\'s a report under Analytics → Returns with the reasons they pick. "Too small" leads everywhere, in my experience even with {product}.',
                't2: It can: Rules → *when scanned, refund to original payment*. I\'d let it run with "ask me first" for a week.',
            ),
        ),
        fin=(
            "o1: You can let customers create their own return labels: switch on **Shipping → Returns → Portal** and set the return window. Details: [Set up a return portal](https://help.tidewater.example/en/articles/return-portal).",
        ),
        weight=4,
    ),
    Topic(
        "customs-forms",
        ("how-to", "carrier"),
        (
            "o1: First parcel to {to}: customs?",
            "o1: What is an HS code and where do I get one",
            "o1: CN22 or CN23",
            "o2: Parcel to {to} came back",
            "o3: Customs details per product",
        ),
        (
            'We\'ve sold [[our first|our very first]] {product} to {to} 🎉 and now the form asks for an HS code, country of origin and "EORI". I make them in my shed. Help?',
            "A parcel to {to} came back after {few} weeks stamped CUSTOMS DATA MISSING. I did fill in the form. What else do they want?",
            'Is there a way to store the customs details per product? I type "{product}, handmade" forty times a day.',
        ),
        (
            us(
                "o1: Congratulations! The shed is fine. Three things:\n\n1. HS code: type a word into the search next to the field, it suggests codes\n2. Origin: where it was made, so your country\n3. EORI: only needed for business exports; leave it empty for a present or a single private buyer\n\nWe print the right form (CN22 up to 300 units, CN23 above) by ourselves.",
                "o3: Yes: **Products → (product) → Customs** holds code, origin and a description. There's also an import by CSV if you have many; I've attached a template with your products filled in.",
                'o2: I looked at the data that went out with it: the form was complete, but the description said "gift", and {to} wants to know *what* kind of gift. Write "{product}" there and send it again; I\'ve credited the first label.',
                files=("customs-template.csv",),
            ),
            them(
                "u1: It's on its way! I've never felt so international.",
                "What do I put as value if it's a replacement for a broken one?",
                'u2: Import worked except for {n} rows with "unknown code".',
            ),
            us(
                't2: The value of the goods all the same, never zero (zero gets opened), and tick "Replacement" as the reason. {to} lets those through without duty most of the time.',
                "t3: Those have 8 digits, {to} wants the first 6. Cut the last two and they'll go in.",
            ),
        ),
        fin=(
            "o13: For parcels abroad add an HS code, the country of origin and a value for each product under **Products → Customs**. We then print CN22 or CN23 by ourselves: [Customs forms explained](https://help.tidewater.example/en/articles/customs).",
        ),
        weight=5,
    ),
    Topic(
        "batch-print",
        ("how-to",),
        ("o1: Print all of today's orders at once?", "Batch printing order", "o2: Sorting labels by shelf"),
        (
            "I print labels [[one by one|one at a time]] and that's {n} clicks before my first coffee. There must be a better way?",
            "Is it possible to have the batch sorted by shelf instead of by order number? My packers walk {few} kilometres a day, one of them has a step counter and opinions.",
        ),
        (
            us(
                "There is! In Orders press **Select all** (or Shift+click a range), then **Print labels**. It makes one PDF, in the order of the list, so whatever you sort the list by is how they come out. Sort by *SKU location* to save some shoes.",
            ),
            them(
                "o1: Oh wow. I have been doing this wrong for two years.",
                "Is there a limit? It stopped at 200.",
                "o2: Sorted! The step counter has been notified.",
            ),
            us(
                "t1: You and many others, the button isn't where anyone looks. I've passed it on.",
                "t2: 200 a batch, yes. On Deepwater it's 1,000. Or print two batches, the second starts where the first ended.",
            ),
        ),
        fin=(
            "o1: Select the orders (Shift+click for a range) and press **Print labels**: you get one PDF in the order of the list.",
        ),
        channels="ecci",
        weight=4,
    ),
    Topic(
        "packing-slip",
        ("how-to",),
        (
            "o2: Logo on packing slips is blurry",
            "o1: Packing slip without prices",
            "o3: Add a thank-you note to the slip",
        ),
        (
            "How do I get rid of the prices on the packing slip when it's a gift? Someone's mother-in-law now knows what {product} cost.",
            "[[Our logo comes out like a fax of a fax.|The logo on our slips looks as if it had been through the wash.|Why is our logo so blurry on paper?]] It's a 4000 px PNG, how much bigger should it be?!",
            '[[Can I put|Is there a way to print|How do I get]] a different message on the slip for people who order for the second time? Something like "You again! ❤️"',
        ),
        (
            us(
                'o1: Under **Documents → Packing slip** tick "Hide prices for gifts". It looks at the *gift* flag of {platform}, so make sure that your shop sends it.',
                "o2: Smaller, in fact: we shrink everything over 1,200 px, badly. Upload it at 1,200 px or as SVG and it will be crisp.",
                "o3: I love that. Yes: the template knows `{% if customer.order_count > 1 %}`. I've put it into yours, have a look and change the wording as you like.",
            ),
            them(
                "Perfect, thanks!",
                "u2: SVG did it. It's beautiful. My husband says it's the same. It is not the same.",
                "u3: haha that's exactly it, thank you",
            ),
        ),
        weight=3,
        files=("logo.png",),
    ),
    Topic(
        "printer-setup",
        ("how-to", "onboarding"),
        (
            "o1: Which label printer should I buy?",
            "o1: {printer} with a Mac",
            "o2: Printer connected but nothing happens",
            "o3: Do I need a label printer at all?",
        ),
        (
            "Before I spend money on the wrong thing: {printer} or {carrier}'s free one? About {n} labels a day, a Mac, and a cat who sits on warm appliances.",
            '{printer} is connected, the light is green, test page prints, but from Tidewater nothing arrives. The queue says "sent". Sent where??',
            "~[[can i just use|could i use|do i really need a label printer or can i use]] my normal printer and cut the labels out with scissors",
        ),
        (
            us(
                "o1: For that volume the {printer} is the sensible one: thermal, no ink ever, survives cats. {carrier}'s free one prints {carrier} labels only, which you'd come to regret.",
                'o2: "Sent" means that it left our side for the print agent. Could you look for the small wave icon next to the clock: is it blue or grey? Grey means that the agent runs under another user and talks to nobody.',
                "o3: You can, many start like that! Choose **A4, one label** under Printing. Clear tape over the address is fine, but *not* over the barcode: scanners hate the shine.",
            ),
            them(
                "u2: Grey! Signed in again, blue, and {n} labels came out at once. The cat left.",
                "u1: Ordered, thank you. If it breaks I'll blame you personally.",
                "u3: good to know about the tape",
            ),
            us(
                "t1: Those were the ones waiting, so check before you stick them on anything. Happy printing!",
                "t2: I accept full responsibility for the printer. Not for the cat.",
            ),
        ),
        fin=(
            'o2: If the queue says "sent" but nothing prints, the print agent isn\'t signed in on that computer. Click the wave icon next to the clock and sign in again. See [Connect a label printer](https://help.tidewater.example/en/articles/label-printer).',
        ),
        channels="ecci",
        weight=5,
    ),
    Topic(
        "invite-teammate",
        ("how-to", "onboarding"),
        (
            "o1: Adding my packer as a user",
            "o1: Can {colleague} have an account that can't see money?",
            "o2: Invitation mail never arrived",
        ),
        (
            "{colleague} starts on {day} and should be able to print labels but not see revenue, nor change [[the rules|anything with a price on it]]. Is there a role for that?",
            "I invited {colleague} three times, no mail, not in spam either. We're on {domain}.",
        ),
        (
            us(
                "o1: The role is called **Packer**: orders and labels, no prices, no settings. Settings → People → Invite.",
                'o2: Your mail server turned our invitations away ("550 policy"). The link is good for a week, so to get {colleague} going, here\'s the direct one: [join {store}](https://app.tidewater.example/join/{hexid})',
            ),
            them(
                "Worked, {colleague} is in and already found a typo in our shop.",
                "u1: Can a packer void labels? We had an incident.",
            ),
            us(
                "t1: Excellent hire. Have a good first week!",
                "t2: Not by default; there's a switch under Roles → Packer. I'd leave it off, given the incident.",
            ),
        ),
        channels="eci",
        weight=3,
    ),
    Topic(
        "pickup",
        ("how-to", "carrier"),
        ("o1: Driver didn't come", "o2: How to book a pickup for {day}", "o2: Regular pickups"),
        (
            "No {carrier} driver yesterday, none today, confirmation number P-{last4}. {n} parcels stacked in the hallway, and the landlord is a person who measures hallways.",
            "How do I book a pickup that repeats every {day}? I only see single ones.",
        ),
        (
            us(
                'o1: I called {carrier}: the driver was there at {clock} and found "nobody at reception". Is there a reception? I\'ve booked a new one for tomorrow between 9 and 11 with the note *ring twice, side door*.',
                "o2: Choose **Repeat** after setting the first one; it needs {carrier} linked with your own contract. Without, single pickups is all they allow.",
            ),
            them(
                "u1: There has never been a reception. Side door is right, thank you!",
                "u1: They came! Hallway visible again.",
                "u2: Ok so how do I link the contract",
            ),
            us(
                "t1: Then I've corrected that in their file too, it should stop being a ghost story.",
                "t3: Shipping → Carriers → {carrier} → Use my own account: you'll need the customer number from their invoice.",
            ),
        ),
        channels="ecc",
        weight=3,
    ),
    Topic(
        "tracking-page",
        ("how-to",),
        ("o1: Branded tracking page", "o1: Tracking mails go to spam", 'o2: Tracking link says "unknown parcel"'),
        (
            "Customers say that your tracking mails land in spam, between a prince and a pharmacy. Can they come from our own domain ({domain})?",
            '{tracking} shows "unknown parcel" to the customer while I can see it moving. She thinks that I invented it.',
        ),
        (
            us(
                "o1: They can. Settings → Sending domain gives you two DNS records for {domain}:\n\n```\ntw1._domainkey  CNAME  tw1.mail.tidewater.example.\nreturn          CNAME  bounce.tidewater.example.\n```\n\nOnce they're in (an hour, usually) press Verify and mails come from you.",
                "o2: The public page waits for the first scan in the destination's country, to avoid false hopes. It's in {to} since this morning, so the link works now. You did not invent it and I can put that in writing.",
            ),
            them(
                "u1: Verified, test mail in the inbox. 🎉",
                'u1: dns is done by my nephew. he says "which host". help',
                "u2: Please do, she'd frame it.",
            ),
            us(
                "t1: Wonderful.",
                "t2: Tell the nephew: host is `tw1._domainkey`, type CNAME, value as above, no dot at the end if the form complains.",
            ),
        ),
        weight=3,
    ),
    Topic(
        "first-steps",
        ("onboarding",),
        ("o1: Just signed up, where do I start?", "o2: Moving a whole shop, any checklist?", "o1: New here"),
        (
            "Hi! Just signed up with {store}: {platform} shop, {n} orders a week, one printer, no idea. What would you do first?",
            "We go live on {day}. Is there a checklist somewhere of what to do before we switch {oldtool} off?",
        ),
        (
            us(
                "Welcome aboard! In this order:\n\n1. Connect {platform} (Settings → Stores), orders appear within minutes\n2. Set where you ship from, and your boxes\n3. Print **one** test label: it says VOID all over and costs nothing\n4. Only then link your carriers\n\nWrite here whenever something looks odd, we do answer.",
            ),
            note("Good fit for the onboarding call, offered two slots."),
            them(
                "Test label printed on first try, I may have cheered. Next: carriers.",
                'Orders came in but all of them are called "Untitled"?',
            ),
            us(
                "t1: That cheer is what we're here for. Carriers are under Shipping; start with the one you use most.",
                "t2: {platform} sends the title in a field that's off by default there: Apps → Tidewater → share product names. Then press Resync.",
            ),
        ),
        mood="positive",
        channels="cci",
        weight=4,
    ),
)
