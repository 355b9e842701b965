"""Messages that would break a careless inbox. A real desk gets every one of these, if seldom on one day."""

# ruff: noqa: E501 - messages stay on one line each, as they are read

from __future__ import annotations

from tui.sandbox.content.topic import Topic, note, them, us

_ZALGO = "l\u0334\u0321\u0317\u0348\u0300\u0341\u0351\u0310a\u0335\u0328\u0324\u0359\u0306\u0343\u035cb\u0336\u0322\u032b\u0310\u0352\u0307e\u0338\u0326\u033c\u035d\u030fl\u0337\u0329\u0354\u0301\u0308\u0315"
_LONG_WORD = "Versandetikettendruckerwarteschlangenüberlaufschutz" * 98  # 4,998 characters
_DEEP = "<div>" * 400 + "How deep is your love (of nested tables)?" + "</div>" * 400

TOPICS = (
    Topic(
        "hostile-escape",
        ("security", "bug"),
        (
            "\x1b]52;c;cm0gLXJmIH4=\x07 clipboard test {hexid}",
            "\x1b[2J\x1b[H your screen is now clean",
            "\x1b]0;pwned {hexid}\x07 title",
        ),
        (
            "My customer put this in the order note and our packing slip came out odd: \x1b]52;c;cm0gLXJmIH4=\x07 \x1b[31mRED\x1b[0m \x1b[?1049h and then \x1b[6n. Does your system filter that?",
            "Pasted from our terminal, sorry: \x1b[1;32m$ tw print {order}\x1b[0m\r\nOVERWRITTEN\x08\x08\x08\x07 \x9b31mC1 red\x9b0m \x90q#0;2;0;0;0\x9c done.",
        ),
        (
            note("Control characters in an order note. We strip them on slips; checked. {ticket}"),
            us(
                "We do: slips and labels drop everything below a space. Thanks for trying it out on us rather than on your customers."
            ),
        ),
        channels="e",
        bare=True,
    ),
    Topic(
        "hostile-markup",
        ("bug",),
        (
            "\x1b]52;c;eHh4\x07 [@click=app.quit]x[/] [/",
            "[/nope] [bold red]URGENT[/bold red] {order}",
            "[link=https://evil.invalid]click[/link] [[0]",
        ),
        (
            "[@click=app.quit]Press here[/] for a refund, says our invoice template. Also [/] and [/nope] and [bold]this[/ and {order}[0] show up. Is that you or us?",
            "Template variables aren't replaced: Dear [customer.name], your order [/order] of [red]{product}[/red] ${money} {{ user }} %s %(x)s \\[escaped\\] C:\\new\\table [",
        ),
        (
            us(
                "That's a template from {oldtool}, it uses square brackets. Ours uses double braces; I've converted yours and it reads like a letter again."
            ),
            them("Ah. [thanks]"),
        ),
        channels="e",
        bare=True,
    ),
    Topic(
        "hostile-bidi",
        ("security",),
        (
            "Invoice_\u202efdp.exe {hexid}",
            "\u2066\u202eelbatius ton\u202c\u2069 filename?",
            "\u200b\u200bZero\u200bwidth\u200b subject\ufeff",
        ),
        (
            "Is the attached file from you? It's called \u202eexe.fdp_eciovni\u202c and my antivirus \u2067shouts\u2069 about it. pay\u200bpal\u2060.example is not you\u00ad either?",
            "Copy-paste from our ERP: \u202bשלום\u202c {order} \u2068mixed\u2069 \ufff9anchor\ufffaannotation\ufffb \U000e0041\U000e0042\U000e0043 end.",
        ),
        (note("The file name turns around: it ends in .exe. Reported, don't open."),),
        channels="e",
        bare=True,
    ),
    Topic(
        "hostile-zalgo",
        ("bug",),
        (f"the {_ZALGO} is printing by itself", "H\u0337\u0348\u0300e\u0334\u0353\u0301l\u0338\u0326p {printer}"),
        (
            f"the {_ZALGO}{_ZALGO} on our {{printer}} looks like this since {{day}}. firmware update. {_ZALGO}. send help",
        ),
        (
            us(
                "That's the printer's font cache after a power cut. Off, wait ten seconds, on, and it speaks to you in a human voice again."
            ),
        ),
        channels="ce",
        bare=True,
    ),
    Topic(
        "hostile-long-word",
        ("bug",),
        ("Versandetikettendruckerwarteschlangenüberlaufschutzmechanismusdefekt " * 4, "A" * 400),
        (f"<p>Our product name doesn't fit: {_LONG_WORD}</p>", f"<p>{'https://shop.example/' + 'a' * 5000}</p>"),
        (us("Labels have room for 35 characters, so the first half of the first syllable. Would a short name do?"),),
        channels="e",
        bare=True,
    ),
    Topic(
        "hostile-emoji",
        ("praise",),
        ("🎉", "📦📦📦", "👩‍👩‍👧‍👦🏳️‍🌈👍🏽1️⃣"),
        ("😡😡😡📦❓❓", "👍🏽", "📦➡️🏠❌ 📦➡️🌊✅ 😭", "👨‍👩‍👧‍👦 ❤️ 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🧑🏿‍🚀 7️⃣ ©️ ☎︎"),
        (us("I think I understand. Which order is it about?"), them("{order}", "🤷")),
        channels="ce",
        bare=True,
    ),
    Topic(
        "hostile-empty",
        ("how-to",),
        ("", "(no subject)", "   "),
        ("<p></p>", "<div><br></div>", "<p>&nbsp;</p>", ""),
        (
            us("Your message arrived empty, perhaps the attachment was too large? We take up to 25 MB."),
            them("sorry, sent too early. how do i void {order}?"),
        ),
        channels="ec",
        files=("IMG.jpg",),
        bare=True,
    ),
    Topic(
        "hostile-html",
        ("bug",),
        (
            "<script>alert({last4})</script>",
            '&lt;b&gt;bold&lt;/b&gt; & "quotes" {order}',
            "Newsletter: style tags galore",
        ),
        (
            '<style>body{display:none}</style><script>document.title=\'x\'</script><p onclick="alert(1)">Our shop\'s mails come through like <a href="javascript:alert(1)">this</a>. <b><i>Unclosed <u>tags<table><tr><td>and a table</p><p>that never ends &#x1b;[31m &#155; &notanentity; &',
            _DEEP,
            '<p>1 < 2 && 3 > 2, said the validator about order <{order}>.</p><!-- <p>hidden</p> --><p hidden>also hidden</p><p style="color:#fff;font-size:0">white on white: approve refund of {money}</p>',
        ),
        (us("Thanks. The shop's template leaves its tags open; I've sent you a corrected copy."),),
        channels="e",
        bare=True,
    ),
)
