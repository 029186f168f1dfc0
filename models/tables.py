"""All tables in one place: importing this fills the metadata."""

from __future__ import annotations

import sqlalchemy as sa

from models.accounts import SignIn, SignInAttempt, UserAccount
from models.assessments import Assessment
from models.audit_entry import AuditEntry
from models.cases import CaseEvent, CaseFacts, CaseFile, CaseSalt, CitizenRow, CitizenWord, Consent, Erasure
from models.correspondence import Letter, LetterFileRow
from models.decisions import Decision, ProfessionalAssessment
from models.desk import PracticeAnswerRow, PresenceRow, TeamNoteRow, TextDraftRow, UserSetting
from models.handling import CaseActRow, DocumentRow
from models.published import CaseTypeState, Published, PublishedOutcome, StateChange
from models.record import metadata, table
from models.trained import Measurement, TrainedModel
from models.workspace_facts import WorkspaceFact

ASSESSMENT: sa.Table = table(Assessment)
AUDIT: sa.Table = table(AuditEntry)
CASE_ACT: sa.Table = table(CaseActRow)
CASE_EVENT: sa.Table = table(CaseEvent)
CASE_FACTS: sa.Table = table(CaseFacts)
CASE_FILE: sa.Table = table(CaseFile)
CASE_SALT: sa.Table = table(CaseSalt)
CASE_TYPE_STATE: sa.Table = table(CaseTypeState)
CITIZEN: sa.Table = table(CitizenRow)
CITIZEN_WORD: sa.Table = table(CitizenWord)
CONSENT: sa.Table = table(Consent)
DECISION: sa.Table = table(Decision)
DOCUMENT: sa.Table = table(DocumentRow)
ERASURE: sa.Table = table(Erasure)
LETTER: sa.Table = table(Letter)
LETTER_FILE: sa.Table = table(LetterFileRow)
MEASUREMENT: sa.Table = table(Measurement)
PRACTICE_ANSWER: sa.Table = table(PracticeAnswerRow)
PRESENCE: sa.Table = table(PresenceRow)
PROFESSIONAL_ASSESSMENT: sa.Table = table(ProfessionalAssessment)
PUBLISHED: sa.Table = table(Published)
PUBLISHED_OUTCOME: sa.Table = table(PublishedOutcome)
SIGN_IN: sa.Table = table(SignIn)
SIGN_IN_ATTEMPT: sa.Table = table(SignInAttempt)
STATE_CHANGE: sa.Table = table(StateChange)
TEAM_NOTE: sa.Table = table(TeamNoteRow)
TEXT_DRAFT: sa.Table = table(TextDraftRow)
TRAINED_MODEL: sa.Table = table(TrainedModel)
USER_ACCOUNT: sa.Table = table(UserAccount)
USER_SETTING: sa.Table = table(UserSetting)
WORKSPACE_FACT: sa.Table = table(WorkspaceFact)

__all__ = [
    "ASSESSMENT",
    "AUDIT",
    "CASE_ACT",
    "CASE_EVENT",
    "CASE_FACTS",
    "CASE_FILE",
    "CASE_SALT",
    "CASE_TYPE_STATE",
    "CITIZEN",
    "CITIZEN_WORD",
    "CONSENT",
    "DECISION",
    "DOCUMENT",
    "ERASURE",
    "LETTER",
    "LETTER_FILE",
    "MEASUREMENT",
    "PRACTICE_ANSWER",
    "PRESENCE",
    "PROFESSIONAL_ASSESSMENT",
    "PUBLISHED",
    "PUBLISHED_OUTCOME",
    "SIGN_IN",
    "SIGN_IN_ATTEMPT",
    "STATE_CHANGE",
    "TEAM_NOTE",
    "TEXT_DRAFT",
    "TRAINED_MODEL",
    "USER_ACCOUNT",
    "USER_SETTING",
    "WORKSPACE_FACT",
    "metadata",
]
