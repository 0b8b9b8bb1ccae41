"""What the containers of a pod see: image, words, environment, files and volumes."""

import base64
import posixpath

import files
import settings

# What images set themselves, by the last part of their name, and what the manifests therefore need not say.
IMAGE_ENVIRONMENT = {
    "openedx": {
        "LMS_CFG": "/openedx/config/lms.env.yml",
        "CMS_CFG": "/openedx/config/cms.env.yml",
    },
    "openedx-discovery": {"DJANGO_SETTINGS_MODULE": "course_discovery.settings.tutor.production"},
}
# The containers that others of the same program are compared with, so that a difference is told once.
MODELS = {"lms": "lms", "cms": "cms"}


class Cluster:
    """All objects, found by kind and name."""

    def __init__(self, objects):
        self.objects = {(item["kind"], item["metadata"]["name"]): item for item in objects}
        self.models = {}

    def data(self, kind, name):
        """The keys and values of a ConfigMap or Secret."""
        item = self.objects.get((kind, name), {})
        if kind == "Secret":
            plain = item.get("stringData", {})
            return {
                key: base64.b64decode(value).decode() for key, value in item.get("data", {}).items()
            } | plain
        return item.get("data", {})


def described(cluster, item):
    """Everything about the pods of a workload or Job."""
    template = item["spec"]["template"]
    spec = template["spec"]
    result = {
        f"pod.{key}": value for key, value in spec.items()
        if key not in ("containers", "initContainers", "volumes")
    }
    for part in ("initContainers", "containers"):
        for container in spec.get(part, []):
            # Most pods have one container, which goes by the name of the whole, or is that of a job.
            alone = container["name"] == item["metadata"]["name"] or item["kind"] == "Job"
            prefix = "" if alone and part == "containers" else f"{part}.{container['name']}."
            result.update({prefix + key: value for key, value in seen(cluster, spec, container).items()})
    return result


def seen(cluster, spec, container):
    """Everything about one container."""
    special = {"name", "args", "command", "env", "envFrom", "volumeMounts", "ports"}
    result = {key: value for key, value in container.items() if key not in special}
    words = container.get("command", []) + container.get("args", [])
    result["words"] = options(words)
    result["env"] = environment(cluster, container)
    result["ports"] = sorted(
        f"{port['containerPort']}/{port.get('protocol', 'TCP')}" for port in container.get("ports", []))
    result["mounts"] = mounts(cluster, spec, container)
    tree = tree_of(cluster, spec, container)
    result["files"] = {path: "is there" for path in tree}
    result.update(readings(cluster, container, tree, result["env"]))
    return {key: value for key, value in result.items() if value not in ({}, [])}


def options(words):
    """A command line: its options by name, and the other words in order."""
    result = {}
    rest = list(words)
    while rest:
        name, mark, value = rest.pop(0).partition("=")
        if not name.startswith("--"):
            result.setdefault("words", []).append(name + mark + value)
            continue
        if not mark:
            # A script is no value, and a command line that has one has no options of its own.
            value = rest.pop(0) if rest and not rest[0].startswith("-") else True
        result[name] = sorted(value.split(",")) if value is not True and "," in value else value
    return result


def environment(cluster, container):
    """The variables that the manifest gives a container, with the values that it will see."""
    result = {}
    for source in container.get("envFrom", []):
        for kind, key in (("ConfigMap", "configMapRef"), ("Secret", "secretRef")):
            if key in source:
                for name, value in cluster.data(kind, source[key]["name"]).items():
                    result[source.get("prefix", "") + name] = value
    for variable in container.get("env", []):
        result[variable["name"]] = variable.get("value", "")
        origin = variable.get("valueFrom", {})
        for kind, key in (("ConfigMap", "configMapKeyRef"), ("Secret", "secretKeyRef")):
            if key in origin:
                result[variable["name"]] = cluster.data(kind, origin[key]["name"]).get(origin[key]["key"])
        if "fieldRef" in origin:
            result[variable["name"]] = f"({origin['fieldRef']['fieldPath']})"
    return result


def volume_files(cluster, volume):
    """The files of a volume that is made of ConfigMaps and Secrets; None for another one."""
    result = {}
    sources = volume.get("projected", {}).get("sources", [volume])
    known = False
    for source in sources:
        for kind, key, name in (("ConfigMap", "configMap", "name"), ("Secret", "secret", "secretName")):
            if key not in source:
                continue
            known = True
            data = cluster.data(kind, source[key].get(name, source[key].get("name")))
            items = source[key].get("items")
            if items is None:
                result.update(data)
            else:
                result.update({item["path"]: data.get(item["key"]) for item in items})
    return result if known else None


def tree_of(cluster, spec, container):
    """The files that come from ConfigMaps and Secrets, by path."""
    volumes = {volume["name"]: volume for volume in spec.get("volumes", [])}
    tree = {}
    for mount in container.get("volumeMounts", []):
        found = volume_files(cluster, volumes[mount["name"]])
        if found is None:
            continue
        if "subPath" in mount:
            tree[posixpath.normpath(mount["mountPath"])] = found.get(mount["subPath"])
        else:
            for name, text in found.items():
                tree[posixpath.join(posixpath.normpath(mount["mountPath"]), name)] = text
    return tree


def mounts(cluster, spec, container):
    """What is mounted from volumes that hold data, by path."""
    volumes = {volume["name"]: volume for volume in spec.get("volumes", [])}
    result = {}
    for mount in container.get("volumeMounts", []):
        volume = volumes[mount["name"]]
        if volume_files(cluster, volume) is not None:
            continue
        if "persistentVolumeClaim" in volume:
            source = f"claim {volume['persistentVolumeClaim']['claimName']}"
        else:
            source = next(key for key in volume if key != "name")
        if "subPath" in mount:
            source += f"/{mount['subPath']}"
        result[posixpath.normpath(mount["mountPath"])] = source
    return result


def image_name(container):
    """The last part of an image's name: `openedx`."""
    return container["image"].rsplit("/", 1)[-1].partition("@")[0].partition(":")[0]


def readings(cluster, container, tree, given):
    """What the program takes from its files."""
    result = files.readings(tree, given)
    whole = IMAGE_ENVIRONMENT.get(image_name(container), {}) | given
    module = whole.get("DJANGO_SETTINGS_MODULE")
    if module is None:
        return result
    found = settings.evaluated(module, tree, whole)
    model = MODELS.get(whole.get("SERVICE_VARIANT"), image_name(container))
    if model not in cluster.models:
        cluster.models[model] = found
        result["settings"] = found
    else:
        first = cluster.models[model]
        for key in sorted(first.keys() | found.keys()):
            if first.get(key) != found.get(key):
                result[f"settings.{key}"] = found.get(key, "(not set)")
    return result


def selected(cluster, selector):
    """The workloads whose pods a selector takes."""
    found = []
    for (kind, name), item in cluster.objects.items():
        if kind in ("Deployment", "StatefulSet", "DaemonSet") and selector:
            labels = item["spec"]["template"]["metadata"].get("labels", {})
            if all(labels.get(key) == value for key, value in selector.items()):
                found.append(name)
    return sorted(found)


def port_number(cluster, selector, port):
    """The number of a port that may be named."""
    if isinstance(port, int):
        return port
    for name in selected(cluster, selector):
        for kind in ("Deployment", "StatefulSet", "DaemonSet"):
            item = cluster.objects.get((kind, name))
            for container in item["spec"]["template"]["spec"]["containers"] if item else []:
                for entry in container.get("ports", []):
                    if entry.get("name") == port:
                        return entry["containerPort"]
    return port
