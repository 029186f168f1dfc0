"""The four objective types beside sums worked out by hand: another way of counting, straight from the law."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.case_type import CaseType, read_case_type
from config.case_type_file import read_case_type_text
from config.criteria import decide, lines_of
from config.one_case import frame_of
from config.workspace import SHIPPED

DAY = date(2024, 6, 1)
ØRE = Decimal("0.01")
kroner = st.decimals(0, 900_000, places=2)


@cache
def shipped(name: str) -> CaseType:
    return read_case_type(read_case_type_text(Path(str(SHIPPED)) / f"{name}.yaml"), name=name, file=f"{name}.yaml")


def lines(name: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Each line's result of one case in 2024, and the outcome."""
    case_type = shipped(name)
    frame = frame_of({key: field.type for key, field in case_type.fields.items()}, [facts])
    results: dict[str, Any] = {line.name: line.result for line in lines_of(case_type, frame, DAY, 0)}
    return results | {"outcome": decide(case_type, frame, DAY).outcome.value(0)}


# Day-care subsidy. Free up to 200,300; 5 % in the first step of 4,441 kr., a point more in each, all from 622,200.


def daycare(monthly: Decimal, *, single: bool = False, children: int = 1) -> dict[str, Any]:
    facts = {
        "monthly_household_income": monthly,
        "single_parent": single,
        "cohabiting": not single,
        "children_under_18": children,
        "self_employed": False,
        "income_papers_enclosed": True,
    }
    return lines("daycare_subsidy", facts)


def percent_by_hand(monthly: Decimal, *, single: bool, children: int) -> int:
    """Counted in whole øre above the family's own limit, without a table."""
    raised = 70_089 * single + 7_000 * (children - 1)
    above = int((monthly * 12 - 200_300 - raised) * 100)
    if above <= 0:
        return 0
    return 100 if monthly * 12 - raised >= 622_200 else min(5 + (above - 1) // 444_100, 99)


@pytest.mark.parametrize(
    ("monthly", "single", "children", "percent", "own", "subsidy"),
    [
        ("10000", False, 1, 0, "0", "3400"),
        ("16691.66", False, 1, 0, "0", "3400"),  # 200,299.92 a year
        ("16691.67", False, 1, 5, "170", "3230"),  # 200,300.04: 4 øre over
        ("25000", False, 1, 27, "918", "2482"),  # 300,000: 99,700 over, the 23rd step: 5 + 22
        ("25000", False, 2, 25, "850", "2550"),  # 92,700 over, the 21st: 5 + 20
        ("25000", True, 1, 11, "374", "3026"),  # 29,611 over, the 7th: 5 + 6
        ("51849.99", False, 1, 99, "3366", "34"),
        ("51850", False, 1, 100, "3400", "0"),  # 622,200
        ("58857.41", True, 3, 99, "3366", "34"),  # 706,288.92 less 84,089: 8 øre under 622,200
        ("58857.42", True, 3, 100, "3400", "0"),  # 4 øre over
    ],
)
def test_day_care_by_hand(monthly: str, single: bool, children: int, percent: int, own: str, subsidy: str) -> None:
    found = daycare(Decimal(monthly), single=single, children=children)
    assert (found["own_share_percent"], found["own_share"], found["subsidy"]) == (
        percent,
        Decimal(own),
        Decimal(subsidy),
    )


@given(monthly=st.decimals(0, 70_000, places=2), single=st.booleans(), children=st.integers(1, 6))
def test_the_step_of_any_income_is_the_one_counted_by_hand(monthly: Decimal, single: bool, children: int) -> None:
    found = daycare(monthly, single=single, children=children)
    assert found["own_share_percent"] == percent_by_hand(monthly, single=single, children=children)
    assert found["own_share"] == (34 * found["own_share_percent"])  # a price of 3,400: no rounding is needed
    assert found["own_share"] + found["subsidy"] == 3_400


@given(low=st.decimals(0, 70_000, places=2), more=st.decimals(0, 9_000, places=2), children=st.integers(1, 6))
def test_nobody_pays_less_for_earning_more_or_more_for_another_child(
    low: Decimal, more: Decimal, children: int
) -> None:
    paid = daycare(low, children=children)["own_share"]
    assert daycare(low + more, children=children)["own_share"] >= paid
    assert daycare(low, children=children + 1)["own_share"] <= paid
    assert daycare(low, children=children, single=True)["own_share"] <= paid


# Dental aid. Own share 600 kr. a year, then all at 18-24 (25-29 on education aid, no supplement), else 65 %.


def dental(cost: Decimal, age: int, *, benefit: str = "kontanthjaelp", **more: Any) -> dict[str, Any]:
    facts = {
        "citizen_age": age,
        "benefit": benefit,
        "benefit_at_cash_level": True,
        "activity_supplement": False,
        "own_cost": cost,
        "course_total": min(cost, Decimal(10_000)),
        "own_share_paid": False,
        "cosmetic": False,
        "bill_enclosed": True,
    }
    return lines("dental_aid", facts | more)


@pytest.mark.parametrize(
    ("cost", "age", "more", "outcome", "subsidy"),
    [
        ("4000", 24, {}, "granted", "3400"),
        ("4000", 25, {}, "partly_granted", "2210"),  # 65 % of 3,400
        ("4000", 29, {"benefit": "uddannelseshjaelp"}, "granted", "3400"),
        ("4000", 30, {"benefit": "uddannelseshjaelp"}, "partly_granted", "2210"),
        ("4000", 29, {"benefit": "uddannelseshjaelp", "activity_supplement": True}, "partly_granted", "2210"),
        ("4000", 40, {"own_share_paid": True}, "partly_granted", "2600"),  # 65 % of 4,000
        ("601.01", 40, {}, "partly_granted", "0.66"),  # 0.6565 up
        ("600", 40, {}, "refused", "0"),
        ("599.99", 20, {}, "refused", "0"),
        ("600.01", 20, {}, "granted", "0.01"),
    ],
)
def test_dental_aid_by_hand(cost: str, age: int, more: dict[str, Any], outcome: str, subsidy: str) -> None:
    found = dental(Decimal(cost), age, **more)
    assert (found["outcome"], found["subsidy"]) == (outcome, Decimal(subsidy))


@given(cost=kroner, age=st.integers(18, 66), paid=st.booleans())
def test_dental_aid_never_exceeds_the_cost_and_rounds_by_less_than_an_øre(
    cost: Decimal, age: int, paid: bool
) -> None:
    found = dental(cost, age, own_share_paid=paid)
    exact = max(cost - (0 if paid else 600), Decimal(0)) * (1 if age < 25 else Decimal("0.65"))
    assert 0 <= found["subsidy"] <= cost
    assert abs(found["subsidy"] - exact) <= ØRE / 2
    assert found["subsidy"] + found["you_pay"] == cost
    assert found["you_pay"] >= min(cost, Decimal(0 if paid else 600))


# Rent deposit loan. 277,956 for an apartment, 188,294 for a room, 48,700 for each of at most four children.


@given(
    income=st.integers(0, 600_000), children=st.integers(0, 9), room=st.booleans(), deposit=st.integers(1, 60_000)
)
def test_the_loan_is_the_whole_deposit_up_to_the_limit_and_never_a_part_of_it(
    income: int, children: int, room: bool, deposit: int
) -> None:
    facts = {
        "household_income": income,
        "children": children,
        "dwelling": "room" if room else "apartment",
        "first_used": date(1990, 1, 1),
        "social_housing": True,
        "deposit": deposit,
        "applicant_wealth": 0,
        "old_loan_debt": 0,
        "lease_enclosed": True,
        "household_adults": 1,
    }
    found = lines("rent_deposit_loan", facts)
    limit = (188_294 if room else 277_956) + 48_700 * min(children, 4)
    assert (found["income_limit"], found["loan"]) == (limit, deposit)
    by_hand = None if room and children else "granted" if income <= limit else "refused"
    assert found["outcome"] == by_hand


@pytest.mark.parametrize(("income", "outcome"), [(472_756, "granted"), (472_757, "refused")])
def test_the_limit_with_four_children_by_hand(income: int, outcome: str) -> None:
    facts = {**shipped("rent_deposit_loan").tests[0].facts, "household_income": income, "children": 4}
    assert lines("rent_deposit_loan", facts)["outcome"] == outcome  # 277,956 + 4 x 48,700


# Health supplement. 85 % x percent x own share; nothing above the wealth limit of 99,200.


def health(percent: int, share: Decimal, wealth: int = 0) -> dict[str, Any]:
    facts = {
        "pension_type": "folkepension",
        "supplement_percent": percent,
        "liquid_wealth": wealth,
        "own_share": share,
        "kind": "almindeligt",
        "estimate_enclosed": True,
    }
    return lines("health_supplement", facts)


@pytest.mark.parametrize(
    ("percent", "share", "supplement"),
    [
        (60, "300", "153"),  # LAW: 300 kr. at 60 %
        (100, "300", "255"),
        (45, "1234.50", "472.20"),  # 0.85 x 0.45 x 1,234.50 = 472.19625
        (5, "0.10", "0"),
        (1, "999999.99", "8500"),  # 8,499.999915
    ],
)
def test_the_health_supplement_by_hand(percent: int, share: str, supplement: str) -> None:
    assert health(percent, Decimal(share))["supplement"] == Decimal(supplement)


@given(percent=st.integers(0, 100), share=kroner)
def test_the_supplement_is_never_above_85_per_cent_of_the_cost_by_more_than_rounding(
    percent: int, share: Decimal
) -> None:
    found = health(percent, share)
    exact = share * percent * 85 / 10_000
    assert found["supplement"] == exact.quantize(ØRE, ROUND_HALF_UP)
    assert found["supplement"] <= share
    assert found["supplement"] <= (share * 85 / 100).quantize(ØRE, ROUND_HALF_UP)
    assert found["supplement"] + found["you_pay"] == share


@given(percent=st.integers(0, 99), share=kroner)
def test_a_higher_percentage_never_gives_less(percent: int, share: Decimal) -> None:
    assert health(percent + 1, share)["supplement"] >= health(percent, share)["supplement"]


@pytest.mark.parametrize(("wealth", "outcome"), [(99_200, "granted"), (99_201, "refused")])
def test_the_wealth_limit_by_hand(wealth: int, outcome: str) -> None:
    assert health(100, Decimal(300), wealth)["outcome"] == outcome


@given(percent=st.integers(-1_000, 1_000))
def test_a_percentage_that_cannot_be_is_never_decided_by_the_machine(percent: int) -> None:
    assert (health(percent, Decimal(300))["outcome"] is not None) == (0 <= percent <= 100)
