"""How long to wait before the next try."""

from __future__ import annotations

import random

BASE_SECONDS = 0.1
MAX_SECONDS = 20.0


def backoff_seconds(failures: int) -> float:
    """
    Exponential backoff with full jitter: from 0 up to a limit that doubles with each failure in a row.

    failures: how many, 1 or more.
    """
    return random.uniform(0, min(MAX_SECONDS, BASE_SECONDS * 2 ** min(failures - 1, 30)))
