"""From a logger to the stream."""

from __future__ import annotations

import os
import threading
import time
from typing import Any
from unittest import mock
from unittest.mock import ANY

import boto3
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError
from botocore.stub import Stubber

from aws_logging_pipeline_logger import FirehoseHandler, KinesisHandler, backoff
from aws_logging_pipeline_logger.buffer import LineBuffer
from aws_logging_pipeline_logger.delivery import Delivery
from aws_logging_pipeline_logger.packing import Packer
from aws_logging_pipeline_logger.services import Kinesis
from aws_logging_pipeline_logger.stats import Stats
from aws_logging_pipeline_logger.warn import Warnings

from .support import THROTTLED, FakeStream, LoggerTest
from .test_lines import Hostile


def client_error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "the service's own words"}}, "PutRecords")


class DeliveryTest(LoggerTest):
    def test_packs_lines_into_records_of_25_kb(self) -> None:
        handler = self.handler(buffer_seconds=60)
        log = self.logger(handler)
        for n in range(1000):
            log.info("line %d %s", n, "x" * 500)
        handler.flush()
        self.assertEqual([m.split()[1] for m in self.stream.messages], [str(n) for n in range(1000)])
        sizes = [len(data) for data in self.stream.accepted]
        self.assertLessEqual(max(sizes), 25_000)
        self.assertGreater(min(sizes[:-1]), 23_000)

    def test_writes_one_line_a_record_if_told_so(self) -> None:
        handler = self.handler(pack=False, buffer_seconds=60)
        for n in range(700):
            self.logger(handler).info("%d", n)
        handler.flush()
        self.assertEqual([len(request) for request in self.stream.requests], [500, 200])
        self.assertEqual(self.stream.messages, [str(n) for n in range(700)])

    def test_gzips_records_that_come_to_25_kb_too(self) -> None:
        handler = self.handler(compress="gzip", buffer_seconds=60)
        for n in range(5000):
            self.logger(handler).info("line %d %s", n, os.urandom(20).hex())
        handler.flush()
        self.assertEqual(len(self.stream.messages), 5000)
        self.assertTrue(all(data[:2] == b"\x1f\x8b" for data in self.stream.accepted))
        sizes = [len(data) for data in self.stream.accepted]
        self.assertGreater(sorted(sizes)[len(sizes) // 2], 18_000)
        self.assertLess(max(sizes), 30_000)

    def test_keeps_requests_within_the_limits_of_the_services(self) -> None:
        for kind in (KinesisHandler, FirehoseHandler):
            self.stream = FakeStream()
            handler = self.handler(kind, buffer_seconds=60, memory_bytes=64 * 2**20)
            for n in range(30):
                self.logger(handler).info("%d %s", n, "x" * 700_000)
            handler.flush()
            self.assertEqual(len(self.stream.messages), 30)
            for request in self.stream.requests:
                size = sum(len(r["Data"]) + len(r.get("PartitionKey", "")) for r in request)
                self.assertLessEqual(size, 4_000_000)

    def test_spreads_records_by_random_partition_keys(self) -> None:
        handler = self.handler(pack=False, buffer_seconds=60)
        for n in range(100):
            self.logger(handler).info("%d", n)
        handler.flush()
        self.assertEqual(len({record["PartitionKey"] for record in self.stream.requests[0]}), 100)

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
        }
        for kind, error in troubles.items():
            with self.subTest(kind):
                self.stream, self.warnings = FakeStream(), []
                self.stream.fail = lambda request, error=error: error if request <= 3 else None
                handler = self.handler()
                self.logger(handler).info("kept")
                self.assertTrue(handler.flush())
                self.assertEqual(self.stream.messages, ["kept"])
                self.assertEqual(self.warned, [kind])

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

    def test_cuts_a_line_that_is_longer_than_a_record_may_be(self) -> None:
        for options in ({}, {"compress": "gzip"}):
            for kind, most in ((KinesisHandler, 2**20), (FirehoseHandler, 1_000_000)):
                self.stream, self.warnings = FakeStream(), []
                handler = self.handler(kind, **options)
                log = self.logger(handler)
                log.info("before")
                log.info("\x01" * 3_000_000, extra={"more": "x" * 3_000_000})
                log.info("%s", os.urandom(2_000_000).hex())
                log.info("after")
                self.assertTrue(handler.flush())
                self.assertEqual([len(message) for message in self.stream.messages], [6, 40_000, 40_000, 5])
                self.assertEqual([line.get("labels.truncated") for line in self.stream.lines], [None, "true", "true", None])
                self.assertLess(max(len(data) for data in self.stream.accepted), most)
                self.assertEqual(self.warned, ["truncated"])
                self.assertEqual(handler.stats().truncated_lines, 2)

    def test_takes_a_line_of_exactly_a_record(self) -> None:
        handler = self.handler(format="plain")
        log = self.logger(handler)
        log.info("")
        handler.flush()
        room = handler._max_line_bytes - len(self.stream.accepted[0])
        log.info("x" * room)
        log.info("x" * (room + 1))
        handler.flush()
        self.assertEqual([len(message) for message in self.stream.messages], [0, room, 40_000])
        self.assertEqual(len(self.stream.accepted[1]) + 16, 2**20)

    def test_drops_the_oldest_lines_when_the_memory_is_full(self) -> None:
        handler = self.handler(memory_bytes=2_500_000)
        self.stream.gate = threading.Event()
        log = self.logger(handler)
        log.info("first")
        handler._sender._flush_to = 1
        with handler._sender._buffer.changed:
            handler._sender._buffer.changed.notify_all()
        self.assertTrue(self.stream.answering.wait(10))
        for n in range(5000):
            log.info("%d %s", n, "x" * 1000)
            self.assertLessEqual(handler._sender._buffer.bytes, 2_500_000)
        stats = handler.stats()
        self.assertGreater(stats.dropped_lines, 3000)
        self.stream.gate.set()
        self.assertTrue(handler.flush())
        numbers = [message.split()[0] for message in self.stream.messages]
        self.assertEqual(numbers, ["first", *[str(n) for n in range(stats.dropped_lines, 5000)]])
        self.assertEqual(self.warned, ["dropped"])
        self.assertEqual(handler.stats().sent_lines + stats.dropped_lines, 5001)

    def test_never_waits_for_the_stream(self) -> None:
        handler = self.handler()
        self.stream.gate = threading.Event()
        log = self.logger(handler)
        done = threading.Event()

        def work() -> None:
            for _ in range(5_000):
                log.info("x" * 1000)
            done.set()

        threading.Thread(target=work, daemon=True).start()
        self.assertTrue(done.wait(60))
        self.assertEqual(self.stream.accepted, [])
        self.stream.gate.set()

    def test_sends_by_itself_after_buffer_seconds(self) -> None:
        handler = self.handler(buffer_seconds=0.05)
        self.logger(handler).info("soon")
        deadline = time.monotonic() + 10
        while not self.stream.accepted and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertEqual(self.stream.messages, ["soon"])

    def test_sends_by_itself_when_buffer_bytes_are_full(self) -> None:
        handler = self.handler(buffer_seconds=3600, buffer_bytes=5000)
        for _ in range(20):
            self.logger(handler).info("x" * 300)
        deadline = time.monotonic() + 10
        while not self.stream.accepted and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertGreater(len(self.stream.messages), 0)

    def test_waits_for_the_buffer_otherwise(self) -> None:
        handler = self.handler(buffer_seconds=3600)
        self.logger(handler).info("later")
        time.sleep(0.1)
        self.assertEqual(self.stream.requests, [])
        self.assertEqual(handler.stats().buffered_lines, 1)

    def test_says_how_long_a_flush_may_take(self) -> None:
        handler = self.handler()
        self.stream.fail = lambda request: ConnectionError()
        self.logger(handler).info("kept")
        self.assertFalse(handler.flush(0.2))
        self.stream.fail = lambda request: None
        self.assertTrue(handler.flush(30))
        self.assertEqual(self.stream.messages, ["kept"])

    def test_flushes_at_once_if_nothing_was_logged(self) -> None:
        self.assertTrue(self.handler().flush(0))
        self.assertEqual(self.stream.requests, [])

    def test_counts_what_is_left_when_it_is_closed(self) -> None:
        handler = self.handler(flush_seconds=0.1)
        self.stream.fail = lambda request: ConnectionError()
        log = self.logger(handler)
        log.info("lost")
        handler.close()
        log.info("late")
        stats = handler.stats()
        self.assertEqual((stats.accepted_lines, stats.dropped_lines, stats.buffered_lines), (2, 2, 0))
        self.assertEqual(self.warned, ["request-failed", "unsent", "dropped"])

    def test_takes_lines_of_many_threads(self) -> None:
        handler = self.handler(buffer_seconds=0.01)
        log = self.logger(handler)

        def work(name: int) -> None:
            for n in range(500):
                log.info("%d-%d", name, n)

        threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertTrue(handler.flush())
        self.assertEqual(sorted(self.stream.messages), sorted(f"{a}-{n}" for a in range(8) for n in range(500)))
        self.assertEqual(len({line["event.id"] for line in self.stream.lines}), 4000)

    def test_does_not_send_what_sending_logs(self) -> None:
        handler = self.handler(buffer_seconds=0)
        log = self.logger(handler)
        other = FakeStream()
        second = self.handler(create_client=lambda: other, buffer_seconds=0)
        log.addHandler(second)

        def chatty(request: int) -> None:
            log.debug("urllib3 sends a request")

        self.stream.fail = other.fail = chatty  # type: ignore[assignment]
        log.info("one")
        self.assertTrue(handler.flush() and second.flush())
        time.sleep(0.1)
        self.assertEqual((self.stream.messages, other.messages), (["one"], ["one"]))

    def test_flushes_under_the_lock_that_logging_shutdown_holds(self) -> None:
        handler = self.handler(buffer_seconds=3600)
        log = self.logger(handler)
        self.stream.fail = lambda request: log.info("found credentials")  # type: ignore[assignment]
        log.info("one")
        handler.acquire()
        try:
            self.assertTrue(handler.flush())
        finally:
            handler.release()
        self.assertEqual(self.stream.messages, ["one"])

    def test_survives_a_callback_that_raises(self) -> None:
        def fail(kind: str, text: str) -> None:
            raise RuntimeError("not mine")

        handler = self.handler(on_warning=fail)
        self.stream.fail = lambda request: ConnectionError() if request == 1 else None
        self.logger(handler).info("kept")
        self.assertTrue(handler.flush())
        self.assertEqual(self.stream.messages, ["kept"])

    def test_survives_an_answer_that_is_none_of_the_service(self) -> None:
        handler = self.handler()
        answers: list[Any] = [{"Records": []}, {}, None]
        put = self.stream.put_records

        def odd(Records: list[dict[str, Any]], **target: Any) -> Any:
            return answers.pop(0) if answers else put(Records, **target)

        self.stream.put_records = odd  # type: ignore[method-assign]
        self.logger(handler).info("kept")
        self.assertTrue(handler.flush())
        self.assertEqual(self.stream.messages, ["kept"])

    def test_sends_records_again_whose_error_code_is_no_text(self) -> None:
        self.stream.reject = lambda data: codes.pop() if codes else None
        codes: list[Any] = [500, {"a": 1}, ["b"], Hostile()]
        handler = self.handler()
        self.logger(handler).info("kept")
        self.assertTrue(handler.flush())
        self.assertEqual(self.stream.messages, ["kept"])
        stats = handler.stats()
        self.assertEqual((stats.sent_lines, stats.retried_records, stats.buffered_bytes), (1, 4, 0))
        self.assertEqual(self.warned, ["request-failed"])

    def test_sends_records_again_that_the_service_does_not_say_it_has(self) -> None:
        receipts: dict[Any, tuple[str, str]] = {
            KinesisHandler: ("Records", "SequenceNumber"),
            FirehoseHandler: ("RequestResponses", "RecordId"),
        }
        for kind, (results, receipt) in receipts.items():
            odd: list[dict[str, Any]] = [{}, {receipt: None}, {receipt: 1}, {receipt: ""}, {"ErrorCode": None}]
            requests: list[int] = []

            def put(*, Records: list[Any], results: str = results, receipt: str = receipt, **target: Any) -> Any:
                requests.append(len(Records))
                return {results: [odd.pop() if odd and n == 1 else {receipt: "1"} for n in range(len(Records))]}

            # What is sent again is alone, and taken: only the second of two has an odd result.
            client = mock.Mock(put_records=put, put_record_batch=put)
            handler = self.handler(kind, create_client=lambda client=client: client, pack=False, buffer_seconds=60)
            for n in range(1, 6):
                self.logger(handler).info("a")
                self.logger(handler).info("b")
                self.assertTrue(handler.flush())
                self.assertEqual((handler.stats().sent_lines, handler.stats().retried_records), (2 * n, n))
            self.assertEqual(requests, [2, 1] * 5)

    def test_survives_whatever_the_client_raises(self) -> None:
        class Odd(Exception):
            response = {"Error": "text"}
            __str__ = __repr__ = Hostile.__str__

        errors = [SystemExit(1), KeyboardInterrupt(), GeneratorExit(), MemoryError(), Odd()]
        self.stream.fail = lambda request: errors.pop() if errors else None
        handler = self.handler()
        self.logger(handler).info("kept")
        self.assertTrue(handler.flush())
        self.assertEqual(self.stream.messages, ["kept"])
        stats = handler.stats()
        self.assertEqual((stats.requests, stats.failed_requests, stats.sent_lines, stats.buffered_bytes), (6, 5, 1, 0))
        self.assertEqual(self.warned, ["request-failed"])

    def test_passes_an_interrupt_on_to_the_thread_that_flushes(self) -> None:
        handler = self.handler()
        self.stream.fail = lambda request: KeyboardInterrupt() if request == 1 else None
        with mock.patch("threading.Thread.start", side_effect=RuntimeError("no more threads")):
            self.logger(handler).info("kept")
            with self.assertRaises(KeyboardInterrupt):
                handler.flush()
            self.assertEqual(handler.stats().buffered_lines, 1)
            self.assertTrue(handler.flush())
        self.assertEqual(self.stream.messages, ["kept"])

    def test_keeps_records_if_settling_them_fails(self) -> None:
        handler = self.handler()
        self.stream.fail = lambda request: ConnectionError() if request == 1 else None
        with mock.patch.object(Warnings, "tell", side_effect=[RuntimeError("a defect"), None]):
            self.logger(handler).info("kept")
            self.assertTrue(handler.flush(60))
        self.assertEqual(self.stream.messages, ["kept"])
        self.assertEqual(handler.stats().buffered_bytes, 0)

    def test_keeps_lines_that_it_has_no_memory_to_pack(self) -> None:
        handler = self.handler()
        packer = handler._sender._packer
        pack, tries = packer.record, [MemoryError(), MemoryError()]

        def record(first: int, lines: Any) -> Any:
            if tries:
                raise tries.pop()
            return pack(first, lines)

        with mock.patch.object(packer, "record", record):
            self.logger(handler).info("kept")
            self.assertTrue(handler.flush())
        self.assertEqual(self.stream.messages, ["kept"])
        stats = handler.stats()
        self.assertEqual((stats.requests, stats.sent_lines, stats.buffered_bytes), (1, 1, 0))

    def test_lists_all_options_that_are_not_allowed(self) -> None:
        with self.assertRaises(ValueError) as caught:
            KinesisHandler("a b", format="xml", compress="zip", record_bytes=0, buffer_seconds=-1, memory_bytes=5, flush_seconds="x")
        text = str(caught.exception)
        for name in ("stream", "format", "compress", "record_bytes", "buffer_seconds", "memory_bytes", "flush_seconds"):
            self.assertIn(f"{name} is ", text)
        with self.assertRaisesRegex(ValueError, "1 to 64"):
            FirehoseHandler("x" * 65)

    def test_names_the_stream_by_its_arn(self) -> None:
        arn = "arn:aws:kinesis:eu-central-1:111111111111:stream/logs"
        handler = KinesisHandler(arn, create_client=lambda: self.stream)
        self.logger(handler).info("x")
        handler.close()
        self.assertEqual(self.stream.targets, [{"StreamARN": arn}])

    def test_calls_the_services_as_their_api_models_say(self) -> None:
        records = [{"Data": ANY, "PartitionKey": ANY}], [{"Data": ANY}]
        done = {"SequenceNumber": "1", "ShardId": "shardId-000000000000"}, {"RecordId": "1"}
        failed = {"ErrorCode": THROTTLED, "ErrorMessage": "slow down"}, {"ErrorCode": "ServiceUnavailableException"}
        # Kinesis has no count of 0.
        none_failed: tuple[dict[str, int], ...] = ({}, {"FailedPutCount": 0})
        calls = (
            (KinesisHandler, "kinesis", "put_records", "StreamName", "FailedRecordCount", "Records"),
            (FirehoseHandler, "firehose", "put_record_batch", "DeliveryStreamName", "FailedPutCount", "RequestResponses"),
        )
        for n, (kind, service, method, name, count, results) in enumerate(calls):
            client = boto3.client(service, "eu-west-1", aws_access_key_id="a", aws_secret_access_key="b")
            with Stubber(client) as stub:
                expected = {name: "the-stream", "Records": records[n]}
                stub.add_response(method, {count: 1, results: [failed[n]]}, expected)
                stub.add_client_error(method, "InternalFailure", expected_params=expected)
                stub.add_response(method, {**none_failed[n], results: [done[n]]}, expected)
                handler = self.handler(kind, create_client=lambda client=client: client)
                self.logger(handler).info("x")
                self.assertTrue(handler.flush())
                stub.assert_no_pending_responses()
            stats = handler.stats()
            self.assertEqual((stats.sent_lines, stats.retried_records, stats.failed_requests), (1, 2, 1))

    def test_finds_the_region_where_other_sdks_do(self) -> None:
        arn = "arn:aws:kinesis:eu-west-3:111111111111:stream/logs"
        settings = {"AWS_CONFIG_FILE": os.devnull, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
        for stream, environment, region in (
            ("logs", {"AWS_REGION": "eu-west-1"}, "eu-west-1"),
            ("logs", {"AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-2"}, "eu-west-2"),
            (arn, {"AWS_REGION": "eu-west-1"}, "eu-west-3"),
        ):
            with mock.patch.dict(os.environ, {**settings, **environment}, clear=True):
                handler = KinesisHandler(stream)
                self.assertEqual(handler._sender._service.create_client().meta.region_name, region)

    def test_is_configured_by_a_dictionary(self) -> None:
        import logging.config

        configured = {
            "version": 1,
            "disable_existing_loggers": False,
            "handlers": {
                "stream": {
                    "class": "aws_logging_pipeline_logger.KinesisHandler",
                    "stream": "the-stream",
                    "level": "WARNING",
                    "create_client": lambda: self.stream,
                    "tags": {"team": "a"},
                }
            },
            "loggers": {"configured": {"handlers": ["stream"], "level": "DEBUG", "propagate": False}},
        }
        logging.config.dictConfig(configured)
        log = logging.getLogger("configured")
        log.info("too low")
        log.warning("taken")
        log.handlers[0].close()
        self.assertEqual([(line["message"], line["labels.team"]) for line in self.stream.lines], [("taken", "a")])
