"""What a stand-in checks before it says that it is healthy. A check raises when it does not hold."""
import json
import os
import socket
import urllib.request
from dataclasses import dataclass

import pymysql

TIMEOUT = 3


@dataclass
class MySQL:
    """Logs in with the account of the image and asks the database something."""

    account: str
    variable: str
    database: str

    def __str__(self):
        return f"mysql {self.account}@edx.devstack.mysql/{self.database}"

    def connection(self):
        return pymysql.connect(
            host="edx.devstack.mysql", user=self.account, password=os.environ[self.variable],
            database=self.database, connect_timeout=TIMEOUT, read_timeout=TIMEOUT, autocommit=True)

    def __call__(self):
        with self.connection() as connection, connection.cursor() as cursor:
            cursor.execute("SELECT 1")


@dataclass
class Mongo:
    """Logs in with the account of the image."""

    database: str
    user: str
    variable: str

    def __str__(self):
        return f"mongo {self.user}@edx.devstack.mongo/{self.database}"

    def __call__(self):
        ask("edx.devstack.mongo", {
            "op": "login", "db": self.database, "user": self.user, "pwd": os.environ[self.variable]})


def ask(host, *requests, port=27017):
    """Asks the stand-in of MongoDB, whose protocol is one line of JSON each way."""
    with socket.create_connection((host, port), TIMEOUT) as connection, connection.makefile("rw") as stream:
        for request in requests:
            stream.write(json.dumps(request) + "\n")
            stream.flush()
            answer = json.loads(stream.readline() or '{"error": "closed"}')
            if "error" in answer:
                raise RuntimeError(answer["error"])


class Memcached:
    """Asks for its version."""

    def __str__(self):
        return "memcached edx.devstack.memcached:11211"

    def __call__(self):
        with socket.create_connection(("edx.devstack.memcached", 11211), TIMEOUT) as connection:
            connection.sendall(b"version\r\n")
            if not connection.recv(64).startswith(b"VERSION"):
                raise RuntimeError("no memcached answers there")


class Elasticsearch:
    """Asks for its health."""

    def __str__(self):
        return "elasticsearch edx.devstack.elasticsearch:9200"

    def __call__(self):
        urllib.request.urlopen("http://edx.devstack.elasticsearch:9200/_cluster/health", timeout=TIMEOUT).read()


@dataclass
class Settings:
    """Reads the settings module that the real image would import."""

    path: str

    def __str__(self):
        return f"settings {self.path}"

    def __call__(self):
        with open(self.path) as file:
            compile(file.read(), self.path, "exec")


@dataclass
class Writable:
    """Writes a file into a folder and takes it away again."""

    path: str

    def __str__(self):
        return f"volume {self.path}"

    def __call__(self):
        if not os.path.ismount(self.path):
            raise RuntimeError("no volume is mounted there")
        name = os.path.join(self.path, f".stand-in-{os.uname().nodename}")
        with open(name, "w") as file:
            file.write("stand-in")
        os.unlink(name)


@dataclass
class SharedMemory:
    """Looks how large /dev/shm is."""

    size: int

    def __str__(self):
        return "/dev/shm"

    def __call__(self):
        found = os.statvfs("/dev/shm")
        if found.f_blocks * found.f_frsize < self.size:
            raise RuntimeError("too small for a browser")


@dataclass
class Variable:
    """Looks whether an environment variable is there."""

    name: str

    def __str__(self):
        return f"variable {self.name}"

    def __call__(self):
        if not os.environ.get(self.name):
            raise RuntimeError("is empty")


def connect(address):
    """Opens a connection to a service that an image uses now and then."""
    socket.create_connection(address, TIMEOUT).close()


def outcome(check):
    """What became of a check: None when it holds, else why not."""
    try:
        check()
        return None
    except Exception as error:
        return f"{type(error).__name__}: {error}"
