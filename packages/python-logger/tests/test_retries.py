"""What the service has not taken."""

from __future__ import annotations

import os
from typing import Any
from unittest import mock

from botocore.exceptions import EndpointConnectionError, NoCredentialsError, NoRegionError

from aws_logging_pipeline_logger import backoff
from aws_logging_pipeline_logger.buffer import LineBuffer
from aws_logging_pipeline_logger.delivery import Delivery
from aws_logging_pipeline_logger.packing import Packer
from aws_logging_pipeline_logger.services import Kinesis
from aws_logging_pipeline_logger.stats import Stats
from aws_logging_pipeline_logger.warn import Warnings

from .support import THROTTLED, FakeStream, LoggerTest, client_error, until


class RetriesTest(LoggerTest):
    def test_sends_only_failed_records_again(self) -> None:
        handler = self.handler(pack=False, buffer_seconds=60)
        tries: dict[bytes, int] = {}

        def reject(data: bytes) -> str | None:
            tries[data] = tries.get(data, 0) + 1
            return THROTTLED if b'"message":"7' in data and tries[data] < 3 else None

        self.stream.reject = reject
        for n in range(80):
            self.logger(handler).info("%d", n)
        self.assertTrue(handler.flush())
        self.assertEqual([len(request) for request in self.stream.requests], [80, 11, 11])
        self.assertEqual(sorted(self.stream.messages, key=int), [str(n) for n in range(80)])
        stats = handler.stats()
        self.assertEqual((stats.sent_lines, stats.retried_records), (80, 22))
        self.assertEqual(self.warned, ["throttled"])

    def test_sends_a_request_again_that_failed(self) -> None:
        handler = self.handler()
        errors = [EndpointConnectionError(endpoint_url="https://x"), client_error("InternalFailure"), TimeoutError()]
        self.stream.fail = lambda request: errors.pop(0) if errors else None
        self.logger(handler).info("kept")
        self.assertTrue(handler.flush())
        self.assertEqual(self.stream.messages, ["kept"])
        self.assertEqual((handler.stats().requests, handler.stats().failed_requests), (4, 3))
        self.assertEqual(self.warned, ["request-failed"])

    def test_warns_once_of_each_trouble_and_goes_on(self) -> None:
        troubles = {
            "stream-not-found": client_error("ResourceNotFoundException"),
            "access-denied": client_error("AccessDeniedException"),
            "no-credentials": NoCredentialsError(),
            "no-region": NoRegionError(),
            # What Firehose says beyond its quota.
            "throttled": client_error("ServiceUnavailableException"),
        }
        advice = {"stream-not-found": "Create it", "access-denied": "Check the credentials", "no-credentials": "Set AWS_PROFILE"}
        for kind, error in troubles.items():
            with self.subTest(kind):
                self.stream, self.warnings = FakeStream(), []
                self.stream.fail = lambda request, error=error: error if request <= 3 else None
                handler = self.handler()
                self.logger(handler).info("kept")
                self.assertTrue(handler.flush())
                self.assertEqual(self.stream.messages, ["kept"])
                self.assertEqual(self.warned, [kind])
                self.assertIn(advice.get(kind, ""), self.warnings[0][1])

    def test_says_how_to_set_the_region(self) -> None:
        nowhere = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "AWS_EC2_METADATA_DISABLED": "true"}
        with mock.patch.dict(os.environ, nowhere, clear=True):
            handler = self.handler(create_client=None, buffer_seconds=0)
            self.logger(handler).info("kept")
            until(lambda: bool(self.warnings))
        self.assertEqual(self.warned, ["no-region"])
        self.assertIn("lines are kept: set AWS_REGION or region_name= ", self.warnings[0][1])

    def test_makes_a_new_client_when_credentials_are_missing(self) -> None:
        clients: list[FakeStream] = []

        def create() -> FakeStream:
            clients.append(self.stream)
            if len(clients) == 1:
                raise NoCredentialsError()
            return self.stream

        handler = self.handler(create_client=create)
        self.logger(handler).info("kept")
        self.assertTrue(handler.flush())
        self.assertEqual(len(clients), 2)

    def test_drops_only_the_record_that_the_service_never_takes(self) -> None:
        handler = self.handler(pack=False, buffer_seconds=60)

        def put(Records: list[dict[str, Any]], **target: Any) -> dict[str, Any]:
            if any(b"poison" in record["Data"] for record in Records):
                raise client_error("ValidationException")
            return FakeStream.put_records(self.stream, Records, **target)

        self.stream.put_records = put  # type: ignore[method-assign]
        for n in range(40):
            self.logger(handler).info("poison" if n == 17 else "fine")
        self.assertTrue(handler.flush(30))
        self.assertEqual(self.stream.messages, ["fine"] * 39)
        stats = handler.stats()
        self.assertEqual((stats.sent_lines, stats.rejected_lines, stats.dropped_lines), (39, 1, 0))
        self.assertEqual(self.warned, ["rejected"])

    def test_delivers_others_beside_a_record_that_always_fails(self) -> None:
        handler = self.handler(pack=False, buffer_seconds=0)
        self.stream.reject = lambda data: "InternalFailure" if b"never" in data else None
        log = self.logger(handler)
        log.info("never")
        for n in range(20):
            log.info("%d", n)
        self.assertFalse(handler.flush(0.3))
        self.assertEqual(self.stream.messages, [str(n) for n in range(20)])
        self.assertEqual(handler.stats().buffered_lines, 1)

    def test_waits_little_while_a_part_of_each_request_is_taken(self) -> None:
        buffer, stats = LineBuffer(10**6), Stats()
        packer = Packer(25_000, pack=False, compress=False)
        quiet = Warnings(lambda kind, text: None)
        delivery = Delivery(Kinesis("s", lambda: self.stream), packer, buffer, stats, quiet)
        self.stream.reject = lambda data: "InternalFailure" if data == b"never\n" else None
        buffer.put(b"never\n")
        waits = []
        with mock.patch("random.uniform", lambda least, most: waits.append(most) or 0):
            for _ in range(30):
                buffer.put(b"other\n")
                delivery.round()
            self.stream.reject = lambda data: "InternalFailure"
            for _ in range(20):
                delivery.round()
        self.assertEqual(max(waits[:30]), backoff.BASE_SECONDS * 16)
        self.assertEqual(waits[-1], backoff.MAX_SECONDS)
