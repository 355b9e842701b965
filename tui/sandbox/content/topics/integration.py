"""Developers: the API, webhooks, single sign-on, moving data."""

# ruff: noqa: E501 - messages stay on one line each, as they are read

from __future__ import annotations

from tui.sandbox.content.topic import Topic, note, them, us

TOPICS = (
    Topic(
        "api-create-label",
        ("api",),
        (
            "o1: 422 when creating a label",
            "o1: API: `parcel.weight` must be positive (it is)",
            "o23: POST /v2/labels question",
        ),
        (
            'I\'m getting a 422 that I can\'t explain:\n\n```\ncurl https://api.tidewater.example/v2/labels \\\n  -H \'Authorization: Bearer tk_test_…\' \\\n  -H \'Content-Type: application/json\' \\\n  -d \'{"order": "{order}", "parcel": {"weight": "0,450"}}\'\n\n{"type":"error","code":"invalid_weight","request_id":"{reqid}"}\n```\n\n0.450 kg is positive by any standard I know.',
            "[[What's the difference between|I can't tell apart|Could someone tell me what's different about]] `service` and `service_level` in `POST /v2/labels`? The docs use both on the same page, and neither is in the reference.",
            "Is there an idempotency key for label creation? Our worker died after the request left, and I'd rather not find out the hard way if we have one label or two for {order}.",
        ),
        (
            us(
                "o1: It's the comma: `\"0,450\"` is read as a string in your locale and then refused. Send a number in kilos, `0.450`, and it goes through. The message ought to say so, and I've opened {ticket} for that.",
                'o2: `service` is the code (`{carrier}_express`), `service_level` is what we *return* ("next day"). The page mixing them up is our mistake, corrected just now.',
                "o3: Yes: send `Idempotency-Key` with anything unique, we remember it for 24 hours and answer with the first result. For {order}: there is exactly one label, `{reqid}` did arrive.",
            ),
            them(
                "u1: A comma. I've stared at this for two hours. Thank you.",
                "u3: Great. Does the key also hold for voids?",
                "u2: Thanks, that's clear. Are there test credentials for {carrier}?",
            ),
            us(
                "t1: We've all met that comma.",
                "t2: It does, for every POST.",
                "t3: All `tk_test_` keys print for free, with every carrier; the labels say SAMPLE. Tracking moves by one step every ten minutes, so you can try your webhooks too.",
            ),
        ),
        channels="eec",
        weight=5,
        files=("request.json",),
    ),
    Topic(
        "rate-limit",
        ("api",),
        (
            "o1: 429s at the top of every hour",
            "o1: Rate limit: per key or per account?",
            "o2: Can you raise our API limit?",
        ),
        (
            "We run {many} label requests in a burst at {clock} and about a third come back as 429, without a `Retry-After`. Is the limit per key or per account? Would two keys help (asking for a friend)?",
            "Could you raise our limit for {month}? We expect {lots} orders on the sale weekend and last year we were throttled in the middle of it, live on stage so to speak.",
        ),
        (
            us(
                "o1: Per account, so your friend would be disappointed. It's 120 a minute, counted in windows of ten seconds: 20 in any ten. Look at `X-RateLimit-Remaining` and wait for `X-RateLimit-Reset` (Unix seconds). Spreading the burst over a minute will do it."
            ),
            note(
                "o2: Raised to 600/min until the end of the month, reminder set to put it back. @Gus FYI for the weekend.",
                who=5,
            ),
            us(
                "o2: I've raised it to 600 a minute from {day} on, for two weeks. There's also `POST /v2/batches` that takes 500 labels in **one** request; for a sale that's what I'd use."
            ),
            them(
                "o2: Batches is perfect, no idea how I missed it. All through in 40 seconds.",
                "o1: So the friend was me. Spread over a minute there's not one 429 left, thanks.",
                "o2: Thanks. Fingers crossed for {day}.",
            ),
        ),
        channels="e",
        weight=3,
    ),
    Topic(
        "webhook-signature",
        ("api", "webhooks"),
        (
            "Signature never matches",
            "o1: Verifying X-Tidewater-Signature in Node",
            "o1: HMAC mismatch, what am I missing",
        ),
        (
            "My computed signature never equals the header:\n\n```\nconst mac = crypto.createHmac('sha256', secret)\n  .update(JSON.stringify(req.body))\n  .digest('hex');\nmac === req.headers['x-tidewater-signature']  // false, always\n```\n\nSecret copied {few} times. What do I miss?",
            "Do you sign the raw body or the parsed one, and is the timestamp part of it? The docs and the blog disagree. Hook `{hookid}`.",
        ),
        (
            us(
                "o1: You're signing a re-serialised body: `JSON.stringify(req.body)` changes spaces and key order. Sign the raw bytes, with the timestamp in front:\n\n```\nexpress.raw({ type: '*/*' })\nhmac(secret, `${timestamp}.` + rawBody)\n```\n\nand compare with `crypto.timingSafeEqual` instead of `===`.",
                'o2: The raw one, with the timestamp in front: `timestamp + "." + body`. The docs are right, the blog post is from before the timestamp; I\'ve had it corrected.',
            ),
            them("Raw body it was. true, true, true. Beautiful.", "Works locally, but not behind our proxy."),
            us(
                "t1: Music.",
                "t2: Then the proxy re-compresses the body. Ask for `identity` in the hook's settings (Advanced → Encoding) and it reaches you untouched.",
            ),
        ),
        channels="e",
        weight=3,
    ),
    Topic(
        "sso",
        ("sso", "security"),
        (
            "o1: SSO loop after IdP certificate rotation",
            'o2: SAML: "audience mismatch"',
            "o3: Locked out: SSO enforced and our IdP is down",
        ),
        (
            "Since our IdP certificate was rotated [[last night|on {day}]], login goes round in circles: Tidewater → IdP → Tidewater → IdP… {n} people are looking at me.",
            "Setting up SAML. I get `audience mismatch: expected urn:tidewater:{hexid}`. Our IT says that it's correct on their side, which is what they said last time.",
            "[[We enforced SSO, then the IdP went down, now|Our IdP is down, SSO is enforced, so|Nobody warned me: with SSO enforced and the IdP down]] nobody gets in, me included. Is there a spare key under a flower pot?",
        ),
        (
            note("o13: Verified by calling back the number on the contract. Break-glass link issued, 1 h. Logged."),
            us(
                "o1: The new certificate has to be uploaded on our side as well: Settings → Security → SSO → Certificates. As you can't get in, I've called {colleague} on the number in your contract, and after that put in the one from your metadata address. Please try in a private window.",
                "o2: There's a trailing slash: your IT sends `urn:tidewater:{hexid}/`, we expect it without. One character, and everybody was right except for one character.",
                "o3: There is a flower pot: owners get a one-hour link after a call back. I've just tried your number, please pick up :)",
            ),
            them(
                "o13: In! Everybody's in. People have stopped looking at me.",
                'o2: IT "corrected a cosmetic issue" and now it works. Thank you.',
            ),
            us(
                "o13: Glad to hear it. I'd add a second owner with a hardware key who is exempt from SSO, for the next rotation."
            ),
        ),
        mood="negative",
        weight=4,
    ),
    Topic(
        "migration",
        ("onboarding", "api"),
        ("o1: Moving {lots} orders from {oldtool}", "Import history from {oldtool}", "o1: Migration plan"),
        (
            "We're leaving {oldtool} and would like to take {lots} orders and their tracking history along. Is there an importer, or is that a script that I'll be writing over a weekend?",
            'CSV import from {oldtool} stops with `row {many}: country "England" unknown`. We\'d still like to ship to England.',
        ),
        (
            us(
                "o1: No weekend needed: export as *Full history* there, and put the file into **Settings → Import → {oldtool}**. It runs as a rehearsal first and shows what it would do. Orders keep their numbers, tracking is attached, nobody gets a mail.",
                'o2: Ha. {oldtool} writes names where we want codes. I\'ve mapped England, Scotland, Wales and, from your file, "UK (mainland)" and "uk pls" to GB. Run it again?',
            ),
            them(
                "u1: Rehearsal says {lots} fine, {n} odd. Going for it tonight.",
                'u2: All in. "uk pls" was {colleague}.',
            ),
            us(
                "t1: Great. The odd ones land in a list where you can fix them by hand. I'm here until {clock} if anything squeaks.",
                "t2: I like {colleague}.",
            ),
        ),
        weight=3,
        files=("export.csv",),
    ),
    Topic(
        "api-keys-leaked",
        ("api", "security"),
        ("o1: We committed an API key to a public repo", "Please revoke a key, urgently", "o1: Key leaked, what now?"),
        (
            "One of our contractors pushed a live key (`tk_live_{hexid}…`) to a public repository. It was there for about {minutes} minutes. What do we do, in which order, and how much should I panic?",
            "Somebody printed {n} labels to {to} from our account last night and it wasn't us. I think that our key got out.",
        ),
        (
            note(
                "Revoked the key from our side at once, {few} unknown labels voided, none scanned. Rotating their webhook secret too."
            ),
            us(
                "o1: Panic moderately. The key is **already revoked**, I did that before writing this. Next:\n\n1. Make a new one under Settings → API, with only the scopes you need\n2. Change the webhook secret too, it was in the same file\n3. Look at Settings → Audit log from {clock} on; I see {few} labels which aren't yours and have voided them, at no cost\n\nTaking it out of the git history is good manners but assume that it was read.",
                'o2: It did: the labels were made with a key called "test (old)" from an address that isn\'t yours. The key is revoked, all {n} labels are voided at no cost. Please make a new one with only the scopes you need, and give it an allow list.',
            ),
            them(
                "Done, done and done. Thank you for acting first and writing second.",
                "New key is in. Can keys be limited to our office's addresses?",
            ),
            us("t2: They can: allow list, next to each key. With that, a leaked one is a curiosity and no more."),
        ),
        mood="negative",
        channels="ec",
        weight=2,
    ),
    Topic(
        "pagination",
        ("api",),
        ("o1: List endpoint repeats page 1", "o1: Cursor expired?", "o2: Missing shipments when paging"),
        (
            "`GET /v2/shipments?per_page=100` hands me the same cursor forever, so my script has been reading page 1 since {clock}. It's very well informed about page 1.",
            "Paging through {lots} shipments I end up {few} short every time. New ones come in while I page; is the order stable?",
        ),
        (
            us(
                "o1: The cursor goes into `starting_after`, not `cursor`; unknown parameters are ignored in silence, which in this case is unkind. I've asked for a 400 there.",
                "o2: It's ordered by *updated*, newest first, so parcels that move while you page hop to the front. Add `sort=id` and the order holds still.",
            ),
            them("o1: Ah! Page 2 exists. Thanks.", "o2: sort=id: complete, {lots} of {lots}. Lovely."),
        ),
        channels="ec",
        weight=2,
    ),
)
