"""Who may do what: one line for each route of the web app, written by hand; what is not here is refused."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from models.accounts import DECIDING_ROLES, ROLES


@dataclass(frozen=True)
class Permission:
    """Who may use a route.

    Attributes:
        roles: of those who are signed in; empty where `for_everybody`.
        for_everybody: also for those who are not signed in.
        own_team: the case in the address must lie with the visitor's own team.
        is_idle: asked for by an open page and by no person, so a sign-in that lies idle still ends.
        takes_file: its form carries a file, which is read only of somebody who may send one.
    """

    roles: frozenset[str] = field(default_factory=frozenset)
    for_everybody: bool = False
    own_team: bool = False
    is_idle: bool = False
    takes_file: bool = False

    def allows(self, role: str | None) -> bool:
        """Whether somebody with this role may come in at all; None is somebody who is not signed in.

        Example:
            >>> DECIDING.allows("caseworker"), DECIDING.allows("auditor"), DECIDING.allows(None)
            (True, False, False)
        """
        return self.for_everybody or role in self.roles


EVERYBODY = Permission(for_everybody=True)
SIGNED_IN = Permission(frozenset(ROLES))
DECIDING = Permission(frozenset(DECIDING_ROLES))
OWN_CASE = Permission(frozenset(DECIDING_ROLES), own_team=True)
OPEN_PAGE = replace(OWN_CASE, is_idle=True)
FILE_FOR_OWN_CASE = Permission(frozenset(DECIDING_ROLES), own_team=True, takes_file=True)
STOPPING = Permission(frozenset({"team_lead", "steward"}))
TEAM_LEADS = Permission(frozenset({"team_lead"}))
STEWARDS = Permission(frozenset({"steward"}))

PERMISSIONS: dict[str, Permission] = {
    "health": EVERYBODY,
    "icon": EVERYBODY,
    "static": EVERYBODY,
    "language": EVERYBODY,
    "sign_in": EVERYBODY,
    "try_sign_in": EVERYBODY,
    "sign_out": SIGNED_IN,
    "signed_in": SIGNED_IN,
    "home": SIGNED_IN,
    "settings": SIGNED_IN,
    "store_settings": SIGNED_IN,
    "keys": SIGNED_IN,
    "queue": DECIDING,
    "search": DECIDING,
    "next": DECIDING,
    "own_figures": DECIDING,
    "this_month": DECIDING,
    "team_month": DECIDING,
    "store_team_note": DECIDING,
    "remove_team_note": DECIDING,
    "practice": DECIDING,
    "begin_practice": DECIDING,
    "practise": DECIDING,
    "answer_practice": DECIDING,
    "set_practice_aside": DECIDING,
    "agree_practice": DECIDING,
    "case": OWN_CASE,
    "here": OPEN_PAGE,
    "keep_text": OWN_CASE,
    "discard_text": OWN_CASE,
    "claim": OWN_CASE,
    "release": OWN_CASE,
    "correct_fact": OWN_CASE,
    "store_correction": OWN_CASE,
    "decide": OWN_CASE,
    "approve": OWN_CASE,
    "by_hand": OWN_CASE,
    "store_assessment": OWN_CASE,
    "decided": OWN_CASE,
    "talk_sheet": OWN_CASE,
    "letter": OWN_CASE,
    "draft_letter": OWN_CASE,
    "send_receipt": OWN_CASE,
    "note": OWN_CASE,
    "store_note": OWN_CASE,
    "hand_over": OWN_CASE,
    "store_hand_over": OWN_CASE,
    "conflict": OWN_CASE,
    "store_conflict": OWN_CASE,
    "ask": OWN_CASE,
    "store_question": OWN_CASE,
    "ask_third_party": OWN_CASE,
    "store_third_party_question": OWN_CASE,
    "remind": OWN_CASE,
    "store_reminder": OWN_CASE,
    "answer": OWN_CASE,
    "store_answer": OWN_CASE,
    "hear": OWN_CASE,
    "store_hearing": OWN_CASE,
    "hearing_answer": OWN_CASE,
    "store_hearing_answer": OWN_CASE,
    "hearing_exception": OWN_CASE,
    "store_hearing_exception": OWN_CASE,
    "represent": OWN_CASE,
    "store_representation": OWN_CASE,
    "end_representation": OWN_CASE,
    "park": OWN_CASE,
    "store_parking": OWN_CASE,
    "resume": OWN_CASE,
    "follow_up": OWN_CASE,
    "store_follow_up": OWN_CASE,
    "followed_up": OWN_CASE,
    "show_cpr": OWN_CASE,
    "complaint": OWN_CASE,
    "store_complaint": OWN_CASE,
    "send_decision_letter": OWN_CASE,
    "reopen": OWN_CASE,
    "store_reopening": OWN_CASE,
    "first_view": OWN_CASE,
    "store_first_view": OWN_CASE,
    "store_feedback": OWN_CASE,
    "store_dilemma": OWN_CASE,
    "second_reader": OWN_CASE,
    "store_second_reader": OWN_CASE,
    "second_read": OWN_CASE,
    "store_second_read": OWN_CASE,
    "documents": OWN_CASE,
    "store_document": FILE_FOR_OWN_CASE,
    "document": OWN_CASE,
    "law": SIGNED_IN,
    "team_cases": TEAM_LEADS,
    "team_csv": TEAM_LEADS,
    "hand_over_cases": TEAM_LEADS,
    "hand_cases_over": TEAM_LEADS,
    "oversight": SIGNED_IN,
    "model_card": SIGNED_IN,
    "how_to_explain": SIGNED_IN,
    "drafting": SIGNED_IN,
    "stop_drafting": STOPPING,
    "give_back_drafting": STEWARDS,
    "api_description": EVERYBODY,
    "api_session": SIGNED_IN,
    "api_queue": DECIDING,
    "api_case": OWN_CASE,
    "api_first_view": OWN_CASE,
    "api_note": OWN_CASE,
    "api_decide": OWN_CASE,
    "api_approve": OWN_CASE,
    "api_assess": OWN_CASE,
}
"""Route name -> permission."""
