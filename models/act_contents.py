"""What each kind of act says: one model a kind, with no key that is not here and no text without an end."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def said(text: str) -> str:
    """A text that says something."""
    if not text.strip():
        raise ValueError("an empty text stands here; write something")
    return text


Long = Annotated[str, Field(max_length=100_000), AfterValidator(said)]
Words = Annotated[str, Field(max_length=10_000), AfterValidator(said)]
Short = Annotated[str, Field(max_length=500), AfterValidator(said)]
Maybe = Annotated[str, Field(max_length=10_000)]
RowNumber = Annotated[int, Field(ge=1)]


class Content(BaseModel):
    """What an act says; frozen, strict about its keys and types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Nothing(Content):
    """An act that says all by being done."""


class Note(Content):
    """A note on the case; `oral` is what was said to us (notatpligt), `guidance` what we told the citizen.

    `contact` says that somebody has spoken with the citizen, so that the deadline for that is met.
    """

    text: Long
    sort: Literal["note", "oral", "guidance"] = "note"
    source: Short | None = None
    contact: bool = False


class HandedOver(Content):
    """Why a case goes to somebody else; without a person it goes to the team."""

    note: Maybe = ""
    because: Literal["handed_over", "conflict", "absence"] = "handed_over"
    from_user: RowNumber | None = None
    to_team: Short | None = None


class Conflict(Content):
    """Why a person may take no part (forvaltningsloven §§ 3-6)."""

    grounds: Words


class Parked(Content):
    """Why the case waits."""

    reason: Words


class FollowUp(Content):
    """What is to be looked after on that day."""

    what: Words


class Asked(Content):
    """What somebody was asked for; `fields` are those of the case type that are missing.

    A third party is asked with the citizen's consent or where a law lets us, and `ground_words` say which.
    """

    of: Literal["citizen", "third_party"]
    whom: Short
    fields: Annotated[list[Short], Field(max_length=200)] = []
    text: Long
    ground: Literal["consent", "law"] | None = None
    ground_words: Maybe = ""
    letter_id: RowNumber | None = None


class Reminded(Content):
    """That the question was put again."""

    letter_id: RowNumber | None = None


class Answered(Content):
    """What was answered, and how it came."""

    how: Short
    text: Annotated[str, Field(max_length=100_000)] = ""


class Point(Content):
    """One fact that is put to the citizen, as it stands here."""

    field: Short
    statement: Words


class Hearing(Content):
    """The facts that the citizen is heard about (forvaltningsloven § 19)."""

    points: Annotated[list[Point], Field(min_length=1, max_length=200)]
    letter_id: RowNumber | None = None


class HearingAnswered(Content):
    """What the citizen said of it."""

    text: Long


class HearingException(Content):
    """Which exception of forvaltningsloven § 19 stk. 2 makes a hearing needless, and why."""

    number: Annotated[int, Field(ge=1, le=6)]
    reasons: Words


class Represented(Content):
    """Who acts for the citizen (forvaltningsloven § 8)."""

    name: Short
    street: Short | None = None
    town: Short | None = None
    phone: Short | None = None
    digital_post: bool = False
    document_id: RowNumber | None = None


class FirstView(Content):
    """What a person made of a case before they saw the machine's part; without an outcome they are unsure."""

    assessment_id: RowNumber | None
    outcome: Short | None
    effort: Literal["simple", "usual", "complex"]
    weighs: Maybe = ""


class Feedback(Content):
    """What a person says of the machine's part."""

    assessment_id: RowNumber
    on: Literal["explanation", "route"]
    feature: Short | None = None
    words: Maybe = ""


class Dilemma(Content):
    """What a person answers to a question that a rule puts."""

    rule: Short
    question: Words
    answer: Short
    words: Maybe = ""


class SecondReaderAsked(Content):
    """What the second reader should look at; asked about an earlier request, this one stands in its place."""

    words: Maybe = ""


class SecondRead(Content):
    """What the second reader found."""

    agrees: bool
    words: Maybe = ""


class Reopened(Content):
    """Why a decided case is taken up again."""

    decision_id: RowNumber
    ground: Short
    reason: Words


class Complaint(Content):
    """That a decision is complained of, and since when; kept word for word."""

    decision_id: RowNumber
    received_on: Annotated[str, AfterValidator(lambda text: str(date.fromisoformat(text)))]
    words: Annotated[str, Field(max_length=100_000)] = ""


class DispatchFailed(Content):
    """Why a decision's letter could not be sent."""

    decision_id: RowNumber
    why: Words


class Worked(Content):
    """How a decision came about: when its page was opened, the seconds spent on it, the changes to the draft."""

    decision_id: RowNumber
    opened_at: Annotated[str, Field(max_length=27, min_length=27)]
    seconds: Annotated[int, Field(ge=0)]
    edits: Annotated[int, Field(ge=0)] = 0
    agrees: bool | None = None
