"""What a mail program puts under a message folds; what somebody wrote never does."""

import re

import pytest

from tui.sandbox.content.phrases import BY_LANGUAGE
from tui.text.html import parse, to_lines, to_text
from tui.text.spans import Mark, plain

OWN = "The export is broken again."


def folded(body: str) -> list[str]:
    return [plain(line) for line in to_lines(body, 100) if line]


FOLDS = {
    "plain": (f"{OWN}\n\n-- \nKim Example\nFounder\nhttps://x.example", "▸ signature, 4 lines"),
    "plain in a row": (f"{OWN}\n--\nKim Example", "▸ signature, 2 lines"),
    "a long dash": (f"{OWN}\n\n—\nKim Example\nFounder", "▸ signature, 3 lines"),
    "gmail": (
        f'<div>{OWN}</div><br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br>'
        '<div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><b>Kim</b><br>Founder</div>',
        "▸ signature, 3 lines",
    ),
    "gmail of old": (
        f'<div>{OWN}</div>-- <br><div class="gmail_signature">Kim<br>Founder</div>',
        "▸ signature, 3 lines",
    ),
    "thunderbird": (
        f'<p>{OWN}</p><pre class="moz-signature" cols="72">-- \nKim Example\nFounder</pre>',
        "▸ signature, 3 lines",
    ),
    "outlook on the web": (
        f'<div>{OWN}</div><div id="x_Signature"><p>Kim</p><p>Founder</p></div>',
        "▸ signature, 2 lines",
    ),
    "paragraphs": (f"<p>{OWN}</p><p>--</p><p>Kim</p><p>Founder</p>", "▸ signature, 3 lines"),
    "breaks": (f"<p>{OWN}<br><br>--<br>Kim<br>Founder</p>", "▸ signature, 3 lines"),
    "a table": (
        f"<p>{OWN}</p><p>--</p><table><tr><th>Kim</th></tr><tr><td>Founder</td></tr></table>",
        "▸ signature, 4 lines",
    ),
}


@pytest.mark.parametrize("name", FOLDS)
def test_a_signature_folds_and_can_be_unfolded(name: str) -> None:
    body, fold = FOLDS[name]
    assert folded(body) == [OWN, fold]
    whole = [plain(line) for line in to_lines(body, 100, fold_quotes=False)]
    assert any("Kim" in line for line in whole)
    assert "Kim" in to_text(body, quotes=False), "copies and searches have it"


def test_above_a_quotation_both_are_one_line() -> None:
    body = (
        f"<div>{OWN}</div><br>Sent from my iPhone<div class=gmail_quote>On Mon, 2 Mar 2026 at 10:02, Lee "
        "&lt;lee@x.example&gt; wrote:<blockquote>Did it help?</blockquote></div>"
    )
    assert folded(body) == [OWN, "▸ signature, 2 quoted lines"]


def test_below_a_quotation_it_folds_by_itself() -> None:
    body = f"On Mon, 2 Mar 2026 at 10:02, Lee <lee@x.example> wrote:\n> Did it help?\n\n{OWN}\n\n-- \nKim\nFounder"
    assert folded(body) == ["▸ 2 quoted lines", OWN, "▸ signature, 3 lines"]


def test_a_program_that_names_itself_stays_and_is_muted() -> None:
    lines = to_lines(f"<p>{OWN}</p><p>Sent from my iPhone</p>", 60)
    assert [plain(line) for line in lines] == [OWN, "", "Sent from my iPhone"]
    assert Mark.QUOTE in lines[-1][0].marks


def phone_words() -> list[str]:
    said = [text for one in BY_LANGUAGE.values() for text in re.sub(r"[\[\]]", "", one.from_phone).split("|")]
    return [
        *said, "Sent from Outlook for iOS<https://aka.ms/o0ukef>", "Get Outlook for Android",
        "Sent from Yahoo Mail on Android", "Diese Nachricht wurde von meinem Android-Gerät gesendet.",
        "Von meinem iPhone gesendet", "Envoyé de mon iPhone", "Inviato da iPhone", "Verstuurd vanaf mijn iPad",
        "Sent from Mail for Windows", "Sent with Proton Mail secure email.", "Отправлено с iPhone", "iPhoneから送信",
        "发自我的iPhone", "Sent via Superhuman ( https://sprh.mn )", "Enviado desde Outlook para Android",
    ]  # fmt: skip


@pytest.mark.parametrize("words", phone_words())
def test_programs_are_known_by_what_they_say(words: str) -> None:
    assert [block.text for block in parse(f"{OWN}\n\n{words}") if block.signature] == [words]


OWN_WORDS = [
    "Sent from the warehouse on Monday, and never seen again",
    "Get me a refund for the Android version please, it never worked for anybody in our whole company at all",
    "Von wem kommt das?",
    "Von Outlook kam nichts",
    "Get me a refund for Android",
    "--\nWho pays for this?",
    "--verbose\nis the flag",
    "Steps:\n--\n" + "\n".join(f"step {number}" for number in range(20)),
    "--\n" + "a very long line about what happened " * 30,
]


@pytest.mark.parametrize("words", OWN_WORDS)
def test_own_words_stay(words: str) -> None:
    assert not any(block.folds for block in parse(f"{OWN}\n\n{words}"))


def test_a_message_written_into_the_element_of_a_signature_stays() -> None:
    lines = "".join(f"<div>Line {number} of what I have to say.</div>" for number in range(20))
    whole = f'<div>Hi</div><div id="ms-outlook-mobile-signature">{lines}</div>'
    assert not any(block.folds for block in parse(whole))
    alone = '<div id="ms-outlook-mobile-signature"><div>Hi,</div><div>it works.</div></div>'
    assert folded(alone) == ["Hi,", "it works."]


def test_what_is_about_to_be_sent_is_shown_whole() -> None:
    assert not any(block.folds for block in parse(f"<p>{OWN}</p><p>--</p><p>Kim</p><p>x</p>", exact=True))
    assert not any(block.folds for block in parse(f'<p>{OWN}</p><p class="gmail_signature">Kim</p>', exact=True))
