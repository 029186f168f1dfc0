"""Opening a workspace puts its files in force once, and a file that breaks never takes effect."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from config.case_type import CaseType
from config.errors import InputError
from models import audit
from models.case_type_states import set_state
from models.publication import all_in_force, in_force
from routing.publishing import Opened, open_workspace

FINES = """
name: {da: Bøde, en: Fine}
complexity: {within_days: 60, any: [{days: {above: 30}}]}
fields:
  amount: {type: number, label: {da: Beløb, en: Amount}}
"""
RULES = """
teams: {intake: {}}
routes: [{name: Large, when: {amount: {above: 100}}, to: caseworker, team: intake}]
default: {to: caseworker, team: intake}
"""


def written(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def opened_at(root: Path) -> Opened:
    opened = open_workspace(root)
    opened.database.close()
    return opened


def entries(opened: Opened) -> int:
    with opened.database.read() as connection:
        last = audit.last_entry(connection)
    return 0 if last is None else last.seq


def test_an_empty_workspace_sends_every_case_to_a_caseworker_of_intake(tmp_path: Path) -> None:
    opened = opened_at(tmp_path)
    rules = opened.in_force.rules
    assert opened.in_force.rules_version == 1
    assert (rules.default.to, rules.default.team, rules.routes) == ("caseworker", "intake", ())
    assert opened.warnings == ()


def test_what_stands_in_the_workspace_is_published_as_version_1_and_only_once(tmp_path: Path) -> None:
    written(tmp_path, "case_types/fines.yaml", FINES)
    written(tmp_path, "routing.yaml", RULES)
    first = opened_at(tmp_path)
    assert first.in_force.case_type_versions == {"fines": 1}
    assert first.in_force.rules.names == ("Large", "default")
    with first.database.read() as connection:
        assert [one.name for one in all_in_force(connection, "letters")] == ["da.yaml", "en.yaml"]
    before = entries(first)
    assert entries(opened_at(tmp_path)) == before


def test_a_trial_type_adopts_its_changed_file(tmp_path: Path) -> None:
    written(tmp_path, "case_types/fines.yaml", FINES)
    opened_at(tmp_path)
    written(tmp_path, "case_types/fines.yaml", FINES.replace("en: Fine", "en: Parking fine"))
    opened = opened_at(tmp_path)
    assert opened.in_force.case_type_versions == {"fines": 2}
    assert opened.in_force.case_type("fines").name.en == "Parking fine"


def test_a_broken_case_type_file_changes_nothing_and_is_named_with_its_place(tmp_path: Path) -> None:
    written(tmp_path, "case_types/fines.yaml", FINES)
    opened_at(tmp_path)
    written(tmp_path, "case_types/fines.yaml", FINES.replace("type: number", "type: numbr"))
    opened = opened_at(tmp_path)
    assert opened.in_force.case_type_versions == {"fines": 1}
    (warning,) = opened.warnings
    assert "fines.yaml:5:" in warning
    assert "the version in force stays" in warning


def test_one_broken_file_does_not_keep_others_from_taking_effect(tmp_path: Path) -> None:
    written(tmp_path, "case_types/broken.yaml", "name: {")
    written(tmp_path, "case_types/Wrong Name.yaml", FINES)
    written(tmp_path, "case_types/fines.yaml", FINES)
    opened = opened_at(tmp_path)
    assert list(opened.in_force.case_types) == ["fines"]
    assert len(opened.warnings) == 2


def test_a_rules_file_that_breaks_never_takes_effect_and_never_stops_work(tmp_path: Path) -> None:
    written(tmp_path, "case_types/fines.yaml", FINES)
    written(tmp_path, "routing.yaml", RULES)
    opened_at(tmp_path)
    written(tmp_path, "routing.yaml", RULES.replace("amount", "amuont"))
    opened = opened_at(tmp_path)
    assert opened.in_force.rules.names == ("Large", "default")
    (warning,) = opened.warnings
    assert "routing.yaml:3:" in warning
    assert "did you mean 'amount'?" in warning


def test_a_changed_rules_file_is_a_proposal(tmp_path: Path) -> None:
    written(tmp_path, "case_types/fines.yaml", FINES)
    written(tmp_path, "routing.yaml", RULES)
    opened_at(tmp_path)
    written(tmp_path, "routing.yaml", RULES.replace("caseworker, team: intake}]", "draft}]"))
    opened = opened_at(tmp_path)
    assert opened.in_force.rules_version == 1
    assert opened.in_force.rules.routes[0].to == "caseworker"
    assert opened.warnings == ()


def test_rules_broken_from_the_first_day_send_every_case_to_intake(tmp_path: Path) -> None:
    written(tmp_path, "routing.yaml", "routes: 3\n")
    opened = opened_at(tmp_path)
    assert opened.in_force.rules.default.team == "intake"
    assert "until it is mended" in opened.warnings[0]


def test_a_file_cannot_declare_itself_live(tmp_path: Path) -> None:
    written(tmp_path, "case_types/fines.yaml", FINES + "status: live\n")
    opened = opened_at(tmp_path)
    state = opened.in_force.states["fines"]
    assert (state.status, state.phase) == ("trial", "trial")
    assert opened.in_force.case_type("fines").status == "trial"
    assert entries(opened_at(tmp_path)) == entries(opened)


def test_the_changed_file_of_a_live_type_is_a_proposal(tmp_path: Path) -> None:
    written(tmp_path, "case_types/fines.yaml", FINES)
    opened = open_workspace(tmp_path)
    with opened.database.write() as connection:
        set_state(connection, "fines", weight="light", status="live", phase="shadow", actor="user:1")
    opened.database.close()
    written(tmp_path, "case_types/fines.yaml", FINES.replace("en: Fine", "en: Other"))
    again = opened_at(tmp_path)
    assert again.in_force.case_type_versions == {"fines": 1}


def test_a_trial_file_that_would_break_the_rules_in_force_is_not_adopted(tmp_path: Path) -> None:
    written(tmp_path, "case_types/fines.yaml", FINES)
    written(tmp_path, "routing.yaml", RULES)
    opened_at(tmp_path)
    protected = FINES.replace("type: number,", "type: number, protected: true,")
    written(tmp_path, "case_types/fines.yaml", protected)
    opened = opened_at(tmp_path)
    assert opened.in_force.case_type_versions == {"fines": 1}
    assert any("the rules in force would no longer hold" in warning for warning in opened.warnings)


SCALED = (
    FINES
    + """
tables: {share: {csv: scale.csv}}
calculation: [{name: own_share, table: share, by: amount}]
"""
)


def test_a_scale_beside_the_file_is_in_force_and_its_change_is_the_next_version(tmp_path: Path) -> None:
    written(tmp_path, "case_types/scale.csv", "valid_from,at_least,value\n2024-01-01,0,5\n")
    written(tmp_path, "case_types/fines.yaml", SCALED)
    first = opened_at(tmp_path)
    written(tmp_path, "case_types/scale.csv", "valid_from,at_least,value\n2024-01-01,0,6\n")
    second = opened_at(tmp_path)
    assert (first.warnings, second.warnings) == ((), ())
    scales = [opened.in_force.case_type("fines").tables["share"].rows for opened in (first, second)]
    assert [float(rows[0].value) for rows in scales] == [5.0, 6.0]


def test_a_case_type_whose_file_is_gone_stays_in_force(tmp_path: Path) -> None:
    written(tmp_path, "case_types/fines.yaml", FINES)
    opened_at(tmp_path)
    (tmp_path / "case_types" / "fines.yaml").unlink()
    assert list(opened_at(tmp_path).in_force.case_types) == ["fines"]


def test_the_schema_completes_the_fields_of_this_workspace(tmp_path: Path) -> None:
    written(tmp_path, "case_types/fines.yaml", FINES)
    opened_at(tmp_path)
    schema = (tmp_path / "routing.schema.json").read_text()
    assert "amount" in json.dumps(json.loads(schema))


def test_an_unknown_case_type_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    written(tmp_path, "case_types/fines.yaml", FINES)
    opened = opened_at(tmp_path)
    assert isinstance(opened.in_force.case_type("fines"), CaseType)
    with pytest.raises(InputError, match="did you mean 'fines'"):
        opened.in_force.case_type("fine")


def test_every_act_of_publishing_is_on_record(tmp_path: Path) -> None:
    written(tmp_path, "case_types/fines.yaml", FINES)
    opened = opened_at(tmp_path)
    with opened.database.read() as connection:
        fines = in_force(connection, "case_type", "fines")
        assert fines is not None
        assert fines.content == FINES
        rows = connection.exec_driver_sql("SELECT action, subject FROM audit").all()
    assert ("case_type.published", "case_type:fines") in [tuple(row) for row in rows]
    assert ("rules.published", "rules:routing") in [tuple(row) for row in rows]
