"""Log records of Python's `logging` as lines of JSON in Kinesis or Firehose, each found once."""

from .endings import flush_all, flush_before_return, flush_on_sigterm
from .formatter import LineFormatter
from .handlers import FirehoseHandler, KinesisHandler
from .stats import Stats

__version__ = "0.1.0"

__all__ = [
    "FirehoseHandler",
    "KinesisHandler",
    "LineFormatter",
    "Stats",
    "__version__",
    "flush_all",
    "flush_before_return",
    "flush_on_sigterm",
]
