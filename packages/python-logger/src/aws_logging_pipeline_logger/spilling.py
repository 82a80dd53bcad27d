"""Lines on their way to the spill file, and back."""

from __future__ import annotations

import math
from collections import deque
from time import monotonic

from .buffer import LineBuffer
from .json_values import text_of
from .spill_file import SpillFile, SpillFullError
from .spilled_lines import SpilledLines
from .stats import Stats
from .threads import DaemonThread
from .warn import Warnings

CHUNK_BYTES = 250_000

REST_SECONDS = 10.0
"""After an error, how long the file is not tried again."""

LOOK_SECONDS = 1.0
"""How long a full file is not tried again: it is sent, or another process may take it."""

LOCK_SECONDS = 2.0
"""To wait for other processes that write."""


class Spilling:
    """
    Writes the oldest lines to the file in a daemon thread of its own while they fill more than three quarters of the memory, so that
    there is room for those that come meanwhile. The thread that sends reads them again when it has nothing else to send.
    """

    def __init__(self, file: SpillFile, buffer: LineBuffer, stats: Stats, warnings: Warnings, max_line_bytes: int) -> None:
        self._file = file
        self._buffer = buffer
        self._stats = stats
        self._warnings = warnings
        self._max_line_bytes = max_line_bytes
        self._begin_bytes = buffer.max_bytes * 3 // 4
        self._end_bytes = buffer.max_bytes * 5 // 8
        self._thread = DaemonThread(self._run, "aws-logging-pipeline-logger-spill")
        self._is_writing = False
        """Whether there are too many bytes in memory."""
        self._no_write_before = 0.0
        self._no_read_before = 0.0
        self._may_have_lines = True
        """Whether there may be lines in the file: of an earlier process at first."""
        self._taken: deque[SpilledLines] = deque()
        """Files that are not read to their end."""
        self._read: list[SpilledLines] = []
        """Files that are, or that cannot be, and that may have lines which are not settled."""

    @property
    def has_files(self) -> bool:
        return self._file.exists()

    def check(self) -> None:
        """To be called within `buffer.changed` when a line has been put."""
        if not self._is_writing and self._buffer.used_bytes > self._begin_bytes:
            # Without a thread, when the interpreter ends, what is left is written when the handler is closed.
            self._is_writing = self._thread.start()
            self._buffer.changed.notify_all()

    @property
    def restores_at(self) -> float:
        """When lines can be read from the file, by the monotonic clock; infinite if there are none, or no room for them."""
        if self._buffer.used_bytes > self._end_bytes:
            return math.inf
        if self._taken:
            return 0.0
        return self._no_read_before if self._may_have_lines else math.inf

    def read(self, room: int) -> tuple[SpilledLines, list[bytes]] | None:
        """Reads lines from the file, as many as fit in `room` bytes, one at least. Returns None if there are none."""
        if self._may_have_lines and not self._taken:
            self._take()
        while self._taken:
            file = self._taken[0]
            try:
                lines = file.read(room)
            except OSError as error:
                # It is not read again before the next start, which would send again what it has before the fault.
                self._tell_unreadable(file.path, error)
                lines = []
            if lines:
                return file, lines
            self._tell_unsent(file)
            self._read.append(self._taken.popleft())
        return None

    def keep(self, lines: list[bytes]) -> int:
        """Writes what is left when the handler is closed; the oldest lines only if there is room. Returns how many are written."""
        size = sum(map(len, lines))
        room = self._file.room()
        first = 0
        while size > room and first < len(lines):
            size -= len(lines[first])
            first += 1
        kept = lines[first:]
        return len(kept) if kept and self._append(kept) else 0

    def release(self) -> None:
        """Leaves files whose lines are not all sent to the next start, or to another process. Called by the thread that sends."""
        for file in [*self._taken, *self._read]:
            file.close()
        self._taken.clear()
        self._read.clear()
        self._may_have_lines = False

    def abandon(self) -> None:
        """In a forked process: what is open is the parent's."""
        self._file.abandon()

    def _take(self) -> None:
        self._may_have_lines = False
        self._read = [file for file in self._read if not file.is_closed]
        taken, others = self._file.take(self._max_line_bytes, self._tell_unreadable)
        self._taken.extend(taken)
        if others:
            # They may end before they have sent all.
            self._may_have_lines = True
            self._no_read_before = monotonic() + REST_SECONDS

    def _run(self) -> None:
        buffer = self._buffer
        while True:
            with buffer.changed:
                lines = self._next_lines()
            if lines is None:
                return
            is_written = self._append(lines)
            with buffer.changed:
                if not is_written:
                    buffer.put_back()
                elif buffer.spilled():
                    self._stats.spilled_lines += len(lines)
                    self._may_have_lines = True
                buffer.changed.notify_all()

    def _next_lines(self) -> list[bytes] | None:
        """Waits for lines to write. Returns None when the buffer is closed."""
        buffer = self._buffer
        while not buffer.closed:
            if buffer.used_bytes <= self._end_bytes or not buffer.queued_lines:
                self._is_writing = False
            # What is read from the file fills the memory, too, and is no reason to write to it.
            wait = self._no_write_before - monotonic() if self._is_writing else None
            if wait is not None and wait <= 0:
                return buffer.take_to_spill(CHUNK_BYTES)
            buffer.changed.wait(wait)
        return None

    def _append(self, lines: list[bytes]) -> bool:
        path = self._file.path
        instead = "while the memory is full, the oldest lines are dropped and counted"
        try:
            self._file.append(b"".join(lines), LOCK_SECONDS)
            return True
        except SpillFullError:
            self._no_write_before = monotonic() + LOOK_SECONDS
            limit = f"{self._file.max_bytes:,} bytes (spill_bytes)"
            self._warnings.tell("spill-full", f"The spill file {path} has no room within {limit}; {instead}.")
        except Exception as error:
            self._no_write_before = monotonic() + REST_SECONDS
            self._warnings.tell("spill-failed", f"The spill file {path} cannot be written ({described(error)}); {instead}.")
        return False

    def _tell_unreadable(self, path: str, error: OSError) -> None:
        self._warnings.tell("spill-failed", f"The spill file {path} cannot be read, and stays ({described(error)}).")

    def _tell_unsent(self, file: SpilledLines) -> None:
        said = []
        if file.torn_lines:
            said.append(f"{file.torn_lines} lines are lost, of which a process that was killed had written the beginning only")
        if file.foreign_lines:
            said.append(f"{file.foreign_lines} lines are none of this library, or too long; the file is kept as {file.kept_as}")
        if said:
            self._warnings.tell("spill-unsent", f"Of the spill file {file.path}, {'; '.join(said)}.")


def described(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return f"{type(error).__name__}: {text_of(error)}"
