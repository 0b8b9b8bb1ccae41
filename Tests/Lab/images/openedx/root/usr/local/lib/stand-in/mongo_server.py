"""Stand-in for mongod: keeps accounts in its data folder and lets only them in. It speaks lines of JSON."""
import hashlib
import json
import os
import secrets
import socketserver
import threading

PATH = "/data/db/accounts.json"
LOCK = threading.Lock()


def digest(salt, password):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), bytes.fromhex(salt), 1000).hex()


def read():
    with open(PATH) as file:
        return json.load(file)


def write(accounts):
    with open(PATH + ".new", "w") as file:
        json.dump(accounts, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(PATH + ".new", PATH)


def put(accounts, database, user, password):
    salt = secrets.token_hex(16)
    accounts[f"{database}/{user}"] = {"salt": salt, "digest": digest(salt, password)}


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        root = False
        for line in self.rfile:
            try:
                request = json.loads(line)
                operation = request["op"]
                with LOCK:
                    accounts = read()
                    if operation == "login":
                        account = accounts.get(f"{request['db']}/{request['user']}")
                        if not account or digest(account["salt"], request["pwd"]) != account["digest"]:
                            raise PermissionError("Authentication failed.")
                        root = (request["db"], request["user"]) == ("admin", "root")
                    elif operation == "account":
                        if not root:
                            raise PermissionError("not authorized")
                        put(accounts, request["db"], request["user"], request["pwd"])
                        write(accounts)
                    elif operation != "ping":
                        raise ValueError("unknown operation")
                answer = {"ok": 1}
            except Exception as error:
                answer = {"error": str(error)}
            self.wfile.write(json.dumps(answer).encode() + b"\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def serve(arguments):
    if "--auth" not in arguments:
        raise SystemExit("stand-in: without --auth, the accounts of MongoDB mean nothing")
    if not os.path.exists(PATH):
        # As the real image: the root account is made when the data folder is new, and stays as it is.
        accounts = {}
        put(accounts, "admin", os.environ["MONGO_INITDB_ROOT_USERNAME"], os.environ["MONGO_INITDB_ROOT_PASSWORD"])
        write(accounts)
    print("stand-in for mongod on port 27017", flush=True)
    Server(("", 27017), Handler).serve_forever()
