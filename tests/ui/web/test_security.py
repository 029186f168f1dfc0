"""What never gets through: foreign forms, wrong hosts, giant or strange bodies, anything inline."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from ui.web.addresses import case_id_from, path_part, safe_next
from ui.web.forms import parsed
from ui.web.limits import LARGEST_FORM_BYTES, host_of
from ui.web.page_errors import PageError

PAGES = [
    "/sign-in",
    "/cases",
    "/cases?list=team",
    "/cases?list=decided",
    "/oversight",
    "/oversight/subsidy",
    "/nope",
]

OWN_SCRIPT = re.compile(r'<script type="module" src="/static/js/[a-z]+\.js\?v=[0-9a-f]{12}"></script>')


def test_every_answer_has_a_strict_policy_and_nothing_inline(site, seen_case):
    browser = site.browser("mette")
    for address in [*PAGES, seen_case, "/nope", "/static/stafet.css", "/health"]:
        response = browser.get(address)
        policy = response.headers["content-security-policy"]
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "same-origin"
        assert response.headers["cross-origin-opener-policy"] == "same-origin"
        page = OWN_SCRIPT.sub("", response.text)
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", page), address


def test_pages_are_never_stored_by_a_browser_and_stylesheets_are(site, seen_case):
    browser = site.browser("mette")
    for address in ("/cases", seen_case, "/oversight", "/nope"):
        assert browser.get(address).headers["cache-control"] == "no-store"
    assert "max-age" in browser.get("/static/stafet.css").headers["cache-control"]


def test_nothing_on_a_page_comes_from_elsewhere(site, seen_case):
    browser = site.browser("mette")
    for address in (*PAGES, seen_case):
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', browser.get(address).text)


def test_a_form_from_another_site_is_refused_even_with_the_right_token(site):
    browser = site.browser("mette")
    address = site.address("c.team = 'intake'", "claim")
    browser.get("/cases")
    for origin in ("https://evil.example", "null", "http://localhost:9999", "http://localhost.evil.example"):
        browser.client.headers["origin"] = origin
        browser.get("/cases")
        assert browser.post(address).status_code == 403, origin
    del browser.client.headers["origin"]
    browser.get("/cases")
    assert browser.post(address).status_code == 403
    browser.client.headers["sec-fetch-site"] = "same-origin"
    browser.get("/cases")
    assert browser.post(address).status_code == 200


@pytest.mark.parametrize("token", ["", "wrong", "æ"])
def test_a_form_without_the_token_of_this_sign_in_is_refused(site, token):
    browser = site.browser("mette")
    assert browser.post(site.address("c.team = 'intake'", "claim"), csrf=token).status_code == 403
    assert site.one("SELECT count(*) FROM case_file WHERE assigned_to IS NOT NULL") == (0,)


def test_the_token_of_another_sign_in_is_refused(site):
    mette, linda = site.browser("mette"), site.browser("linda")
    linda.get("/cases")
    token = re.search(r'name="csrf" value="([^"]+)"', linda.page)[1]
    assert mette.post(site.address("c.team = 'intake'", "claim"), csrf=token).status_code == 403


def test_another_host_is_refused_with_a_page(site):
    browser = site.browser()
    for host in ("evil.example", "localhost.evil.example", "", "localhost:80:80", "127.0.0.1@evil.example"):
        response = browser.get("/sign-in", host=host)
        assert response.status_code == 400
        assert "does not answer under the name" in browser.words
        assert response.headers["content-security-policy"]


def test_hosts_are_those_that_the_settings_name(visit):
    site = visit(hosts="Stafet.example, other.example", host="0.0.0.0")
    browser = site.browser()
    assert browser.get("/sign-in", host="stafet.example:8443").status_code == 200
    assert browser.get("/sign-in", host="0.0.0.0").status_code == 400


@given(st.text(max_size=30))
def test_a_host_is_read_without_its_port_or_not_at_all(header):
    host = host_of(header)
    assert host == host.lower()
    assert not set(host) & set("/@[] ")


def test_a_giant_form_is_refused_before_it_is_read(site):
    browser = site.browser("mette")
    browser.get("/cases")
    response = browser.post(site.address("c.team = 'intake'", "decide"), reasons="x" * LARGEST_FORM_BYTES)
    assert response.status_code == 413
    assert "shorten it" in browser.words


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"name=a&name=b", "application/x-www-form-urlencoded", 400),
        (b"name=%ff", "application/x-www-form-urlencoded", 400),
        (b"name=\xc3", "application/x-www-form-urlencoded", 400),
        (b"name=a%00b", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"f%d=1" % n for n in range(99)), "application/x-www-form-urlencoded", 400),
        (b"surprise=1", "application/x-www-form-urlencoded", 400),
        (b"{}", "application/json", 415),
        (b"", "multipart/form-data; boundary=x", 415),
    ],
)
def test_a_strange_form_gets_a_clear_page(site, content, kind, status):
    browser = site.browser()
    response = browser.client.post("/sign-in", content=content, headers={"content-type": kind})
    assert response.status_code == status
    assert "form" in response.text
    assert "Traceback" not in response.text


@given(st.dictionaries(st.text(min_size=1, max_size=10), st.text(max_size=50), max_size=5))
def test_whatever_plain_text_a_person_types_is_read_back(fields):
    from urllib.parse import urlencode

    try:
        body = urlencode(fields).encode()
    except UnicodeEncodeError:
        return
    try:
        read = parsed(body).values
    except PageError:
        assert any(re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text) for text in fields.values())
        return
    plain = {name: text.replace("\r\n", "\n").replace("\r", "\n") for name, text in fields.items()}
    assert dict(read) == plain


@given(
    st.text(max_size=40).filter(lambda text: not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", text))
)
def test_every_case_number_makes_one_part_of_a_path_and_comes_back(case_id):
    from urllib.parse import unquote

    part = path_part(case_id)
    assert "/" not in part
    assert part not in (".", "..")
    assert case_id_from(unquote(part)) == case_id


@given(st.text(max_size=60))
def test_a_sign_in_never_leads_to_another_site(wanted):
    found = safe_next(wanted)
    assert found == "/" or (found.startswith("/") and found[1:2] not in ("/", "\\"))


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example"]
)
def test_after_signing_in_only_our_own_pages_follow(site, wanted):
    browser = site.browser()
    browser.client.follow_redirects = False
    sent = {"name": "mette", "password": "correct horse battery", "next": wanted}
    response = browser.client.post("/sign-in", data=sent)
    assert response.status_code in (303, 400)
    assert response.headers.get("location", "/") == "/"


def test_a_fault_of_our_own_shows_a_reference_that_stands_in_the_log_and_nothing_else(site):
    @site.app.get("/language/{language}/break", name="language")
    def broken(language: str) -> str:
        raise ZeroDivisionError("the citizen's secret")

    with capture_logs() as log:
        response = site.browser().get("/language/da/break")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert "ZeroDivision" not in response.text
    assert log[0]["reference"] in response.text
    assert log[0]["event"] == "fault"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=0x2FF), max_size=30))
def test_no_address_breaks_the_site(site, text):
    from urllib.parse import quote

    browser = site.browser()
    for address in (f"/{quote(text)}", f"/cases?list={quote(text)}", f"/language/{quote(text)}"):
        assert browser.get(address).status_code < 500


def test_a_slot_like_text_in_an_error_is_shown_as_it_stands(site):
    from config.errors import RefusedError

    @site.app.get("/language/{language}/refuse", name="language")
    def refuse(language: str) -> str:
        raise RefusedError("write `none: {because}` <b>here</b>")

    response = site.browser().get("/language/da/refuse")
    assert response.status_code == 409
    assert "Write `none: {because}` &lt;b&gt;here&lt;/b&gt;" in response.text


def test_a_letter_that_stands_alone_finds_the_picture_of_its_tab(site):
    found = site.browser().get("/favicon.ico")
    assert (found.status_code, found.headers["content-type"].partition(";")[0]) == (200, "image/svg+xml")
