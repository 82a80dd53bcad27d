"""What holds for a spill file in any order of events."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from aws_logging_pipeline_logger.spill_file import SpillFile, SpillFullError

from . import test_properties  # noqa: F401  its settings
from .support import LoggerTest, line, raises

LIMIT = 60
STEPS = ["append", "torn", "take", "read", "settle", "kill"]


class SpillOrdersTest(LoggerTest):
    def setUp(self) -> None:
        super().setUp()
        self.spill = ""

    @property
    def files(self) -> list[str]:
        return os.listdir(os.path.dirname(self.spill))

    @given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 2)), max_size=60))
    def test_lines_are_lost_by_no_order_of_writers_readers_and_kills(self, steps: list[tuple[str, int]]) -> None:
        self.spill = os.path.join(self.folder(), "lines")
        processes = [Process(self.spill) for _ in range(3)]
        appended: list[bytes] = []
        torn = 0
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
                    torn += file.write(b'\n{"torn')
            elif step != "torn":
                getattr(process, step)()
            self.assertLessEqual(
                sum(os.path.getsize(os.path.join(os.path.dirname(self.spill), name)) for name in self.files), LIMIT + torn
            )
        for process in processes:
            process.settle()
            process.kill()
        last = Process(self.spill)
        last.take()
        last.read()
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
        self.file = SpillFile(self.path, LIMIT)
        self.taken: list[Any] = []
        self.open: list[tuple[Any, list[bytes]]] = []

    def take(self) -> None:
        self.taken += self.file.take(1000, raises)[0]

    def read(self) -> None:
        for file in self.taken:
            while lines := file.read(30):
                self.open.append((file, lines))

    def settle(self) -> None:
        for file, lines in self.open:
            file.settle(len(lines))
            self.settled += lines
        self.open.clear()

    def kill(self) -> None:
        self.file.abandon()
        self.begin()
