"""What the law leaves to a person in one case: of a case that must be blind, whatever it could be."""

from __future__ import annotations

from config.bilingual import Language
from config.criteria import with_results
from config.evaluation import Evaluation
from engine.masking import visible_to_model
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.standing_draft import judged_on


def judgment_of(case: CaseRecord, language: Language, *, is_blind: bool) -> tuple[str, ...]:
    """What is left to judgment (skøn), in the order of the file.

    Which of it is open in a case tells whether the criteria decide it, so a blind page names all of it.
    """
    left = case.case_type.untested_by_machine
    if not is_blind and left:
        visible = visible_to_model(case.facts, case.case_type, case.consents)
        known = Evaluation(with_results(case.case_type, visible, judged_on(case)))
        left = tuple(one for one in left if one.when is None or known.of(one.when).possible[0])
    return tuple(one.say(language) for one in left)
