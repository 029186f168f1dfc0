"""Documents on the page: put in by the team, told with their source, handed out as files that no browser opens."""

from __future__ import annotations

import hashlib

import pytest

from models.audit_verify import verify
from tests.ui.web.documents.files import PDF, PNG, docx
from ui.web.limits import LARGEST_FORM_BYTES, LARGEST_UPLOAD_BYTES

STORED = "SELECT count(*) FROM document"


def test_a_document_stands_on_the_case_with_source_who_and_whether_it_was_seen(site, address, put):
    mette = site.browser("mette")
    assert put(mette, address, "Lease.pdf", PDF, source="third_party", citizen_has_seen="no").url.path == address
    section = mette.page.partition('<section id="documents">')[2].partition("</section>")[0]
    for said in ("Lease.pdf", "PDF, ", "1 kB", "Somebody else", "No", "Mette Kjærgaard"):
        assert said in section
    assert "Mette Kjærgaard put “Lease.pdf” into the case" in mette.words
    assert site.one("SELECT name, media_type, source, citizen_has_seen FROM document") == (
        "Lease.pdf", "application/pdf", "third_party", 0,
    )  # fmt: skip
    assert verify(site.opened.database, site.opened.heads) == []


def test_a_document_comes_back_byte_for_byte_as_a_file_to_save_of_its_own_type(site, address, put):
    mette, content = site.browser("mette"), docx()
    put(mette, address, "Årsopgørelse.docx", content)
    response = mette.client.get(f"{address}/documents/1")
    assert response.content == content
    assert response.headers["content-type"].startswith("application/vnd.openxmlformats")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["content-disposition"].startswith("attachment; ")
    assert "%C3%85rsopg%C3%B8relse.docx" in response.headers["content-disposition"]


def test_what_the_browser_calls_the_type_counts_for_nothing(site, address, put):
    mette = site.browser("mette")
    put(mette, address, "photo.png", PNG)  # sent as text/html
    assert mette.client.get(f"{address}/documents/1").headers["content-type"] == "image/png"


def test_the_same_file_is_told_of_and_stored_once_whatever_it_is_called(site, address, put):
    mette, linda = site.browser("mette"), site.browser("linda")
    put(mette, address, "Lease.pdf", PDF)
    assert put(linda, address, "Another.pdf", PDF).status_code == 200
    assert "“Lease.pdf” lies in the case already. Mette Kjærgaard put it in" in linda.words
    assert site.one(STORED) == (1,)
    elsewhere = site.address(f"c.team = 'intake' AND c.case_id <> '{address.rpartition('/')[2]}'")
    put(linda, elsewhere, "Another.pdf", PDF)
    assert site.one(STORED) == (2,)


def test_all_that_is_missing_is_said_at_once_and_nothing_stored(site, address, put):
    mette = site.browser("mette")
    assert put(mette, address, None, source="", citizen_has_seen="").status_code == 400
    for said in ("Choose a file", "Choose from whom the document comes", "Say whether the citizen has seen"):
        assert mette.page.count(said) >= 2
    for anchor in ("file", "source-citizen", "citizen_has_seen-yes"):
        assert f'href="#{anchor}"' in mette.page
        assert f'id="{anchor}"' in mette.page
    assert site.one(STORED) == (0,)


def test_what_was_chosen_stays_chosen_when_the_file_is_refused(site, address, put):
    mette = site.browser("mette")
    assert put(mette, address, "page.html", b"<html>", source="us", citizen_has_seen="no").status_code == 400
    assert mette.page.count("Only PDF, PNG, JPEG") == 2
    assert 'id="source-us" value="us" checked' in mette.page
    assert 'id="citizen_has_seen-no" value="no" checked' in mette.page


def test_markup_and_turned_names_are_shown_as_plain_words(site, address, put):
    mette = site.browser("mette")
    put(mette, address, "<script>alert(1)<script>\u202e{{ 7 * 7 }}.pdf", PDF)
    assert "<script>" not in mette.page
    assert "\u202e" not in mette.page
    assert "-script-alert(1)-script-{{ 7 - 7 }}.pdf" in mette.words


@pytest.mark.parametrize("fields", [{"source": "the machine"}, {"citizen_has_seen": "1"}, {"sign_in_id": "1"}])
def test_a_forged_field_is_refused(site, address, put, fields):
    assert put(site.browser("mette"), address, "a.pdf", PDF, **fields).status_code == 400
    assert site.one(STORED) == (0,)


def test_a_second_file_or_a_field_twice_is_refused(site, address):
    mette = site.browser("mette")
    mette.get(f"{address}/documents")
    token = {"csrf": mette.page.partition('name="csrf" value="')[2].partition('"')[0]}
    two = [("file", ("a.pdf", PDF)), ("file", ("b.pdf", PDF))]
    other = [("photo", ("a.pdf", PDF))]
    for files in (two, other):
        assert mette.client.post(f"{address}/documents", data=token, files=files).status_code == 400
    twice = {**token, "source": ["us", "citizen"]}
    assert (
        mette.client.post(f"{address}/documents", data=twice, files=[("file", ("a.pdf", PDF))]).status_code == 400
    )
    assert site.one(STORED) == (0,)


def test_the_token_of_this_sign_in_is_asked_for_and_another_site_is_refused(site, address, put):
    mette = site.browser("mette")
    assert put(mette, address, "a.pdf", PDF, csrf="wrong").status_code == 403
    mette.client.headers["origin"] = "https://evil.example"
    assert put(mette, address, "a.pdf", PDF).status_code == 403
    assert site.one(STORED) == (0,)


def test_a_plain_form_cannot_be_sent_here_and_a_form_with_a_file_nowhere_else(site, address):
    mette = site.browser("mette")
    mette.get(address)
    assert mette.post(f"{address}/documents", source="us").status_code == 415
    token = {"csrf": mette.page.partition('name="csrf" value="')[2].partition('"')[0]}
    for act in ("note", "decide", "claim"):
        sent = mette.client.post(f"{address}/{act}", data=token, files={"file": ("a.pdf", PDF)})
        assert sent.status_code == 415, act


def test_a_file_above_the_limit_is_refused_and_other_forms_keep_theirs(site, address, put):
    mette = site.browser("mette")
    assert put(mette, address, "a.txt", b"x" * LARGEST_UPLOAD_BYTES).status_code == 413
    assert "at most 25 MB" in mette.words
    assert put(mette, address, "a.txt", b"x" * 25_000_001).status_code == 413
    mette.get(address)
    assert mette.post(f"{address}/note", note="x" * LARGEST_FORM_BYTES).status_code == 413
    assert site.one(STORED) == (0,)


@pytest.mark.parametrize(("name", "status"), [("other", 404), ("ulla", 404), ("anders", 403), (None, 401)])
def test_nothing_is_read_of_somebody_who_may_not_put_it_there(site, address, name, status):
    browser = site.browser(name)
    sent = browser.client.post(
        f"{address}/documents",
        content=b"x" * (LARGEST_UPLOAD_BYTES + 1),
        headers={"content-type": "multipart/form-data; boundary=x"},
    )
    assert sent.status_code == status  # and not 413, as it would be had the body been read


def test_a_document_is_found_only_under_its_own_case_and_by_its_own_team(site, address, put):
    mette = site.browser("mette")
    put(mette, address, "a.pdf", PDF)
    other_case = site.address(f"c.team = 'intake' AND c.case_id <> '{address.rpartition('/')[2]}'")
    assert mette.get(f"{other_case}/documents/1").status_code == 404
    for number in ("2", "0", "x", "1e0", "9" * 30):
        assert mette.get(f"{address}/documents/{number}").status_code == 404
    assert site.browser("other").get(f"{address}/documents/1").status_code == 404
    assert site.browser("anders").get(f"{address}/documents/1").status_code == 403


def test_who_may_take_no_part_puts_nothing_in_and_keeps_the_choices(site, address, put):
    mette = site.browser("mette")
    mette.get(f"{address}/conflict")
    seen = mette.page.partition('name="seen" value="')[2].partition('"')[0]
    mette.post(f"{address}/conflict", grounds="He is my brother.", seen=seen)
    mette.get(address)
    assert "Put a document in" not in mette.words
    assert put(mette, address, "a.pdf", PDF).status_code == 409
    assert site.one(STORED) == (0,)


def test_a_closed_case_takes_a_document_too(site, address, put):
    mette = site.browser("mette")
    case_id = address.rpartition("/")[2]
    mette.view(address)
    hidden = {
        name: mette.page.partition(f'name="{name}" value="')[2].partition('"')[0]
        for name in ("round", "assessment")
    }
    mette.post(f"{address}/decide", outcome="granted", **hidden)
    assert site.one("SELECT count(*) FROM decision WHERE case_id = ?", case_id) == (1,)
    put(mette, address, "Late.pdf", PDF)
    assert "Late.pdf" in mette.get(address).text
    assert "Late.pdf" in mette.get(f"{address}/decided").text


def test_a_blind_page_shows_documents_and_still_nothing_of_the_machine(site, put):
    mette, blind = site.browser("mette"), site.address("a.drawn = 1 AND c.team = 'intake'")
    put(mette, blind, "a.pdf", PDF)
    assert "a.pdf" in mette.page
    assert 'class="mach"' not in mette.page
    assert "The machine assessed the case" in mette.words


def test_the_bytes_are_kept_as_they_came(site, address, put):
    put(site.browser("mette"), address, "a.pdf", PDF)
    content, digest, size = site.one("SELECT content, sha256, size FROM document")
    assert (bytes(content), digest, size) == (PDF, hashlib.sha256(PDF).hexdigest(), len(PDF))


def test_the_page_has_one_primary_button_and_speaks_danish(visit, put):
    site = visit(language="da")
    mette, address = site.browser("mette"), site.address("c.team = 'intake'")
    mette.get(f"{address}/documents")
    assert mette.page.count("button-primary") == 1
    assert "Har borgeren set dokumentet?" in mette.words
    put(mette, address, "a.exe", b"MZ")
    assert "Filen indeholder et program" in mette.words
