# ruff: noqa: E501 - tables of odd texts, one a line
"""HTML as strangers send it: broken, hidden, and bombs."""

from random import Random

_TAGS = (
    "b",
    "i",
    "u",
    "p",
    "div",
    "span",
    "td",
    "li",
    "blockquote",
    "pre",
    "a",
    "font",
    "code",
    "h1",
    "svg",
    "math",
    "table",
)
_EVIL = (
    "&#27;[31m", "&#x1b;]0;t&#7;", "&#155;31m", "&#xD800;", "&#0;", "&#x110000;", "&#8238;x", "&NewLine;", "&Tab;", "&zwj;",
    "<!--\x1b[2J-->", "<![CDATA[\x1b[2J]]>", "<script>\x1b[2J</script>", "<style>p{}</style>", "<b onclick='x'>", "<br>" * 40,
    "<img src='data:image/png;base64,AAAA' alt='\x1b[2Jalt'>", "<a href='\x1b]52;c;aGk='>x</a>", "<p title='\x1b[2J'>t</p>",
)  # fmt: skip


def make(random: Random) -> str:
    """A few tags, opened and closed in no order, with things inside that decode to controls."""
    pieces = []
    for _ in range(random.randint(2, 14)):
        tag = random.choice(_TAGS)
        pieces.append(
            random.choice((f"<{tag}>", f"</{tag}>", f"<{tag} ", f"<{tag} style='x:y'>", random.choice(_EVIL), "word "))
        )
    return "".join(pieces) + str(random.randrange(10_000))


def hidden(random: Random) -> str:
    """Words that a browser would not show."""
    style = random.choice((
        "display:none", "visibility:hidden", "opacity:0", "font-size:0", "color:#fff;background:#fff", "position:absolute;left:-9999px",
        "max-height:0;overflow:hidden", "text-indent:-999em", "clip:rect(0,0,0,0)", "mso-hide:all", "DISPLAY : NONE !important",
    ))  # fmt: skip
    tag = random.choice(("p", "div", "span", "td", "font"))
    said = f"hidden {random.randrange(100_000)} \x1b]0;t\x07"
    return f'<p>seen</p><{tag} style="{style}">{said}<b>{said}</b></{tag}><p>{random.choice(("", "<input type=hidden value=x>"))}end'


def bomb(random: Random) -> str:
    """Large, deep or never ending."""
    size = random.choice((2_000, 20_000))
    tag = random.choice(_TAGS)
    body = random.choice((
        f"<{tag}>" * size + "x", f"<{tag}>" * size + "x" + f"</{tag}>" * size, f"</{tag}>" * size,
        f"<{tag} " + " ".join(f"a{at}=1" for at in range(size * 5)) + ">x", "&" + "a" * size * 10, "&#" + "9" * size + ";",
        "<!--" * size, "<![CDATA[" * size, "<" * size, "<script>" * size, f"<{tag} x='" + "y" * size * 10,
        "<table>" + "<tr><td><table>" * (size // 4), "<ul><li>" * size, "<blockquote>" * size + "x", "<br>" * size,
        "<svg>" * size + "<path d='" + "M0 0" * size + "'>", "<img src='data:image/png;base64," + "A" * size * 20 + "'>",
        "<p>" * size, "a<b>" * size, "&amp;" * size, "<a href='" + "x" * size + "'>" * 30, "<td>" * size, "]]>" * size,
    ))  # fmt: skip
    return body + str(random.randrange(10_000))
