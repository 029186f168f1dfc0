"""Example files that the tests of configuration share."""

from __future__ import annotations

import pytest

FRIPLADS = """\
# Day-care subsidy, as in the contract of file formats.
name: {da: Økonomisk friplads, en: Day-care subsidy}
legal_basis: Dagtilbudsloven § 43, stk. 1, nr. 2
status: trial            # a steward sets live
model_basis: null
weight: light
kle: null
log: {case_id: case_id, activity: activity, timestamp: timestamp, resource: resource}
fields:
  monthly_household_income:
    column: monthly_household_income
    type: number
    unit: DKK/month
    label:   {da: Husstandens indkomst pr. måned, en: Household income a month}
    meaning: {da: Samlet indkomst, en: Total income}
    source: eIndkomst
    basis: Retssikkerhedsloven § 11 a, stk. 2
    collected_with: law
    model_use: always
    protected: false
    can_change: true
  single_parent: {type: boolean, label: {da: Enlig forsørger, en: Single parent}}
  children_under_18: {type: integer}
  district: {type: category, values: [nord, syd, no, 10]}
  citizenship: {type: category, values: [dk, other], protected: true}
  place_start: {type: date}
  note: {type: text}
complexity:
  within_days: 60
  any: [{handlers: {at_least: 3}}, {rework: {at_least: 2}}, {days: {above: 30}}]
amounts:
  full_subsidy_limit:
    unit: DKK/year
    example: true
    source: BEK 2058/2021
    values: {2024-01-01: 200300, 2025-01-01: 206000}
tables:
  payment_scale:
    unit: percent
    rows:
      - {valid_from: 2024-01-01, at_least: 0, value: 0}
      - {valid_from: 2024-01-01, at_least: 200300.01, value: 5}
      - {valid_from: 2024-01-01, at_least: 622200, value: 100}
calculation:
  - {name: scale_income, multiply: [monthly_household_income, 12]}
  - {name: own_share, table: payment_scale, by: scale_income}
criteria:
  - when: {scale_income: {at_most: full_subsidy_limit}}
    outcome: granted
    because: {da: Indkomsten er under grænsen, en: The income is below the limit}
    legal_basis: BEK 2058/2021 § 27
  - when: {own_share: {below: 100}}
    outcome: partly_granted
    because: {da: Indkomsten er på skalaen, en: The income is on the scale}
    legal_basis: BEK 2058/2021 § 28
  - when: {own_share: {at_least: 100}}
    outcome: refused
    because: {da: Indkomsten er over skalaen, en: The income is above the scale}
    legal_basis: BEK 2058/2021 § 28
outcomes:
  granted: {fully_in_favour: true}
  partly_granted: {fully_in_favour: false}
  refused: {fully_in_favour: false}
untested_by_machine:
  - {da: Om ansøger er enlig, en: Whether the applicant is single, when: {single_parent: {is_true: true}}}
appeal: {lodge_with: municipality, reassess_weeks: 4, body: Ankestyrelsen, weeks: 4}
deadlines: {decide_within_days: 28, contact_within_hours: null}
retention: {years: 5, basis: Arkivloven}
checklist: [{da: Er barnet optaget?, en: Is the child admitted?}]
tests:
  - name: On the limit
    judged_on: 2024-06-01
    facts: {monthly_household_income: 16691.66, single_parent: false}
    expect: {outcome: granted, scale_income: 200299.92, own_share: 0}
  - name: One step over
    judged_on: 2024-06-01
    facts: {monthly_household_income: 16691.70, single_parent: false}
    expect: {outcome: partly_granted, own_share: 5}
  - name: The day the amounts change
    judged_on: 2025-01-01
    facts: {monthly_household_income: 17000, single_parent: false}
    expect: {outcome: granted}
  - name: Perhaps single
    judged_on: 2024-06-01
    facts: {monthly_household_income: 1000}
    expect: {outcome: undecided}
  - name: Income missing
    judged_on: 2024-06-01
    facts: {single_parent: false}
    expect: {outcome: undecided, own_share: null}
"""

ROUTING = """\
guarantee: {max_complex_share: 0.05, confidence: 0.95, also_within: [channel]}
blind_review: {share: 0.05}
double_read: {share: 0.02}
teams: {intake: {per_week: 400}, senior: {per_week: 105}}
always_caseworker:
  - {name: Children, when: {citizen_age: {below: 18}}, because: {da: Et barn, en: A child}}
routes:
  - name: Early contact
    when: {complexity: {at_least: 0.65}}
    to: caseworker
    team: senior
    priority: high
    contact_within: 2d
  - {name: Objective case, when: {criteria_decided: {is_true: true}}, to: draft}
default: {to: caseworker, team: intake}
first_view: {when: {complexity: {at_least: 0.3}}, share: 0.2}
dilemmas: [{when: {complexity: {above: 0.2}}, ask: {da: Hvad taler imod?, en: What speaks against it?}}]
invariants: [{name: No child is drafted, never: {citizen_age: {below: 18}, to: draft}}]
tests:
  - name: A child's case
    today: 2026-11-23
    case: {citizen_age: 12, complexity: 0.01}
    expect: {to: caseworker, rule: Children}
"""

SMALLEST = "name: {da: Bøder, en: Fines}\ncomplexity: {within_days: 60, any: [{days: {above: 30}}]}\n"


@pytest.fixture
def friplads_text() -> str:
    """A whole case type file that uses every construct."""
    return FRIPLADS


@pytest.fixture
def routing_text() -> str:
    """A whole rules file that uses every construct."""
    return ROUTING


@pytest.fixture
def smallest_text() -> str:
    """The least that is a case type."""
    return SMALLEST
