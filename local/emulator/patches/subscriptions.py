"""CloudWatch Logs' subscription filters of a log group: how many, what they forward, and where to."""

from moto.logs.models import LogGroup, LogsBackend, LogStream, SubscriptionFilter
from moto.logs.responses import LogsResponse

from .deliveries import is_destination, matching_events, put_control_message, put_data_message, stream_behind
from .destinations import check_destination

# moto drops the distribution; Terraform would plan to set it again each time.
SubscriptionFilter.distribution = "ByLogStream"
filter_to_json = SubscriptionFilter.to_json
SubscriptionFilter.to_json = lambda self: {**filter_to_json(self), "distribution": self.distribution}

put_subscription_filter_response = LogsResponse.put_subscription_filter


def put_subscription_filter_with_distribution(self):
    answer = put_subscription_filter_response(self)
    group = self.logs_backend.groups[self._get_param("logGroupName")]
    filter_ = group.subscription_filters[self._get_param("filterName")]
    filter_.distribution = self._get_param("distribution") or "ByLogStream"
    return answer


LogsResponse.put_subscription_filter = put_subscription_filter_with_distribution


# A log group with two filters takes changes of both; moto would count a changed one as a third.
add_subscription_filter = LogGroup.put_subscription_filter


def add_or_change_subscription_filter(self, filter_name, *settings):
    existing = self.subscription_filters.get(filter_name)
    return existing.update(*settings) if existing else add_subscription_filter(self, filter_name, *settings)


LogGroup.put_subscription_filter = add_or_change_subscription_filter


# CloudWatch Logs checks the destination of a subscription filter by a control message.
put_subscription_filter = LogsBackend.put_subscription_filter


def put_checked_subscription_filter(self, log_group_name, filter_name, filter_pattern, destination_arn, role_arn):
    if log_group_name in self.groups and is_destination(destination_arn):
        check_destination(destination_arn, self.account_id, role_arn, ["logs:PutSubscriptionFilter"])
        self.groups[log_group_name].put_subscription_filter(filter_name, filter_pattern, destination_arn, role_arn)
    else:
        put_subscription_filter(self, log_group_name, filter_name, filter_pattern, destination_arn, role_arn)
    put_control_message(destination_arn)


LogsBackend.put_subscription_filter = put_checked_subscription_filter


# A filter forwards the events that match its pattern.
send_log_events = LogStream._send_log_events


def send_matching_log_events(self, service, destination_arn, filter_name, log_events):
    filter_ = self.log_group.subscription_filters[filter_name]
    matching = matching_events(filter_.filter_pattern, log_events)
    if not matching:
        return
    if service == "kinesis" or is_destination(destination_arn):
        stream = stream_behind(destination_arn)
        put_data_message(stream, filter_.distribution, self, filter_name, matching)
    else:
        send_log_events(self, service, destination_arn, filter_name, matching)


LogStream._send_log_events = send_matching_log_events
