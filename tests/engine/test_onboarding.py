"""Onboarding: a log nobody prepared becomes a case type; leaks are found by behaviour, whatever their names."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from config.case_type import read_case_type
from config.case_type_text import render_case_type
from config.errors import InputError
from config.fields import LogColumns
from engine.log import read_log
from engine.onboarding import propose_case_type
from engine.profile.rank import rank_correlation
from engine.typed_facts import facts, facts_as_json, frame_from_json

LOGS = ["receipt", "traffic_fines", "hospital_billing", "fair_renting"]
KEPT_OUT = {
    "receipt": {"case:responsible", "case:enddate", "resource"},
    "traffic_fines": {"dismissal", "expense", "paymentamount", "notificationtype", "case:points",
                      "case:vehicleclass", "resource"},
    "hospital_billing": {"state", "closecode", "case:blocked", "case:flaga", "case:flagb", "resource"},
    "fair_renting": {"time", "@@index", "case:@@case_index", "case:case", "resource"},
}  # fmt: skip
PROTECTED = {
    "receipt": [],
    "traffic_fines": [],
    "hospital_billing": ["diagnosis"],
    "fair_renting": ["german_speaking", "age", "gender", "citizen", "protected", "married"],
}


def planted(table: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The log with an end date (within a day), a final total (rank correlation above .9) and a late attribute."""
    random = np.random.default_rng(seed)
    table = table[table["case_id"] != ""].reset_index(drop=True)
    case, cases = pd.factorize(table["case_id"])
    times = pd.to_datetime(table["timestamp"], utc=True, format="ISO8601")
    end = times.groupby(case).transform("max") + pd.to_timedelta(random.uniform(-1, 1, len(cases))[case], unit="D")
    size = np.bincount(case).astype(float)
    step, draw = random.integers(-3, 4, len(cases)), random.random(len(cases))
    wrong = next(
        share for share in np.linspace(0.6, 0, 61) if rank_correlation(size, size + step * (draw < share)) > 0.91
    )
    total = (size + step * (draw < wrong)).astype(int)
    late = (table.groupby("case_id").cumcount() > 0) & (random.random(len(table)) < 0.15)
    return table.assign(
        planted_end=end.dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
        planted_total=total[case].astype(str),
        planted_late=np.where(late, random.choice(["x", "y", "z"], len(table)), ""),
    )


@pytest.mark.logs
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", LOGS)
def test_planted_leaks_are_found_with_every_column_renamed(logs_dir, tmp_path, name, seed):
    table = planted(pd.read_csv(logs_dir / f"{name}.csv.gz", dtype=str, keep_default_na=False), seed)
    renamed = {column: f"c{number}" for number, column in enumerate(table.columns, start=1)}
    path = tmp_path / "renamed.csv"
    table.rename(columns=renamed).to_csv(path, index=False)
    four = {part: renamed[part] for part in ("case_id", "activity", "timestamp", "resource")}
    left_out = propose_case_type(read_log(path, LogColumns(**four)), "renamed").left_out
    assert left_out[renamed["planted_end"]].startswith("leaks the outcome")
    assert left_out[renamed["planted_total"]].startswith("leaks the outcome")
    assert left_out[renamed["planted_late"]].startswith("filled later")
    original = {column for column in KEPT_OUT[name] if renamed[column] not in left_out}
    assert not original, "what is left out under its own name is left out under any"


@pytest.mark.logs
@pytest.mark.parametrize("name", LOGS)
def test_each_shared_log_becomes_a_case_type_that_reads_its_facts(logs_dir, name):
    log = read_log(logs_dir / f"{name}.csv.gz")
    proposal = propose_case_type(log, name)
    assert set(proposal.left_out) == KEPT_OUT[name]
    assert proposal.summary["protected"] == PROTECTED[name]
    assert 0.15 <= proposal.summary["complexity"]["share"] <= 0.3
    assert json.loads(json.dumps(proposal.summary, allow_nan=False)) == proposal.summary
    text = render_case_type(proposal.case_type, left_out=proposal.left_out, notes=proposal.notes)
    assert read_case_type(text, name=name, file="x.yaml") == proposal.case_type
    frame = facts(log, proposal.case_type)
    stored = frame_from_json(frame.case_ids, facts_as_json(frame), proposal.case_type)
    for field, column in frame.columns.items():
        assert stored.columns[field].values.tobytes() == column.values.tobytes()
        assert stored.columns[field].levels == column.levels


def test_a_case_type_starts_in_trial_without_law_or_sources(closed_log):
    proposal = propose_case_type(read_log(closed_log), "sag")
    case_type = proposal.case_type
    assert (case_type.status, case_type.weight, case_type.legal_basis) == ("trial", "light", None)
    assert {"amount", "channel", "household", "area"} == set(case_type.fields)
    assert all(field.source is None and field.basis is None for field in case_type.fields.values())
    assert set(proposal.summary) == {
        "case_type", "cases", "events", "fields", "protected", "left_out", "complexity", "proposes",
    }  # fmt: skip


def test_who_the_citizens_are_and_what_they_say_is_neither_proposed_nor_named(closed_log, log_of):
    table = pd.read_csv(closed_log, dtype=str, keep_default_na=False)
    number = pd.factorize(table["case_id"])[0]
    told = table.assign(
        **{
            "case:citizen_ref": [f"B-{case // 2}" for case in number],
            "case:citizen:name": [f"Ida {case}" for case in number],
            "case:citizen:cpr": [f"{case:06d}-1234" for case in number],
            "case:citizen:protected_address": np.where(number % 3, "no", "yes"),
            "case:citizen:shoe_size": (number % 9 + 36).astype(str),
            "case:stated:amount": table["case:amount"],
            "case:stated:wealth": (number * 7).astype(str),
            "case:consent:amount": np.where(number % 2, "yes", ""),
            "case:consent_at": table["timestamp"],
        }
    )
    without, proposal = (propose_case_type(log_of(one), "sag") for one in (table, told))
    assert proposal == without


def test_flags_reach_the_case_type(closed_log):
    proposal = propose_case_type(read_log(closed_log), "sag", protected=["household"])
    assert proposal.case_type.fields["household"].protected
    assert "household" in proposal.notes


def test_a_name_that_cannot_be_one_is_refused(closed_log):
    with pytest.raises(InputError, match="cannot be the name of a case type"):
        propose_case_type(read_log(closed_log), "../sag")


def test_a_log_with_nothing_but_the_four_columns_is_a_case_type_without_fields(plain_events, log_of):
    proposal = propose_case_type(log_of(plain_events), "sag")
    assert proposal.case_type.fields == {}
    assert proposal.left_out.keys() == {"resource"}


def test_a_log_of_one_event_is_no_crash(plain_events, log_of):
    proposal = propose_case_type(log_of(plain_events.head(1).assign(word="a", amount=1)), "sag")
    assert proposal.summary["cases"] == 1
