"""Citizens are heard where a register says something else than they do, and they do not get all they asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import numpy as np
import sqlalchemy as sa

from config.fields import Field
from config.words import Words
from models.act_store import record_act
from models.clock import parse
from models.database import unit_of
from models.decision_store import Hearing
from ui.demo.running import Running
from ui.demo.simulator.kind import Values
from ui.demo.simulator.log import as_written

DAYS = timedelta(days=10)
ANSWERS = (
    "Ringede til borgeren, som kender tallet og ikke har mere at sige til det.",
    "Talte med borgeren i telefonen. Borgeren havde set oplysningen før og retter sit eget svar.",
    "Borgeren sagde i telefonen, at registeret har ret; svaret i ansøgningen var ældre.",
    "Ringede borgeren op og læste oplysningen højt. Borgeren har ingen bemærkninger.",
)


def heard_before(
    connection: sa.Connection, running: Running, row: int, outcome: str, sign_in: int
) -> Hearing | None:
    """Hear a citizen by telephone, where there is something to hear them about, and say how it then stands."""
    case_type, drawn = running.verdicts.case_type, running.cases.drawn
    if case_type.outcomes[outcome].fully_in_favour:
        return None
    points = points_against(case_type.fields, drawn.facts, drawn.stated, row)
    if not points:
        return "nothing_held"
    until = (parse(unit_of(connection).now) + DAYS).date().isoformat()
    act = {"case_type": running.name, "case_id": str(running.cases.case_ids[row]), "sign_in_id": sign_in}
    heard = record_act(connection, **act, kind="hearing", content={"points": points}, until=until)
    answer = ANSWERS[int(running.verdicts.leaning[row] * 1009) % len(ANSWERS)]
    record_act(connection, **act, kind="hearing_answered", about_act=heard.id, content={"text": answer})
    return "held"


def points_against(
    fields: Mapping[str, Field], facts: Mapping[str, Values], stated: Mapping[str, Values], row: int
) -> list[dict[str, str]]:
    """What the authority holds of one case, and the application says otherwise."""
    found = []
    for name, values in stated.items():
        (said,), (known,) = as_written(values[row : row + 1]), as_written(facts[name][row : row + 1])
        if said and known and said != known:
            one = fields[name]
            statement = (
                f"{one.label.da}: Registeret siger {shown(one, known)}, ansøgningen siger {shown(one, said)}."
            )
            found.append({"field": name, "statement": statement})
    return found


def shown(one: Field, written: str) -> str:
    """A value of a log in Danish words."""
    if one.type in ("integer", "number"):
        return Words("da").fact(one, float(written))
    if one.type == "boolean":
        return Words("da").fact(one, float(written == "true"))
    if one.type == "date":
        return Words("da").fact(one, float(np.datetime64(written, "D").astype(int)))
    return Words("da").fact(one, written)
