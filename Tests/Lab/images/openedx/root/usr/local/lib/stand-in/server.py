"""Answers on the port of the real image; on its health path with 200 only when every need is met."""
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import checks

# Probes and clients together ask several times a second; one round of checks serves them for a moment.
KEEP = 2


class Health:
    """The last round of checks."""

    def __init__(self, role):
        self.role, self.lock, self.at, self.last = role, threading.Lock(), 0, None

    def report(self):
        with self.lock:
            if self.last is None or time.monotonic() - self.at > KEEP:
                needs = {str(check): checks.outcome(check) for check in self.role.needs}
                uses = {
                    f"{host}:{port}": checks.outcome(lambda address=(host, port): checks.connect(address))
                    for host, port in self.role.uses
                }
                healthy = not any(needs.values())
                if self.last is None or healthy != self.last["healthy"]:
                    print(json.dumps({"healthy": healthy, "needs": needs}), flush=True)
                self.at = time.monotonic()
                self.last = {"stand-in": self.role.name, "healthy": healthy, "needs": needs, "uses": uses}
            return self.last


def listen_also(port):
    """Greets on a second port as a VNC server does."""
    listener = socket.create_server(("", port))

    def serve():
        while True:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"RFB 003.008\n")

    threading.Thread(target=serve, daemon=True).start()


def serve(role):
    health = Health(role)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            path = self.path.partition("?")[0]
            if path == role.health:
                report = health.report()
                self.answer(200 if report["healthy"] else 503, report)
            elif path == "/":
                self.answer(200, {"stand-in": role.name})
            else:
                self.answer(404, {"stand-in": role.name, "error": "the real image would answer this"})

        def do_PUT(self):
            # An index of Elasticsearch: it is only noted that it was made.
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.answer(200, {"stand-in": role.name, "acknowledged": True})

        def answer(self, status, value):
            body = json.dumps(value, indent=1).encode() + b"\n"
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("X-Stand-In", role.name)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    for port in role.also:
        listen_also(port)
    print(f"stand-in for {role.name} on port {role.port}", flush=True)
    server = ThreadingHTTPServer(("", role.port), Handler)
    server.daemon_threads = True
    server.serve_forever()
