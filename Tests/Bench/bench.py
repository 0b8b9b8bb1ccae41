#!/usr/bin/env python3
"""Times mooc-cluster beside its peers in one run, on loopback hosts of this machine, and prints Markdown tables.

Clients and targets share this machine's cores: ratios carry over to real fleets, seconds do not. Seconds are the best
of the runs after one that is not counted; memory is the peak of the client with its children, a host.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from contenders import ANSIBLE, BARE, MITOGEN, PYINFRA, US, Contenders, install, tutor
from loopback import Loopback
from measuring import measure

ALL = US, BARE, PYINFRA, MITOGEN, ANSIBLE


class Bench:
    def __init__(self, tool, runs, loopback, virtual):
        self.tool, self.runs, self.loopback, self.virtual = tool, runs, loopback, virtual

    def contenders(self, count, delay=0):
        return Contenders(self.tool, self.virtual, self.loopback, count, delay)

    def best(self, contenders, who, work, fresh):
        """The run with the fewest seconds; `fresh` runs find nothing of what they are to make."""
        print(f"{who} on {len(contenders.hosts)} hosts …", file=sys.stderr)
        command, environment = contenders.command(who, work)
        measure(command, environment, contenders.folder)
        found = []
        for _ in range(1 if who in (ANSIBLE, MITOGEN) else self.runs):
            if fresh:
                self.loopback.wipe()
            found.append(measure(command, environment, contenders.folder))
        return min(found)

    def table(self, title, count, delay=0, work="steps", fresh=False, who=ALL):
        """One scene, a line for each who is compared."""
        print(f"\n| {title} | seconds | times ours | client CPU s | client memory a host |\n|---|---:|---:|---:|---:|")
        self.loopback.wipe()
        contenders, ours = self.contenders(count, delay), None
        for one in who:
            found = self.best(contenders, one, work, fresh)
            ours = ours or found.seconds
            print(f"| {one} | {found.seconds:.2f} | {found.seconds / ours:.1f} | {found.cpu:.2f} "
                  f"| {found.memory / count / 1e6:.1f} MB |", flush=True)

    def plans(self, count):
        """A plan in which every step has something to change, beside one `ssh` a host that does nothing."""
        print(f"\n| {count} hosts | seconds | client CPU s |\n|---|---:|---:|")
        self.loopback.wipe()
        contenders = self.contenders(count)
        command, environment = contenders.command(US, "steps")
        for title, words, status in (
                ("`--plan` of the ten steps", [*command, "--plan"], 2),
                ("`ssh HOST true`, 50 at once", ["sh", contenders.file("true.sh", contenders.nothing(50))], 0),
                ("`ssh HOST true`, one after the other", ["sh", contenders.file("turns.sh", contenders.nothing(1))], 0)):
            found = min(measure(words, environment, contenders.folder, status) for _ in range(self.runs))
            print(f"| {title} | {found.seconds:.2f} | {found.cpu:.2f} |", flush=True)

    def wire(self, who):
        """What one host costs on the wire with nothing to change: round trips, by delay, and bytes."""
        print("\n| one host, ten steps, nothing to change | round trips | kB on the wire |\n|---|---:|---:|")
        self.loopback.wipe()
        for one in who:
            near = self.best(self.contenders(1), one, "steps", False).seconds
            far = self.best(self.contenders(1, 100), one, "steps", False).seconds
            counted = self.contenders(1, -1)
            before = self.carried(one)
            measure(*counted.command(one, "steps"), counted.folder)
            carried = self.carried(one) - before
            print(f"| {one} | {(far - near) / 0.1:.0f} | {carried / 1000:.0f} |", flush=True)

    def carried(self, who):
        """The bytes of all connections so far, once those that Ansible keeps have ended."""
        if who in (ANSIBLE, MITOGEN):
            time.sleep(12)
        else:
            time.sleep(1)
        counts = self.loopback.counts
        return sum(map(int, counts.read_text().split())) if counts.exists() else 0

    def starts(self, tutor):
        """Start and rendering, without a network, beside Tutor: the release, the services and the names are the same."""
        contenders = self.contenders(50)
        _, environment = contenders.command(US, "steps")
        folder = contenders.folder
        rows = [("`mooc-cluster --help`", [self.tool, "--help"])]
        for edition in ("ironwood", "verawood"):
            file = folder / f"{edition}.yml"
            file.write_text(Path(contenders.inventory).read_text() + "kubernetes: { version: '1.20' }\n"
                            + f"openedx: {{ edition: {edition}, host: learn.example.edu }}\n")
            rows.append((f"`mooc-cluster render`, the whole edition {edition}", [self.tool, "render", "-i", str(file)]))
        environment |= {"TUTOR_ROOT": str(folder / "tutor"), "TUTOR_PLUGINS_ROOT": str(folder / "plugins")}
        measure([tutor, "plugins", "enable", "mfe", "indigo"], environment, folder)
        measure([tutor, "config", "save", "--set", "LMS_HOST=learn.example.edu"], environment, folder)
        rows.append(("`tutor config save`, Verawood with mfe and indigo", [tutor, "config", "save"]))
        print("\n| start and rendering | seconds |\n|---|---:|")
        for title, command in rows:
            seconds = min(measure(command, environment, folder).seconds for _ in range(10))
            print(f"| {title} | {seconds:.3f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool", help="the mooc-cluster executable")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="only 50 hosts, only beside the bare loop")
    parser.add_argument("--all", action="store_true", help="200 and 500 hosts too, and files with every peer (an hour)")
    arguments = parser.parse_args()
    if os.geteuid() != 0:
        sys.exit("bench: run as root: it starts an sshd of its own")
    virtual = None if arguments.quick else install()
    with tempfile.TemporaryDirectory(prefix="mooc-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with Loopback(folder) as loopback:
            bench = Bench(os.path.abspath(arguments.tool), arguments.runs, loopback, virtual)
            pair = US, BARE
            if arguments.quick:
                bench.table("50 hosts, ten steps, nothing to change", 50, who=pair)
                return
            bench.table("50 hosts, ten steps, nothing to change", 50)
            bench.table("50 hosts, the same, all that can change changed", 50, fresh=True, who=pair + (PYINFRA,))
            bench.table("50 hosts, one new file of 1 MiB", 50, work="file", fresh=True,
                        who=ALL if arguments.all else pair + (PYINFRA,))
            bench.table("50 hosts, nothing to change, 100 ms away", 50, delay=100, who=pair + (PYINFRA,))
            for count in (1, 10) + ((200, 500) if arguments.all else (200,)):
                bench.table(f"{count} host{'s' * (count > 1)}, ten steps, nothing to change", count, who=pair)
            bench.plans(50)
            bench.wire(ALL if arguments.all else pair + (PYINFRA,))
            bench.starts(tutor())


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    main()
