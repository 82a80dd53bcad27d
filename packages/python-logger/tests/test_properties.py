"""What holds for any line, any stream and any order of events."""

from __future__ import annotations

import json
import logging
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from aws_logging_pipeline_logger import LineFormatter
from aws_logging_pipeline_logger.backoff import backoff_seconds
from aws_logging_pipeline_logger.buffer import LineBuffer
from aws_logging_pipeline_logger.delivery import Delivery
from aws_logging_pipeline_logger.packing import Packer
from aws_logging_pipeline_logger.services import Firehose, Kinesis
from aws_logging_pipeline_logger.stats import Stats
from aws_logging_pipeline_logger.warn import Warnings

from .support import THROTTLED, FakeStream, LoggerTest, client_error, lines_of
from .test_lines import Hostile

settings.register_profile("suite", deadline=None, max_examples=150, database=None, derandomize=True)
settings.load_profile("suite")

TEXTS = st.text(st.characters(codec=None, categories=None), max_size=20)  # lone surrogates and controls are among them
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    TEXTS,
    st.binary(max_size=8),
    st.decimals(),
    st.builds(Hostile),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(TEXTS, st.integers(0, 3), st.sampled_from(["0", "1", "log", "event"])), inner, max_size=4),
        st.tuples(inner, inner),
    ),
    max_leaves=12,
)
NAMES = st.one_of(TEXTS, st.sampled_from(["log", "event", "event.id", "@timestamp", "tags", "labels", "error", "a.b"]))


def strictly_parsed(line: bytes) -> Any:
    """As JSON without a name twice and without NaN."""

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len({name for name, _ in pairs}) == len(pairs), pairs
        return dict(pairs)

    def fail(constant: str) -> None:
        raise AssertionError(constant)

    return json.loads(line.decode("utf-8", "strict"), object_pairs_hook=members, parse_constant=fail)


class PropertiesTest(LoggerTest):
    @given(
        message=VALUES,
        args=st.one_of(st.tuples(), st.tuples(VALUES), st.tuples(VALUES, VALUES)),
        extra=st.dictionaries(NAMES, VALUES, max_size=5),
        format=st.sampled_from(["ecs", "plain"]),
    )
    def test_whatever_is_logged_is_one_line_of_strict_json(self, message: Any, args: Any, extra: Any, format: str) -> None:
        record = logging.LogRecord("app", logging.INFO, "file.py", 1, message, args, None)
        for name, value in extra.items():
            if name not in record.__dict__:
                record.__dict__[name] = value
        line = LineFormatter(format, service="s", tags={"a": "b"}).encode(record)
        self.assertNotIn(b"\n", line)
        said = strictly_parsed(line)
        self.assertRegex(said["event.id"], r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
        self.assertIsInstance(said["message"], str)
        self.assertRegex(said["@timestamp" if format == "ecs" else "timestamp"], r"^20\d\d-.*Z$")

    @given(
        sizes=st.lists(st.integers(1, 4000), min_size=1, max_size=60),
        record_bytes=st.integers(1, 10_000),
        pack=st.booleans(),
        compress=st.booleans(),
    )
    def test_each_line_is_packed_once_and_in_order(self, sizes: list[int], record_bytes: int, pack: bool, compress: bool) -> None:
        lines = [b"%d" % n + b"x" * size + b"\n" for n, size in enumerate(sizes)]
        buffer = LineBuffer(2**21)
        for line in lines:
            buffer.put(line)
        packer = Packer(record_bytes, pack=pack, compress=compress)
        packed: list[str] = []
        while buffer.queued_lines:
            first, taken = buffer.take(packer.room())
            record = packer.record(first, taken)
            self.assertEqual(record.first, len(packed))
            if record.lines > 1:
                self.assertTrue(pack)
                self.assertTrue(compress or len(record.data) <= record_bytes)
            packed += lines_of(record.data)
        self.assertEqual([text.encode() + b"\n" for text in packed], lines)

    @given(
        seed=st.integers(),
        sizes=st.lists(st.integers(1, 300_000), min_size=1, max_size=40),
        options=st.sampled_from([(True, False), (False, False), (True, True)]),
        service=st.sampled_from([Kinesis, Firehose]),
    )
    def test_each_line_is_accepted_once_by_a_stream_that_fails_at_random(
        self, seed: int, sizes: list[int], options: tuple[bool, bool], service: Any
    ) -> None:
        chance = random.Random(seed)
        stream = FakeStream()
        codes = [None, THROTTLED, "InternalFailure"]
        stream.reject = lambda data: chance.choices(codes, [5, 4, 1])[0]
        troubles = [None, ConnectionError(), client_error("AccessDeniedException"), client_error("ValidationException")]
        # A single record that is rejected for good would be lost, and is tested elsewhere.
        stream.fail = lambda request: chance.choices(troubles[: 3 if len(stream.requests[-1]) == 1 else 4], weights(stream))[0]

        def weights(stream: FakeStream) -> list[int]:
            return [6, 2, 1] if len(stream.requests[-1]) == 1 else [6, 2, 1, 1]

        buffer, stats = LineBuffer(2**25), Stats()
        pack, compress = options
        packer = Packer(25_000, pack=pack, compress=compress)
        delivery = Delivery(service("s", lambda: stream), packer, buffer, stats, Warnings(lambda kind, text: None))
        put = 0
        for _ in range(10_000):
            # Lines go on arriving while others are sent again.
            for _ in range(chance.randrange(8)):
                if put < len(sizes):
                    buffer.put(b"%d-" % put + b"x" * sizes[put] + b"\n")
                    put += 1
            delivery.round()
            self.assertEqual(buffer.accepted, stats.sent_lines + stats.rejected_lines + buffer.dropped + buffer.lines)
            if put == len(sizes) and not buffer.lines:
                break
        got = [int(line.split("-")[0]) for data in stream.accepted for line in lines_of(data)]
        self.assertEqual(sorted(got), list(range(len(sizes))))
        self.assertEqual((stats.sent_lines, buffer.buffered_bytes, buffer.first_unsettled), (len(sizes), 0, len(sizes)))
        self.assertEqual(stats.retried_records, sum(map(len, stream.requests)) - len(stream.accepted))
        for request in stream.requests:
            self.assertLessEqual(len(request), 500)
            self.assertLessEqual(sum(len(record["Data"]) for record in request), 4_000_000)

    @given(steps=st.lists(st.one_of(st.integers(1, 900), st.sampled_from(["take", "settle"])), max_size=80))
    def test_the_buffer_never_exceeds_its_memory_and_counts_each_line(self, steps: list[Any]) -> None:
        buffer = LineBuffer(2000)
        packer = Packer(500, pack=True, compress=False)
        sending: list[Any] = []
        settled = 0
        for step in steps:
            if step == "take":
                first, lines = buffer.take(500)
                if lines:
                    sending.append(packer.record(first, lines))
            elif step == "settle":
                if sending:
                    record = sending.pop()
                    settled += record.lines
                    rest = min((other.first for other in sending), default=float("inf"))
                    self.assertTrue(buffer.settle(record.lines, record.line_bytes, rest))
            else:
                buffer.put(b"x" * step)
            self.assertLessEqual(buffer.buffered_bytes, 2000)
            self.assertEqual(buffer.accepted, settled + buffer.dropped + buffer.lines)
        self.assertEqual(buffer.first_unsettled == buffer.accepted, buffer.lines == 0)

    @given(failures=st.integers(1, 10_000))
    def test_backoff_grows_and_has_a_limit(self, failures: int) -> None:
        self.assertLessEqual(0, backoff_seconds(failures))
        self.assertLessEqual(backoff_seconds(failures), min(20, 0.002 * 2 ** min(failures - 1, 30)))
