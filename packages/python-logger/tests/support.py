"""Fake streams, and loggers that write to them."""

from __future__ import annotations

import gzip
import json
import logging
import os
import tempfile
import threading
import time
import unittest
from typing import Any, Callable
from unittest import mock

from botocore.exceptions import ClientError

from aws_logging_pipeline_logger import FirehoseHandler, KinesisHandler, backoff

THROTTLED = "ProvisionedThroughputExceededException"


def client_error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "the service's own words"}}, "PutRecords")


def lines_of(data: bytes) -> list[str]:
    """The lines of a record, each of which ends with a line break."""
    text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8")
    assert text.endswith("\n"), text
    return text[:-1].split("\n")


def raises(path: str, error: OSError) -> None:
    raise error


def line(message: str) -> bytes:
    """As a spill file has it."""
    return b'{"message":"%s"}\n' % message.encode()


class FakeStream:
    """
    A client of Kinesis and Firehose that keeps what it accepts.

    reject: returns the error code of a record; None accepts it.
    fail: returns the exception of a whole request; None answers it.
    """

    def __init__(self) -> None:
        self.requests: list[list[dict[str, Any]]] = []
        self.targets: list[dict[str, Any]] = []
        self.accepted: list[bytes] = []
        self.reject: Callable[[bytes], str | None] = lambda data: None
        self.fail: Callable[[int], BaseException | None] = lambda request: None
        self.gate: threading.Event | None = None
        self.answering = threading.Event()

    def put_records(self, Records: list[dict[str, Any]], **target: Any) -> dict[str, Any]:
        results = self._put(Records, target, "SequenceNumber")
        return {"FailedRecordCount": 0, "Records": results}

    def put_record_batch(self, Records: list[dict[str, Any]], **target: Any) -> dict[str, Any]:
        results = self._put(Records, target, "RecordId")
        return {"FailedPutCount": 0, "RequestResponses": results}

    def _put(self, records: list[dict[str, Any]], target: dict[str, Any], receipt: str) -> list[dict[str, Any]]:
        self.answering.set()
        if self.gate is not None:
            self.gate.wait(20)
        self.requests.append(records)
        self.targets.append(target)
        error = self.fail(len(self.requests))
        if error is not None:
            raise error
        results = []
        for record in records:
            code = self.reject(record["Data"])
            if code is None:
                self.accepted.append(record["Data"])
            results.append({receipt: "1"} if code is None else {"ErrorCode": code, "ErrorMessage": "no"})
        return results

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for data in self.accepted for line in lines_of(data)]

    @property
    def messages(self) -> list[str]:
        return [line["message"] for line in self.lines]


class FileStream(FakeStream):
    """Appends the lines that it accepts to a file, for processes that end."""

    def __init__(self, path: str, fails: bool = False) -> None:
        super().__init__()
        self.path = path
        self.fail = lambda request: ConnectionError("no network") if fails else None

    def put_records(self, Records: list[dict[str, Any]], **target: Any) -> dict[str, Any]:
        response = super().put_records(Records, **target)
        with open(self.path, "ab") as file:
            for record in Records:
                file.write(("\n".join(lines_of(record["Data"])) + "\n").encode())
        return response


def messages_in(path: str) -> list[str]:
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return [json.loads(line)["message"] for line in file]


def until(is_so: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it does not become so"
        time.sleep(0.005)


class LoggerTest(unittest.TestCase):
    """Closes the handlers of a test after it."""

    def setUp(self) -> None:
        patched = mock.patch.object(backoff, "BASE_SECONDS", 0.002)
        patched.start()
        self.addCleanup(patched.stop)
        self.stream = FakeStream()
        self.warnings: list[tuple[str, str]] = []

    def handler(self, kind: type = KinesisHandler, **options: Any) -> KinesisHandler | FirehoseHandler:
        options.setdefault("create_client", lambda: self.stream)
        options.setdefault("on_warning", lambda kind, text: self.warnings.append((kind, text)))
        options.setdefault("flush_seconds", 10)
        handler = kind("the-stream", **options)
        # Nothing is left to wait for after a test.
        self.addCleanup(handler._sender.close, 0)
        return handler

    def logger(self, handler: logging.Handler) -> logging.Logger:
        logger = logging.Logger("app.orders")
        logger.addHandler(handler)
        return logger

    def folder(self) -> str:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return folder.name

    @property
    def warned(self) -> list[str]:
        return [kind for kind, _ in self.warnings]
