"""People who are not customers yet, never will be, or wrote to the wrong address."""

# ruff: noqa: E501 - messages stay on one line each, as they are read

from __future__ import annotations

from tui.sandbox.content.topic import Topic, note, them, us

TOPICS = (
    Topic(
        "sales-lead",
        ("sales",),
        (
            "o1: Pricing for {lots} labels a month",
            "o2: Do you support {carrier2}?",
            "o2: Comparing you with {oldtool}",
            "o3: Demo for our team?",
            "o4: Free plan?",
        ),
        (
            "We ship about {lots} parcels a month out of two warehouses, {town} and one that I'm not supposed to name yet. Is Deepwater still the right plan, or is there a bigger boat?",
            "Evaluating you against {oldtool}. Three questions: do you do {carrier2}, can packers work without seeing prices, and what do you do when {carrier} is down?",
            "Hi, could somebody show us the product on {day}? There would be {few} of us, of which one has already decided against it and would love to be proven wrong.",
            "~[[is it|is it really|wait is it]] free for 20 labels a month or is there a catch",
        ),
        (
            us(
                "o1: There is: above 5,000 a month we make a price for you, usually a third below the list. Two warehouses are no problem, each with its own carriers and cut-off times. Would half an hour on {day} suit you?",
                "o2: Yes (since spring), yes (the role is called Packer), and: you set a fallback rate so your checkout keeps selling. I can show you all three live in twenty minutes.",
                "o4: Free for 25, no card, no time limit, no catch. The catch, if you insist, is that you'll like it and grow.",
                "o3: With pleasure, and the sceptic most of all: could I have one of their worst orders beforehand? I'd like to print exactly that one. Invitation to follow for {day}, {clock}.",
            ),
            note("o1: {lots}/month, two sites, decision this quarter. @Sade yours?", who=0),
            them(
                "u14: {day} {clock} works. Please invite {colleague} too.",
                "u3: ok that's surprisingly fair. signing up",
                "u12: Thanks. And in writing, what would {lots} cost?",
            ),
            us(
                "t1: Invitation sent, with a test account that has your shop's look already (I borrowed the logo from your site).",
                "t3: Offer attached: price per label, no minimum term, prices held for two years.",
            ),
        ),
        mood="positive",
        channels="cce",
        weight=6,
    ),
    Topic(
        "partnership",
        ("sales",),
        ("o1: Integration partnership: {platform} × Tidewater", "o1: Reseller programme?", "o2: Guest post / podcast?"),
        (
            "I run an agency that sets up {platform} shops ({n} last year). We recommend you anyway. Is there a partner programme, or should I go on doing it for free out of the goodness of my heart?",
            'I host a small podcast [[on running small shops|for people who ship things|about parcels, mostly]]. Would someone from your team talk about "what support people see"? Forty minutes, no slides, biscuits provided.',
        ),
        (
            us(
                "o1: There's a programme, though your heart does you credit: 20 % of the first year and a person here whom you can call. I've sent you the two-page version.",
                "o2: We'd love to. I know a colleague who has answered 40,000 tickets and has stories. I'll connect you two.",
            ),
            them("o1: Signed. Do I have to put a badge on my site?", "o2: Perfect. Which biscuits?"),
            us("o1: You may, you don't have to. It's a quite tasteful badge.", "o2: She says: ginger."),
        ),
        mood="positive",
        channels="e",
        weight=2,
    ),
    Topic(
        "wrong-address",
        ("spam",),
        (
            "o2: Tide tables for {month}?",
            "o1: Mooring fees, berth {n}",
            "o3: the boiler",
            "o4: Re: Re: church roof",
        ),
        (
            'Dear harbour master, please find attached the insurance papers for "Lady Maureen", berth {n}. The mooring by the fuel dock is still loose, and the seal is back.',
            "Could you tell me high water at {town} on {day}? We want to take grandma to see the puffins.",
            "[[Mum|Mam|Hi Mum, me again]], I've put the boiler man's number on the fridge. Don't call the other one. Love, {colleague}",
            "Good evening, regarding the church roof: the scaffolders can start on {day}, if somebody lets them in. The vicar has the key but also a cold.",
        ),
        (
            us(
                "o1: I'm afraid that this reached the wrong Tidewater: we make software for shipping labels. I wouldn't want your message to get lost, so do try the right address. (And do give our regards to the seal.)",
                "o234: This seems to be meant for someone else! We print shipping labels. I hope that it finds its way.",
            ),
            them(
                "Oh goodness, how embarrassing. Thank you for telling me.",
                "o2: Ah. Well, if you ever need puffins, you know where we are.",
            ),
        ),
        channels="e",
        weight=3,
        files=("insurance.pdf",),
    ),
    Topic(
        "spam-seo",
        ("spam",),
        (
            "o1: Quick question about tidewater.example",
            "o1: 1st page of search results GUARANTEED",
            "o1: Re: your website errors",
            "o2: Following up (3rd attempt)",
            "o3: Best price corrugated box, also umbrella",
        ),
        (
            'Hi,\n\nI was browsing your website tidewater.example and noticed **{n} critical SEO errors**. I help companies like yours rank #1. Can I send you a free audit? It includes emojis.\n\nIf you don\'t want to hear from me, reply with "I hate success".',
            "Just floating this to the top of your inbox! Did you have a chance to think about {lots} dofollow backlinks from gardening sites? We also do casinos.",
            "Dear [[Sir/Madam|Purchasing Manager|Friend]], we are leading manufacturer of corrugated box in all size. Kindly revert with your requirement, best price, also umbrellas.",
        ),
        (note("Spam. Third time this month, same person, other name."),),
        channels="e",
        bare=True,
        weight=3,
    ),
    Topic(
        "spam-phish",
        ("spam", "security"),
        ("o1: Your mailbox is full (99%)", "o2: Payment {invoice} attached, see link", "o2: Document shared with you"),
        (
            '<p>Dear user <b>support@tidewater.example</b>,</p><p>Your mailbox has reached 99% of its quota. Incoming messages will be returned to Saturn. To keep your messages please verify:</p><p><a href="http://mailbox-verify.invalid/{hexid}/login.php">https://mail.tidewater.example/quota</a></p><p>IT Helpdesk Department Team</p>',
            '<p>Hello, kindly see remittance <b>{invoice}</b> for {money}:</p><p><a href="http://198.51.100.23/dl/{hexid}.exe">{invoice}.pdf (112 kB)</a></p><p>Best regard,<br>Account Dept.</p>',
        ),
        (note("Phishing: the label says tidewater.example, the link goes elsewhere. Don't click, reported."),),
        channels="e",
        bare=True,
        weight=3,
    ),
    Topic(
        "job",
        ("spam",),
        ("o1: Application: support, part time", "Are you hiring?", "o2: Internship"),
        (
            "I've been your customer for {few} years, printed {lots} labels, and I'm winding down my shop. I know every button of your product, including the one which does nothing. Are you hiring in support?",
            "Hello! I'm a student of logistics in {town} and looking for an internship from {month}. I'm told that writing to support is how you reach humans.",
        ),
        (
            us(
                "o1: What a lovely application. We have one part-time opening, weekends mainly; I've passed your message on to the person who decides, with a recommendation. Which button does nothing?",
                "o2: It is, congratulations! We take two interns a year and one place is free from {month}. I've passed your message on to the warehouse lab in {town}, they'll write to you directly.",
            ),
            them('o1: Thank you! "Re-sync all", bottom left on the carriers page. It blinks, and that\'s all it does.'),
            note("o1: She's right. It has never been wired up. {ticket}. Hire her."),
        ),
        mood="positive",
        channels="e",
        weight=2,
        files=("cv.pdf",),
    ),
    Topic(
        "recipient",
        ("carrier",),
        ("Where is my parcel {tracking}?", "You have my parcel", "parcel not arrived"),
        (
            'Your website says that my parcel {tracking} is "with the driver" since {day}. Which driver? Where? I only want my {product}.',
            "~i ordered {product} and the label says tidewater so you have it. give it back",
            "There's a card in my letterbox saying that a neighbour has it. It doesn't say which neighbour. There are {many} flats in this building.",
        ),
        (
            us(
                "I understand the frustration! We print labels for shops and never hold parcels ourselves, but I could look it up: {tracking} is with {carrier}, at the depot in {town}, second delivery attempt tomorrow. The shop ({store}) can also redirect it for you."
            ),
            them(
                "It came!! Thank you, although it wasn't even your job.",
                "ok thx. sorry for shouting",
                "Depot says they don't have it. The shop says ask the depot.",
            ),
            us(
                "t1: Lovely, enjoy it.",
                "t3: Then I've opened a search with {carrier} in the shop's name, reference {hexid}; both of you get the answer by mail.",
            ),
        ),
        mood="negative",
        channels="cce",
        weight=4,
    ),
)
