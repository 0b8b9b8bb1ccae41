"""Stand-in for Meilisearch: keeps keys and the names of indexes in its data folder, and lets in whoever has a key."""
import hashlib
import hmac
import json
import os
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATH = "/meili_data/stand-in.json"
LOCK = threading.Lock()


def read():
    if not os.path.exists(PATH):
        return {"keys": {}, "indexes": []}
    with open(PATH) as file:
        return json.load(file)


def write(state):
    with open(PATH + ".new", "w") as file:
        json.dump(state, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(PATH + ".new", PATH)


def derived(uid):
    """The key of a UID, as the real one makes it of its master key."""
    return hmac.new(os.environ["MEILI_MASTER_KEY"].encode(), uid.encode(), hashlib.sha256).hexdigest()


def may(state, key, index):
    """Whether a key opens an index; the master key opens all, and nothing else what is no index (None)."""
    if hmac.compare_digest(key, os.environ["MEILI_MASTER_KEY"]):
        return True
    patterns = [
        pattern for uid, made in state["keys"].items() if hmac.compare_digest(key, derived(uid))
        for pattern in made["indexes"]
    ]
    return index is not None and any(re.fullmatch(each.replace("*", ".*"), index) for each in patterns)


def answer(method, path, key, body):
    """Status and value."""
    if path == "/health":
        return 200, {"status": "available", "stand-in": "meilisearch"}
    with LOCK:
        state = read()
        if path.startswith("/keys"):
            if not may(state, key, None):
                return 403, {"code": "invalid_api_key"}
            uid = body["uid"] if method == "POST" else path[len("/keys/"):]
            if method == "POST":
                state["keys"][uid] = body
                write(state)
            known = state["keys"].get(uid)
            return (200, {**known, "key": derived(uid)}) if known else (404, {"code": "api_key_not_found"})
        if path == "/indexes" and method == "POST":
            if not may(state, key, body["uid"]):
                return 403, {"code": "invalid_api_key"}
            if body["uid"] not in state["indexes"]:
                state["indexes"].append(body["uid"])
                write(state)
            return 202, {"indexUid": body["uid"], "status": "enqueued"}
        if path == "/indexes":
            seen = [{"uid": name} for name in state["indexes"] if may(state, key, name)]
            return (200, {"results": seen}) if seen else (403, {"code": "invalid_api_key"})
    return 404, {"stand-in": "meilisearch", "error": "the real image would answer this"}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        key = self.headers.get("Authorization", "").removeprefix("Bearer ")
        status, value = answer(self.command, self.path.partition("?")[0], key, json.loads(body or "null"))
        data = json.dumps(value).encode() + b"\n"
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-Stand-In", "meilisearch")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_POST = do_GET

    def log_message(self, *_):
        pass


def serve():
    if len(os.environ["MEILI_MASTER_KEY"].encode()) < 16:
        raise SystemExit("stand-in: a master key of production has 16 bytes at least")
    # As the real one, it does not start without its folder.
    write(read())
    print("stand-in for meilisearch on port 7700", flush=True)
    server = ThreadingHTTPServer(("", 7700), Handler)
    server.daemon_threads = True
    server.serve_forever()
