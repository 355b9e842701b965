"""Attachments: small files made when asked for, of the kind their name promises. Nothing is stored."""

from __future__ import annotations

import struct
import zlib
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tui.sandbox.errors import Refusal
from tui.sandbox.routes.base import workspace

_TYPES = {
    "png": "image/png",
    "jpg": "image/png",
    "jpeg": "image/png",
    "gif": "image/png",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "json": "application/json",
}


def png(width: int, height: int, hue: int) -> bytes:
    """A one-colour picture of ``width`` × ``height`` pixels; ``hue`` 0 to 255."""
    row = b"\x00" + bytes((hue, 255 - hue, (hue * 7) & 0xFF)) * width

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(row * height))
        + chunk(b"IEND", b"")
    )


def pdf(line: str) -> bytes:
    """One page with one line of text (Latin letters and digits)."""
    safe = "".join(c if c.isascii() and c.isprintable() and c not in "()\\" else "?" for c in line)
    text = f"BT /F1 18 Tf 60 760 Td ({safe}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
    ]
    out = b"%PDF-1.4\n"
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)


async def get_file(request: Request) -> Response:
    """``GET /_sandbox/files/{owner}/{n}/{name}``; 403 once its link has expired. Needs no token."""
    expires = request.query_params.get("expires", "")
    if expires.isdigit() and int(expires) <= workspace(request).now():
        raise Refusal(403, "expired", "This link has expired")
    name = unquote(request.path_params["name"])
    ending = name.rpartition(".")[2].lower()
    kind = _TYPES.get(ending, "text/plain")
    owner = request.path_params["owner"]
    if kind == "image/png":
        body = png(64, 40, int(owner) % 256 if owner.isdigit() else 0)
    elif kind == "application/pdf":
        body = pdf(name)
    else:
        body = f"{name}\nmade by the sandbox for message {owner}\n".encode()
    return Response(body, media_type=kind, headers={"cache-control": "private, max-age=600"})


ROUTES = [Route("/_sandbox/files/{owner}/{n}/{name:path}", get_file, methods=["GET"])]
