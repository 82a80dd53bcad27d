"""CloudWatch Logs' destinations: who may deliver through them. Sources: API reference, PutDestination, PutDestinationPolicy."""

import json

from moto.core.exceptions import JsonRESTError
from moto.logs.exceptions import InvalidParameterException
from moto.logs.models import LogsBackend

from .deliveries import destination_of, put_control_message, stream_behind

POLICY_BYTES = 5_120

# Every emulated account is a member of every organization.
ORGANIZATION_KEYS = {"aws:principalorgid", "aws:principalorgpaths"}

put_destination = LogsBackend.put_destination


def put_destination_of_stream(self, destination_name, role_arn, target_arn, tags):
    if stream_behind(target_arn) is None:
        raise InvalidParameterException(
            "Could not deliver test message to specified Kinesis stream. Check if the given kinesis stream is in ACTIVE state."
        )
    destination = put_destination(self, destination_name, role_arn, target_arn, tags)
    put_control_message(target_arn)
    return destination


LogsBackend.put_destination = put_destination_of_stream

put_destination_policy = LogsBackend.put_destination_policy


def put_valid_destination_policy(self, destination_name, access_policy):
    try:
        statements_of(access_policy)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InvalidParameterException("Invalid access policy: expected an IAM policy document") from None
    if len(access_policy.encode()) > POLICY_BYTES:
        raise InvalidParameterException(f"Invalid access policy: it has more than {POLICY_BYTES} bytes")
    return put_destination_policy(self, destination_name, access_policy)


LogsBackend.put_destination_policy = put_valid_destination_policy


def listed(value):
    return value if isinstance(value, list) else [value]


def statements_of(policy):
    """Each statement as its effect, principals, actions, and the keys of its conditions."""
    statements = []
    for statement in listed(json.loads(policy)["Statement"]):
        principal = statement["Principal"]
        principals = listed(principal["AWS"] if isinstance(principal, dict) else principal)
        keys = {key.lower() for condition in statement.get("Condition", {}).values() for key in condition}
        statements.append((statement["Effect"], principals, listed(statement["Action"]), keys))
    return statements


def check_destination(arn, account_id, role_arn, actions):
    """Raises unless the destination exists, and its policy allows these actions to this account."""
    destination = destination_of(arn)
    if destination is None or stream_behind(arn) is None:
        raise InvalidParameterException("Could not deliver test message to specified destination. Check if the destination is valid.")
    statements = statements_of(destination.access_policy) if destination.access_policy else []
    names = {"*", account_id, f"arn:aws:iam::{account_id}:root"}
    for action in actions:
        applying = [
            (effect, keys)
            for effect, principals, covered, keys in statements
            if names & set(principals) and {action, "logs:*", "*"} & set(covered) and keys <= ORGANIZATION_KEYS
        ]
        if any(effect == "Deny" for effect, _ in applying) or not applying:
            raise JsonRESTError(
                "AccessDeniedException",
                f"User with accountId: {account_id} is not authorized to perform {action} on resource {arn}",
            )
        if not role_arn and all(keys for _, keys in applying):
            raise InvalidParameterException(
                "Role ARN is required when creating subscription filter against destination with Organization access policy"
            )
