"""Lines packed into records, and records into requests."""

from __future__ import annotations

import os

from aws_logging_pipeline_logger import FirehoseHandler, KinesisHandler

from .support import FakeStream, LoggerTest


class RecordsTest(LoggerTest):
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
        # Nothing is sent before the flush: a thread that keeps pace with the logger packs what there is.
        handler = self.handler(compress="gzip", buffer_seconds=60, buffer_bytes=4_000_000)
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
