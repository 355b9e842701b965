"""The made-up desk: the same for the same generator, varied, in many languages, with what breaks careless inboxes."""

from __future__ import annotations

import re
from random import Random

import pytest

from tui.sandbox import content
from tui.sandbox.content import Person, Script, Turn
from tui.sandbox.content.pools import TOPICS
from tui.sandbox.content.template import Slots, render_html, render_plain, to_html
from tui.sandbox.content.topic import Topic, fitting, openings


def people(count: int, seed: int = 1) -> list[Person]:
    rng = Random(seed)
    return [content.person(rng) for _ in range(count)]


def scripts(count: int, seed: int = 1) -> list[Script]:
    return [content.script(Random(seed * 10_000 + i), who, nth=i) for i, who in enumerate(people(count, seed))]


def test_same_generator_same_words() -> None:
    assert people(50) == people(50)
    assert scripts(80) == scripts(80)
    assert [content.company(Random(i)) for i in range(20)] == [content.company(Random(i)) for i in range(20)]
    assert scripts(20, seed=1) != scripts(20, seed=2)


@pytest.mark.parametrize("known", [True, False])
def test_a_headline_is_the_beginning_of_its_script(known: bool) -> None:
    for i, someone in enumerate(people(400, seed=5)):
        who = someone if known else None
        nth = i if i % 3 else None
        head = content.headline(Random(i), who, nth=nth)
        script = content.script(Random(i), who, nth=nth)
        assert (head.subject, head.first_body_html) == (script.subject, script.turns[0].body_html)
        assert (head.topic, head.kind, head.language) == (script.topic, script.kind, script.language)
        assert (head.channel, head.ends) == (script.channel, script.ends)


def test_no_two_rows_alike() -> None:
    heads = [content.headline(Random(i), who, nth=i) for i, who in enumerate(people(200))]
    assert len({head.first_plain for head in heads}) >= 190
    subjects = [head.subject for head in heads if head.subject]
    assert len(set(subjects)) >= 0.75 * len(subjects)
    assert len({head.kind for head in heads}) >= 70
    assert len({head.first_plain[:40] for head in heads[:60]}) >= 56
    assert len({head.kind for head in heads[:60]}) >= 45


def test_neighbours_differ_more_with_their_place_than_by_chance() -> None:
    who = people(1)[0]
    chance = {content.headline(Random(i), who).kind for i in range(60)}
    placed = {content.headline(Random(i), who, nth=i).kind for i in range(60)}
    assert len(placed) > len(chance)


def test_enough_topics_each_with_several_openings() -> None:
    assert len([key for key in content.KINDS if not key.startswith("hostile")]) >= 80
    assert all(len(topic.openings) >= 2 for topic in TOPICS.values() if topic.key != "hostile-zalgo")


def test_many_languages_write_in() -> None:
    languages = [content.headline(Random(i)).language for i in range(1500)]
    assert {"en", "de", "es", "fr", "ja", "ar", "he", "pt"} <= set(languages)
    assert languages.count("en") > 0.6 * len(languages)
    assert languages.count("de") > 100
    assert languages.count("es") > 80


def test_a_person_writes_in_their_language_and_signs() -> None:
    germans = [someone for someone in people(600) if someone.language == "de"][:40]
    threads = [content.script(Random(i), who) for i, who in enumerate(germans)]
    assert sum(thread.language == "de" for thread in threads) > 30
    signed = sum(who.name.split()[0] in thread.turns[0].body_html for who, thread in zip(germans, threads, strict=True))
    assert signed > 8


def everything() -> list[Script]:
    made = []
    for kind in content.KINDS:
        made += [content.script(Random(i), who, kind=kind) for i, who in enumerate(people(12, seed=9))]
    return made


def test_no_slot_or_label_is_left_in_any_text() -> None:
    left = re.compile(r"(?<!\$)\{[a-z_0-9]+\}|\[\[|either_|(?:^|>|\s)[otun]\d+: |^~")
    for script in everything():
        if script.kind.startswith("hostile"):
            continue
        for text in (script.subject or "", *(turn.body_html for turn in [*script.turns, *script.rest])):
            assert not left.search(text), (script.kind, text)


def test_every_opening_has_a_subject_and_an_answer() -> None:
    for topic in TOPICS.values():
        for place, opening in enumerate(openings(topic), 1):
            assert opening.subjects or "e" not in topic.channels, (topic.key, place)
            answers = [beat for beat in topic.beats if beat.kind == "us"]
            if answers:
                assert any(fitting(beat.texts, {"o": place}) for beat in answers), (topic.key, place)


def test_a_thread_stands_as_it_says() -> None:
    seen = set()
    for script in everything():
        seen.add(script.ends)
        assert script.turns[0].author == "customer"
        assert script.turns[0].delay == 0
        assert all(turn.delay > 0 for turn in script.turns[1:])
        spoken = [turn for turn in script.turns if turn.author != "note"]
        if script.ends == "answered" and any(turn.author == "teammate" for turn in [*script.turns, *script.rest]):
            assert spoken[-1].author == "teammate"
        if script.ends == "waiting" and script.rest:
            assert spoken[-1].author in ("customer", "bot")
            assert not spoken[-1].settles
        if script.ends == "resolved":
            assert not script.rest
        assert script.topic == script.tags[0]
        assert set(script.tags) <= set(content.TAGS)
        assert script.rating is None or (1 <= script.rating <= 5 and script.ends == "resolved")
    assert seen == {"waiting", "answered", "resolved"}


def test_a_question_at_the_end_of_a_thread_is_answered() -> None:
    for script in everything():
        last = [turn for turn in script.turns if turn.author != "note"][-1]
        if script.ends == "resolved" and last.author == "customer" and not script.kind.startswith(("hostile", "spam")):
            assert not last.body_html.split("</p>", 1)[0].endswith("?"), (script.kind, last.body_html)


def test_threads_hold_all_that_a_desk_sees() -> None:
    made = [turn for script in everything() for turn in [*script.turns, *script.rest]]
    assert {turn.author for turn in made} == {"customer", "teammate", "bot", "note"}
    markup = "\n".join(turn.body_html for turn in made)
    for sign in (
        "gmail_quote",
        "MsoNormal",
        "gmail_signature",
        "<table",
        "<img",
        "<pre>",
        "<ul>",
        "<ol>",
        "<blockquote",
    ):
        assert sign in markup, sign
    assert re.search(r'<a href="http://[^"]*\.invalid/[^"]*">https://', markup), "a link whose label lies"
    names = {file.name for turn in made for file in turn.attachments}
    assert len(names) > 60
    assert any(turn.who is not None for turn in made)
    assert any(script.rating_remark for script in everything())


@pytest.mark.parametrize("standing", ["fresh", "waiting", "answered", "closed"])
def test_a_thread_can_be_played_to_where_it_stands(standing: content.Standing) -> None:
    thanked = 0
    for script in everything():
        turns = content.play(script, standing)
        spoken = [turn for turn in turns if turn.author != "note"]
        if standing == "fresh":
            assert all(turn.author == "customer" for turn in spoken)
        elif standing == "closed":
            assert turns == [*script.turns[1:], *script.rest]
        else:
            assert spoken[-1].author in (("customer",) if standing == "waiting" else ("teammate", "bot"))
            assert spoken[-1].body_html
            assert not spoken[-1].settles
            thanked += any(turn.settles for turn in spoken)
        assert all(turn.delay > 0 for turn in turns)
    assert thanked == 0


def test_war_rooms_are_as_long_as_asked() -> None:
    for length in (60, 150, 620):
        script = content.script(Random(length), None, kind="war-room", length=length)
        assert len(script.turns) == length
        assert len({turn.who for turn in script.turns}) >= 4
    some = {len(content.script(Random(i), None, kind="war-room").turns) for i in range(12)}
    assert len(some) > 4
    assert min(some) >= 60


def test_war_rooms_come_up_by_themselves() -> None:
    assert any(content.headline(Random(i)).kind == "war-room" for i in range(2000))


HOSTILE = {
    "OSC 52": "\x1b]52;c;",
    "C1": "\x9b31m",
    "bidi override": "\u202e",
    "bidi isolate": "\u2066",
    "zero width": "\u200b",
    "combining pile": "\u0334\u0321\u0317",
    "action markup": "[@click=app.quit]",
    "closing markup": "[/]",
    "script": "<script>",
    "ZWJ emoji": "👩‍👩‍👧‍👦",
    "backspaces": "OVERWRITTEN\x08\x08",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_things_are_among_the_threads(what: str) -> None:
    texts = [text for script in everything() for text in (script.subject or "", script.turns[0].body_html)]
    assert any(HOSTILE[what] in text for text in texts)


def test_hostile_shapes_are_among_the_threads() -> None:
    first = [content.script(Random(i), None, kind=f"hostile-{kind}").turns[0].body_html
             for kind in ("long-word", "empty", "html", "emoji") for i in range(12)]  # fmt: skip
    assert max(len(max(re.split(r"[\s<>]", body), key=len)) for body in first) > 4900
    assert "" in first
    assert any(body.count("<div>") == 400 for body in first)
    kinds = [content.headline(Random(i)).kind for i in range(2000)]
    share = sum(kind.startswith("hostile") for kind in kinds) / len(kinds)
    assert 0.005 < share < 0.04, "seldom, as on a real desk"


def test_people_are_invented_and_various() -> None:
    crowd = people(3000)
    assert all(someone.email.endswith(".example") for someone in crowd)
    assert all(re.fullmatch(r"[a-z0-9._-]+@[a-z0-9.-]+", someone.email) for someone in crowd)
    assert len({someone.email for someone in crowd}) > 2600
    assert {someone.role for someone in crowd} == {"user", "lead"}
    assert len({someone.country for someone in crowd}) >= 15
    assert any("\u0590" <= sign <= "\u05ff" for someone in crowd for sign in someone.name), "Hebrew names"
    assert any("\u0600" <= sign <= "\u06ff" for someone in crowd for sign in someone.name), "Arabic names"
    assert max(len(someone.name) for someone in crowd) > 80
    assert any("[" in someone.name for someone in crowd)
    assert any("\x1b" in someone.name for someone in crowd)


def test_a_company_can_be_a_persons() -> None:
    who = next(someone for someone in people(50) if someone.role == "user")
    words = content.company(Random(1), who)
    assert words.name == who.custom_attributes["shop_name"]
    assert words.website.removeprefix("https://www.") == who.email.partition("@")[2]


def test_the_workspace_is_furnished() -> None:
    assert len(content.ADMINS) == 8
    assert any(admin.away for admin in content.ADMINS)
    assert {index for team in content.TEAMS for index in team.members} <= set(range(len(content.ADMINS)))
    assert len(content.ARTICLES) >= 15
    assert all(article.body_html.startswith("<") and len(article.body_html) > 50 for article in content.ARTICLES)
    assert len({macro.name for macro in content.MACROS}) == len(content.MACROS) >= 10
    assert all(isinstance(event.metadata(Random(1)), dict) for event in content.EVENTS)
    assert len(content.TAGS) == len(set(content.TAGS)) >= 16


def test_templates_become_html_and_plain_words() -> None:
    text = "Hello **{x}**,\n\n- one & two\n- `a < b`\n\n```\nif x < 1:\n\n    pass\n```\n\nsee [here](https://a.example/?q=1)"
    slots = Slots(Random(1), {"x": ("you",)})
    assert render_html(text, slots) == (
        "<p>Hello <b>you</b>,</p><ul><li>one &amp; two</li><li><code>a &lt; b</code></li></ul>"
        "<pre><code>if x &lt; 1:\n\n    pass</code></pre><p>see <a href=\"https://a.example/?q=1\">here</a></p>"
    )  # fmt: skip
    assert render_plain("100 % of [[{x}]]\n\n> quoted", slots) == "100 % of you quoted"
    assert to_html("1. a\n2. b") == "<ol><li>a</li><li>b</li></ol>"
    assert to_html("<table></table>\n\nx") == "<table></table><p>x</p>"


def test_labels_choose_what_fits() -> None:
    texts = ("plain", "o1: first only", "o23 t2: both must hold")
    assert [words for _, words in fitting(texts, {"o": 1})] == ["plain", "first only"]
    assert [words for _, words in fitting(texts, {"o": 2, "t": 1})] == ["plain"]
    assert fitting(texts, {"o": 3, "t": 2})[-1] == (3, "both must hold")
    topic = Topic("k", ("bug",), ("o2: second", "any"), ("one", "~two"))
    assert [(each.text, each.hasty, each.subjects) for each in openings(topic)] == [
        ("one", False, ("any",)),
        ("two", True, ("second", "any")),
    ]


def test_turns_default_to_whoever_is_assigned() -> None:
    turn = Turn("teammate", "<p>x</p>", 1)
    assert (turn.who, turn.attachments, turn.settles) == (None, [], False)
