"""Parquet logs: typed columns keep their types, and give the facts that the same log in CSV gives."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from config.errors import InputError
from engine.log import read_log
from engine.typed_facts import facts

COLUMNS = {
    "case_id": pa.array([1, 2]),
    "activity": pa.array(["Start", "Start"]).dictionary_encode(),
    "timestamp": pa.array([datetime(2024, 7, 1, 12, tzinfo=UTC), datetime(2024, 7, 2, tzinfo=UTC)]),
    "resource": pa.array(["ann", ""]),
}


@pytest.fixture
def parquet_with(tmp_path):
    def write(**columns):
        path = tmp_path / "log.parquet"
        pq.write_table(pa.table({**COLUMNS, **columns}), path)
        return path

    return write


def refused(path) -> str:
    with pytest.raises(InputError) as error:
        read_log(path)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_typed_columns_keep_their_type_and_numbers_name_cases(parquet_with):
    log = read_log(parquet_with(amount=pa.array([1.5, None]), words=pa.array(["", "NA"])))
    assert log.case_ids.tolist() == ["1", "2"]
    assert log.events["resource"].tolist() == ["ann", None]
    assert log.attributes.schema.field("amount").type == pa.float64()
    assert log.attributes["words"].to_pylist() == [None, "NA"]


def test_typed_and_written_columns_give_the_same_bits(parquet_with, write_log, type_with):
    typed = parquet_with(
        amount=pa.array([0.1, 36.0]),
        exact=pa.array([Decimal("0.10"), Decimal("123456.78")]),
        count=pa.array([3, None], pa.int16()),
        asked=pa.array([True, False]),
        born=pa.array([datetime(1980, 2, 29), None]).cast(pa.date32()),  # noqa: DTZ001
        due=pa.array([datetime(2024, 8, 1, 10, 30, tzinfo=UTC), None]),
        article=pa.array([157.0, 7.0]),
        channel=pa.array(["post", "desk"]).dictionary_encode(),
    )
    written = write_log(
        "case_id,activity,timestamp,resource,amount,exact,count,asked,born,due,article,channel\n"
        "1,Start,2024-07-01T12:00Z,ann,0.1,0.10,3,true,1980-02-29,2024-08-01T12:30+02:00,157.0,post\n"
        "2,Start,2024-07-02T00:00Z,,36.0,123456.78,,False,,,7.0,desk\n"
    )
    case_type = type_with(
        amount={"type": "number"},
        exact={"type": "number"},
        count={"type": "integer"},
        asked={"type": "boolean"},
        born={"type": "date"},
        due={"type": "date"},
        article={"type": "category", "values": ["157", "7"]},
        channel={"type": "category", "values": ["post", "desk"]},
    )
    one, other = facts(read_log(typed), case_type), facts(read_log(written), case_type)
    for name in case_type.fields:
        assert one.columns[name].values.tobytes() == other.columns[name].values.tobytes(), name
        assert one.columns[name].levels == other.columns[name].levels
    assert one.columns["article"].levels == ("157", "7")


def test_timestamps_without_zone_and_days_are_read_as_utc_and_said(parquet_with):
    plain = read_log(parquet_with(timestamp=pa.array([datetime(2024, 7, 1, 12)] * 2)))  # noqa: DTZ001
    assert plain.events["timestamp"].dt.hour.tolist() == [12, 12]
    assert any("says no offset from UTC" in note for note in plain.notes)


def test_lists_and_structs_are_left_out_and_said(parquet_with):
    log = read_log(parquet_with(papers=pa.array([["a"], ["b"]])))
    assert log.attributes.column_names == []
    assert any("column 'papers' holds list" in note for note in log.notes)


def test_many_row_groups_make_one_log(tmp_path):
    path = tmp_path / "log.parquet"
    n = 5000
    table = pa.table(
        {
            "case_id": pa.array([f"c{i}" for i in range(n)]),
            "activity": pa.array(["Start"] * n),
            "timestamp": pa.array(np.datetime64("2024-01-01", "us") + np.arange(n)[::-1]),
            "resource": pa.array([f"r{i % 7}" for i in range(n)]),
            "word": pa.array([f"w{i // 1000}" for i in range(n)]),
        }
    )
    pq.write_table(table, path, row_group_size=700)
    log = read_log(path)
    assert log.case_ids.tolist() == [f"c{i}" for i in range(n)][::-1]
    assert log.attributes["word"].to_pylist() == [f"w{i // 1000}" for i in range(n)][::-1]
    assert read_log(path, first_events_only=True).case_ids.tolist() == [f"c{i}" for i in range(n)]


def test_what_is_no_parquet_or_holds_nothing_is_refused(tmp_path, parquet_with):
    (tmp_path / "text.parquet").write_text("case_id,activity\n")
    assert "not a readable Parquet file" in refused(tmp_path / "text.parquet")
    whole = parquet_with().read_bytes()
    (tmp_path / "cut.parquet").write_bytes(whole[: len(whole) // 2])
    assert "not a readable Parquet file" in refused(tmp_path / "cut.parquet")
    pq.write_table(pa.table(COLUMNS).slice(0, 0), tmp_path / "none.parquet")
    assert "columns and no rows" in refused(tmp_path / "none.parquet")


def test_a_cell_of_ten_megabytes_is_refused(parquet_with):
    assert "column 'text' has a cell of 10000000 characters" in refused(
        parquet_with(text=pa.array(["x" * 10_000_000, "y"]))
    )


def test_text_that_is_no_utf_8_or_holds_a_nul_is_refused(parquet_with):
    broken = pa.StringArray.from_buffers(2, pa.array([0, 1, 2], pa.int32()).buffers()[1], pa.py_buffer(b"\xe5a"))
    assert "column 'text' holds text that is not UTF-8" in refused(parquet_with(text=broken))
    assert "column 'text' holds a NUL character" in refused(parquet_with(text=pa.array(["a\0b", "c"])))


def test_a_wrong_value_names_row_column_and_case(parquet_with, type_with):
    log = read_log(parquet_with(amount=pa.array(["1", "much"])))
    with pytest.raises(InputError, match=r"'much' in column 'amount' of case '2' is declared as 'amount'"):
        facts(log, type_with(amount={"type": "number"}))
