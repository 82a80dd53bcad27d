"""CloudWatch Logs' account policies, which moto lacks: one subscription filter for the log groups of an account and Region.

Sources: API reference, PutAccountPolicy, DescribeAccountPolicies, DeleteAccountPolicy; User Guide "Account-level subscription filters".
"""

import json
import re
import time
from collections import defaultdict

from moto.logs.exceptions import InvalidParameterException, LimitExceededException, ResourceNotFoundException
from moto.logs.models import LogStream
from moto.logs.responses import LogsResponse

from .deliveries import is_destination, matching_events, put_control_message, put_data_message, stream_behind
from .destinations import check_destination

TYPE = "SUBSCRIPTION_FILTER_POLICY"
DOCUMENT_CHARACTERS = 30_720
SELECTION_CRITERIA_BYTES = 25 * 1024
PATTERN_CHARACTERS = 1_024
MEMBERS = {"DestinationArn", "RoleArn", "FilterPattern", "Distribution"}

# By account and Region.
policies = defaultdict(dict)


def reject(parameter, value, allowed):
    raise InvalidParameterException(f"{parameter} is {json.dumps(value)[:200]}. Allowed: {allowed}.")


def check_type(policy_type):
    if policy_type != TYPE:
        reject("policyType", policy_type, f"{TYPE}, in the emulator")


def parse_document(text):
    try:
        document = json.loads(text) if len(text) <= DOCUMENT_CHARACTERS else None
    except ValueError:
        document = None
    if not isinstance(document, dict) or not {"DestinationArn"} <= document.keys() <= MEMBERS:
        members = "DestinationArn, and perhaps RoleArn, FilterPattern and Distribution"
        reject("policyDocument", text, f"a JSON object of at most {DOCUMENT_CHARACTERS} characters with {members}")
    for name, value in document.items():
        if not isinstance(value, str):
            reject(name, value, "a string")
    if len(document.get("FilterPattern", "")) > PATTERN_CHARACTERS:
        reject("FilterPattern", document["FilterPattern"], f"at most {PATTERN_CHARACTERS} characters")
    if document.setdefault("Distribution", "ByLogStream") not in ("Random", "ByLogStream"):
        reject("Distribution", document["Distribution"], "Random, ByLogStream")
    return document


def parse_excluded(criteria):
    """The log groups that the criteria exclude."""
    allowed = f'LogGroupName NOT IN ["<name>", …], of at most {SELECTION_CRITERIA_BYTES} bytes'
    match = re.fullmatch(r"\s*LogGroupName\s+NOT\s+IN\s*(\[.*\])\s*", criteria, re.DOTALL)
    try:
        names = json.loads(match[1]) if match else None
    except ValueError:
        names = None
    is_list = isinstance(names, list) and all(isinstance(name, str) and name for name in names)
    if not is_list or len(criteria.encode()) > SELECTION_CRITERIA_BYTES:
        reject("selectionCriteria", criteria, allowed)
    return frozenset(names)


def check_delivery(backend, document):
    arn, role_arn = document["DestinationArn"], document.get("RoleArn")
    parts = arn.split(":")
    if len(parts) < 6:
        reject("DestinationArn", arn, "the ARN of a Kinesis stream, or of a destination of another account")
    if is_destination(arn):
        return check_destination(arn, backend.account_id, role_arn, ["logs:PutSubscriptionFilter", "logs:PutAccountPolicy"])
    if not role_arn:
        reject("RoleArn", role_arn, "the ARN of a role that may put records; only a destination needs none")
    if parts[4] != backend.account_id or stream_behind(arn) is None:
        raise InvalidParameterException(
            "Could not deliver test message to specified Kinesis stream. Check if the given kinesis stream is in ACTIVE state."
        )


def put_account_policy(self):
    name, criteria = self._get_param("policyName"), self._get_param("selectionCriteria")
    scope = self._get_param("scope") or "ALL"
    check_type(self._get_param("policyType"))
    if not name or re.search("[:*]", name) or name.startswith("aws/"):
        reject("policyName", name, 'a name without ":" and "*" that does not begin with aws/')
    if scope != "ALL":
        reject("scope", scope, "ALL")
    backend = self.logs_backend
    document = parse_document(self._get_param("policyDocument"))
    excluded = parse_excluded(criteria) if criteria else frozenset()
    known = policies[backend.account_id, backend.region_name]
    if known.keys() - {name}:
        raise LimitExceededException()
    check_delivery(backend, document)
    described = {
        "policyName": name,
        "policyDocument": self._get_param("policyDocument"),
        "lastUpdatedTime": int(time.time() * 1000),
        "policyType": TYPE,
        "scope": scope,
        **({"selectionCriteria": criteria} if criteria else {}),
        "accountId": backend.account_id,
    }
    known[name] = (described, document, excluded)
    put_control_message(document["DestinationArn"])
    return json.dumps({"accountPolicy": described})


def not_found(name):
    return ResourceNotFoundException(f"Policy with name [{name}] does not exist")


def describe_account_policies(self):
    check_type(self._get_param("policyType"))
    name, backend = self._get_param("policyName"), self.logs_backend
    known = policies[backend.account_id, backend.region_name]
    if name and name not in known:
        raise not_found(name)
    return json.dumps({"accountPolicies": [described for described, _, _ in known.values()]})


def delete_account_policy(self):
    check_type(self._get_param("policyType"))
    name, backend = self._get_param("policyName"), self.logs_backend
    if policies[backend.account_id, backend.region_name].pop(name, None) is None:
        raise not_found(name)
    return ""


LogsResponse.put_account_policy = put_account_policy
LogsResponse.describe_account_policies = describe_account_policies
LogsResponse.delete_account_policy = delete_account_policy


# The account's policy forwards what its log groups get, besides the filters that they have themselves.
put_log_events = LogStream.put_log_events


def put_log_events_and_follow_policies(self, log_events):
    token = put_log_events(self, log_events)
    group = self.log_group
    for name, (_, document, excluded) in policies[group.account_id, group.region].items():
        if group.name in excluded:
            continue
        events = [
            {"id": event.event_id, "timestamp": event.timestamp, "message": event.message}
            for event in self.events[-len(log_events) :]
        ]
        matching = matching_events(document.get("FilterPattern", ""), events)
        if matching:
            stream = stream_behind(document["DestinationArn"])
            put_data_message(stream, document["Distribution"], self, name, matching, policyLevel="ACCOUNT_LEVEL_POLICY")
    return token


LogStream.put_log_events = put_log_events_and_follow_policies
