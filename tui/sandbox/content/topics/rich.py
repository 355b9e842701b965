"""Mail in the HTML that shops and mail programs make: order tables, inline pictures, forwarded headers, odd links."""

# ruff: noqa: E501 - messages stay on one line each, as they are read

from __future__ import annotations

from tui.sandbox.content.topic import Topic, them, us

_TABLE = """<p>[[These are the orders in question|Here is the list|Please see below]]:</p>
<table border="1" cellpadding="4"><thead><tr><th>Order</th><th>Item</th><th align="right">Qty</th><th align="right">Paid</th><th>Status</th></tr></thead>
<tbody><tr><td>{order}</td><td>{product}</td><td align="right">{few}</td><td align="right">{money}</td><td><b style="color:#b00">returned</b></td></tr>
<tr><td>{order2}</td><td>{product}, gift wrapped</td><td align="right">1</td><td align="right">{money2}</td><td>in transit</td></tr>
<tr><td>{order3}</td><td>{product} (large)</td><td align="right">2</td><td align="right">{money}</td><td>no scan since {day}</td></tr></tbody></table>"""

TOPICS = (
    Topic(
        "order-table",
        ("carrier",),
        ("Three orders, three problems", "Orders {order}, {order2} and {order3}", "Weekly list of strays"),
        (
            _TABLE
            + "\n\n{order} came back although the address is right (I checked with the customer). {order3} has simply stopped moving. {order2} is fine, I only list it because I'm fond of it.",
            "Good morning, could you chase {carrier} for these please?\n\n"
            + _TABLE
            + "\n\nThe customers are patient, but not *that* patient.",
        ),
        (
            us(
                'Thanks for the table, that saves us both a lot of typing.\n\n- {order}: marked "refused" by mistake, redelivery tomorrow, free of charge\n- {order2}: on the van today\n- {order3}: last seen in {town}, search opened with {carrier}',
            ),
            them(
                "{order} arrived. Still nothing on {order3}.", "Perfect, I'll tell them. Same time next week, I fear."
            ),
            us(
                "{order3} has turned up in {town}, its label had come off halfway. They've stuck it back on; it should be there on {day}."
            ),
        ),
        channels="e",
        weight=4,
        files=("orders.xlsx",),
    ),
    Topic(
        "inline-screenshot",
        ("bug",),
        ("o1: Screenshot: totals don't add up", "See picture", "o2: Layout broken on my screen"),
        (
            '<p>See for yourself:</p><p><img src="https://files.tidewater.example/i/{hexid}.png" alt="Dashboard with two different totals" width="640" height="400"></p><p>Top says <b>{many}</b>, bottom says <b>{n}</b>. Which of the two do I believe?</p>',
            '<p>Since the update, the <i>Print</i> button hides behind the cookie banner, and the cookie banner can\'t be closed because the <i>Print</i> button is on top of it:</p><p><img src="https://files.tidewater.example/i/{hexid}.png" alt="image001.png"></p><p>It\'s a draw.</p>',
        ),
        (
            us(
                "o1: The top one counts parcels, the bottom one shipments, and nothing on the page says so. Believe the bottom one when you ship and the top one when you invoice. I've asked for labels with words on them.",
                "o2: A stalemate! I've closed the banner for your account from our side. The real fix is in build {build}.",
            ),
            them("o1: Ah, that makes sense. Words would be good, yes.", "o2: Print wins. Thank you."),
        ),
        channels="e",
        weight=3,
        files=("image001.png",),
    ),
    Topic(
        "forwarded",
        ("billing",),
        ("o1: FW: Overdue invoice {invoice}", "o2: Fwd: Fwd: Label contract", "o1: WG: FW: payment reminder"),
        (
            '<div class="WordSection1"><p class="MsoNormal">Could somebody explain this? We paid on {day}.</p><p class="MsoNormal">&nbsp;</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>From:</b> Tidewater Billing &lt;billing@tidewater.example&gt;<br><b>Sent:</b> {day} {clock}<br><b>To:</b> accounts@{domain}<br><b>Subject:</b> Overdue invoice {invoice}</p></div><p class="MsoNormal">Dear customer, according to our records invoice <b>{invoice}</b> over <b>{money}</b> is 14 days overdue. Please settle it within a week, or label printing will be paused.</p></div>',
            '<div dir="ltr">See below. I think this is for you? Or for me?<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <b>{colleague}</b> &lt;accounts@{domain}&gt;<br>Subject: Label contract<br>To: everybody@{domain}<br></div><br>Does anyone know who signed this? It renews on {day} and nobody here has heard of it. It\'s {amount} a month.</div></div>',
        ),
        (
            us(
                "o1: The payment did arrive, on {day}, with the reference \"invoice\" and nothing else, so our system couldn't place it. I've matched it by hand and stopped the reminders. Sorry for the tone of that mail; it's older than any of us.",
                "o2: It's for both of us, I think: the contract was signed by {colleague}, two years ago, and {few} of your people use it daily. Should I send a list?",
            ),
            them(
                "o1: Reference noted: next time we'll write a novel.",
                "o2: Found them. It's the whole warehouse. Never mind!",
            ),
        ),
        mood="negative",
        channels="e",
        weight=4,
        files=("reminder.pdf",),
    ),
    Topic(
        "odd-links",
        ("security",),
        ("Is this mail really from you?", "Suspicious mail with your logo", "Phishing?"),
        (
            '<p>I got a mail with your logo that wants me to "confirm my label balance". The button reads <a href="http://tidewater-balance.invalid/{hexid}">https://app.tidewater.example/billing</a> but hovering shows something else. I did <b>not</b> click. {colleague} did.</p>',
            '<p>Is <a href="https://tidewater.example.balance-check.invalid/login">tidewater.example/login</a> one of yours? The spelling is too good for a scam, but the hour was odd ({clock} on a {day}).</p>',
        ),
        (
            us(
                "o1: Not ours, and well spotted. Please have {colleague} change the password now (and anywhere else where it's the same), I've signed out all the sessions of your account from here. We've reported the page; it's already gone.",
                "o2: Not one of ours, and well spotted: everything after the last dot counts, and there it ends in \"invalid\". We've reported the page, it's already gone. Nobody at {store} has logged in there, as far as we can see.",
            ),
            them("o1: Done. {colleague} is buying cake as a penance.", "Password changed. How can I tell next time?"),
            us(
                "t2: Everything real lives at `app.tidewater.example` and we never ask for a balance by mail. In doubt, forward it here, as you did."
            ),
        ),
        channels="e",
        weight=2,
        files=("mail.eml",),
    ),
    Topic(
        "numbered-list",
        ("how-to", "onboarding"),
        ("{few} questions before we switch", "Questions from the team meeting", "A list, as promised"),
        (
            'As promised, the questions from our meeting:\n\n1. Can two people print from the same batch without printing it twice?\n2. Does the void button ask "are you sure"? ({colleague} asks. We all know why.)\n3. What happens to {platform} orders that are edited *after* the label?\n4. Who do we call on a Sunday?',
            "A few things we couldn't find:\n\n- default box per product?\n- a **test** mode that doesn't mail customers\n- export of the address book, see [our wiki page](https://wiki.{domain}/shipping)\n\nThanks! No hurry, we switch in {month}.",
        ),
        (
            us(
                "o1: In the same order:\n\n1. Yes, a label is locked by whoever prints it first\n2. It does now. It didn't in spring, so I think I know why too\n3. They're flagged *changed after label* and wait for you\n4. This chat; Sundays it's Gus, who's cheerful about it",
                "o2: - Products → Default packaging\n- Settings → Test mode: labels say SAMPLE, and no mails go out at all\n- Address book → ⋯ → Export, CSV or vCard",
            ),
            them(
                "o1: Perfect, the team is convinced. {colleague} sends regards.",
                "o2: Test mode was the missing piece. Thanks!",
            ),
        ),
        channels="e",
        weight=3,
    ),
)
