"""The queue takes as long with a million cases as with ten: whatever it asks the records is found by an index."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

FEW = re.compile(r"SCAN (CONSTANT ROW|anon_[0-9]+)")
"""What SQLite calls a row of values, and what is counted up to a limit."""


def plans_of_reading(site, browser, address: str) -> list[str]:
    """How SQLite goes through its tables for one page, step by step."""
    engine, plans = site.opened.database.engine, []

    def explain(connection, cursor, statement, parameters, context, many) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            cursor = connection.connection.cursor()
            plans.extend(row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    sa.event.listen(engine, "before_cursor_execute", explain)
    try:
        assert browser.get(address).status_code == 200
    finally:
        sa.event.remove(engine, "before_cursor_execute", explain)
    return plans


@pytest.mark.parametrize("wanted", ["mine", "free", "team", "waiting", "free&type=subsidy", "free&step=decide"])
def test_no_list_of_the_queue_goes_through_all_cases(site, wanted):
    browser = site.browser("mette")
    browser.get("/cases?list=free")
    plans = plans_of_reading(site, browser, f"/cases?list={wanted}")
    assert any("USING INDEX ix_case_file_queue" in plan for plan in plans)
    assert [plan for plan in plans if plan.startswith("SCAN") and not FEW.fullmatch(plan)] == []
