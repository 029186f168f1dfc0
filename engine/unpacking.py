"""Files that are opened as a stream, unpacked on the way, and stopped when they grow beyond what a log can be."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path
from typing import BinaryIO

from config.errors import InputError, Place

BOMB_RATIO = 250
BOMB_FROM_BYTES = 32 * 2**20
MOST_BYTES = 4 * 2**30


class Unpacked(io.RawIOBase):
    """The bytes behind a .gz file; raises InputError when it is cut short, not gzip, or a gzip bomb.

    A real log packs 10 to 40 times; gzip reaches 1,000. Above `BOMB_RATIO` (looked at from `BOMB_FROM_BYTES`
    on) or above `MOST_BYTES` in all, reading stops.
    """

    def __init__(self, packed: BinaryIO, path: Path) -> None:
        self._packed = packed
        self._stream = gzip.GzipFile(fileobj=packed)
        self._path = path
        self._packed_size = max(path.stat().st_size, 1)
        self._seen = 0

    def readable(self) -> bool:
        """Always True: the stream can only be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill `buffer` with unpacked bytes and return their number, 0 at the end."""
        try:
            block = self._stream.read(len(buffer))
        except EOFError:
            raise InputError("the gzip file is cut short; fetch or export it again", Place(self._path)) from None
        except (gzip.BadGzipFile, zlib.error) as error:
            sentence = f"this is not a readable gzip file ({error}); export it again, or drop .gz from its name"
            raise InputError(sentence, Place(self._path)) from None
        self._seen += len(block)
        self._refuse_a_bomb()
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        """Close the stream and the file behind it."""
        self._stream.close()
        self._packed.close()
        super().close()

    def _refuse_a_bomb(self) -> None:
        is_bomb = self._seen > BOMB_FROM_BYTES and self._seen > BOMB_RATIO * self._packed_size
        if not is_bomb and self._seen <= MOST_BYTES:
            return
        sentence = (
            f"the file unpacks to more than {self._seen // 2**20} MB from {self._packed_size} bytes, which no log"
            " does; check where it comes from, or split it"
        )
        raise InputError(sentence, Place(self._path))


def open_bytes(path: Path) -> io.BufferedReader:
    """A buffered stream of the file's bytes, unpacked where its name ends in .gz; missing files are an error."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise InputError("there is no such file; check the path", Place(path)) from None
    except (IsADirectoryError, PermissionError) as error:
        raise InputError(f"the file cannot be read ({error.strerror}); check the path", Place(path)) from None
    if path.name.lower().endswith(".gz"):
        return io.BufferedReader(Unpacked(file, path), 2**18)
    return file
