"""Requests, and what becomes of their records."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from itertools import islice
from time import monotonic
from typing import Any, Callable, Optional, Union

from .backoff import backoff_seconds
from .buffer import LineBuffer
from .failures import Failure, failure_of, record_failure
from .packing import Packer, Record
from .services import MAX_BATCH_BYTES, MAX_BATCH_RECORDS, PARTITION_KEY_BYTES, Service
from .spilling import Spilling
from .stats import Stats
from .warn import Warnings

PARTLY_FAILED_MAX = 5
"""Failures in a row that a request counts for which took some records: one that never succeeds must not delay all others."""

RESTORED_BYTES = 1_000_000
"""Of lines from the spill file in a request: what a shard takes in a second. Less where memory is small, so that new lines find room."""

Outcome = Union[Failure, list[Optional[str]]]
"""Of a request: why it failed as a whole, or each record's error code."""


class Delivery:
    """Sends the lines of a buffer, one request at a time. Only records that failed are sent again, before newer ones."""

    def __init__(self, service: Service, packer: Packer, buffer: LineBuffer, stats: Stats, warnings: Warnings) -> None:
        self._service = service
        self._packer = packer
        self._buffer = buffer
        self._stats = stats
        self._warnings = warnings
        self._client: Any = None
        self._failed: deque[Record] = deque()
        self._taken: tuple[int, list[bytes]] = (0, [])
        """Lines that are out of the buffer and not yet a record, and the first one's number."""
        self._failures = 0
        self._batch_records = MAX_BATCH_RECORDS
        self.unanswered_lines = 0
        """Of the buffer, in the request that is being sent: the service may have them."""
        self.not_before = 0.0
        """When the next request may be sent, by the monotonic clock."""

    @property
    def has_failed_records(self) -> bool:
        return bool(self._failed or self._taken[1])

    def wait_long(self) -> None:
        """After an error of this library, which must not make its thread run hot."""
        self.not_before = monotonic() + backoff_seconds(8)

    def round(self) -> None:
        """Sends one request, if there is anything to send. Raises what ends a program, such as SystemExit, once that is counted."""
        self._send(self._next_batch(self._take_record))

    def restore(self, spilling: Spilling) -> None:
        """Sends lines of the spill file as `round` does, while nothing else is to be sent."""
        size = 0
        most = min(RESTORED_BYTES, self._buffer.max_bytes // 8)

        def read_record(records: int) -> bool:
            nonlocal size
            found = spilling.read(self._packer.room()) if size < most else None
            if found is None:
                return False
            source, lines = found
            record = self._packer.record(math.inf, lines, source)
            size += record.line_bytes
            with self._buffer.changed:
                self._failed.append(record)
                self._buffer.restored_bytes += record.line_bytes
            return True

        self._send(self._next_batch(read_record))

    def left(self) -> list[bytes]:
        """To be called within `buffer.changed`: lines of the buffer that were taken and are not settled."""
        records = [record for record in self._failed if record.source is None]
        return [line for record in records for line in self._packer.lines(record)] + self._taken[1]

    def _send(self, batch: list[Record]) -> None:
        if not batch:
            return
        self.unanswered_lines = lines_of([record for record in batch if record.source is None])
        try:
            outcome = self._request([record.data for record in batch])
        except BaseException as error:
            self._settle(batch, failure_of(error))
            raise
        finally:
            self.unanswered_lines = 0
        self._settle(batch, outcome)

    def _next_batch(self, add_record: Callable[[int], bool]) -> list[Record]:
        """
        Its records stay in `_failed` until they are settled: whatever is raised meanwhile, none is lost.

        add_record: adds one to `_failed` if there is one, and is told how many the batch has.
        """
        batch: list[Record] = []
        size = 0
        while len(batch) < self._batch_records:
            if len(self._failed) == len(batch) and not add_record(len(batch)):
                break
            record = self._failed[len(batch)]
            size += len(record.data) + PARTITION_KEY_BYTES
            if batch and size > MAX_BATCH_BYTES:
                break
            batch.append(record)
        return batch

    def _take_record(self, records: int) -> bool:
        """Makes a record of the buffer's oldest lines, as if it had failed."""
        buffer = self._buffer
        if not self._taken[1]:
            with buffer.changed:
                # What is being sent cannot be dropped: half of the memory stays for newer lines.
                if records and buffer.sending_bytes > buffer.max_bytes // 2:
                    return False
                self._taken = buffer.take(self._packer.room())
        first, lines = self._taken
        if not lines:
            return False
        # There may be no memory for it: the lines are then packed in a later round.
        record = self._packer.record(first, lines)
        with buffer.changed:
            self._failed.append(record)
            self._taken = (0, [])
        return True

    def _request(self, data: Sequence[bytes]) -> Outcome:
        try:
            if self._client is None:
                self._client = self._service.create_client()
            return self._service.put(self._client, data)
        except Exception as error:
            failure = failure_of(error)
            if failure.renews_client:
                self._client = None
            return failure

    def _settle(self, batch: list[Record], outcome: Outcome) -> None:
        sent: list[Record] = []
        rejected: list[Record] = []
        failed: list[Record] = []
        if not isinstance(outcome, Failure):
            for record, code in zip(batch, outcome):
                (sent if code is None else failed).append(record)
            for code in {code for code in outcome if code is not None}:
                self._tell(record_failure(code))
            self._batch_records = min(self._batch_records * 2, MAX_BATCH_RECORDS)
        elif outcome.permanent and len(batch) == 1:
            rejected = batch
        else:
            failed = batch
            if outcome.permanent:
                # One of them is at fault: halves find it.
                self._batch_records = len(batch) // 2
        if isinstance(outcome, Failure):
            self._tell(outcome)
        self._plan_next(len(sent), len(failed))
        self._count(sent, rejected, failed, isinstance(outcome, Failure))

    def _tell(self, failure: Failure) -> None:
        # What is said of a failure, that its lines are sent again, is not so once the handler is closed.
        if not self._buffer.closed:
            self._warnings.tell(failure.kind, failure.text)

    def _plan_next(self, sent: int, failed: int) -> None:
        if failed == 0:
            self._failures = 0
        elif sent == 0:
            self._failures += 1
        else:
            self._failures = min(self._failures + 1, PARTLY_FAILED_MAX)
        self.not_before = monotonic() + backoff_seconds(self._failures) if self._failures else 0.0

    def _count(self, sent: list[Record], rejected: list[Record], failed: list[Record], request_failed: bool) -> None:
        stats, buffer = self._stats, self._buffer
        done = sent + rejected
        own = [record for record in done if record.source is None]
        restored = [record for record in done if record.source is not None]
        with buffer.changed:
            self._failed = deque([*failed, *islice(self._failed, len(done) + len(failed), None)])
            stats.requests += 1
            stats.failed_requests += request_failed
            stats.retried_records += len(failed)
            waiting = [record.first for record in self._failed]
            if self._taken[1]:
                waiting.append(self._taken[0])
            if buffer.settle(lines_of(own), bytes_of(own), min(waiting, default=math.inf)):
                stats.sent_records += len(sent)
                stats.sent_bytes += sum(len(record.data) for record in sent)
                stats.sent_lines += lines_of(sent)
                stats.rejected_lines += lines_of(rejected)
                stats.restored_lines += lines_of(restored)
                buffer.restored_bytes -= bytes_of(restored)
            buffer.changed.notify_all()
        # After that: deleting a file may take time.
        for record in restored:
            if record.source is not None:
                record.source.settle(record.lines)


def lines_of(records: list[Record]) -> int:
    return sum(record.lines for record in records)


def bytes_of(records: list[Record]) -> int:
    """Of their lines."""
    return sum(record.line_bytes for record in records)
