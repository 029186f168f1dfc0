"""The model card: what a model learnt from, what it uses and leaves out, how right it is, and how to say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from config.bilingual import Language
from config.case_type import CaseType
from config.translate import Translator
from config.words import Words
from explain.sentences import ReasonSpeaker
from explain.why_sentences import why_sentence


@dataclass(frozen=True)
class Section:
    """One part of the card: sentences, then (what, figure or reason) rows."""

    heading: str
    sentences: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ModelCard:
    """A model card in one language. `data` are the same figures for programs, null where there is none."""

    title: str
    language: Language
    sections: tuple[Section, ...]
    data: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The card as one JSON document."""
        sections = [
            {"heading": one.heading, "sentences": list(one.sentences), "rows": [list(row) for row in one.rows]}
            for one in self.sections
        ]
        return {"title": self.title, "language": self.language, "sections": sections, **self.data}


def model_card(
    case_type: CaseType,
    summary: Mapping[str, Any],
    *,
    model_version: str,
    trained_on: str,
    promise: Mapping[str, Any] | None = None,
    why: Mapping[str, Any] | None = None,
    language: Language,
) -> ModelCard:
    """The card of a trained model.

    Args:
        summary: the report of the training, as it is on record (FORMATS.md, `train --json`).
        trained_on: the day in words.
        promise: figures of the newest measurement, the same keys as `summary["guarantee"]`; None for training's.
        why: why there is no threshold, as `sentence` and `values`; None where there is one, or nobody recorded it.
    """
    writer = _Writer(case_type, summary, promise or summary["guarantee"], language)
    title = writer.say("Model card: {name}", name=case_type.name.say(language))
    sections = (
        writer.purpose(model_version, trained_on),
        writer.learnt_from(),
        writer.used(),
        writer.left_out(),
        writer.figures(),
        writer.promise(why),
        writer.limits(),
        writer.to_a_citizen(),
    )
    data = {
        **summary,
        "case_type": case_type.key,
        "model_version": model_version,
        "guarantee": dict(writer.proved),
    }
    return ModelCard(title, language, sections, data)


class _Writer:
    def __init__(
        self, case_type: CaseType, summary: Mapping[str, Any], proved: Mapping[str, Any], language: Language
    ) -> None:
        self.case_type = case_type
        self.summary = summary
        self.proved = proved
        self.language = language
        self.say = Translator(language)
        self.words = Words(language)
        self.speaker = ReasonSpeaker(case_type, language)

    def purpose(self, model_version: str, trained_on: str) -> Section:
        """What the model says, and what it never says."""
        effort = self.case_type.complexity
        return Section(
            self.say("What it is for"),
            (
                self.say("This is version {version}, trained on {day}.", version=model_version, day=trained_on),
                self.say(
                    "The model says how likely a case is to take what the department calls complex effort:"
                    " {effort}.",
                    effort="" if effort is None else effort.words(self.language),
                ),
                self.say("It says nothing about what a citizen is entitled to, and it decides nothing."),
            ),
        )

    def learnt_from(self) -> Section:
        """The cases behind it."""
        summary, words = self.summary, self.words
        fifths = [words.of_100(share) for share in summary["base_rate_by_fifth"]]
        return Section(
            self.say("What it learnt from"),
            (self.say("Only what was known when a case came in is used."),),
            (
                (self.say("Cases read"), words.number(summary["cases"])),
                (self.say("Cases whose effort is known"), words.number(summary["cases_labelled"])),
                (self.say("Of these complex"), words.of_100(summary["base_rate"])),
                (self.say("Complex, by fifth of arrival"), words.listed(fifths)),
            ),
        )

    def used(self) -> Section:
        """Its features by their labels, with meaning where the file gives one."""
        rows = []
        for name in self.summary["features"]:
            declared = self.case_type.fields.get(name)
            meaning = "" if declared is None or declared.meaning is None else declared.meaning.say(self.language)
            rows.append((_heading(self.speaker.label(name)), meaning))
        return Section(self.say("What it uses"), rows=tuple(rows))

    def left_out(self) -> Section:
        """Every other field, and why it is no feature."""
        left_out = self.summary["left_out"].items()
        rows = [(_heading(self.speaker.label(name)), self.say(str(why))) for name, why in left_out]
        return Section(
            self.say("What it leaves out"),
            (self.say("Protected facts are never used."),),
            tuple(rows),
        )

    def figures(self) -> Section:
        """How right it was on cases that it had never seen."""
        labels = {
            "auc": self.say("Share of pairs in which the more complex case has the higher score (ROC AUC)"),
            "average_precision": self.say("Average precision"),
            "brier": self.say("Brier score"),
            "calibration_error": self.say("Mean distance of the stated from the true share (calibration error)"),
        }
        rows = [(label, self._figure(self.summary[name])) for name, label in labels.items()]
        heading = self.say("How right it is, on the newest fifth of cases, which it has not seen")
        return Section(heading, rows=tuple(rows))

    def _figure(self, figure: float | None) -> str:
        return self.say("this figure is not known") if figure is None else self.words.number(figure, 3)

    def promise(self, why: Mapping[str, Any] | None) -> Section:
        """What is promised of drafts, and whether it is proved."""
        proved, words = self.proved, self.words
        stated = self.say(
            "The promise: of the cases that the machine drafts, at most {share} are complex, with {confidence}"
            " confidence.",
            share=words.of_100(proved["max_complex_share"]),
            confidence=words.percent(proved["confidence"]),
        )
        if proved["threshold"] is None:
            reason = () if why is None else (why_sentence(why["sentence"], why["values"], self.language),)
            nothing = self.say("It is not proved, so the machine drafts nothing. That is a valid answer.")
            return Section(self.say("What is promised"), (stated, nothing, *reason))
        rows = (
            (self.say("Cases simple enough to be drafted"), words.of_100(proved["simple_share"])),
            (
                self.say("Without those on which nothing was done"),
                words.of_100(proved["simple_share_worked"]),
            ),
        )
        return Section(self.say("What is promised"), (stated, self.say("It is proved.")), rows)

    def limits(self) -> Section:
        """What the model cannot do."""
        sentences = [
            self.say("The reasons say what goes together with work in past cases, not what causes it."),
            self.say("A case unlike those before goes to a person."),
            self.say("When work or citizens change, the figures above change too; they are measured again."),
        ]
        sentences += [self.say(str(note)) for note in self.summary.get("notes", ())]
        alarms = self.words.of_100(self.summary["false_alarms"])
        return Section(
            self.say("What it cannot do"),
            tuple(sentences),
            ((self.say("Ordinary cases that it would call unlike those before"), alarms),),
        )

    def to_a_citizen(self) -> Section:
        """Words for a citizen who asks."""
        return Section(
            self.say("How to explain it to a citizen"),
            (
                self.say(
                    "“A computer program has looked at how much work cases like yours took before. That helps us"
                    " give your case to the right person in time.”"
                ),
                self.say(
                    "“It does not look at whether you are entitled to anything. A person decides your case, and"
                    " you may ask which of your data it used and object to that.”"
                ),
            ),
        )


def _heading(label: str) -> str:
    """A label that stands alone: a Danish clause inside a sentence ends in a comma."""
    return (label[:1].upper() + label[1:]).removesuffix(",")


def card_html(card: ModelCard) -> str:
    """The card as one HTML page that stands alone."""
    parts = [f"<h1>{escape(card.title)}</h1>"]
    for section in card.sections:
        parts.append(f"<h2>{escape(section.heading)}</h2>")
        parts += [f"<p>{escape(sentence)}</p>" for sentence in section.sentences]
        if section.rows:
            cells = (f"<tr><th scope='row'>{escape(a)}</th><td>{escape(b)}</td></tr>" for a, b in section.rows)
            parts.append(f"<table>{''.join(cells)}</table>")
    head = f"<meta charset='utf-8'><title>{escape(card.title)}</title>"
    return (
        f"<!DOCTYPE html>\n<html lang='{card.language}'><head>{head}</head><body>{''.join(parts)}</body></html>\n"
    )
