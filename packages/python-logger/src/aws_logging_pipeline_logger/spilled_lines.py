"""Lines that are read from a spill file again."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from typing import Callable

_READ_BYTES = 256 * 1024


class SpilledLines:
    """
    A file whose lines are sent again. Once all of them are settled it is deleted, or kept under another name if it has what this
    library has not written.

    path: of a file that was taken, and ends in ".taken".
    fd: of the same, open and locked.
    max_line_bytes: of a line with its line feed; a longer one is none that this stream takes.
    close: closes and unlocks it.
    """

    def __init__(self, path: str, fd: int, max_line_bytes: int, close: Callable[[], None]) -> None:
        self.path = path
        self.torn_lines = 0
        """Beginnings of lines, which a process that was killed has left."""
        self.foreign_lines = 0
        """What this library has not written."""
        self._close = close
        self._lines = self._own_lines(lines_of(fd, max_line_bytes - 1))
        self._next: bytes | None = None
        self._unsettled = 0
        self._is_read = False
        self._is_closed = False

    @property
    def kept_as(self) -> str:
        """The file's name if it is not deleted."""
        return f"{self.path[: -len('.taken')]}.kept"

    def read(self, room: int) -> list[bytes]:
        """Returns the next line, and those after it as long as all have at most `room` bytes; none at the end. Raises OSError."""
        lines: list[bytes] = []
        size = 0
        while not self._is_read:
            line, self._next = self._next or next(self._lines, None), None
            if line is None:
                self._is_read = True
                break
            if lines and size + len(line) > room:
                self._next = line
                break
            lines.append(line)
            size += len(line)
        self._unsettled += len(lines)
        if not lines:
            self._end_if_settled()
        return lines

    @property
    def is_closed(self) -> bool:
        return self._is_closed

    def settle(self, lines: int) -> None:
        self._unsettled -= lines
        self._end_if_settled()

    def close(self) -> None:
        """Leaves the file to whoever takes it next."""
        if not self._is_closed:
            self._is_closed = True
            self._close()

    def _own_lines(self, lines: Iterator[bytes | None]) -> Iterator[bytes]:
        for line in lines:
            if line is not None and is_object(line):
                yield line + b"\n"
            elif line is not None and line.startswith(b"{"):
                self.torn_lines += 1
            elif line != b"":
                self.foreign_lines += 1

    def _end_if_settled(self) -> None:
        if not self._is_read or self._unsettled > 0 or self._is_closed:
            return
        with contextlib.suppress(OSError):
            if self.foreign_lines:
                os.rename(self.path, self.kept_as)
            else:
                os.unlink(self.path)
        self.close()


def lines_of(fd: int, most: int) -> Iterator[bytes | None]:
    """Reads a file's lines, without their line feeds. None is one of more than `most` bytes."""
    rest = b""
    is_too_long = False
    while chunk := os.read(fd, _READ_BYTES):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield None if is_too_long or len(line) > most else line
            is_too_long = False
        if len(rest) > most:
            is_too_long, rest = True, b""
    yield None if is_too_long else rest


def is_object(line: bytes) -> bool:
    """Whether a line is an object of JSON."""
    try:
        return line.startswith(b"{") and isinstance(json.loads(line.decode("utf-8")), dict)
    except (ValueError, RecursionError):
        return False
