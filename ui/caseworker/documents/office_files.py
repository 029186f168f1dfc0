"""DOCX and ODT files by what is in their archive: which of the two it is, and whether it can be taken."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

MOST_PARTS = 5000
MOST_UNPACKED = 250_000_000
MOST_TIMES_LARGER = 200
READ_AT_MOST = 200_000
ENCRYPTED = 0x1

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"

MACRO_FOLDERS = ("basic/", "scripts/", "word/activex/")
MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
PROGRAMS = tuple(
    f".{ending}" for ending in ("exe", "dll", "scr", "com", "bat", "cmd", "ps1", "vbs", "js", "jar", "msi", "hta")
)
BROKEN = (
    zipfile.BadZipFile,
    struct.error,
    zlib.error,
    ValueError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    OSError,
)


class LockedError(Exception):
    """The archive is encrypted, broken, or so packed that nobody could look into it."""


class ActiveError(Exception):
    """The archive holds macros or programs."""


def office_type(content: bytes) -> str | None:
    """The media type of an office file, None where the archive is something else.

    Raises:
        LockedError, ActiveError: it cannot be taken.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            refuse_locked(archive, len(content))
            found = type_of(archive)
            if found is not None:
                refuse_active(archive)
            return found
    except BROKEN:
        raise LockedError from None


def refuse_locked(archive: zipfile.ZipFile, size: int) -> None:
    """No part is encrypted, and all of them unpacked are not absurdly many or large."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    is_absurd = len(parts) > MOST_PARTS or unpacked > min(MOST_UNPACKED, MOST_TIMES_LARGER * size)
    if is_absurd or any(part.flag_bits & ENCRYPTED for part in parts):
        raise LockedError
    if b"encryption-data" in beginning(archive, "META-INF/manifest.xml"):
        raise LockedError


def type_of(archive: zipfile.ZipFile) -> str | None:
    """Which office file an archive is."""
    names = set(archive.namelist())
    if beginning(archive, "mimetype").strip() == ODT.encode() and "content.xml" in names:
        return ODT
    return DOCX if {"[Content_Types].xml", "word/document.xml"} <= names else None


def refuse_active(archive: zipfile.ZipFile) -> None:
    """Nothing in the archive is a macro or a program."""
    for name in (one.lower() for one in archive.namelist()):
        is_embedded = name.startswith("word/embeddings/") and name.endswith(".bin")
        if is_embedded or name.startswith(MACRO_FOLDERS) or name.endswith((*MACRO_PARTS, *PROGRAMS)):
            raise ActiveError
    if b"macroenabled" in beginning(archive, "[Content_Types].xml").lower():
        raise ActiveError


def beginning(archive: zipfile.ZipFile, part: str) -> bytes:
    """The first bytes of a part, none where it is not there; no more is unpacked, whatever the part says."""
    if part not in archive.namelist():
        return b""
    with archive.open(part) as unpacked:
        return unpacked.read(READ_AT_MOST)
