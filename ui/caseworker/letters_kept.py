"""Draft letters that the sandbox has rendered, kept in memory: the same facts and texts give the same letter."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

import sqlalchemy as sa

from config.errors import InputError
from explain.letters.document import Document
from explain.letters.letter_facts import LetterFacts
from routing.letter_files import documents_of, with_versions
from routing.letter_texts_in_force import versions_in_force

MOST_KEPT = 200


@dataclass
class LettersKept:
    """Documents by language and a digest of what they are made from; safe to share between threads.

    Nothing is rendered outside the sandbox: what is kept came out of it for exactly these facts, the texts in
    force, and the version of the case type that the facts name.
    """

    kept: OrderedDict[tuple[str, str], Document] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def draft_of(self, connection: sa.Connection, case_type: str, facts: LetterFacts, language: str) -> Document:
        """The letter, marked a draft.

        Raises:
            InputError: it cannot be made; the sentence says why. That is never kept.
        """
        made_from = with_versions(facts, versions_in_force(connection)).as_text()
        key = (language, hashlib.sha256(f"{case_type}\n{made_from}".encode()).hexdigest())
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
                return self.kept[key]
        [documents] = documents_of(connection, [(case_type, facts)], is_draft=True, languages=[language])
        if isinstance(documents, InputError):
            raise documents
        with self.lock:
            self.kept[key] = documents[language]
            while len(self.kept) > MOST_KEPT:
                self.kept.popitem(last=False)
        return documents[language]
