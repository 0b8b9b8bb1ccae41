"""What programs take from their files: keys and values of uwsgi.ini and redis.conf, blocks of a Caddyfile."""

import posixpath


def is_read(path):
    """Whether a file is understood here; settings of Django and what they load are read by settings.py."""
    return kind(path) is not None


def kind(path):
    """The form of a file."""
    name = posixpath.basename(path)
    if name.endswith(".ini"):
        return ini
    if name.endswith(".conf"):
        return words
    if name == "Caddyfile" or name.endswith(".caddy"):
        return caddy
    return None


def read(path, text, environment):
    """The keys and values of a file; Caddy puts variables in as it reads."""
    for name, value in environment.items():
        text = text.replace("{$" + name + "}", value or "")
    return kind(path)(text)


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


def caddy(text):
    """How often each directive comes, by the words in front of the blocks around it; blocks without any do not count."""
    table = {}
    path = []
    for line in lines(text):
        line = " ".join(line.split())
        if line == "}":
            path.pop()
        elif line.endswith("{"):
            path.append(line[:-1].strip() or "(global)")
        else:
            key = " / ".join([*path, line])
            table[key] = table.get(key, 0) + 1
    return table
