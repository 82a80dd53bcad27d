"""The thread that sends."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace
from time import monotonic

from .buffer import LineBuffer
from .delivery import Delivery
from .packing import Packer
from .processes import flush_when_child_exits
from .services import Service
from .stats import Stats
from .warn import Warnings

_this_thread = threading.local()


def is_sending() -> bool:
    """Whether this thread sends, for any handler: what boto3 logs meanwhile would be sent in its turn, without an end."""
    return getattr(_this_thread, "sending", False)


class Sender:
    """
    Sends lines in a daemon thread of its own, which starts with the first line of a process.

    buffer_seconds, buffer_bytes: lines are sent when the oldest has waited that long, or when there are so many.
    memory_bytes: of lines, beyond which the oldest is dropped.
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
    ) -> None:
        self._service = service
        self._packer = packer
        self.warnings = warnings
        self._buffer_seconds = buffer_seconds
        self._buffer_bytes = buffer_bytes
        self._memory_bytes = memory_bytes
        self.reset()

    def reset(self) -> None:
        """Begins anew in a forked process: lines, thread and connections are the parent's, and any lock may be held."""
        self.stats = Stats()
        self._buffer = LineBuffer(self._memory_bytes)
        self._delivery = Delivery(self._service, self._packer, self._buffer, self.stats, self.warnings)
        self._one_round = threading.Lock()
        self._thread: threading.Thread | None = None
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
            if was_empty or buffer.queued_bytes >= self._buffer_bytes:
                buffer.changed.notify_all()
        if dropped:
            reason = "the handler is closed" if buffer.closed else "the memory for lines is full, so that the oldest are"
            self.warnings.tell("dropped", f"Lines are dropped and counted: {reason}.")
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
                pause = left if has_thread else min(left, self._delivery.not_before - monotonic())
                if pause > 0:
                    buffer.changed.wait(pause)
            if not has_thread:
                self._round_here()

    def close(self, timeout: float) -> None:
        """Flushes; what is left is dropped and counted."""
        # logging.shutdown flushes before it closes: it must not wait for the same lines twice.
        if self._timed_out_at != self._buffer.accepted:
            self.flush(timeout)
        with self._buffer.changed:
            left = self._buffer.close()
            self._buffer.changed.notify_all()
        if left:
            self.warnings.tell("unsent", f"{left} lines were not sent before the handler was closed.")

    def current_stats(self) -> Stats:
        buffer = self._buffer
        with buffer.changed:
            return replace(
                self.stats,
                accepted_lines=buffer.accepted,
                dropped_lines=buffer.dropped,
                buffered_lines=buffer.lines,
                buffered_bytes=buffer.bytes,
            )

    def _ensure_thread(self) -> bool:
        """Returns False where no thread can start: when the interpreter ends, or at a limit of the system."""
        thread = self._thread
        if thread is not None and thread.is_alive():
            return True
        with self._buffer.changed:
            if self._thread is not None and self._thread.is_alive():
                return True
            if self._buffer.closed:
                return False
            thread = threading.Thread(target=self._run, name="aws-logging-pipeline-logger", daemon=True)
            try:
                thread.start()
            except RuntimeError:
                return False
            self._thread = thread
        flush_when_child_exits(self.flush)
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

    def _round(self) -> None:
        with self._one_round:
            try:
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
        buffer, delivery = self._buffer, self._delivery
        if not delivery.has_failed_records and not buffer.queued_lines:
            return None
        now = monotonic()
        at_once = delivery.has_failed_records or buffer.first_unsettled < self._flush_to or buffer.queued_bytes >= self._buffer_bytes
        due = now if at_once else buffer.oldest_at + self._buffer_seconds
        return max(due, delivery.not_before) - now
