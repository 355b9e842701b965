"""Help center articles of Tidewater."""
# ruff: noqa: E501 - paragraphs stay on one line each

from __future__ import annotations

from tui.sandbox.content.shapes import ArticleWords

_IMG = (
    '<div class="intercom-container"><img src="https://files.tidewater.example/help/%s.png" alt="%s" width="640"></div>'
)

ARTICLES: tuple[ArticleWords, ...] = (
    ArticleWords(
        "Print your first label",
        "From sign-up to a label in ten minutes.",
        "<p>You need a shop, a printer and one parcel you don't mind practising on.</p><ol><li><b>Connect your shop</b> under <i>Settings → Stores</i>. Orders of the last 30 days appear within minutes.</li><li><b>Say where you ship from</b>, and add at least one box.</li><li><b>Print a test label.</b> It says VOID all over and costs nothing.</li><li>Happy? <b>Link a carrier</b> and print a real one.</li></ol>"
        + _IMG % ("first-label", "The print dialog with the test label chosen")
        + "<p class=\"no-margin\">Stuck? Write to us from the bubble in the corner. A person answers, usually within the hour.</p>",
        "Getting started", 6, "published",
    ),
    ArticleWords(
        "Connect a label printer",
        "Thermal printers, office printers, and what to do when \"sent\" doesn't mean printed.",
        "<h2>Which printers work</h2><p>Any printer that your computer can see. We test with the <b>Ibex L220</b>, the <b>Rolla 4XL</b> and the <b>Tapir T4</b>.</p><h2>Install the print agent</h2><ol><li>Download it from <i>Settings → Printing</i></li><li>Sign in: the wave next to your clock turns blue</li><li>Choose printer and paper size, <b>the same as in the driver</b></li></ol><h2>It says “sent” and nothing comes out</h2><ul><li>Grey wave: the agent isn't signed in</li><li>Blue wave: look whether the printer is paused</li><li>A blank label after each good one: the paper sizes differ</li></ul>",
        "Getting started", 1, "published",
    ),
    ArticleWords(
        "Print many labels at once",
        "Select, sort, print: one PDF in the order of your list.",
        "<p>Select the orders (<code>Shift</code>+click for a range) and press <b>Print labels</b>. They come out in the order of the list, so sort it the way your shelves stand.</p><table><tr><th>Plan</th><th>Labels a batch</th></tr><tr><td>Dinghy</td><td>25</td></tr><tr><td>Harbour, Channel</td><td>200</td></tr><tr><td>Deepwater</td><td>1,000</td></tr></table>",
        "Shipping", 6, "published",
    ),
    ArticleWords(
        "Customs forms explained",
        "HS codes, CN22, CN23 and EORI without tears.",
        "<p>Parcels that leave a customs area carry a form. We print the right one from what you tell us about each product.</p><ul><li><b>HS code</b>: six digits that say what it is. Type a word and choose.</li><li><b>Origin</b>: where it was <i>made</i>, not where you bought it.</li><li><b>Value</b>: the real one. Parcels worth 0.00 are opened first.</li></ul><blockquote>CN22 is for values up to 300 SDR, CN23 for anything above. You don't need to remember that, we do.</blockquote>",
        "Shipping", 1, "published",
    ),
    ArticleWords(
        "Void a label and get the money back",
        "When you can, how long it takes, and why.",
        "<p>Press <b>Void</b> within 30 days, as long as the label was never scanned. The carrier confirms that, which takes <b>up to 14 days</b>, and then the money returns to your label balance.</p><p>Follow it under <i>Labels → Voided → Refund state</i>.</p>",
        "Shipping", 4, "published",
    ),
    ArticleWords(
        "Set up a return portal",
        "Let customers print their own return labels.",
        "<p>Switch it on under <i>Shipping → Returns → Portal</i>, choose the window and the reasons on offer. A return label is charged <b>when it is scanned</b>; unused ones are free.</p><p>The portal lives at <code>returns.your-shop.example</code> once the DNS record is in.</p>",
        "Shipping", 6, "published",
    ),
    ArticleWords(
        "Lost and damaged parcels",
        "How to claim, and by when.",
        "<p>Open the shipment, press <b>⋯ → Claim</b>. We need:</p><ul><li>photos of outside <i>and</i> inside</li><li>what it cost you (an invoice will do)</li><li>for lost ones: ten days without a scan</li></ul><p>Carriers have 21 days to answer. We remind them on day 22.</p>",
        "Shipping", 0, "published",
    ),
    ArticleWords(
        "VAT on your invoices",
        "Add your number, reissue old invoices, reverse charge.",
        "<p>Enter your number under <i>Settings → Billing → Company details</i>. It's checked at once; from then on invoices carry it and, where the law says so, the words “reverse charge”.</p><p>For invoices that exist already, ask us. It's a matter of minutes.</p>",
        "Billing", 4, "published",
    ),
    ArticleWords(
        "Changing your plan",
        "Upgrades at once, downgrades at the end of the month.",
        "<p>An upgrade starts immediately and is charged for the days left. A downgrade starts when the paid month ends. <b>Nothing is deleted</b>: what's beyond the smaller plan's limits turns read-only.</p><h3>Pausing</h3><p>Seasonal shops pause for up to six months at 5 a month.</p>",
        "Billing", 4, "published",
    ),
    ArticleWords(
        "Why was my card declined?",
        "It's usually a popup.",
        "<p>Many banks ask you to confirm a payment in a small window. If it's blocked, the bank says no and we hear <code>do_not_honor</code>. Try a private window, or another browser.</p><p>Labels stay on for 72 hours after a failed payment, so nobody has to tell the driver.</p>",
        "Billing", 4, "published",
    ),
    ArticleWords(
        "API: your first request",
        "Keys, limits, and a label in one call.",
        "<p>Make a key under <i>Settings → API</i>. Keys that start with <code>tk_test_</code> print for free.</p><pre><code>curl https://api.tidewater.example/v2/labels \\\n  -H 'Authorization: Bearer tk_test_…' \\\n  -H 'Idempotency-Key: 7f3a' \\\n  -d '{\"order\": \"#10422\", \"parcel\": {\"weight\": 0.45}}'</code></pre><p>The limit is 120 requests a minute, counted in windows of ten seconds. Watch <code>X-RateLimit-Remaining</code>.</p>",
        "Developers", 5, "published",
    ),
    ArticleWords(
        "Webhooks: verify the signature",
        "Sign the raw body, and nothing but the raw body.",
        "<p>We sign <code>timestamp + \".\" + raw body</code> with HMAC-SHA256. Frameworks like to parse and re-serialise the body, which changes it.</p><pre><code>expected = hmac.new(secret, f\"{timestamp}.\".encode() + raw, \"sha256\").hexdigest()\nhmac.compare_digest(expected, header)</code></pre><p>Deliveries are <b>at least once</b>: key on <code>shipment.id</code> and <code>status</code>.</p>",
        "Developers", 5, "published",
    ),
    ArticleWords(
        "Single sign-on with SAML",
        "Set it up, rotate certificates, and keep a spare key.",
        "<ol><li>Copy our metadata address into your identity provider</li><li>Paste yours under <i>Settings → Security → SSO</i></li><li>Test with <b>one</b> person before you enforce it</li></ol><p><b>Before a certificate changes</b>, add the new one next to the old. And keep one owner exempt, with a hardware key.</p>",
        "Account & security", 5, "published",
    ),
    ArticleWords(
        "Delete personal data (GDPR)",
        "Erase a customer and keep your books.",
        "<p><i>Order → ⋯ → Erase personal data</i> replaces names, addresses, phones and mails by a hash. Amounts and dates stay, because the law wants both.</p><p>This can't be undone. Carriers hold their own copy; ask them separately.</p>",
        "Account & security", 0, "published",
    ),
    ArticleWords(
        "Etiketten drucken: das Wichtigste in Kürze",
        "Papierformat, Treiber, leere Etiketten.",
        "<p>Das Papierformat muss <b>an beiden Stellen</b> stimmen: unter <i>Einstellungen → Druck</i> und im Treiber des Druckers. Kommt nach jedem Etikett ein leeres, dann stimmt es an einer nicht.</p>",
        "Getting started", 3, "published",
    ),
    ArticleWords(
        "What the button \"Re-sync all\" does",
        "Nothing, so far.",
        "<p>To be written when it does something. <b>Do not publish.</b></p>",
        "Getting started", 1, "draft",
    ),
)  # fmt: skip
