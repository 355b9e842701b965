"""What everybody says: greetings, thanks, nudges, goodbyes, the bot's manners, remarks with ratings, by language."""

# ruff: noqa: E501 - messages stay on one line each, as they are read

from __future__ import annotations

from typing import NamedTuple


class Phrases(NamedTuple):
    """The stock of one language; every text is a template."""

    greetings: tuple[str, ...]
    chat_greetings: tuple[str, ...]
    goodbyes: tuple[str, ...]
    answer_greetings: tuple[str, ...]
    thanks: tuple[str, ...]
    closings: tuple[str, ...]
    nudges: tuple[str, ...]
    ask_back: tuple[str, ...]
    holding: tuple[str, ...]
    bot_hello: tuple[str, ...]
    bot_handover: tuple[str, ...]
    human_please: tuple[str, ...]
    bot_solved: tuple[str, ...]
    good_remarks: tuple[str, ...]
    bad_remarks: tuple[str, ...]
    quoted: str
    from_phone: str
    comma: str = ","


_EN = Phrases(
    ("Hi", "Hello", "Hi there", "Good morning", "Hi team", "Hello Tidewater", "Hey", "Good afternoon", "Hi all", "Dear support"),
    ("Hi!", "Hey there!", "Hello :)", "Quick question:", "Hiya,", "Morning!"),
    ("Thanks,", "Best,", "Many thanks", "Cheers,", "Kind regards,", "Thank you!", "Best wishes,", "Thanks a lot", "Regards,"),
    ("Hi {me},", "Hello {me},", "Hey {me},", "Hi {me}, thanks for writing in.", "Good morning {me},"),
    (
        "Perfect, thank you!", "That answers it, thanks so much.", "You're a legend. Thanks!", "Great, that's all I needed.",
        "Brilliant, thanks for the quick help 🙏", "Got it. Thank you for your patience with me.", "thanks!! 🎉",
        "Lovely. Have a good [[day|evening|weekend|one]]!", "ok that makes sense. thx", "All sorted, cheers.",
        "Thank you, much appreciated. You can close this.", "👍", "Well, that was quicker than finding a chair. Thank you!",
    ),
    (
        "You're very welcome! I'll close this; a reply opens it again.", "Glad that it's sorted. Have a good [[day|week|weekend]]!",
        "Any time. Happy shipping 📦", "My pleasure. We're here if it comes back.", "Lovely. Closing this one, take care!",
        "Great to hear, thanks for letting us know.",
    ),
    (
        "Any update on this?", "Hello? Is anybody there?", "Just checking in on this, it's getting [[a bit|rather|really]] urgent.",
        "Sorry to push. The {carrier} driver comes in an hour.", "Bump :)", "Did my message get lost?",
        "Still the same here, by the way.", "I'd be grateful for a short \"we're on it\".",
    ),
    (
        "Thanks! And whom do I write to if it happens again?", "Sorry, I don't quite follow. Could you explain the last bit once more?",
        "OK. Could you give me that in two sentences that I can forward to {colleague}?", "Thanks for that. How long will it take, roughly?",
        "Got it. One more thing: does {colleague} have to do anything, or only me?", "Hm. And what if that doesn't help?",
        "Good to know. Is there something that I can do on my side meanwhile?", "Right. Will you tell me when it's done, or should I ask?",
    ),
    (
        "Thanks, I'm looking into it and will be back within the hour.", "I've got this one. Let me check with the team, one moment.",
        "Got it, reproducing it right now.", "Thank you, that helps. I'm on it.",
    ),
    (
        "Hi {me}, I'm Fin, Tidewater's AI agent. I think I can help with that:",
        "Thanks for your message! Here's what I found in our help center:",
        "Hello! I'm Fin, a bot, but a well-read one.",
    ),
    (
        "Of course. I'm passing this on to the team together with what you've told me. They usually reply in a few minutes.",
        "Got it, a human is on the way. No need to repeat anything, they see the whole conversation.",
        "I couldn't find a good answer to that, so I've asked a teammate to take over.",
    ),
    (
        "Can I talk to a person please", "That's not it. Human, please!", "thanks robot but no", "I've read that article already, it doesn't cover this.",
        "no. agent", "That's for a different case. Could somebody have a look?",
    ),
    ("That was it, thanks!", "oh nice, solved. good bot", "Found it, thank you 👍", "Yes, that answers it."),
    (
        "Quick and friendly.", "A real answer from a real person. Rare!", "{mate} is a star ⭐", "Solved in one message.", "Best support I've had this year.",
        "They found the bug before my coffee was cold.", "Patient with an old man and his printer.",
    ),
    (
        "Took three days and five people.", "The bot sent me in circles.", "Friendly, but my parcel is still gone.", "Had to explain it all twice.",
        "meh", "You fixed it, but you also broke it.",
    ),
    "On {day} at {clock}, Tidewater Support <support@tidewater.example> wrote:",
    "[[Sent from my phone|Sent from my tablet, typos are the tablet's|Get OwlMail for mobile]]",
)  # fmt: skip

_DE = Phrases(
    (
        "Hallo",
        "Guten Tag",
        "Guten Morgen",
        "Hallo zusammen",
        "Liebes Tidewater-Team",
        "Sehr geehrte Damen und Herren",
        "Moin",
    ),
    ("Hallo!", "Moin,", "Guten Tag,", "Kurze Frage:", "Hi,"),
    ("Viele Grüße", "Mit freundlichen Grüßen", "Danke und Gruß", "Beste Grüße", "Schöne Grüße", "LG"),
    ("Hallo {me},", "Guten Tag {me},", "Hallo {me}, danke für Ihre Nachricht.", "Guten Morgen {me},"),
    (
        "Perfekt, vielen Dank!",
        "Das war's, danke für die schnelle Hilfe.",
        "Super, alles klar 👍",
        "Danke, damit ist alles geklärt. Schönen [[Tag|Abend|Feierabend]] noch!",
        "Besten Dank, Sie können das schließen.",
        "Klasse, danke!",
        "Top, danke 🙏",
    ),
    (
        "Sehr gern! Ich schließe das hier, eine Antwort öffnet es wieder.",
        "Freut mich. Einen schönen Tag noch!",
        "Gern geschehen, und gute Fahrt den Paketen 📦",
        "Schön zu hören, danke für die Rückmeldung.",
    ),
    (
        "Gibt es hierzu schon etwas Neues?",
        "Ich wollte nur höflich nachfragen, es wird langsam eng.",
        "Hallo? Ist da jemand?",
        "Bei uns unverändert. Haben Sie eine Idee, wie lange es noch dauert?",
    ),
    (
        "Danke! Und an wen wende ich mich, falls es wieder vorkommt?",
        "Das habe ich nicht ganz verstanden. Könnten Sie den letzten Teil noch einmal erklären?",
        "Gut. Wie lange dauert das ungefähr?",
        "Danke. Muss {colleague} dafür auch etwas tun oder nur ich?",
        "Und was, wenn das nicht hilft?",
        "Sagen Sie mir Bescheid, wenn es so weit ist?",
    ),
    (
        "Danke, ich sehe mir das an und melde mich innerhalb einer Stunde.",
        "Ich kümmere mich darum, einen Moment bitte.",
        "Danke, das hilft. Ich bin dran.",
    ),
    (
        "Hallo {me}, ich bin Fin, der KI-Assistent von Tidewater. Dazu habe ich etwas gefunden:",
        "Danke für Ihre Nachricht! Das steht in unserem Hilfebereich:",
    ),
    (
        "Gern. Ich gebe das mit allem, was Sie geschrieben haben, ans Team weiter.",
        "Verstanden, ein Mensch ist unterwegs. Sie müssen nichts wiederholen.",
    ),
    (
        "Kann ich bitte mit einem Menschen sprechen",
        "Das hilft mir leider nicht. Mitarbeiter bitte!",
        "nein danke, mensch bitte",
    ),
    ("Das war's schon, danke!", "Gefunden, danke 👍"),
    (
        "Schnell und freundlich.",
        "Endlich mal jemand, der liest, was man schreibt.",
        "Problem in einer Nachricht gelöst.",
        "Sehr kompetent, gern wieder (nein, lieber nicht).",
    ),
    ("Drei Tage Wartezeit.", "Musste alles zweimal erklären.", "Freundlich, aber das Paket ist immer noch weg."),
    "Am {day} um {clock} Uhr schrieb Tidewater Support <support@tidewater.example>:",
    "Von meinem Telefon gesendet",
)

_ES = Phrases(
    ("Hola", "Buenos días", "Buenas tardes", "Hola a todos", "Hola, equipo", "Estimados señores", "Buenas"),
    ("¡Hola!", "Buenas,", "Hola :)", "Una pregunta rápida:"),
    ("Gracias,", "Un saludo,", "Saludos cordiales", "Muchas gracias", "Atentamente,", "Un abrazo,"),
    ("Hola, {me}:", "Buenos días, {me}:", "Hola, {me}, gracias por escribirnos.", "Buenas tardes, {me}:"),
    (
        "¡Perfecto, muchas gracias!",
        "Era eso. Gracias por la ayuda.",
        "Genial, gracias 👍",
        "Todo resuelto, buen [[día|fin de semana]].",
        "Sois unos cracks 🙏",
        "Gracias, se puede cerrar.",
        "ok gracias!!",
    ),
    (
        "¡De nada! Cierro esta conversación; si contesta, se abre otra vez.",
        "Me alegro mucho. ¡Buen día!",
        "Para eso estamos. ¡Buenos envíos! 📦",
    ),
    (
        "¿Hay alguna novedad?",
        "¿Hola? ¿Hay alguien ahí?",
        "Perdonad la insistencia, empieza a ser urgente.",
        "Por aquí sigue igual, por cierto.",
    ),
    (
        "¡Gracias! ¿Y a quién escribo si vuelve a pasar?",
        "Perdón, no lo he entendido del todo. ¿Me explica otra vez lo último?",
        "De acuerdo. ¿Cuánto tarda, más o menos?",
        "Vale. ¿{colleague} tiene que hacer algo o solo yo?",
        "¿Y si con eso no basta?",
        "¿Me avisan cuando esté?",
    ),
    (
        "Gracias, lo miro y le escribo en menos de una hora.",
        "Me encargo yo, un momento, por favor.",
        "Gracias, eso ayuda. Estoy en ello.",
    ),
    (
        "Hola, {me}, soy Fin, el asistente de IA de Tidewater. He encontrado esto:",
        "¡Gracias por escribir! Esto dice nuestro centro de ayuda:",
    ),
    (
        "Claro. Se lo paso al equipo con todo lo que me ha contado.",
        "Entendido, ya viene una persona. No hace falta repetir nada.",
    ),
    ("¿Puedo hablar con una persona?", "No es eso. ¡Un humano, por favor!", "gracias robot pero no"),
    ("¡Era eso, gracias!", "Encontrado, gracias 👍"),
    ("Rápidos y amables.", "Da gusto.", "Resuelto en un mensaje.", "Tomás es un sol."),
    ("Tardaron tres días.", "El robot me tuvo dando vueltas.", "Amables, pero el paquete sigue perdido."),
    "El {day} a las {clock}, Tidewater Support <support@tidewater.example> escribió:",
    "Enviado desde mi móvil",
)

_FR = Phrases(
    ("Bonjour", "Bonjour à tous", "Madame, Monsieur", "Bonjour l'équipe"),
    ("Bonjour !", "Coucou,", "Petite question :"),
    ("Cordialement,", "Merci d'avance,", "Bien à vous,", "Bonne journée,"),
    ("Bonjour {me},", "Bonjour {me}, merci pour votre message."),
    ("Parfait, merci beaucoup !", "C'est noté, merci.", "Super, merci 👍"),
    ("Avec plaisir ! Bonne journée à vous.", "Ravi que ce soit réglé."),
    ("Avez-vous des nouvelles à ce sujet ?", "Je me permets de relancer, ça devient urgent."),
    (
        "Merci ! Combien de temps cela prend-il, à peu près ?",
        "Et si cela ne suffit pas ?",
        "Pouvez-vous me prévenir quand ce sera fait ?",
    ),
    ("Merci, je regarde et je reviens vers vous dans l'heure.",),
    ("Bonjour {me}, je suis Fin, l'assistant IA de Tidewater. Voici ce que j'ai trouvé :",),
    ("Bien sûr, je transmets à l'équipe avec tout ce que vous m'avez dit.",),
    ("Je voudrais parler à quelqu'un, s'il vous plaît", "ce n'est pas ça. un humain svp"),
    ("C'était ça, merci !",),
    ("Rapide et aimable.", "Un vrai humain !"),
    ("Trois jours d'attente.",),
    "Le {day} à {clock}, Tidewater Support <support@tidewater.example> a écrit :",
    "Envoyé de mon téléphone",
)

_JA = _FR._replace(
    greetings=("お世話になっております", "こんにちは"), chat_greetings=("こんにちは。",), goodbyes=("よろしくお願いいたします。",),
    answer_greetings=("{me}様", "{me}様、お問い合わせありがとうございます。"), thanks=("ありがとうございました!", "解決しました。助かりました🙏"),
    closings=("またいつでもご連絡ください。",), nudges=("その後いかがでしょうか。",), ask_back=("ありがとうございます。どのくらい時間がかかりますか?", "またお困りの際はどちらに連絡すればよいでしょうか。"),
    holding=("確認のうえ、折り返しご連絡いたします。",), human_please=("担当の方とお話しできますか",), good_remarks=("迅速でした。",),
    bad_remarks=("返信が遅いです。",), quoted="Tidewater Support <support@tidewater.example>:", from_phone="スマートフォンから送信", comma="、",
)  # fmt: skip
_AR = _FR._replace(
    greetings=("مرحباً", "السلام عليكم"), chat_greetings=("مرحباً!",), goodbyes=("مع الشكر،", "تحياتي،"),
    answer_greetings=("مرحباً {me}،", "أهلاً {me}،"), thanks=("شكراً جزيلاً!", "تم الحل، شكراً لكم 🌷"), closings=("على الرحب والسعة!",),
    nudges=("هل من جديد؟",), ask_back=("شكراً، كم يستغرق ذلك تقريباً؟",), holding=("شكراً لك، أتحقق من الأمر وأعود إليك خلال ساعة.",),
    human_please=("أريد التحدث مع موظف من فضلكم",), good_remarks=("خدمة ممتازة",), bad_remarks=("تأخر الرد كثيراً",),
    quoted="Tidewater Support <support@tidewater.example>:", from_phone="أُرسلت من هاتفي", comma="،",
)  # fmt: skip
_HE = _FR._replace(
    greetings=("שלום", "היי"), chat_greetings=("היי!",), goodbyes=("תודה,", "בברכה,"), answer_greetings=("שלום {me},",),
    thanks=("תודה רבה!", "הסתדר, תודה 🙏"), closings=("בשמחה, יום נעים!",), nudges=("יש חדש?",), ask_back=("תודה, כמה זמן זה לוקח בערך?",),
    holding=("תודה, בודקים וחוזרים אליך תוך שעה.",), human_please=("אפשר לדבר עם נציג?",), good_remarks=("שירות מהיר ואדיב",),
    bad_remarks=("חיכיתי שלושה ימים",), quoted="Tidewater Support <support@tidewater.example>:", from_phone="נשלח מהטלפון שלי",
)  # fmt: skip
_PT = _FR._replace(
    greetings=("Olá", "Bom dia"), chat_greetings=("Olá!",), goodbyes=("Obrigado,", "Cumprimentos,"), answer_greetings=("Olá, {me},",),
    thanks=("Perfeito, muito obrigado!", "Resolvido, obrigada 🙏"), closings=("De nada! Bom dia.",), nudges=("Há novidades?",),
    ask_back=("Obrigado. Quanto tempo demora, mais ou menos?",), holding=("Obrigado, vou ver e respondo dentro de uma hora.",),
    human_please=("Posso falar com uma pessoa?",), good_remarks=("Rápidos e simpáticos.",), bad_remarks=("Demorou três dias.",),
    quoted="Tidewater Support <support@tidewater.example> escreveu:", from_phone="Enviado do meu telemóvel",
)  # fmt: skip

BY_LANGUAGE = {"en": _EN, "de": _DE, "es": _ES, "fr": _FR, "ja": _JA, "ar": _AR, "he": _HE, "pt": _PT}


def phrases(language: str) -> Phrases:
    """The phrases of a language; English where there are none."""
    return BY_LANGUAGE.get(language, _EN)
