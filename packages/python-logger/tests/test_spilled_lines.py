"""Spill files that other processes have written, or have begun to."""

from __future__ import annotations

import fcntl
import os
import uuid
from unittest import mock

from aws_logging_pipeline_logger import FirehoseHandler, KinesisHandler
from aws_logging_pipeline_logger.spill_file import SpillFile

from .support import LoggerTest, line, raises, until


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

    def test_are_read_beside_what_another_user_has_left(self) -> None:
        left = f"{self.spill}.{uuid.uuid4()}.taken"
        self.write(line("a"), left[len(self.spill) :])
        self.write(line("b"))
        open_file = os.open

        def open_own(path: str, *args: int) -> int:
            if path == left:
                raise PermissionError(13, "Permission denied", path)
            return open_file(path, *args)

        with mock.patch("os.open", open_own):
            self.start()
            until(lambda: self.stream.messages == ["b"])
            until(lambda: self.files == [os.path.basename(left)])
        self.assertEqual(self.warned, ["spill-failed"])
        self.assertIn(f"{left} cannot be read, and stays (Permission denied", self.warnings[0][1])

    def test_leave_no_file_open_where_there_are_no_locks(self) -> None:
        self.write(line("a"), f".{uuid.uuid4()}.taken")
        file = SpillFile(self.spill, 10**6)
        locks = mock.patch("fcntl.flock", side_effect=OSError(37, "No locks available"))
        with locks, self.assertRaisesRegex(OSError, "No locks"):
            file.take(1000, raises)
        self.assertEqual(file._open_fds, set())

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

    def test_go_to_a_new_file_if_another_process_takes_it_before_it_is_locked(self) -> None:
        file = SpillFile(self.spill, 10**6)
        file.append(line("a"), 1)
        lock = fcntl.flock

        def lock_too_late(fd: int, operation: int) -> None:
            if os.path.exists(self.spill) and operation != fcntl.LOCK_UN and len(self.files) == 1:
                os.rename(self.spill, f"{self.spill}.other")
            lock(fd, operation)

        with mock.patch("fcntl.flock", lock_too_late):
            file.append(line("b"), 1)
        with open(self.spill, "rb") as written:
            self.assertEqual(written.read(), b"\n" + line("b"))

    def test_are_looked_for_again_only_while_another_process_sends_some(self) -> None:
        file, other = SpillFile(self.spill, 10**6), SpillFile(self.spill, 10**6)
        file.append(line("a"), 1)
        (taken,), others = file.take(1000, raises)
        self.assertEqual((others, file.take(1000, raises), other.take(1000, raises)), (False, ([], False), ([], True)))
        taken.close()
        (taken,), others = other.take(1000, raises)
        self.assertEqual((others, taken.read(100)), (False, [line("a")]))
        taken.close()
