"""Does what a provisioning task of the real image leaves behind, as far as it can be seen: tables, files, indexes."""
import os
import sys
import time
import urllib.request

import checks

DATABASES = {
    "edxapp": [("edxapp001", "EDXAPP_MYSQL_PASSWORD", name) for name in ("edxapp", "edxapp_csmh")],
    "credentials": [("credentials001", "DB_PASSWORD", "credentials")],
    "discovery": [("discov001", "DB_PASSWORD", "discovery")],
    "ecommerce": [("ecomm001", "DB_PASSWORD", "ecommerce")],
    "edx_notes_api": [("notes001", "DB_PASSWORD", "notes")],
}


def run(home, script):
    print(f"stand-in for a task of {home}", flush=True)
    if "migrate" in script:
        for account in DATABASES[home]:
            until(lambda account=account: migrate(checks.MySQL(*account)), f"migrate {account[2]}")
    if "refresh_course_metadata" in script:
        until(lambda: checks.connect(("edx.devstack.lms", 18000)), "read courses from the LMS")
    if "index" in script:
        until(index, "make an index")
    for folder in ("/edx/var/edxapp/staticfiles", "/edx/var/edxapp/studio-staticfiles"):
        if "update_assets" in script:
            checks.Writable(folder)()
            with open(os.path.join(folder, "stand-in.txt"), "w") as file:
                file.write("stand-in for static files\n")
    print("done", flush=True)


def migrate(database):
    """Keeps how often it was run, so that a test can see that nothing was lost between."""
    with database.connection() as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS stand_in_migrations (name VARCHAR(64) PRIMARY KEY, runs INT)")
        cursor.execute(
            "INSERT INTO stand_in_migrations VALUES ('initial', 1) ON DUPLICATE KEY UPDATE runs = runs + 1")


def index():
    request = urllib.request.Request("http://edx.devstack.elasticsearch:9200/stand-in", method="PUT", data=b"{}")
    urllib.request.urlopen(request, timeout=checks.TIMEOUT).read()


def until(task, what):
    """Tries for a minute, as tasks of the real images wait for their database."""
    for _ in range(20):
        why = checks.outcome(task)
        if why is None:
            print(what, flush=True)
            return
        time.sleep(3)
    sys.exit(f"{what}: {why}")
