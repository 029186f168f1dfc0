"""Acts with others than the citizen in words, as the timeline tells them."""

from __future__ import annotations

from config.bilingual import Language
from config.translate import Translator
from models.case_acts import CaseAct
from models.representatives import as_representative
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.parties.representative import in_words


def represented(act: CaseAct, case: CaseRecord, language: Language, name: str) -> tuple[str, str]:
    """Who acts for the citizen from now on, where they are reached, and what shows it."""
    say = Translator(language)
    part = in_words(as_representative(act), case.documents, say)
    heading = say("{name} noted that {who} acts for the citizen", name=name, who=part.name)
    return heading, "\n".join((*part.lines, part.post, say("Power of attorney: {what}", what=part.shown_by)))
