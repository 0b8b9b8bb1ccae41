"""Says what Kubernetes objects of Open edX mean, as a flat table: meaning.py OBJECTS.json CONFIG.yml > MEANING.json.

OBJECTS.json is a list of objects; its Jobs stand in the order in which they are run. CONFIG.yml is the configuration of
Tutor whose passwords and keys the objects have: they show by their names.

A key of the table is a path that a person can read, such as `lms: env.UWSGI_WORKERS`, and a value is the JSON of a
scalar or of a list of scalars. What is written differently and means the same has the same keys and values: a file
counts as what the program that reads it takes from it, a script as the commands that it runs, an environment as what
the container sees. `steps` are the commands of all jobs in their order.
"""

import json
import sys

import commands
import pods
import yaml

WORKLOADS = {"Deployment", "StatefulSet", "DaemonSet"}
# What a pod sees of these is compared with the pod.
SEEN_BY_PODS = {"ConfigMap", "Secret"}


def flattened(table, path, value):
    """Puts a nested value into the table, below the path."""
    if isinstance(value, dict) and value:
        for key in value:
            flattened(table, f"{path}.{key}", value[key])
    elif isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value):
        for index, item in enumerate(value):
            flattened(table, f"{path}[{index}]", item)
    else:
        table[path] = value


def workload(table, cluster, item):
    """A Deployment, StatefulSet or DaemonSet, with its pods."""
    name = item["metadata"]["name"]
    spec = {key: value for key, value in item["spec"].items() if key not in ("template", "selector")}
    table[f"{name}: kind"] = item["kind"]
    for key, value in spec.items():
        flattened(table, f"{name}: {key}", value)
    for key, value in pods.described(cluster, item).items():
        flattened(table, f"{name}: {key}", value)


def service(table, cluster, item):
    """A Service: where it leads and by which ports."""
    name = item["metadata"]["name"]
    spec = item["spec"]
    table[f"service {name}: type"] = spec.get("type", "ClusterIP")
    table[f"service {name}: leads to"] = pods.selected(cluster, spec.get("selector"))
    for port in spec.get("ports", []):
        number = f"{port['port']}/{port.get('protocol', 'TCP')}"
        target = pods.port_number(cluster, spec.get("selector"), port.get("targetPort", port["port"]))
        table[f"service {name}: ports.{number}"] = target
        if "nodePort" in port:
            table[f"service {name}: nodePorts.{number}"] = port["nodePort"]
    for key, value in spec.items():
        if key not in ("type", "selector", "ports"):
            flattened(table, f"service {name}: {key}", value)


def other(table, item):
    """Anything else: as it is written."""
    name = f"{item['kind']} {item['metadata']['name']}"
    table[f"{name}"] = "is there"
    if item["kind"] == "PersistentVolumeClaim":
        flattened(table, f"{name}: spec", item["spec"])


def names_of_secrets(path):
    """What was made up for a configuration, by value."""
    with open(path, encoding="utf-8") as file:
        config = yaml.safe_load(file)
    secret = ("PASSWORD", "SECRET", "SECRET_KEY", "SECRET_SSO", "MASTER_KEY", "API_KEY", "KEY_UID")
    names = {
        value: f"<{key}>" for key, value in config.items()
        if key.endswith(secret) and isinstance(value, str) and len(value) >= 8
    }
    key = [line for line in config["JWT_RSA_PRIVATE_KEY"].splitlines() if not line.startswith("-----")]
    return names | {"".join(key): "<JWT_RSA_PRIVATE_KEY>"}


def main(path, config):
    """Prints the table."""
    with open(path, encoding="utf-8") as file:
        objects = json.load(file)
    cluster = pods.Cluster(objects)
    table = {}
    jobs = []
    for item in objects:
        if item["kind"] in WORKLOADS:
            workload(table, cluster, item)
        elif item["kind"] == "Service":
            service(table, cluster, item)
        elif item["kind"] == "Job":
            jobs.append(item)
        elif item["kind"] not in SEEN_BY_PODS:
            other(table, item)
    steps = commands.of_jobs(table, cluster, jobs, flattened)
    texts = {key: json.dumps(value, sort_keys=True, ensure_ascii=False) for key, value in table.items()}
    text = json.dumps({"table": texts, "steps": steps}, indent=1, sort_keys=True, ensure_ascii=False)
    for value, name in names_of_secrets(config).items():
        text = text.replace(value, name)
    print(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
