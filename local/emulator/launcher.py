"""Serves moto's AWS API on 127.0.0.1, with the patches of patches/. Argument: the port (0: a free one)."""

import sys

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from patches import (  # noqa: F401
    account_policies,
    buckets,
    delivery_streams,
    functions,
    keys,
    logs,
    message_moves,
    metrics,
    notifications,
    queues,
    resharding,
    sequence_numbers,
    subscriptions,
)
from patches.delivery_stream_records import DeliveryStreamRecords
from patches.function_code import FunctionCode
from patches.one_at_a_time import OneAtATime
from patches.subscribed_log_groups import SubscribedLogGroups
from werkzeug.serving import WSGIRequestHandler, make_server


class QuietRequestHandler(WSGIRequestHandler):
    def log_request(self, *args):
        pass


app = OneAtATime(SubscribedLogGroups(DeliveryStreamRecords(FunctionCode(DomainDispatcherApplication(create_backend_app)))))
server = make_server("127.0.0.1", int(sys.argv[1]), app, threaded=True, request_handler=QuietRequestHandler)
print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
