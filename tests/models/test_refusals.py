"""What the database says to a person who decides or assesses, it says in Danish too."""

from __future__ import annotations

from config.translate import sentences
from models.act_refusals import CASE_ACT_REFUSALS
from models.person_refusals import DECISION_REFUSALS, PROFESSIONAL_ASSESSMENT_REFUSALS


def test_every_refusal_of_a_persons_act_has_its_danish() -> None:
    asked = (*DECISION_REFUSALS, *PROFESSIONAL_ASSESSMENT_REFUSALS, *CASE_ACT_REFUSALS)
    said = {refusal.sentence for refusal in asked}
    for_programmers = {sentence for sentence in said if "must be UTC text" in sentence}
    assert sorted(said - for_programmers - set(sentences("da"))) == []
