"""Serves moto's AWS API on 127.0.0.1, with the patches of patches/. Argument: the port (0: a free one)."""

import sys
import threading

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from patches import buckets, functions, logs, metrics, resharding, subscriptions  # noqa: F401
from patches.function_code import FunctionCode
from werkzeug.serving import WSGIRequestHandler, make_server


# moto's stores are not thread-safe: requests are answered one at a time.
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


app = OneAtATime(FunctionCode(DomainDispatcherApplication(create_backend_app)))
server = make_server("127.0.0.1", int(sys.argv[1]), app, threaded=True, request_handler=QuietRequestHandler)
print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
