"""How to explain the machine to a citizen, for one case type: from the model card, as things a person can say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from config.bilingual import Language
from config.case_type import CaseType
from config.translate import Translator
from config.words import Words
from engine.left_out import PROTECTED
from explain.sentences import ReasonSpeaker


@dataclass(frozen=True)
class Answer:
    """A question that citizens ask, and an honest answer."""

    question: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class HowToExplain:
    """What to say of the machine in one case type.

    Attributes:
        in_short: what can be said in half a minute.
        looks_at: label and meaning of each thing it looks at; none where no model is trained.
        looks_past: label and reason of each thing it does not look at.
        own_words: what the person who explains should keep in mind.
    """

    in_short: tuple[str, ...]
    looks_at: tuple[tuple[str, str], ...]
    looks_past: tuple[tuple[str, str], ...]
    answers: tuple[Answer, ...]
    own_words: tuple[str, ...]


def how_to_explain(
    case_type: CaseType,
    summary: Mapping[str, Any] | None,
    *,
    proved: Mapping[str, Any] | None,
    drafts_now: bool,
    language: Language,
) -> HowToExplain:
    """What to say of one case type.

    Args:
        summary: the report of the newest model's training; None where there is no model.
        proved: the newest figures of the promise; None where there is no model.
        drafts_now: whether the machine drafts in this case type at present.
    """
    writer = _Writer(case_type, summary, proved, language, drafts_now=drafts_now)
    return HowToExplain(
        in_short=writer.in_short(),
        looks_at=writer.looks_at(),
        looks_past=writer.looks_past(),
        answers=writer.answers(),
        own_words=writer.own_words(),
    )


class _Writer:
    def __init__(
        self,
        case_type: CaseType,
        summary: Mapping[str, Any] | None,
        proved: Mapping[str, Any] | None,
        language: Language,
        *,
        drafts_now: bool,
    ) -> None:
        self.case_type = case_type
        self.summary = summary
        self.proved = proved
        self.language = language
        self.drafts_now = drafts_now
        self.say = Translator(language)
        self.words = Words(language)
        self.speaker = ReasonSpeaker(case_type, language)

    def in_short(self) -> tuple[str, ...]:
        """The half minute."""
        say = self.say
        if self.case_type.weight == "heavy":
            return (
                say("“No machine looks at cases like this one. People read them from the first day to the last.”"),
            )
        if self.summary is None:
            return (say("“No machine has looked at how much work your case will take. People do that here.”"),)
        said = [
            say(
                "“A computer program has looked at how much work cases like yours took before. That helps us give"
                " your case to the right person in time.”"
            )
        ]
        if self.drafts_now:
            said.append(
                say(
                    "“In some plain cases it also makes a draft of the answer by the law's fixed rules. A"
                    " caseworker checks the facts, and signs, changes or drops the draft.”"
                )
            )
        said.append(
            say("“That look does not ask whether you are entitled to anything. A person decides your case.”")
        )
        return tuple(said)

    def looks_at(self) -> tuple[tuple[str, str], ...]:
        """What it uses, with what each thing means."""
        if self.summary is None:
            return ()
        return tuple((_alone(self.speaker.label(name)), self._meaning(name)) for name in self.summary["features"])

    def looks_past(self) -> tuple[tuple[str, str], ...]:
        """The facts that it does not use, and why, the protected ones first."""
        if self.summary is None:
            return ()
        facts = [
            (name, str(why)) for name, why in self.summary["left_out"].items() if name in self.case_type.fields
        ]
        facts.sort(key=lambda one: one[1] != PROTECTED)
        return tuple((_alone(self.speaker.label(name)), self.say(why)) for name, why in facts)

    def answers(self) -> tuple[Answer, ...]:
        """The questions in the order in which they are usually asked."""
        say = self.say
        if self.case_type.weight == "heavy":
            return (self._who_decided(), self._may_i_see_it(), self._dissatisfied())
        asked = [
            self._who_decided(),
            Answer(
                say("Do I get a worse answer if it expects much work?"),
                (
                    say("No. The number decides who reads the case and how soon. It does not go into the answer."),
                    say("A case that is expected to take much work goes to a person without a draft."),
                ),
            ),
            self._who_i_am(),
            self._how_often_wrong(),
            self._may_i_refuse(),
            self._may_i_see_it(),
            self._dissatisfied(),
        ]
        return tuple(one for one in asked if one is not None)

    def own_words(self) -> tuple[str, ...]:
        """How to put it."""
        say = self.say
        return (
            say("Say “we decided”, never “the system decided”: the municipality answers for the decision."),
            say(
                "Say first what counted in the law, and last what the machine did: it is no reason for the answer."
            ),
            say("Say “I do not know” where you do not, find out, and call back."),
            say("Write it down when you think that the citizen is right about the machine: say so on the case."),
        )

    def _who_decided(self) -> Answer:
        say = self.say
        sentences = [say("No. A person decided it, and that person's name stands in the letter.")]
        if self.drafts_now and self.case_type.criteria:
            sentences.append(
                say("The letter says whether there was a draft by the machine, and what the person made of it.")
            )
        return Answer(say("Was it a computer that decided my case?"), tuple(sentences))

    def _who_i_am(self) -> Answer | None:
        if self.summary is None:
            return None
        say, protected = self.say, [name for name, one in self.case_type.fields.items() if one.protected]
        labels = [self.case_type.fields[name].label.say(self.language) for name in protected]
        sentences = [say("The look at the work never uses protected facts.")]
        if labels:
            sentences = [
                say("The look at the work never uses these facts: {labels}.", labels=self.words.listed(labels)),
                say("Where the law itself asks for one of them, we look at it for that law alone."),
            ]
        sentences.append(say("What it does use can still go together with such things."))
        return Answer(say("Does it look at who I am, such as my age or where I come from?"), tuple(sentences))

    def _how_often_wrong(self) -> Answer | None:
        if self.summary is None or self.proved is None:
            return None
        say, words = self.say, self.words
        sentences = []
        if self.summary["auc"] is not None:
            sentences.append(
                say(
                    "Take two cases, one that took much work and one that did not: it points to the right one in"
                    " {share}. So it is wrong about some, and it may be wrong about yours.",
                    share=words.of_100(self.summary["auc"]),
                )
            )
        share, confidence = (
            words.of_100(self.proved["max_complex_share"]),
            words.percent(self.proved["confidence"]),
        )
        if self.proved["threshold"] is None:
            sentences.append(say("It has not been proved good enough to make drafts, so it makes none."))
        else:
            sentences.append(
                say(
                    "Of the cases that it may draft at most {share} take much work. That is proved with"
                    " {confidence} confidence, and followed up all the time.",
                    share=share,
                    confidence=confidence,
                )
            )
        sentences.append(say("That is why a person reads every case before it is decided."))
        return Answer(say("How often is it wrong?"), tuple(sentences))

    def _may_i_refuse(self) -> Answer | None:
        if self.summary is None:
            return None
        say = self.say
        asked = self._labels("with_consent")
        refusable = self._labels("unless_refused")
        sentences = []
        if asked:
            sentences.append(
                say("These facts it sees only with your yes: {labels}.", labels=self.words.listed(asked))
            )
        if refusable:
            sentences.append(
                say("You may say no to its seeing these facts: {labels}.", labels=self.words.listed(refusable))
            )
        sentences += [
            say("You may object to our using a fact about you. We weigh that, and answer you."),
            say("It does not change what you are entitled to, whatever you say."),
        ]
        return Answer(say("May I say no to its using my data?"), tuple(sentences))

    def _may_i_see_it(self) -> Answer:
        say = self.say
        sentences = [
            say("Yes. You can see everything in the case, and have a fact set right that is wrong."),
        ]
        if self.summary is not None:
            sentences.append(
                say("You can also be told what the machine said of the work in your case, and what weighed most.")
            )
        return Answer(say("May I see what you have about me?"), tuple(sentences))

    def _dissatisfied(self) -> Answer:
        say = self.say
        appeal = self.case_type.appeal
        sentences = [say("Tell me what is wrong. I write it down, and we look at it.")]
        if self.case_type.outcomes and appeal is not None and appeal.body is not None:
            sentences.append(
                say(
                    "You can appeal the decision, and the letter says by when. {body} hears the appeal.",
                    body=appeal.body,
                )
            )
        sentences.append(say("You can complain of our use of data to Datatilsynet."))
        return Answer(say("I am not satisfied. What can I do?"), tuple(sentences))

    def _labels(self, use: str) -> list[str]:
        """Labels of the facts that the machine may use under a condition."""
        fields = self.case_type.fields.values()
        return [one.label.say(self.language) for one in fields if one.model_use == use and not one.protected]

    def _meaning(self, name: str) -> str:
        declared = self.case_type.fields.get(name)
        return "" if declared is None or declared.meaning is None else declared.meaning.say(self.language)


def _alone(label: str) -> str:
    """A label that stands alone: a Danish clause inside a sentence ends in a comma."""
    return (label[:1].upper() + label[1:]).removesuffix(",")
