"""What each image of Ironwood listens on, answers, and connects to, by the names that it carries inside."""
from dataclasses import dataclass, field

import checks

LMS = ("edx.devstack.lms", 18000)
STUDIO = ("edx.devstack.studio", 18010)
DISCOVERY = ("edx.devstack.discovery", 18381)
ECOMMERCE = ("edx.devstack.ecommerce", 18130)
CREDENTIALS = ("edx.devstack.credentials", 18150)
FORUM = ("edx.devstack.forum", 4567)
NOTES = ("edx.devstack.edxnotesapi", 18120)


@dataclass
class Role:
    """One image: without its needs it is not healthy, and what it uses now and then is only reported."""

    name: str
    port: int
    health: str
    needs: list = field(default_factory=list)
    uses: list = field(default_factory=list)
    also: list = field(default_factory=list)


def ida(name, port, health, account, database, folder, extra, uses):
    settings = f"/edx/app/{folder}/settings/mooc_cluster.py"
    needs = [checks.Settings(settings), checks.MySQL(account, "DB_PASSWORD", database), *extra]
    return Role(name, port, health, needs, uses)


EDXAPP = [
    checks.MySQL("edxapp001", "EDXAPP_MYSQL_PASSWORD", "edxapp"),
    checks.MySQL("edxapp001", "EDXAPP_MYSQL_PASSWORD", "edxapp_csmh"),
    checks.Mongo("edxapp", "edxapp", "EDXAPP_MONGO_PASSWORD"),
    checks.Memcached(),
    checks.Writable("/edx/var/edxapp/media"),
]
PLATFORM = "/edx/app/edxapp/edx-platform"

ROLES = {
    role.name: role
    for role in [
        Role(
            "lms", 18000, "/heartbeat",
            [checks.Settings(f"{PLATFORM}/lms/envs/mooc_cluster.py"), *EDXAPP, checks.Elasticsearch(),
             checks.Writable("/edx/var/edxapp/staticfiles")],
            [STUDIO, FORUM, NOTES, DISCOVERY, ECOMMERCE, CREDENTIALS]),
        Role(
            "studio", 18010, "/heartbeat",
            [checks.Settings(f"{PLATFORM}/cms/envs/mooc_cluster.py"), *EDXAPP,
             checks.Writable("/edx/var/edxapp/studio-staticfiles")],
            [LMS]),
        ida("credentials", 18150, "/health/", "credentials001", "credentials",
            "credentials/credentials/credentials", [checks.Memcached()], [LMS, DISCOVERY]),
        ida("discovery", 18381, "/health/", "discov001", "discovery", "discovery/discovery/course_discovery",
            [checks.Memcached(), checks.Elasticsearch(), checks.Writable("/edx/var/discovery")],
            [LMS, ECOMMERCE]),
        ida("ecommerce", 18130, "/health/", "ecomm001", "ecommerce", "ecommerce/ecommerce/ecommerce",
            [checks.Memcached()], [LMS, DISCOVERY]),
        ida("edx-notes-api", 18120, "/heartbeat", "notes001", "notes",
            "edx_notes_api/edx_notes_api/notesserver", [checks.Elasticsearch()], [LMS]),
        Role(
            "forum", 4567, "/heartbeat",
            [checks.Mongo("cs_comments_service", "cs_comments_service", "FORUM_MONGO_PASSWORD"),
             checks.Elasticsearch(), checks.Memcached(), checks.Variable("API_KEY")]),
        Role("gradebook", 1994, "/", [], [LMS]),
        Role("devpi", 3141, "/+status", [checks.Writable("/data")]),
        Role("elasticsearch", 9200, "/_cluster/health", [checks.Writable("/usr/share/elasticsearch/data")]),
        *[
            Role(
                name, 4444, "/wd/hub/status",
                [checks.SharedMemory(1 << 30), checks.Writable("/edx/app/e2e/edx-e2e-tests/upload_files")],
                [LMS], also=[5900])
            for name in ("chrome", "firefox")
        ],
    ]
}
