"""Runs Django settings as the container would, over stand-ins of the platform's own, and says what they set.

The stand-ins (stubs/, and for the platform those that run in the lab) hold what such settings change in place, and do
as the platform does with what it reads itself: the YAML file of LMS_CFG or CMS_CFG. What is compared is what comes out,
so it does not matter in which file a key is.
"""

import builtins
import importlib
import io
import json
import os
import sys
import tempfile
import traceback

# Where settings come from, not what they are.
SOURCES = {"ENV_TOKENS", "AUTH_TOKENS"}
HERE = os.path.dirname(os.path.abspath(__file__))
STUBS = [
    os.path.join(HERE, "stubs"),
    os.path.join(HERE, "../../Lab/images/openedx/root/openedx/edx-platform"),
]


def evaluated(module, tree, environment):
    """The settings of a module, by path; runs in a process of its own, as it changes what Python knows."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            result = run(module, tree, environment)
        except BaseException:  # whatever settings do wrong is what they mean
            result = {"(fails)": traceback.format_exc().splitlines()[-1]}
        text = json.dumps(result, default=str).encode()
        while text:
            text = text[os.write(writer, text):]
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        result = json.load(pipe)
    os.waitpid(child, 0)
    return result


def run(module, tree, environment):
    """Executes the module over the files of the container."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in tree.items():
            place = root + path
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "w", encoding="utf-8") as file:
                file.write(text or "")
        tail = "/" + module.replace(".", "/") + ".py"
        homes = {path[:-len(tail)] for path in tree if path.endswith(tail)}
        if len(homes) != 1:
            return {"(fails)": f"no file for the settings {module}"}
        os.environ.clear()
        os.environ.update({
            # Settings look for more files beside the one that the image names.
            key: (root if key in ("LMS_CFG", "CMS_CFG") else "") + (value or "")
            for key, value in environment.items()
        })
        made = redirected(root)
        # What the platform of Studio names its storage of exports, which settings may hand on.
        builtins.USER_TASKS_ARTIFACT_STORAGE = "the storage of exports"
        sys.dont_write_bytecode = True
        sys.path[:0] = [root + homes.pop(), *STUBS]
        loaded = importlib.import_module(module)
        table = {}
        for key in dir(loaded):
            if key.isupper() and key not in SOURCES:
                flat(table, key, getattr(loaded, key))
        import recorded
        flat(table, "(calls)", recorded.calls)
        table["(folders made)"] = sorted(made)
        return {key: strip(value, root) for key, value in table.items()}


def redirected(root):
    """Lets files of the container be found, and folders that are made be noted instead."""
    real_open, real_exists, made = builtins.open, os.path.exists, set()

    def inside(path):
        path = os.fspath(path) if not isinstance(path, int) else path
        if isinstance(path, str) and path.startswith("/") and real_exists(root + path):
            return root + path
        return path

    def opened(path, *rest, **named):
        return real_open(inside(path), *rest, **named)

    builtins.open = io.open = opened
    os.path.exists = lambda path: str(path) in made or real_exists(inside(path))
    os.path.isfile = os.path.exists
    os.makedirs = lambda path, *rest, **named: made.add(str(path))
    os.mkdir = os.makedirs
    return made


def strip(value, root):
    """A value without the place where the files lie here."""
    return value.replace(root, "") if isinstance(value, str) else value


def flat(table, path, value):
    """Puts a setting into the table; text that is JSON counts as what it says."""
    if isinstance(value, str) and value.startswith("{"):
        try:
            return flat(table, path + "(json)", json.loads(value))
        except ValueError:
            pass
    if isinstance(value, (tuple, set, frozenset)):
        value = sorted(value) if isinstance(value, (set, frozenset)) else list(value)
    if isinstance(value, dict) and value:
        for key, item in value.items():
            flat(table, f"{path}.{key}", item)
    elif isinstance(value, list) and any(isinstance(item, (dict, list, tuple)) for item in value):
        for index, item in enumerate(value):
            flat(table, f"{path}[{index}]", item)
    elif value is None or isinstance(value, (str, int, float, bool, list, dict)):
        table[path] = value
    else:
        table[path] = f"({type(value).__name__} {value})"
