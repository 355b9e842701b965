"""A few threads in French, Japanese, Arabic, Hebrew and Portuguese."""

# ruff: noqa: E501 - messages stay on one line each, as they are read

from __future__ import annotations

from functools import partial

from tui.sandbox.content.topic import Topic, note, them, us

_French = partial(Topic, language="fr")

TOPICS = (
    _French(
        "fr-facture",
        ("billing", "vat"),
        (
            "o1: Facture {invoice} : numéro de TVA manquant",
            "o2: Double prélèvement de {money}",
            "o2: Demande de remboursement",
        ),
        (
            "Notre comptable refuse la facture {invoice}, il y manque notre numéro de TVA. Pourriez-vous la rééditer ?",
            "Vous avez prélevé {money} deux fois ce mois-ci. Une fois nous suffirait, merci d'avance de rembourser l'autre.",
        ),
        (
            us(
                "o1: C'est corrigé, la nouvelle version est en pièce jointe. Toutes nos excuses pour le dérangement.",
                "o2: Vous avez raison, un second prélèvement est parti par erreur. Il est remboursé, comptez trois à cinq jours ouvrés. Avec nos excuses.",
                files=("facture.pdf",),
            ),
            them("Parfait, merci pour votre rapidité !", "Bien reçu. Bonne journée à vous."),
        ),
        weight=4,
    ),
    _French(
        "fr-panne",
        ("outage",),
        ("Plus aucune étiquette depuis {clock}", "Tidewater en panne ?", "URGENT impression bloquée"),
        (
            "Depuis {clock}, tout reste sur « Préparation… ». {n} colis attendent et le chauffeur aussi, avec moins de patience. C'est chez vous ?",
            "~bonjour, [[l'impression ne marche plus|plus rien ne s'imprime|l'imprimante boude]], j'ai tout redémarré sauf moi",
        ),
        (
            us(
                "C'est bien chez nous : la création d'étiquettes échoue depuis {clock}. L'équipe revient à la version précédente, comptez 20 à 40 minutes. Je vous écris ici dès que c'est rétabli."
            ),
            them("Merci pour la franchise. Le chauffeur a pris un café.", "Toujours rien ici…"),
            us("Tout est rétabli. S'il vous manque une étiquette, réimprimez-la, elle ne sera pas facturée deux fois."),
        ),
        mood="negative",
        channels="ce",
        weight=4,
    ),
    _French(
        "fr-retours",
        ("how-to",),
        ("o1: Portail de retours", "o1: Étiquettes de retour pour nos clients", "o2: Colis pour la Suisse"),
        (
            "[[Nos clients peuvent-ils|Est-ce que nos clients peuvent]] créer eux-mêmes leur étiquette de retour, sous 30 jours et hors soldes ?",
            "[[Quel formulaire pour un colis vers la Suisse ?|Premier colis pour la Suisse : quel formulaire ?]] On me parle de CN22, CN23, et ma voisine d'un troisième.",
        ),
        (
            us(
                "o1: Oui : activez **Expédition → Retours → Portail** et fixez le délai à 30 jours. L'étiquette n'est facturée que si le colis est scanné.",
                "o2: CN22 jusqu'à 300 unités de valeur, CN23 au-delà ; nous imprimons le bon tout seuls. Votre voisine a de l'imagination.",
            ),
            them("o1: C'est en place, merci beaucoup !", "o2: Merci, je lui dirai."),
        ),
        weight=3,
    ),
    Topic(
        "ja",
        ("how-to", "carrier"),
        ("o1: ラベルが印刷できません", "o2: 請求書の再発行について", "o3: {tracking} の配送状況"),
        (
            "お世話になっております。{day}からラベルが白紙で印刷されます。設定は変更しておりません。ご確認いただけますでしょうか。",
            "請求書{invoice}の宛名を会社名に変更していただけますか。よろしくお願いいたします。",
            "追跡番号{tracking}が三日前から動いていません。お客様が心配しています😢",
        ),
        (
            note("Translated: polite, urgent underneath. Wen can read it better than the machine can.", who=1),
            us(
                "o1: お問い合わせありがとうございます。確認いたしましたところ、弊社側の不具合でした。修正済みですので、もう一度お試しください。ご不便をおかけし申し訳ございません。",
                "o3: ご心配をおかけしております。配送会社に確認したところ、荷物は倉庫にあり、明日お届けの予定です。",
                "o2: お問い合わせありがとうございます。宛名を会社名に変更し、請求書を再発行いたしました。添付をご確認ください。",
            ),
            them("o1: 直りました!迅速なご対応ありがとうございます。", "ありがとうございます。助かりました🙏"),
        ),
        language="ja",
        channels="ec",
        weight=4,
    ),
    Topic(
        "ar",
        ("carrier", "billing"),
        ("o2: استفسار عن الفاتورة {invoice}", "o1: الطرد {tracking} لم يصل", "سؤال"),
        (
            "السلام عليكم، الطرد رقم {tracking} لم يتحرك منذ ثلاثة أيام والعميل يسأل كل ساعة. هل يمكنكم المساعدة؟",
            "مرحباً، تم خصم المبلغ مرتين هذا الشهر، الفاتورة {invoice}. أرجو إعادة أحدهما. شكراً جزيلاً 🌷",
        ),
        (
            us(
                "o2: وعليكم السلام، شكراً لتواصلك معنا. راجعنا الأمر: الخطأ من طرفنا وتم إصلاحه، وسيصلك التأكيد خلال يومين.",
                "o1: وعليكم السلام، تواصلنا مع شركة الشحن: الطرد في المستودع وسيُسلَّم غداً صباحاً.",
            ),
            them("شكراً على السرعة 👍", "جزاكم الله خيراً"),
        ),
        language="ar",
        channels="ec",
        weight=4,
    ),
    Topic(
        "he",
        ("bug", "billing"),
        ("o1: המדבקות מודפסות ריקות", "o2: חיוב כפול {amount}", "שאלה"),
        (
            "שלום, מאז יום ראשון המדפסת ({printer}) מוציאה מדבקה ריקה אחרי כל מדבקה טובה. לא שינינו כלום, באמת.",
            "היי, חויבנו פעמיים החודש על סך {amount}. אפשר לקבל החזר על אחד מהם? תודה!",
        ),
        (
            us(
                "o1: שלום, תודה על הפנייה. הבעיה אצלנו וטופלה; אפשר לנסות שוב עכשיו.",
                "o2: שלום, צודקים: החיוב השני היה טעות שלנו והוחזר. הזיכוי יופיע תוך שלושה עד חמישה ימי עסקים.",
            ),
            them("o1: עובד מעולה, תודה רבה!", "תודה 🙏"),
        ),
        language="he",
        channels="ec",
        weight=4,
    ),
    Topic(
        "pt",
        ("carrier", "how-to"),
        ("Uma pergunta", "o1: Encomenda {tracking} parada", "o2: Fatura com NIF"),
        (
            "Boa tarde, a encomenda {tracking} está parada desde terça e a cliente faz anos na sexta. Conseguem dar um empurrãozinho?",
            "Olá! [[Como ponho|Onde ponho|Como é que se põe]] o NIF da empresa nas faturas? Já procurei em todo o lado menos, aparentemente, no sítio certo.",
        ),
        (
            us(
                "o1: Boa tarde! Falei com a transportadora: está no armazém e sai amanhã cedo, a tempo da festa.",
                "o2: Fica em **Definições → Faturação → Dados da empresa**. Já o pus por si e reemiti a última.",
            ),
            them("o1: Chegou a tempo! Obrigada do coração ❤️", "o2: Era mesmo aí. Obrigado!"),
        ),
        language="pt",
        channels="ec",
        weight=4,
    ),
)
