"""A log's columns as fields of a case type: what each is, what is left out and why, what looks protected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from config.columns import Kind
from config.errors import InputError
from config.names import name_from
from engine.log_table import joined
from engine.profile.arrival_copies import arrival_copy
from engine.profile.constants import constant
from engine.profile.filled_later import filled_later
from engine.profile.identifiers import identifier
from engine.profile.leaks import leak, too_good_alone
from engine.profile.protected import BY_FLAG, columns_meant, why_protected
from engine.profile.seen import CASE_PREFIX, SeenCases, SeenColumn
from engine.profile.staff import FIRST_RESOURCE, staff
from engine.profile.types import see_column
from engine.profile.unread_dates import unread_dates

Reason = Callable[[SeenColumn, SeenCases], str | None]
REASONS: tuple[Reason, ...] = (filled_later, constant, unread_dates, arrival_copy, staff, identifier, leak)


@dataclass(frozen=True)
class ProfiledField:
    """One field: the column it comes from, its type, and a category's words, the commonest first.

    `is_coded`: the words are whole numbers, taken as names until a person says otherwise.
    """

    column: str
    kind: Kind
    words: tuple[str, ...] = ()
    is_coded: bool = False


@dataclass(frozen=True)
class Profile:
    """What a log's columns can be to a case type.

    Attributes:
        fields: field name -> what it is, in the file's order.
        left_out: column -> why, one sentence.
        protected: field name -> why.
    """

    fields: dict[str, ProfiledField]
    left_out: dict[str, str]
    protected: dict[str, str]


def profile_log(
    cases: SeenCases, *, protected: Collection[str] = (), not_protected: Collection[str] = ()
) -> Profile:
    """Profile every column besides the four that each log has.

    `protected` and `not_protected` name columns or fields and overrule what names and values suggest; a column
    said to be protected stays even where there is a reason to leave it out, for it never reaches a model.

    Raises InputError for decimal commas, mixed offsets, and flags that name no column or contradict each other.
    """
    log = cases.log
    names = field_names(log.attributes.column_names)
    meant = columns_meant(protected, "--protected", names)
    not_meant = columns_meant(not_protected, "--not-protected", names)
    if meant & not_meant:
        raise InputError(
            f"'{min(meant & not_meant)}' stands both in --protected and in --not-protected; choose one"
        )
    columns = [see_column(name, joined(log.attributes[name]), log.source, log.first_events) for name in names]
    left_out = reasons_to_leave_out(columns, cases)
    kept = [column for column in columns if column.name not in left_out or column.name in meant]
    why = {
        c.name: BY_FLAG if c.name in meant else why_protected(c, cases) for c in kept if c.name not in not_meant
    }
    if log.columns.resource is not None:
        left_out[log.columns.resource] = FIRST_RESOURCE
    return Profile(
        {
            names[column.name]: ProfiledField(column.name, column.kind, column.words, column.is_coded)
            for column in kept
        },
        {column: sentence for column, sentence in left_out.items() if column not in meant},
        {names[column]: sentence for column, sentence in why.items() if sentence is not None},
    )


def reasons_to_leave_out(columns: Sequence[SeenColumn], cases: SeenCases) -> dict[str, str]:
    """For each column that cannot be a fact known at intake, the first reason found; {column: sentence}."""
    left_out = {}
    for column in columns:
        found = next((sentence for reason in REASONS if (sentence := reason(column, cases))), None)
        if found is not None:
            left_out[column.name] = found
    rest = [column for column in columns if column.name not in left_out]
    return left_out | too_good_alone(rest, cases)


def field_names(columns: Sequence[str]) -> dict[str, str]:
    """Column -> field name; where an event's and a case's attribute clash, the first event's gets `first_`.

    Example:
        >>> field_names(["amount", "org:group", "case:amount", "case:Ansøgt beløb"])
        {'amount': 'first_amount', 'org:group': 'org_group', 'case:amount': 'amount', 'case:Ansøgt beløb': \
'ansoegt_beloeb'}
    """
    of_case = [column for column in columns if column.startswith(CASE_PREFIX)]
    names: dict[str, str] = {}
    for column in (*of_case, *(column for column in columns if column not in of_case)):
        taken = set(names.values())
        name = name_from(column)
        if name in taken and column not in of_case:
            name = f"first_{name}"
        names[column] = name if name not in taken else name_from(column, taken)
    return {column: names[column] for column in columns}
