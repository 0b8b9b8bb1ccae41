"""Seconds, client CPU seconds and client memory of a command."""

import resource
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import NamedTuple


class Measure(NamedTuple):
    seconds: float
    cpu: float
    memory: int


def descendants(pid):
    """The process and all below it."""
    found, todo = [], [pid]
    while todo:
        current = todo.pop()
        found.append(current)
        try:
            for task in Path(f"/proc/{current}/task").iterdir():
                todo += map(int, (task / "children").read_text().split())
        except OSError:
            pass
    return found


def resident(pid):
    """Proportional memory of a process and its children, in bytes."""
    total = 0
    for one in descendants(pid):
        try:
            for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
        except OSError:
            pass
    return total


def measure(command, environment, folder, status=0):
    """One run of a command that must end with a status."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with open(folder / "output", "w+b") as output:
        child = subprocess.Popen(command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=output,
                                 stderr=subprocess.STDOUT)
        peak, done = 0, threading.Event()

        def sample():
            nonlocal peak
            while not done.wait(0.2):
                peak = max(peak, resident(child.pid))

        sampler = threading.Thread(target=sample)
        sampler.start()
        code = child.wait()
        seconds = time.monotonic() - start
        done.set()
        sampler.join()
        output.seek(0)
        if code != status:
            sys.exit(f"bench: {command[0]} ended with {code}:\n{output.read().decode()[-3000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Measure(seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak)
