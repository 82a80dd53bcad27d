"""SQS's dead-letter queue redrive, which moto lacks: StartMessageMoveTask and ListMessageMoveTasks."""

import uuid

from moto.core.responses import ActionResult
from moto.core.utils import unix_time_millis
from moto.sqs.exceptions import SQSException
from moto.sqs.models import Message, Queue
from moto.sqs.responses import SQSResponse

# The tasks of each queue, the latest first. Each has ended when StartMessageMoveTask answers.
tasks = {}

# A dead-lettered message is the same object in the other queue, so it remembers the first one.
add_message = Queue.add_message


def add_message_with_first_queue(self, message):
    if not hasattr(message, "first_queue"):
        message.first_queue = self.name
    add_message(self, message)


Queue.add_message = add_message_with_first_queue


def queue_of(response, arn, parameter):
    queue = next((one for one in response.sqs_backend.queues.values() if one.queue_arn == arn), None)
    if queue is None:
        raise SQSException("ResourceNotFoundException", f"The resource that you specified for the {parameter} parameter doesn't exist.")
    return queue


# Moved messages are new ones: another id, another time, and no receive counts.
def start_message_move_task(self):
    source = queue_of(self, self._get_param("SourceArn"), "SourceArn")
    destination = self._get_param("DestinationArn")
    target = queue_of(self, destination, "DestinationArn") if destination else None
    if not any(one.dead_letter_queue is source for one in self.sqs_backend.queues.values()):
        raise SQSException("InvalidParameterValue", "Source queue must be configured as a Dead Letter Queue.")
    moved = source.messages
    for message in moved:
        source._messages.remove(message)
        source.pending_messages.discard(message)
        again = Message(str(uuid.uuid4()), message.body, message.system_attributes)
        again.message_attributes = message.message_attributes
        again.mark_sent()
        (target or self.sqs_backend.get_queue(message.first_queue)).add_message(again)
    task = {
        "TaskHandle": str(uuid.uuid4()),
        "Status": "COMPLETED",
        "SourceArn": source.queue_arn,
        **({"DestinationArn": destination} if destination else {}),
        "ApproximateNumberOfMessagesMoved": len(moved),
        "ApproximateNumberOfMessagesToMove": len(moved),
        "StartedTimestamp": int(unix_time_millis()),
    }
    tasks.setdefault(source.queue_arn, []).insert(0, task)
    return ActionResult({"TaskHandle": task["TaskHandle"]})


# Source: Amazon SQS API Reference: at most 10, and the handle only of a task that runs.
def list_message_move_tasks(self):
    source = queue_of(self, self._get_param("SourceArn"), "SourceArn")
    latest = tasks.get(source.queue_arn, [])[: int(self._get_param("MaxResults") or 1)]
    return ActionResult({"Results": [{name: value for name, value in task.items() if name != "TaskHandle"} for task in latest]})


SQSResponse.start_message_move_task = start_message_move_task
SQSResponse.list_message_move_tasks = list_message_move_tasks
