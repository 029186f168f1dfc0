"""What the watch over a case type has seen, in plain sentences; none of them is about a single case."""

from __future__ import annotations

from math import exp

from config.bilingual import Language
from config.translate import Translator
from config.words import Words
from models.clock import parse
from routing.state_reasons import reason_in_words
from routing.watched import STOP_AT, Evidence, Watched

PHASES = {
    "trial": "In trial: measured, nothing queued",
    "shadow": "Live, in shadow: people decide every case, and the promise is tested on them",
    "drafting": "Live: the machine drafts",
    "stopped": "Live: drafting is stopped",
}
HEAVY = "Live: heavy cases, handled by people alone"
WEEKS_TOLD_AS_MONTHS = 26
DAYS_A_MONTH = 30.4
LEAST_TOLD = 0.01


def phase_in_words(seen: Watched, say: Translator) -> str:
    """Where the type stands."""
    is_heavy_live = seen.state.weight == "heavy" and seen.state.status == "live"
    return say(HEAVY if is_heavy_live else PHASES[seen.phase])


class DraftingSpeaker:
    """Says what a watched type's reviews have shown.

    Every method gives sentences, most important first; without evidence there are none. Who decides cases is not
    told how many reviews are under way (`says_waiting`): the number moves as cases come in, and would give a draw
    away.
    """

    def __init__(self, seen: Watched, language: Language, *, says_waiting: bool = False) -> None:
        self.seen, self.says_waiting = seen, says_waiting
        self.say = Translator(language)
        self.words = Words(language)

    def progress(self) -> tuple[str, ...]:
        """What a row of a table has room for."""
        seen, evidence = self.seen, self.seen.evidence
        if seen.phase == "stopped" and seen.state.weight == "light":
            return (reason_in_words(seen.state.reason, self.say),)
        if evidence is None or seen.phase == "trial":
            return ()
        if seen.phase == "shadow":
            return (self._followed(evidence), self._begins(evidence))
        counted = (self._counted(evidence),) if evidence.all.labelled else ()
        return (*counted, self._share(), self._noticing(evidence))

    def now(self) -> tuple[str, ...]:
        """What happens to a case of this type now."""
        said = {
            "shadow": self.say("A person who is told nothing decides every case that the machine could draft."),
            "stopped": self.say("People decide every case, and nothing is drafted."),
        }.get(self.seen.phase)
        return () if said is None or self.seen.state.weight == "heavy" else (said,)

    def look(self) -> tuple[str, ...]:
        """In shadow: how far the reviews are, and when drafting begins."""
        evidence = self.seen.evidence
        if evidence is None or self.seen.phase != "shadow":
            return ()
        return (self._followed(evidence), self._begins(evidence), *self._waiting(evidence.shadow.waiting))

    def promise(self) -> tuple[str, ...]:
        """What is promised, what the reviews say of it, and how near the stop test is."""
        evidence = self.seen.evidence
        promised = self.say(
            "At most {promised} of 100 drafts may turn out complex: that is the promise.",
            promised=self._of_100(self.seen.promise),
        )
        if evidence is None:
            return (promised,)
        if evidence.all.labelled == 0:
            return (promised, self.say("No blind review has been followed to the end yet."))
        return (promised, self._counted(evidence), self._between(evidence), self._stop_test(evidence))

    def checked(self) -> tuple[str, ...]:
        """How many cases are reviewed blind, and how long noticing would take."""
        if self.seen.evidence is None or self.seen.phase not in ("shadow", "drafting"):
            return ()
        evidence = self.seen.evidence
        if self.seen.phase == "shadow":
            return (*self._weekly(evidence), self._noticing(evidence))
        waiting = self._waiting(evidence.all.waiting)
        return (self._share(), *self._weekly(evidence), self._noticing(evidence), *waiting)

    def alarm(self) -> str | None:
        """What to look into, where the alarm is open."""
        evidence = self.seen.evidence
        if evidence is None or not evidence.is_ringing or self.seen.phase not in ("shadow", "drafting"):
            return None
        return self.say(
            "The latest reviews look worse than those before: the alarm for sudden change has gone off. Find out"
            " why. The alarm stops nothing by itself."
        )

    def _followed(self, evidence: Evidence) -> str:
        return self.say(
            "{labelled} of {looked_at} blind reviews are followed to the end; {complex} of them were complex.",
            labelled=min(evidence.shadow.labelled, evidence.look.next_at),
            looked_at=evidence.look.next_at,
            complex=evidence.shadow.complex,
        )

    def _begins(self, evidence: Evidence) -> str:
        if evidence.look.passed_at is not None:
            return self.say("That bears the promise out: drafting begins when cases are next assessed.")
        return self.say(
            "The machine begins to draft if at most {allowed} of the {looked_at} are complex.",
            allowed=evidence.look.may_be_complex,
            looked_at=evidence.look.next_at,
        )

    def _waiting(self, waiting: int) -> tuple[str, ...]:
        if waiting == 0 or not self.says_waiting:
            return ()
        said = self.say.counted(
            "One more is under way; a review counts {days} days after its case came in.",
            "{n} more are under way; a review counts {days} days after its case came in.",
            waiting,
            days=self.words.number(self.seen.horizon_days),
        )
        return (said,)

    def _counted(self, evidence: Evidence) -> str:
        return self.say(
            "Of {labelled} cases reviewed blind since {day}, {complex} were complex: {share} of 100.",
            labelled=evidence.all.labelled,
            day=self.words.day(parse(evidence.since)),
            complex=evidence.all.complex,
            share=self._of_100(evidence.all.complex / evidence.all.labelled),
        )

    def _between(self, evidence: Evidence) -> str:
        return self.say(
            "With 95 per cent confidence the share lies between {low} and {high} of 100, whenever one looks.",
            low=self._of_100(evidence.between.low),
            high=self._of_100(evidence.between.high),
        )

    def _stop_test(self, evidence: Evidence) -> str:
        if not evidence.stop.is_silent:
            return self.say("The stop test has said that the promise is broken.")
        stands_at = exp(min(evidence.stop.log_evidence, 50.0))
        limit = self.words.number(STOP_AT)
        weighs = self.say("The stop test weighs whether twice as many as promised are complex.")
        if stands_at < LEAST_TOLD:
            stands = self.say(
                "It stands below {least}; at {limit} drafting stops by itself.",
                least=self.words.number(LEAST_TOLD),
                limit=limit,
            )
            return f"{weighs} {stands}"
        stands = self.say(
            "It stands at {evidence}; at {limit} drafting stops by itself.",
            evidence=self.words.number(stands_at),
            limit=limit,
        )
        return f"{weighs} {stands}"

    def _share(self) -> str:
        return self.say(
            "This week a person who is told nothing decides {share} of 100 cases that the machine could draft.",
            share=self._of_100(self.seen.share),
        )

    def _weekly(self, evidence: Evidence) -> tuple[str, ...]:
        if evidence.drafts_a_week == 0:
            return ()
        said = self.say.counted(
            "About one case a week comes in that the machine could draft.",
            "About {n} cases a week come in that the machine could draft.",
            max(1, round(evidence.drafts_a_week)),
        )
        return (said,)

    def _noticing(self, evidence: Evidence) -> str:
        if evidence.weeks_to_notice is None:
            return self.say(
                "How soon a broken promise would be noticed can be said when a week of such cases has come in."
            )
        return self.say(
            "If twice as many as promised were complex from now on, it would be noticed in about {time}, the "
            "{days} days of a review included.",
            time=self._time(evidence.weeks_to_notice),
            days=self.words.number(self.seen.horizon_days),
        )

    def _time(self, weeks: float) -> str:
        if weeks <= WEEKS_TOLD_AS_MONTHS:
            return self.say.counted("one week", "{n} weeks", max(1, round(weeks)))
        return self.say.counted("one month", "{n} months", round(weeks * 7 / DAYS_A_MONTH))

    def _of_100(self, share: float) -> str:
        hundredths = round(share * 100, 6)
        return self.words.number(hundredths, 0 if hundredths == round(hundredths) or hundredths >= 10 else 1)
