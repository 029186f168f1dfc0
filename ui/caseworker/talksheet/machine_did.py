"""What the machine did in one decided case, in plain words, and that it decided nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.bilingual import Language
from config.translate import Translator
from config.words import Words
from explain.letters.letter_facts import LetterFacts
from models.decision_store import Decided

LOOKED: Mapping[str | None, str] = {
    "more": "It looked at how much work the case would take, and expected more than in most cases.",
    "less": "It looked at how much work the case would take, and expected less than in most cases.",
    "usual": "It looked at how much work the case would take, and expected as much as in most cases.",
    None: "It looked at how much work the case would take.",
}
USED: Mapping[str | None, str] = {
    "approved": "It made a draft by the law's fixed rules. {name} checked it and used it as it was.",
    "changed": "It made a draft by the law's fixed rules. {name} read it and changed it.",
    "discarded": "It made a draft by the law's fixed rules. {name} did not use it.",
    None: "It made a draft by the law's fixed rules, which {name} was not shown.",
}


def machine_sentences(
    decided: Decided, letter: LetterFacts | None, assessment: Mapping[str, Any] | None, language: Language
) -> tuple[str, ...]:
    """What it did, as the letter told it; without a letter as the assessment behind the decision says."""
    say, name, row = Translator(language), decided.decided_by, assessment or {}
    part = None if letter is None else letter.machine
    scored = part.scored if part is not None else row.get("raw_score") is not None
    drafted = part.drafted if part is not None else row.get("route") == "draft"
    did = [say(LOOKED[part.expected if part is not None else None])] if scored else []
    if part is not None and part.reasons:
        reasons = " ".join(one.say(language) for one in part.reasons)
        did.append(say("What counted most when it looked at the work: {reasons}", reasons=reasons))
    if drafted:
        did.append(say(USED[decided.draft_use], name=name))
    if part is not None and part.calculated:
        did.append(say("It worked out the sums by fixed rules."))
    if part is not None and part.withheld:
        labels = Words(language).listed([one.say(language) for one in part.withheld])
        did.append(say("It was not shown: {labels}. The citizen has not said yes to that.", labels=labels))
    if not did:
        return (say("No machine has looked at the case. {name} decided it.", name=name),)
    about_work = say("What it says of the work says nothing of what the citizen is entitled to.")
    return (*did, *([about_work] if scored else []), say("It did not decide the case. {name} did.", name=name))
