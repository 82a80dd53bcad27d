"""What differs between Kinesis Data Streams and Amazon Data Firehose."""

from __future__ import annotations

# boto3 imports it, which fails once the interpreter exits ("can't register atexit after shutdown"): a program that logs its first
# line just before imports boto3 then.
import concurrent.futures.thread  # noqa: F401
import os
import re
import secrets
from collections.abc import Sequence
from typing import Any, Callable, Protocol

from .json_values import text_of

MAX_BATCH_RECORDS = 500
"""Source: API references of PutRecords and PutRecordBatch."""

MAX_BATCH_BYTES = 4 * 1000 * 1000
"""PutRecordBatch: 4 MB. PutRecords takes 10 MiB, but a shard only 1 MB a second. Source: API references of both."""

PARTITION_KEY_BYTES = 16

CreateClient = Callable[[], Any]
"""Returns a client of boto3, or what has its method put_records or put_record_batch."""


class Service(Protocol):
    """A service that takes records in batches."""

    max_record_bytes: int
    """Of a record's data."""

    create_client: CreateClient

    def put(self, client: Any, records: Sequence[bytes]) -> list[str | None]:
        """Sends one request; returns for each record None, or the error code that it failed with."""


class Kinesis:
    """PutRecords, with a random partition key for each record, which spreads them over all shards."""

    # A stream's MaxRecordSizeInKiB is 1,024 by default, partition key included. Source: Kinesis, quotas and limits.
    max_record_bytes = 1024 * 1024 - PARTITION_KEY_BYTES

    _NAME = re.compile(r"([a-zA-Z0-9_.-]{1,128}|arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream/[a-zA-Z0-9_.-]{1,128})")

    def __init__(self, stream: str, create_client: CreateClient) -> None:
        self._target = {"StreamARN" if str(stream).startswith("arn:") else "StreamName": stream}
        self.create_client = create_client

    def name_problem(self, stream: object) -> str | None:
        """Source: API reference of PutRecords, StreamName and StreamARN."""
        if isinstance(stream, str) and self._NAME.fullmatch(stream):
            return None
        return f"stream is {stream!r}; allowed: 1 to 128 of a-z A-Z 0-9 _ . -, or the stream's ARN"

    def put(self, client: Any, records: Sequence[bytes]) -> list[str | None]:
        entries = [{"Data": data, "PartitionKey": secrets.token_hex(PARTITION_KEY_BYTES // 2)} for data in records]
        response = client.put_records(Records=entries, **self._target)
        return _codes(response["Records"], len(records), "SequenceNumber")


class Firehose:
    """PutRecordBatch."""

    # 1,000 KB, before base64. Source: API reference of PutRecordBatch.
    max_record_bytes = 1000 * 1000

    _NAME = re.compile(r"[a-zA-Z0-9_.-]{1,64}")

    def __init__(self, stream: str, create_client: CreateClient) -> None:
        self._stream = stream
        self.create_client = create_client

    def name_problem(self, stream: object) -> str | None:
        """Source: API reference of PutRecordBatch, DeliveryStreamName."""
        if isinstance(stream, str) and self._NAME.fullmatch(stream):
            return None
        return f"stream is {stream!r}; allowed: 1 to 64 of a-z A-Z 0-9 _ . -"

    def put(self, client: Any, records: Sequence[bytes]) -> list[str | None]:
        entries = [{"Data": data} for data in records]
        response = client.put_record_batch(DeliveryStreamName=self._stream, Records=entries)
        return _codes(response["RequestResponses"], len(records), "RecordId")


_INCOMPLETE = "IncompleteResponse"


def _codes(results: Sequence[Any], count: int, receipt: str) -> list[str | None]:
    """receipt: name of the text that says in a record's result that the service has the record."""
    if len(results) != count:
        return [_INCOMPLETE] * count
    return [_code(result, receipt) for result in results]


def _code(result: Any, receipt: str) -> str | None:
    code = result.get("ErrorCode")
    if code:
        return text_of(code)
    taken = result.get(receipt)
    return None if isinstance(taken, str) and taken else _INCOMPLETE


def region_of_arn(stream: object) -> str | None:
    """Returns None for a stream's name."""
    parts = str(stream).split(":")
    return parts[3] if parts[0] == "arn" and len(parts) > 3 else None


def boto3_client(service: str, region_name: str | None, endpoint_url: str | None) -> CreateClient:
    """Returns what creates boto3's client: called late, so that no application waits for it, and anew in a forked process."""

    def create() -> Any:
        import boto3
        from botocore.config import Config

        # The sender sends again by itself, and only the records that failed.
        config = Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 1, "mode": "standard"})
        # A session of its own: boto3's default one is for a single thread.
        session = boto3.session.Session()
        # boto3 itself knows AWS_DEFAULT_REGION and the profile's, but not AWS_REGION, which other SDKs and ECS have.
        region = region_name or session.region_name or os.environ.get("AWS_REGION")
        return session.client(service, region_name=region, endpoint_url=endpoint_url, config=config)

    return create
