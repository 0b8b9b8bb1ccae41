"""Says of each object in a file what it breaks in the schemas of one Kubernetes version, which kubernetes-validate brings.

usage: kubernetes-validate.py KUBERNETES_VERSION FILE, with the Python that has kubernetes-validate

The package's own program reads and checks the schemas anew for each object, which takes seconds where this takes tenths.
"""

import json
import re
import sys
from importlib import util
from pathlib import Path

import jsonschema
import yaml
from referencing import Registry
from referencing.jsonschema import DRAFT202012

version, file = sys.argv[1:]
package = Path(util.find_spec("kubernetes_validate").origin).parent
schemas = package / "kubernetes-json-schema" / f"v{version}.0-local-strict"
definitions = DRAFT202012.create_resource(json.loads((schemas / "_definitions.json").read_text()))
registry = Registry().with_resource("_definitions.json", definitions).crawl()

faults = 0
for thing in yaml.load_all(Path(file).read_text(), Loader=yaml.CSafeLoader):
    # rbac.authorization.k8s.io/v1 stands in a file of rbac-v1.
    api = re.sub(r"^([^./]*)(?:\.[^/]*)?/", r"\1-", thing["apiVersion"])
    name = f'{thing["kind"].lower()}-{api}'
    schema = schemas / f"{name}.json"
    if not schema.exists():
        messages = [f"no schema of {name} in {version}"]
    else:
        validator = jsonschema.Draft202012Validator(json.loads(schema.read_text()), registry=registry)
        messages = [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(thing)]
    for message in messages:
        print(f'{thing["kind"]} {thing["metadata"]["name"]}: {message}')
    faults += len(messages)
sys.exit(faults != 0)
