"""Gespräche auf Deutsch."""

# ruff: noqa: E501 - messages stay on one line each, as they are read

from __future__ import annotations

from functools import partial

from tui.sandbox.content.topic import Topic, note, them, us

_German = partial(Topic, language="de")

TOPICS = (
    _German(
        "de-doppelt-abgebucht",
        ("billing", "refund"),
        ("Doppelte Abbuchung im {month}", "{amount} zweimal abgebucht", "Falsche Abbuchung, Rechnung {invoice}"),
        (
            "auf unserem Konto sind [[zwei Abbuchungen|zwei Beträge|gleich zweimal Kosten]] über je {amount} von Tidewater. Bestellt haben wir den Tarif {plan} aber nur einmal. Bitte erstatten Sie den zweiten Betrag.",
            "laut Kontoauszug haben Sie im {month} {double} statt {amount} abgebucht. Ein Versehen, nehme ich an? Rechnung {invoice} kenne ich, {invoice2} nicht.",
        ),
        (
            note(
                "Zweitbuchung nach Zeitüberschreitung, wie bei den anderen drei. Erstattung angestoßen. @Declan zur Kenntnis."
            ),
            us(
                "Sie haben recht: Nach einer Zeitüberschreitung beim Zahlungsanbieter wurde ein zweites Mal gebucht. Ich habe {amount} erstattet, das Geld ist in drei bis fünf Werktagen bei Ihnen. Entschuldigen Sie bitte den Schreck."
            ),
            them(
                "Danke für die schnelle Antwort. Bekomme ich dazu eine Gutschrift für die Buchhaltung?",
                "Super, vielen Dank. Das ging ja fix!",
            ),
            us(
                "t1: Die Gutschrift hängt an und liegt außerdem unter **Einstellungen → Abrechnung → Belege**.",
                files=("Gutschrift.pdf",),
            ),
        ),
        mood="negative",
        weight=5,
    ),
    _German(
        "de-ust-id",
        ("vat", "billing"),
        (
            "o1: USt-IdNr. fehlt auf Rechnung {invoice}",
            "o2: Rechnungsadresse ändern",
            "Rechnung wird vom Steuerberater nicht anerkannt",
        ),
        (
            "unser Steuerberater hat Rechnung {invoice} zurückgegeben, weil unsere USt-IdNr. ({vatid}) fehlt. Können Sie die Rechnung bitte neu ausstellen, auf {store}?",
            "auf den Rechnungen steht mein Privatname statt {store}. Das Finanzamt hat dafür erfahrungsgemäß wenig Humor. Bitte ab {month} korrigieren.",
        ),
        (
            us(
                "Erledigt: Die USt-IdNr. {vatid} ist geprüft und hinterlegt, die korrigierte Rechnung hängt an. Ab der nächsten Rechnung gilt damit das Reverse-Charge-Verfahren.",
                files=("Rechnung.pdf",),
            ),
            them(
                "Perfekt, danke. Der Steuerberater nickt.",
                "Danke! Die Straße ist leider noch die alte: Hafenstraße 14 wäre richtig.",
            ),
            us(
                "t2: Die Adresse war an zwei Stellen gespeichert, jetzt stimmen beide. Neue Fassung anbei.",
                files=("Rechnung.pdf",),
            ),
        ),
        weight=4,
    ),
    _German(
        "de-etiketten",
        ("bug",),
        ("o1: Etiketten werden leer gedruckt", "o1: Jedes zweite Etikett leer", "o2: {printer}: Barcode abgeschnitten"),
        (
            "seit {day} wirft unser {printer} nach jedem Versandetikett ein leeres hinterher. Bei {n} Paketen am Tag läppert sich das. Geändert haben wir nichts (ich weiß, das sagen alle).",
            "der Barcode auf den {carrier}-Etiketten ist rechts abgeschnitten. Der Fahrer hat heute {few} Pakete stehen lassen und dabei recht zufrieden gewirkt.",
        ),
        (
            us(
                "Ich glaube Ihnen :) {carrier} hat das Format von 4×6 Zoll auf 100×150 mm umgestellt. Bitte wählen Sie unter **Einstellungen → Druck** das Format „100 × 150 mm“, und im Druckertreiber ebenso. Dann hört das auf."
            ),
            them(
                "Das war's! Da wäre ich nie draufgekommen.",
                "Geändert, leider unverändert. Foto vom Treiber hängt an.",
                files=("IMG.jpg",),
            ),
            us(
                "t2: Auf dem Foto steht im Treiber noch „4×6“. Der Treiber gewinnt leider immer gegen uns. Dort bitte auch umstellen."
            ),
        ),
        channels="ecc",
        files=("IMG.jpg",),
        weight=5,
    ),
    _German(
        "de-stoerung",
        ("outage",),
        ("Keine Etiketten seit {clock} Uhr", "Ist bei Ihnen etwas ausgefallen?", "DRINGEND: Druck geht nicht"),
        (
            "seit {clock} Uhr hängt alles bei „Wird vorbereitet…“. {n} Pakete warten, um 16 Uhr kommt {carrier}. Ist das nur bei uns so?",
            "~[[geht bei euch gerade was nicht|ist bei euch gerade was kaputt|hängt bei euch was]]? Statusseite ist grün, bei mir ist nur das Gesicht rot",
        ),
        (
            us(
                "Das liegt an uns: Seit {clock} Uhr schlägt das Erstellen von Etiketten fehl, die Technik setzt gerade auf die vorige Fassung zurück. Ich rechne mit 20 bis 40 Minuten und melde mich hier, sobald es wieder läuft."
            ),
            them(
                "Danke für die ehrliche Auskunft. Der Fahrer wartet bis halb.",
                "Die 40 Minuten sind um. Gibt es etwas Neues?",
            ),
            us(
                "Seit eben läuft alles wieder, die Warteschlange ist abgearbeitet. Fehlende Etiketten können Sie einfach noch einmal drucken, das kostet nichts."
            ),
            them("Läuft. Puh. Danke!", "Bestätigt, alle {n} sind raus."),
        ),
        mood="negative",
        channels="cce",
        weight=5,
    ),
    _German(
        "de-kuendigung",
        ("churn risk", "billing"),
        ("o1: Kündigung zum Monatsende", "o1: Kündigung {plan}", "o2: Wie kündige ich?"),
        (
            "hiermit kündige ich den Tarif {plan} zum nächstmöglichen Zeitpunkt und bitte um eine schriftliche Bestätigung. Am Produkt lag es nicht, wir geben den Laden nach elf Jahren auf.",
            "ich suche seit {minutes} Minuten den Kündigen-Knopf und habe drei Knöpfe zum Hochstufen gefunden. Bitte kündigen Sie für mich.",
        ),
        (
            us(
                "o1: Die Kündigung ist bestätigt: {plan} endet mit dem bezahlten Monat, danach wird nichts mehr abgebucht. Ihre Daten bleiben ein Jahr lesbar. Alles Gute für alles, was nun kommt!",
                "o2: Sie haben recht, er ist zu gut versteckt. Ich habe für Sie gekündigt, zum Ende des bezahlten Monats. Wenn wir etwas hätten besser machen können, wüsste ich es gern.",
            ),
            them("Vielen Dank, so einfach darf es gern sein.", "o2: Ehrlich gesagt: die App. Sonst war alles gut."),
        ),
        mood="negative",
        weight=3,
    ),
    _German(
        "de-dsgvo",
        ("gdpr",),
        ("o1: Auskunft nach Art. 15 DSGVO", "o1: Auskunftsersuchen", "o2: AV-Vertrag benötigt"),
        (
            "[[gemäß|nach|unter Berufung auf]] Art. 15 DSGVO bitte ich um Auskunft, welche personenbezogenen Daten Sie über mich gespeichert haben, woher sie stammen und an wen sie weitergegeben wurden. Frist: ein Monat.",
            "unser Datenschutzbeauftragter verlangt einen unterschriebenen AV-Vertrag, bevor wir auch nur eine Adresse hochladen. Haben Sie einen fertigen? Unserer hat {n} Seiten.",
        ),
        (
            note("o1: Frist läuft. Identität per Login geprüft, im Register eingetragen als DSR-{last4}."),
            us(
                "o1: Den Eingang bestätige ich gern (Zeichen DSR-{last4}). Die vollständige Auskunft erhalten Sie innerhalb von 14 Tagen als verschlüsselte Datei; das Kennwort kommt per Post.",
                "o2: Haben wir, schon von uns unterschrieben: **Einstellungen → Rechtliches → AV-Vertrag**. Falls es Ihre {n} Seiten sein müssen, dauert die Prüfung etwa zwei Wochen.",
            ),
            them(
                "o1: Vielen Dank, das ist vorbildlich.",
                "o2: Unser Datenschutzbeauftragter ist mit Ihrem zufrieden. Das kommt sonst nie vor.",
            ),
        ),
        channels="e",
        files=("AVV.pdf",),
        weight=3,
    ),
    _German(
        "de-zoll",
        ("how-to", "carrier"),
        ("o1: Zollinhaltserklärung für {to}", "o2: Paket nach {to} kam zurück", "o1: Was ist ein HS-Code?"),
        (
            "unser erstes Paket nach {to}! Jetzt fragt das Formular nach HS-Code, Ursprungsland und EORI. Wir verkaufen {product}. Was trage ich ein?",
            "ein Paket nach {to} kam nach {few} Wochen zurück, Aufkleber „Zolldaten fehlen“. Ausgefüllt war aber alles, dachte ich.",
        ),
        (
            us(
                "o1: Glückwunsch! Kurz gesagt:\n\n1. HS-Code: in der Suche neben dem Feld „{product}“ eingeben\n2. Ursprung: wo die Ware hergestellt wurde\n3. EORI: nur für gewerbliche Ausfuhr, sonst leer lassen\n\nDas passende Formular (CN22 oder CN23) drucken wir von selbst.",
                "o2: Ich habe mir die Daten angesehen: Alles ausgefüllt, aber als Beschreibung stand dort „Geschenk“, und der Zoll möchte wissen, was für eines. Schreiben Sie „{product}“ und schicken Sie es noch einmal los, das erste Etikett habe ich gutgeschrieben.",
            ),
            them("u1: Ist unterwegs! Danke, sehr verständlich.", "Und welcher Wert bei einer Ersatzlieferung?"),
            us("t2: Immer der echte Warenwert, nie 0 € (0 € wird geöffnet), und als Grund „Ersatz“."),
        ),
        channels="ec",
        weight=4,
    ),
    _German(
        "de-passwort",
        ("how-to",),
        ("Komme nicht mehr rein", "o1: Passwort-Mail kommt nicht an", "o2: Neues Handy, kein Code"),
        (
            "die Mail zum Zurücksetzen kommt nicht an, auch nicht im Spam. Ich habe {few}-mal gedrückt und bekomme vermutlich morgen {few} auf einmal.",
            "[[neues Handy, alter Code weg.|mein Handy ist in den See gefallen, die Codes sind mit.|Handy gewechselt, Codes nicht.]] Die Ersatzcodes liegen „an einem sicheren Ort“, also für immer verloren. Wie komme ich in mein Konto?",
        ),
        (
            us(
                "Kein Problem. Zur Sicherheit kurz gefragt: Wie hoch war die letzte Rechnung ungefähr, und welche Bestellung haben Sie zuletzt verschickt? Danach setze ich alles zurück."
            ),
            them("{amount}, und zuletzt {order}.", "ungefähr {amount}, Bestellung war {order}. Gut, dass Sie fragen!"),
            us(
                "o2: Das passt, danke. Der neue Zugang ist unterwegs. Und die Ersatzcodes bitte diesmal an einen unsicheren Ort, wo man sie findet.",
                "o1: Das passt, danke. Der Link ist unterwegs, und zwar genau einer. Die anderen {few} können Sie morgen ungelesen löschen.",
            ),
        ),
        channels="cce",
        weight=4,
    ),
    _German(
        "de-lob",
        ("praise",),
        ("Einfach mal danke", "Lob!", "o2: {lots} Etiketten später"),
        (
            "keine Frage, nur Dank: {mate} hat am {day} bis {clock} Uhr mit mir im Chat ausgehalten, bis der Drucker wieder lief. {n} Bestellungen gingen pünktlich raus. Bitte befördern!",
            "heute ging Etikett Nummer {lots} raus 🎉 Angefangen haben wir am Küchentisch mit {product}. Danke, dass ihr nie genervt klingt.",
        ),
        (
            us(
                "o1: Das lese ich gleich dem ganzen Team vor. Danke, dass Sie sich die Zeit genommen haben! 💙",
                "o2: {lots}! Herzlichen Glückwunsch. Grüße an den Küchentisch.",
            ),
        ),
        mood="positive",
        channels="ec",
        weight=3,
    ),
    _German(
        "de-beschwerde",
        ("complaint", "carrier"),
        ("o1: Drittes verlorenes Paket", "Beschwerde", "So geht das nicht"),
        (
            "das ist das dritte verlorene Paket in diesem Monat ({tracking}), zusammen {money2} Warenwert. Und jedes Mal bekomme ich denselben Textbaustein. Ich möchte mit einem Menschen sprechen.",
            "seit {day} warte ich auf Antwort. Ich habe den Fall nun {few} Kollegen erklärt. Lesen Sie eigentlich, was Sie aufschreiben?",
        ),
        (
            note("Bitte kein Textbaustein. Ich übernehme und rufe an. Erstattung bis {money2} ist freigegeben.", who=3),
            us(
                "o1: Mein Name ist Annika Brandt, ich habe alles gelesen und übernehme den Fall ab jetzt. Die {money2} habe ich Ihrem Guthaben soeben gutgeschrieben, ohne auf {carrier} zu warten. Morgen melde ich mich wieder, ob es Neues gibt oder nicht.",
                "o2: Mein Name ist Annika Brandt. Ja, ich habe alles gelesen, auch die {few} Erklärungen. Sie haben recht, der Fall wurde herumgereicht; ab jetzt liegt er bei mir, und morgen bis Mittag haben Sie eine Antwort, die diesen Namen verdient.",
            ),
            them(
                "Danke. Die erste Antwort seit zwei Wochen, die klingt, als hätte jemand gelesen, was ich schreibe.",
                "Gut. Ich bin gespannt.",
            ),
            us(
                "o1: Wie versprochen: Zwei der drei Pakete lagen in {town} auf einem Schrank, Etikett nach unten. Sie sind unterwegs. Das Geld für das dritte behalten Sie."
            ),
        ),
        mood="negative",
        channels="e",
        files=("Belege.pdf",),
        weight=4,
    ),
)
