"""The name of a document: what its sender called the file, without anything that could mislead or do harm."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

LONGEST = 120
UNNAMED = "document"
STRANGE = re.compile(r'[<>:"/\\|?*]')
OF_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def cleaned_name(sent: str) -> str:
    """A file's name without folders, markup, control characters and those that turn the direction of reading.

    Example:
        >>> cleaned_name("C:\\\\fakepath\\\\Lejekontrakt.pdf"), cleaned_name("../../<b>a\\u202efdp.exe")
        ('Lejekontrakt.pdf', '-b-afdp.exe')
        >>> cleaned_name("\\x00 .pdf"), cleaned_name("nul.txt")
        ('document.pdf', '_nul.txt')
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", sent))[-1]
    seen = "".join(one for one in last if not unicodedata.category(one).startswith("C"))
    stem, dot, ending = STRANGE.sub("-", " ".join(seen.split())).rpartition(".")
    if not dot:
        stem, ending = ending, ""
    stem = stem.strip(" .") or UNNAMED
    ending = ending.strip()[:10]
    name = f"{stem[: LONGEST - len(ending) - 1].rstrip(' .')}.{ending}" if ending else stem[:LONGEST]
    return f"_{name}" if OF_WINDOWS.fullmatch(name) else name


def ending_of(name: str) -> str:
    """What a name says that its file is, in small letters.

    Example:
        >>> ending_of("Lejekontrakt.PDF"), ending_of("Lejekontrakt")
        ('pdf', '')
    """
    return name.rpartition(".")[2].lower() if "." in name else ""


def to_be_saved(name: str) -> str:
    """The header that lets a browser save a document and never show it.

    Example:
        >>> to_be_saved("Årsopgørelse.pdf")
        'attachment; filename="_rsopg_relse.pdf"; filename*=UTF-8\\'\\'%C3%85rsopg%C3%B8relse.pdf'
    """
    plain = "".join(one if one.isascii() and (one.isalnum() or one in " .-_()") else "_" for one in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
