"""What a file is, told by its content: harmless kinds are taken, and whatever could run or hide is not."""

from __future__ import annotations

import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.translate import sentences
from tests.ui.web.documents.files import JPEG, ODT_TYPE, PDF, PNG, archive, docx, encrypted, odt
from ui.caseworker.documents.content import ACTIVE, ANOTHER, EMPTY, LOCKED, NOT_TAKEN, judged
from ui.caseworker.documents.file_name import LONGEST, cleaned_name, to_be_saved

GOOD = {
    "a.pdf": (PDF, "application/pdf"),
    "a.PNG": (PNG, "image/png"),
    "a.jpg": (JPEG, "image/jpeg"),
    "a.jpeg": (JPEG, "image/jpeg"),
    "a.docx": (docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "a.odt": (odt(), ODT_TYPE),
    "a.txt": ("Kære kommune 😀".encode(), "text/plain; charset=utf-8"),
    "b.txt": ("Kære kommune".encode("cp1252"), "text/plain; charset=windows-1252"),
}
BAD = [
    ("a.txt", b"", EMPTY),
    ("a.exe", b"MZ\x90\x00", ACTIVE),
    ("a.pdf", b"MZ\x90\x00%PDF-1.7", ACTIVE),
    ("a.txt", b"#!/bin/sh\nrm -rf /", ACTIVE),
    ("a.txt", b"\x7fELF\x02", ACTIVE),
    ("a.html", b"<html></html>", NOT_TAKEN),
    ("a.svg", b"<svg/>", NOT_TAKEN),
    ("a", b"text", NOT_TAKEN),
    ("a.pdf.exe", PDF, NOT_TAKEN),
    ("a.docm", docx(), NOT_TAKEN),
    ("a.zip", archive({"a": "b"}), NOT_TAKEN),
    ("a.txt", b"hello <script>alert(1)</script>", ACTIVE),
    ("a.txt", b'<?xml version="1.0"?><svg onload="x"/>', ACTIVE),
    ("a.txt", b"text\x00text", ANOTHER),
    ("a.png", PDF, ANOTHER),
    ("a.pdf", PNG, ANOTHER),
    ("a.txt", PDF, ANOTHER),
    ("a.pdf", b"plain text", ANOTHER),
    ("a.docx", odt(), ANOTHER),
    ("a.odt", docx(), ANOTHER),
    ("a.docx", archive({"a": "b"}), ANOTHER),
    ("a.png", PNG[:-12], ANOTHER),
    ("a.pdf", PDF[:-8], LOCKED),
    ("a.pdf", PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (app.alert) >>"), ACTIVE),
    ("a.pdf", PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /Launch >>"), ACTIVE),
    ("a.docx", docx(**{"word__vbaProject.bin": b"x"}), ACTIVE),
    ("a.docx", docx(**{"word__embeddings__oleObject1.bin": b"x"}), ACTIVE),
    ("a.docx", docx(**{"word__media__a.exe": b"x"}), ACTIVE),
    (
        "a.docx",
        docx(**{"[Content_Types].xml": "<x>application/vnd.ms-word.document.macroEnabled.main</x>"}),
        ACTIVE,
    ),
    ("a.odt", odt({"Basic/Standard/Module1.xml": "x"}), ACTIVE),
    ("a.odt", odt({"META-INF/manifest.xml": "<manifest:encryption-data/>"}), LOCKED),
    ("a.docx", encrypted(), LOCKED),
    ("a.docx", docx()[:-30], LOCKED),
    ("a.docx", docx(word__bomb=bytes(30_000_000)), LOCKED),
]


@pytest.mark.parametrize(("name", "content", "kind"), [(name, *rest) for name, rest in GOOD.items()])
def test_a_harmless_file_is_taken_as_what_its_content_is(name, content, kind):
    assert judged(name, content).media_type == kind


@pytest.mark.parametrize(("name", "content", "sentence"), BAD)
def test_a_file_that_could_run_hide_or_mislead_is_refused_with_its_reason(name, content, sentence):
    found = judged(name, content)
    assert found.media_type is None
    assert found.why_not == sentence


def test_every_reason_has_its_danish():
    assert {EMPTY, NOT_TAKEN, ANOTHER, LOCKED, ACTIVE} <= set(sentences("da"))


@given(
    st.binary(max_size=300), st.sampled_from(sorted(GOOD)), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", docx()])
)
def test_whatever_the_bytes_are_they_are_judged_and_break_nothing(content, name, before):
    found = judged(name, before + content)
    assert (found.media_type is None) != (found.why_not is None)


@given(st.text(max_size=400))
def test_a_cleaned_name_misleads_nobody(sent):
    name = cleaned_name(sent)
    assert 0 < len(name) <= LONGEST + 1
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(one).startswith("C") for one in name)
    assert name.strip(" .") == name
    assert "\n" not in to_be_saved(name)
    assert to_be_saved(name).isascii()


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\brev.pdf", "brev.pdf"),
        ("regning\u202efdp.exe", "regningfdp.exe"),
        ("<img src=x onerror=alert(1)>.pdf", "-img src=x onerror=alert(1)-.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie- b.pdf"),
        ("", "document"),
        ("..", "document"),
        ("x" * 500 + ".pdf", "x" * (LONGEST - 4) + ".pdf"),
    ],
)
def test_a_name_loses_paths_markup_and_marks_that_turn_it_round(sent, name):
    assert cleaned_name(sent) == name


def test_no_two_kinds_of_good_files_pass_under_each_others_name():
    for (name, (_, kind)), (_, (content, other)) in product(GOOD.items(), GOOD.items()):
        if kind.partition(";")[0] != other.partition(";")[0]:
            assert judged(name, content).media_type is None, (name, other)
