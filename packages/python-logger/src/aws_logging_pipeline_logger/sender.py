"""The thread that sends."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace
from math import inf
from time import monotonic

from .buffer import LineBuffer
from .delivery import Delivery
from .packing import Packer
from .processes import close_when_child_exits
from .services import Service
from .spill_file import SpillFile
from .spilling import LOCK_SECONDS, Spilling
from .stats import Stats
from .threads import DaemonThread
from .warn import Warnings

RESTORE_POLL_SECONDS = 0.02

_this_thread = threading.local()


def is_sending() -> bool:
    """Whether this thread sends, for any handler: what boto3 logs meanwhile would be sent in its turn, without an end."""
    return getattr(_this_thread, "sending", False)


class Sender:
    """
    Sends lines in a daemon thread of its own, which starts with the first line of a process.

    buffer_seconds, buffer_bytes: lines are sent when the oldest has waited that long, or when there are so many.
    memory_bytes: of lines, beyond which the oldest is dropped.
    max_line_bytes: of a line of the spill file, with its line break.
    spill, spill_bytes: path of the spill file, and its maximum size. None: there is no such file.
    """

    def __init__(
        self,
        service: Service,
        packer: Packer,
        warnings: Warnings,
        *,
        buffer_seconds: float,
        buffer_bytes: int,
        memory_bytes: int,
        max_line_bytes: int,
        spill: str | None = None,
        spill_bytes: int = 0,
    ) -> None:
        self._service = service
        self._packer = packer
        self.warnings = warnings
        self._buffer_seconds = buffer_seconds
        self._buffer_bytes = buffer_bytes
        self._memory_bytes = memory_bytes
        self._max_line_bytes = max_line_bytes
        self._spill = None if spill is None else (spill, spill_bytes)
        self._spilling: Spilling | None = None
        self.reset()
        if self._spilling is not None and self._spilling.has_files:
            self._ensure_thread()

    def reset(self) -> None:
        """Begins anew in a forked process: lines, thread, files and connections are the parent's, and any lock may be held."""
        if self._spilling is not None:
            self._spilling.abandon()
        self.stats = Stats()
        self._buffer = LineBuffer(self._memory_bytes)
        self._delivery = Delivery(self._service, self._packer, self._buffer, self.stats, self.warnings)
        if self._spill is not None:
            file = SpillFile(*self._spill)
            self._spilling = Spilling(file, self._buffer, self.stats, self.warnings, self._max_line_bytes)
        self._one_round = threading.Lock()
        self._thread = DaemonThread(self._run, "aws-logging-pipeline-logger")
        self._flush_to = 0
        self._timed_out_at = -1

    def put(self, line: bytes) -> None:
        """Accepts a line, which ends with a line break. Never waits for the network, and raises nothing."""
        buffer = self._buffer
        with buffer.changed:
            before = buffer.dropped
            was_empty = buffer.queued_lines == 0
            buffer.put(line)
            dropped = buffer.dropped > before
            if self._spilling is not None:
                self._spilling.check()
            if was_empty or buffer.queued_bytes >= self._buffer_bytes:
                buffer.changed.notify_all()
        if dropped and buffer.closed:
            self.warnings.tell("closed", "A line was logged after the handler was closed; such lines are dropped and counted.")
        elif dropped:
            limit = f"{self._memory_bytes:,} bytes (memory_bytes)"
            self.warnings.tell("dropped", f"The memory for lines, {limit}, is full: the oldest are dropped and counted.")
        self._ensure_thread()

    def flush(self, timeout: float) -> bool:
        """
        Sends all lines that were accepted before.

        timeout: in seconds.
        Returns whether none of them is left.
        """
        if is_sending():
            return False
        deadline = monotonic() + timeout
        buffer = self._buffer
        with buffer.changed:
            target = buffer.accepted
            self._flush_to = max(self._flush_to, target)
            buffer.changed.notify_all()
        has_thread = buffer.lines > 0 and self._ensure_thread()
        while True:
            with buffer.changed:
                if buffer.first_unsettled >= target:
                    return True
                left = deadline - monotonic()
                if left <= 0:
                    self._timed_out_at = target
                    return False
                pause = left if has_thread or buffer.is_spilling else min(left, self._delivery.not_before - monotonic())
                if pause > 0:
                    buffer.changed.wait(pause)
            if not has_thread:
                self._round_here()

    def close(self, timeout: float) -> None:
        """Flushes, and sends what the spill file has; what is left is written to the spill file, or else dropped and counted."""
        buffer = self._buffer
        if buffer.closed:
            return
        deadline = monotonic() + timeout
        # logging.shutdown flushes before it closes: it must not wait for the same lines twice.
        if self._timed_out_at != buffer.accepted:
            self.flush(timeout)
        if buffer.lines == 0:
            self._restore_until(deadline)
        with buffer.changed:
            buffer.changed.wait_for(lambda: not buffer.is_spilling, LOCK_SECONDS)
            unanswered, left = self._delivery.unanswered_lines, buffer.lines
            lines = self._delivery.left() + buffer.close()
            buffer.changed.notify_all()
        kept = self._spilling.keep(lines) if self._spilling is not None and lines else 0
        with buffer.changed:
            buffer.settle_left(left - kept)
            self.stats.spilled_lines += kept
        if left > kept:
            self._tell_unsent(left - kept, unanswered if kept == 0 else 0)

    def _restore_until(self, deadline: float) -> None:
        """
        Waits while lines of the spill file are sent, and the service takes them: programs that end sooner than their thread comes to
        the file would leave it for ever.
        """
        if self._spilling is None or is_sending() or not self._spilling.has_files:
            return
        has_thread = self._ensure_thread()
        while monotonic() >= self._delivery.not_before:
            left = deadline - monotonic()
            # Within a round it is not certain what the file still has.
            if left <= 0 or not self._one_round.acquire(timeout=left):
                return
            is_restoring = self._buffer.restored_bytes > 0 or self._spilling.restores_at <= monotonic()
            self._one_round.release()
            if not is_restoring:
                return
            if has_thread:
                with self._buffer.changed:
                    self._buffer.changed.wait(min(left, RESTORE_POLL_SECONDS))
            else:
                self._round_here()

    def _tell_unsent(self, lines: int, unanswered: int) -> None:
        text = f"{lines} lines were not sent before the handler was closed, and are dropped and counted"
        if unanswered:
            text += f"; the service may have {unanswered} of them, in a request that it has not answered"
        advice = "raise flush_seconds, or set spill" if self._spilling is None else "raise spill_bytes, or see the other warnings"
        self.warnings.tell("unsent", f"{text}. To keep them, {advice}.")

    def current_stats(self) -> Stats:
        buffer = self._buffer
        with buffer.changed:
            return replace(
                self.stats,
                accepted_lines=buffer.accepted,
                dropped_lines=buffer.dropped,
                buffered_lines=buffer.lines,
                buffered_bytes=buffer.buffered_bytes,
            )

    def _ensure_thread(self) -> bool:
        """Returns False where no thread can start: when the interpreter ends, or at a limit of the system."""
        if self._thread.is_alive:
            return True
        with self._buffer.changed:
            if self._buffer.closed:
                return False
            was_alive = self._thread.is_alive
            if not self._thread.start():
                return False
        if not was_alive:
            close_when_child_exits(self.close)
        return True

    def _round_here(self) -> None:
        """In the thread that flushes, where the sender has none."""
        _this_thread.sending = True
        try:
            self._round()
        finally:
            _this_thread.sending = False

    def _run(self) -> None:
        _this_thread.sending = True
        while self._wait_until_due():
            # A client that raises SystemExit must not end this thread, which lines wait for.
            with suppress(BaseException):
                self._round()
        if self._spilling is not None:
            self._spilling.release()

    def _round(self) -> None:
        with self._one_round:
            try:
                if self._spilling is not None and self._due_at() > monotonic():
                    self._delivery.restore(self._spilling)
                else:
                    self._delivery.round()
            except Exception as error:
                self._delivery.wait_long()
                self.warnings.tell("internal", f"{type(error).__name__}: {error}. Please report this.")

    def _wait_until_due(self) -> bool:
        """Returns False when the sender is closed."""
        buffer = self._buffer
        with buffer.changed:
            while not buffer.closed:
                wait = self._seconds_until_due()
                if wait is not None and wait <= 0:
                    return True
                buffer.changed.wait(wait)
        return False

    def _seconds_until_due(self) -> float | None:
        """None: there is nothing to send."""
        due = self._due_at()
        if self._spilling is not None and not self._delivery.has_failed_records:
            due = min(due, self._spilling.restores_at)
        return None if due == inf else max(due, self._delivery.not_before) - monotonic()

    def _due_at(self) -> float:
        """When lines are to be sent that were logged, or have failed; infinite if there are none."""
        buffer = self._buffer
        if self._delivery.has_failed_records:
            return 0.0
        if not buffer.queued_lines:
            return inf
        at_once = buffer.first_unsettled < self._flush_to or buffer.queued_bytes >= self._buffer_bytes
        return 0.0 if at_once else buffer.oldest_at + self._buffer_seconds
