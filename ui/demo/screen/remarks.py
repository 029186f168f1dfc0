"""Now and then somebody says that the machine's reasons are wrong, or that a case should have gone elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import sqlalchemy as sa

from explain.reasons import Reason, reasons_for
from models.act_store import record_act
from models.decision_store import Decided
from models.tables import ASSESSMENT
from ui.caseworker.case_record import unpacked
from ui.caseworker.complexity_scale import Effort, expected_effort
from ui.caseworker.firstview.feedback import FEEDBACK
from ui.demo.screen.manners import Manner
from ui.demo.screen.opinions import Opinion
from ui.demo.screen.pages import Page
from ui.demo.screen.phrases import phrase
from ui.web.models_read import ModelsRead

SPEAKS_OF_REASONS = 0.08
SPEAKS_OF_A_FALLEN_DRAFT = 0.4
SPEAKS_OF_A_ROUTE = 0.025
"""How often somebody as outspoken as can be says something, where there is cause."""

NAMES_ONE = 0.8
"""So often they point at one of the reasons."""


@dataclass
class Remarks:
    """Says them, with what the machine said at hand."""

    models: ModelsRead
    usual: dict[tuple[str, str], float] = field(default_factory=dict)

    def remark(
        self,
        connection: sa.Connection,
        page: Page,
        opinion: Opinion,
        decided: Decided,
        manner: Manner,
        sign_in: int,
        random: np.random.Generator,
    ) -> None:
        """Say of the machine's part of a decided case what somebody thinks of it, if they do."""
        if page.latest is None or not page.latest.is_scored:
            return
        speaks, names, particular, which = random.random(4).tolist()
        expected = self.expected(connection, page)
        found = cause(page, opinion, expected, decided)
        if found is None or speaks >= found[2] * manner.candour:
            return
        on, sort, _ = found
        feature = self.feature(connection, page, opinion) if on == "explanation" and names < NAMES_ONE else None
        facts = page.facts | {"feature": feature}
        record_act(
            connection,
            case_type=page.running.name,
            case_id=page.case_id,
            sign_in_id=sign_in,
            kind=FEEDBACK,
            content={
                "assessment_id": page.latest.id,
                "on": on,
                "feature": feature,
                "words": phrase("remarks", page.running.name, sort, facts, (particular, which)),
            },
        )

    def expected(self, connection: sa.Connection, page: Page) -> Effort:
        """How much work the machine expects; of a case that it has not scored, as much as usual."""
        if page.latest is None or not page.latest.is_scored:
            return "usual"
        key = (page.running.name, str(page.latest.said["model_version"]))
        if key not in self.usual:
            self.usual[key] = self.models.in_words(connection, *key).usual
        return expected_effort(float(page.latest.said["complexity"]), self.usual[key])

    def feature(self, connection: sa.Connection, page: Page, opinion: Opinion) -> str | None:
        """The strongest of the machine's reasons that points away from what somebody thinks."""
        assert page.latest is not None
        row = connection.execute(sa.select(ASSESSMENT).where(ASSESSMENT.c.id == page.latest.id)).one()._mapping
        model = self.models.in_words(connection, page.running.name, row["model_version"])
        inputs = self.models.inputs_then(connection, row)
        reasons = reasons_for(unpacked(row["contributions"]), inputs, model.features)
        against = "more" if opinion.effort == "simple" else "less"
        return strongest(reasons, against) or strongest(reasons, None)


def strongest(reasons: list[Reason], direction: str | None) -> str | None:
    """The field of the first reason that points there."""
    return next((one.field for one in reasons if one.field and direction in (None, one.direction)), None)


def cause(page: Page, opinion: Opinion, expected: Effort, decided: Decided) -> tuple[str, str, float] | None:
    """What there is to say, by which sort of words, and how often it is said; None where there is nothing."""
    order = ("simple", "usual", "complex")
    apart = order.index(opinion.effort) - order.index(expected)
    if decided.draft_use in ("changed", "discarded"):
        return "route", "route caseworker", SPEAKS_OF_A_FALLEN_DRAFT
    if apart:
        return "explanation", f"reasons {'complex' if apart > 0 else 'simple'}", SPEAKS_OF_REASONS
    if page.is_hidden or decided.draft_use is not None:
        return None
    if opinion.effort == "simple" and page.running.told.proposed(page.row) is not None:
        return "route", "route draft", SPEAKS_OF_A_ROUTE
    if opinion.effort == "complex" and page.latest is not None and page.latest.contact_by is None:
        return "route", "route early", SPEAKS_OF_A_ROUTE
    return None
