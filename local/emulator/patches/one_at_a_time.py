"""moto's stores are not thread-safe: requests are answered one at a time."""

import threading
import time

lock = threading.Lock()


class OneAtATime:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        with lock:
            return list(self.app(environ, start_response))


def let_others(seconds):
    """Lets other requests be answered for some seconds. Call it in a request, where no store is half changed."""
    lock.release()
    try:
        time.sleep(seconds)
    finally:
        lock.acquire()
