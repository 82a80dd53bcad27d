"""S3's notifications to SQS and EventBridge."""

import itertools
import secrets
import uuid
from datetime import datetime, timezone
from urllib.parse import quote_plus, unquote

from moto.core.utils import unix_time
from moto.events.models import events_backends
from moto.s3 import notifications
from moto.s3.models import Notification, S3Backend

# A later event of a key has a greater sequencer.
sequencer = itertools.count(int(unix_time() * 1000) << 16)

# EventBridge's reasons differ from the event names of a notification's configuration.
REASONS = {
    "s3:ObjectCreated:Put": "PutObject",
    "s3:ObjectCreated:Post": "POST Object",
    "s3:ObjectCreated:Copy": "CopyObject",
    "s3:ObjectCreated:CompleteMultipartUpload": "CompleteMultipartUpload",
    "s3:ObjectRemoved:Delete": "DeleteObject",
}


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def request_ids():
    return secrets.token_hex(8).upper(), secrets.token_urlsafe(57)


def object_of(bucket, key, name, etag):
    version = {"versionId": key.version_id} if bucket.is_versioned else {}
    return {"key": name, "size": key.size, etag: key.etag.strip('"'), **version, "sequencer": f"{next(sequencer):016X}"}


# The record as S3 writes it: its own time, all of its members, and a key that is form-encoded but for its slashes.
def get_s3_event(event_name, bucket, key, notification_id):
    request, host = request_ids()
    return {
        "Records": [
            {
                "eventVersion": "2.1",
                "eventSource": "aws:s3",
                "awsRegion": bucket.region_name,
                "eventTime": now(),
                "eventName": event_name.removeprefix("s3:"),
                "userIdentity": {"principalId": "AWS:AIDALOCAL"},
                "requestParameters": {"sourceIPAddress": "127.0.0.1"},
                "responseElements": {"x-amz-request-id": request, "x-amz-id-2": host},
                "s3": {
                    "s3SchemaVersion": "1.0",
                    "configurationId": notification_id,
                    "bucket": {
                        "name": bucket.name,
                        "ownerIdentity": {"principalId": "A3LOCAL"},
                        "arn": bucket.arn,
                    },
                    "object": object_of(bucket, key, quote_plus(key.name, safe="/"), "eTag"),
                },
            }
        ]
    }


notifications._get_s3_event = get_s3_event


def get_test_event(bucket_name):
    request, host = request_ids()
    return {
        "Service": "Amazon S3",
        "Event": "s3:TestEvent",
        "Time": now(),
        "Bucket": bucket_name,
        "RequestId": request,
        "HostId": host,
    }


notifications._get_test_event = get_test_event


# The event as EventBridge writes it, on the default bus, to each enabled rule with a pattern: in moto a rule with a target
# that it does not know, such as a schedule's function, keeps it from all rules after it.
def send_event_bridge_message(account_id, bucket, event_name, key):
    stored = object_of(bucket, key, key.name, "etag")
    if "versionId" in stored:
        stored["version-id"] = stored.pop("versionId")
    event = {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": notifications._detail_type(event_name),
        "source": "aws.s3",
        "account": account_id,
        "time": unix_time(),
        "region": bucket.region_name,
        "resources": [bucket.arn],
        "detail": {
            "version": "0",
            "bucket": {"name": bucket.name},
            "object": stored,
            "request-id": request_ids()[0],
            "requester": account_id,
            "source-ip-address": "127.0.0.1",
            "reason": REASONS.get(event_name.value, ""),
        },
    }
    buses = events_backends[account_id][bucket.region_name].event_buses
    for rule in list(buses["default"].rules.values()) if "default" in buses else []:
        if rule.state == "ENABLED" and rule.event_pattern.get_pattern():
            try:
                rule.send_to_targets(event, transform_input=False)
            except Exception as problem:  # noqa: BLE001  S3 does not fail by what becomes of its events.
                print(f"{rule.name}: {problem}", flush=True)


notifications._send_event_bridge_message = send_event_bridge_message


# A multipart upload is one event; moto would send that of a put, too.
put_object = S3Backend.put_object


def put_object_and_notify_once(self, *args, multipart=None, **kwargs):
    if multipart is not None:
        kwargs["disable_notification"] = True
    return put_object(self, *args, multipart=multipart, **kwargs)


S3Backend.put_object = put_object_and_notify_once


# A filter's prefix and suffix have special characters percent-encoded.
def key_matches(self, key_name):
    rules = self.filters.get("S3Key", {}).get("FilterRule", [])
    values = {rule["Name"].lower(): unquote(rule["Value"]) for rule in rules}
    return key_name.startswith(values.get("prefix", "")) and key_name.endswith(values.get("suffix", ""))


Notification._key_matches = key_matches
