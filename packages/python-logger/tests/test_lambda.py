"""Flushes before a Lambda function returns."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from aws_logging_pipeline_logger import flush_all, flush_before_return

from .support import LoggerTest


class LambdaTest(LoggerTest):
    def test_flushes_before_a_lambda_returns(self) -> None:
        handler = self.handler(buffer_seconds=3600)
        log = self.logger(handler)

        @flush_before_return
        def lambda_handler(event: Any, context: Any) -> str:
            """Documentation."""
            log.info("invoked with %s", event)
            if event == "bad":
                raise KeyError("bad")
            return "done"

        self.assertEqual(lambda_handler("good", Context(3000)), "done")
        self.assertEqual(self.stream.messages, ["invoked with good"])
        with self.assertRaises(KeyError):
            lambda_handler("bad", None)
        self.assertEqual(self.stream.messages[1:], ["invoked with bad"])
        self.assertEqual((lambda_handler.__name__, lambda_handler.__doc__), ("lambda_handler", "Documentation."))

    def test_returns_before_the_lambda_times_out(self) -> None:
        handler = self.handler(buffer_seconds=3600)
        log = self.logger(handler)
        self.stream.fail = lambda request: ConnectionError()
        began = time.monotonic()
        flush_before_return(lambda event, context: log.info("x"))("event", Context(700))
        self.assertLess(time.monotonic() - began, 5)
        self.assertEqual(handler.stats().buffered_lines, 1)

    def test_flushes_all_handlers_in_the_time_of_one(self) -> None:
        handlers = [self.handler(buffer_seconds=3600) for _ in range(3)]
        for handler in handlers:
            self.logger(handler).info("x")
        self.assertTrue(flush_all(10))
        self.assertEqual(self.stream.messages, ["x"] * 3)


class Context:
    def __init__(self, remaining_ms: int) -> None:
        self.get_remaining_time_in_millis: Callable[[], int] = lambda: remaining_ms
