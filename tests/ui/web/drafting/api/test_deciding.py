"""Deciding by the API: the law's refusals are those of the page, each with a code; a person decides."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from models.audit_verify import verify
from models.corrections import record_correction
from models.decision_store import record_decision
from tests.ui.web.drafting.api.conftest import REASONS, REPORT, refusal, system_of
from tests.ui.web.test_stale_basis import assessed, withdrawn

SOON = str((datetime.now(UTC) + timedelta(days=12)).date())


def decisions(site) -> int:
    return site.one("SELECT count(*) FROM decision")[0]


def on_page(site, address: str, act: str, **fields: str):
    """The same caseworker does something on the pages that the API does not offer."""
    browser = site.browser("mette")
    page = address.removeprefix("/api")
    browser.get(f"{page}/{act}")
    seen = browser.page.partition('name="seen" value="')[2].partition('"')[0]
    assert browser.post(f"{page}/{act}", seen=seen, **fields).url.path == page


def hear(site, address: str) -> None:
    on_page(site, address, "hear", **{"hear-amount": "yes", "why": "Over the limit.", "until": SOON})


def corrected(site, case_id: str) -> str:
    """Somebody sets a fact right meanwhile; what whoever decides is told of it."""
    sign_in = site.one("SELECT max(id) FROM sign_in")[0]
    version = site.one("SELECT max(version) FROM case_facts WHERE case_id = ?", case_id)[0]
    with site.opened.database.write() as connection:
        record_correction(
            connection, case_type="subsidy", case_id=case_id, sign_in_id=sign_in, field="amount", value=8500.0,
            reason="The citizen rang", expected_version=version, is_blind=False,
        )  # fmt: skip
    return "The facts of the case have changed since it was assessed."


def test_a_decision_is_stored_under_the_persons_sign_in_and_shown_with_its_case(drafting, mette, plain):
    answer = mette.post(f"{plain}/decision", mette.decision(plain))
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["case"]["is_open"], told["case"]["ended"]["by"]) == (False, "Mette Kjærgaard")
    assert [one["act"] for one in told["may"]] == ["notes"]
    stored = drafting.one(
        "SELECT d.outcome, d.reasons, d.hearing, u.name FROM decision d"
        " JOIN sign_in s ON s.id = d.sign_in_id JOIN user_account u ON u.id = s.user_id"
    )
    assert stored == ("refused", REASONS, "nothing_held", "mette")
    seconds = json.loads(drafting.one("SELECT content FROM case_act WHERE kind = 'worked'")[0])["seconds"]
    assert seconds >= 1
    assert verify(drafting.opened.database, drafting.opened.heads) == []


def test_a_decision_fully_in_favour_needs_neither_reasons_nor_hearing(drafting, mette, plain):
    body = mette.decision(plain, outcome="granted", reasons="", hearing=None)
    assert mette.post(f"{plain}/decision", body).status_code == 201
    assert drafting.one("SELECT outcome, hearing FROM decision") == ("granted", None)


def test_the_same_decision_sent_twice_is_stored_once(drafting, mette, plain):
    body = mette.decision(plain)
    answers = [mette.post(f"{plain}/decision", body) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json()["case"]["ended"] == answers[1].json()["case"]["ended"]
    assert decisions(drafting) == 1


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"hearing": None}, "hearing", "Say how it stands with the hearing"),
        ({"outcome": "partly_granted", "reasons": " \n "}, "reasons", "Write the reasons for the decision"),
        ({"outcome": "invented"}, "outcome", "Choose an outcome"),
        ({"reasons": "æ" * 100_000}, "reasons", "Shorten the reasons to at most 20000 characters"),
    ],
)
def test_what_is_missing_is_named_by_its_field_in_the_pages_sentence(
    drafting, mette, plain, changes, field, sentence
):
    told = refusal(mette.post(f"{plain}/decision", mette.decision(plain, **changes)), 422, "incomplete")
    assert told["errors"] == [{"field": field, "detail": sentence}]
    assert decisions(drafting) == 0


def test_nobody_says_that_nothing_is_held_where_a_register_contradicts_the_application(
    drafting, mette, contradicted
):
    told = refusal(mette.post(f"{contradicted}/decision", mette.decision(contradicted)), 422, "incomplete")
    assert told["errors"][0]["field"] == "hearing"
    assert "speaks against the application: hear the citizen first" in told["errors"][0]["detail"]
    assert decisions(drafting) == 0


def test_a_hearing_that_nobody_held_does_not_count(drafting, mette, plain):
    body = mette.decision(plain, hearing="held")
    told = refusal(mette.post(f"{plain}/decision", body), 409, "no_hearing")
    assert told["detail"] == ("No hearing is on record in this case; hold it first, or say why none is needed.")
    assert decisions(drafting) == 0


def test_the_case_is_not_decided_before_the_answer_or_the_last_day(drafting, mette, contradicted):
    hear(drafting, contradicted)
    assert "decision" not in [one["act"] for one in mette.get(contradicted).json()["may"]]
    for hearing in ("held", "exception"):
        body = mette.decision(contradicted, hearing=hearing)
        refusal(mette.post(f"{contradicted}/decision", body), 409, "hearing_open")
    assert decisions(drafting) == 0
    on_page(drafting, contradicted, "hearing-answer", text="No comments.")
    body = mette.decision(contradicted, hearing="held")
    assert mette.post(f"{contradicted}/decision", body).status_code == 201
    assert drafting.one("SELECT outcome, hearing FROM decision") == ("refused", "held")


def test_an_exception_counts_only_once_it_is_written_down(drafting, mette, contradicted):
    body = mette.decision(contradicted, hearing="exception")
    refusal(mette.post(f"{contradicted}/decision", body), 409, "no_hearing_exception")
    on_page(drafting, contradicted, "hearing-exception", number="1", reasons="A trivial sum.")
    assert mette.post(f"{contradicted}/decision", body).status_code == 201


def test_whoever_declared_a_conflict_of_interest_decides_nothing(drafting, mette, plain):
    body = mette.decision(plain)
    on_page(drafting, plain, "conflict", grounds="My sister.", to="")
    told = refusal(mette.post(f"{plain}/decision", body), 403, "conflict_of_interest")
    assert told["detail"] == "You have said that you may take no part in this case. A colleague decides it."
    assert decisions(drafting) == 0


@pytest.mark.parametrize("happened", [corrected, withdrawn, assessed])
def test_what_rests_on_something_old_is_refused_and_the_case_assessed_anew_first(drafting, mette, plain, happened):
    body = mette.decision(plain, outcome="granted", hearing=None)
    sentence = happened(drafting, plain.rpartition("/")[2])
    refused = mette.post(f"{plain}/decision", body)
    read = "The case has been assessed anew. Read it again before you decide."
    assert refusal(refused, 409, "stale")["detail"] == f"{sentence} {read}"
    assert mette.case(plain)["assessment_id"] > body["assessment"]
    assert decisions(drafting) == 0


def test_a_case_that_somebody_decided_first_stays_as_it_is(drafting, mette, plain):
    linda = system_of(drafting, "linda")
    body = mette.decision(plain)
    assert linda.post(f"{plain}/decision", linda.decision(plain, outcome="granted")).status_code == 201
    told = refusal(mette.post(f"{plain}/decision", body), 409, "ended_already")
    assert told["detail"] == "Linda Friis decided the case while you were writing"
    assert drafting.one("SELECT outcome FROM decision") == ("granted",)


def test_a_case_that_a_colleague_has_taken_is_not_decided(drafting, mette, plain):
    body = mette.decision(plain)
    linda = drafting.browser("linda")
    linda.get(plain.removeprefix("/api"))
    linda.post(f"{plain.removeprefix('/api')}/claim")
    told = refusal(mette.post(f"{plain}/decision", body), 409, "taken")
    assert told["detail"] == "Linda Friis has taken the case meanwhile."
    assert "decision" not in [one["act"] for one in mette.get(plain).json()["may"]]


def test_a_draft_is_approved_only_when_every_fact_was_checked_and_agrees(drafting, mette, draft):
    case = mette.case(draft)
    body = {"round": case["round"], "assessment": case["assessment_id"], "checks": {}}
    told = refusal(mette.post(f"{draft}/approval", body), 422, "incomplete")
    assert told["errors"] == [{"field": "checks.amount", "detail": "Say whether “Amount” agrees"}]
    refusal(mette.post(f"{draft}/approval", {**body, "checks": {"amount": "differs"}}), 422, "incomplete")
    strange = refusal(
        mette.post(f"{draft}/approval", {**body, "checks": {"name": "agrees"}}), 422, "not_understood"
    )
    assert strange["errors"] == [{"field": "checks.name", "detail": "There is no such field here."}]
    old = {**body, "assessment": 1, "checks": {"amount": "agrees"}}
    refusal(mette.post(f"{draft}/approval", old), 409, "draft_gone")
    assert decisions(drafting) == 0
    answer = mette.post(f"{draft}/approval", {**body, "checks": {"amount": "agrees"}})
    assert answer.status_code == 201, answer.text
    stored = drafting.one("SELECT outcome, draft_use, checks, reasons FROM decision")
    assert stored == ("granted", "approved", '{"amount":"agrees"}', case["draft"]["reasons"])


def test_a_draft_that_was_changed_says_so(drafting, mette, draft):
    body = mette.decision(
        draft, outcome="partly_granted", draft_use="changed", checks={"amount": "differs"}, reasons="Half, by § 6."
    )
    assert mette.post(f"{draft}/decision", body).status_code == 201
    stored = drafting.one("SELECT outcome, draft_use, checks FROM decision")
    assert stored == ("partly_granted", "changed", '{"amount":"differs"}')


def test_a_draft_that_has_fallen_meanwhile_is_not_approved(drafting, mette, draft):
    case = mette.case(draft)
    body = {"round": case["round"], "assessment": case["assessment_id"], "checks": {"amount": "agrees"}}
    with drafting.opened.database.write() as connection:
        connection.exec_driver_sql("UPDATE case_type_state SET phase = 'stopped' WHERE name = 'subsidy'")
        connection.exec_driver_sql("UPDATE case_type_state SET since = '2031-01-01T00:00:00.000000Z'")
    refusal(mette.post(f"{draft}/approval", body), 409, "draft_gone")
    assert decisions(drafting) == 0


def test_a_heavy_case_never_has_a_machine_part_and_is_assessed_and_not_decided(drafting, mette):
    answer = mette.get(REPORT).json()
    case = answer["case"]
    assert [case[name] for name in ("machine", "draft", "sums")] == [None] * 3
    assert {fact["machine"] for fact in case["facts"]["known"]} == {None}
    assert case["clock"]["hours"] == 24
    assert [one["act"] for one in answer["may"]] == ["assessment", "notes"]
    found = {"outcome": "screening", "reasons": "Spoke with the school."}
    body = {**found, "assessment": case["assessment_id"]}
    decided = {**body, "round": 1}
    told = refusal(mette.post(f"{REPORT}/decision", decided), 409, "wrong_end")
    assert told["detail"] == "Such a case is assessed, and not decided."
    refusal(mette.post(f"{REPORT}/approval", {**decided_page(case), "checks": {}}), 409, "draft_gone")
    missing = refusal(mette.post(f"{REPORT}/assessment", {**body, "reasons": " "}), 422, "incomplete")
    assert missing["errors"] == [{"field": "reasons", "detail": "Write why you find so"}]
    assert mette.post(f"{REPORT}/assessment", body).status_code == 201
    assert drafting.one("SELECT result, reasons FROM professional_assessment") == tuple(found.values())
    linda = system_of(drafting, "linda")
    told = refusal(linda.post(f"{REPORT}/assessment", {**body, "reasons": "Mine"}), 409, "ended_already")
    assert told["detail"] == "Mette Kjærgaard assessed the case while you were writing"


def decided_page(case: dict) -> dict[str, object]:
    return {"round": case["round"], "assessment": case["assessment_id"]}


def test_a_case_that_is_decided_is_not_assessed(mette, plain):
    told = refusal(
        mette.post(f"{plain}/assessment", {"outcome": "refused", "reasons": "x", "assessment": None}),
        409,
        "wrong_end",
    )
    assert told["detail"] == "Such a case is decided."


def test_the_machine_never_decides_by_the_api(drafting, plain, mette):
    from config.errors import RefusedError

    body = mette.decision(plain)
    with pytest.raises(RefusedError), drafting.opened.database.write() as connection:
        record_decision(connection, case_type="subsidy", case_id=plain.rpartition("/")[2], sign_in_id=10**6,
                        outcome="refused", reasons=REASONS, assessment_id=body["assessment"])  # fmt: skip
    assert decisions(drafting) == 0


def test_a_case_closed_elsewhere_is_not_decided(drafting, mette, plain):
    body = mette.decision(plain)
    with drafting.opened.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE case_file SET status = 'closed', closed_at = '2026-11-24T09:00:00.000000Z' WHERE case_id = "
            f"'{plain.rpartition('/')[2]}'"
        )
    refusal(mette.post(f"{plain}/decision", body), 409, "not_open")
    assert decisions(drafting) == 0


def test_an_assessment_of_another_case_is_refused(drafting, mette, plain):
    other = drafting.one("SELECT id FROM assessment WHERE case_id <> ?", plain.rpartition("/")[2])[0]
    refusal(mette.post(f"{plain}/decision", mette.decision(plain, assessment=other)), 409, "stale")
    refusal(mette.post(f"{plain}/decision", mette.decision(plain, assessment=None)), 409, "stale")
    refusal(mette.post(f"{plain}/decision", mette.decision(plain, round=0)), 409, "refused")
    assert decisions(drafting) == 0


def test_refusals_are_in_danish_unless_another_language_is_asked_for(drafting, plain):
    for asked in ("", "da-DK,en;q=0.8", "sv"):
        danish = system_of(drafting, "mette", asked)
        answer = danish.post(f"{plain}/decision", danish.decision(plain, hearing=None))
        assert (
            refusal(answer, 422, "incomplete")["errors"][0]["detail"]
            == "Skriv, hvordan det står til med partshøringen"
        )
        assert answer.headers["content-language"] == "da"
