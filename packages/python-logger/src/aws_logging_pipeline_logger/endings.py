"""Flushes before a process ends or freezes."""

from __future__ import annotations

import functools
import os
import signal
from time import monotonic
from types import FrameType
from typing import Any, Callable, TypeVar

from .processes import live_senders

Handler = TypeVar("Handler", bound=Callable[..., Any])

RETURN_MARGIN_SECONDS = 0.5
"""Of a Lambda invocation, that a flush leaves for the answer."""


def flush_all(timeout: float = 5.0) -> bool:
    """Flushes all handlers of this process, in `timeout` seconds altogether. Returns whether no line is left."""
    deadline = monotonic() + timeout
    return all([sender.flush(max(deadline - monotonic(), 0)) for sender in live_senders()])


def flush_before_return(handler: Handler) -> Handler:
    """
    Decorates a handler of AWS Lambda: flushes all handlers before it returns or raises, since Lambda freezes the process then.

    It takes no more than the invocation's remaining time less half a second.
    """

    @functools.wraps(handler)
    def flushing(event: Any, context: Any, *rest: Any) -> Any:
        try:
            return handler(event, context, *rest)
        finally:
            flush_all(max(_remaining_seconds(context) - RETURN_MARGIN_SECONDS, 0.0))

    return flushing  # type: ignore[return-value]


def _remaining_seconds(context: Any) -> float:
    try:
        return float(context.get_remaining_time_in_millis()) / 1000
    except Exception:
        # Called by a test, for example.
        return 5.0 + RETURN_MARGIN_SECONDS


def flush_on_sigterm(timeout: float = 5.0) -> None:
    """
    Flushes all handlers when SIGTERM arrives, which otherwise ends Python without its exit handlers. Whatever handled SIGTERM before
    still does so, after the flush; without a handler the handlers of `logging` are closed, and the process ends by the signal. Where it
    is ignored, it stays ignored.

    timeout: in seconds. ECS and Kubernetes kill a process 30 seconds after SIGTERM.
    Raises ValueError outside of the main thread, as signal.signal does.
    """
    previous = signal.getsignal(signal.SIGTERM)
    if previous is signal.SIG_IGN:
        return

    def flush_and_pass_on(number: int, frame: FrameType | None) -> None:
        flush_all(timeout)
        if callable(previous):
            previous(number, frame)
        else:
            # What is left goes to the spill file.
            for sender in live_senders():
                sender.close(0)
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)

    signal.signal(signal.SIGTERM, flush_and_pass_on)
