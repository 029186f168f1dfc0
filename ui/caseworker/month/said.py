"""A team's month in one reader's language, with links to the cases and no names of who said what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from config.bilingual import Language
from config.case_type import CaseType
from config.translate import Translator
from explain.sentences import ReasonSpeaker
from models.case_acts import CaseAct
from ui.caseworker.firstview.feedback import ON
from ui.caseworker.handling.act_words import ANSWERS
from ui.caseworker.month.gathered import OfRule, OfType
from ui.web.addresses import case_path

MOST_LINKS = 12
DEFAULT_RULE = "default"
"""The name that an assessment has where no rule of the file matched."""


@dataclass(frozen=True)
class Link:
    """One case."""

    number: str
    href: str


@dataclass(frozen=True)
class Line:
    """One sentence with the cases behind it; `words` is what somebody wrote."""

    sentence: str
    links: tuple[Link, ...]
    more: int = 0
    words: str = ""


@dataclass(frozen=True)
class Part:
    """A question that the rules put, or a rule with what people made of its cases."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class TypePart:
    """One case type of the month."""

    name: str
    questions: tuple[Part, ...]
    rules: tuple[Part, ...]


def month_said(
    found: Mapping[str, OfType], case_types: Mapping[str, CaseType], language: Language
) -> tuple[TypePart, ...]:
    """Every case type of which there is something to say, by its key."""
    parts = []
    for key in sorted(found):
        speaker = _Speaker(key, case_types.get(key), language)
        questions = tuple(speaker.question(one, acts) for one, acts in found[key].questions.items())
        rules = tuple(speaker.rule(name, one) for name, one in sorted(found[key].rules.items()) if one.has_any)
        if questions or rules:
            parts.append(TypePart(speaker.name, questions, rules))
    return tuple(parts)


class _Speaker:
    def __init__(self, key: str, case_type: CaseType | None, language: Language) -> None:
        self.key = key
        self.case_type = case_type
        self.say = Translator(language)
        self.language = language
        self.name = key if case_type is None else case_type.name.say(language)

    def question(self, question: str, acts: Sequence[CaseAct]) -> Part:
        """How a question was answered, then what was written with the answers."""
        counts = Counter(str(act.content["answer"]) for act in acts)
        lines = [
            self.line(
                self.say("{answer}: {n} of {whole}", answer=self.say(ANSWERS.get(key, key)), n=n, whole=len(acts)),
                [act.case_id for act in acts if act.content["answer"] == key],
            )
            for key, n in counts.most_common()
        ]
        lines += [
            self.line(self.say(ANSWERS.get(act.content["answer"], act.content["answer"])), [act.case_id],
                      str(act.content["words"]))
            for act in acts
            if act.content["words"]
        ]  # fmt: skip
        return Part(question, tuple(lines))

    def rule(self, name: str, found: OfRule) -> Part:
        """Where people and machine parted in the cases of one rule."""
        say = self.say
        lines = []
        if found.otherwise:
            sentence = say(
                "Decided otherwise than the criteria propose: {n} of {whole}",
                n=len(found.otherwise), whole=found.decided,
            )  # fmt: skip
            lines.append(self.line(sentence, found.otherwise))
        for cases, words in (
            (found.more, "The first view expected more work than the machine: {n} of {whole}"),
            (found.less, "The first view expected less work than the machine: {n} of {whole}"),
        ):
            if cases:
                lines.append(self.line(say(words, n=len(cases), whole=found.viewed), cases))
        lines += [
            self.line(self.feedback(act), [act.case_id], str(act.content["words"])) for act in found.feedback
        ]
        heading = say("No rule of the file") if name in ("", DEFAULT_RULE) else say("The rule “{name}”", name=name)
        return Part(heading, tuple(lines))

    def feedback(self, act: CaseAct) -> str:
        """What somebody said of the machine's part."""
        sentence, feature = self.say(ON[act.content["on"]]), act.content["feature"]
        if not feature:
            return sentence
        label = feature if self.case_type is None else ReasonSpeaker(self.case_type, self.language).label(feature)
        return f"{sentence}: {label.removesuffix(',')}"

    def line(self, sentence: str, cases: Sequence[str], words: str = "") -> Line:
        """A sentence with links to the first of its cases."""
        named = list(dict.fromkeys(cases))
        links = tuple(Link(one, case_path(self.key, one)) for one in named[:MOST_LINKS])
        return Line(sentence, links, len(named) - len(links), words)
