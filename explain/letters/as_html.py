"""A letter as a web page: a whole page with its own small stylesheet, or a part of another page."""

from __future__ import annotations

from html import escape

from explain.letters.document import Block, Bullets, Document, Heading, Pair, Paragraph, Rows, Signature, glued

STYLESHEET = "/static/letter.css"


def letter_html(document: Document, stylesheet: str = STYLESHEET) -> str:
    """The letter as one page, without script or style of its own; without the stylesheet it reads as well."""
    title = escape(f"{document.draft}: {document.title}" if document.is_draft else document.title)
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><link rel="stylesheet" href="{escape(stylesheet)}">'
    )
    body = letter_fragment(document)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}"><head>{head}</head>\n'
        f'<body class="letter-body"><main>\n{body}\n</main></body></html>\n'
    )


def letter_fragment(document: Document, first_level: int = 1) -> str:
    """The letter as an article of another page, its title a heading of `first_level` (1 to 4)."""
    address = _lines(document.recipient)
    groups = "".join(f"<p>{_lines(group)}</p>" for group in document.sender)
    draft = ""
    if document.is_draft:
        mark = f"<strong>{escape(document.draft)}</strong> {escape(document.draft_note)}"
        draft = f'<p class="letter-draft">{mark}</p>\n'
    blocks = "\n".join(_block(block, first_level) for block in document.blocks)
    language = f' lang="{escape(document.language)}"'
    kind = "letter letter-is-draft" if document.is_draft else "letter"
    return (
        f'<article class="{kind}"{language}>\n{draft}'
        f'<header class="letter-head"><p class="letter-to">{address}</p><div class="letter-from">'
        f'<p class="letter-name">{escape(document.municipality)}</p>{groups}</div></header>\n'
        f"<h{first_level}>{escape(document.title)}</h{first_level}>\n{blocks}\n</article>"
    )


def _block(block: Block, level: int) -> str:
    match block:
        case Heading():
            return f"<h{level + 1}>{escape(block.text)}</h{level + 1}>"
        case Paragraph():
            return _paragraph(block)
        case Bullets():
            kind = "ol" if block.is_numbered else "ul"
            return f"<{kind}>{''.join(f'<li>{_broken(item)}</li>' for item in block.items)}</{kind}>"
        case Rows():
            return _table(block)
        case Pair():
            halves = (
                f"<div><h{level + 2}>{escape(heading)}</h{level + 2}><p>{_broken(text)}</p></div>"
                for heading, text in block.halves
            )
            return f'<div class="letter-pair">{"".join(halves)}</div>'
        case Signature():
            return f'<p class="letter-signature">{_lines(block.lines, is_first_bold=True)}</p>'


def _paragraph(block: Paragraph) -> str:
    kind = "" if block.kind == "text" else f' class="letter-{block.kind}"'
    lead = f"<strong>{_broken(block.lead)}</strong> " if block.lead else ""
    return f"<p{kind}>{lead}{_broken(block.text)}</p>"


def _table(block: Rows) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in block.head)
    rows = "".join(f"<tr>{''.join(f'<td>{_broken(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _broken(text: str) -> str:
    """Text with its own line breaks, and with what belongs together kept on one line."""
    return escape(glued(text)).replace("\n", "<br>")


def _lines(lines: tuple[str, ...], *, is_first_bold: bool = False) -> str:
    told = [_broken(line) for line in lines]
    if is_first_bold:
        told[:1] = [f"<strong>{told[0]}</strong>"]
    return "<br>".join(told)
