"""Which files are taken: PDF, PNG, JPEG, plain text, DOCX and ODT, told by content and never by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ui.caseworker.documents.file_name import ending_of
from ui.caseworker.documents.office_files import DOCX, ODT, ActiveError, LockedError, office_type

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
UTF8, WINDOWS = "text/plain; charset=utf-8", "text/plain; charset=windows-1252"

KINDS: Mapping[str, str] = {
    PDF: "PDF", PNG: "PNG", JPEG: "JPEG", DOCX: "DOCX", ODT: "ODT", UTF8: "Plain text", WINDOWS: "Plain text"
}  # fmt: skip
"""Media type -> its name, in English."""

TYPES: Mapping[str, tuple[str, ...]] = {
    "pdf": (PDF,), "png": (PNG,), "jpg": (JPEG,), "jpeg": (JPEG,), "docx": (DOCX,), "odt": (ODT,),
    "txt": (UTF8, WINDOWS),
}  # fmt: skip
"""A name's ending -> what the file may be."""

EMPTY = "The file is empty; choose another"
NOT_TAKEN = "Only PDF, PNG, JPEG, plain text (.txt), DOCX and ODT can be put into a case"
ANOTHER = "The file's content is not what its name says; save it anew under the right ending"
LOCKED = "The file is locked, broken or packed so that nobody can look into it; ask for it without a password"
ACTIVE = "The file holds a program, a script or a macro; ask for it as a PDF"

PROGRAM = re.compile(rb"MZ|\x7fELF|#!|\xca\xfe\xba\xbe|[\xce\xcf]\xfa\xed\xfe|\xfe\xed\xfa[\xce\xcf]")
MARKUP = re.compile(
    r"<\s*(!doctype|\?xml|\?php|/?(html|head|body|script|svg|iframe|object|embed|img)\b)", re.IGNORECASE
)
IN_PDF = re.compile(rb"/(JavaScript|Launch)\b")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
END_OF_PDF = 2048


@dataclass(frozen=True)
class Judged:
    """What a file is, or else why it is not taken, as an English sentence."""

    media_type: str | None
    why_not: str | None


def judged(name: str, content: bytes) -> Judged:
    """Whether a file of this cleaned name can be put into a case; it is looked at and nothing in it is run."""
    if not content:
        return Judged(None, EMPTY)
    if PROGRAM.match(content):
        return Judged(None, ACTIVE)
    if ending_of(name) not in TYPES:
        return Judged(None, NOT_TAKEN)
    try:
        found = media_type(content)
    except LockedError:
        return Judged(None, LOCKED)
    except ActiveError:
        return Judged(None, ACTIVE)
    if found not in TYPES[ending_of(name)]:
        return Judged(None, ANOTHER)
    return Judged(found, None)


def media_type(content: bytes) -> str | None:
    """What a file is by its content, None where it is nothing that is taken.

    Raises:
        LockedError, ActiveError: it is, and cannot be taken as it is.

    Example:
        >>> media_type("Kære kommune".encode()), media_type(b"GIF89a\\x00")
        ('text/plain; charset=utf-8', None)
    """
    if content.startswith(b"%PDF-"):
        return pdf(content)
    if content.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND\xaeB`\x82" in content[-64:]:
        return PNG
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content:
        return JPEG
    if content.startswith(b"PK\x03\x04"):
        return office_type(content)
    return plain_text(content)


def pdf(content: bytes) -> str:
    """A whole PDF without a script or a command that its own words show; packed parts are not looked into."""
    if b"%%EOF" not in content[-END_OF_PDF:]:
        raise LockedError
    if IN_PDF.search(content):
        raise ActiveError
    return PDF


def plain_text(content: bytes) -> str | None:
    """A text in UTF-8 or in the letters of Windows; markup and scripts of the web are not plain."""
    for kind, encoding in ((UTF8, "utf-8-sig"), (WINDOWS, "windows-1252")):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if CONTROLS.search(text):
            return None
        if MARKUP.search(text):
            raise ActiveError
        return kind
    return None
