"""Requests, and what becomes of their records."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import islice
from time import monotonic
from typing import Any, Optional, Union

from .backoff import backoff_seconds
from .buffer import LineBuffer
from .failures import Failure, failure_of, record_failure
from .packing import Packer, Record
from .services import MAX_BATCH_BYTES, MAX_BATCH_RECORDS, PARTITION_KEY_BYTES, Service
from .stats import Stats
from .warn import Warnings

PARTLY_FAILED_MAX = 5
"""Failures in a row that a request counts for which took some records: one that never succeeds must not delay all others."""

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
        batch = self._next_batch()
        if not batch:
            return
        try:
            outcome = self._request([record.data for record in batch])
        except BaseException as error:
            self._settle(batch, failure_of(error))
            raise
        self._settle(batch, outcome)

    def _next_batch(self) -> list[Record]:
        """Its records stay in `_failed` until they are settled: whatever is raised meanwhile, none is lost."""
        batch: list[Record] = []
        size = 0
        while len(batch) < self._batch_records:
            if len(self._failed) == len(batch) and not self._take_record(len(batch)):
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
        self._failed.append(self._packer.record(first, lines))
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
                failure = record_failure(code)
                self._warnings.tell(failure.kind, failure.text)
            self._batch_records = min(self._batch_records * 2, MAX_BATCH_RECORDS)
        elif outcome.permanent and len(batch) == 1:
            rejected = batch
        else:
            failed = batch
            if outcome.permanent:
                # One of them is at fault: halves find it.
                self._batch_records = len(batch) // 2
        if isinstance(outcome, Failure):
            self._warnings.tell(outcome.kind, outcome.text)
        self._plan_next(len(sent), len(failed))
        self._failed = deque([*failed, *islice(self._failed, len(batch), None)])
        self._count(sent, rejected, len(failed), isinstance(outcome, Failure))

    def _plan_next(self, sent: int, failed: int) -> None:
        if failed == 0:
            self._failures = 0
        elif sent == 0:
            self._failures += 1
        else:
            self._failures = min(self._failures + 1, PARTLY_FAILED_MAX)
        self.not_before = monotonic() + backoff_seconds(self._failures) if self._failures else 0.0

    def _count(self, sent: list[Record], rejected: list[Record], failed: int, request_failed: bool) -> None:
        stats, buffer = self._stats, self._buffer
        done = sent + rejected
        with buffer.changed:
            stats.requests += 1
            stats.failed_requests += request_failed
            stats.retried_records += failed
            waiting = [record.first for record in self._failed]
            if self._taken[1]:
                waiting.append(self._taken[0])
            lines = sum(record.lines for record in done)
            if buffer.settle(lines, sum(record.line_bytes for record in done), min(waiting, default=float("inf"))):
                stats.sent_records += len(sent)
                stats.sent_bytes += sum(len(record.data) for record in sent)
                stats.sent_lines += sum(record.lines for record in sent)
                stats.rejected_lines += sum(record.lines for record in rejected)
            buffer.changed.notify_all()
