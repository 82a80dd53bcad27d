"""SQS."""

import json
import time

from moto.awslambda.models import LambdaBackend
from moto.core.exceptions import JsonRESTError
from moto.sqs.models import Queue, SQSBackend, sqs_backends

from . import one_at_a_time

# local/event-source-mapping/ polls the queues; moto would start a Docker container at each SendMessage.
Queue.lambda_event_source_mappings = property(lambda self: {}, lambda self, mappings: None)


# moto drops who may redrive to a queue, for which Terraform's provider would wait; and a queue's policy by any other change.
Queue.BASE_ATTRIBUTES = [*Queue.BASE_ATTRIBUTES, "RedriveAllowPolicy"]
Queue.redrive_allow_policy = None
set_attributes = Queue._set_attributes


def set_only_attributes(self, attributes, now=None):
    known = {} if "Policy" in attributes or not hasattr(self, "_policy_json") else {"Policy": self.policy}
    set_attributes(self, {**known, **attributes}, now)


Queue._set_attributes = set_only_attributes

attributes = Queue.attributes


def attributes_as_terraform_expects_them(self):
    """AWS writes the policy without spaces, and leaves out what is empty: Terraform waits for that when it deletes."""
    known = attributes.fget(self)
    if self.redrive_policy:
        known["RedrivePolicy"] = json.dumps(self.redrive_policy, separators=(",", ":"))
    if not known["RedriveAllowPolicy"]:
        del known["RedriveAllowPolicy"]
    return known


Queue.attributes = property(attributes_as_terraform_expects_them)


# Other requests are answered while one waits for messages: moto would hold them up for as long.
receive_message = SQSBackend.receive_message


def receive_message_without_blocking(self, queue_name, count, wait_seconds_timeout, *args, **kwargs):
    end = time.monotonic() + wait_seconds_timeout
    while True:
        messages = receive_message(self, queue_name, count, 0, *args, **kwargs)
        left = end - time.monotonic()
        if messages or left <= 0:
            return messages
        one_at_a_time.let_others(min(left, 0.05))


SQSBackend.receive_message = receive_message_without_blocking


# Lambda rejects a mapping of a queue that shows messages again while the function may still process them.
create_event_source_mapping = LambdaBackend.create_event_source_mapping


def create_event_source_mapping_of_patient_queue(self, spec):
    queues = sqs_backends[self.account_id][self.region_name].queues.values()
    queue = next((one for one in queues if one.queue_arn == spec.get("EventSourceArn")), None)
    if queue:
        timeout = self.get_function(spec["FunctionName"]).timeout
        if queue.visibility_timeout < timeout:
            raise JsonRESTError(
                "InvalidParameterValueException",
                f"Queue visibility timeout: {queue.visibility_timeout} seconds is less than Function timeout: {timeout} seconds",
            )
    return create_event_source_mapping(self, spec)


LambdaBackend.create_event_source_mapping = create_event_source_mapping_of_patient_queue
