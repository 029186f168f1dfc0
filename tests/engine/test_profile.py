"""Each reason to leave a column out, met by a column that deserves it and missed by its innocent twin."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from config.columns import coded, numbers
from config.errors import InputError
from engine.profile.profile import field_names, profile_log
from engine.profile.rank import auc, single_field_auc


@pytest.fixture
def profiled(plain_events, log_of, seen):
    """Profile the plain events with more columns: profiled(name=values_per_event, ...)."""

    def profile(columns, **flags):
        table = plain_events.assign(**columns)
        return profile_log(seen(log_of(table)), **flags)

    return profile


@pytest.fixture
def per_case(plain_events):
    """Spread one value a case over its events."""
    number = plain_events.groupby("case_id").ngroup().to_numpy()
    return lambda values: np.asarray(values, dtype=object)[number]


@pytest.fixture
def random():
    return np.random.default_rng(11)


def test_missing_at_first_and_filled_later_is_left_out(plain_events, profiled, random):
    later = plain_events.groupby("case_id").cumcount() > 0
    words = random.choice(["x", "y"], len(plain_events))
    often = np.where(later & (random.random(len(later)) < 0.05), words, "")
    rarely = np.where(later & (random.random(len(later)) < 0.005), "x", words)
    profile = profiled({"often": often, "rarely": rarely})
    assert profile.left_out["often"].startswith("filled later: missing at the first event")
    assert "rarely" in profile.fields


def test_a_case_attribute_that_changes_is_left_out_and_an_event_attribute_that_changes_is_not(
    plain_events, profiled, random
):
    words = random.choice(["x", "y"], len(plain_events))
    profile = profiled({"case:varies": words, "step": words})
    assert "it changes during" in profile.left_out["case:varies"]
    assert profile.fields["step"].words == tuple(
        sorted({"x", "y"}, key=lambda w: profile.fields["step"].words.index(w))
    )


def test_a_constant_is_left_out_above_its_cut_only(profiled, per_case):
    nearly, hardly = ["a"] * 399 + ["b"], ["a"] * 396 + ["b"] * 4
    profile = profiled({"nearly": per_case(nearly), "hardly": per_case(hardly), "none": ""})
    assert profile.left_out["nearly"] == "constant: 99.8% of cases begin with the value 'a'"
    assert profile.left_out["none"].startswith("constant: missing")
    assert "hardly" in profile.fields


def test_identifiers_are_left_out_whatever_they_look_like(profiled, per_case, random):
    numbers_of_cases = random.permutation(400) + 5000
    profile = profiled({
        "number": per_case(numbers_of_cases),
        "code": per_case([f"{n:08d}" for n in numbers_of_cases]),
        "name": per_case([f"Sag {n}" for n in numbers_of_cases]),
        "amount": per_case(random.normal(100, 9, 400).round(6)),
        "rounded": per_case(random.permutation(400) * 3.0),
        "often": per_case(random.integers(0, 300, 400)),
    })  # fmt: skip
    for name in ("number", "code", "name"):
        assert profile.left_out[name].startswith("identifier: 100% of its values are unique")
    assert {"amount", "rounded", "often"} <= set(profile.fields)


def test_staff_is_known_by_the_resource_column_whatever_the_field_is_called(profiled, per_case, random):
    team = [f"staff {n}" for n in random.integers(0, 8, 400)]
    mixed = [name if number % 5 < 2 else f"team {number % 5}" for number, name in enumerate(team)]
    profile = profiled({"c1": per_case(team), "c2": per_case(mixed)})
    assert profile.left_out["c1"].startswith("staff: 100% of its values are found in the resource column")
    assert "resource" in profile.left_out
    assert "c2" in profile.fields


def test_copies_of_the_arrival_are_left_out(plain_events, profiled, per_case, random):
    arrival = pd.to_datetime(
        plain_events.groupby("case_id")["timestamp"].transform("min"), utc=True, format="ISO8601"
    )
    month_before = arrival - pd.to_timedelta(per_case(random.integers(1, 60, 400)).astype(float), unit="D")
    profile = profiled({
        "same": arrival.dt.strftime("%Y-%m-%d"),
        "moved_in": month_before.dt.strftime("%Y-%m-%d"),
        "running": per_case(np.arange(400) // 2 + random.integers(0, 3, 400)),
    })  # fmt: skip
    assert profile.left_out["same"].startswith("copy of the arrival")
    assert profile.left_out["running"].startswith("copy of the arrival: it runs with the arrivals")
    assert profile.fields["moved_in"].kind == "date"


def test_what_moves_with_the_effort_leaks_and_what_does_not_stays(plain_events, profiled, random):
    size = plain_events.groupby("case_id")["activity"].transform("size")
    number = plain_events.groupby("case_id").ngroup()
    error, other = (random.random(400) < 0.03)[number], random.normal(0, 20, 400)[number]
    profile = profiled({"total": size + error, "amount": (size + other).round(3)})
    assert "leaks the outcome" in profile.left_out["total"]
    assert "amount" in profile.fields


def test_a_final_total_in_few_round_sums_leaks_though_it_looks_like_a_code(
    plain_events, profiled, per_case, random
):
    size = plain_events.groupby("case_id")["activity"].transform("size")
    fee = per_case(np.where(random.random(400) < 0.05, 10, 0)).astype(int)
    article = per_case(random.choice(["7", "157", "158"], 400))
    profile = profiled({"total": size * 100 + fee, "article": article})
    assert "it goes with the number of" in profile.left_out["total"]
    assert profile.fields["article"].is_coded


def test_end_dates_leak_and_deadlines_at_a_regular_distance_do_not(plain_events, profiled, per_case, random):
    times = pd.to_datetime(plain_events["timestamp"], utc=True, format="ISO8601")
    last = times.groupby(plain_events["case_id"]).transform("max")
    first = times.groupby(plain_events["case_id"]).transform("min")
    waiting = pd.to_timedelta(per_case(random.integers(1, 300, 400)).astype(float), unit="D")
    sometimes = (first + waiting).dt.strftime("%Y-%m-%d").where(pd.Series(per_case(random.random(400) < 0.8)), "")
    profile = profiled({
        "end": last.dt.strftime("%Y-%m-%d"),
        "deadline": (first + pd.Timedelta(days=56)).dt.strftime("%Y-%m-%d"),
        "moving_in": (first + waiting).dt.strftime("%Y-%m-%d"),
        "now_and_then": sometimes,
    })  # fmt: skip
    assert "leaks the outcome" in profile.left_out["end"]
    assert "at no regular distance and missing" in profile.left_out["now_and_then"]
    assert {"deadline", "moving_in"} <= set(profile.fields)


@pytest.mark.parametrize("form", ["%d-%m-%Y", "%d/%m/%Y %H:%M", "%d.%m.%Y", "%m/%d/%Y", "%Y/%m/%d", "%Y%m%d"])
def test_dates_in_a_form_that_is_not_read_are_left_out_with_what_to_write(plain_events, profiled, form):
    times = pd.to_datetime(plain_events["timestamp"], utc=True, format="ISO8601")
    last = times.groupby(plain_events["case_id"]).transform("max").dt.strftime(form)
    profile = profiled({"end": last})
    shown = "12/31/2024" if form.startswith("%m") else f"{date(2024, 12, 31):{form.partition(' ')[0]}}"
    assert profile.left_out["end"].startswith(
        f"dates in a form that is not read, as in {shown}; export them as 202"
    )
    assert last.iloc[0] not in profile.left_out["end"], "a birthday is nobody's business"


def test_what_only_resembles_dates_is_judged_as_what_it_is(profiled, per_case, random):
    version = per_case([f"{n}.{n + 20}.2024" for n in random.integers(1, 9, 400)])
    number = per_case(random.integers(10_000_000, 99_999_999, 400) // 1000 * 1000)
    profile = profiled({"paragraph": version, "phone": number})
    assert not [why for why in profile.left_out.values() if why.startswith("dates")]


def test_a_category_that_the_last_activity_gives_leaks(plain_events, profiled, per_case, random):
    ends = random.choice(["granted", "refused"], 400)
    closing = plain_events["activity"].where(plain_events["activity"] != "close", per_case(ends))
    other = per_case(np.where(random.random(400) < 0.8, ends, "other"))
    profile = profiled({"activity": closing, "result": per_case(ends), "loosely": other})
    assert (
        profile.left_out["result"]
        == "leaks the outcome: the case's last activity gives its value in 100% of cases"
    )
    assert "loosely" in profile.fields


def test_one_field_that_tells_it_all_is_left_out_until_a_person_keeps_it(profiled, per_case, random):
    kinds = [
        f"hard {random.integers(3)}" if case % 4 == 0 else f"easy {random.integers(3)}" for case in range(400)
    ]
    noise = [f"word {n}" for n in random.integers(0, 5, 400)]
    profile = profiled({"kind": per_case(kinds), "noise": per_case(noise)})
    assert "alone it tells complex cases (AUC 1.00; the next 0." in profile.left_out["kind"]
    assert "noise" in profile.fields


def test_two_fields_that_tell_it_all_stand_for_a_genuine_case_type(profiled, per_case, random):
    kinds = [
        f"hard {random.integers(3)}" if case % 4 == 0 else f"easy {random.integers(3)}" for case in range(400)
    ]
    profile = profiled({"kind": per_case(kinds), "form": per_case([kind[:4] for kind in kinds])})
    assert {"kind", "form"} <= set(profile.fields)


def test_types_are_told_by_values(profiled, per_case, random):
    draw = random.integers(0, 40, 400)
    profile = profiled({
        "whole": per_case([f"{n}.0" for n in draw]),
        "number": per_case([f"{n / 8:.3f}" for n in draw]),
        "asked": per_case(np.where(draw % 2, "ja", "nej")),
        "article": per_case(np.array(["157.0", "7.0", "158.0"])[draw % 3]),
        "grade": per_case(draw % 5),
        "post_code": per_case([f"0{900 + n}" for n in draw]),
        "remark": per_case([f"{'long ' * 50}{n}" for n in draw]),
    })  # fmt: skip
    kinds = {name: field.kind for name, field in profile.fields.items()}
    assert kinds == {
        "whole": "integer", "number": "number", "asked": "boolean", "article": "category", "grade": "integer",
        "post_code": "category", "remark": "text",
    }  # fmt: skip
    assert set(profile.fields["article"].words) == {"157", "7", "158"}


def test_decimal_commas_are_refused_with_column_line_and_value(profiled, per_case, random):
    amounts = per_case(["12", "1.234,50"] * 200)
    with pytest.raises(InputError, match=r"'1\.234,50' in column 'amount' \(line \d+\) is a number only"):
        profiled({"amount": amounts})


def test_commas_among_words_are_fine(profiled, per_case):
    assert profiled({"place": per_case(["Aarhus, C", "1,5"] * 200)}).fields["place"].kind == "category"


def test_names_and_values_that_look_protected_are_proposed_and_flags_overrule(profiled, per_case, random):
    columns = {
        "case:Alder": per_case(random.integers(18, 90, 400)),
        "c7": per_case(random.choice(["mand", "kvinde"], 400)),
        "income": per_case(random.normal(9, 3, 400).round(4)),
        "language_school": per_case(random.choice(["a", "b"], 400)),
    }
    proposed = profiled(columns)
    assert {"alder", "c7"} <= set(proposed.protected)
    assert "income" not in proposed.protected
    overruled = profiled(columns, protected=["income"], not_protected=["Alder", "c7"])
    assert "income" in overruled.protected
    assert not {"alder", "c7"} & set(overruled.protected)


def test_a_column_said_to_be_protected_stays_even_as_an_identifier(profiled, per_case):
    columns = {"cpr": per_case([f"{n:010d}" for n in range(400)])}
    assert "cpr" in profiled(columns).left_out
    profile = profiled(columns, protected=["cpr"])
    assert "cpr" in profile.fields
    assert "cpr" in profile.protected
    assert "cpr" not in profile.left_out


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ({"protected": ["nothing"]}, "--protected names 'nothing', and the log has no such column; it has 'word'"),
        (
            {"protected": ["word"], "not_protected": ["word"]},
            "'word' stands both in --protected and in --not-protected",
        ),
    ],
)
def test_flags_that_make_no_sense_are_refused(profiled, per_case, flags, said):
    with pytest.raises(InputError, match=said):
        profiled({"word": per_case(["a", "b"] * 200)}, **flags)


def test_field_names_are_clean_free_and_not_reserved():
    names = field_names(
        ["amount", "case:amount", "case:Sagsområde", "case:Sags-område", "outcome", "@@index", "2 day"]
    )
    assert names["amount"] == "first_amount"
    assert names["case:amount"] == "amount"
    assert names["outcome"] == "log_outcome"
    assert len(set(names.values())) == 7
    assert list(names) == [
        "amount",
        "case:amount",
        "case:Sagsområde",
        "case:Sags-område",
        "outcome",
        "@@index",
        "2 day",
    ]


def test_auc_counts_ties_as_half_and_fine_names_gain_nothing():
    label = np.array([True, False] * 200)
    assert auc(np.zeros(400), label) == 0.5
    assert auc(label.astype(float), label) == 1.0
    assert abs(single_field_auc(coded("category", [f"k{i}" for i in range(400)]), label) - 0.5) < 0.05
    assert single_field_auc(numbers("number", [1.0, None] * 200), label) == 1.0
