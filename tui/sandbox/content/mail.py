"""How mail programs dress a message: signatures, disclaimers, quotes of what is being answered."""

# ruff: noqa: E501 - messages stay on one line each, as they are read

from __future__ import annotations

from tui.sandbox.content.phrases import phrases
from tui.sandbox.content.template import Slots, render_html

_TITLES = {
    "en": (
        "Owner", "Operations", "Head of Fulfilment", "Warehouse manager", "Founder and chief packer", "Accounts",
        "Web and IT", "Customer care", "Logistics", "Managing director", "Office manager",
    ),
    "de": ("Inhaberin", "Geschäftsführung", "Versand", "Lagerleitung", "Buchhaltung", "Kundendienst", "Mädchen für alles"),
    "es": ("Gerencia", "Administración", "Almacén y envíos", "Atención al cliente", "Contabilidad"),
    "fr": ("Gérance", "Comptabilité", "Expéditions", "Service client"),
}  # fmt: skip

_DISCLAIMERS = (
    "This e-mail and its attachments are confidential and intended solely for the addressee. If you have received it in error, please notify the sender, delete it, and try to forget it. {store} accepts no liability for viruses, typos or opinions.",
    "Please consider the environment before printing this e-mail. Labels are fine.",
    "{store} Ltd · Registered in {town} · VAT {vatid} · The contents of this message are legally privileged, except for the jokes.",
)
_OWN_DISCLAIMER = {
    "de": "Diese E-Mail enthält vertrauliche Informationen. Sollten Sie nicht der richtige Empfänger sein, löschen Sie sie bitte und denken Sie an etwas anderes. {store}, {town}.",
    "es": "Este mensaje y sus adjuntos son confidenciales. Si no es usted el destinatario, bórrelo, por favor, y piense en otra cosa. {store}, {town}.",
}

_GMAIL = '<div dir="ltr">%s</div>'
_OUTLOOK = '<div class="WordSection1">%s</div>'


def dress(markup: str, style: float, slots: Slots, language: str) -> str:
    """A first message as one of several mail programs would send it; ``style`` in [0, 1) chooses."""
    if style < 0.5:
        return markup
    if style < 0.68:
        return _GMAIL % markup
    if style < 0.78:
        return markup + render_html(phrases(language).from_phone, slots)
    if style < 0.9:
        return _GMAIL % (markup + _gmail_signature(slots, language))
    return _OUTLOOK % (markup.replace("<p>", '<p class="MsoNormal">') + _outlook_signature(slots, language))


def _pick(slots: Slots, options: tuple[str, ...]) -> str:
    return options[int(slots.rng.random() * len(options))]


def _title(slots: Slots, language: str) -> str:
    return _pick(slots, _TITLES.get(language, _TITLES["en"]))


def _gmail_signature(slots: Slots, language: str) -> str:
    return (
        '<div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature">'
        f"<b>{slots['full']}</b><br>{_title(slots, language)}, {slots['store']}<br>"
        f'<a href="https://www.{slots["domain"]}">www.{slots["domain"]}</a></div>'
    )


def _outlook_signature(slots: Slots, language: str) -> str:
    disclaimer = render_html(_OWN_DISCLAIMER.get(language) or _pick(slots, _DISCLAIMERS), slots)
    return (
        '<table border="0" cellspacing="0" cellpadding="0"><tr>'
        f'<td><img src="cid:image001.png@{slots["hexid"]}" alt="{slots["store"]}" width="96" height="32"></td>'
        f'<td><p class="MsoNormal"><b>{slots["full"]}</b><br>{_title(slots, language)}<br>'
        f'{slots["store"]}, {slots["town"]}<br><a href="mailto:{slots["myemail"]}">{slots["myemail"]}</a></p></td>'
        f'</tr></table><div style="font-size:8pt;color:#888">{disclaimer}</div>'
    )


def quote(markup: str, answered: str, style: float, slots: Slots, language: str) -> str:
    """An answer with the message it answers under it, as mail programs do; ``style`` in [0, 1) chooses (or leaves out)."""
    if style < 0.35:
        return markup
    intro = render_html(phrases(language).quoted, slots).removeprefix("<p>").removesuffix("</p>")
    if style < 0.8:
        return (
            f'<div dir="ltr">{markup}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{intro}<br></div>'
            f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">'
            f"{answered}</blockquote></div>"
        )
    return (
        f'<div class="WordSection1">{markup}<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
        '<p class="MsoNormal"><b>From:</b> Tidewater Support &lt;support@tidewater.example&gt;<br>'
        f"<b>To:</b> {slots['full']} &lt;{slots['myemail']}&gt;<br><b>Subject:</b> Re: your message</p></div>{answered}</div>"
    )
