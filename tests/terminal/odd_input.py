"""Random and mutated control sequences into the reader of the terminal: ``python -m tests.terminal.odd_input``.

For each one: nothing is raised; cut anywhere it means the same; what is kept is bounded; what is a whole sequence by
ECMA-48 presses nothing but a key that it names, by rules written down here a second time; and afterwards a key
is a key.
"""

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Final

from textual import events
from textual.message import Message

from tui.app.terminal.input import PASTE_LIMIT, InputReader

MOST_KEPT: Final = 300
"""Characters that the reader may keep of a sequence that is not whole."""

_FINALS = "".join(map(chr, range(0x40, 0x7F)))
_KNOWN = [
    b"\x1b[A", b"\x1b[1;5C", b"\x1b[5~", b"\x1b[3;2~", b"\x1bOP", b"\x1b[[A", b"\x1b[Z", b"\x1b[97;5u", b"\x1b[97;5:3u",
    b"\x1b[97:65;2:2u", b"\x1b[97;;229u", b"\x1b[27;5;9~", b"\x1b[57441;2u", b"\x1b[1;1:3A", b"\x1b[3;5:3~", b"\x1b[:P",
    b"\x1b[9999999~", b"\x1b[<0;11;6M", b"\x1b[<65;1;1m", b"\x1b[M !!", b"\x1b[24;80R", b"\x1b[1;2R", b"\x1b[?62;22c",
    b"\x1b[>41;390;0c", b"\x1b[?2026;2$y", b"\x1b[I", b"\x1b[O", b"\x1b[201~", b"\x1bP>|xterm(390)\x1b\\",
    b"\x1bP1$r0m\x1b\\", b"\x1b]11;rgb:1111/2222/3333\x07", b"\x1b]52;c;Y2NxcQ==\x1b\\", b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b^private\x1b\\", b"\x1bXsos\x1b\\", b"\x1b[200~ccq\x1b[31mc\x1b[201~", b"\x1b[48;24;80;480;800t", b"\x1b[?1u",
    b"\xc2\x9b113;5u", b"\x9b99~", b"\x9d0;cq\x9c", b"\x8fc", b"\x1b(c", b"\x1b#8", b"\x1bNc", b"\x1b%G",
]  # fmt: skip


class Clock:
    """Time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def numbers(dice: random.Random) -> str:
    """One parameter: small, sensible, huge, empty, with sub-parameters."""
    kind = dice.randrange(12)
    if kind < 5:
        return str(dice.randrange(300))
    if kind < 7:
        return ":".join(dice.choice(["", str(dice.randrange(120)), "3"]) for _ in range(dice.randrange(1, 5)))
    if kind == 7:
        return str(dice.choice([0xD800, 0x10FFFF, 0x110000, 2**31, 2**63, 57358 + dice.randrange(100)]))
    if kind == 8:
        return "9" * dice.choice([1, 7, 8, 20, 300, 5000] if dice.random() < 0.02 else [1, 7, 8, 20])
    return "" if kind == 9 else str(dice.choice([1, 27, 97, 99, 113, 65]))


def csi(dice: random.Random) -> bytes:
    """A control sequence of the right shape."""
    prefix = dice.choice(["", "", "", "", "?", ">", "<", "="])
    between = dice.choice(["", "", "", "", "", "$", " ", "!", "'"])
    final = dice.choice("u~ABCDEFHPQRSM" if dice.random() < 0.6 else _FINALS.replace("[", ""))
    fields = ";".join(numbers(dice) for _ in range(dice.randrange(5)))
    return f"\x1b[{prefix}{fields}{between}{final}".encode()


def string(dice: random.Random) -> bytes:
    """A string of any kind with its end: what is in it are letters that are commands."""
    body = bytes(dice.choice(b"ccqqxGr;=/0123 ,.!\r\n") for _ in range(dice.randrange(40)))
    start = dice.choice([b"]", b"P", b"X", b"^", b"_"])
    return b"\x1b" + start + body + (b"\x07" if start == b"]" and dice.random() < 0.5 else b"\x1b\\")


def mutated(dice: random.Random) -> bytes:
    """A sequence that terminals send, with bytes changed, lost, doubled, swapped with those of another."""
    data = bytearray(dice.choice(_KNOWN))
    for _ in range(dice.randrange(1, 4)):
        at = dice.randrange(len(data) + 1)
        kind = dice.randrange(5)
        if kind == 0 and data:
            data[at % len(data)] = dice.randrange(256)
        elif kind == 1:
            del data[at : at + 1 + dice.randrange(2)]
        elif kind == 2:
            data[at:at] = bytes([dice.randrange(256)])
        elif kind == 3:
            other = dice.choice(_KNOWN)
            data[at:] = other[dice.randrange(len(other)) :]
        else:
            data[at:at] = data[: dice.randrange(1 + len(data))]
    return bytes(data)


def noise(dice: random.Random) -> bytes:
    """Bytes of no shape at all."""
    return dice.randbytes(dice.randrange(1, 30))


MAKERS: Final[dict[str, Callable[[random.Random], bytes]]] = {
    "csi": csi, "string": string, "mutated": mutated, "noise": noise,
}  # fmt: skip


def spelled(message: Message) -> str:
    """A message in one line."""
    if isinstance(message, events.Key):
        return f"{message.key} {message.character!r}"
    if isinstance(message, events.Paste):
        return f"paste {message.text!r}"
    if isinstance(message, events.MouseEvent):
        return f"{type(message).__name__} {message.x} {message.y} {message.button}"
    return type(message).__name__


def fed(chunks: list[bytes]) -> tuple[list[Message], int]:
    """What comes of `chunks`, with an hour of silence and then z; and the most that was kept."""
    clock = Clock()
    reader = InputReader(escape_delay=0.025, on_cursor_report=lambda: False, clock=clock)
    out: list[Message] = []
    kept = 0
    for chunk in chunks:
        out += reader.feed(chunk)
        kept = max(kept, reader.kept)
    for _ in range(2):
        clock.now += 3600
        out += reader.expire()
    out += reader.feed(b"z")
    return out, kept


_NAMES_A_KEY = re.compile(rb"\x1b\[([0-9:;]*)([u~A-Z])|\x1b\[[a-z]|\x1b\[1;\d[a-z]|\x1b\[\d+[\^@]")


def wrong(data: bytes, family: str, dice: random.Random) -> str:
    """What is wrong with what the reader makes of `data`; "" when nothing is."""
    messages, kept = fed([data])
    whole = [spelled(message) for message in messages]
    cuts = sorted(dice.randrange(len(data) + 1) for _ in range(dice.randrange(1, 6)))
    chunks = [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    cut, kept_cut = fed(chunks)
    if [spelled(message) for message in cut] != whole:
        return f"cut as {chunks} it means {list(map(spelled, cut))}, whole {whole}"
    if max(kept, kept_cut) > MOST_KEPT and b"200~" not in data:
        return f"{max(kept, kept_cut)} characters kept"
    if not whole or whole[-1] != "z 'z'":
        return f"the key afterwards is lost: {whole}"
    keys = [message for message in messages[:-1] if isinstance(message, events.Key)]
    if any(key.character and re.search("[\x80-\x9f\ud800-\udfff]", key.character) for key in keys):
        return f"a control or a lone surrogate is typed: {whole}"
    if family == "string" and keys:
        return f"a string presses {whole}"
    if family == "csi":
        return unnamed(data, keys)
    return ""


def unnamed(data: bytes, keys: list[events.Key]) -> str:
    """Whether the well-formed control sequence `data` presses what it does not name."""
    found = _NAMES_A_KEY.fullmatch(data)
    if not keys:
        return ""
    if found is None:
        return f"no key has this shape, and it presses {[key.key for key in keys]}"
    if found[2] is None:
        return ""
    fields = found[1].decode().split(";")
    if len(fields) > 1 and ":" in fields[1] and fields[1].split(":")[1] not in ("", "1", "2"):
        return f"no press and no repeat, and it presses {[key.key for key in keys]}"
    # Only these type: code points of kitty's form, of its text, and of modifyOtherKeys.
    codes = [int(number) for number in re.findall(r"\d+", found[1].decode()) if len(number) < 9]
    typed = {chr(code) for code in codes if code < 0x110000 and found[2] == b"u"}
    typed |= {chr(codes[-1])} if found[2] == b"~" and fields[0] == "27" and codes[-1] < 0x110000 else set()
    typed |= set("0123456789./*-+=,") if any(57399 <= code <= 57416 for code in codes) else set()
    typed |= {char.upper() for char in typed} | {char.lower() for char in typed} | {"\x7f", "\r", "\t", "\x1b"}
    for key in keys:
        if key.character is not None and key.character not in typed:
            return f"types {key.character!r}, which it does not name"
    return ""


def run(count: int, seed: int, say: Callable[[str], None] = lambda line: None) -> tuple[Counter[str], list[str]]:
    """Try `count` inputs; how many of each family, and what was wrong."""
    dice = random.Random(seed)
    tried: Counter[str] = Counter()
    found: list[str] = []
    names = list(MAKERS)
    for number in range(count):
        family = names[number % len(names)]
        data = MAKERS[family](dice)
        tried[family] += 1
        try:
            fault = wrong(data, family, dice)
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            fault = f"raised {type(error).__name__}: {error}"
        if fault:
            found.append(f"{data!r}: {fault}")
            say(found[-1])
    return tried, found


def never_ending(kind: bytes, size: int) -> int:
    """The most that is kept of `size` bytes behind `kind`, which never end."""
    reader = InputReader(escape_delay=0.025, on_cursor_report=lambda: False, clock=Clock())
    reader.feed(kind)
    most = 0
    for _ in range(size // 4096):
        reader.feed(b"1;" * 2048)
        most = max(most, reader.kept)
    return most


def main() -> int:
    """Run it and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.terminal.odd_input", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="how many inputs (default 100,000)")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    start = time.monotonic()
    tried, found = run(args.count, args.seed, lambda line: print(line[:400], file=sys.stderr))
    for kind, limit in (
        (b"\x1b[", MOST_KEPT),
        (b"\x1b]", MOST_KEPT),
        (b"\x1bP", MOST_KEPT),
        (b"\x1b[200~", 2 * PASTE_LIMIT),
    ):
        most = never_ending(kind, 1 << 22)
        if most > limit:
            found.append(f"{kind!r} without end: {most} characters kept")
    shares = ", ".join(f"{number:,} {family}" for family, number in tried.items())
    print(f"{args.count:,} inputs ({shares}) in {time.monotonic() - start:.0f} s: {len(found)} wrong")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
