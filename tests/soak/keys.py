"""What somebody does in a shift: seeded doings, each some keys with a rest behind them, each ending in the list."""

import random
from collections.abc import Iterator

_LETTERS = "wefd"
"""Letters that no command has: words typed where no composer opened do nothing."""

HOME = ("escape", "escape", "h")
"""From wherever one is back to the list."""

_SIZES = ((120, 40), (80, 24), (140, 50), (100, 30), (60, 20))


def words(rng: random.Random, most: int = 12) -> list[str]:
    """Some words, as keys."""
    said = " ".join("".join(rng.choices(_LETTERS, k=rng.randint(2, 8))) for _ in range(rng.randint(1, most)))
    return list(said)


def doings(rng: random.Random) -> Iterator[tuple[str, list[list[str]], tuple[int, int] | None]]:
    """What is done next, for ever: its name, its keys in groups between which the program is given a moment, and the
    size that the terminal takes before."""
    kinds = {
        "move": 20, "open": 20, "reply": 9, "note": 6, "reply and close": 3, "draft": 4, "close": 6, "reopen": 3,
        "snooze": 4, "assign": 4, "take": 5, "tag": 5, "mark": 3, "view": 10, "sort": 2, "search": 5, "find contact": 4,
        "contact": 4, "contact tag": 2, "contact note": 2, "dialog": 6, "select": 3, "undo": 6, "undo list": 2,
        "refresh": 1, "redraw": 2, "repeat": 2, "next waiting": 5, "resize": 2, "outbox": 3,
    }  # fmt: skip
    while True:
        kind = rng.choices(list(kinds), list(kinds.values()))[0]
        size = rng.choice(_SIZES) if kind == "resize" else None
        yield kind, [*_keys(kind, rng), list(HOME)], size


def _keys(kind: str, rng: random.Random) -> list[list[str]]:
    down = ["j"] * rng.randint(0, 6)
    typed = words(rng)
    match kind:
        case "move":
            return [down, [rng.choice(("ctrl+d", "ctrl+u", "pagedown", "pageup", "G", "g"))], ["k", "k"], ["g", "g"]][
                : rng.randint(1, 4)
            ]
        case "open":
            reading = rng.choices((" ", "ctrl+d", "]", "[", "J", "K", "G", "j"), k=rng.randint(1, 6))
            return [down, ["enter"], *([key] for key in reading)]
        case "reply":
            return [down, ["r"], typed, ["ctrl+s"]]
        case "note":
            return [down, ["n"], typed, ["ctrl+s"]]
        case "reply and close":
            return [down, ["r"], typed, ["ctrl+r"]]
        case "draft":
            return [down, ["r"], typed, ["escape"]]
        case "close":
            return [down, ["c"]]
        case "reopen":
            return [["5"], down, ["o"], ["3"]]
        case "snooze":
            return [down, ["z"], list(rng.choice(("3h", "1h", "tomorrow 9am", "until reply"))), ["enter"]]
        case "assign":
            return [
                down,
                ["a"],
                list(rng.choice(("Priya", "Wen", "Billing", "Unassigned", "Front", "On call"))),
                ["enter"],
            ]
        case "take":
            return [down, ["i"]]
        case "tag":
            return [down, ["t"], ["down"] * rng.randint(0, 6), [" "], ["enter"]]
        case "mark":
            return [down, ["M"]]
        case "view":
            return (
                [[rng.choice("123456789")]] if rng.random() < 0.7 else [["v"], ["down"] * rng.randint(0, 9), ["enter"]]
            )
        case "sort":
            return [["s"], ["down"] * rng.randint(0, 3), ["enter"]]
        case "search":
            asked = rng.choice(
                ("label", "is:open refund", "invoice", "tag:vip", "is:closed printing", "-label is:mine")
            )
            return [["/"], list(asked), ["enter"], down, ["enter"], ["h"]]
        case "find contact":
            return [["@"], list(rng.choice(("an", "mac", "dar", "o", "li"))), ["down"], ["enter"]]
        case "contact":
            return [["enter"], ["l"], ["j"] * 8, ["p"], ["p"]]
        case "contact tag":
            return [down, ["T"], ["down"] * rng.randint(0, 4), [" "], ["enter"]]
        case "contact note":
            return [down, ["N"], typed, ["enter"]]
        case "dialog":
            return [[rng.choice("?:Om@/vsUy")], ["down"] * rng.randint(0, 5), ["escape"]]
        case "select":
            return [["x", "j", "x", "j", "x"], [rng.choice("cit0")], ["escape"], ["0"]]
        case "undo":
            return [["u"], ["escape"]]
        case "undo list":
            return [["U"], ["enter"], ["escape"]]
        case "refresh":
            return [["R"]]
        case "redraw":
            return [["ctrl+l"]]
        case "repeat":
            return [down, ["."]]
        case "next waiting":
            return [[","], ["enter"]]
        case "outbox":
            return [["O"], ["enter"], ["down"], ["escape"]]
        case _:
            return [down]
