"""CloudWatch Logs' subscription filters: the records that they write to Kinesis."""

import base64
import gzip
import hashlib
import json
import time

from moto.kinesis.models import KinesisBackend, kinesis_backends
from moto.logs.models import LogsBackend


# The envelope as CloudWatch Logs writes it: UTF-8, the same order of keys, one partition key for each log stream.
def put_envelope(self, stream_arn, message_type, owner, log_group, log_stream, filters, log_events):
    envelope = {
        "messageType": message_type,
        "owner": owner,
        "logGroup": log_group,
        "logStream": log_stream,
        "subscriptionFilters": filters,
        "logEvents": log_events,
    }
    text = json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))
    data = base64.b64encode(gzip.compress(text.encode(), compresslevel=6)).decode()
    partition_key = hashlib.md5(f"{log_group}\n{log_stream}".encode()).hexdigest()
    self.describe_stream(stream_arn=stream_arn, stream_name=None).put_record(partition_key, "", data)


def send_log_event(self, stream_arn, filter_name, log_group, log_stream, log_events):
    put_envelope(self, stream_arn, "DATA_MESSAGE", self.account_id, log_group, log_stream, [filter_name], log_events)


KinesisBackend.send_log_event = send_log_event


# CloudWatch Logs checks the destination of a new subscription filter by a control message.
put_subscription_filter = LogsBackend.put_subscription_filter


def put_subscription_filter_and_control_message(self, log_group_name, filter_name, filter_pattern, destination_arn, role_arn):
    put_subscription_filter(self, log_group_name, filter_name, filter_pattern, destination_arn, role_arn)
    if destination_arn.split(":")[2] == "kinesis":
        message = "CWL CONTROL MESSAGE: Checking health of destination Kinesis stream."
        event = {"id": "", "timestamp": int(time.time() * 1000), "message": message}
        kinesis = kinesis_backends[self.account_id][self.region_name]
        put_envelope(kinesis, destination_arn, "CONTROL_MESSAGE", "CloudwatchLogs", "", "", [], [event])


LogsBackend.put_subscription_filter = put_subscription_filter_and_control_message
