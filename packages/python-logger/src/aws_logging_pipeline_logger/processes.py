"""Handlers of this process: forks, and ends of processes."""

from __future__ import annotations

import os
import sys
import weakref
from typing import Callable, Protocol


class LiveSender(Protocol):
    def flush(self, timeout: float) -> bool: ...

    def close(self, timeout: float) -> None: ...

    def reset(self) -> None: ...


_senders: weakref.WeakSet[LiveSender] = weakref.WeakSet()

CHILD_SECONDS = 5.0


def register(sender: LiveSender) -> None:
    _senders.add(sender)


def live_senders() -> list[LiveSender]:
    return list(_senders)


def _reset_all() -> None:
    for sender in live_senders():
        sender.reset()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_reset_all)


def close_when_child_exits(close: Callable[[float], None]) -> None:
    """A process of `multiprocessing` ends by `os._exit` after its own finalizers: `logging.shutdown`, at exit, never runs."""
    process = sys.modules.get("multiprocessing.process")
    util = sys.modules.get("multiprocessing.util")
    if process is None or util is None or process.parent_process() is None:
        return
    util.Finalize(None, close, args=(CHILD_SECONDS,), exitpriority=0)
