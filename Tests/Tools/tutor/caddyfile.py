"""What Caddy makes of its files: the directives of each site, with imports, snippets and named matchers put in."""

import fnmatch
import posixpath
import re


def directives(path, tree):
    """How often each directive comes, by the words in front of the blocks around it."""
    blocks = parsed(tree[path])
    blocks = imported(blocks, posixpath.dirname(path), tree)
    snippets = {head[1:-1]: body for head, body in blocks if re.fullmatch(r"\(.*\)", head)}
    table = {}
    for head, body in blocks:
        if head[1:-1] not in snippets:
            collect(table, [address(head)], expanded(body, snippets))
    return table


def parsed(text):
    """A list of directives, each with the list of those in its block."""
    top = []
    stack = [top]
    for line in text.splitlines():
        words = line.split("#")[0] if line.lstrip().startswith("#") else line
        words = " ".join(words.split())
        if not words:
            continue
        if words == "}":
            stack.pop()
            continue
        body = []
        if words.endswith("{") and (words == "{" or words[-2] == " " or len(stack) == 1):
            stack[-1].append((words[:-1].strip() or "(global)", body))
            stack.append(body)
        else:
            stack[-1].append((words, body))
    return top


def imported(blocks, folder, tree):
    """The directives with those of other files in place of their imports."""
    result = []
    for head, body in blocks:
        words = head.split()
        if words[0] == "import" and "/" in words[1]:
            pattern = posixpath.join(folder, words[1])
            for path in sorted(fnmatch.filter(tree, pattern)):
                result += imported(parsed(tree[path]), posixpath.dirname(path), tree)
        else:
            result.append((head, imported(body, folder, tree)))
    return result


def expanded(body, snippets):
    """The directives with those of snippets and the meaning of named matchers put in."""
    result = []
    for head, inner in body:
        words = head.split()
        if words[0] == "import" and words[1] in snippets:
            given = [word.strip('"') for word in words[2:]]
            result += expanded(filled(snippets[words[1]], given), snippets)
        else:
            result.append((head, expanded(inner, snippets)))
    matchers = {}
    for head, inner in result:
        words = head.split()
        if words[0].startswith("@"):
            lines = [" ".join(words[1:])] if len(words) > 1 else [line for line, _ in inner]
            matchers[words[0]] = matcher(lines)
    return [
        (unnamed(" ".join(matchers.get(word, word) for word in head.split())), inner)
        for head, inner in result if not head.startswith("@")
    ]


def matcher(lines):
    """What a named matcher stands for: lines of one kind are alternatives."""
    kinds = {}
    for line in lines:
        kind, _, rest = line.partition(" ")
        kinds.setdefault(kind, []).append(rest)
    return f"[{' and '.join(f'{kind} {chr(32).join(rest)}' for kind, rest in kinds.items())}]"


def unnamed(head):
    """A directive without the name that its regular expression goes by."""
    name = re.search(r"\[path_regexp (\w+) ", head)
    if name:
        head = head.replace(f"path_regexp {name.group(1)} ", "path_regexp ").replace(f"{{re.{name.group(1)}.", "{re.")
    return head


def filled(body, given):
    """A snippet with its arguments."""
    def put(text):
        return re.sub(r"\{args[.\[](\d+)\]?\}", lambda found: given[int(found.group(1))], text)
    return [(put(head), filled(inner, given)) for head, inner in body]


def address(head):
    """A site without what its port says already."""
    return re.sub(r"^https://", "", re.sub(r"^http://([^:]+)$", r"\1:80", head))


def collect(table, path, body):
    """Puts directives into the table."""
    for head, inner in body:
        if inner:
            collect(table, [*path, head], inner)
        else:
            key = " / ".join([*path, head])
            table[key] = table.get(key, 0) + 1
