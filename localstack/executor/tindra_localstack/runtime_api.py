"""The Lambda Runtime API for one process, on a port of its own of the loopback interface.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol

from .invocation import Invocation


class Listener(Protocol):
    def next_invocation(self) -> Invocation | None:
        """Waits for one; None when there will be no more."""

    def answered(self, invocation_id: str, failed: bool, body: bytes) -> None: ...

    def init_failed(self, body: bytes) -> None: ...


class RuntimeApi:
    def __init__(self, listener: Listener):
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(listener))
        self._server.daemon_threads = True
        self.address = f"127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(listener: Listener) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = 65536  # head and body of an answer in one packet

        def do_GET(self):
            invocation = listener.next_invocation()
            if invocation is None:
                self.close_connection = True
                return
            self._reply(200, invocation.event, invocation.headers())

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            path = self.path.split("/")
            if path[-2:] == ["init", "error"]:
                listener.init_failed(body)
            else:
                listener.answered(path[-2], path[-1] == "error", body)
            self._reply(202, b'{"status":"OK"}', {})

        def _reply(self, status: int, body: bytes, headers: dict[str, str]):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args):
            pass

    return Handler
