"""How long lines wait, and how many."""

from __future__ import annotations

import threading
import time

from .support import FakeStream, LoggerTest


class BufferingTest(LoggerTest):
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
            self.assertLessEqual(handler._sender._buffer.buffered_bytes, 2_500_000)
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
        self.assertEqual(self.warned, ["request-failed", "unsent", "closed"])

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
