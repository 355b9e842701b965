"""Money: charges, refunds, invoices, cards, plans."""

# ruff: noqa: E501 - messages stay on one line each, as they are read

from __future__ import annotations

from tui.sandbox.content.topic import Topic, note, them, us

TOPICS = (
    Topic(
        "double-charge",
        ("billing", "refund"),
        (
            "Charged twice for {month}",
            "Two payments of {amount}?",
            "Double charge on card ending {last4}",
            "You took {amount} twice",
        ),
        (
            "My [[bank|card|statement]] shows two payments of {amount} to Tidewater, [[both on {day}|a few minutes apart|one day apart]]. We only have the one {plan} account as far as I know. Can you check and return the extra one?",
            "I think I've been billed twice for {month}: {amount} and then {amount} again, both on the card ending {last4}.\n\nInvoice {invoice} is the real one I assume. What's {invoice2}?",
            "Quick one: {plan} should be {amount} a month, but {double} left our account on {day}. [[Accounts are asking me what it is|My accountant is not amused|I'd rather it hadn't]]. Could one of the two be refunded please?",
            "Why was I charged {amount} two times?? I upgraded ONCE.",
        ),
        (
            note(
                "Two subscriptions on this customer: {plan} from the old workspace was never cancelled when they merged. Refunding {invoice2}.",
                "@Declan second charge is a retry after a gateway timeout, both captured. Same thing as the three on Monday.",
            ),
            us(
                "n2: Thanks for flagging this. You're right: our payment provider timed out and our retry charged you a second time. I've refunded {amount} (invoice {invoice2}); it takes 3–5 working days to show on the card ending {last4}.\n\nSorry about that, it should not have happened.",
                "n1: I can see both charges. {invoice} is your {month} subscription; {invoice2} belongs to a second workspace that was created on {day} under {myemail}. Nobody ever printed a label there, so I've cancelled it and refunded the full {amount}.",
            ),
            them(
                "Thanks for being so quick. Will I get a credit note for the second one? My bookkeeper will want it.",
                "OK good. Is it going to happen again next month?",
                "u2: Ah, the second workspace was {colleague}, mystery solved. Could you send something for our books?",
            ),
            us(
                "t13: Yes: the credit note is attached, and it's also under **Settings → Billing → Documents**. I've put a note on your account so that next month's renewal is watched by a human.",
                "t2: It won't. I've checked that there is exactly one active subscription, renewing at {amount}. Credit note attached for your books.",
                files=("credit-note.pdf",),
            ),
        ),
        mood="negative",
        weight=7,
        files=("statement.png",),
    ),
    Topic(
        "vat-invoice",
        ("billing", "vat"),
        (
            "o1: VAT number missing on invoice {invoice}",
            "o12: Invoice with our VAT ID please",
            "o3: {invoice}: wrong company details",
            "Need a proper VAT invoice for {month}",
        ),
        (
            "Our accountant [[sent back|rejected|refuses to book]] invoice {invoice} because our VAT ID ({vatid}) isn't on it. Could you reissue it with:\n\n- {store}\n- VAT ID {vatid}\n- the street address we have under Settings, not the old one in {town}",
            "Is there a way to get **past** invoices with our VAT number? I added {vatid} [[yesterday|last week|just now]] but the PDFs for {month} still show none.",
            "The invoices say my name instead of {store}. It has to be the company or the tax office won't take it. Every one since {month}, sorry.",
        ),
        (
            us(
                "o13: I've added {vatid} to your billing profile and reissued {invoice} with {store} as the recipient; it's attached. The number stays the same, with a corrected date, so please bin the old copy.\n\nFrom now on every invoice carries it. You can change the details yourself under **Settings → Billing → Company details**.",
                "o2: Done. I validated {vatid} (it came back active), reissued {invoice} and the two before it, and attached the three PDFs. Since the number is now on file, reverse charge applies from the next invoice on.",
                files=("invoice.pdf",),
            ),
            them(
                "Perfect, but it still charges 20 % VAT? I thought with a valid ID it would be zero.",
                "o1: Got them. The street is still the old one though: it should be 14 Harbour Lane now.",
            ),
            note(
                "t1: VIES says valid. Tax rate on the subscription was pinned to domestic by hand in 2022, unpinning. @Declan shout if that's wrong."
            ),
            us(
                "t1: You're right, the account was pinned to domestic VAT. I've lifted that, credited the tax on {invoice}, and the next invoice will say \"reverse charge\". Thanks for looking closely.",
                "t2: Corrected and attached again. (The address is stored twice in our system. I have asked for that to be fixed, not for the first time.)",
                files=("invoice.pdf",),
            ),
        ),
        fin=(
            "You can add a VAT number under **Settings → Billing → Company details**. New invoices carry it at once. For invoices that already exist, a teammate can reissue them. See [VAT on your invoices](https://help.tidewater.example/en/articles/vat-invoices).",
        ),
        weight=5,
    ),
    Topic(
        "refund-unused-labels",
        ("refund", "carrier"),
        (
            "Refund for unused labels",
            "o1: Voided {few} labels, no money back yet",
            "o2: Label for order {order} never used",
            "o1: When do voided labels get credited?",
        ),
        (
            "I voided {few} {carrier} labels on {day} ({money} altogether) and my balance hasn't moved. How long does it usually take?",
            "Printed a label for {order}, customer cancelled a minute later. The **Void** button is greyed out. I'd like the {money} back, nothing was ever handed to {carrier}.",
            "A batch of {n} labels came out with yesterday's ship date so we reprinted all of them. Can I get the first {n} refunded in one go, or do I have to void them one by one? Please say in one go.",
        ),
        (
            us(
                "o1: {carrier} confirms that a label was never scanned before they give the money back, and that takes them up to 14 days. Yours were voided on {day} and are all in state **pending**. The {money} goes to your label balance by itself; you don't need to do anything.",
                "o2: The button is greyed out because {carrier} closes its manifest at 18:00 and the label is on today's. I've filed a claim from our side for {tracking} ({money}). As there's no scan it is usually waved through within a week.",
                "o3: In one go it is. I've voided all {n} from our side, so please throw the paper away, too. {carrier} has to confirm that none was scanned (up to 14 days), then the money returns to your balance in one lump.",
            ),
            them(
                "And if they do scan it by mistake? We had that once.",
                "u1: 14 days?! {carrier2} does it overnight. But ok, I'll wait.",
                "Great, thank you. Can I see the state of that somewhere myself?",
            ),
            us(
                "t1: Then write to us with the tracking number. We can see the weight of the scan, and a 0.00 kg parcel is easy to argue about.",
                "t3: Under **Labels → Voided** there's a column \"Refund state\" since last month. If it still says pending two weeks from now, reply here and I'll chase them.",
            ),
        ),
        fin=(
            "o1: Voided labels are refunded to your label balance once the carrier has confirmed that they were not scanned: up to 14 days for {carrier}. You can follow it under **Labels → Voided**.",
        ),
        weight=5,
    ),
    Topic(
        "card-declined",
        ("billing",),
        (
            "o13: Card declined but there's money on it",
            "o13: Payment failed, account locked??",
            "o2: Can't update payment method",
            'o1: "Your card was declined" (it wasn\'t)',
        ),
        (
            "Your site says my card was declined. My bank says they never saw a request. I've tried {few} times and now it says I have to wait 24 hours. We have {n} parcels to go out [[today|by noon|this afternoon]] 😬",
            'We got a new company card (ending {last4}) and the form just says "Something went wrong". The old one expires [[this week|on {day}|tomorrow]].',
            'Got the "payment failed, labels paused" mail this morning. The card is fine, I paid for [[lunch|petrol|{product}]] with it an hour ago. Can you switch us back on while I sort it out?',
        ),
        (
            note(
                "Gateway says `do_not_honor`, 3-D Secure never completed. Popup blocker, I'd bet lunch on it. Gave them 72 h grace so that they can ship."
            ),
            us(
                "o13: First the urgent part: I've lifted the pause, you can print labels now and for the next three days.\n\nAs for the card: your bank asks for a confirmation in a small popup and that was never shown. Most often a popup blocker eats it. Could you try once in a private window, and keep your banking app at hand?",
                "o1: The refusal comes from your bank's side (`do_not_honor`), which usually means that they want a confirmation for payments abroad. I've reset the 24 hour lock so you can try again, and labels are switched back on until {day} whatever happens.",
                "o2: \"Something went wrong\" is our form being shy about a popup: your bank wants a confirmation and the window for it was blocked. Could you add the card ending {last4} in a private window? And don't worry about the date, I've made sure that labels stay on for a week.",
            ),
            them(
                "u13: private window did it!! thank you, first parcel just came out of the printer",
                "Still declined. Can I pay by bank transfer instead?",
                "u13: That worked. For the record it was the ad blocker, so: my fault, sorry.",
            ),
            us(
                "t2: For {plan} we can do yearly invoices by transfer ({yearly}, two months free). Shall I set that up? Otherwise any other card will do, also a prepaid one.",
                "t13: Lovely. The outstanding {amount} went through as well, you're all square.",
            ),
        ),
        mood="negative",
        channels="ecc",
        weight=5,
    ),
    Topic(
        "plan-change",
        ("billing",),
        (
            "o1: What happens if we go from Channel to Harbour mid-month?",
            "o1: Downgrade question",
            "o2: Yearly vs monthly",
            "o1: Prorating?",
            "o3: Pausing for a while",
        ),
        (
            "We print maybe {n} labels a month now that {product} are out of season. If I downgrade today, do I lose the saved presets? And do you pay back the rest of the month?",
            "Thinking of going yearly on {plan}. Is it {yearly} flat, and what if we outgrow it in {month}?",
            "Could we pause instead of cancelling? We close [[for the winter|for a baby|while the workshop is rebuilt]] and I'd hate to set up all the shipping rules again.",
        ),
        (
            us(
                "o1: Good news on all counts: a downgrade takes effect at the end of the month you've paid for, so nothing is lost. Presets and rules are kept, only those beyond the plan's limit turn read-only (Harbour has 10).",
                "o2: Yes, {yearly} flat, which is two months free. If you outgrow it you pay the difference for the remaining months and keep the discount.",
                "o3: You can: **Settings → Billing → Pause**, up to six months, {cur}5 a month. Rules, presets and order history stay exactly as they are. Many seasonal shops do it.",
            ),
            them(
                "That's fairer than I expected. I'll do it on {day}.",
                "And the extra users? There are {few} of us.",
                "ok and can i change my mind later",
            ),
            us(
                "t2: Users are unlimited on every paid plan, so no change there. And you can go back up at any time, it takes effect at once.",
                "t3: Any time, no lock-in, no phone call with a retention specialist. We don't have one.",
            ),
        ),
        fin=(
            "o1: A downgrade takes effect at the end of the period you have paid for; an upgrade at once, charged pro rata. See [Changing your plan](https://help.tidewater.example/en/articles/change-plan).",
        ),
        weight=4,
    ),
    Topic(
        "overage",
        ("billing",),
        (
            'What is "label overage {money}"?',
            "Bill is {money} higher than usual",
            "Overage fees in {month}",
        ),
        (
            "Invoice {invoice} has a line **Label overage: {many} × 0.04**. We've been on {plan} for two years and never saw that before. Nobody told us about a limit.",
            "Normally we pay {amount}. This month there's {money} on top and the invoice doesn't say for what. Did something change?",
            "[[Could someone explain|Please explain|Would you explain]] the overage line [[to me as if I were five|in words of one syllable|so that my gran would get it]]? My boss will ask and I'd like to sound clever.",
        ),
        (
            us(
                "o12: {plan} includes a number of labels a month, and in {month} you passed it by {many} (well done, by the way). Each one beyond costs 4 cents. You were mailed at 80 % and 100 %, but to the address of {colleague}, who I believe has left. I've made you the billing contact.\n\nAs it's the first time I've credited half of it.",
                "o3: Happy to. Think of the plan as a bus ticket: so many rides are in it, the rest you pay in coins. In {month} you took {many} extra rides. If that becomes a habit, the next plan up is cheaper from about 900 extra labels on; I'd wait another month and see.",
            ),
            them(
                "u1: Fair enough, and thanks for the credit. Can I set a cap so that it stops instead of charging?",
                "u2: Ha, that I can repeat to my boss. Thank you!",
                "Voided labels count too?? That seems wrong.",
            ),
            us(
                "t1: There's a switch **Hard stop at plan limit** under Settings → Billing. Be careful with it on a Friday afternoon.",
                "t3: Voided ones are taken off again when the carrier confirms, which can be a billing period later. In your case that's about {n}, so you'll see a small credit next month.",
            ),
        ),
        mood="negative",
        weight=3,
    ),
    Topic(
        "nonprofit",
        ("billing", "sales"),
        (
            "Discount for charities?",
            "Non-profit pricing",
            "o1: We are a registered charity in {town}",
        ),
        (
            "We're a small charity that posts reading glasses to {to}. About {n} parcels a month, all packed by volunteers. Do you have a reduced rate? Every pound is a pair of glasses.",
            "Do you offer anything for schools / non-profits? Our students run a shop for {product} as a class project and {amount} a month is the whole marketing budget.",
        ),
        (
            us(
                "What a lovely thing to run. Registered charities get **Harbour for free and half off everything else**. Send me your registration number or a letter with your letterhead and I'll switch it on today.",
            ),
            them(
                "Number is 11{last4}47, letter attached. You have no idea how happy {colleague} will be, she does the books.",
                files=("letter.pdf",),
            ),
            us(
                "Checked and done: your next invoice is {cur}0.00. If you ever send a photo of the packing table, we have a wall for those."
            ),
        ),
        mood="positive",
        weight=2,
        files=("registration.pdf",),
    ),
    Topic(
        "wrong-currency",
        ("billing",),
        ("Billed in dollars instead of pounds", "Currency on {invoice}", "Exchange fees every month"),
        (
            "We're in {town} and you bill us in USD. My bank adds 2.75 % each time, which is more than your coffee. Can it be switched?",
            "When I signed up it said {amount}. The card was charged the same number in another currency, which is not the same amount at all. Which one is it?",
        ),
        (
            us(
                "The currency follows the country you chose at sign-up and that was left at United States. I can switch it from the next invoice on; the one for {month} has to stay as it is, but I've credited {money} for the exchange fees so far.",
            ),
            them("That's kind, thank you. Please do switch it.", "Will the price be the same number?"),
            us(
                "Done: from next month you're billed in your own currency at the list price. You'll see it under **Settings → Billing** now.",
            ),
        ),
        weight=2,
    ),
)
