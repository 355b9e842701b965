"""Things that do not work as they should."""

# ruff: noqa: E501 - messages stay on one line each, as they are read

from __future__ import annotations

from tui.sandbox.content.topic import Topic, note, them, us

TOPICS = (
    Topic(
        "csv-export",
        ("bug",),
        (
            "CSV export is broken since {day}",
            "o1: Export cuts off at row {lots}",
            "o2: Umlauts in export turn into Ã¼",
            "o4: orders.csv Export: amounts without decimals",
        ),
        (
            "The order export [[stops|cuts off|ends]] at row {lots}, mid-line. We have about twice that many orders in {month}. [[Tried Chrome and Firefox|Tried three times]], always the same row. File attached.",
            "Since the update on {day} every ü, ö and é in the export looks like this:\n\n```\norder,name,city\n{order},J\u00c3\u00bcrgen M\u00c3\u00b6ller,K\u00c3\u00b6ln\n{order2},Ren\u00c3\u00a9e C\u00c3\u00b4t\u00c3\u00a9,Qu\u00c3\u00a9bec\n```\n\nExcel, LibreOffice, all the same. It was fine before.",
            "Export → Orders gives me a 0 byte file. No error. The dates don't matter, I tried a single day. I need this for the tax people by {day}, no pressure :)",
            "Amounts in the export lost their decimals: {money} comes out as a whole number. Our bookkeeping import swallowed it happily, and now I have {many} wrong bookings to undo.",
        ),
        (
            note(
                "o13: Reproduced with their data: worker hits the 60 s limit and the stream is closed without an error. {ticket}.",
                "o2: It's the missing byte order mark again. Fixed on main, goes out with build {build}. {ticket}",
            ),
            us(
                "o13: Thank you, that made it easy to find: the export worker is stopped after 60 seconds and hands you what it has by then. A fix is in review. Until it's out I ran the whole export for you by hand; the complete file is attached.",
                "o2: I can see it here too. The file is UTF-8 but lost the small marker at its start that Excel relies on. The fix goes out with tonight's build ({build}). If you can't wait: in Excel choose **Data → From Text/CSV** and set the encoding to 65001.",
                "o4: I'm sorry, that's a nasty one: since {day} amounts are written in cents without saying so. I've switched it back for you and attached a correct export, with the wrong bookings marked in an extra column so you can undo them in one go.",
                files=("orders.csv",),
            ),
            them(
                "u13: You're a star, the attached one has everything.",
                "Will you tell me when it's fixed? I run this every {day}.",
                "u2: Works with the import trick. Not pretty, but works.",
            ),
            us(
                "It went live this morning with build {build}. I ran your export again: complete, umlauts and all. Closing this, but a reply opens it again."
            ),
        ),
        mood="negative",
        files=("orders.csv", "screenshot.png"),
        weight=6,
    ),
    Topic(
        "webhook-500",
        ("bug", "webhooks", "api"),
        (
            "o1: Webhooks: 500 from your side, stack trace inside",
            "o1: tracking.updated webhook fails with KeyError",
            "o2: [ALERT] webhook {hookid} failing since {clock}",
            "o1: POST /v1/webhooks/test returns 500",
            "o3: Every {carrier} event comes twice",
        ),
        (
            'When I press "Send test event" for `tracking.updated` I get this back, so I suppose it\'s meant for you rather than me:\n\n```\nTraceback (most recent call last):\n  File "/srv/tidewater/hooks/deliver.py", line 218, in deliver\n    body = render(event, version=hook.version)\n  File "/srv/tidewater/hooks/render.py", line 64, in render\n    carrier = event["shipment"]["carrier"]["code"]\nKeyError: \'code\'\n```\n\nHook id `{hookid}`, request id `{reqid}`.',
            "Our consumer is fine (I can curl it), yet the dashboard shows {many} failed deliveries since {clock}:\n\n```\n{reqid}  tracking.updated  500  retry 5/5  gave up\n```\n\nAre they lost now or can you replay them?",
            'All {carrier} events arrive twice, {few} seconds apart, with different event ids but the same payload. Our customers get two "it\'s on its way" mails and are starting to reply to them. Hook `{hookid}`.',
        ),
        (
            note(
                "o12: @Wen looks like the carrier mapping from yesterday's deploy: {carrier} has no `code` on the legacy records. {ticket}?",
                who=1,
            ),
            note(
                'o12: Yes, mine. Old shipments have `carrier: {"name": …}` only. Patch is up, plus a replay for everything since {clock}.',
                who=5,
            ),
            us(
                "o12: That trace is ours indeed, sorry. Shipments created before last year lack a field that yesterday's release expects. Wen has a fix in review; nothing is lost, every failed event is stored and will be **replayed in order** once it's out.",
                "o3: Found it: both of our regions believed to be the leader for about ten minutes and each delivered. It is over since {clock}. If you key on `shipment.id` plus `status` you'd be safe against this kind of thing in the future too, we promise at-least-once and not exactly-once.",
            ),
            them(
                "u1: Thanks. Could you replay only those since {clock}? We've backfilled the rest by hand.",
                "u1: ok. when roughly? our dashboards are full of red and people keep walking up to my desk",
                "u2: Understood, keyed on shipment and status now. One mail per parcel again, and our customers have stopped replying.",
            ),
            us(
                "t1: Replay is running, from {clock} on, for `{hookid}` only: {many} events at 20 a second. You'll see a header `X-Tidewater-Replay: true` on them.",
                "t2: The fix is live since a few minutes ago. I just sent a test event to `{hookid}` and got your 200 back in {n} ms.",
            ),
            them("All green again. Nice turnaround.", "Seeing them come in. Thanks, and thanks to Wen."),
        ),
        mood="negative",
        channels="ee",
        files=("deliver.log",),
        weight=5,
    ),
    Topic(
        "blank-label",
        ("bug",),
        (
            "o1: Labels print blank",
            "o23: Half of the label is missing",
            "o1: {printer} prints an empty page after each label",
            "o23: Barcode too small to scan??",
        ),
        (
            "Since [[this morning|the update|{day}]] our {printer} feeds a blank label after every good one. {n} parcels = {n} wasted labels, they're not free.",
            "The label for {order} has an address but no barcode, just white space where it should be. {carrier}'s driver refused to take the parcel. Photo attached.",
            "[[PDF looks right on screen.|Preview perfect, paper not.|On screen all is well.]] On paper it's shifted [[2 cm|half an inch|a thumb's width]] to the left and the right edge of the barcode is gone. We changed nothing (I know everybody says that).",
        ),
        (
            us(
                'o13: I believe you :) The label format of {carrier} changed on {day} from 4×6" to 100×150 mm, which is 1.6 mm too short for printers set to inches, so they feed another one. Under **Settings → Printing** choose "100 × 150 mm" and the blank ones should stop.',
                "o2: Thanks for the photo. The barcode font failed to load for a while this morning and labels made between {clock} and half past came out without it. Please print {order} again: it's the same label, you won't be charged twice.",
            ),
            them(
                "u1: That was it. I'd never have found that.",
                "u2: Reprinted, barcode is there, driver will get it tomorrow. Who pays for the second pickup?",
                "o1 u1: Changed it, still blank. Driver settings screenshot attached.",
                files=("screenshot.png",),
            ),
            us(
                "t2: We do. Send me the pickup charge and I'll credit it, it was our hiccup.",
                't3: In the screenshot the driver still says 4×6. Change "Stock" there too: the driver\'s setting wins over ours, annoyingly.',
            ),
        ),
        fin=(
            "o1: A blank label after each good one means that the paper size in the printer's driver and in **Settings → Printing** differ. Set both to the same stock, then print the test label.",
        ),
        mood="negative",
        channels="ecci",
        files=("IMG.jpg",),
        weight=5,
    ),
    Topic(
        "duplicate-orders",
        ("bug", "api"),
        ("Every {platform} order imported twice", "Duplicate orders", "{order} and {order2} are the same order"),
        (
            "Since we reconnected {platform} every order is there twice, once with a # and once without. We nearly shipped {n} boxes of {product} twice. Please tell me there's a bulk delete.",
            "{order} and {order2} are one and the same order. Customer got two parcels and, being honest, told us. The next one might not.",
        ),
        (
            us(
                "Reconnecting created a second store connection instead of renewing the first. I've merged the two and removed the {many} copies that had no label yet. Three had labels already, those I left for you to look at: filter by tag **duplicate**."
            ),
            them(
                "Thank you!! Will new ones come in once only?",
                "Two of those three went out already, alas. Can the labels be refunded at least?",
            ),
            us(
                "t1: Once only: I placed a test order in your {platform} shop and cancelled it again. Sorry for the scare.",
                "t2: As they were scanned the carrier won't, but it was our connector, so I've put {money} on your balance.",
            ),
        ),
        mood="negative",
        weight=3,
    ),
    Topic(
        "address-validation",
        ("bug", "carrier"),
        (
            "o13: Address check rejects a perfectly good address",
            'o1: "Address not found" for a whole village',
            "o2: Apartment numbers get eaten",
        ),
        (
            "Your address check says this doesn't exist:\n\n> Flat 3, The Old Custom House\n> Quay Road, {town}\n\nI grew up across the street. It exists.",
            'Second address lines vanish on {carrier} labels. Shows in the order, shows in the preview, not on the label. {few} parcels came back this week with "flat number missing".',
            '[[The validator|Your address check|Something clever of yours]] turned "St Mary St" into "Saint Mary Saint". I laughed. The courier did not.',
        ),
        (
            us(
                "o1: I'm inclined to trust you over our database. Two things: you can press **Use as entered** and ship it right now, and I've sent the address to our data provider, who say that the street was renamed and their records lag by a quarter.",
                "o2: {carrier} allows 35 characters in the second line and instead of cutting we dropped the lot, without a word. That's a bug ({ticket}) and you can work around it by moving the flat number to the first line until it's fixed.",
                "o3: You've met our abbreviation expander, which has opinions on \"St\". It's now told to leave the first one of two alone. Saint Mary Saint has been demoted to Street.",
            ),
            them(
                "u1: Use as entered works. I hadn't seen that button at all.",
                "u2: Ok. Will the {few} returned ones be refunded? {carrier} charges for the way back too.",
                "u3: Her promotion was short, then. Thanks!",
            ),
            us(
                "t1: It is rather shy, grey on grey. I've told our designers, kindly.",
                "t2: Yes. Reply with the tracking numbers and I'll credit both ways.",
            ),
        ),
        weight=4,
    ),
    Topic(
        "timezone",
        ("bug",),
        ("o1: Ship date is a day off", "o2: Time zone bug in pickup scheduling", "o1: Tidewater thinks it's tomorrow"),
        (
            "Labels printed after {clock} carry tomorrow's date. {carrier} bills those as \"late manifest\" ({money} so far). We're in Hawaii, which I suspect has something to do with it.",
            "Pickup booked for {day} {clock}, confirmed for {day} {clock}, driver came [[the day before|five hours earlier]]. Is the form in my time or yours?",
        ),
        (
            note(
                "o1: Ship date is computed in the workspace's zone except in batch print, where it is UTC. Old friend {ticket}. Sending them the setting."
            ),
            us(
                "o1: Batch printing still reckons in UTC, and where you live that's tomorrow for half of the day. I've set your account to pin the ship date to your own zone; single and batch now agree. I've also sent {carrier} a correction for the late manifests.",
                "o2: In the depot's time, and the form keeps that to itself, sorry. I've rebooked it for {day} {clock} *your* time and called the depot to be sure. The form will say whose clock it means from build {build} on.",
            ),
            them(
                "o1: Confirmed, today is today again. Thank you.",
                "u2: He came at {clock}, to the minute. Thanks!",
                "o1: And the {money}?",
            ),
            us(
                "t3: On your balance as of now. Mahalo for the patience!",
                "t3: Credited; the carrier will give it back to us in due time, or not. That's our problem and not yours.",
            ),
        ),
        weight=2,
    ),
    Topic(
        "rates-wrong",
        ("bug", "carrier"),
        (
            "o1: Quote {money}, charged {money2}",
            "o2: Rates at checkout too low",
            "o3: Weight surcharge I don't understand",
        ),
        (
            "Your calculator said {money} to {to}, {carrier} then charged {money2}. Same box, same weight, I measured it twice and {colleague} measured it a third time.",
            "Our checkout shows rates in pounds as if they were kilos (or the other way round). A customer paid {money} for shipping {product} to {to}. Lovely for them!",
            'What is a "dimensional weight adjustment" and why do I have {n} of them?',
        ),
        (
            us(
                "o1: {carrier} measured the box at 41 × 31 × 31 cm, you entered 40 × 30 × 30, and one centimetre pushes it over a volumetric step. Carriers round up, always. I've disputed it with the photo from the belt; for the future set a padding of 1 cm under **Shipping → Packaging**.",
                "o3: Light but large parcels are billed by volume: length × width × height in cm, divided by 5,000, is taken as the weight in kilos if that's more than the scales say. I've attached the list with the measured sizes, so you can see which box is the culprit (it's the one you call \"medium-ish\").",
                "o2: That's your shop's weights being read in the wrong unit: {platform} sends grams and the connector believed kilos for some products. I've set it to grams and recomputed the rates, they look like rates again. The {money} from your lucky customer's order is on your balance.",
                files=("adjustments.csv",),
            ),
            them(
                "u1: So I pay {money2} for a centimetre of cardboard. Fine, padding set. Please do dispute it.",
                "u2: medium-ish is retired as of today",
                "u3: The unit thing is definitely on your side, our shop sends grams.",
            ),
            us(
                "t1: Dispute accepted: {money} comes back to your balance. Not often that I get to write that sentence about {carrier}.",
                "t3: It is, I've said it badly: the connector is ours and so is the mistake. Fixed for everybody as of today.",
            ),
        ),
        mood="negative",
        weight=4,
        files=("invoice.pdf", "IMG.jpg"),
    ),
    Topic(
        "hot-folder",
        ("bug",),
        (
            "o2: Desktop app: C:\\Labels\\out\\[new] not found",
            'o1: [Urgent] hot folder: \\\\NAS-2\\ship\\[/] "path invalid"',
            "Print agent dies on folder names with [brackets]",
        ),
        (
            "The print agent doesn't like our folder:\n\n```\n[print-agent 3.{n}] ERROR watch failed: \\\\NAS-2\\ship\\[/]\\out\n  no closing tag for [/]\n```\n\nThe folder's name is really `[/]`, {colleague} made it [[in 2011|before any of us worked here]] and everything depends on it.",
            '[[If the folder has|With|When there are]] square brackets in its name (`C:\\Labels\\[new]`), the agent starts, says "watching" and never prints anything. Rename it to `new` and it works. I\'d rather not rename it.',
        ),
        (
            note(
                "It feeds the path to a markup parser for the coloured log line. Of course it does. {ticket}, escape it.",
                who=7,
            ),
            us(
                "We've laughed and then we've fixed it: the agent ran folder names through the code that colours its log, which takes `[/]` for the end of a colour. Version 3.{build} leaves names alone. Download link: [print-agent-latest.msi](https://downloads.tidewater.example/print-agent-3.{build}.msi)"
            ),
            them(
                "Installed, folder is happy, {colleague} says hello.", "It asks for admin rights now, is that expected?"
            ),
            us("t2: Only for the first start, to move its settings. After that it runs as you."),
        ),
        channels="e",
        weight=3,
        files=("print-agent.log",),
    ),
    Topic(
        "mobile-scan",
        ("bug",),
        (
            "o1: Scanner app freezes",
            "o1: App crashes when scanning in the cold store",
            "o2: android app: black screen after update",
            "o3: Scanner picks the wrong order",
        ),
        (
            "The app freezes after about {n} scans and we have to kill it. Galaxy something, Android 14. My packers have started to count out loud so they know when it's due.",
            "~[[updated the app|since the update|new version]], camera stays black, flash works. so i can light up the parcel but not scan it",
            "Scanning in landscape selects the wrong order. Twice now we've put {product} in the box for somebody who wanted [[a birthday present for a toddler|something else entirely]].",
        ),
        (
            us(
                "o1: Thank you for the details. Version 5.{n} leaks a camera frame with each scan and drowns after fifty or so. 5.{n}.1 is in the store since this morning; if it isn't offered yet, pull down on the store's update page.",
                "o3: Ouch. In landscape the tap lands one row below the one you see. Please keep it upright until 5.{n}.1, which is in the store from tonight. I've put {money} on your balance for the two mix-ups.",
                "o2: A parcel in the spotlight! Android took away the camera permission with the update: Settings → Apps → Tidewater Scan → Camera → *while using*. We should ask for it again ourselves, and with 5.{n}.1 we do.",
            ),
            them("u1: {n} scans and counting, no freeze", "Not offered yet. Can you send the file?"),
            us(
                "t1: Grand. Tell the packers they may stop counting.",
                "t2: Sure: [tidewater-scan.apk](https://downloads.tidewater.example/scan/latest.apk). Take it from there only, please, not from the first search result.",
            ),
        ),
        channels="cce",
        mood="negative",
        weight=3,
    ),
)
