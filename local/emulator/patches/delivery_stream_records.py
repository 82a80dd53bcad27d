"""Firehose's records: PutRecord and PutRecordBatch keep them for local/firehose/, which delivers them; moto writes an object per put."""

import base64
import json
import re
import time
import uuid
from collections import deque
from itertools import count
from urllib.parse import parse_qs, unquote
from weakref import WeakKeyDictionary

from moto.firehose.exceptions import FirehoseException, InvalidArgumentException, ResourceNotFoundException, ValidationException
from moto.firehose.models import FirehoseBackend, firehose_backends

# Sources: Firehose Developer Guide "Quota", and the API reference's PutRecordBatch.
RECORD_BYTES = 1_000 * 1024
BATCH_RECORDS = 500
BATCH_BYTES = 4 * 1024 * 1024

# "Quota": of a direct put in Europe (Frankfurt). AWS documents no burst; here one whole batch passes at once.
PER_SECOND = {"requests": 1_000, "records": 100_000, "bytes": 1024 * 1024}
BURST = {"requests": 1_000, "records": 100_000, "bytes": BATCH_BYTES}

# Firehose throttles a stream whose destinations do not take its records.
PENDING_BYTES = 64 * 1024 * 1024

# No bucket can have this name.
PATH = "/_delivery-stream-records"

# Of all streams, so that a stream that is created again does not repeat the numbers of the deleted one.
numbers = count(1)


class Pending:
    """Records of one stream that nobody has taken yet, and the rest of its quota."""

    def __init__(self):
        self.records = deque()
        self.bytes = 0
        self.left = dict(BURST)
        self.at = time.monotonic()

    def allows(self, **amounts):
        now = time.monotonic()
        for name, rate in PER_SECOND.items():
            self.left[name] = min(BURST[name], self.left[name] + rate * (now - self.at))
        self.at = now
        if any(self.left[name] < amount for name, amount in amounts.items()):
            return False
        for name, amount in amounts.items():
            self.left[name] -= amount
        return True

    def add(self, data):
        """Returns the record's id; None if it is throttled."""
        if self.bytes + len(data) > PENDING_BYTES or not self.allows(records=1, bytes=len(data)):
            return None
        record_id = str(uuid.uuid4())
        self.records.append((next(numbers), record_id, int(time.time() * 1000), data))
        self.bytes += len(data)
        return record_id

    def take(self, after, max_bytes):
        """Forgets the records up to the number `after`, and returns the next ones."""
        while self.records and self.records[0][0] <= after:
            self.bytes -= len(self.records.popleft()[3])
        taken, size = [], 0
        for record in self.records:
            size += len(record[3])
            if taken and size > max_bytes:
                break
            taken.append(record)
        return taken


pending_of = WeakKeyDictionary()


SLOW_DOWN = ("ServiceUnavailableException", "Slow down.")


def direct_put(backend, name):
    stream = backend.delivery_streams.get(name)
    if not stream:
        raise ResourceNotFoundException(f"Firehose {name} under account {backend.account_id} not found.")
    if stream.delivery_stream_type != "DirectPut":
        raise InvalidArgumentException("This operation is not permitted on KinesisStreamAsSource delivery stream type.")
    return pending_of.setdefault(stream, Pending())


def check_record(record):
    if len(record["Data"]) > RECORD_BYTES:
        raise ValidationException(
            "1 validation error detected: Value at 'record.data' failed to satisfy constraint: "
            f"Member must have length less than or equal to {RECORD_BYTES}"
        )


def put_record(self, delivery_stream_name, record):
    pending = direct_put(self, delivery_stream_name)
    check_record(record)
    record_id = pending.add(record["Data"]) if pending.allows(requests=1) else None
    if record_id is None:
        raise FirehoseException(*SLOW_DOWN)
    return {"RecordId": record_id, "Encrypted": False}


def put_record_batch(self, delivery_stream_name, records):
    pending = direct_put(self, delivery_stream_name)
    if not 1 <= len(records) <= BATCH_RECORDS:
        raise ValidationException(
            "1 validation error detected: Value at 'records' failed to satisfy constraint: "
            f"Member must have length between 1 and {BATCH_RECORDS}"
        )
    for record in records:
        check_record(record)
    if sum(len(record["Data"]) for record in records) > BATCH_BYTES:
        raise InvalidArgumentException("Records size exceeds 4 MB limit")
    if not pending.allows(requests=1):
        raise FirehoseException(*SLOW_DOWN)
    responses = []
    for record in records:
        record_id = pending.add(record["Data"])
        slow_down = dict(zip(("ErrorCode", "ErrorMessage"), SLOW_DOWN))
        responses.append({"RecordId": record_id} if record_id else slow_down)
    failed = sum("ErrorCode" in response for response in responses)
    return {"FailedPutCount": failed, "Encrypted": False, "RequestResponses": responses}


FirehoseBackend.put_record = put_record
FirehoseBackend.put_record_batch = put_record_batch


class DeliveryStreamRecords:
    """Serves the records to local/firehose/direct-put.ts; `app` serves everything else."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        match = re.fullmatch(PATH + "/([^/]+)/([^/]+)/([^/]+)", environ["PATH_INFO"])
        if not match:
            return self.app(environ, start_response)
        account, region, name = (unquote(part) for part in match.groups())
        stream = firehose_backends[account][region].delivery_streams.get(name)
        if not stream:
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"there is no such delivery stream"]
        query = parse_qs(environ["QUERY_STRING"])
        pending = pending_of.setdefault(stream, Pending())
        taken = pending.take(int(query["after"][0]), int(query["bytes"][0]))
        records = [
            {"number": number, "id": record_id, "arrivedAt": arrived_at, "data": base64.b64encode(data).decode()}
            for number, record_id, arrived_at, data in taken
        ]
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(records).encode()]
