"""What can be sent to the API: the fields of the pages' forms, under the same names, and no other."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from models.decision_store import Hearing
from ui.caseworker.complexity_scale import Effort
from ui.caseworker.decision_form import LONGEST_REASONS
from ui.caseworker.handling.act_form import LONGEST_LINE, LONGEST_NOTE, LONGEST_WORDS
from ui.web.forms import CONTROL_CHARACTER, is_control

HALF_A_CHARACTER = "The text holds half a character; type it anew."
LARGEST_NUMBER = 10**15 - 1


def readable(text: str) -> str:
    """A text with line ends as `\\n`, and nothing in it that no page can show."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError(HALF_A_CHARACTER)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(is_control(character) for character in text):
        raise ValueError(CONTROL_CHARACTER)
    return text


def at_most(characters: int) -> FieldInfo:
    """How long a text may be, said in the description; it is refused where the form's text is."""
    return Field(json_schema_extra={"maxLength": characters})


Text = Annotated[str, AfterValidator(readable)]
Number = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]
Checks = dict[str, Literal["agrees", "differs"]]


class Body(BaseModel):
    """What all bodies have in common: a field that was not asked for is refused, and so is text for a number."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class OfPage(Body):
    """From which state of the case something is decided; the case gives all three."""

    round: Number
    assessment: Number | None
    opened: Text = Field("", description="When the case was read, as it said then")


class DecisionBody(OfPage):
    """A person's decision; `draft_use` says what they made of a draft, where there was one."""

    outcome: Text
    reasons: Annotated[Text, at_most(LONGEST_REASONS)] = ""
    hearing: Hearing | None = None
    draft_use: Literal["changed", "discarded"] | None = None
    checks: Checks = {}


class ApprovalBody(OfPage):
    """A draft as a person's own decision; each of its checks must agree."""

    checks: Checks
    hearing: Hearing | None = None


class AssessmentBody(Body):
    """What a person finds of a case that is assessed and not decided."""

    outcome: Text
    reasons: Annotated[Text, at_most(LONGEST_REASONS)]
    assessment: Number | None = Field(description="By which the case came to the team, as the case gives it")


class FirstViewBody(Body):
    """A person's own view, before they see anything of the machine's."""

    leans: Text = Field(description="An outcome, or `not-yet`")
    effort: Effort
    weighs: Annotated[Text, at_most(LONGEST_WORDS)] = ""
    assessment: Number | None
    seen: Number


class NoteBody(Body):
    """A note; one of what was said to us (`oral`) names who said it, and how."""

    note: Annotated[Text, at_most(LONGEST_NOTE)]
    note_sort: Literal["note", "oral", "guidance"] = "note"
    note_source: Annotated[Text, at_most(LONGEST_LINE)] = ""
    note_contact: bool = Field(default=False, description="Whether the citizen was spoken with: contact is made")
    seen: Number
