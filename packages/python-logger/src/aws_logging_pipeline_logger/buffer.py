"""The lines that wait to be sent."""

from __future__ import annotations

import threading
from collections import deque
from time import monotonic


class LineBuffer:
    """
    A queue of lines between the application's threads, the one that sends and the one that spills. When it is full, the oldest line is
    dropped for the new one; what is being sent or spilled counts, too. Lines are numbered from 0 as they are accepted.

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
        self.restored_bytes = 0
        """Of lines that were read from the spill file and are being sent: in memory, and in the file."""
        self._lines: deque[bytes] = deque()
        self._first = 0
        """Number of the oldest queued line, or less."""
        self._sending_lines = 0
        self._sending_bytes = 0
        self._sending_first: float = float("inf")
        self._spilling: list[bytes] = []
        self._spilling_bytes = 0
        self._spilling_first: float = float("inf")
        self._left = 0

    def put(self, line: bytes) -> None:
        self.accepted += 1
        if self.closed:
            self.dropped += 1
            return
        while self._lines and self.used_bytes + len(line) > self.max_bytes:
            self.queued_bytes -= len(self._lines.popleft())
            self._first += 1
            self.dropped += 1
        if self.used_bytes + len(line) > self.max_bytes:
            self.dropped += 1
            return
        if not self._lines:
            self.oldest_at = monotonic()
            self._first = self.accepted - 1
        self._lines.append(line)
        self.queued_bytes += len(line)

    def take(self, room: int) -> tuple[int, list[bytes]]:
        """Takes the oldest line, and those after it as long as all have at most `room` bytes. Returns the first one's number, too."""
        first = self._first
        taken, size = self._take(room)
        self._sending_lines += len(taken)
        self._sending_bytes += size
        if taken:
            self._sending_first = min(self._sending_first, first)
        self.oldest_at = monotonic()
        return first, taken

    def settle(self, lines: int, line_bytes: int, sending_first: float) -> bool:
        """
        Forgets lines that are sent, or that the service does not take. Returns False if the buffer was closed meanwhile.

        sending_first: number of the first line that is still to be sent of those taken; infinite if there is none.
        """
        if self.closed:
            return False
        self._sending_lines -= lines
        self._sending_bytes -= line_bytes
        self._sending_first = sending_first
        return True

    def take_to_spill(self, room: int) -> list[bytes]:
        """Takes lines as `take` does, until `spilled` or `put_back` is called."""
        first = self._first
        self._spilling, self._spilling_bytes = self._take(room)
        self._spilling_first = first if self._spilling else float("inf")
        return self._spilling

    def spilled(self) -> bool:
        """Forgets lines that were taken and are in the spill file. Returns False if the buffer was closed meanwhile."""
        if self.closed:
            return False
        self._forget_spilling()
        return True

    def put_back(self) -> None:
        """Queues lines again that were taken and could not be spilled."""
        if self.closed:
            return
        # Lines after them may have been dropped meanwhile: their numbers are then less than they were, until the queue is empty.
        self._first = int(min(self._spilling_first, self._first if self._lines else self.accepted))
        self._lines.extendleft(reversed(self._spilling))
        self.queued_bytes += self._spilling_bytes
        self._forget_spilling()

    def close(self) -> list[bytes]:
        """Ends it: later lines are dropped. Returns those that are queued; with those taken they are left until `settle_left`."""
        queued = list(self._lines)
        self._left = self.lines
        self.closed = True
        self._lines.clear()
        self.queued_bytes = self._sending_lines = self._sending_bytes = 0
        self._sending_first = float("inf")
        self._forget_spilling()
        return queued

    def settle_left(self, dropped: int) -> None:
        """dropped: how many of the lines that were left."""
        self._left = 0
        self.dropped += dropped

    @property
    def queued_lines(self) -> int:
        return len(self._lines)

    @property
    def is_spilling(self) -> bool:
        return bool(self._spilling)

    @property
    def lines(self) -> int:
        return len(self._lines) + self._sending_lines + len(self._spilling) + self._left

    @property
    def buffered_bytes(self) -> int:
        return self.queued_bytes + self._sending_bytes + self._spilling_bytes

    @property
    def used_bytes(self) -> int:
        """What counts towards `max_bytes`."""
        return self.queued_bytes + self._sending_bytes + self._spilling_bytes + self.restored_bytes

    @property
    def sending_bytes(self) -> int:
        return self._sending_bytes

    @property
    def first_unsettled(self) -> float:
        """Number of the oldest line that is neither sent, spilled nor given up; `accepted` if there is none."""
        queued = self._first if self._lines else self.accepted
        return min(queued, self._sending_first, self._spilling_first)

    def _take(self, room: int) -> tuple[list[bytes], int]:
        taken: list[bytes] = []
        size = 0
        while self._lines and (not taken or size + len(self._lines[0]) <= room):
            taken.append(self._lines.popleft())
            size += len(taken[-1])
        self.queued_bytes -= size
        self._first += len(taken)
        return taken, size

    def _forget_spilling(self) -> None:
        self._spilling = []
        self._spilling_bytes = 0
        self._spilling_first = float("inf")
