"""Which log groups are delivered to which streams, in all accounts: AWS's API needs a call for each log group."""

import json

from moto.logs.models import logs_backends

from .account_policies import policies
from .deliveries import stream_behind

# No bucket can have this name.
PATH = "/_subscriptions"


def arn_of(destination_arn):
    stream = stream_behind(destination_arn)
    return stream and stream.arn


def subscriptions_of(backend):
    account_policies = policies[backend.account_id, backend.region_name].values()
    for group in backend.groups.values():
        events = sum(len(stream.events) for stream in group.streams.values())
        arns = [arn_of(filter_.destination_arn) for filter_ in group.subscription_filters.values()]
        arns += [arn_of(document["DestinationArn"]) for _, document, excluded in account_policies if group.name not in excluded]
        for arn in dict.fromkeys(filter(None, arns)):
            yield {"accountId": backend.account_id, "logGroup": group.name, "streamArn": arn, "events": events}


class SubscribedLogGroups:
    """Lists them for local/emulator/subscriptions.ts; `app` serves everything else."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"] != PATH:
            return self.app(environ, start_response)
        backends = [backend for regions in list(logs_backends.values()) for backend in list(regions.values())]
        account_policies = [
            {"accountId": account, "streamArn": arn_of(document["DestinationArn"]), "excluded": sorted(excluded)}
            for (account, _), known in policies.items()
            for _, document, excluded in known.values()
        ]
        found = {
            "subscriptions": [one for backend in backends for one in subscriptions_of(backend)],
            "accountPolicies": account_policies,
        }
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(found).encode()]
