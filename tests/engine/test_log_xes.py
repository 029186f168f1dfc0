"""XES logs: traces and events become rows; document types, entities and bombs are refused."""

from __future__ import annotations

import gzip
from datetime import date

import pytest

from config.errors import InputError
from engine.log import read_log

EVENT = """<event><string key="concept:name" value="Start"/>
<date key="time:timestamp" value="2024-07-01T12:00:00.000+02:00"/>
<string key="org:resource" value="ann"/><int key="amount" value="5"/></event>"""
STANDARD = ' xmlns="http://www.xes-standard.org/"'
USUAL = '<global scope="event"><string key="concept:name" value="x"/></global>'


def xes(traces: str, head: str = '<?xml version="1.0"?>', namespace: str = STANDARD) -> str:
    return f"{head}<log{namespace}>{USUAL}{traces}</log>"


def trace(name: str, events: str, more: str = "") -> str:
    return f'<trace><string key="concept:name" value="{name}"/>{more}{events}</trace>'


def refused(path) -> str:
    with pytest.raises(InputError) as error:
        read_log(path)
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("namespace", ["", STANDARD])
@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz"])
def test_traces_and_events_are_read_with_and_without_namespace(write_log, namespace, name):
    traces = trace("A", EVENT * 2, '<string key="channel" value="post"/>') + trace("B", EVENT)
    log = read_log(write_log(xes(traces, namespace=namespace), name))
    assert log.case_ids.tolist() == ["A", "B"]
    assert log.events["activity"].tolist() == ["Start"] * 3
    assert log.events["resource"].tolist() == ["ann"] * 3
    assert str(log.arrivals[0]) == "2024-07-01T10:00:00.000000"
    assert log.attributes.to_pydict() == {"case:channel": ["post", "post", None], "amount": ["5"] * 3}
    assert log.columns.case_id == "case:concept:name"


def test_nobody_need_be_named_in_xes(write_log):
    event = EVENT.replace('<string key="org:resource" value="ann"/>', "")
    assert read_log(write_log(xes(trace("A", event)), "log.xes")).events["resource"].tolist() == [None]


def test_nested_attributes_and_lists_are_left_out_and_said(write_log):
    nested = (
        '<string key="party" value="x"><string key="age" value="9"/></string><list key="papers"><values/></list>'
    )
    log = read_log(write_log(xes(trace("A", EVENT, nested)), "log.xes"))
    assert log.attributes["case:party"].to_pylist() == ["x"]
    assert "case:age" not in log.attributes.column_names
    assert "attribute 'papers' holds others inside it; those are left out" in log.notes


def test_only_complete_events_count(write_log):
    step = '<string key="lifecycle:transition" value="{}"/></event>'
    events = "".join(EVENT.replace("</event>", step.format(word)) for word in ["start", "COMPLETE"])
    assert len(read_log(write_log(xes(trace("A", events)), "log.xes")).events) == 1


def test_a_trace_without_a_name_is_a_case_without_an_id(write_log):
    assert "2 of 3 rows have no case id" in refused(
        write_log(xes(trace("A", EVENT) + f"<trace>{EVENT * 2}</trace>"), "log.xes")
    )


@pytest.mark.parametrize(
    "document_type",
    [
        '<!DOCTYPE log [<!ENTITY name "A">]>',
        '<!DOCTYPE log [<!ENTITY name SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE log SYSTEM "http://example.org/log.dtd">',
        "<!DOCTYPE log>",
    ],
)
def test_a_document_type_is_refused(write_log, document_type):
    text = xes(trace("A", EVENT), head=f'<?xml version="1.0"?>{document_type}')
    assert "declares a document type" in refused(write_log(text, "log.xes"))


def test_entities_that_grow_are_refused_before_they_grow(write_log):
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    text = xes(trace("&a11;", EVENT), head=f'<?xml version="1.0"?><!DOCTYPE log [{entities}]>')
    said = refused(write_log(text, "log.xes"))
    assert "document type" in said or "broken" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the XML is broken"),
        ("case_id,activity", "the XML is broken"),
        ("<log><trace>\n<event></trace></log>", "log.xes:2: the XML is broken"),
        (xes(""), "no <event> inside a <trace>"),
        ("<html/>", "no <event> inside a <trace>"),
        (xes(trace("A", EVENT.replace("ann", "x" * 200_000))), "attribute 'org:resource' has 200000 characters"),
        (
            xes(trace("A", EVENT.replace("ann", "x" * 11_000_000))),
            "attribute 'org:resource' has 11000000 characters",
        ),
        (xes(trace("A", EVENT) + " " * 11_000_000), "a value in it is too long to be read"),
        (xes(trace("A", EVENT.replace("time:timestamp", "time"))), "there is no column 'timestamp'"),
    ],
)
def test_a_broken_file_is_one_sentence(write_log, text, said):
    assert said in refused(write_log(text, "log.xes"))


def test_a_gzip_bomb_is_stopped(tmp_path):
    path = tmp_path / "log.xes.gz"
    with gzip.open(path, "wb", compresslevel=9) as file:
        file.write(b"<log>")
        for _ in range(60):
            file.write(b"<!--" + b" " * 1_000_000 + b"-->")
    assert "which no log does" in refused(path)


def test_many_traces_are_read_in_the_order_of_their_arrival(write_log):
    def at(number: int) -> str:
        return EVENT.replace("2024-07-01", date.fromordinal(738000 - number).isoformat())

    text = xes("".join(trace(f"T{number:03d}", at(number)) for number in range(300)))
    assert (
        read_log(write_log(text, "log.xes")).case_ids.tolist() == [f"T{number:03d}" for number in range(300)][::-1]
    )
