"""Serves moto's AWS API on a free port of 127.0.0.1, with patches where it differs from what the pipeline relies on."""

import base64
import gzip
import hashlib
import itertools
import json
import secrets
import threading
import time

from moto.awslambda.exceptions import FunctionAlreadyExists
from moto.awslambda.models import LambdaBackend, LambdaFunction
from moto.awslambda.responses import LambdaResponse
from moto.core.exceptions import JsonRESTError
from moto.iam.access_control import IAMPolicy
from moto.kinesis.models import KinesisBackend, kinesis_backends
from moto.logs.models import LogEvent, LogsBackend, LogStream
from moto.logs.utils import EventMessageFilter
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.s3.models import FakeBucket
from werkzeug.serving import WSGIRequestHandler, make_server

# An event source mapping is local/event-source-mapping/; moto would start a Docker container at each PutRecord.
LambdaBackend.send_kinesis_message = lambda self, *args, **kwargs: None


# CloudWatch Logs' event ids are strings of 56 digits: the time in ms, shifted by 144 bits, and what makes them unique.
run = secrets.randbits(80)
counter = itertools.count()
make_log_event = LogEvent.__init__


def log_event_with_id(self, ingestion_time, log_event):
    make_log_event(self, ingestion_time, log_event)
    self.event_id = f"{(self.timestamp << 144) + (run << 64) + next(counter):056d}"


LogEvent.__init__ = log_event_with_id


# PutLogEvents refuses what is over its limits.
put_log_events = LogsBackend.put_log_events


def put_log_events_within_limits(self, log_group_name, log_stream_name, log_events):
    size = sum(len(event["message"].encode()) + 26 for event in log_events)
    times = [event["timestamp"] for event in log_events]
    for mistake, message in {
        not 1 <= len(log_events) <= 10_000: f"logEvents has {len(log_events)} events, allowed are 1 to 10,000",
        size > 1_048_576: f"Upload too large: {size} bytes exceeds limit of 1048576",
        max(times, default=0) - min(times, default=0) > 86_400_000: "The batch of log events spans more than 24 hours",
        any(not event["message"] for event in log_events): "Log event message must not be empty",
    }.items():
        if mistake:
            raise JsonRESTError("InvalidParameterException", message)
    return put_log_events(self, log_group_name, log_stream_name, log_events)


LogsBackend.put_log_events = put_log_events_within_limits


# A subscription filter passes on what matches its pattern (words and quoted phrases; any other pattern passes all).
send_log_events = LogStream._send_log_events


def send_matching_log_events(self, service, destination_arn, filter_name, log_events):
    pattern = EventMessageFilter(self.log_group.subscription_filters[filter_name].filter_pattern)
    matching = [event for event in log_events if pattern.matches(event["message"])]
    if matching:
        send_log_events(self, service, destination_arn, filter_name, matching)


LogStream._send_log_events = send_matching_log_events


# The envelope as CloudWatch Logs writes it: UTF-8, its order of keys, one partition key for each log stream.
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
    data = base64.b64encode(gzip.compress(text.encode())).decode()
    partition_key = hashlib.md5(f"{log_group}\n{log_stream}".encode()).hexdigest()
    self.describe_stream(stream_arn=stream_arn, stream_name=None).put_record(partition_key, "", data)


def send_log_event(self, stream_arn, filter_name, log_group, log_stream, log_events):
    put_envelope(self, stream_arn, "DATA_MESSAGE", self.account_id, log_group, log_stream, [filter_name], log_events)


KinesisBackend.send_log_event = send_log_event


# CloudWatch Logs tests a new subscription filter's destination by a control message.
put_subscription_filter = LogsBackend.put_subscription_filter


def put_subscription_filter_and_control_message(self, log_group_name, filter_name, filter_pattern, destination_arn, role_arn):
    put_subscription_filter(self, log_group_name, filter_name, filter_pattern, destination_arn, role_arn)
    if destination_arn.split(":")[2] == "kinesis":
        message = "CWL CONTROL MESSAGE: Checking health of destination Kinesis stream."
        event = {"id": "", "timestamp": int(time.time() * 1000), "message": message}
        kinesis = kinesis_backends[self.account_id][self.region_name]
        put_envelope(kinesis, destination_arn, "CONTROL_MESSAGE", "CloudwatchLogs", "", "", [], [event])


LogsBackend.put_subscription_filter = put_subscription_filter_and_control_message


# moto forgets a function's KMS key; Terraform would want to set it at every plan.
make_function = LambdaFunction.__init__
get_function_configuration = LambdaFunction.get_configuration


def function_with_key(self, account_id, spec, *args, **kwargs):
    self.kms_key_arn = spec.get("KMSKeyArn")
    make_function(self, account_id, spec, *args, **kwargs)


def function_configuration_with_key(self, *args, **kwargs):
    return {**get_function_configuration(self, *args, **kwargs), "KMSKeyArn": self.kms_key_arn}


LambdaFunction.__init__ = function_with_key
LambdaFunction.get_configuration = function_configuration_with_key


# A client whose connection broke asks again. Terraform's provider then waits five minutes for the function that it made
# itself to go away, and fails: the same code gets the same answer instead.
create_function = LambdaResponse.create_function


def create_function_again(self):
    try:
        return create_function(self)
    except FunctionAlreadyExists:
        existing = self.backend.get_function(self.json_body["FunctionName"], None)
        code = base64.b64decode(self.json_body["Code"].get("ZipFile", ""))
        if existing.code_sha_256 != base64.b64encode(hashlib.sha256(code).digest()).decode():
            raise
        return 201, {"status": 201}, json.dumps(existing.get_configuration(on_create=True))


LambdaResponse.create_function = create_function_again


# moto takes a bucket policy's conditional statements for unconditional ones ("deny all but TLS" denies all).
def permission_by_unconditional_statements(self, action, resource):
    statements = json.loads(self.policy)["Statement"] if self.policy else []
    unconditional = [statement for statement in statements if "Condition" not in statement]
    return IAMPolicy(json.dumps({"Statement": unconditional})).is_action_permitted(action, resource)


FakeBucket.get_permission = permission_by_unconditional_statements


# moto's stores are not made for threads: requests are answered one after the other.
class OneAtATime:
    def __init__(self, app):
        self.app = app
        self.lock = threading.Lock()

    def __call__(self, environ, start_response):
        with self.lock:
            return list(self.app(environ, start_response))


class QuietRequestHandler(WSGIRequestHandler):
    def log_request(self, *args):
        pass


app = OneAtATime(DomainDispatcherApplication(create_backend_app))
server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietRequestHandler)
print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
