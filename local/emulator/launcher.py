"""Serves moto's AWS API on a port of 127.0.0.1, given as argument (0: a free one), with the patches of patches/."""

import sys
import threading

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from patches import buckets, functions, logs, metrics, resharding, subscriptions  # noqa: F401
from patches.function_code import FunctionCode
from werkzeug.serving import WSGIRequestHandler, make_server


# moto's stores are not made for threads: requests are answered one after the other.
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
