"""One warning of each kind."""

from __future__ import annotations

import contextlib
import sys
from typing import Callable

OnWarning = Callable[[str, str], None]
"""Called with the kind, such as "dropped", and a sentence."""


def write_to_stderr(kind: str, text: str) -> None:
    """Not by `logging`: the root logger may have no other handler than the one that does not work."""
    if sys.stderr is not None:
        sys.stderr.write(f"aws_logging_pipeline_logger: {text}\n")


class Warnings:
    """Passes on the first warning of each kind; the others are counted by `Stats` alone."""

    def __init__(self, on_warning: OnWarning | None) -> None:
        self._on_warning = on_warning or write_to_stderr
        self._told: set[str] = set()

    def tell(self, kind: str, text: str) -> None:
        if kind in self._told:
            return
        self._told.add(kind)
        # What a callback or a closed stderr raises must not reach the application.
        with contextlib.suppress(Exception):
            self._on_warning(kind, text)
