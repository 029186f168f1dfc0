"""Words put into a YAML file such that they are read back as the same words, whatever they hold."""

from __future__ import annotations

import json


def in_quotes(text: str) -> str:
    """In double quotes, as JSON writes it: every such string is YAML, what cannot be shown is escaped.

    Example:
        >>> print(in_quotes('a: "b"'))
        "a: \\"b\\""
    """
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() or c == " " else _escaped(c) for c in quoted)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
