"""Stand-in for the images of Open edX: finds out which of them it is to be, and is it.

A container of the real image is told what to run by its arguments (gunicorn with a module, manage.py with a task,
mongod); programs that are there are run. Where it is told nothing, the variables of Verawood's images or the name of
the pod say which service it is.
"""
import os
import re
import signal
import sys

import jobs
import meilisearch_server
import mongo_server
import roles
import server

MODULES = {
    "lms": "lms", "cms": "studio", "credentials": "credentials", "course_discovery": "discovery",
    "ecommerce": "ecommerce", "notesserver": "edx-notes-api",
}


def main(arguments):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    text = "\n".join(arguments)
    wsgi = re.search(r"(\w+)\.wsgi:application", text)
    home = re.search(r"source /edx/app/(\w+)/", text)
    if arguments[:1] == ["mongod"]:
        mongo_server.serve(arguments)
    elif wsgi:
        server.serve(roles.ROLES[MODULES[wsgi.group(1)]])
    elif "ruby app.rb" in text:
        server.serve(roles.ROLES["forum"])
    elif home and "manage.py" in text:
        jobs.run(home.group(1), text)
    elif arguments:
        os.execvp(arguments[0], arguments)
    elif "SERVICE_VARIANT" in os.environ:
        os.execvp("uwsgi", ["uwsgi", "/openedx/uwsgi.ini"])
    elif "MEILI_MASTER_KEY" in os.environ:
        meilisearch_server.serve()
    else:
        pod = os.environ.get("HOSTNAME", "")
        names = [name for name in roles.ROLES if pod == name or pod.startswith(name + "-")]
        if not names:
            sys.exit("stand-in: neither the arguments nor the name of the pod say what to be")
        server.serve(roles.ROLES[max(names, key=len)])


main(sys.argv[1:])
