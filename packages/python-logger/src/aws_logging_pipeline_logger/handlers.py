"""The handlers for `logging`."""

from __future__ import annotations

import inspect
import logging
import os
from collections.abc import Mapping
from typing import Any, Callable, NoReturn

from .formatter import LineFormatter
from .options import formatter_problems, option_problems, unknown_problems
from .packing import Packer
from .processes import register
from .sender import Sender, is_sending
from .services import CreateClient, Firehose, Kinesis, boto3_client, region_of_arn
from .stats import Stats
from .warn import OnWarning, Warnings

TEXT_LIMITS = (40_000, 4_000, 400)
"""Characters of each text of a line that is longer than a record may be: the first that makes it fit."""

GZIP_OVERHEAD_BYTES = 1024
"""Of a record that does not compress: 18 bytes, and 5 for each block of 16 KiB. Source: RFC 1951 and 1952."""


class LinesHandler(logging.Handler):
    """
    Sends log records to a stream, as lines of JSON. `KinesisHandler` and `FirehoseHandler` are the handlers to use.

    stream: name of the stream; for Kinesis, its ARN as well.
    level: lowest level that is sent, a number or a name of `logging`.
    region_name, endpoint_url: for boto3. Default: its own settings.
    create_client: returns the client to send by, in place of boto3's own. Called in the thread that sends, in each process.
    format: "ecs" or "plain", as `LineFormatter` describes them; so are service to tags.
    pack: whether a record has several lines. False: one, for what reads a record as one object.
    record_bytes: what a record should have at most, 1 to 1,000,000. Kinesis charges for each 25 KB that begin.
    compress: "gzip" or "none".
    buffer_seconds: 0 to 3,600; lines are sent when the oldest has waited that long,
    buffer_bytes: or when there are so many, 1 to 4,000,000.
    memory_bytes: of lines, 2,500,000 to 1e12, beyond which the oldest is spilled, or else dropped and counted.
    spill: path of a file for what memory has no room for, and for what is left at the end. Default: no such file.
    spill_bytes: of that file, 2,500,000 to 1e12.
    flush_seconds: 0 to 3,600, for `flush()`, `close()` and the interpreter's exit.
    on_warning: called with kind and text of the first warning of each kind. Default: they are written to stderr.

    Raises ValueError with all options that are not allowed, and names that are no option's.
    """

    _service: Callable[[str, CreateClient], Kinesis | Firehose]
    _service_name: str

    def __init__(
        self,
        stream: str,
        level: int | str = logging.NOTSET,
        *,
        region_name: str | None = None,
        endpoint_url: str | None = None,
        create_client: CreateClient | None = None,
        format: str = "ecs",
        service: str | None = None,
        version: str | None = None,
        environment: str | None = None,
        tags: Mapping[str, str] | None = None,
        pack: bool = True,
        record_bytes: int = 25_000,
        compress: str = "none",
        buffer_seconds: float = 1.0,
        buffer_bytes: int = 1_000_000,
        memory_bytes: int = 64_000_000,
        spill: str | os.PathLike[str] | None = None,
        spill_bytes: int = 1_000_000_000,
        flush_seconds: float = 5.0,
        on_warning: OnWarning | None = None,
        **unknown: NoReturn,
    ) -> None:
        given = {name: value for name, value in locals().items() if name in OPTIONS}
        region = region_name or region_of_arn(stream)
        destination = self._service(stream, create_client or boto3_client(self._service_name, region, endpoint_url))
        stream_problem = destination.name_problem(stream)
        problems = [stream_problem] if stream_problem else []
        problems += [*option_problems(given), *formatter_problems(given), *unknown_problems(unknown, OPTIONS)]
        if problems:
            raise ValueError("\n".join(problems))
        # After the checks: logging.shutdown closes whatever this registers.
        super().__init__(level)
        self._max_line_bytes = destination.max_record_bytes - (GZIP_OVERHEAD_BYTES if compress == "gzip" else 0)
        self._flush_seconds = flush_seconds
        self.formatter: LineFormatter = LineFormatter(format, service=service, version=version, environment=environment, tags=tags)
        self._sender = Sender(
            destination,
            Packer(record_bytes, pack=pack, compress=compress == "gzip"),
            Warnings(on_warning),
            buffer_seconds=buffer_seconds,
            buffer_bytes=buffer_bytes,
            memory_bytes=memory_bytes,
            max_line_bytes=self._max_line_bytes,
            spill=None if spill is None else os.fspath(spill),
            spill_bytes=spill_bytes,
        )
        register(self._sender)

    def setFormatter(self, fmt: logging.Formatter | None) -> None:
        """A formatter other than a `LineFormatter` writes the line's `message`."""
        if isinstance(fmt, LineFormatter):
            self.formatter = fmt
        elif fmt is not None:
            self.formatter = self.formatter.with_message_formatter(fmt)

    def handle(self, record: logging.LogRecord) -> Any:
        # Here, and not in emit: logging.shutdown holds the handler's lock while it flushes, and what boto3 logs would wait for it.
        return False if is_sending() else super().handle(record)

    def emit(self, record: logging.LogRecord) -> None:
        """Puts the record's line into the buffer. Raises nothing, and never waits for the network."""
        sender = self._sender
        try:
            sender.put(self._line_of(record) + b"\n")
        except Exception as error:
            sender.stats.failed_lines += 1
            sender.warnings.tell("failed", f"A line is lost and counted: {type(error).__name__}. Please report this.")

    def _line_of(self, record: logging.LogRecord) -> bytes:
        line = self.formatter.encode(record)
        most = self._max_line_bytes - 1
        if len(line) > most:
            self._sender.stats.truncated_lines += 1
            text = f"A line of {len(line):,} bytes is cut, as are all that are longer than the {most:,} of a record."
            self._sender.warnings.tell("truncated", text)
        limits = iter(TEXT_LIMITS)
        while len(line) > most:
            line = self.formatter.encode(record, next(limits))
        return line

    def flush(self, timeout: float | None = None) -> bool:  # type: ignore[override]
        """
        Sends all lines that were logged before. `logging.shutdown` calls it when the interpreter exits.

        timeout: in seconds. Default: the handler's flush_seconds.
        Returns whether none of them is left in memory; those of the spill file are sent later.
        """
        return self._sender.flush(self._flush_seconds if timeout is None else timeout)

    def close(self) -> None:
        """Flushes; what is left then is spilled, or else dropped and counted. Later lines are dropped and counted."""
        self._sender.close(self._flush_seconds)
        super().close()

    def stats(self) -> Stats:
        """Returns what has become of the lines."""
        return self._sender.current_stats()


OPTIONS = frozenset(inspect.signature(LinesHandler).parameters) - {"stream", "unknown"}


class KinesisHandler(LinesHandler):
    """Sends log records to a Kinesis data stream. Options: `LinesHandler`."""

    _service = Kinesis
    _service_name = "kinesis"


class FirehoseHandler(LinesHandler):
    """Sends log records to an Amazon Data Firehose stream that takes direct puts. Options: `LinesHandler`."""

    _service = Firehose
    _service_name = "firehose"
