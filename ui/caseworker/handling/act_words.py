"""Each act in words, as the timeline says it: what was done, by whom, and in full what they wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from config.bilingual import Language
from config.translate import Translator
from config.words import Words
from explain.sentences import ReasonSpeaker
from models.case_acts import CaseAct
from models.case_waiting import UNSENT
from models.course import course_ahead
from models.deciding_time import decide_by
from ui.caseworker.afterwards.failing import in_words
from ui.caseworker.case_record import CaseRecord
from ui.caseworker.handling.act_form import Option
from ui.caseworker.handling.standing import asked_for_words
from ui.caseworker.parties.said import represented

HOW: Mapping[str, str] = {
    "digital": "By Digital Post",
    "letter": "By letter",
    "phone": "By telephone",
    "meeting": "In person",
}
"""How an answer can come."""

NOTE_SORTS: Mapping[str, str] = {
    "note": "A note",
    "oral": "Something that was said to us",
    "guidance": "What we told the citizen",
}
"""What a note can be."""

ANSWERS: Mapping[str, str] = {"yes": "Yes", "no": "No", "unsure": "Unsure"}
"""What can be answered to a question that the rules put."""

UNTOLD = frozenset({"worked"})
"""Acts that are figures for later and no step in the case."""

Told = tuple[str, str]


def note_sorts(language: Language) -> tuple[Option, ...]:
    """What a note can be, in the reader's language."""
    say = Translator(language)
    return tuple(Option(key, say(label)) for key, label in NOTE_SORTS.items())


def told_of(act: CaseAct, case: CaseRecord, language: Language) -> Told | None:
    """What the timeline says of an act and what was written with it; None where it says nothing."""
    if act.kind in UNTOLD:
        return None
    say = Translator(language)
    name = act.by or say("The machine")
    if act.kind in SAID:
        return SAID[act.kind](act, case, language, name)
    return say("{name} took a step: {kind}", name=name, kind=act.kind.replace("_", " ")), ""


def note(act: CaseAct, _case: CaseRecord, language: Language, name: str) -> Told:
    """A note; of what was said to us also who said it and how."""
    say, said = Translator(language), act.content
    if said["sort"] == "oral":
        heading = say("{name} noted what {source} said", name=name, source=said["source"] or say("somebody"))
    elif said["sort"] == "guidance":
        heading = say("{name} noted guidance to the citizen", name=name)
    else:
        sentence = "{name} spoke with the citizen" if said.get("contact") else "{name} wrote a note"
        heading = say(sentence, name=name)
    return heading, str(said["text"])


def handed_over(act: CaseAct, case: CaseRecord, language: Language, name: str) -> Told:
    """To whom a case went."""
    say = Translator(language)
    if act.to_user is not None:
        to = case.colleagues.get(act.to_user, "")
        return say("{name} handed the case over to {to}", name=name, to=to), str(act.content["note"])
    return say("{name} gave the case back to the team", name=name), str(act.content["note"])


def conflict(act: CaseAct, _case: CaseRecord, language: Language, name: str) -> Told:
    """Why somebody takes no part."""
    return Translator(language)("{name} takes no part in the case", name=name), str(act.content["grounds"])


def parked(act: CaseAct, _case: CaseRecord, language: Language, name: str) -> Told:
    """Until when a case was put aside, and why."""
    sentence = Translator(language)("{name} parked the case until {day}", name=name, day=day_of(act, language))
    return sentence, str(act.content["reason"])


def follow_up(act: CaseAct, _case: CaseRecord, language: Language, name: str) -> Told:
    """What is to be looked after on a day."""
    sentence = Translator(language)("{name} will follow up on {day}", name=name, day=day_of(act, language))
    return sentence, str(act.content["what"])


def asked(act: CaseAct, case: CaseRecord, language: Language, name: str) -> Told:
    """Who was asked, and for what."""
    say, day = Translator(language), day_of(act, language)
    whom = say("the citizen") if act.content["of"] == "citizen" else act.content["whom"]
    sentence = say("{name} asked {whom} for information by {day}", name=name, whom=whom, day=day)
    ground = str(act.content.get("ground_words", ""))
    told = [asked_for_words(act, case, language), say("Ground: {ground}", ground=ground) if ground else ""]
    return sentence, "\n".join(filter(None, told))


def reminded(act: CaseAct, _case: CaseRecord, language: Language, name: str) -> Told:
    """That the question was put again."""
    say, day = Translator(language), day_of(act, language)
    return say("{name} sent a reminder; answer by {day}", name=name, day=day), ""


def answered(act: CaseAct, _case: CaseRecord, language: Language, name: str) -> Told:
    """That an answer came, and how."""
    say, how = Translator(language), str(act.content["how"])
    heading = say("{name} registered the answer. {how}", name=name, how=say(HOW[how]) if how in HOW else how)
    return heading, str(act.content["text"])


def hearing(act: CaseAct, _case: CaseRecord, language: Language, name: str) -> Told:
    """That the citizen was heard, and about what."""
    points = "\n".join(str(point["statement"]) for point in act.content["points"])
    say, day = Translator(language), day_of(act, language)
    return say("{name} heard the citizen; answer by {day}", name=name, day=day), points


def feedback(act: CaseAct, case: CaseRecord, language: Language, name: str) -> Told:
    """What somebody said of the machine's part, and which of its reasons they meant."""
    say, feature = Translator(language), act.content["feature"]
    if act.content["on"] == "route":
        sentence = say("{name} said that the case should have gone elsewhere", name=name)
    elif feature is None:
        sentence = say("{name} said that the machine's reasons are wrong", name=name)
    else:
        label = ReasonSpeaker(case.case_type, language).label(feature)
        sentence = say("{name} said that the machine's reason “{label}” is wrong", name=name, label=label)
    return sentence, str(act.content["words"])


def dilemma(act: CaseAct, _case: CaseRecord, language: Language, name: str) -> Told:
    """What somebody answered to which question."""
    say, answer = Translator(language), str(act.content["answer"])
    answered = say(ANSWERS[answer]) if answer in ANSWERS else answer
    told = [str(act.content["question"]), str(act.content["words"])]
    return say("{name} answered a question: {answer}", name=name, answer=answered), "\n".join(filter(None, told))


def second_reader_asked(act: CaseAct, case: CaseRecord, language: Language, name: str) -> Told:
    """Who was asked to read along, in whose place, and what they should look at."""
    say, to, former = Translator(language), case.colleagues.get(act.to_user or 0, ""), asked_of(act, case)
    if former is None:
        return say("{name} asked {to} to read along", name=name, to=to), str(act.content["words"])
    sentence = say("{name} asked {to} to read along instead of {former}", name=name, to=to, former=former[1])
    return sentence, str(act.content["words"])


def second_read(act: CaseAct, case: CaseRecord, language: Language, name: str) -> Told:
    """That a second reader answered, and in whose place; whether they agree is not told where it is withheld."""
    say, agrees, asked = Translator(language), act.content["agrees"], asked_of(act, case)
    if asked is not None and asked[0] != act.by_id:
        name = say("{name}, in {asked}'s place,", name=name, asked=asked[1])
    if agrees is None:
        return say("{name} read the case as second reader", name=name), ""
    sentence = "{name} read the case and agrees" if agrees else "{name} read the case and does not agree"
    return say(sentence, name=name), str(act.content["words"])


def asked_of(act: CaseAct, case: CaseRecord) -> tuple[int | None, str] | None:
    """Number and name of whoever was asked by the act that this one is about; None where it is about none."""
    earlier = next((one for one in case.acts if one.id == act.about_act), None)
    return None if earlier is None else (earlier.to_user, case.colleagues.get(earlier.to_user or 0, ""))


def reopened(act: CaseAct, case: CaseRecord, language: Language, name: str) -> Told:
    """That a case was taken up again, why, and the deadline that it had before."""
    say, before = Translator(language), decide_before(act, case)
    told = [str(act.content["reason"])]
    if before is not None and act.content["ground"] != UNSENT:
        told.append(say("The deadline before was {day}.", day=Words(language).day(before)))
    return say("{name} reopened the case", name=name), "\n".join(told)


def decide_before(act: CaseAct, case: CaseRecord) -> date | None:
    """By when a case had to be decided before an act took it up again."""
    received = str(case.file["received_at"])
    earlier = course_ahead([one for one in case.acts if one.id < act.id], case.outcomes, received)
    return decide_by(received, case.case_type, earlier)


def complaint(act: CaseAct, _case: CaseRecord, language: Language, name: str) -> Told:
    """That somebody complained, when, and what they said."""
    say, day = Translator(language), Words(language).day(date.fromisoformat(str(act.content["received_on"])))
    return say("{name} registered a complaint, received {day}", name=name, day=day), str(act.content["words"])


def dispatch_failed(act: CaseAct, _case: CaseRecord, language: Language, _name: str) -> Told:
    """That the letter about a decision could not be sent, and why."""
    say = Translator(language)
    return say("The letter about the decision could not be sent"), in_words(str(act.content["why"]), language)


def plain(sentence: Callable[[Translator, str], str], *keys: str) -> Callable[..., Told]:
    """An act that one sentence with a name tells, and what was written under these keys."""

    def told(act: CaseAct, _case: CaseRecord, language: Language, name: str) -> Told:
        written = [str(act.content[key]) for key in keys if act.content.get(key)]
        return sentence(Translator(language), name), "\n".join(written)

    return told


def day_of(act: CaseAct, language: Language) -> str:
    """The last day of an act, written out."""
    return Words(language).day(date.fromisoformat(act.until)) if act.until else ""


SAID: Mapping[str, Callable[[CaseAct, CaseRecord, Language, str], Told]] = {
    "note": note,
    "handed_over": handed_over,
    "conflict": conflict,
    "parked": parked,
    "resumed": plain(lambda say, name: say("{name} took the case up again", name=name)),
    "follow_up": follow_up,
    "followed_up": plain(lambda say, name: say("{name} followed up", name=name)),
    "asked": asked,
    "reminded": reminded,
    "answered": answered,
    "hearing": hearing,
    "hearing_answered": plain(lambda say, name: say("{name} noted the citizen's comments", name=name), "text"),
    "hearing_exception": plain(
        lambda say, name: say("{name} noted why the citizen need not be heard", name=name), "reasons"
    ),
    "represented": represented,
    "representation_ended": plain(lambda say, name: say("{name} noted that the citizen acts alone", name=name)),
    "first_view": plain(lambda say, name: say("{name} stored a first view", name=name), "weighs"),
    "feedback": feedback,
    "dilemma": dilemma,
    "second_reader_asked": second_reader_asked,
    "second_read": second_read,
    "reopened": reopened,
    "complaint": complaint,
    "dispatch_failed": dispatch_failed,
}
