"""Runs ansible-inventory on each inventory of a folder; see ansible-inventory.sh.

The program is loaded once and forks for each inventory, as loading it takes longer than all the rest.
"""

import json
import os
import sys
from pathlib import Path

from ansible.cli.inventory import InventoryCLI


def listed(folder):
    """What it prints of one inventory; None where it refuses it."""
    source, = (path for path in folder.iterdir() if path.name.startswith("hosts") and path.name != "host_vars")
    words = ["ansible-inventory", "--list", "-i", str(source)]
    if (folder / ".password").exists():
        words += ["--vault-password-file", str(folder / ".password")]
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writing, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            InventoryCLI(words).run()
        except SystemExit as end:
            sys.stdout.flush()
            os._exit(end.code or 0)
        except Exception:
            os._exit(1)
        os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as output:
        text = output.read()
    _, status = os.waitpid(child, 0)
    return json.loads(text) if status == 0 else None


folders = sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_dir())
print(json.dumps({folder.name: listed(folder) for folder in folders if any(folder.glob("hosts*"))}))
