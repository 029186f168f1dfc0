"""The page about the machine's part in one case type: where it stands, what that rests on, who may change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from config.bilingual import Language
from config.case_type import CaseType
from config.translate import Translator
from config.words import Words
from models.accounts import DECIDING_ROLES
from models.audit import SYSTEM
from models.case_type_states import Change
from models.clock import parse
from models.people import User
from routing.going_live import STEWARD
from routing.in_force import InForce
from routing.sequences import WATCHED
from routing.state_reasons import reason_in_words
from routing.stopping import may_stop
from routing.watched import Watched
from ui.oversight.drafting_words import DraftingSpeaker, phase_in_words
from ui.oversight.share_picture import SharePicture, share_picture


@dataclass(frozen=True)
class Step:
    """One time that the type came to stand elsewhere."""

    at: str
    state: str
    by: str
    why: str


@dataclass(frozen=True)
class DraftingPage:
    """Everything that the page shows.

    Attributes:
        may_stop, may_give_back: whether this visitor gets the form; who may not is refused all the same.
        steps: where the type has stood, the newest first.
    """

    name: str
    key: str
    state: str
    since: str
    by_machine: bool
    by: str
    why: str
    now: tuple[str, ...]
    look: tuple[str, ...]
    promise: tuple[str, ...]
    picture: SharePicture | None
    checked: tuple[str, ...]
    alarm: str | None
    may_stop: bool
    may_give_back: bool
    steps: tuple[Step, ...]

    @property
    def href(self) -> str:
        """The page's own address; acts are one part longer."""
        return f"/oversight/{quote(self.key, safe='')}/drafting"


def drafting_page(
    seen: Watched,
    case_type: CaseType,
    changes: Sequence[Change],
    names: Mapping[str, str],
    *,
    user: User,
    in_force: InForce,
    language: Language,
) -> DraftingPage:
    """The page in one reader's language; `names` are the full names of the actors among `changes`."""
    say, words = Translator(language), Words(language)
    speaker = DraftingSpeaker(seen, language, says_waiting=user.role not in DECIDING_ROLES)
    is_light_live = seen.state.weight == "light" and seen.state.status == "live"
    picture = None if seen.evidence is None else share_picture(seen.evidence, seen.promise, say, words)
    return DraftingPage(
        name=case_type.name.say(language),
        key=case_type.key,
        state=phase_in_words(seen, say),
        since=words.day(parse(seen.state.since)),
        by_machine=seen.by == SYSTEM,
        by=who(seen.by, names, say),
        why=reason_in_words(seen.state.reason, say),
        now=speaker.now(),
        look=speaker.look(),
        promise=speaker.promise() if is_light_live else (),
        picture=picture,
        checked=speaker.checked(),
        alarm=speaker.alarm(),
        may_stop=seen.phase in WATCHED and may_stop(user, in_force, case_type.key),
        may_give_back=is_light_live and seen.phase == "stopped" and user.role == STEWARD,
        steps=tuple(step(one, names, say, words) for one in reversed(changes)),
    )


def step(change: Change, names: Mapping[str, str], say: Translator, words: Words) -> Step:
    """One change in words."""
    return Step(
        at=words.day(parse(change.since)),
        state=say(STATES[change.phase]),
        by=who(change.actor, names, say),
        why=reason_in_words(change.reason, say),
    )


STATES = {"trial": "in trial", "shadow": "in shadow", "drafting": "drafting", "stopped": "stopped"}


def who(actor: str, names: Mapping[str, str], say: Translator) -> str:
    """A person's full name, or the machine."""
    return say("The machine") if actor == SYSTEM else names.get(actor, actor)
