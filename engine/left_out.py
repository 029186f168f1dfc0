"""Why a field is no feature of a model: English, and said in the reader's language on the model card."""

from __future__ import annotations

RARE_BELOW_CASES = 10
"""A category's word that fewer training cases have counts as rare, and is no level of its own."""

PROTECTED = "protected"
KEPT_FROM_MODEL = "the case type keeps it from the model (model_use: never)"
FREE_TEXT = "free text"
NEVER_SEEN = "no training case has a value that the model may see"
ALL_RARE = f"no value occurs in as many as {RARE_BELOW_CASES} training cases"
MISSING_LATER = "missing in more than half of the later cases"
NO_HELP = "does not help on later cases"

REASONS = (PROTECTED, KEPT_FROM_MODEL, FREE_TEXT, NEVER_SEEN, ALL_RARE, MISSING_LATER, NO_HELP)
