"""Stand-in for the shell of MongoDB: pings, or carries out the accounts that a script of this edition lists as JSON."""
import json
import re
import sys

import checks


def main(arguments):
    if "--nodb" not in arguments:
        checks.ask("127.0.0.1", {"op": "ping"})
        return
    with open(arguments[-1]) as file:
        script = file.read()
    root = json.loads(re.search(r"^\s*var root = (.*);$", script, re.M).group(1))
    accounts = json.loads(re.search(r"var accounts = (\[.*?\]);", script, re.S).group(1))
    host = re.search(r'new Mongo\("([^":]+)', script).group(1)
    login = {"op": "login", "db": "admin", "user": "root", "pwd": root}
    checks.ask(host, login, *({"op": "account", **account} for account in accounts))


try:
    main(sys.argv[1:])
except Exception as error:
    sys.exit(f"stand-in of the mongo shell: {error}")
