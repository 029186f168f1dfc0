"""Small files of every kind, good and bad, made by hand."""

from __future__ import annotations

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00\x3a\x7e\x9b\x55"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def archive(parts: dict[str, bytes | str]) -> bytes:
    """A zip archive of these parts."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return kept.getvalue()


def docx(**more: bytes | str) -> bytes:
    """A text of Word with more parts; `__` in their names stands for `/`."""
    parts: dict[str, bytes | str] = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}
    return archive(parts | {name.replace("__", "/"): content for name, content in more.items()})


def odt(more: dict[str, bytes | str] | None = None) -> bytes:
    """A text of LibreOffice with more parts."""
    return archive({"mimetype": ODT_TYPE, "content.xml": "<office/>", **(more or {})})


def encrypted() -> bytes:
    """A text of Word whose parts say that they are locked."""
    plain = bytearray(docx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = plain.find(mark)
        while found >= 0:
            plain[found + place] |= 1
            found = plain.find(mark, found + 1)
    return bytes(plain)
