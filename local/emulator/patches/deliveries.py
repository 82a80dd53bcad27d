"""What CloudWatch Logs writes to Kinesis for subscriptions, of log groups and of accounts."""

import base64
import gzip
import hashlib
import json
import time
import uuid

from moto.kinesis.models import kinesis_backends
from moto.logs.models import logs_backends
from moto.logs.utils import EventMessageFilter
from moto.utilities.arns import parse_arn


def is_destination(arn):
    """Whether the ARN is that of a destination, through which another account delivers to a stream."""
    return arn.split(":")[2] == "logs" and arn.split(":")[5] == "destination"


def destination_of(arn):
    """The destination, whatever account it is of; None if there is none."""
    parsed = parse_arn(arn)
    try:
        return logs_backends[parsed.account][parsed.region].destinations.get(arn)
    except KeyError:
        return None


def stream_behind(arn):
    """The stream of this ARN, or the one that the destination of this ARN leads to; None if there is none."""
    if is_destination(arn):
        destination = destination_of(arn)
        return stream_behind(destination.target_arn) if destination else None
    parsed = parse_arn(arn)
    try:
        stream = kinesis_backends[parsed.account][parsed.region].streams.get(parsed.resource_id)
    except KeyError:
        return None
    return stream if stream and stream.arn == arn else None


def matching_events(pattern, log_events):
    """Events that match a filter pattern: words and quoted phrases; any other pattern matches all."""
    events = EventMessageFilter(pattern)
    return [event for event in log_events if events.matches(event["message"])]


# The envelope as CloudWatch Logs writes it: UTF-8, the same order of keys.
def put_envelope(stream, partition_key, envelope):
    text = json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))
    data = base64.b64encode(gzip.compress(text.encode(), compresslevel=6)).decode()
    stream.put_record(partition_key, "", data)


def put_data_message(stream, distribution, log_stream, filter_name, log_events, **more):
    """Puts events of a log stream. CloudWatch Logs drops them if the stream is gone: it is no error of who puts events."""
    if stream is None:
        return
    group = log_stream.log_group
    envelope = {
        "messageType": "DATA_MESSAGE",
        "owner": group.account_id,
        "logGroup": group.name,
        "logStream": log_stream.log_stream_name,
        "subscriptionFilters": [filter_name],
        "logEvents": log_events,
        **more,
    }
    by_log_stream = hashlib.md5(f"{group.name}\n{log_stream.log_stream_name}".encode()).hexdigest()
    put_envelope(stream, uuid.uuid4().hex if distribution == "Random" else by_log_stream, envelope)


def put_control_message(destination_arn):
    """Puts the message by which CloudWatch Logs checks a new destination; nothing if it is no stream."""
    stream = stream_behind(destination_arn)
    if stream is None:
        return
    message = "CWL CONTROL MESSAGE: Checking health of destination Kinesis stream."
    envelope = {
        "messageType": "CONTROL_MESSAGE",
        "owner": "CloudwatchLogs",
        "logGroup": "",
        "logStream": "",
        "subscriptionFilters": [],
        "logEvents": [{"id": "", "timestamp": int(time.time() * 1000), "message": message}],
    }
    put_envelope(stream, uuid.uuid4().hex, envelope)
