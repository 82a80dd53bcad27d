"""Lines packed into records."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from typing import NamedTuple

from .spilled_lines import SpilledLines

MAX_INFLATED_BYTES = 1024 * 1024
"""Lines of a gzipped record. The forwarder takes records that inflate to 32 MiB, but a retry sends all of it again."""


class Record(NamedTuple):
    data: bytes
    first: float
    """Number of its first line, counted from 0 as lines were accepted; infinite for lines of the spill file."""
    lines: int
    line_bytes: int
    """Of the lines before they were compressed: what the record counts for in memory."""
    source: SpilledLines | None = None
    """Where its lines were read again."""


class Packer:
    """
    Makes records of lines, each of which ends with a line break.

    record_bytes: what a record should have at most; a longer line is a record of its own.
    pack: False makes each line a record.
    compress: gzips each record. How many lines fit into `record_bytes` then follows from how well the last record compressed.
    """

    def __init__(self, record_bytes: int, *, pack: bool, compress: bool) -> None:
        self._record_bytes = record_bytes
        self._pack = pack
        self._compress = compress
        self._ratio = 4.0 if compress else 1.0

    def room(self) -> int:
        """Bytes of lines for the next record. 0: one line, however long it is."""
        return min(int(self._record_bytes * self._ratio), MAX_INFLATED_BYTES) if self._pack else 0

    def record(self, first: float, lines: Sequence[bytes], source: SpilledLines | None = None) -> Record:
        text = b"".join(lines)
        if not self._compress:
            return Record(text, first, len(lines), len(text), source)
        data = gzip.compress(text, 6)
        # A tenth less than fitted, so that few records are a little too large.
        self._ratio = min(max(0.9 * len(text) / len(data), 1.0), 50.0)
        return Record(data, first, len(lines), len(text), source)

    def lines(self, record: Record) -> list[bytes]:
        """Returns what `record` was made of."""
        text = gzip.decompress(record.data) if self._compress else record.data
        return [line + b"\n" for line in text[:-1].split(b"\n")]
