"""Stand-in for the shells of MongoDB: pings, or makes the accounts of which a script of the editions speaks.

Ironwood's script lists them as JSON; Verawood's makes one, with passwords of the environment.
"""
import json
import os
import re
import sys

import checks


def main(arguments):
    if "--nodb" not in arguments:
        checks.ask("127.0.0.1", {"op": "ping"})
        return
    with open(arguments[-1]) as file:
        script = file.read()
    host, root, accounts = (verawood if "process.env" in script else ironwood)(script)
    login = {"op": "login", "db": "admin", "user": "root", "pwd": root}
    checks.ask(host, login, *({"op": "account", **account} for account in accounts))


def ironwood(script):
    """Host, root's password and accounts of the script of Ironwood."""
    root = json.loads(re.search(r"^\s*var root = (.*);$", script, re.M).group(1))
    accounts = json.loads(re.search(r"var accounts = (\[.*?\]);", script, re.S).group(1))
    return re.search(r'new Mongo\("([^":]+)', script).group(1), root, accounts


def verawood(script):
    """The same of the script of Verawood."""
    host, database = re.search(r'new Mongo\("(\S+):27017"\)\.getDB\("(\w+)"\);', script).groups()
    root = re.search(r'\.auth\("root", process\.env\.(\w+)\);', script).group(1)
    password = re.search(r"\bpwd: process\.env\.(\w+),", script).group(1)
    users = set(re.findall(r'\.(?:getUser|updateUser|createUser)\((?:\{user: )?"(\w+)"', script))
    if len(users) != 1:
        raise ValueError(f"one account is wanted, not {users}")
    return host, os.environ[root], [{"db": database, "user": users.pop(), "pwd": os.environ[password]}]


try:
    main(sys.argv[1:])
except Exception as error:
    sys.exit(f"stand-in of the mongo shell: {error}")
