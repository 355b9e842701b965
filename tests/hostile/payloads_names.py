# ruff: noqa: E501 - tables of odd texts, one a line
"""Names of files and addresses of links as strangers choose them."""

from random import Random


def file(random: Random) -> str:
    """A name that wants to be a path, an option, a device, or to look like another."""
    number = random.randrange(100_000)
    return random.choice((
        f"../../{number}", f"/etc/{number}", f"..\\..\\{number}.txt", f"-rf{number}", f"--{number}", ".", "..", "...", f".bashrc{number}",
        f"CON.{number}", f"nul{number}", f"a{number}\n.sh", f"a\x00{number}.txt", f"{'n' * 4000}{number}", f"{'日' * 1400}{number}.pdf",
        f"photo{number}\u202egnp.exe", f"exe.txt{number}\u202e", f"~/{number}", f"$HOME{number}", f"a{number}/b/c", f"x:{number}",
        f"a{number}|id", f"`id`{number}", f"\x1b]0;t\x07{number}.png", f"{number}.txt ", f" {number}", f"{number}.", f"*{number}?",
        f"a\r{number}", f"%2e%2e%2f{number}", f"\u2024\u2024/{number}", f"\uff0e\uff0e\uff0f{number}", f"{number}\ud800.txt", f"{number}:stream",
        f"\u200b{number}", f"\u3164{number}", f"file{number}." + "x" * 300, f"e\u0301{number}" * 60, "\u2800", f"{number}/",
    ))  # fmt: skip


def link(random: Random) -> str:
    """An address, or words with one in them, that goes elsewhere than it says."""
    number = random.randrange(100_000)
    where = random.choice((
        f"javascript:alert({number})", f"data:text/html,<script>{number}</script>", f"file:///etc/passwd?{number}",
        f"https://bank.example@evil.example/{number}", f"https://bank.example:pw@evil.example:{number % 65536}/", f"//evil.example/{number}",
        f"https://\u0430pple.com/{number}", f"https://xn--pple-43d.com/{number}", f"http://evil.example/\x1b[2J{number}",
        f"http://evil.example/{number}\r\nHost: x", f"https://evil.example/{'a' * random.choice((300, 5000))}{number}", f"vbscript:x{number}",
        f"http://[::1]:{number % 65536}/", f"http://[::1{number}", f"http://{number}", f"https://evil.example\\@bank.example/{number}",
        f"HTTPS://EVIL.example/{number}", f"https:evil.example/{number}", f"http://evil.example/$(touch pwned{number})", f"-x{number}",
        f"https://evil.example/%00{number}", f"https://e\u0301vil.example/{number}", f"https://evil.example/\u202e{number}",
        f"java\tscript:alert({number})", f"\x01javascript:{number}", f"ssh://-oProxyCommand=id/{number}", f"mailto:x@y.example?subject={number}%0d%0a",
        f"https://evil.example:99999/{number}", f"https://{'a' * 300}.example/{number}", f"intercom://{number}", f"tel:{number}",
        f"https://١٢٧.0.0.1/{number}", f"https://ⓔvil.example/{number}", f"https://evil.example#@bank.example/{number}", f"https://evil。example/{number}",
    ))  # fmt: skip
    return random.choice(
        (where, where, f'<a href="{where}">https://bank.example/{number}</a>', f"see {where} now", f"[x]({where})")
    )
