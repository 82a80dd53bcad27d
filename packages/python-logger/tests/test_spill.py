"""Lines that memory has no room for, in a file."""

from __future__ import annotations

import json
import os
import threading
import time
from typing import Any
from unittest import mock

from aws_logging_pipeline_logger import FirehoseHandler, KinesisHandler, spilling
from aws_logging_pipeline_logger.spill_file import SpillFile
from aws_logging_pipeline_logger.threads import DaemonThread

from .support import LoggerTest, client_error, until

TEXT = "x" * 1000


class SpillTest(LoggerTest):
    def setUp(self) -> None:
        super().setUp()
        self.spill = os.path.join(self.folder(), "lines")
        for name in ("LOOK_SECONDS", "REST_SECONDS", "LOCK_SECONDS"):
            patched = mock.patch.object(spilling, name, 0.2)
            patched.start()
            self.addCleanup(patched.stop)

    def spilling_handler(self, **options: Any) -> KinesisHandler | FirehoseHandler:
        options.setdefault("spill", self.spill)
        return self.handler(**{"memory_bytes": 2_500_000, "buffer_seconds": 0.01, **options})

    def log(self, handler: KinesisHandler | FirehoseHandler, lines: range, *, is_full: bool = False) -> None:
        """Not faster than the disk writes, unless the file is full."""
        log, buffer = self.logger(handler), handler._sender._buffer
        for n in lines:
            log.info("%d %s", n, TEXT)
            # Without queued lines there is nothing to spill: the rest is being sent.
            until(lambda: is_full or buffer.used_bytes <= 2_000_000 or buffer.queued_lines == 0 or "spill-full" in self.warned)

    @property
    def numbers(self) -> list[int]:
        return [int(message.split()[0]) for message in self.stream.messages]

    @property
    def files(self) -> list[str]:
        return sorted(os.listdir(os.path.dirname(self.spill)))

    def assert_counted(self, handler: KinesisHandler | FirehoseHandler) -> None:
        stats = handler.stats()
        counts = (stats.sent_lines, stats.dropped_lines, stats.rejected_lines, stats.spilled_lines, stats.buffered_lines)
        self.assertEqual(stats.accepted_lines + stats.restored_lines, sum(counts))

    def test_gives_back_what_memory_had_no_room_for(self) -> None:
        for options in ({}, {"compress": "gzip"}, {"pack": False}):
            self.stream, self.warnings = type(self.stream)(), []
            self.stream.fail = lambda request: client_error("ResourceNotFoundException")
            handler = self.spilling_handler(**options)
            self.log(handler, range(5000))
            until(lambda handler=handler: handler.stats().spilled_lines > 2000)
            self.assertEqual([os.stat(self.spill).st_mode & 0o777], [0o600])
            self.assert_counted(handler)
            self.stream.fail = lambda request: None
            self.assertTrue(handler.flush(30))
            until(lambda: not self.files)
            self.assertEqual(sorted(self.numbers), list(range(5000)))
            stats = handler.stats()
            self.assertEqual((stats.sent_lines, stats.restored_lines, stats.dropped_lines), (5000, stats.spilled_lines, 0))
            self.assert_counted(handler)
            self.assertEqual(self.warned, ["stream-not-found"])

    def test_keeps_what_is_left_when_it_is_closed_for_the_next_start(self) -> None:
        for options in ({}, {"compress": "gzip"}):
            self.stream, self.warnings = type(self.stream)(), []
            self.stream.fail = lambda request: ConnectionError()
            handler = self.spilling_handler(flush_seconds=0.1, **options)
            self.log(handler, range(3000))
            handler.close()
            stats = handler.stats()
            self.assertEqual((stats.spilled_lines, stats.dropped_lines, stats.buffered_lines), (3000, 0, 0))
            self.assertEqual(self.warned, ["request-failed"])
            self.stream.fail = lambda request: None
            self.spilling_handler()
            until(lambda: not self.files)
            self.assertEqual(sorted(self.numbers), list(range(3000)))
            self.assertEqual(len({line["event.id"] for line in self.stream.lines}), 3000)

    def test_sends_what_the_last_start_left_although_it_ends_at_once(self) -> None:
        for lines in (0, 1):
            for has_thread in (True, False):
                self.stream, self.warnings = type(self.stream)(), []
                with open(self.spill, "w") as file:
                    file.writelines(f'{{"message":"{n} {TEXT}"}}\n' for n in range(5000))
                with mock.patch.object(DaemonThread, "start", DaemonThread.start if has_thread else lambda thread: False):
                    handler = self.spilling_handler(flush_seconds=30)
                    self.log(handler, range(5000, 5000 + lines))
                    handler.close()
                until(lambda: not self.files)
                self.assertEqual(sorted(self.numbers), list(range(5000 + lines)))
                self.assertEqual((handler.stats().restored_lines, handler.stats().spilled_lines), (5000, 0))
                self.assert_counted(handler)

    def test_does_not_wait_at_the_end_for_what_cannot_be_sent(self) -> None:
        with open(self.spill, "w") as file:
            file.write('{"message":"left"}\n')
        self.stream.fail = lambda request: ConnectionError()
        handler = self.spilling_handler(flush_seconds=30)
        started = time.monotonic()
        handler.close()
        self.assertLess(time.monotonic() - started, 20)
        self.assertEqual(handler.stats().dropped_lines, 0)
        self.assertEqual(len(self.files), 1)

    def test_sends_new_lines_before_those_of_the_file(self) -> None:
        with open(self.spill, "w") as file:
            file.writelines(f'{{"message":"{n} {TEXT}"}}\n' for n in range(5000))
        self.stream.gate = threading.Event()
        handler = self.spilling_handler(buffer_bytes=1)
        self.assertTrue(self.stream.answering.wait(10))
        self.logger(handler).info("new")
        self.stream.gate.set()
        until(lambda: not self.files)
        self.assertEqual([b'"new"' in request[0]["Data"] for request in self.stream.requests[:4]], [False, True, False, False])

    def test_leaves_what_is_not_sent_to_the_next_start(self) -> None:
        with open(self.spill, "w") as file:
            file.writelines(f'{{"message":"{n} {TEXT}"}}\n' for n in range(5000))
        self.stream.fail = lambda request: ConnectionError() if request > 2 else None
        handler = self.spilling_handler()
        until(lambda: handler.stats().failed_requests > 0)
        handler._sender.close(0)
        sent = handler.stats().sent_lines
        self.assertEqual((handler.stats().restored_lines, handler.stats().dropped_lines), (sent, 0))
        self.assertGreater(sent, 0)
        until(lambda: self.files[0].endswith(".taken") and not handler._sender._thread.is_alive)
        self.stream.fail = lambda request: None
        self.spilling_handler()
        until(lambda: not self.files)
        # What the first had sent is sent again: a file is sent whole.
        self.assertEqual(sorted(set(self.numbers)), list(range(5000)))
        self.assertEqual(len(self.numbers), 5000 + sent)

    def test_has_no_more_bytes_than_it_may_and_counts_the_lines_that_are_dropped(self) -> None:
        self.stream.fail = lambda request: ConnectionError()
        handler = self.spilling_handler(spill_bytes=2_500_000, flush_seconds=0)
        self.log(handler, range(3000))
        for _ in range(20):
            self.log(handler, range(200), is_full=True)
            self.assertLessEqual(
                sum(os.path.getsize(os.path.join(os.path.dirname(self.spill), name)) for name in self.files), 2_500_000
            )
        until(lambda: "spill-full" in self.warned)
        handler.close()
        self.assertLessEqual(os.path.getsize(self.spill), 2_500_000)
        self.assert_counted(handler)
        stats = handler.stats()
        self.assertGreater(stats.dropped_lines, 2000)
        self.assertGreater(stats.spilled_lines, 1500)
        self.assertEqual(sorted(self.warned), ["dropped", "request-failed", "spill-full", "unsent"])

    def test_keeps_the_newest_lines_that_it_has_room_for_when_it_is_closed(self) -> None:
        self.stream.fail = lambda request: ConnectionError()
        handler = self.spilling_handler(spill_bytes=2_500_000, flush_seconds=0)
        self.log(handler, range(1000))
        until(lambda: handler.stats().failed_requests > 0)
        with open(self.spill, "w") as file:
            file.write("\n" * 2_000_000)
        handler.close()
        spilled = handler.stats().spilled_lines
        self.assertTrue(100 < spilled < 500, spilled)
        with open(self.spill) as file:
            kept = [json.loads(text)["message"].split()[0] for text in file if text != "\n"]
        self.assertEqual(kept, [str(n) for n in range(1000 - spilled, 1000)])
        self.assertRegex(dict(self.warnings)["unsent"], f"^{1000 - spilled} lines were not sent .*raise spill_bytes")

    def test_has_room_again_once_another_process_has_sent_it(self) -> None:
        self.stream.fail = lambda request: ConnectionError()
        handler = self.spilling_handler(spill_bytes=2_500_000)
        self.log(handler, range(1))
        # After that it does not look for lines before it has sent this one.
        until(lambda: handler.stats().failed_requests > 0)
        with open(self.spill, "wb") as file:
            file.write(b"\n" * 2_500_000)
        self.log(handler, range(3000), is_full=True)
        until(lambda: "dropped" in self.warned)
        os.unlink(self.spill)
        until(lambda: handler.stats().spilled_lines > 0)

    def test_drops_the_oldest_lines_if_it_cannot_be_written(self) -> None:
        handler = self.spilling_handler(flush_seconds=0)
        os.symlink("/dev/null", self.spill)
        self.stream.fail = lambda request: ConnectionError()
        self.log(handler, range(4000), is_full=True)
        until(lambda: {"spill-failed", "request-failed"} <= set(self.warned))
        handler.close()
        stats = handler.stats()
        self.assertEqual((stats.spilled_lines, stats.dropped_lines), (0, 4000))
        self.assert_counted(handler)
        self.assertEqual(sorted(self.warned), ["dropped", "request-failed", "spill-failed", "unsent"])
        self.assertIn("link", dict(self.warnings)["spill-failed"])
        self.assertEqual(self.files, ["lines"])

    def test_makes_nobody_wait_for_a_disk_that_does_not_write(self) -> None:
        handler = self.spilling_handler(flush_seconds=0)
        self.stream.fail = lambda request: ConnectionError()
        never = threading.Event()
        self.addCleanup(never.set)
        with mock.patch.object(SpillFile, "append", lambda *_: never.wait(20)):
            log = self.logger(handler)
            began = time.monotonic()
            for n in range(5000):
                log.info("%d %s", n, TEXT)
            self.assertFalse(handler.flush(0.1))
            self.assertLess(time.monotonic() - began, 15)
            self.assert_counted(handler)
        self.stream.fail = lambda request: None
        handler.close()
        self.assert_counted(handler)
        self.assertEqual(handler.stats().buffered_lines, 0)

    def test_says_what_has_become_of_the_lines_when_it_is_closed(self) -> None:
        self.stream.gate = threading.Event()
        handler = self.handler(flush_seconds=0.1, buffer_seconds=0)
        log = self.logger(handler)
        log.info("asked")
        self.assertTrue(self.stream.answering.wait(10))
        log.info("waits")
        handler.close()
        log.info("late")
        log.info("later")
        self.stream.fail = lambda request: ConnectionError()
        self.stream.gate.set()
        until(lambda: len(self.stream.requests) == 1)
        time.sleep(0.05)
        # The request that fails after that is not told: its lines are not sent again.
        self.assertEqual(self.warned, ["unsent", "closed"])
        self.assertRegex(self.warnings[0][1], "^2 lines were not sent .* the service may have 1 of them.*flush_seconds, or set spill")
        self.assertEqual(handler.stats().dropped_lines, 4)
