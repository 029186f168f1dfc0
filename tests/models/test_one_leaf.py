"""One row's bytes made plainly are those that Arrow makes of many rows."""

from __future__ import annotations

import math

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.leaves import NO_SALT, SEALED, row_bytes
from models.one_leaf import bytes_of_row

VALUES = {
    pa.string(): st.text(alphabet=st.characters(codec="utf-8"), max_size=8),
    pa.binary(): st.binary(max_size=8),
    pa.int32(): st.integers(-(2**31) + 1, 2**31 - 1),
    pa.int64(): st.integers(-(2**63) + 1, 2**63 - 1),
    pa.float64(): st.floats(width=64),
    pa.bool_(): st.booleans(),
}


@pytest.mark.parametrize("name", sorted(SEALED))
@given(data=st.data())
def test_one_row_has_the_same_bytes_as_among_many(name, data):
    kept = SEALED[name]
    values = [data.draw(st.none() | VALUES[kind], label=column) for column, kind in kept.kinds]
    table = pa.Table.from_arrays(
        [pa.array([value], kind) for value, (_, kind) in zip(values, kept.kinds, strict=True)], schema=kept.schema
    )
    expected = row_bytes(name, table, None)[0].as_py()
    assert NO_SALT + name.encode() + bytes_of_row(kept.kinds, kept.later, values) == expected


@pytest.mark.parametrize(
    ("kind", "value"),
    [(pa.int32(), 2**31), (pa.int64(), "7"), (pa.string(), 7), (pa.float64(), 1), (pa.bool_(), 1)],
)
def test_a_value_of_another_type_is_left_to_arrow(kind, value):
    assert bytes_of_row([("column", kind)], (), [value]) is None


def test_a_number_that_is_none_and_a_negative_zero_are_written_in_one_way():
    kinds = [("share", pa.float64())]
    assert bytes_of_row(kinds, (), [math.nan]) == bytes_of_row(kinds, (), [None])
    assert bytes_of_row(kinds, (), [-0.0]) == bytes_of_row(kinds, (), [0.0])
