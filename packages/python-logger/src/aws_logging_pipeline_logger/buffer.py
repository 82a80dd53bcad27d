"""The lines that wait to be sent."""

from __future__ import annotations

import threading
from collections import deque
from time import monotonic


class LineBuffer:
    """
    A queue of lines between the application's threads and the one that sends. When it is full, the oldest line is dropped for the new
    one; what is being sent counts, too. Lines are numbered from 0 as they are accepted.

    Its lock is reentrant: a signal handler, which interrupts a thread anywhere, may log and flush.
    """

    def __init__(self, max_bytes: int) -> None:
        self.changed = threading.Condition()
        """To be held around all that follows."""
        self.max_bytes = max_bytes
        self.closed = False
        self.accepted = 0
        self.dropped = 0
        self.queued_bytes = 0
        self.oldest_at = 0.0
        """When the oldest line was put, by the monotonic clock."""
        self._lines: deque[bytes] = deque()
        self._sending_lines = 0
        self._sending_bytes = 0
        self._sending_first: float = float("inf")

    def put(self, line: bytes) -> None:
        self.accepted += 1
        if self.closed:
            self.dropped += 1
            return
        while self._lines and self.bytes + len(line) > self.max_bytes:
            self.queued_bytes -= len(self._lines.popleft())
            self.dropped += 1
        if self.bytes + len(line) > self.max_bytes:
            self.dropped += 1
            return
        if not self._lines:
            self.oldest_at = monotonic()
        self._lines.append(line)
        self.queued_bytes += len(line)

    def take(self, room: int) -> tuple[int, list[bytes]]:
        """Takes the oldest line, and those after it as long as all have at most `room` bytes. Returns the first one's number, too."""
        first = self.accepted - len(self._lines)
        taken: list[bytes] = []
        size = 0
        while self._lines and (not taken or size + len(self._lines[0]) <= room):
            taken.append(self._lines.popleft())
            size += len(taken[-1])
        self.queued_bytes -= size
        self._sending_lines += len(taken)
        self._sending_bytes += size
        self._sending_first = min(self._sending_first, first)
        self.oldest_at = monotonic()
        return first, taken

    def settle(self, lines: int, line_bytes: int, sending_first: float) -> bool:
        """
        Forgets lines that are sent, or that the service does not take. Returns False if they have been dropped meanwhile.

        sending_first: number of the first line that is still to be sent of those taken; infinite if there is none.
        """
        if self.closed:
            return False
        self._sending_lines -= lines
        self._sending_bytes -= line_bytes
        self._sending_first = sending_first
        return True

    def close(self) -> int:
        """Drops all lines, and those that follow. Returns how many there were."""
        self.closed = True
        left = self.lines
        self.dropped += left
        self._lines.clear()
        self.queued_bytes = self._sending_lines = self._sending_bytes = 0
        self._sending_first = float("inf")
        return left

    @property
    def queued_lines(self) -> int:
        return len(self._lines)

    @property
    def lines(self) -> int:
        return len(self._lines) + self._sending_lines

    @property
    def bytes(self) -> int:
        return self.queued_bytes + self._sending_bytes

    @property
    def sending_bytes(self) -> int:
        return self._sending_bytes

    @property
    def first_unsettled(self) -> float:
        """Number of the oldest line that is neither sent nor given up; `accepted` if there is none."""
        return min(self.accepted - len(self._lines), self._sending_first)
