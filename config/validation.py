"""From a read file to a checked model: every complaint becomes one sentence with its place and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.errors import InputError, Place
from config.model import shown
from config.yaml_source import Located, Path_

M = TypeVar("M", bound=BaseModel)


def validate(located: Located, model: type[M], **more: Any) -> M:
    """`located` as a `model`; `more` are fields that do not stand in the file.

    Raises:
        InputError: for the first complaint (see `complaints_about`).
    """
    complaints = complaints_about(located, model, **more)
    if isinstance(complaints, BaseModel):
        return complaints
    raise complaints[0]


def complaints_about(located: Located, model: type[M], **more: Any) -> M | list[InputError]:
    """The checked model, or every complaint: in the file's order, what is missing after what is wrong."""
    for name in more:
        if name in located.value:
            raise InputError(_unknown(name, (name,), model), located.place((name,), of="key"))
    try:
        return model.model_validate({**located.value, **more})
    except ValidationError as error:
        found = [(_complaint(located, model, detail), detail) for detail in error.errors(include_url=False)]
        return [complaint for complaint, _ in sorted(found, key=_order)]


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: the nearest known one, or all of them.

    Example:
        >>> did_you_mean("incme", ["income", "age"])
        "did you mean 'income'?"
    """
    known = sorted(set(allowed))
    near = difflib.get_close_matches(word[:60], known, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    listed = ", ".join(known[:12]) + (f" and {len(known) - 12} more" if len(known) > 12 else "")
    return f"allowed: {listed}" if known else "none can stand here"


def _order(found: tuple[InputError, ErrorDetails]) -> tuple[bool, int, int]:
    """In the file's order; what is missing comes last, for a misspelt key is often the cause."""
    complaint, detail = found
    place = complaint.place or Place("")
    return detail["type"] == "missing", place.line or 0, place.column or 0


def _complaint(located: Located, model: type[BaseModel], detail: ErrorDetails) -> InputError:
    context = detail.get("ctx", {})
    path = _path(located, (*detail["loc"], *context.get("path", ())))
    where = _in_words(path)
    match detail["type"]:
        case "wrong":
            return InputError(f"{context['sentence']}{where}", located.place(path))
        case "extra_forbidden":
            return InputError(
                _unknown(str(detail["loc"][-1]), detail["loc"], model), located.place(path, of="key")
            )
        case "missing":
            name = detail["loc"][-1]
            return InputError(f"'{name}' is missing{_in_words(path)}; add it", located.place(path))
        case _:
            return InputError(f"{_said(detail)}{where}", located.place(path))


_TYPES = {
    "dict_type": "a mapping (`key: value`)",
    "model_type": "a mapping (`key: value`)",
    "mapping_type": "a mapping (`key: value`)",
    "list_type": "a list (`[a, b]` or lines with `- `)",
    "tuple_type": "a list (`[a, b]` or lines with `- `)",
    "string_type": "text",
    "date_type": "a date (year-month-day)",
    "date_from_datetime_parsing": "a date (year-month-day)",
    "date_parsing": "a date (year-month-day)",
}


def _said(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    value = shown(detail["input"])
    if detail["type"] in _TYPES:
        advice = "; write e.g. 2024-01-31" if detail["type"].startswith("date") else ""
        return f"{value} stands where {_TYPES[detail['type']]} is expected{advice}"
    match detail["type"]:
        case "literal_error" | "enum":
            allowed = [word.strip(" '") for word in str(context["expected"]).replace(" or ", ", ").split(",")]
            return f"{value} is not known here; {did_you_mean(str(detail['input']), allowed)}"
        case "greater_than_equal":
            return f"{value} is too small; write at least {context['ge']}"
        case "greater_than":
            return f"{value} is too small; write more than {context['gt']}"
        case "less_than_equal":
            return f"{value} is too large; write at most {context['le']}"
        case "less_than":
            return f"{value} is too large; write less than {context['lt']}"
        case "too_short":
            return f"a list of {context['actual_length']} stands here; write at least {context['min_length']}"
        case "too_long":
            return f"a list of {context['actual_length']} stands here; write at most {context['max_length']}"
        case _:
            return f"{value} cannot be used: {detail['msg'][:1].lower()}{detail['msg'][1:]}"


def _unknown(name: str, location: tuple[str | int, ...], model: type[BaseModel]) -> str:
    owner = _model_at(model, location[:-1])
    known = [key.alias or word for word, key in owner.model_fields.items() if not key.exclude] if owner else []
    return f"unknown key {shown(name)}{_in_words(location[:-1])}; {did_you_mean(name, known)}"


def _model_at(annotation: Any, location: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model whose keys stand at `location`, found by following annotations down from `annotation`."""
    for candidate in _models_in(annotation):
        if not location:
            return candidate
        part = str(location[0])
        field = next((f for name, f in candidate.model_fields.items() if part in (name, f.alias)), None)
        if field is not None:
            found = _model_below(field.annotation, location[1:])
            if found is not None:
                return found
    return None


def _model_below(annotation: Any, location: tuple[str | int, ...]) -> type[BaseModel] | None:
    origin = get_origin(annotation)
    if origin in (dict, Mapping) and location:
        return _model_below(get_args(annotation)[1], location[1:])
    if origin in (list, tuple) and location:
        return _model_below(get_args(annotation)[0], location[1:])
    if origin is Annotated:
        return _model_below(get_args(annotation)[0], location)
    if origin in (Union, UnionType):
        below = (_model_below(option, location) for option in get_args(annotation))
        return next((model for model in below if model is not None), None)
    return _model_at(annotation, location)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    for option in get_args(annotation):
        yield from _models_in(option)


def _path(located: Located, location: tuple[str | int, ...]) -> Path_:
    """The longest path in the file that `location` follows, leaving out pydantic's names for union members."""
    path: Path_ = ()
    for part in location:
        if (*path, part) in located.values:
            path = (*path, part)
    return path


def _in_words(path: tuple[str | int, ...]) -> str:
    if not path:
        return ""
    words = [f"number {part + 1}" if isinstance(part, int) else str(part) for part in path]
    return f" (in {' > '.join(words)})"
