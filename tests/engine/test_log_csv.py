"""CSV logs: what is read, and the one sentence for each file that cannot be."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import InputError
from engine import unpacking
from engine.log import read_log
from engine.log_csv import read_csv

HEADER = "case_id,activity,timestamp,resource,amount\n"
ROW = "a,Start,2024-01-01,ann,5\n"

# any text but NUL, which is refused, and lone surrogates, which UTF-8 cannot hold
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


def refused(path: Path) -> str:
    with pytest.raises(InputError) as error:
        read_log(path)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_only_the_empty_field_is_missing(write_log):
    rows = "".join(f"a,Start,2024-01-01,ann,{word}\n" for word in ["NA", "None", "null", "NaN", "", '""'])
    assert read_csv(write_log(HEADER + rows)).table["amount"].to_pylist() == [
        "NA",
        "None",
        "null",
        "NaN",
        None,
        None,
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_of_three_separators_and_a_byte_order_mark_are_read(write_log, separator):
    text = (HEADER + ROW).replace(",", separator)
    log = read_log(write_log(b"\xef\xbb\xbf" + text.encode()))
    assert log.case_ids.tolist() == ["a"]
    assert log.attributes["amount"].to_pylist() == ["5"]


def test_packed_and_plain_files_give_the_same(write_log):
    plain, packed = read_csv(write_log(HEADER + ROW)), read_csv(write_log(HEADER + ROW, "log.csv.gz"))
    assert plain.table.to_pydict() == packed.table.to_pydict()


def test_rows_are_named_by_the_line_they_begin_on(write_log):
    log = read_csv(write_log(HEADER + 'a,"two\nlines",2024-01-01,ann,5\n\n' + ROW))
    assert log.lines.tolist() == [2, 5]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8))
def test_what_a_csv_writer_writes_is_read_back(write_log, rows):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([("one", "two", "three"), *rows])
    table = read_csv(write_log(text.getvalue())).table
    assert list(zip(*table.to_pydict().values(), strict=True)) == [
        tuple(cell or None for cell in row) for row in rows
    ]


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200))
def test_no_bytes_whatever_bring_anything_but_a_log_or_a_sentence(write_log, data):
    path = write_log(HEADER.encode() + data)
    with contextlib.suppress(InputError):
        assert len(read_log(path)) > 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "log.csv: the file is empty"),
        ("\n", "log.csv: the file is empty"),
        (HEADER, "a header and no rows"),
        (HEADER + ROW + "b,Start,2024-01-01\n", "log.csv:3: the row has 3 fields where the header has 5 columns"),
        (HEADER + ROW + "b,Start,2024-01-01,ann,1,5\n", "log.csv:3: the row has 6 fields"),
        ("case_id,activity,activity\n", "log.csv:1: the column name 'activity' stands more than once"),
        (HEADER + ROW + "b,Sta\0rt,2024-01-01,ann,5\n", "log.csv:3: the line holds a NUL character"),
        (HEADER + 'a,"Start,2024-01-01,ann,5\n', "log.csv:2: the quotes of this row do not close"),
        (HEADER + f"a,{'x' * 10_000_000},2024-01-01,ann,5\n", "log.csv:2: "),
        (HEADER + f"a,{'x' * 200_000},2024-01-01,ann,5\n", "log.csv:2: a cell has more than 131072 characters"),
    ],
)
def test_a_broken_file_is_one_sentence_that_names_the_line(write_log, content, said):
    assert said in refused(write_log(content))


def test_wrong_encoding_names_line_and_byte_and_what_to_do(write_log):
    said = refused(write_log((HEADER + ROW + "b,Sag på,2024-01-01,ann,5\n").encode("latin-1")))
    assert "log.csv:3: byte 8 of the line (0xe5) is not UTF-8; save the log as 'CSV UTF-8'" in said


def test_wrong_encoding_far_into_the_file_is_found(write_log):
    content = (HEADER + ROW * 5000).encode() + "b,Ø,2024-01-01,ann,5\n".encode("cp1252")
    assert "log.csv:5002: byte 3 of the line (0xd8)" in refused(write_log(content))


def test_utf_16_is_refused_by_its_first_byte(write_log):
    assert "log.csv:1: byte 1 of the line" in refused(write_log((HEADER + ROW).encode("utf-16")))


def test_a_packed_file_without_gz_in_its_name_is_said(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes(gzip.compress((HEADER + ROW).encode()))
    assert "let its name end in .csv.gz" in refused(path)


def test_a_gzip_file_cut_short_is_refused(tmp_path):
    path = tmp_path / "log.csv.gz"
    path.write_bytes(gzip.compress((HEADER + ROW * 2000).encode())[:-20])
    assert "the gzip file is cut short" in refused(path)


def test_a_file_that_is_no_gzip_is_refused(tmp_path):
    path = tmp_path / "log.csv.gz"
    path.write_text(HEADER + ROW)
    assert "not a readable gzip file" in refused(path)


def test_a_gzip_bomb_is_stopped_by_its_ratio(tmp_path):
    path = tmp_path / "log.csv.gz"
    with gzip.open(path, "wb", compresslevel=9) as file:
        file.write(HEADER.encode())
        for _ in range(50):
            file.write(f"a,{'x' * 1000},2024-01-01,ann,5\n".encode() * 1000)
    assert path.stat().st_size < 200_000
    assert re.search(r"unpacks to more than 3\d MB", refused(path))


def test_a_file_that_unpacks_beyond_the_limit_is_stopped(write_log, monkeypatch):
    monkeypatch.setattr(unpacking, "MOST_BYTES", 1000)
    assert "unpacks to more than" in refused(write_log(HEADER + ROW * 2000, "log.csv.gz"))


def test_a_file_that_is_not_there_or_of_no_known_kind_is_said(tmp_path):
    assert "there is no such file" in refused(tmp_path / "none.csv")
    assert "ends in none of .csv, .csv.gz, .parquet, .xes, .xes.gz" in refused(tmp_path / "log.xlsx")
    (tmp_path / "folder.csv").mkdir()
    assert "cannot be read" in refused(tmp_path / "folder.csv")
