"""Spill files that other processes have written, or have begun to."""

from __future__ import annotations

import fcntl
import os
import uuid
from typing import Any
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from aws_logging_pipeline_logger import FirehoseHandler, KinesisHandler
from aws_logging_pipeline_logger.spill_file import SpillFile, SpillFullError

from . import test_properties  # noqa: F401  its settings
from .support import LoggerTest, until


def line(message: str) -> bytes:
    return b'{"message":"%s"}\n' % message.encode()


STEPS = ["append", "torn", "take", "read", "settle", "kill"]


class SpilledLinesTest(LoggerTest):
    def setUp(self) -> None:
        super().setUp()
        self.spill = os.path.join(self.folder(), "lines")

    def write(self, content: bytes, name: str = "") -> None:
        with open(self.spill + name, "wb") as file:
            file.write(content)

    def start(self, kind: type = KinesisHandler) -> KinesisHandler | FirehoseHandler:
        return self.handler(kind, spill=self.spill)

    @property
    def files(self) -> list[str]:
        return os.listdir(os.path.dirname(self.spill))

    def test_are_read_without_what_a_killed_writer_has_left_half(self) -> None:
        self.write(b"\n" + line("a") + b'{"torn":\n' + line("b") + line("c")[:10])
        self.write(line("d"), f".{uuid.uuid4()}.taken")
        handler = self.start()
        until(lambda: not self.files)
        self.assertEqual(sorted(self.stream.messages), ["a", "b", "d"])
        self.assertEqual(self.warned, ["spill-unsent"])
        self.assertIn("2 lines are lost", self.warnings[0][1])
        self.assertEqual((handler.stats().restored_lines, handler.stats().sent_lines), (3, 3))

    def test_are_read_whatever_they_have_within_their_strings(self) -> None:
        texts = [f"{n} a\u2028b\u2029c\u0085d\r é\U0001f600" for n in range(20_000)]
        self.write(b"".join(line(text.replace("\r", "\\r")) for text in texts))
        self.start()
        until(lambda: not self.files)
        self.assertEqual(self.stream.messages, texts)
        self.assertEqual(self.warned, [])

    def test_are_kept_beside_what_this_library_has_not_written(self) -> None:
        for kind, most in ((KinesisHandler, 2**20 - 16), (FirehoseHandler, 1_000_000)):
            self.stream, self.warnings = type(self.stream)(), []
            fits = line("x" * (most - 15))
            self.assertEqual(len(fits), most)
            self.write(line("a") + fits + line("x" * (most - 14)) + b"no JSON\n[1]\n\xff\n" + line("b"))
            self.start(kind)
            until(lambda: any(name.endswith(".kept") for name in self.files))
            self.assertEqual([len(message) for message in self.stream.messages], [1, most - 15, 1])
            self.assertEqual(self.warned, ["spill-unsent"])
            self.assertIn("4 lines are none of this library", self.warnings[0][1])
            os.unlink(os.path.join(os.path.dirname(self.spill), self.files[0]))

    def test_may_have_one_that_is_longer_than_the_memory(self) -> None:
        self.write(line("a"))
        os.truncate(self.spill, 100 * 2**20)
        handler = self.start()
        until(lambda: any(name.endswith(".kept") for name in self.files))
        self.assertEqual((self.stream.messages, self.warned), (["a"], ["spill-unsent"]))
        self.assertEqual(handler.stats().buffered_bytes, 0)

    def test_stay_if_they_cannot_be_read(self) -> None:
        self.write(line("a"))
        with mock.patch("os.read", side_effect=OSError(5, "Input/output error")):
            handler = self.start()
            until(lambda: "spill-failed" in self.warned)
        self.logger(handler).info("new")
        self.assertTrue(handler.flush())
        self.assertEqual((self.stream.messages, len(self.files)), (["new"], 1))
        handler.close()
        self.start()
        until(lambda: not self.files)
        self.assertEqual(self.stream.messages, ["new", "a"])

    def test_are_left_to_the_process_that_has_them_locked(self) -> None:
        taken = f".{uuid.uuid4()}.taken"
        self.write(line("a"), taken)
        self.write(line("b"))
        with open(self.spill + taken) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self.start()
            until(lambda: self.stream.messages == ["b"])
            self.assertEqual(self.files, [f"lines{taken}"])
        self.start()
        until(lambda: not self.files)
        self.assertEqual(self.stream.messages, ["b", "a"])

    def test_are_those_of_the_same_path(self) -> None:
        others = [f".b.{uuid.uuid4()}.taken", ".taken", ".kept", f"{uuid.uuid4()}.taken"]
        for name in others:
            self.write(line("a"), name)
        handler = self.start()
        self.logger(handler).info("new")
        self.assertTrue(handler.flush())
        self.assertEqual(sorted(self.files), sorted(f"lines{name}" for name in others))
        self.assertEqual(self.stream.messages, ["new"])

    def test_are_whole_after_a_disk_was_full_in_their_midst(self) -> None:
        file = SpillFile(self.spill, 10**6)
        file.append(line("a"), 1)
        write, calls = os.write, []

        def write_half(fd: int, data: bytes) -> int:
            calls.append(data)
            if len(calls) == 1:
                return write(fd, data[:5])
            raise OSError(28, "No space left on device")

        with mock.patch("os.write", write_half), self.assertRaises(OSError):
            file.append(line("b"), 1)
        file.append(line("c"), 1)
        with open(self.spill, "rb") as written:
            self.assertEqual(written.read(), b"\n" + line("a") + b"\n" + line("c"))

    def test_wait_for_the_lock_of_another_process_no_longer_than_they_may(self) -> None:
        file = SpillFile(self.spill, 10**6)
        with open(self.spill, "w") as other:
            fcntl.flock(other, fcntl.LOCK_EX)
            with self.assertRaisesRegex(TimeoutError, "another process keeps it locked"):
                file.append(line("a"), 0.05)
        file.append(line("a"), 0.05)

    @given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 2)), max_size=60))
    def test_are_lost_by_no_order_of_writers_readers_and_kills(self, steps: list[tuple[str, int]]) -> None:
        self.spill = os.path.join(self.folder(), "lines")
        processes = [Process(self.spill) for _ in range(3)]
        appended: list[bytes] = []
        for n, (step, which) in enumerate(steps):
            process = processes[which]
            if step == "append":
                try:
                    process.file.append(line(str(n)), 0)
                    appended.append(line(str(n)))
                except SpillFullError:
                    pass
            elif step == "torn" and os.path.exists(self.spill):
                with open(self.spill, "ab") as file:
                    file.write(b'\n{"torn')
            elif step == "kill":
                process.kill()
            else:
                getattr(process, step, lambda: None)()
            self.assertLessEqual(
                sum(os.path.getsize(os.path.join(os.path.dirname(self.spill), name)) for name in self.files), 400 + 8 * n
            )
        for process in processes:
            process.settle()
            process.kill()
        last = Process(self.spill)
        last.take()
        while last.read():
            pass
        last.settle()
        settled = [text for process in [*processes, last] for text in process.settled]
        self.assertEqual(set(settled), set(appended))
        self.assertEqual(self.files, [])


class Process:
    """What a process does with a spill file, without the process."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.settled: list[bytes] = []
        self.begin()

    def begin(self) -> None:
        self.file = SpillFile(self.path, 400)
        self.taken: list[Any] = []
        self.open: list[tuple[Any, list[bytes]]] = []

    def take(self) -> None:
        self.taken += self.file.take(1000)[0]

    def read(self) -> bool:
        for file in self.taken:
            lines = file.read(30)
            if lines:
                self.open.append((file, lines))
                return True
        return False

    def settle(self) -> None:
        for file, lines in self.open:
            file.settle(len(lines))
            self.settled += lines
        self.open.clear()

    def kill(self) -> None:
        self.file.abandon()
        self.begin()
