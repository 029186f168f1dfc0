"""The invented municipality: its truth, people and seasons, and that it shares nothing with what it judges."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from stdnum.dk import cpr

import ui.demo.simulator as simulator
from engine.effort import is_complex, measure
from tests.ui.demo.conftest import NOW
from ui.demo.simulator.calendar import danish_days, danish_minutes
from ui.demo.simulator.simulate import simulate
from ui.demo.simulator.truth import area_under_roc

LIGHT = ("daycare_subsidy", "health_supplement", "dental_aid", "rent_deposit_loan", "assistive_devices")
TOLD_AT_INTAKE = LIGHT[:-1]


def events_of(cases) -> pd.DataFrame:
    work = cases.work
    return pd.DataFrame(
        {
            "case_id": cases.case_ids[work.case],
            "activity": work.activities,
            "timestamp": pd.Series(work.at).dt.tz_localize("UTC"),
            "resource": work.people,
        }
    )


def test_the_simulator_imports_nothing_of_what_it_judges():
    for file in Path(simulator.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            ours = [
                module
                for module in modules
                if module.split(".")[0] in ("config", "models", "engine", "explain", "routing", "ui")
            ]
            assert all(module.startswith("ui.demo.simulator") for module in ours), (file.name, ours)


@pytest.mark.parametrize("name", LIGHT)
def test_an_oracle_tells_complex_cases_well_and_not_too_well(world, name):
    cases = world.cases[name]
    expected = area_under_roc(cases.known, cases.known)
    assert 0.70 <= expected <= 0.85
    happened = area_under_roc(cases.known, cases.is_complex)
    assert abs(happened - expected) < 1.5 / np.sqrt(cases.is_complex.sum())


def test_at_intake_nothing_tells_how_much_work_an_assistive_device_will_be(world):
    cases = world.cases["assistive_devices"]
    assert area_under_roc(cases.at_intake, cases.known) == 0.5


@pytest.mark.parametrize("name", LIGHT)
def test_the_steps_of_a_case_make_it_as_complex_as_the_truth_says(world, shipped, name):
    cases = world.cases[name]
    rule = shipped[name].effort_rule
    assert (rule.within_days, cases.kind.within_days) == (cases.kind.within_days, rule.within_days)
    efforts = measure(events_of(cases), rule.within_days).reindex(cases.case_ids)
    assert (is_complex(efforts, rule) == cases.is_complex).all()


@pytest.mark.parametrize("name", LIGHT)
def test_a_case_is_decided_once_after_the_night_in_which_it_is_taken_in(world, name):
    cases = world.cases[name]
    assert not np.isnat(cases.work.decided_at).any()
    assert (danish_days(cases.work.decided_at) > danish_days(cases.received)).all()


@pytest.mark.parametrize("name", [*LIGHT, "child_report"])
def test_facts_are_those_that_the_case_type_declares(world, shipped, name):
    drawn = world.cases[name].drawn
    fields = shipped[name].fields
    assert set(drawn.facts) == set(fields)
    assert set(drawn.stated) <= set(fields)
    assert set(drawn.consents) <= set(fields)
    for field, values in drawn.facts.items():
        allowed = fields[field].values
        if allowed is not None:
            assert {one for one in values.tolist() if one is not None} <= set(allowed), field


def test_the_same_seed_and_day_invent_the_same_and_another_seed_another():
    one, same, other = (simulate(seed, NOW, scale=0.05) for seed in (4, 4, 5))
    for name, cases in one.cases.items():
        assert cases.applications.citizens.names.tolist() == same.cases[name].applications.citizens.names.tolist()
        assert cases.work.at.tolist() == same.cases[name].work.at.tolist()
    assert len(one.cases["dental_aid"]) != len(other.cases["dental_aid"])


def test_a_later_hour_of_the_same_day_changes_no_case_that_was_there():
    morning, evening = (simulate(4, NOW.replace(hour=hour), scale=0.05) for hour in (7, 19))
    before, after = morning.cases["dental_aid"], evening.cases["dental_aid"]
    assert len(after) >= len(before)
    assert before.received.tolist() == after.received[: len(before)].tolist()


def test_nobody_has_these_numbers(world):
    for cases in world.cases.values():
        citizens = cases.applications.citizens
        assert not any(cpr.is_valid(number) for number in citizens.cprs)
        assert all(61 <= int(number[:2]) <= 91 for number in citizens.cprs)
        assert all(phone.startswith("00 ") for phone in citizens.phones)


def test_names_come_from_many_places(world):
    names = set(world.cases["daycare_subsidy"].applications.citizens.names)
    assert len(names) > 2000
    assert any("æ" in name or "ø" in name or "å" in name for name in names)
    assert any(name.endswith(("Karimi", "Nguyen", "Demir")) for name in names)


@pytest.mark.parametrize("name", TOLD_AT_INTAKE)
def test_some_applications_contradict_a_register_and_most_do_not(world, name):
    drawn = world.cases[name].drawn
    differs = np.zeros(len(world.cases[name]), dtype=bool)
    for field, said in drawn.stated.items():
        known = np.array([one is not None for one in drawn.facts[field]])
        differs |= known & np.array([a != b for a, b in zip(drawn.facts[field], said, strict=True)])
    assert 0.04 < differs.mean() < 0.12


def test_papers_are_missing_in_some_cases(world):
    enclosed = world.cases["daycare_subsidy"].drawn.facts["income_papers_enclosed"]
    assert 0.05 < (enclosed == "false").mean() < 0.2


def test_consent_is_given_refused_and_left_open(world):
    answers = world.cases["assistive_devices"].drawn.consents["lasting_impairment"]
    assert set(answers) == {"yes", "no", ""}


def test_august_is_busy_in_day_care_and_july_is_quiet(world):
    cases = world.cases["daycare_subsidy"]
    month = cases.received.astype("datetime64[M]").astype(int) % 12 + 1
    assert (month == 8).sum() > 1.4 * (month == 7).sum()


def test_hardly_anybody_applies_on_a_sunday_and_nobody_decides_then(world):
    cases = world.cases["health_supplement"]
    weekday = (danish_days(cases.received).astype(int) + 3) % 7
    assert 0 < (weekday == 6).sum() < 0.6 * (weekday == 0).sum()
    assert ((danish_days(cases.work.decided_at).astype(int) + 3) % 7 < 5).all()


def test_dental_aid_becomes_hard_on_the_day_of_the_drift(world):
    cases = world.cases["dental_aid"]
    easy = (cases.drawn.facts["benefit"] == "kontanthjaelp") & np.isin(
        cases.drawn.facts["treatment"], ("eksamen", "fyldning")
    )
    later = cases.received >= np.datetime64(world.drifts_from)
    assert cases.is_complex[easy & ~later].mean() < 0.05
    assert cases.is_complex[easy & later].mean() > 0.15


def test_the_postal_district_stands_in_for_origin(world):
    facts = world.cases["daycare_subsidy"].drawn.facts
    north = facts["postal_district"] == "9997_nord"
    elsewhere = facts["origin_country_group"] == "ikke_vestlig"
    assert elsewhere[north].mean() > 3 * elsewhere[~north].mean()


def test_a_citizen_comes_again_under_the_same_name_and_grows_older(world):
    citizens = world.cases["dental_aid"].applications.citizens
    seen = pd.DataFrame({"ref": citizens.refs, "name": citizens.names}).drop_duplicates()
    assert seen["ref"].is_unique
    assert len(seen) < len(citizens)
    ages = world.cases["dental_aid"].applications.ages
    assert ages.min() >= 18


def test_reports_wait_now_of_which_one_has_just_come_one_is_nearly_due_and_one_is_late(world):
    cases = world.cases["child_report"]
    now = np.datetime64(NOW.replace(tzinfo=None), "us")
    waits = (now - cases.received[cases.work.decided_at > now]) / np.timedelta64(1, "h")
    assert len(waits) == 6
    assert waits.min() < 1
    assert ((waits > 22) & (waits < 24)).sum() == 1
    assert (waits > 24).sum() == 1


def test_reports_are_answered_within_24_hours_and_nobody_works_at_night(world):
    cases, work = world.cases["child_report"], world.cases["child_report"].work
    now = np.datetime64(NOW.replace(tzinfo=None), "us")
    answered = work.decided_at <= now
    assert (work.decided_at - cases.received)[answered].max() < timedelta(hours=24)
    by_people = work.at[[who is not None for who in work.people] & (work.at <= now)]
    assert danish_minutes(by_people).min() >= 7 * 60
    assert danish_minutes(by_people).max() < 22 * 60


def test_a_report_is_assessed_and_not_decided(world):
    cases = world.cases["child_report"]
    assert "Afgørelse" not in set(cases.work.activities)
    has_case = cases.drawn.facts["open_case"] == "true"
    assert "open_case" in set(cases.drawn.assessed_as[has_case])
    assert "open_case" not in set(cases.drawn.assessed_as[~has_case])


def test_reports_are_in_words_that_fit_who_writes_and_about_whom(world):
    facts = world.cases["child_report"].drawn.facts
    told = list(
        zip(facts["received_from"], facts["concern"], facts["child_age"], facts["description"], strict=True)
    )
    assert len({words for *_, words in told}) > 0.6 * len(told)
    assert all(age >= 6 for _, concern, age, _ in told if concern == "skolefravaer")
    assert all(age <= 5 for sender, _, age, _ in told if sender == "dagtilbud")
    assert all("Patruljen" not in words for sender, _, _, words in told if sender != "politi")


def test_schools_and_day_care_write_in_office_hours(world):
    cases = world.cases["child_report"]
    closed = ~cases.applications.in_office_hours
    assert not {"skole", "dagtilbud"} & set(cases.drawn.facts["received_from"][closed])


def test_a_note_about_a_device_is_about_that_device(world):
    facts = world.cases["assistive_devices"].drawn.facts
    notes = {one for one in facts["assessment_text"] if one is not None}
    assert len(notes) > 200
    hears = [
        note
        for group, note in zip(facts["device_group"], facts["assessment_text"], strict=True)
        if note and group == "hoereteknik"
    ]
    assert not any("rollator" in note or "trappen" in note for note in hears)


def test_letters_and_visits_come_while_the_town_hall_is_open(world):
    for name in LIGHT:
        cases = world.cases[name]
        on_paper = cases.drawn.facts["channel"] != "digital"
        assert 0.08 < on_paper.mean() < 0.4
        assert cases.applications.in_office_hours[on_paper].all()


def test_first_and_last_names_come_from_the_same_place(world):
    names = world.cases["daycare_subsidy"].applications.citizens.names
    assert not any(name.split()[0] in ("Abdi", "Hodan") and name.endswith(("Yılmaz", "Nguyen")) for name in names)
    children = world.cases["child_report"].applications.citizens.names
    assert not any(name.split()[0] in ("Birthe", "Preben", "Kirsten", "Jytte") for name in children)


def test_case_numbers_are_one_series(world):
    ids = np.concatenate([cases.case_ids for cases in world.cases.values()])
    assert len(set(ids)) == len(ids)
    assert all(len(one) == 10 and one[4] == "-" for one in ids)
