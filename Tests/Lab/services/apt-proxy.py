"""A forward proxy for apt that keeps what never changes: `apt-proxy.py ADDRESS PORT FOLDER MIRROR…`.

It fetches from the given mirrors only. Packages and files named by their hash are kept in FOLDER; the rest passes through.
"""

import hashlib
import os
import shutil
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ADDRESS, PORT, FOLDER = sys.argv[1], int(sys.argv[2]), sys.argv[3]
MIRRORS = tuple(each.rstrip("/") + "/" for each in sys.argv[4:])
LOCKS, LOCKS_LOCK = {}, threading.Lock()
PASSED_ON = ("If-Modified-Since", "Range", "If-Range", "Cache-Control")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if not self.path.startswith(MIRRORS):
            self.answer_error(403 if "://" in self.path else 404, "not one of the lab's mirrors")
        elif self.path.endswith(".deb") or "/by-hash/" in self.path:
            self.kept()
        else:
            self.passed()

    def kept(self):
        """Answers from FOLDER, fetched before if it is not there; of two who ask for it one fetches."""
        path = os.path.join(FOLDER, hashlib.sha256(self.path.encode()).hexdigest())
        with LOCKS_LOCK:
            lock = LOCKS.setdefault(path, threading.Lock())
        with lock:
            if not os.path.exists(path):
                try:
                    with urllib.request.urlopen(self.path, timeout=60) as answer, tempfile.NamedTemporaryFile(
                        dir=FOLDER, prefix="part-", delete=False
                    ) as file:
                        shutil.copyfileobj(answer, file)
                except urllib.error.HTTPError as error:
                    return self.answer_error(error.code, error.reason)
                except OSError as error:
                    return self.answer_error(502, str(error))
                os.rename(file.name, path)
        with open(path, "rb") as file:
            self.send_response(200)
            self.send_header("Content-Length", str(os.path.getsize(path)))
            self.end_headers()
            shutil.copyfileobj(file, self.wfile)

    def passed(self):
        """Hands a question for what may change on to the mirror."""
        headers = {name: self.headers[name] for name in PASSED_ON if name in self.headers}
        try:
            with urllib.request.urlopen(urllib.request.Request(self.path, headers=headers), timeout=60) as answer:
                body = answer.read()
                self.send_response(answer.status)
                for name in ("Last-Modified", "Content-Type", "Content-Range", "ETag"):
                    if name in answer.headers:
                        self.send_header(name, answer.headers[name])
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
        except urllib.error.HTTPError as error:
            self.answer_error(error.code, error.reason)
        except OSError as error:
            self.answer_error(502, str(error))

    def answer_error(self, code, reason):
        body = (str(reason) + "\n").encode()
        self.send_response(code)
        if code != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if code != 304:
            self.wfile.write(body)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64


Server((ADDRESS, PORT), Handler).serve_forever()
