"""Runs the tests, and prints each result as a line of JSON, for Jest: `python -m tests.report`."""

from __future__ import annotations

import json
import time
import traceback
import unittest
from typing import Any


class Reported(unittest.TestResult):
    def __init__(self) -> None:
        super().__init__()
        self._began = 0.0

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        self._began = time.monotonic()
        self._trouble = ""

    def addError(self, test: unittest.TestCase, err: Any) -> None:
        self._trouble += "".join(traceback.format_exception(*err))
        if not hasattr(test, "_testMethodName"):
            # A file that cannot be imported, or a class whose preparation fails.
            self._print(test.id(), self._trouble)

    addFailure = addError

    def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase, err: Any) -> None:
        if err is not None:
            self.addError(test, err)

    def stopTest(self, test: unittest.TestCase) -> None:
        super().stopTest(test)
        self._print(test.id(), self._trouble)

    def _print(self, name: str, trouble: str) -> None:
        seconds = round(time.monotonic() - self._began, 3)
        print(json.dumps({"test": name, "trouble": trouble, "seconds": seconds}), flush=True)


if __name__ == "__main__":
    unittest.defaultTestLoader.discover("tests", top_level_dir=".").run(Reported())
