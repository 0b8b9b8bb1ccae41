"""What programs take from their files: keys and values of uwsgi.ini and redis.conf, directives of a Caddyfile."""

import posixpath

import caddyfile


def readings(tree, environment):
    """What is read of the files of a container, by name; settings of Django and what they load are not read here."""
    result = {}
    for path, text in tree.items():
        name = posixpath.basename(path)
        if name == "Caddyfile":
            whole = {place: filled(content or "", environment) for place, content in tree.items()}
            result[name] = caddyfile.directives(path, whole)
        elif name.endswith(".ini"):
            result[name] = ini(text or "")
        elif name == "redis.conf":
            result[name] = words(text or "")
    return result


def filled(text, environment):
    """A text with the variables that Caddy puts in as it reads."""
    for name, value in environment.items():
        text = text.replace("{$" + name + "}", value or "")
    return text


def lines(text):
    """The lines that say something."""
    found = (line.strip() for line in text.splitlines())
    return [line for line in found if line and not line.startswith("#")]


def ini(text):
    """`key = value`; a key can come several times."""
    table = {}
    for line in lines(text):
        key, mark, value = line.partition("=")
        if mark:
            table.setdefault(key.strip(), []).append(value.strip())
    return {key: values[0] if len(values) == 1 else values for key, values in table.items()}


def words(text):
    """`key words…`, as redis.conf has it; a key can come several times."""
    table = {}
    for line in lines(text):
        key, _, value = line.partition(" ")
        table.setdefault(key, []).append(value.strip())
    return {key: values[0] if len(values) == 1 else values for key, values in table.items()}
