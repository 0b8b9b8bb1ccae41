"""Renders a Tutor root as Kubernetes objects without kubectl: render.py ROOT, with ROOT/config.yml."""

import copy
import json
import os
import shutil
import sys

import yaml
from tutor import config as tutor_config
from tutor import env, hooks
from tutor.commands import cli  # noqa: F401  registers the core hooks and finds the plugins

# What the Kustomization of Tutor uses; anything else would be passed over unseen.
KNOWN = {
    "apiVersion", "kind", "resources", "namespace", "commonAnnotations", "labels", "configMapGenerator",
}
CLUSTER_WIDE = {"Namespace"}
PODS = {"Deployment", "StatefulSet", "DaemonSet", "Job"}


def kustomized(folder):
    """The objects of a folder with a kustomization.yml; names of ConfigMaps keep no hash."""
    with open(f"{folder}/kustomization.yml", encoding="utf-8") as file:
        kustomization = yaml.safe_load(file)
    unknown = set(kustomization) - KNOWN
    if unknown:
        sys.exit(f"kustomization.yml has {sorted(unknown)}, which is not understood here")
    objects = []
    for name in kustomization["resources"]:
        with open(f"{folder}/{name}", encoding="utf-8") as file:
            objects += [document for document in yaml.safe_load_all(file) if document]
    for generator in kustomization["configMapGenerator"]:
        data = {}
        for name in generator["files"]:
            with open(f"{folder}/{name}", encoding="utf-8") as file:
                data[os.path.basename(name)] = file.read()
        labels = generator.get("options", {}).get("labels", {})
        objects.append({
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": {"name": generator["name"], "labels": labels}, "data": data,
        })
    for item in objects:
        decorate(item, kustomization)
    return objects


def decorate(item, kustomization):
    """Adds what a Kustomization adds to every object."""
    if item["kind"] not in CLUSTER_WIDE:
        item["metadata"]["namespace"] = kustomization["namespace"]
    for entry in kustomization["labels"]:
        pairs = entry["pairs"]
        item["metadata"].setdefault("labels", {}).update(pairs)
        if item["kind"] == "Service" and entry.get("includeSelectors"):
            item["spec"].setdefault("selector", {}).update(pairs)
        if item["kind"] in PODS:
            template = item["spec"]["template"]
            template.setdefault("metadata", {}).setdefault("labels", {}).update(pairs)
            if "selector" in item["spec"]:
                item["spec"]["selector"]["matchLabels"].update(pairs)


def initialised(objects, config):
    """The objects, with what `tutor k8s do init` runs in place of the templates of jobs, in its order."""
    templates = {item["metadata"]["name"]: item for item in objects if item["kind"] == "Job"}
    jobs = []
    for service, task in hooks.Filters.CLI_DO_INIT_TASKS.iterate():
        job = copy.deepcopy(templates[f"{service}-job"])
        job["metadata"]["name"] = f"{service}-job-{len(jobs) + 1}"
        job["spec"].update(backoffLimit=1, ttlSecondsAfterFinished=3600)
        container = job["spec"]["template"]["spec"]["containers"][0]
        shell = ["sh", "-e", "-c"]
        script = env.render_str(config, task)
        if container.get("command") == []:
            container.update(command=shell, args=[script])
        else:
            container["args"] = shell + [script]
        jobs.append(job)
    return [item for item in objects if item["kind"] != "Job"] + jobs


@hooks.Filters.ENV_TEMPLATE_VARIABLES.add(priority=hooks.priorities.LOW)
def without_docker(variables):
    """Discovery's compose files, which nobody reads here, ask docker, which need not be there."""
    return [(name, (lambda: False) if name == "is_docker_rootless" else value) for name, value in variables]


def main(root):
    """Renders, and leaves objects.json and a config.yml with everything in it."""
    hooks.Actions.CORE_READY.do()
    hooks.Actions.PROJECT_ROOT_READY.do(root)
    # As `tutor config save` does: what was made up is saved before anything is rendered with it.
    tutor_config.save_config_file(root, tutor_config.load_minimal(root))
    config = tutor_config.load_full(root)
    env.save(root, config)
    objects = initialised(kustomized(f"{root}/env"), config)
    shutil.rmtree(f"{root}/env")
    with open(f"{root}/objects.json", "w", encoding="utf-8") as file:
        json.dump(objects, file, indent=1, sort_keys=True)


main(sys.argv[1])
