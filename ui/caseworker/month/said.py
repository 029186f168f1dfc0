"""A team's month in one reader's language, with links to the cases and no names of who said what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
class Written:
    """What somebody wrote with it, and the case that it is about."""

    words: str
    link: Link


@dataclass(frozen=True)
class Line:
    """One sentence with the first of the cases behind it, and how many more there are."""

    sentence: str
    links: tuple[Link, ...]
    more: int
    written: tuple[Written, ...]


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
        """How a question was answered, the commonest answer first."""
        by_answer: dict[str, list[CaseAct]] = {}
        for act in acts:
            by_answer.setdefault(str(act.content["answer"]), []).append(act)
        commonest = sorted(by_answer.items(), key=lambda one: -len(one[1]))
        return Part(
            question, tuple(self.acts(self.say(ANSWERS.get(key, key)), some, len(acts)) for key, some in commonest)
        )

    def rule(self, name: str, found: OfRule) -> Part:
        """Where people and machine parted in the cases of one rule."""
        say = self.say
        counted = (
            (found.otherwise, say("Decided otherwise than the criteria propose"), found.decided),
            (found.more, say("The first view expected more work than the machine"), found.viewed),
            (found.less, say("The first view expected less work than the machine"), found.viewed),
        )
        lines = [self.line(sentence, cases, whole) for cases, sentence, whole in counted if cases]
        by_sentence: dict[str, list[CaseAct]] = {}
        for act in found.feedback:
            by_sentence.setdefault(self.feedback(act), []).append(act)
        lines += [self.acts(sentence, acts) for sentence, acts in by_sentence.items()]
        heading = say("No rule of the file") if name in ("", DEFAULT_RULE) else say("The rule “{name}”", name=name)
        return Part(heading, tuple(lines))

    def feedback(self, act: CaseAct) -> str:
        """What somebody said of the machine's part."""
        sentence, feature = self.say(ON[act.content["on"]]), act.content["feature"]
        if not feature:
            return sentence
        label = feature if self.case_type is None else ReasonSpeaker(self.case_type, self.language).label(feature)
        return f"{sentence} ({label.removesuffix(',')})"

    def acts(self, sentence: str, acts: Sequence[CaseAct], whole: int | None = None) -> Line:
        """What several people said alike, with what each wrote."""
        written = tuple(
            Written(str(act.content["words"]), self.link(act.case_id)) for act in acts if act.content["words"]
        )
        line = self.line(sentence, [act.case_id for act in acts], whole, times=len(acts))
        return replace(line, written=written[:MOST_LINKS])

    def line(
        self, sentence: str, cases: Sequence[str], whole: int | None = None, times: int | None = None
    ) -> Line:
        """A sentence with how often, of how many where that is known, and links to the first of its cases."""
        named, n = list(dict.fromkeys(cases)), len(cases) if times is None else times
        counted = f"{sentence}: {n}"
        if whole is not None:
            counted = self.say("{what}: {n} of {whole}", what=sentence, n=n, whole=whole)
        links = tuple(self.link(one) for one in named[:MOST_LINKS])
        return Line(counted, links, len(named) - len(links), ())

    def link(self, case_id: str) -> Link:
        """A case of this type."""
        return Link(case_id, case_path(self.key, case_id))
