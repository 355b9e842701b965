"""A thread played up to where it should stand: unanswered, waiting again, answered, or closed."""

from __future__ import annotations

from typing import Literal

from tui.sandbox.content.shapes import Script, Turn

Standing = Literal["fresh", "waiting", "answered", "closed"]

_NO_THANKS = "<p>Thank you, we're fine as we are. Please take us off your list.</p>"
_UNDETERRED = (
    "<p>Understood! Before I go, just <b>one</b> quick question: did you have a chance to see my last e-mail?</p>"
)


def play(script: Script, standing: Standing) -> list[Turn]:
    """The turns after the first message of a thread that stands as told.

    - `fresh`: nobody has answered yet, neither teammate nor bot.
    - `waiting`: somebody has answered, and the customer has asked back: the last word wants an answer.
    - `answered`: the last word is an answer of ours that wants no goodbye yet.
    - `closed`: all of it, thanks and goodbyes included.
    """
    turns = [*script.turns[1:], *script.rest]
    if standing == "closed":
        return turns
    ours = [place for place, turn in enumerate(turns) if turn.author in ("teammate", "bot")]
    if standing == "fresh":
        return turns[: ours[0]] if ours else turns
    if standing == "waiting":
        return _until_asked(script, turns, ours)
    answers = [place for place in ours if turns[place].author == "teammate" and not turns[place].settles]
    if answers:
        return turns[: _own(script, answers) + 1]
    return turns[: ours[0] + 1] if ours else [*turns, Turn("teammate", script.holding, 1800)]


def _until_asked(script: Script, turns: list[Turn], ours: list[int]) -> list[Turn]:
    if not ours:
        if script.topic == "spam":
            return [*turns, Turn("teammate", _NO_THANKS, 1800), Turn("customer", _UNDETERRED, 6 * 3600)]
        return [*turns, Turn("teammate", script.holding, 1800), Turn("customer", script.nudge, 6 * 3600)]
    asked = [
        place
        for place, turn in enumerate(turns)
        if place > ours[0] and turn.author == "customer" and not turn.settles and _wants_answer(turns, place)
    ]
    if asked:
        return turns[: _own(script, asked) + 1]
    answers = [place for place in ours if turns[place].author == "teammate"]
    return [*turns[: (answers or ours)[0] + 1], Turn("customer", script.ask_back, 3600)]


def _wants_answer(turns: list[Turn], place: int) -> bool:
    """Whether what follows answers it: not an end, nor a mere goodbye."""
    following = next((turn for turn in turns[place + 1 :] if turn.author != "note"), None)
    return following is not None and following.author in ("teammate", "bot") and not following.settles


def _own(script: Script, places: list[int]) -> int:
    """Where the script itself stops, if that is one of ``places``; else the last of them."""
    stop = len(script.turns) - 2
    return stop if stop in places else places[-1]
