"""A letter does not say of a fact that a caseworker set right that it came from a register."""

from __future__ import annotations

from typing import Any

from models.corrections import record_correction
from routing.letter_words import data_used
from routing.standards import day_of


def test_corrected_fact_comes_from_the_municipality_on_the_day_of_its_correction(
    office: Any, facts_of: Any
) -> None:
    kind = office.opened.in_force.case_types["dental_aid"]
    case_id = office.case("dental_aid", facts_of(kind, "granted"))
    user = office.sign_in.user
    with office.opened.database.write() as connection:
        connection.exec_driver_sql("UPDATE case_file SET team = ?", (user.team,))
        record_correction(
            connection,
            case_type="dental_aid",
            case_id=case_id,
            sign_in_id=office.sign_in.id,
            field="own_cost",
            value=1.0,
            reason="regningen siger det",
            expected_version=1,
        )
    case = office.letter_case("dental_aid", case_id)
    corrected, other = data_used(case, ("own_cost", "course_total"))
    assert corrected.source.da == "Kommunen, der har rettet det"
    assert corrected.fetched_on == day_of(office.opened.database.clock())
    assert corrected.value.da.startswith("1 kr.")
    assert other.source.da != corrected.source.da
