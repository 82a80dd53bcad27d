"""Log records as lines of JSON."""

from __future__ import annotations

import json
import logging
import socket
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timezone
from typing import Any

from .json_values import json_value, text_of

ECS_VERSION = "8.11.0"

FORMATS = ("ecs", "plain")

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":")).encode

_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
"""What `logging` itself keeps in a record; all else is `extra`. taskName exists since Python 3.12."""


class LineFormatter(logging.Formatter):
    """
    Formats a record as one line of JSON, with an `event.id` of its own, by which the pipeline finds the line once however often it is
    sent. Usable alone, for what a program writes to stdout and CloudWatch Logs collects. Raises nothing, whatever is logged.

    format: "ecs", the Elastic Common Schema with dotted names, or "plain": hostname, level, logger, message, processId, tags, thread,
        timestamp.
    service_name, service_version, service_environment: ECS's fields of these names.
    tags: ECS's `tags`, a list of keywords.
    labels: ECS's `labels`, names with values; in "plain" they are the members of `tags`.
    message_formatter: writes the text of `message`. Default: `record.getMessage()`.
    """

    def __init__(
        self,
        format: str = "ecs",
        *,
        service_name: str | None = None,
        service_version: str | None = None,
        service_environment: str | None = None,
        tags: Iterable[str] = (),
        labels: Mapping[str, str] | None = None,
        message_formatter: logging.Formatter | None = None,
    ) -> None:
        super().__init__()
        if format not in FORMATS:
            raise ValueError(f'format is {format!r}; allowed: "ecs" or "plain"')
        self._plain = format == "plain"
        self._message_formatter = message_formatter
        self._hostname = socket.gethostname()
        services = {"name": service_name, "version": service_version, "environment": service_environment}
        fixed: dict[str, Any] = {f"service.{name}": value for name, value in services.items() if value is not None}
        listed = list(tags)
        self._labels = {str(name): value for name, value in (labels or {}).items()}
        if not self._plain:
            fixed = {"ecs.version": ECS_VERSION, "host.hostname": self._hostname, **fixed}
            fixed.update({f"labels.{name}": value for name, value in self._labels.items()})
            if listed:
                fixed["tags"] = listed
        self._fixed = {name: json_value(value) for name, value in fixed.items()}
        self._objects = {name.split(".")[0] for name in self._fixed if "." in name} | {"event", "error", "labels"}
        if not self._plain:
            self._objects |= {"log", "process"}

    def with_message_formatter(self, formatter: logging.Formatter) -> LineFormatter:
        """Returns a copy whose `message` is the text that `formatter` writes."""
        copy = LineFormatter.__new__(LineFormatter)
        copy.__dict__.update(self.__dict__, _message_formatter=formatter)
        return copy

    def format(self, record: logging.LogRecord) -> str:
        """Returns the line, without a line break at its end."""
        return self.encode(record).decode("utf-8")

    def encode(self, record: logging.LogRecord, longest_text: int | None = None) -> bytes:
        """
        Returns the line as UTF-8.

        longest_text: characters that each text may have. `extra` is then left out, and `labels.truncated` says so.
        """
        line = self._plain_members(record) if self._plain else self._ecs_members(record)
        line["event.id"] = str(uuid.uuid4())
        line.update(_error_members(record))
        if longest_text is None:
            for name, value in _extra(record):
                try:
                    self._add(line, name, value)
                except Exception:
                    # A dictionary whose items() raises.
                    line[name] = text_of(value)
        else:
            line = {name: value[:longest_text] if isinstance(value, str) else value for name, value in line.items()}
            line["labels.truncated"] = "true"
        return _utf8(_encode(line))

    def _ecs_members(self, record: logging.LogRecord) -> dict[str, Any]:
        line: dict[str, Any] = {
            "@timestamp": _time_of(record),
            "log.level": text_of(record.levelname).lower(),
            "message": self._message_of(record),
            "log.logger": text_of(record.name),
            "log.origin.file.name": json_value(record.filename),
            "log.origin.file.line": json_value(record.lineno),
            "log.origin.function": json_value(record.funcName),
            "process.pid": json_value(record.process),
            "process.name": json_value(record.processName),
            "process.thread.id": json_value(record.thread),
            "process.thread.name": json_value(record.threadName),
        }
        line.update(self._fixed)
        return {name: value for name, value in line.items() if value is not None}

    def _plain_members(self, record: logging.LogRecord) -> dict[str, Any]:
        return {
            "hostname": self._hostname,
            "level": text_of(record.levelname),
            "logger": text_of(record.name),
            "message": self._message_of(record),
            "processId": json_value(record.process),
            "tags": json_value(self._labels),
            "thread": json_value(record.threadName),
            "timestamp": _time_of(record),
            **self._fixed,
        }

    def _message_of(self, record: logging.LogRecord) -> str:
        try:
            formatter = self._message_formatter
            return text_of(record.getMessage() if formatter is None else formatter.format(record))
        except Exception:
            # Arguments that do not fit the text, or that cannot be printed.
            return f"{text_of(record.msg)} {text_of(json_value(record.args))}"

    def _add(self, line: dict[str, Any], name: str, value: object) -> None:
        """Adds a member of `extra`. It replaces none of the line's own, and stays beside them in one mapping."""
        if name in self._objects and isinstance(value, dict):
            for member, inner in list(value.items()):
                self._add(line, f"{name}.{text_of(member)}", inner)
            return
        taken = name in line or name in self._objects
        line[f"labels.{name.replace('.', '_')}" if taken else name] = json_value(value)


def _time_of(record: logging.LogRecord) -> str:
    """ISO 8601 in UTC, with milliseconds."""
    try:
        created = datetime.fromtimestamp(record.created, timezone.utc)
    except Exception:
        created = datetime.fromtimestamp(time.time(), timezone.utc)
    return f"{created.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def _error_members(record: logging.LogRecord) -> dict[str, Any]:
    members: dict[str, Any] = {}
    try:
        info = record.exc_info
        if isinstance(info, tuple) and isinstance(info[1], BaseException):
            members["error.type"] = type(info[1]).__name__
            members["error.message"] = text_of(info[1])
            members["error.stack_trace"] = logging.Formatter().formatException(info)
        elif record.stack_info:
            members["error.stack_trace"] = text_of(record.stack_info)
    except Exception as error:
        members["error.stack_trace"] = f"[a traceback that cannot be written: {type(error).__name__}]"
    return members


def _extra(record: logging.LogRecord) -> Iterator[tuple[str, object]]:
    for name, value in list(record.__dict__.items()):
        if name not in _STANDARD:
            yield text_of(name), value


def _utf8(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        # Lone surrogates become U+FFFD, pairs one character; JSON's own characters are none of these.
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode("utf-8")
