"""The law of a case type: every citation of the shipped files is found, once, and nothing is made up."""

from __future__ import annotations

import pytest

from config.case_type import read_case_type
from config.case_type_file import read_case_type_text
from config.cited_laws import laws_cited, references_in
from config.workspace import Workspace, shipped_case_types


@pytest.mark.parametrize("name", shipped_case_types())
def test_each_law_of_a_shipped_file_stands_once_with_all_that_rests_on_it(tmp_path, name):
    Workspace(tmp_path).copy_shipped_case_type(name)
    file = tmp_path / "case_types" / f"{name}.yaml"
    case_type = read_case_type(read_case_type_text(file), name=name, file=file)
    laws = laws_cited(case_type)
    references = [law.reference for law in laws]
    assert len(references) == len(set(references))
    assert [law.number for law in laws] == list(range(1, len(laws) + 1))
    told = {(law.reference, one.of, one.label.da) for law in laws for one in law.citations}
    for field in case_type.fields.values():
        for reference in references_in(field.basis):
            assert (reference, "fact", field.label.da) in told
    for criterion in case_type.criteria:
        for reference in references_in(criterion.legal_basis):
            assert (reference, "criterion", case_type.outcomes[criterion.outcome].label.da) in told
    assert references_in(case_type.legal_basis)[0] == references[0]


def test_a_file_without_law_cites_none():
    text = "{name: {da: Bøde, en: Fine}, complexity: {within_days: 60, any: [{days: {above: 30}}]}}"
    assert laws_cited(read_case_type(text, name="fines", file="fines.yaml")) == ()
