"""What jobs run: each script is run, with stand-ins that note their words in place of programs that do something."""

import ast
import os
import re
import shutil
import subprocess
import tempfile

import pods

# A script finds these programs and no others, and its absolute paths lead into a folder of its own, so nothing that it
# does reaches this machine. First the programs that only read what they are given.
HARMLESS = "sh bash timeout grep expr cat tr cut sed sort head tail wc seq printf test true false env basename dirname".split()
# Programs that jobs use, and folders where ./manage.py is called.
NOTED = (
    "python python3 mysql mongosh mc dockerize pip npm make rm mv cp mkdir chown ls curl redis-cli manage.py").split()
SILENT = ["sleep", "date"]
HOMES = ["openedx/edx-platform", "openedx/credentials", "openedx/discovery", "app/edx-notes-api", "openedx/xqueue"]
# Options without a value, which what follows is not.
FLAGS = {
    "--active", "--create", "--deactivate", "--disable-change-limit", "--enabled", "--everyone", "--list", "--nodb",
    "--quiet", "--skip-authorization", "--staff", "--superuser", "--unusable-password", "--update",
}
ABSOLUTE = re.compile(r"(?<![\w/.:%@-])/(tmp|openedx|mnt|run|var|etc|data|app|usr|opt|root|home)\b")
NOTE = """#!/bin/sh
{ printf '%s\\037' "${0##*/}" "$@"; printf '\\035%s\\035' "${MYSQL_PWD-}"; } >>"$NOTES"
if ! test -t 0; then while IFS= read -r line; do printf '%s\\n' "$line" >>"$NOTES"; done; fi
printf '\\036' >>"$NOTES"
"""


def of_jobs(table, cluster, jobs, flattened):
    """Describes the pods of jobs by service, and returns the commands of all jobs in order."""
    steps = []
    with tempfile.TemporaryDirectory() as root:
        prepare(root)
        for job in jobs:
            spec = job["spec"]["template"]["spec"]
            container = spec["containers"][0]
            environment = pods.environment(cluster, container)
            service = environment.get("SERVICE_VARIANT") or pods.image_name(container)
            description = pods.described(cluster, job)
            description.pop("words")
            found = {}
            for key, value in {**description, **limits(job)}.items():
                flattened(found, f"jobs of {service}: {key}", value)
            for key, value in found.items():
                # Jobs of one service that are not alike show by the values of both.
                if table.setdefault(key, value) != value:
                    table[key] = f"{table[key]} or {value}"
            words = container.get("command", []) + container.get("args", [])
            steps += [f"{service}: {step}" for step in run(root, words, environment)]
    return steps


def limits(job):
    """What a Job says beside its pod."""
    return {key: value for key, value in job["spec"].items() if key not in ("template", "selector")}


def prepare(root):
    """Lays out the folder that jobs are run in."""
    os.makedirs(f"{root}/bin")
    for name in HARMLESS:
        os.symlink(shutil.which(name), f"{root}/bin/{name}")
    for name in NOTED:
        write(f"{root}/bin/{name}", NOTE)
    for name in SILENT:
        write(f"{root}/bin/{name}", "#!/bin/sh\n")
    for home in HOMES:
        os.makedirs(f"{root}/{home}")
        write(f"{root}/{home}/manage.py", NOTE)
    for folder in ("tmp", "mnt", "data", "run"):
        os.makedirs(f"{root}/{folder}", exist_ok=True)
    # The image has it: the platform is not mounted from elsewhere.
    write(f"{root}/openedx/edx-platform/bindmount-canary", "")


def write(path, text):
    """Writes a program."""
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, 0o755)


def run(root, words, environment):
    """The commands that a container runs."""
    notes = f"{root}/notes"
    write(notes, "")
    moved = [ABSOLUTE.sub(lambda found: root + found.group(0), word) for word in words]
    if moved[:1] not in (["sh"], ["bash"], ["/bin/sh"], ["/bin/bash"]):
        return [shown([word for word in words])]
    done = subprocess.run(
        [f"{root}/bin/{os.path.basename(moved[0])}"] + moved[1:], cwd=f"{root}/{HOMES[0]}", check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
        env={key: value or "" for key, value in environment.items()} | {"PATH": f"{root}/bin", "NOTES": notes})
    with open(notes, encoding="utf-8") as file:
        entries = file.read().replace(root, "").split("\036")[:-1]
    steps = []
    for entry in entries:
        called, password, text = entry.split("\035")
        steps += meaning(called.split("\037")[:-1], password, text, environment)
    if done.returncode != 0:
        steps.append(f"ends with {done.returncode}: {done.stdout.decode().replace(root, '').strip()[-300:]}")
    return steps


def meaning(words, password, text, environment):
    """One call as one or more steps."""
    while words[0] in ("python", "python3") and len(words) > 1 and words[1].endswith("manage.py"):
        words = words[1:]
    words[0] = os.path.basename(words[0])
    if words[0] == "mysql":
        return sql(words[1:], password, text)
    program = text
    if "-c" in words and words[0] in ("python", "python3", "manage.py"):
        place = words.index("-c")
        program = words[place + 1]
        words = words[:place] + words[place + 2:]
    if not program.strip():
        return [shown(words)]
    return python(words, program, environment)


def shown(words):
    """A command line that a person can read; the order of its options does not count."""
    options, others = [], []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--noinput":
            # There is nobody to ask in any case.
            continue
        if word.startswith("--") and "=" not in word and word not in FLAGS and rest and not rest[0].startswith("-"):
            options.append(f"{word}={rest.pop(0)}")
        elif word.startswith("--"):
            options.append(word)
        else:
            others.append(word)
    return " ".join(others + sorted(options))


def sql(words, password, text):
    """The statements that a call of mysql runs, each with where it goes."""
    short = {"-u": "--user", "-h": "--host", "-P": "--port", "-e": "--execute"}
    found = {"--password": password} if password else {}
    rest = list(words)
    while rest:
        name, mark, value = rest.pop(0).partition("=")
        name = short.get(name, name)
        if not mark and rest and name in ("--user", "--host", "--port", "--execute", "--password"):
            value = rest.pop(0)
        found[name] = value
    statements = found.pop("--execute", text)
    where = " ".join(f"{key}={found[key]}" for key in sorted(found))
    parts = [" ".join(part.split()) for part in statements.split(";")]
    # An account without a host is one of any host.
    parts = [re.sub(r"(USER IF NOT EXISTS '\w+')$", r"\1@'%'", part) for part in parts]
    return [f"mysql {where} {part}" for part in parts if part and part != "exit"]


def python(words, text, environment):
    """A program that is given to Python: management commands that it calls, and what else it does."""
    try:
        lines = ast.parse(text).body
    except SyntaxError:
        return [shown(words) + " < " + " ".join(text.split())]
    steps, rest, known = [], [], Known(environment)
    for line in map(known.visit, lines):
        call = line.value if isinstance(line, ast.Expr) else None
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
            known.names[ast.unparse(line.targets[0])] = line.value
        elif isinstance(call, ast.Call) and getattr(call.func, "id", "") == "call_command":
            steps.append(called(words, call))
        else:
            rest.append(line)
    if any(not isinstance(line, (ast.Import, ast.ImportFrom)) for line in rest):
        steps.append(shown(words) + " < " + " ; ".join(ast.unparse(line) for line in rest))
    return steps


def called(words, call):
    """A management command that Python calls, as a person would call it."""
    result = [word for word in words if word != "shell"] + [ast.literal_eval(word) for word in call.args]
    for option in call.keywords:
        value = ast.literal_eval(option.value)
        name = "--" + option.arg.replace("_", "-")
        result += [name] if value is True else [] if value is False else [f"{name}={value}"]
    return shown(result)


class Known(ast.NodeTransformer):
    """Puts what is known in the place of os.environ['NAME'] and of names that stand for a constant."""

    def __init__(self, environment):
        self.environment = environment
        self.names = {}

    def visit_Name(self, node):
        """One name."""
        return self.names.get(node.id, node) if isinstance(node.ctx, ast.Load) else node

    def visit_Subscript(self, node):
        """One access."""
        self.generic_visit(node)
        if ast.unparse(node.value) == "os.environ" and isinstance(node.slice, ast.Constant):
            return ast.copy_location(ast.Constant(self.environment.get(node.slice.value)), node)
        return node
