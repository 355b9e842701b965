"""Accounts: passwords, data protection, questionnaires, leaving."""

# ruff: noqa: E501 - messages stay on one line each, as they are read

from __future__ import annotations

from tui.sandbox.content.topic import Topic, note, them, us

TOPICS = (
    Topic(
        "lost-password",
        ("how-to",),
        ("Can't log in", "o1: Password reset mail doesn't come", "o13: locked out", "o2: Reset link says expired"),
        (
            "The reset mail doesn't arrive. I've pressed the button {few} times, so I'll probably get {few} at once tomorrow. Address is {myemail}.",
            "Reset link says \"expired\" the moment I click it. [[It's two minutes old|I'm fast, I promise]].",
            "~i forgot my password and also which email i used. i'm the one with the {product}",
        ),
        (
            us(
                "o2: Your mail provider opens links in advance to check them, which uses up the one-time link before you can. I've sent one that needs a button pressed, it should survive.",
                "o13: I found it: your login is at the old address of {store}, and that one bounces. After a short check (what was the amount on the last invoice, roughly?) I can move it to {myemail}.",
            ),
            them(
                "u1: That one worked, I'm in.",
                "u2: about {amount}, and the last order we shipped was {order}",
                "u1: in! the password was the name of my dog. obviously.",
            ),
            us(
                "t13: Splendid. While you're there: Settings → Security → passkey, and there is no password left to forget.",
                "t2: That's right, thank you. Changed; the reset mail is on its way to {myemail}.",
            ),
        ),
        fin=(
            'o13: You can reset your password at [app.tidewater.example/reset](https://app.tidewater.example/reset). If no mail arrives within five minutes, look into spam for "noreply@tidewater.example".',
        ),
        channels="eccc",
        weight=5,
    ),
    Topic(
        "two-factor",
        ("security",),
        ("New phone, no codes", "Lost 2FA device", "Phone fell into a lake"),
        (
            'My phone [[fell into a lake|went through the wash|was eaten by the sofa]] and with it went the codes. Recovery codes are "in a safe place", which means nobody will ever find them. How do I get back in?',
            "New phone, authenticator app empty. I'm the only owner of {store}. What do you need from me?",
        ),
        (
            note(
                "Only owner. Identity check by procedure 4: video call + last invoice + card digits. Booked with Sade."
            ),
            us(
                "I'm sorry about the phone. As you are the only owner, we do a short check so that nobody else can pull this trick with *your* account: reply with the last four digits of the card on file and the date of your last invoice, then we'll call you on the number ending {last4}."
            ),
            them(
                "Digits {last4}, invoice {invoice}, call me any time, on the landline obviously.",
                "Fine by me, and good that you check.",
            ),
            us(
                "That all matches, and it was nice to talk. Two-factor is reset; at the next login you set up the new phone. Please print the recovery codes this time and put them anywhere but a safe place."
            ),
        ),
        mood="negative",
        weight=3,
    ),
    Topic(
        "gdpr-delete",
        ("gdpr",),
        ("o1: Request for erasure under Art. 17 GDPR", "o13: Delete my data", "o2: Data deletion: customer {order}"),
        (
            "To whom it may concern,\n\nunder Article 17 GDPR I request the erasure of all personal data that you hold about me, {full}, including the e-mail address {myemail}. Please confirm in writing within one month, and name the recipients to whom the data were disclosed.",
            "One of our customers (order {order}) asks us to delete everything about her. How do we do that in Tidewater without breaking the bookkeeping?",
            "~[[i dont want an account here anymore|i dont use this anymore|i closed my shop in {month}]] pls delete everything. not close. DELETE",
        ),
        (
            note(
                "o13: Art. 17 request, clock is running: due in 30 days. Checked identity via login. Added to the register as DSR-{last4}. @Declan invoices have to stay for the retention period, remember to say so."
            ),
            us(
                "o13: We confirm receipt of your request (reference DSR-{last4}). Your profile, messages and address book will be erased within 14 days, including backups by the end of the retention cycle. Invoices are the exception: the law has us keep them for ten years, locked away and used for nothing else.",
                "o2: Open the customer's order and choose **⋯ → Erase personal data**. Name, address, phone and mail are replaced by a hash, amounts and dates stay, so your books still add up. It can't be undone and the carrier's copy has to be asked for separately; the form for {carrier} is attached.",
                "o3: Will do, and *delete* it is, not close. It takes up to 14 days until it's gone from the backups too; invoices we have to keep by law, locked away. I'll write once more when it's done, and then never again.",
                files=("erasure-form.pdf",),
            ),
            them(
                "u1: Thank you for the clear answer. Please confirm once it's done.",
                'u2: Done, and it shows "erased" now. Nicely solved.',
                "o3: ok thanks",
            ),
            us(
                "o13: As promised: your data have been erased as of today. This is the last message you'll get from us, and it will be erased along with this thread. All the best."
            ),
        ),
        channels="eec",
        weight=4,
    ),
    Topic(
        "security-questionnaire",
        ("security", "sales"),
        (
            "o1: Vendor security assessment ({n} questions)",
            "o1: Security questionnaire, due {day}",
            "o3: SOC 2 / pen test report",
            "o2: Where is our data stored?",
        ),
        (
            "As part of our yearly vendor review, please complete the attached questionnaire ({many} questions) by {day}. Kindly answer in the yellow cells only. Cells in orange are for us. Please do not merge cells.",
            "[[Our IT would like to know|Four questions from our IT|For our vendor file]]: where is the data stored, who can see it, is it encrypted at rest, and when was your last penetration test? A paragraph each is fine, we're not a bank.",
            "[[Could you share|May we have|Please send us]] the SOC 2 report and the list of sub-processors? We can sign an NDA if need be.",
        ),
        (
            note(
                "o1: The usual one, sheet 3 is the nasty one. I'll fill it in from last year's; @Wen can you take the crypto questions (rows 88–120)?",
                who=6,
            ),
            us(
                "o2: Happy to. In short:\n\n- **Where**: two data centres in the EU, backups in a third\n- **Who**: support can see your account after you grant access, each look is logged\n- **Encryption**: AES-256 at rest, TLS 1.2+ under way\n- **Pen test**: last {month}, by an outside firm; the summary is attached",
                'o1: Completed and attached. Yellow cells only, no merging, as requested. Row 97 ("Do you operate submarines?") we\'ve answered in the spirit in which I hope that it was meant.',
                "o3: Gladly. The list of sub-processors is public ([tidewater.example/subprocessors](https://tidewater.example/subprocessors)); for the SOC 2 report I've sent you our NDA, two pages, it comes back by itself once you've signed.",
                files=("security-overview.pdf",),
            ),
            them(
                "Thank you. Follow-up from our CISO: are support sessions recorded, and is MFA mandatory for your staff?",
                "u2: You are the first vendor to notice row 97. Approved.",
            ),
            us("t1: Yes to both: recorded for 90 days, hardware keys for every one of us."),
        ),
        channels="e",
        files=("questionnaire.xlsx",),
        weight=3,
    ),
    Topic(
        "cancel",
        ("churn risk", "billing"),
        (
            "o14: Cancel my subscription",
            "o14: Cancelling Tidewater",
            "o3: We're closing {store}",
            "o2: How do I cancel?",
        ),
        (
            "Please cancel our {plan} plan at the end of the month. Nothing wrong with it; we've been bought, and the new owners use [[something with a lot of tabs|{carrier2}'s tool|spreadsheets. So many spreadsheets]].",
            "I want to cancel. I looked for {minutes} minutes and found three places to upgrade.",
            "After eleven years we're closing {store}. What do we need to do with our account, and can we keep the order history for the taxman?",
            "[[You've raised the price again so I'm off.|Another price increase, so that's it for me.|{amount} is too much for what I ship.]] Cancel please and confirm. I don't want to chat about it.",
        ),
        (
            us(
                "o1: Done: {plan} ends with the paid month, there won't be another charge. You can export everything until then, and read it for another year. I'm sorry to see you go, and all the best with the new owners' spreadsheets.",
                "o2: You're right, it's hidden too well: Settings → Billing → Plan → at the very bottom. I've done it for you; it ends with the month that you've paid. If there's something we should have done better I'd honestly like to know, no pitch.",
                "o4: Cancelled, confirmed, no chat. Your export is attached.",
                "o3: Eleven years! Thank you for having spent some of them with us. There's nothing you need to do: your plan ends with the paid month, and the order history stays readable (and exportable, taxmen like CSV) for a year.",
            ),
            them(
                "u13: Thank you for making that painless. We may be back.",
                "u2: Honestly? The mobile app. Otherwise it's been good.",
                "u13: Could you keep it one more month? We've {n} parcels left to send.",
                "o3: That's kind. It was a good shop. {n} parcels to go and then the lights go off.",
            ),
            us(
                "t1: The door is open, and your presets stay for a year in case.",
                "t2: Thank you, that's useful, and you're not the first; it's being rewritten as we speak.",
                "t3: Of course. Moved to the end of next month.",
            ),
        ),
        mood="negative",
        weight=5,
    ),
    Topic(
        "ownership",
        ("how-to", "security"),
        ("Change of ownership", "o1: Owner left the company", "o2: New e-mail address for the account"),
        (
            "{colleague}, who set this up, left [[in a hurry|to raise alpacas|last month]] and is still the owner. We can't change the card or add people. How do we take over?",
            "We've rebranded: {store} is now our name, and all mail goes to {domain}. Can you change the account over without logging {n} people out?",
        ),
        (
            us(
                "o1: For a change of owner without the old one we need something on letterhead, signed by someone who may sign, plus proof that you control {domain} (a TXT record will do: `tidewater-verify={hexid}`). Then it's a matter of minutes.",
                "o2: Yes, without anybody noticing: I add {domain} as second domain, people can log in with both for 30 days, then the old one is dropped.",
            ),
            them(
                "u1: Letter attached, TXT record is in.",
                "u1: {colleague} answered from the alpaca farm and clicked the link. Sorted!",
                "u2: Nobody noticed a thing, which is the best kind of rebranding.",
                files=("letter.pdf",),
            ),
            us(
                "t1: Record found, letter checked: you are the owner now. First thing to do: **Security → log out everybody else**."
            ),
        ),
        weight=3,
    ),
    Topic(
        "dpa",
        ("gdpr", "sales"),
        ("o1: Data processing agreement", "o1: DPA to sign", "o2: Sub-processor list changed?"),
        (
            "Our lawyer asks for a signed DPA before we may import any addresses. Do you have your own, or do we send ours? Ours has {n} pages.",
            "[[You announced a new sub-processor by mail.|Thanks for the notice about the new sub-processor.|Re your sub-processor mail of {day}.]] Clause 8 of our DPA gives us 30 days to object. We don't object, we'd just like it on file that we could have.",
        ),
        (
            us(
                "o1: We have one, already signed by us: it's under Settings → Legal, fill in your details and download. Should your lawyer insist on the {n} pages, send them over, it takes about two weeks with ours.",
                "o2: Noted and filed, with date: {store} had the chance to object, and did not. If your lawyer would like that on paper, the confirmation is attached.",
            ),
            them("u1: Ours is happy with yours. That never happens.", "u2: Noted, thank you. Lawyers, eh."),
        ),
        channels="e",
        files=("dpa.pdf",),
        weight=2,
    ),
)
