"""Clients, answers and callbacks that misbehave."""

from __future__ import annotations

from typing import Any
from unittest import mock

from aws_logging_pipeline_logger import FirehoseHandler, KinesisHandler
from aws_logging_pipeline_logger.warn import Warnings

from .support import LoggerTest
from .test_lines import Hostile


class FaultsTest(LoggerTest):
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
