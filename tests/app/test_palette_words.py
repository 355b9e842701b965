"""The palette finds what support people call things: other names, help text, recent commands, what is elsewhere."""

import pytest

from tests.app.conftest import Stage
from tui.app.commands import all_commands
from tui.app.dialogs.command_palette import find, ordered
from tui.app.keys.command import Command
from tui.app.keys.registry import Registry
from tui.app.ui import Ui

WORDS = {
    "conversation.close": "close archive resolve done finish complete solve",
    "conversation.assign": "assign transfer escalate hand_over route delegate reassign unassign pass_on",
    "conversation.assign-me": "take claim mine own grab assign_to_me",
    "conversation.snooze": "snooze later defer remind reminder pause sleep postpone follow_up",
    "conversation.open": "wake unsnooze reopen unarchive",
    "compose.reply": "reply answer respond write_back",
    "compose.note": "note comment internal whisper private",
    "conversation.tag": "tag label categorise categorize",
    "compose.macro": "macro canned template snippet saved_reply",
    "compose.article": "article insert_article help_centre help_center knowledge_base faq",
    "elsewhere.merge": "merge combine",
    "elsewhere.delete": "delete trash",
    "elsewhere.block": "spam block ban",
    "elsewhere.priority": "priority urgent important vip",
    "elsewhere.participants": "participant cc",
    "elsewhere.new": "new outbound new_conversation",
    "elsewhere.ticket": "ticket",
    "thread.events": "history events activity",
    "contact.find": "customer person who people find_contact",
    "contact.toggle": "profile details contact_pane",
    "view.search": "search find lookup filter",
    "view.choose": "views queue inbox folder",
    "view.sort": "sort order oldest",
    "view.next-waiting": "next longest_waiting",
    "undo.last": "undo revert take_back cancel mistake",
    "app.quit": "quit exit leave",
    "file.save": "file download save_attachment",
    "link.open": "links image attachment screenshot",
    "link.browser": "browser web open_in_browser",
    "text.copy": "copy clipboard link share",
    "conversation.mark": "unread",
    "conversation.title": "title subject rename",
    "conversation.attribute": "attribute field custom_attribute",
    "outbox.show": "outbox unsent failed stuck",
    "outbox.decide": "review held rejected",
    "app.refresh": "refresh reload sync",
    "help.keys": "help keys shortcuts",
    "select.toggle": "select bulk multiple",
    "repeat.last": "repeat again",
    "text.pipe": "pipe",
    "compose.editor": "editor vim",
}
"""What people type, an underline for a space, by the command that it is to find first."""
PAIRS = [(word.replace("_", " "), command_id) for command_id, words in WORDS.items() for word in words.split()]
LIST = [one for one in Registry(all_commands()).within("list") if one.id != "help.palette"]


def best(typed: str, recent: list[str] | None = None) -> list[str]:
    """The ids that the palette of the list shows for what is typed."""
    return [command.id for command, _ in find(ordered(LIST, recent or []), typed)]


def test_there_are_fifty_words_and_none_means_two_things() -> None:
    assert len(PAIRS) >= 50
    assert len({word for word, _ in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize(("typed", "command_id"), PAIRS, ids=[word for word, _ in PAIRS])
def test_a_word_of_support_people_finds_its_command_first(typed: str, command_id: str) -> None:
    assert best(typed)[:1] == [command_id]
    assert best(typed.upper() + " ")[:1] == [command_id]


def test_titles_and_names_go_before_sentences_and_scattered_letters_are_the_last_resort() -> None:
    title = Command("a.title", "Zebra", "Stripes.")
    name = Command("a.name", "Horse", "Gallops.", words=("zebra crossing",))
    sentence = Command("a.sentence", "Savanna", "Look at a zebra.")
    letters = Command("a.letters", "Zoo: enter by rail", "Go.")
    nothing = Command("a.nothing", "Elephant", "Trunk.")
    found = find([letters, sentence, nothing, name, title], "zebra")
    assert [command.id for command, _ in found] == ["a.title", "a.name", "a.sentence"]
    assert [command.id for command, _ in find([letters, nothing], "zebra")] == ["a.letters"]
    assert find([title], "zebra")[0][1] == (0, 1, 2, 3, 4)


def test_help_text_is_searched() -> None:
    assert "app.redraw" in best("garbled")
    assert best("no such words anywhere") == []


def test_recent_commands_are_first_among_equals_only() -> None:
    assert best("")[:1] != ["view.sort"]
    assert [one.id for one in ordered(LIST, ["view.sort", "contact.note"])][:2] == ["view.sort", "contact.note"]
    several = best("the conversation")
    assert len(several) > 2
    assert best("the conversation", [several[-1]])[0] in (several[-1], several[0])
    assert best("close", ["view.sort"])[0] == "conversation.close"
    equals = [Command("a.one", "Move up", "Up."), Command("a.two", "Move down", "Down.")]
    assert [one.id for one, _ in find(ordered(equals, []), "move")] == ["a.one", "a.two"]
    assert [one.id for one, _ in find(ordered(equals, ["a.two"]), "move")] == ["a.two", "a.one"]


async def test_what_was_chosen_stands_first_the_next_time(small: Stage) -> None:
    await small.press("colon")
    await small.type("sort order")
    await small.press("enter")
    assert small.dialog == "Sort"
    await small.press("escape", "colon")
    dialog = small.app.layout.overlay.top
    assert dialog is not None
    assert "Sort" in "".join(piece.text for piece in dialog.rows(60, 20)[1])


async def test_what_intercom_alone_can_do_opens_the_browser(small: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    async def open_link(_: Ui, url: str) -> None:
        opened.append(url)

    monkeypatch.setattr("tui.app.commands.elsewhere.open_link", open_link)
    here = small.current
    await small.press("colon")
    await small.type("merge")
    assert "Merge: opens the browser" in small.text()
    await small.press("enter")
    assert opened == [small.app.ui.link(here)]
