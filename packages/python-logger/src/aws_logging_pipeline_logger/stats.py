"""What has become of the lines."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Stats:
    """
    Counts since the process began; a forked process counts anew. Each line that was accepted or restored is in exactly one of sent,
    dropped, rejected, spilled and buffered.
    """

    accepted_lines: int = 0
    restored_lines: int = 0
    """Of the spill file, and sent or rejected since."""
    sent_lines: int = 0
    dropped_lines: int = 0
    """The oldest ones, because the memory was full and so was the spill file, if there is one, or those that were left when the handler
    was closed."""
    rejected_lines: int = 0
    """Of records that the service does not take, however often they are sent."""
    spilled_lines: int = 0
    """Written to the spill file."""
    buffered_lines: int = 0
    """In memory: what a `kill -9` would lose now."""
    buffered_bytes: int = 0
    truncated_lines: int = 0
    """Longer than a record may be: `extra` was left out, and texts were cut."""
    failed_lines: int = 0
    """That could not be formatted, and are in none of the other counts."""
    requests: int = 0
    failed_requests: int = 0
    sent_records: int = 0
    sent_bytes: int = 0
    """Of the records' data, as it was sent."""
    retried_records: int = 0
    """Records that failed, throttled ones for example, as often as they did."""
