"""What a line says."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import json
import logging
import math
import re
import threading
import uuid
from typing import Any

from aws_logging_pipeline_logger import LineFormatter

from .support import LoggerTest

UUID_4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class Hostile:
    def __str__(self) -> str:
        raise RuntimeError("no text")

    __repr__ = __str__


class Colour(enum.Enum):
    RED = "red"


@dataclasses.dataclass
class Order:
    number: int
    paid: bool


class LinesTest(LoggerTest):
    def logged(self, message: Any = "hello", *args: Any, level: int = logging.INFO, **more: Any) -> dict[str, Any]:
        """Logs by a handler, and returns the line."""
        options = more.pop("options", {})
        handler = self.handler(**options)
        self.logger(handler).log(level, message, *args, **more)
        self.assertTrue(handler.flush())
        return self.stream.lines[-1]

    def test_names_the_fields_of_ecs(self) -> None:
        options = {
            "service": "shop",
            "version": "1.2",
            "environment": "test",
            "tags": {"team": "a"},
        }
        line = self.logged("paid %s", 12, level=logging.WARNING, options=options)
        self.assertRegex(line.pop("@timestamp"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertRegex(line.pop("event.id"), UUID_4)
        for name in ("process.pid", "process.thread.id", "log.origin.file.line"):
            self.assertIsInstance(line.pop(name), int)
        self.assertEqual(
            line,
            {
                "log.level": "warning",
                "message": "paid 12",
                "log.logger": "app.orders",
                "log.origin.file.name": "test_lines.py",
                "log.origin.function": "logged",
                "process.name": "MainProcess",
                "process.thread.name": threading.current_thread().name,
                "ecs.version": "8.11.0",
                "host.hostname": line["host.hostname"],
                "service.name": "shop",
                "service.version": "1.2",
                "service.environment": "test",
                "labels.team": "a",
            },
        )

    def test_names_the_fields_of_plain(self) -> None:
        options = {"format": "plain", "service": "shop", "version": "1.2", "environment": "test", "tags": {"team": "a"}}
        line = self.logged("paid", options=options, extra={"order": 7})
        self.assertEqual(
            sorted(line),
            sorted(
                ["event.id", "hostname", "level", "logger", "message", "order", "processId", "tags", "thread", "timestamp"],
            ),
        )
        self.assertEqual(line["tags"], {"applicationName": "shop", "version": "1.2", "deployedTo": "test", "team": "a"})
        self.assertEqual((line["level"], line["logger"], line["thread"]), ("INFO", "app.orders", "MainThread"))

    def test_has_the_time_of_the_record(self) -> None:
        record = logging.makeLogRecord({"created": 1_795_230_000.5678, "msg": "x", "levelname": "INFO"})
        self.assertEqual(json.loads(LineFormatter().format(record))["@timestamp"], "2026-11-21T03:00:00.567Z")

    def test_survives_times_that_no_calendar_has(self) -> None:
        for created in (math.nan, math.inf, -1e300, 1e18, None, "x"):
            record = logging.makeLogRecord({"created": created, "msg": "x"})
            self.assertRegex(json.loads(LineFormatter().format(record))["@timestamp"], r"^\d{4}-.+Z$")

    def test_has_the_exception_as_error(self) -> None:
        try:
            raise ValueError("bad \ud800 text")
        except ValueError:
            line = self.logged("failed", exc_info=True)
        self.assertEqual((line["error.type"], line["error.message"]), ("ValueError", "bad \ufffd text"))
        self.assertIn('raise ValueError("bad', line["error.stack_trace"])

    def test_survives_an_exception_that_has_no_text(self) -> None:
        class Bad(Exception):
            __str__ = __repr__ = Hostile.__str__

        try:
            raise Bad()
        except Bad:
            line = self.logged("failed", exc_info=True)
        self.assertEqual((line["error.type"], line["error.message"]), ("Bad", "[unprintable Bad]"))
        self.assertIn("Traceback", line["error.stack_trace"])

    def test_has_the_stack_that_was_asked_for(self) -> None:
        self.assertIn("test_lines.py", self.logged("here", stack_info=True)["error.stack_trace"])

    def test_has_no_error_outside_of_an_exception(self) -> None:
        self.assertNotIn("error.type", self.logged("fine", exc_info=True))

    def test_keeps_a_message_whose_arguments_do_not_fit(self) -> None:
        self.assertEqual(self.logged("%d orders", "many")["message"], "%d orders ['many']")
        self.assertEqual(self.logged("%s", Hostile())["message"], "%s ['[unprintable Hostile]']")
        self.assertEqual(self.logged(Hostile())["message"], "[unprintable Hostile] []")

    def test_has_what_json_cannot_say_as_text(self) -> None:
        loop: dict[str, Any] = {}
        loop["self"] = loop
        said = {
            "nan": (math.nan, None),
            "infinity": (-math.inf, None),
            "big": (2**70, 2**70),
            "huge": (10**5000, "[integer of 16610 bits]"),
            "decimal": (decimal.Decimal("1.50"), "1.50"),
            "uuid": (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
            "time": (datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc), "2026-01-02T00:00:00+00:00"),
            "bytes": (b"a\xff", "a\ufffd"),
            "set": ({1}, [1]),
            "enum": (Colour.RED, "red"),
            "dataclass": (Order(7, True), {"number": 7, "paid": True}),
            "loop": (loop, {"self": "[circular]"}),
            "hostile": (Hostile(), "[unprintable Hostile]"),
            "keys": ({(1, 2): 3, None: 4}, {"(1, 2)": 3, "None": 4}),
            "surrogate": ("\ud83d\ude00 \udc00", "\U0001f600 \ufffd"),
            "type": (dict, "<class 'dict'>"),
        }
        line = self.logged(extra={name: value for name, (value, _) in said.items()})
        self.assertEqual({name: line[name] for name in said}, {name: text for name, (_, text) in said.items()})

    def test_has_no_name_twice(self) -> None:
        handler = self.handler()
        self.logger(handler).info("x", extra={"numbers": {1: "a", "1": "b"}, "message.x": 1})
        handler.flush()
        self.assertEqual(self.stream.accepted[0].count(b'"1":'), 1)

    def test_ends_at_any_depth_and_length(self) -> None:
        deep: list[Any] = []
        for _ in range(100_000):
            deep = [deep]
        line = self.logged(extra={"deep": deep, "long": list(range(1_000_000))})
        self.assertLess(json.dumps(line["deep"]).count("["), 20)
        self.assertLessEqual(len(line["long"]), 10_000)
        # Taking a million levels apart again must not exhaust the stack.
        while deep:
            deep = deep.pop()

    def test_lets_extra_replace_nothing(self) -> None:
        extra = {
            "@timestamp": "never",
            "event.id": "mine",
            "event": {"id": "mine", "action": "pay"},
            "log": "text",
            "tags": "t",
            "service": {"name": "evil", "node": {"name": "n1"}},
        }
        line = self.logged("real", extra=extra, options={"service": "shop"})
        self.assertRegex(line["event.id"], UUID_4)
        self.assertNotEqual(line["@timestamp"], "never")
        self.assertEqual((line["message"], line["tags"], line["service.name"]), ("real", "t", "shop"))
        self.assertEqual((line["event.action"], line["service.node"]), ("pay", {"name": "n1"}))
        moved = {name: value for name, value in line.items() if name.endswith("_")}
        self.assertEqual(
            moved,
            {
                "@timestamp_": "never",
                "event.id_": "mine",
                "event.id__": "mine",
                "log_": "text",
                "service.name_": "evil",
            },
        )

    def test_puts_no_value_where_the_line_has_an_object(self) -> None:
        extra = {
            "process.thread": "t",
            "log.origin": 1,
            "log": {"origin": {"file": "f", "column": 3}},
            "labels": {"a": {"b": 1}, "a.b": 2},
            "labels.a": "c",
        }
        line = self.logged(extra=extra, options={"tags": {"a.b": "tag"}})
        added = {name: value for name, value in line.items() if name.endswith("_") or "column" in name}
        self.assertEqual(
            added,
            {
                "process.thread_": "t",
                "log.origin_": 1,
                "log.origin.file_": "f",
                "log.origin.column": 3,
                "labels.a.b_": 1,
                "labels.a.b__": 2,
                "labels.a_": "c",
            },
        )

    def test_has_a_dictionary_that_cannot_be_read_as_text(self) -> None:
        class Unreadable(dict):  # type: ignore[type-arg]
            def items(self) -> Any:
                raise RuntimeError("no items")

        line = self.logged(extra={"event": Unreadable(y=1), "other": Unreadable(y=1)})
        self.assertRegex(line["event.id"], UUID_4)
        self.assertNotIn("event", line)
        self.assertEqual((line["event_"], line["other"]), ("{'y': 1}", "{'y': 1}"))

    def test_is_one_line_whatever_is_logged(self) -> None:
        handler = self.handler()
        self.logger(handler).info("a\nb\r\u2028c\x00", extra={"x\ny": "z\n"})
        handler.flush()
        self.assertEqual(self.stream.accepted[0].count(b"\n"), 1)

    def test_has_the_text_of_another_formatter_as_message(self) -> None:
        handler = self.handler()
        handler.setFormatter(logging.Formatter("%(levelname)s:%(message)s"))
        self.logger(handler).info("hello")
        handler.flush()
        self.assertEqual(self.stream.messages, ["INFO:hello"])

    def test_is_written_to_stdout_by_the_formatter_alone(self) -> None:
        record = logging.makeLogRecord({"msg": "hello", "levelname": "INFO", "name": "app"})
        line = LineFormatter(service="shop").format(record)
        self.assertEqual(json.loads(line)["service.name"], "shop")
        self.assertNotIn("\n", line)

    def test_omits_the_task_name_of_asyncio(self) -> None:
        self.assertNotIn("taskName", self.logged())
        self.assertNotIn("taskName", json.loads(LineFormatter().format(logging.makeLogRecord({"taskName": "t"}))))

    def test_rejects_another_format(self) -> None:
        with self.assertRaisesRegex(ValueError, "format is 'xml'; allowed: 'ecs' or 'plain'"):
            LineFormatter("xml")
