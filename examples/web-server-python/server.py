"""A web server that logs each request, with status and duration, and each error to a Kinesis stream."""

import logging
import os
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aws_logging_pipeline_logger import KinesisHandler

log = logging.getLogger("web")


class Shop(BaseHTTPRequestHandler):
    def do_GET(self):
        began = time.monotonic()
        status, body = 500, "error\n"
        try:
            status, body = self.respond()
        except Exception:
            log.exception("%s %s failed", self.command, self.path, extra=self.fields(status, began))
        else:
            log.info("%s %s %d", self.command, self.path, status, extra=self.fields(status, began))
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body.encode())

    def respond(self):
        if self.path == "/":
            return 200, "hello\n"
        if self.path == "/error":
            raise RuntimeError("the shop is closed")
        return 404, "not found\n"

    def fields(self, status, began):
        # ECS's names; a duration is in nanoseconds there.
        return {
            "event": {"duration": int((time.monotonic() - began) * 1e9), "outcome": "failure" if status >= 500 else "success"},
            "http": {"request": {"method": self.command}, "response": {"status_code": status}},
            "url": {"original": self.path},
            "client": {"ip": self.client_address[0]},
        }

    def log_message(self, format, *args):
        """Not to stderr: what it would write is logged above."""


def main():
    stream, port = os.environ["LOG_STREAM"], int(os.environ.get("PORT", "8080"))
    handler = KinesisHandler(stream, service="shop", tags={"example": "web-server-python"})
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    # The interpreter exits by itself then, which flushes; flush_on_sigterm is for programs that cannot.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = ThreadingHTTPServer(("127.0.0.1", port), Shop)
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    log.info("started")
    try:
        server.serve_forever()
    finally:
        log.info("stopped")


if __name__ == "__main__":
    main()
