"""Why rules send one case of the workspace where they do, in sentences and as a document."""

from __future__ import annotations

from dataclasses import asdict, replace

import sqlalchemy as sa

from config.bilingual import Language
from config.errors import InputError
from models.tables import CASE_FILE
from routing.assessing import load_open
from routing.explain_rule import RuleVerdict, explain_rules
from routing.publishing import Opened
from routing.relay import carry
from routing.standards import standard_of
from ui.answer import Answer
from ui.rules_in_question import RulesText


def explain_case(
    opened: Opened, asked: RulesText, case_id: str, case_type: str | None, language: Language
) -> Answer:
    """Every rule's verdict on the case under the rules asked about, its route, and the gates that are closed.

    Raises:
        InputError: there is no such case, several types have one, or the rules cannot be used.
    """
    rules = asked.read(opened)
    with opened.database.read() as connection:
        name = type_of_case(connection, case_id, case_type)
        in_force, _ = standard_of(opened, connection, name)
        standard = replace(in_force, rules=rules)
        cases, _ = load_open(connection, standard, [case_id], status=None)
    verdicts = explain_rules(cases, standard, language, opened.in_force.case_types.values())
    assessed = carry(cases, standard)
    document = {
        "case_type": name,
        "case_id": case_id,
        "in_force": asked.is_in_force,
        "route": assessed.route_of(0),
        "rule": assessed.rule_of(0),
        "team": assessed.word_of(assessed.teams, int(assessed.team[0])),
        "gates_closed": list(assessed.gates_closed_of(0)),
        "rules": [asdict(verdict) for verdict in verdicts],
    }
    team = f", team {document['team']}" if document["team"] else ""
    return Answer(
        document,
        (
            asked.standing,
            f"Case {case_id} ({name}) goes to {document['route']}{team}, by rule '{document['rule']}'.",
            *(in_words(verdict) for verdict in verdicts),
            f"Gates closed: {', '.join(assessed.gates_closed_of(0)) or 'none'}.",
        ),
    )


def in_words(verdict: RuleVerdict) -> str:
    """One rule in a line."""
    because = f": {'; '.join(verdict.because)}" if verdict.because else ""
    mark = "->" if verdict.takes_the_case else "  "
    return f"{mark} {verdict.name} ({verdict.part}) {verdict.verdict}{because}"


def type_of_case(connection: sa.Connection, case_id: str, case_type: str | None) -> str:
    """The type that has this case; the one named, where several have one."""
    mine = sa.select(CASE_FILE.c.case_type).where(CASE_FILE.c.case_id == case_id).order_by(CASE_FILE.c.case_type)
    found = list(connection.execute(mine).scalars())
    if case_type is not None:
        found = [name for name in found if name == case_type]
    if not found:
        of_type = f" of type '{case_type}'" if case_type else ""
        raise InputError(f"there is no case '{case_id}'{of_type} in the workspace; check its id, or import it")
    if len(found) > 1:
        raise InputError(f"several case types have a case '{case_id}': {', '.join(found)}; name one with --type")
    return str(found[0])
