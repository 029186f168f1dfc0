"""One corrected fact carries its case anew: what the model may not see changes no bit of what the machine says."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from config.errors import RefusedError
from models.audit_verify import verify
from models.people import add_user
from models.sign_ins import begin_sign_in
from routing.correcting import Asked, correct
from routing.publishing import Opened, open_workspace
from routing.recompute import recompute

SAID = (
    "raw_score, complexity, inputs, contributions, base_value, novel, route, team, priority, gates_closed, drawn"
)


@dataclass
class Case:
    """A would-be draft that was drawn, and a caseworker of its team."""

    opened: Opened
    case_id: str
    sign_in_id: int

    def rows(self, columns: str, table: str = "assessment") -> list[tuple[Any, ...]]:
        query = f"SELECT {columns} FROM {table} WHERE case_id = ? ORDER BY 1"
        with self.opened.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query, (self.case_id,))]

    def facts(self) -> dict[str, Any]:
        return json.loads(self.rows("version, facts", "case_facts")[-1][1])

    def correct(self, field: str, value: Any, opened: Opened | None = None) -> str | None:
        version = self.rows("version", "case_facts")[-1][0]
        asked = Asked("grant", self.case_id, field, value, "the register is wrong", version)
        return correct(opened or self.opened.again(), asked, self.sign_in_id)


@pytest.fixture
def case(live_root: tuple[Path, str], tmp_path: Path) -> Iterator[Case]:
    opened = open_workspace(Path(shutil.copytree(live_root[0], tmp_path / "live")))
    with opened.database.write() as connection:
        query = "SELECT case_id, team FROM assessment WHERE drawn ORDER BY case_id LIMIT 1"
        case_id, team = connection.exec_driver_sql(query).one()
        user = add_user(connection, name="anna", full_name="Anna", role="caseworker", team=team)
        sign_in = begin_sign_in(connection, user, method="password")
    yield Case(opened, case_id, sign_in.id)
    opened.database.close()


@pytest.mark.parametrize(("field", "words"), [("sickness", "ab"), ("origin", "xy")])
def test_fact_that_the_model_may_not_see_is_corrected_and_changes_no_bit(
    case: Case, field: str, words: str
) -> None:
    value = next(word for word in words if case.facts().get(field) != word)
    assert case.correct(field, value) is None
    assert case.facts()[field] == value
    assert [row[1] for row in case.rows("id, facts_version")] == [1, 2]
    first, second = (row[1:] for row in case.rows(f"id, {SAID}"))
    assert first == second


def test_fact_that_counts_changes_the_route_and_can_be_recomputed(case: Case) -> None:
    assert case.correct("income", 500.0) is None
    assert [row[1] for row in case.rows("id, drawn")] == [1, 0], "no criterion decides at this income"
    opened = case.opened.again()
    with opened.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM assessment WHERE case_id = ?", (case.case_id,)).all()
        assert [recompute(opened, connection, dict(row._mapping)) for row in rows] == [[], []]
    assert verify(opened.database, opened.heads) == []


def test_only_the_one_case_is_assessed_anew(case: Case) -> None:
    count = "SELECT count(*) FROM assessment"
    with case.opened.database.read() as connection:
        before = connection.exec_driver_sql(count).scalar_one()
    case.correct("income", 500.0)
    with case.opened.database.read() as connection:
        assert connection.exec_driver_sql(count).scalar_one() == before + 1


def test_correction_stands_where_the_model_cannot_be_read_and_says_why(case: Case) -> None:
    model = next(case.opened.workspace.root.rglob("*.skops"))
    model.write_bytes(model.read_bytes()[:-1])
    why = case.correct("income", 500.0)
    assert why is not None
    assert "model" in why
    assert case.facts()["income"] == 500.0
    assert len(case.rows("id")) == 1


def test_fact_collected_with_consent_is_not_stored_without_the_citizens_yes(case: Case) -> None:
    opened = case.opened.again()
    grant = opened.in_force.case_types["grant"]
    note = grant.fields["note"].model_copy(update={"collected_with": "consent"})
    declared = grant.model_copy(update={"fields": {**grant.fields, "note": note}})
    in_force = replace(opened.in_force, case_types={**opened.in_force.case_types, "grant": declared})
    with pytest.raises(RefusedError, match="has not said yes"):
        case.correct("note", "hemmeligt", replace(opened, in_force=in_force))
    assert len(case.rows("version", "case_facts")) == 1
