"""A case type with one field of every kind."""

from __future__ import annotations

import pytest

from config.case_type import CaseType, read_case_type

TEXT = """
name: {da: Bøde, en: Fine}
complexity: {within_days: 60, any: [{days: {above: 30}}]}
fields:
  amount: {type: number, unit: DKK, label: {da: Beløb, en: Amount}}
  income: {type: number, unit: DKK/month, label: {da: Indkomst, en: Income}}
  points: {type: integer, label: {da: Klip, en: Points}}
  appealed: {type: boolean, label: {da: Påklaget, en: Appealed}}
  vehicle: {type: category, values: [car, lorry, bus], label: {da: Køretøj, en: Vehicle}}
  seen_on: {type: date, label: {da: Set den, en: Seen on}}
"""


@pytest.fixture(scope="session")
def fines() -> CaseType:
    return read_case_type(TEXT, name="fines", file="fines.yaml")
