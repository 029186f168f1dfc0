"""What would have made a complex case simple, as sentences beside the machine's reasons; never a promise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from config.bilingual import Language
from explain.sentences import ReasonSpeaker
from explain.similar import value_in_words
from explain.simple_if import SimpleIf, changeable, simplest_change
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.complexity_scale import expected_effort, of_100
from ui.web.models_read import ModelInWords


def simple_if(
    case: CaseRecord, inputs: NDArray[np.float64], model: ModelInWords, language: Language
) -> tuple[str, ...]:
    """The sentences; none where no more work is expected than usual, or nothing that can change is known."""
    row = case.assessment
    assert row is not None
    complexity = row["complexity"]
    if row["novel"] or model.is_level or expected_effort(complexity, model.usual) != "complex":
        return ()
    could_be = changeable(inputs, model.features, case.case_type)
    if not could_be:
        return ()
    speaker = ReasonSpeaker(case.case_type, language)
    found = simplest_change(inputs, could_be, model.tried, complexity=complexity, sought=model.usual)
    if found is None:
        return (
            speaker.say("None of the facts that can change goes together with much less work in such a case."),
        )
    return said(found, complexity, model, speaker)


def said(found: SimpleIf, complexity: float, model: ModelInWords, speaker: ReasonSpeaker) -> tuple[str, ...]:
    """What goes together with less work, whether a person would have had the case even so, and what it is not."""
    say = speaker.say
    changes = [
        say(
            "“{label}”: {value}",
            label=speaker.label(model.features[position].field),
            value=value_in_words(model.features[position], value, speaker),
        )
        for position, value in found.changes.items()
    ]
    first = say(
        "Of 100 cases like this, but with {changes}, {n} took extra work. As the facts stand it is {here}.",
        changes=speaker.words.listed(changes),
        n=of_100(found.complexity),
        here=of_100(complexity),
    )
    return (
        first,
        *beside_the_limit(found, model, speaker),
        say("It tells what goes together with work, and promises nothing in this case."),
    )


def beside_the_limit(found: SimpleIf, model: ModelInWords, speaker: ReasonSpeaker) -> tuple[str, ...]:
    """Whether the number alone would have let the machine draft."""
    if model.limit is None:
        return ()
    say, limit = speaker.say, of_100(model.limit)
    if found.complexity > model.limit:
        return (say("A person would have had it all the same: the limit for drafts is {n}.", n=limit),)
    return (say("That is within the limit for drafts, {n}; other gates could still be closed.", n=limit),)
