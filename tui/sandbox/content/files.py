"""Attachments as people name them."""

from __future__ import annotations

from random import Random

from tui.sandbox.content.shapes import FileWords

_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "csv": "text/csv",
    "json": "application/json",
    "log": "text/plain",
    "eml": "message/rfc822",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_SIZES = {"pdf": (40_000, 900_000), "png": (30_000, 1_500_000), "jpg": (700_000, 6_000_000), "xlsx": (12_000, 400_000)}
_NAMES = {
    "IMG.jpg": ("IMG_{n}.jpg", "IMG-{n}-WA0003.jpg", "20{n}_parcel.jpg", "photo {n}.jpg"),
    "screenshot.png": ("Screenshot {n}.png", "Screenshot from {n}.png", "image ({n}).png", "Bildschirmfoto {n}.png"),
    "invoice.pdf": ("invoice-TW-{n}.pdf", "TW-{n}.pdf", "Invoice {n} (1).pdf"),
    "statement.png": ("statement_{n}.png", "bank.png", "Screenshot {n}.png"),
    "orders.csv": ("orders.csv", "orders (7).csv", "orders_export_{n}.csv"),
    "questionnaire.xlsx": ("VSA_v{n}_FINAL_final2.xlsx", "Vendor Security Questionnaire 2.{n}.xlsx"),
}


def attachments(rng: Random, kinds: tuple[str, ...]) -> list[FileWords]:
    """One or two files of the kinds named, as a person's computer would have called them."""
    count = 2 if len(kinds) > 1 and rng.random() < 0.3 else 1
    made: list[FileWords] = []
    for kind in kinds[:count] if count > 1 else (kinds[int(rng.random() * len(kinds))],):
        names = _NAMES.get(kind, (kind,))
        name = names[int(rng.random() * len(names))].replace("{n}", str(rng.randint(1000, 9999)))
        ending = kind.rsplit(".", 1)[1]
        made.append(FileWords(name, _TYPES[ending], rng.randint(*_SIZES.get(ending, (900, 60_000)))))
    return made
