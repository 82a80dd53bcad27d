"""Programs that log, in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

from .support import LoggerTest

ROOT = Path(__file__).parent.parent

PREAMBLE = """
import logging, multiprocessing, os, signal, sys, threading, time
from aws_logging_pipeline_logger import KinesisHandler, flush_on_sigterm
from tests.support import FileStream, messages_in
path = sys.argv[1]
fails = False
{before}
handler = KinesisHandler("s", create_client=lambda: FileStream(path, fails), buffer_seconds=3600, flush_seconds=5, {options})
log = logging.getLogger()
log.addHandler(handler)
log.setLevel("INFO")
"""


class ProcessTest(LoggerTest):
    def setUp(self) -> None:
        super().setUp()
        self.path = os.path.join(self.folder(), "lines")
        self.options = ""
        """Further ones of the handler."""
        self.before = ""
        """Runs before the handler is made, which may send at once."""

    def start(self, program: str) -> subprocess.Popen[str]:
        preamble = PREAMBLE.format(options=self.options, before=textwrap.dedent(self.before))
        process = subprocess.Popen(
            # Python 3.12 and newer warn of each fork of a process with threads.
            [sys.executable, "-B", "-W", "ignore::DeprecationWarning", "-c", preamble + textwrap.dedent(program), self.path],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": "src"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(process.stdout.close)  # type: ignore[union-attr]
        self.addCleanup(process.stderr.close)  # type: ignore[union-attr]
        self.addCleanup(process.kill)
        return process

    def run_program(self, program: str) -> tuple[int, str]:
        """Returns exit code and stderr."""
        process = self.start(program)
        _, errors = process.communicate(timeout=60)
        return process.returncode, errors

    def until_ready(self, process: subprocess.Popen[str]) -> None:
        self.assertEqual(process.stdout.readline(), "ready\n")  # type: ignore[union-attr]
