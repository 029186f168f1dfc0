"""The PDF: readable by a screen reader (PDF/UA-1), marked as a draft on every page, the same bytes each time."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from explain.letters.as_pdf import letter_pdf
from explain.letters.document import Document, Pair, Paragraph
from routing.letter_files import documents_of
from routing.letter_making import decision_facts


def documents(office, facts_of, name: str, outcome: str, *, is_draft: bool = False) -> dict[str, Document]:
    case_type = office.opened.in_force.case_types[name]
    case_id = office.case(name, facts_of(case_type, outcome))
    case = office.letter_case(name, case_id, office.decide(name, case_id, outcome))
    with office.opened.database.read() as connection:
        facts = decision_facts(office.desk(), connection, case)
        [made] = documents_of(connection, [(name, facts)], is_draft=is_draft)
    return made


@pytest.fixture
def refused(shared_office, facts_of) -> dict[str, Document]:
    return documents(shared_office, facts_of, "health_supplement", "refused")


@pytest.mark.parametrize("language", ["da", "en"])
def test_it_is_tagged_titled_and_says_its_language(refused, language):
    catalog = PdfReader(BytesIO(letter_pdf(refused[language]))).trailer["/Root"]
    assert str(catalog["/Lang"]).startswith(language)
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/StructTreeRoot"]["/K"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    reader = PdfReader(BytesIO(letter_pdf(refused[language])))
    assert reader.metadata.title == refused[language].title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_data()


def tags(node, found: set[str]) -> set[str]:
    """The names of a structure's elements."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            tags(one, found)
    elif hasattr(node, "get"):
        if node.get("/S"):
            found.add(str(node["/S"]))
        if node.get("/K") is not None:
            tags(node["/K"], found)
    return found


def test_headings_tables_and_paragraphs_are_tagged_as_such(shared_office, facts_of):
    made = documents(shared_office, facts_of, "daycare_subsidy", "granted")
    tree = PdfReader(BytesIO(letter_pdf(made["da"]))).trailer["/Root"]["/StructTreeRoot"]
    assert {"/H1", "/P", "/Table", "/TH", "/TD"} <= tags(tree, set())


def test_its_words_can_be_read_out_in_order(refused):
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(letter_pdf(refused["da"]))).pages)
    wanted = ["Jonas Brandt Lauridsen", "Sådan har vi afgjort sagen", "Hvad en maskine gjorde", "Mette Kjærgaard"]
    places = [text.rindex(words) for words in wanted]
    assert places == sorted(places)


@pytest.mark.parametrize(("language", "mark"), [("da", "KLADDE"), ("en", "DRAFT")])
def test_every_page_of_a_draft_says_so(shared_office, facts_of, language, mark):
    made = documents(shared_office, facts_of, "daycare_subsidy", "granted", is_draft=True)[language]
    long = replace(made, blocks=(*made.blocks, Paragraph("Ord. " * 900)))
    pages = PdfReader(BytesIO(letter_pdf(long))).pages
    assert len(pages) >= 3
    assert all(mark in page.extract_text() for page in pages)


def test_no_page_of_a_letter_that_is_sent_says_draft(refused):
    assert all("KLADDE" not in page.extract_text() for page in PdfReader(BytesIO(letter_pdf(refused["da"]))).pages)


def test_the_same_letter_has_the_same_bytes(refused):
    assert letter_pdf(refused["da"]) == letter_pdf(refused["da"])


def test_its_date_is_the_day_it_bears(refused):
    made = PdfReader(BytesIO(letter_pdf(refused["da"]))).metadata.creation_date
    assert made.date() == refused["da"].dated


@pytest.mark.parametrize("odd", ["漢字 and عربى", "emoji \U0001f600", "\u202eturned", "x" * 5000, "a\x00b"])
def test_signs_that_no_font_has_and_endless_words_do_not_stop_a_letter(refused, odd):
    letter = replace(refused["da"], blocks=(*refused["da"].blocks, Paragraph(odd)))
    assert letter_pdf(letter).startswith(b"%PDF-")


@pytest.mark.parametrize("lines", range(24, 44, 2))
def test_two_texts_side_by_side_stand_on_one_page(refused, lines):
    """Wherever the page ends, the first and the last words of a pair stand on the same one."""
    pair = Pair((("Den gjorde", f"Begynder {'her og videre ' * 30} slutter"), ("Den gjorde ikke", "Intet")))
    letter = replace(refused["da"], blocks=(*(Paragraph("Linje") for _ in range(lines)), pair))
    pages = [page.extract_text() for page in PdfReader(BytesIO(letter_pdf(letter))).pages]
    assert [("Begynder" in page) for page in pages] == [("slutter" in page) for page in pages]


def test_two_long_texts_side_by_side_go_on_with_the_page_and_lose_nothing(refused):
    long = " ".join(f"ord{number}" for number in range(2_000))
    letter = replace(refused["da"], blocks=(Pair((("Den gjorde", long), ("Den gjorde ikke", "Intet"))),))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(letter_pdf(letter))).pages)
    assert "ord1999" in text


def test_a_pair_before_any_heading_skips_no_level(refused):
    """PDF/UA refuses a document in which a heading of the third level follows one of the first."""
    letter = replace(refused["da"], blocks=(Pair((("Den gjorde", "Lidt"), ("Den gjorde ikke", "Meget"))),))
    assert letter_pdf(letter).startswith(b"%PDF-")
