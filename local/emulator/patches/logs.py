"""CloudWatch Logs: event ids and limits."""

import itertools
import json
import secrets

from moto.core import responses
from moto.core.exceptions import JsonRESTError
from moto.logs.models import LogEvent, LogsBackend
from moto.logs.responses import LogsResponse

# CloudWatch Logs' event ids are strings of 56 digits: the time in ms, shifted by 144 bits, and what makes them unique.
run = secrets.randbits(80)
counter = itertools.count()
make_log_event = LogEvent.__init__


def log_event_with_id(self, ingestion_time, log_event):
    make_log_event(self, ingestion_time, log_event)
    self.event_id = f"{(self.timestamp << 144) + (run << 64) + next(counter):056d}"


LogEvent.__init__ = log_event_with_id
# moto keeps a list of every event that it ever created.
LogEvent.__new__ = lambda cls, *args, **kwargs: object.__new__(cls)


# PutLogEvents rejects requests above its limits.
put_log_events = LogsBackend.put_log_events


def put_log_events_within_limits(self, log_group_name, log_stream_name, log_events):
    size = sum(len(event["message"].encode()) + 26 for event in log_events)
    times = [event["timestamp"] for event in log_events]
    for is_violated, message in {
        not 1 <= len(log_events) <= 10_000: f"logEvents has {len(log_events)} events; 1 to 10,000 are allowed",
        size > 1_048_576: f"Upload too large: {size} bytes exceeds limit of 1048576",
        max(times, default=0) - min(times, default=0) > 86_400_000: "The batch of log events spans more than 24 hours",
        any(not event["message"] for event in log_events): "Log event message must not be empty",
    }.items():
        if is_violated:
            raise JsonRESTError("InvalidParameterException", message)
    return put_log_events(self, log_group_name, log_stream_name, log_events)


LogsBackend.put_log_events = put_log_events_within_limits


# The response has the id of the first event; the ids of the others follow it. The body is parsed once: moto parses it for
# each parameter.
def put_log_events_and_return_first_id(self):
    body = json.loads(self.body)
    log_group, log_stream = body["logGroupName"], body["logStreamName"]
    groups = self.logs_backend.groups
    streams = groups[log_group].streams if log_group in groups else {}
    before = len(streams[log_stream].events) if log_stream in streams else 0
    token, rejected = self.logs_backend.put_log_events(log_group, log_stream, body["logEvents"])
    events = streams[log_stream].events
    headers = {"x-first-event-id": events[before].event_id} if len(events) > before else {}
    answer = {"nextSequenceToken": token, **({"rejectedLogEventsInfo": rejected} if rejected else {})}
    return 200, headers, json.dumps(answer)


LogsResponse.put_log_events = put_log_events_and_return_first_id


# moto parses every body as a form, which takes as long as the rest of PutLogEvents together.
parse_form = responses.parse_qsl
responses.parse_qsl = lambda body, *args, **kwargs: [] if body[:1] == "{" else parse_form(body, *args, **kwargs)
