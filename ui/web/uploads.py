"""Reads a posted form that carries one file; a file is kept on disk, not in memory, until all of it has come."""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import UploadFile
from starlette.requests import Request

from models.documents import LARGEST
from ui.web.forms import Form, Upload, fields_of
from ui.web.limits import TooLargeError
from ui.web.page_errors import PageError, bad_form

FILE_FIELD = "file"
UPLOAD_TYPE = "multipart/form-data"
MOST_FIELDS_BESIDE = 8
LARGEST_FIELD_BYTES = 4096


async def read_upload(request: Request) -> Form:
    """The form with its file, None where none was chosen.

    Raises:
        PageError: it is no such form, is too large, holds a field twice, or a file where none is asked for.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != UPLOAD_TYPE:
        raise PageError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "The form could not be read",
            "Only forms of Stafet's own pages can be sent here.",
            code="no_form",
        )
    limits = {"max_files": 1, "max_fields": MOST_FIELDS_BESIDE, "max_part_size": LARGEST_FIELD_BYTES}
    try:
        async with request.form(**limits) as sent:
            pairs = sent.multi_items()
            files = [(name, part) for name, part in pairs if isinstance(part, UploadFile)]
            fields = fields_of((name, part) for name, part in pairs if isinstance(part, str))
            return Form(fields, await file_of(files))
    except TooLargeError:
        raise too_large_a_file() from None


async def file_of(files: list[tuple[str, UploadFile]]) -> Upload | None:
    """The one file that was sent; a browser sends a file without a name where none was chosen."""
    if any(name != FILE_FIELD for name, _ in files):
        raise bad_form("The form holds a field that this page does not have; load the page again.")
    for _, part in files:
        content = await part.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise too_large_a_file()
        if part.filename or content:
            return Upload(part.filename or "", content)
    return None


def too_large_a_file() -> PageError:
    """A file that is larger than any document may be."""
    return PageError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "The file is too large",
        "A document can be at most 25 MB; make it smaller, or divide it, and put it in again.",
        code="too_large",
    )
