"""Log records as lines of JSON."""

from __future__ import annotations

import json
import logging
import socket
import time
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from typing import Any

from .json_values import json_value, text_of
from .options import formatter_problems

ECS_VERSION = "8.11.0"

PLAIN_TAGS = {
    "service.name": "applicationName",
    "service.version": "version",
    "service.environment": "deployedTo",
}

PLAIN_OBJECTS = frozenset({"error", "event", "labels"})
ECS_OBJECTS = PLAIN_OBJECTS | {"ecs", "host", "log", "log.origin", "log.origin.file", "process", "process.thread", "service"}
"""Objects that a line has members of, by their names with dots: what is no object cannot have the name of one beside them."""

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":")).encode

_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
"""What `logging` itself keeps in a record; all else is `extra`. taskName exists since Python 3.12."""


class LineFormatter(logging.Formatter):
    """
    Formats a record as one line of JSON, with an `event.id` of its own, by which the pipeline finds the line once however often it is
    sent. Usable alone, for what a program writes to stdout and CloudWatch Logs collects. Formatting raises nothing, whatever is logged.

    format: "ecs", the Elastic Common Schema with dotted names, or "plain": hostname, level, logger, message, processId, tags, thread,
        timestamp.
    service, version, environment: ECS's service.name, service.version and service.environment; in "plain" the members
        applicationName, version and deployedTo of tags.
    tags: texts by name, for all lines: ECS's labels; in "plain" further members of tags.
    message_formatter: writes the text of `message`. Default: `record.getMessage()`.

    The constructor raises ValueError with all options that are not allowed.
    """

    def __init__(
        self,
        format: str = "ecs",
        *,
        service: str | None = None,
        version: str | None = None,
        environment: str | None = None,
        tags: Mapping[str, str] | None = None,
        message_formatter: logging.Formatter | None = None,
    ) -> None:
        super().__init__()
        about_all = {"format": format, "service": service, "version": version, "environment": environment, "tags": tags}
        problems = formatter_problems(about_all)
        if problems:
            raise ValueError("\n".join(problems))
        self._plain = format == "plain"
        self._message_formatter = message_formatter
        about = {"service.name": service, "service.version": version, "service.environment": environment}
        self._fixed: dict[str, Any] = {name: str(value) for name, value in about.items() if value is not None}
        own_tags = {str(name): str(value) for name, value in (tags or {}).items()}
        if self._plain:
            about_tags = {PLAIN_TAGS[name]: value for name, value in self._fixed.items()}
            self._fixed = {"hostname": socket.gethostname(), "tags": {**about_tags, **own_tags}}
        else:
            self._fixed.update({f"labels.{name}": value for name, value in own_tags.items()})
            self._fixed.update({"ecs.version": ECS_VERSION, "host.hostname": socket.gethostname()})
        self._objects = PLAIN_OBJECTS if self._plain else ECS_OBJECTS.union(*map(_objects_above, self._fixed))

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
                    self._add(line, name, text_of(value))
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
            "level": text_of(record.levelname),
            "logger": text_of(record.name),
            "message": self._message_of(record),
            "processId": json_value(record.process),
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
        while name in line or name in self._objects:
            name += "_"
        line[name] = json_value(value)


def _objects_above(name: str) -> list[str]:
    """`labels` and `labels.a` of `labels.a.b`."""
    parts = name.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts))]


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
