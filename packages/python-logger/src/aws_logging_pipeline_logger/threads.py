"""Threads that end with the process."""

from __future__ import annotations

import threading
from typing import Callable


class DaemonThread:
    """A thread that starts when it is first needed, and again if it has ended: in a forked process, for example."""

    def __init__(self, run: Callable[[], None], name: str) -> None:
        self._run = run
        self._name = name
        self._thread: threading.Thread | None = None

    @property
    def is_alive(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> bool:
        """Returns False where no thread can start: when the interpreter ends, or at a limit of the system."""
        if self.is_alive:
            return True
        thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        try:
            thread.start()
        except RuntimeError:
            return False
        self._thread = thread
        return True
