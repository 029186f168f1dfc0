"""What the database asks of a second reader: a colleague by name, or whoever leads the team in their place."""

from __future__ import annotations

from models.refusals import Refusal

SAME = "{row}.case_type = NEW.case_type AND {row}.case_id = NEW.case_id"
ASKED = "SELECT 1 FROM case_act a JOIN sign_in m ON m.id = NEW.sign_in_id WHERE a.id = NEW.about_act"
LEADS = (
    "SELECT 1 FROM sign_in m JOIN user_account u ON u.id = m.user_id JOIN case_file c ON c.team = u.team"
    f" WHERE m.id = NEW.sign_in_id AND u.role = 'team_lead' AND {SAME.format(row='c')}"
    " AND (c.assigned_to IS NULL OR c.assigned_to <> u.id)"
)
"""SQL: whoever acts leads the case's team and does not have the case."""
IS_ASKER = (
    "SELECT 1 FROM case_act a JOIN sign_in s ON s.id = a.sign_in_id JOIN sign_in m ON m.user_id = s.user_id"
    " WHERE a.id = NEW.about_act AND m.id = NEW.sign_in_id"
)
LATER = f"SELECT 1 FROM case_act l WHERE {SAME.format(row='l')} AND l.about_act = NEW.about_act AND l.kind = "

SECOND_READER_REFUSALS = (
    Refusal(
        "NEW.kind = 'second_reader_asked'"
        " AND EXISTS (SELECT 1 FROM sign_in s WHERE s.id = NEW.sign_in_id AND s.user_id = NEW.to_user)",
        "ask a colleague to be the second reader, not yourself",
    ),
    Refusal(
        f"NEW.kind = 'second_read' AND NOT EXISTS ({ASKED} AND a.to_user = m.user_id) AND NOT EXISTS ({LEADS})",
        "only the colleague who was asked is the second reader, or the team lead in their place",
    ),
    Refusal(
        f"NEW.kind = 'second_read' AND EXISTS ({IS_ASKER})",
        "whoever asked for a second reader does not answer as one",
    ),
    Refusal(
        f"NEW.kind IN ('second_read', 'second_reader_asked') AND EXISTS ({LATER}'second_reader_asked')",
        "another colleague has been asked instead",
    ),
    Refusal(
        f"NEW.kind IN ('second_read', 'second_reader_asked') AND EXISTS ({LATER}'second_read')",
        "the request to read along has been answered meanwhile",
    ),
)
