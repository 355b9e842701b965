"""Where invented people live and what they are called."""

# ruff: noqa: E501 - messages stay on one line each, as they are read

from __future__ import annotations

from typing import NamedTuple


class Locale(NamedTuple):
    """One country's people. `places` are (city, region, IANA zone); names are (as written, in Latin letters)."""

    country: str
    language: str
    weight: int
    phone: str
    places: tuple[tuple[str, str, str], ...]
    first: tuple[str, ...]
    last: tuple[str, ...]


_ENGLISH_FIRST = (
    "Maria", "Jack", "Aoife", "Tunde", "Grace", "Oliver", "Priscilla", "Hamza", "Ellen", "Rhys", "Naomi", "Callum",
    "Beth", "Winston", "Zara", "Finlay", "Kezia", "Martin", "Ines", "Desmond", "Harriet", "Joel", "Molly", "Kwame",
    "Sinead", "Arthur", "Leila", "Gareth", "Nell", "Rupert", "Esther", "Dominic", "Faye", "Iqbal", "Rosie", "Stan",
)  # fmt: skip
_BRITISH_LAST = (
    "Okafor", "Whitcombe", "Hughes", "Ashworth", "Patel", "Gallagher", "Thistlewood", "Begum", "Marsh", "Adeyemi",
    "Pemberton", "Crane", "Llewellyn", "Fairweather", "Choudhury", "Underhill", "Bright", "Osei", "Tibbs", "Larkin",
    "Macrae", "Featherstone", "Quayle", "Dunn",
)  # fmt: skip
_AMERICAN_FIRST = (
    "Dana", "Tyler", "Shanice", "Miguel", "Brooke", "Wyatt", "Kayla", "DeShawn", "Megan", "Hank", "Soraya", "Cody",
    "Luz", "Randy", "Imani", "Trent", "Marisol", "Wade", "Ashleigh", "Omar", "Peggy", "Duane", "Joy", "Esteban",
    "Mabel", "Curtis", "Noor", "Skip", "Tamika", "Walt",
)  # fmt: skip
_AMERICAN_LAST = (
    "Kowalski", "Ramirez", "Boone", "Washington", "Nguyen", "Haverford", "Castellano", "Birdsong", "McAllister",
    "Ortega", "Stubblefield", "Lindqvist", "Begay", "Yoon", "Fontenot", "Prewitt", "Abernathy", "Delacroix", "Hooper",
    "Zielinski", "Trujillo", "Blankenship", "Sato", "Greer",
)  # fmt: skip
_GERMAN_FIRST = (
    "Katrin", "Jürgen", "Anneliese", "Mehmet", "Sören", "Birgit", "Lukas", "Heike", "Thorsten", "Ayşe", "Friedrich",
    "Jana", "Uwe", "Svenja", "Detlef", "Mareike", "Günther", "Lea", "Olaf", "Franziska", "Rüdiger", "Paula", "Emre", "Antje",
)  # fmt: skip
_GERMAN_LAST = (
    "Möller", "Schönfeld", "Wagner", "Yıldız", "Krause", "Brüggemann", "Hoffmeister", "Nowak", "Lütke-Hansen", "Vogt",
    "Weiß", "Feldkamp", "Sommer", "Drögemüller", "Kleinschmidt", "Özdemir", "Pfeiffer", "Bär", "Tannert", "Schulze",
)  # fmt: skip
_SPANISH_FIRST = (
    "Lucía", "Íñigo", "Carmen", "Andrés", "Begoña", "Joaquín", "Rocío", "Matías", "Valentina", "Ángel", "Nuria", "Ramón",
    "Xiomara", "Gonzalo", "Marisol", "Tomás", "Pilar", "Emiliano", "Yolanda", "Sergio",
)  # fmt: skip
_SPANISH_LAST = (
    "Núñez", "García Ibáñez", "Peña", "Etxeberria", "Quiroga", "Muñoz", "Zapata", "Ordóñez", "del Valle", "Carrasco",
    "Benítez", "Fuentes", "Cabrera", "Iturralde", "Salinas", "Montenegro", "Ríos", "Vergara",
)  # fmt: skip

LOCALES: tuple[Locale, ...] = (
    Locale(
        "United Kingdom", "en", 22, "+44 7700 900",
        (("Leeds", "England", "Europe/London"), ("Bristol", "England", "Europe/London"), ("Glasgow", "Scotland", "Europe/London"),
         ("Cardiff", "Wales", "Europe/London"), ("Falmouth", "England", "Europe/London"), ("Norwich", "England", "Europe/London")),
        _ENGLISH_FIRST, _BRITISH_LAST,
    ),
    Locale(
        "United States", "en", 26, "+1 202 555 01",
        (("Boise", "Idaho", "America/Boise"), ("Tucson", "Arizona", "America/Phoenix"), ("Portland", "Oregon", "America/Los_Angeles"),
         ("Duluth", "Minnesota", "America/Chicago"), ("Savannah", "Georgia", "America/New_York"), ("Hilo", "Hawaii", "Pacific/Honolulu"),
         ("Albuquerque", "New Mexico", "America/Denver")),
        _AMERICAN_FIRST, _AMERICAN_LAST,
    ),
    Locale(
        "Ireland", "en", 5, "+353 20 910 ",
        (("Cork", "Munster", "Europe/Dublin"), ("Galway", "Connacht", "Europe/Dublin")),
        ("Aoife", "Cormac", "Saoirse", "Declan", "Niamh", "Padraig", "Orla", "Fionn"),
        ("O'Sullivan", "Ní Bhriain", "Byrne", "Mac Giolla", "Keane", "Gallagher", "Ó Súilleabháin", "Walsh"),
    ),
    Locale(
        "Australia", "en", 6, "+61 491 570 ",
        (("Hobart", "Tasmania", "Australia/Hobart"), ("Perth", "Western Australia", "Australia/Perth"), ("Brisbane", "Queensland", "Australia/Brisbane")),
        ("Kylie", "Lachlan", "Bronwyn", "Jarrah", "Mia", "Darren", "Thuy", "Angus"),
        ("Nguyen", "McKenzie", "Papadopoulos", "Barton", "Singh", "Wilder", "Tran", "Kelly"),
    ),
    Locale(
        "Canada", "en", 5, "+1 613 555 01",
        (("Halifax", "Nova Scotia", "America/Halifax"), ("Winnipeg", "Manitoba", "America/Winnipeg"), ("Nelson", "British Columbia", "America/Vancouver")),
        ("Geneviève", "Liam", "Anjali", "Mackenzie", "Doug", "Simone", "Tate", "Farah"),
        ("Tremblay", "Singh", "MacLeod", "Bouchard", "Kowalchuk", "Fraser", "Grewal", "Lavoie"),
    ),
    Locale(
        "India", "en", 3, "+91 99999 00",
        (("Pune", "Maharashtra", "Asia/Kolkata"), ("Kochi", "Kerala", "Asia/Kolkata")),
        ("Ananya", "Vikram", "Lakshmi", "Rohan", "Farida", "Suresh"),
        ("Iyer", "Deshpande", "Nair", "Kulkarni", "Venkataraghavan", "Khan"),
    ),
    Locale(
        "Nigeria", "en", 2, "+234 800 000 0",
        (("Lagos", "Lagos", "Africa/Lagos"), ("Ibadan", "Oyo", "Africa/Lagos")),
        ("Chidinma", "Babatunde", "Ngozi", "Emeka", "Folake"), ("Adebayo", "Eze", "Okonkwo", "Balogun", "Nwosu"),
    ),
    Locale(
        "Germany", "de", 11, "+49 30 23125 ",
        (("Bremen", "Bremen", "Europe/Berlin"), ("Leipzig", "Sachsen", "Europe/Berlin"), ("Kassel", "Hessen", "Europe/Berlin"),
         ("Rostock", "Mecklenburg-Vorpommern", "Europe/Berlin")),
        _GERMAN_FIRST, _GERMAN_LAST,
    ),
    Locale(
        "Austria", "de", 2, "+43 1 90520 ",
        (("Graz", "Steiermark", "Europe/Vienna"), ("Linz", "Oberösterreich", "Europe/Vienna")),
        ("Leopold", "Resi", "Maximilian", "Vroni"), ("Huber", "Moser", "Gruber", "Pichler"),
    ),
    Locale(
        "Spain", "es", 8, "+34 600 000 ",
        (("Sevilla", "Andalucía", "Europe/Madrid"), ("Bilbao", "País Vasco", "Europe/Madrid"), ("Valencia", "Comunitat Valenciana", "Europe/Madrid")),
        _SPANISH_FIRST, _SPANISH_LAST,
    ),
    Locale(
        "Mexico", "es", 3, "+52 55 5555 0",
        (("Puebla", "Puebla", "America/Mexico_City"), ("Mérida", "Yucatán", "America/Merida")),
        _SPANISH_FIRST, ("Hernández", "Chávez Luna", "Xochitl", "Villaseñor", "Ocampo", "Tlapa"),
    ),
    Locale(
        "France", "fr", 3, "+33 6 39 98 ",
        (("Nantes", "Pays de la Loire", "Europe/Paris"), ("Lyon", "Auvergne-Rhône-Alpes", "Europe/Paris")),
        ("Amélie", "Étienne", "Fatou", "Loïc", "Maëlle", "Gaspard", "Anaïs"), ("Lefèvre", "Diallo", "Le Goff", "Mercier", "Benhaddou", "Gauthier"),
    ),
    Locale(
        "Portugal", "pt", 1, "+351 900 000 ",
        (("Porto", "Porto", "Europe/Lisbon"), ("Aveiro", "Aveiro", "Europe/Lisbon")),
        ("João", "Inês", "Tiago", "Graça"), ("Magalhães", "Conceição", "Teixeira", "Simões"),
    ),
    Locale(
        "Japan", "ja", 1, "+81 90 0000 0",
        (("金沢市", "石川県", "Asia/Tokyo"), ("Sapporo", "Hokkaido", "Asia/Tokyo")),
        ("陽菜|Hina", "健太|Kenta", "美咲|Misaki", "蓮|Ren"), ("山本|Yamamoto", "小林|Kobayashi", "渡辺|Watanabe", "中村|Nakamura"),
    ),
    Locale(
        "Egypt", "ar", 1, "+20 100 000 0",
        (("Alexandria", "Alexandria", "Africa/Cairo"), ("القاهرة", "القاهرة", "Africa/Cairo")),
        ("ليلى|Layla", "يوسف|Youssef", "نور|Nour", "عمر|Omar"), ("حسن|Hassan", "الشريف|El-Sherif", "منصور|Mansour", "عبد الرحمن|Abdelrahman"),
    ),
    Locale(
        "Israel", "he", 1, "+972 55 555 ",
        (("Haifa", "Haifa", "Asia/Jerusalem"), ("תל אביב", "תל אביב", "Asia/Jerusalem")),
        ("נועה|Noa", "יונתן|Yonatan", "תמר|Tamar"), ("לוי|Levi", "מזרחי|Mizrahi", "בן־דוד|Ben-David"),
    ),
)  # fmt: skip

# Names as forms let them through: (name, mailbox).
ODD_NAMES: tuple[tuple[str, str], ...] = (
    ("Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh Bartholomew Maximilian Octavius III, Esq. (Shipping Dept.)", "w.featherstonehaugh"),
    ("محمد عبد الرحمن الأنصاري", "m.alansari"),
    ("שרה בן־ציון", "sarah.bz"),
    ("[ACCOUNTS] Petra", "accounts"),
    ("Zoë 🦊 Foxwell", "zoe"),
    ("o", "o"),
    ("RON DUGGAN", "ron.duggan"),
    ("fatima (she/her)", "fatima"),
    ("Null, Jennifer", "j.null"),
    ("Robert'); DROP TABLE labels;--", "bobby"),
    ("Ping \u202eLi", "ping.li"),
    ("\x1b[31mRed\x1b[0m Team", "red.team"),
    ("[/] Slash", "slash"),
    ("<b>Bold</b> Betty", "betty"),
    ("山田 太郎", "taro.yamada"),
    ("Nguyễn Thị Ánh Tuyết", "tuyet"),
    ("Þórdís Guðmundsdóttir", "thordis"),
    ("Björk & Sons", "office"),
)  # fmt: skip

# Visitors who gave no name are called by colour and thing.
COLOURS = ("Teal", "Amber", "Crimson", "Olive", "Indigo", "Coral", "Slate", "Lemon", "Plum", "Copper")
THINGS = ("Kettle", "Anchor", "Lantern", "Compass", "Walrus", "Teapot", "Pelican", "Barrel", "Lighthouse", "Dinghy")

SHOP_FIRST = (
    "Pickled", "Foxglove", "Moss Street", "Lantern", "Wild Hour", "Paper", "Northlight", "Bramble", "Hollow Oak", "Blue Door",
    "Copper", "Sunday", "Magpie", "Velvet", "Slow Boat", "Ferrous", "Salt", "Tin Whistle", "Grumpy", "Honest", "Green Thumb",
    "Second", "Fathom", "Octopus", "Marrow Street", "Dog-Eared", "Two Left", "Kettle", "Peat", "Long Weekend",
)  # fmt: skip
SHOP_LAST = (
    "Fox", "Candles", "Ceramics", "Loom", "Coffee", "Heron", "Prints", "Bicycles", "Guitars", "Books", "Kite", "Denim", "Vintage",
    "Badger", "Tea", "and Fern", "and Sorrel", "Toys", "Soap", "Socks", "Supply", "Breakfast", "Dive Gear", "Garden", "Records",
    "Maps", "Shoes", "and Crumb", "and Pine", "Outdoors",
)  # fmt: skip
SHOPS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "de": (
        (
            "Kaffeerösterei",
            "Wollwerk",
            "Feinkost",
            "Fahrradladen",
            "Papeterie",
            "Imkerei",
            "Spielzeug",
            "Teekontor",
            "Seifen",
            "Buchhandlung",
        ),
        (
            "Nebelhorn",
            "Lübeck",
            "Alte Mühle",
            "Speiche",
            "am Kanal",
            "Sonnentau",
            "Lindner",
            "Elbe",
            "Rügen",
            "Kranich",
            "Hafenrand",
            "Süd",
        ),
    ),
    "es": (
        ("Alpargatas", "Cerámica", "Café", "Librería", "Aceites", "Juguetes", "Taller", "Vinilos", "Cueros", "Huerta"),
        (
            "del Sur",
            "La Higuera",
            "Tres Montes",
            "Marea",
            "Olivar Viejo",
            "Caracol",
            "Luna",
            "El Surco",
            "Hebra",
            "en Casa",
        ),
    ),
    "fr": (
        ("Atelier", "Maison", "Savonnerie", "Librairie", "Épicerie"),
        ("du Port", "Hirondelle", "des Lices", "Grand Large", "Colette"),
    ),
}
