#!/usr/bin/env python3
"""Times mooc-cluster beside its peers in one run, on loopback hosts of this machine.

Usage: bench.py MOOC_CLUSTER [--hosts N] [--runs N] [--peers a,b]

One stock sshd (MaxStartups raised) answers on every address of 127.0.0.0/8, so 127.0.1.1, 127.0.1.2 … serve as N
hosts. Clients and targets share this machine's cores: ratios carry over to real fleets, seconds do not.
Prints a Markdown table: seconds (best of the runs), ratio to mooc-cluster, client CPU seconds, peak client memory a host.
"""

import argparse
import os
import pwd
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
USER = "mooc-bench"
PORT = 22099
PEERS = "pyinfra==3.10.0", "ansible-core==2.17.14"


def quiet(command, **options):
    """Runs a command that must succeed, showing its output only when it does not."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"bench: {' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout[-2000:]}")
    return done.stdout


class Loopback:
    """A throw-away sshd on loopback, its test user's key, and N addresses."""

    def __init__(self, folder, count):
        self.folder, self.hosts = folder, [f"127.0.{1 + i // 250}.{1 + i % 250}" for i in range(count)]
        self.key, self.known_hosts = folder / "key", folder / "known_hosts"

    def __enter__(self):
        try:
            pwd.getpwnam(USER)
            self.made_user = False
        except KeyError:
            quiet(["useradd", "--create-home", "--shell", "/bin/sh", USER])
            quiet(["usermod", "-p", "*", USER])
            self.made_user = True
        for name in ("key", "host"):
            quiet(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.folder / name)])
        authorized = self.folder / "authorized_keys"
        shutil.copy(self.folder / "key.pub", authorized)
        authorized.chmod(0o644)
        config = self.folder / "sshd_config"
        config.write_text(
            f"Port {PORT}\nListenAddress 127.0.0.1\nListenAddress 0.0.0.0\nHostKey {self.folder}/host\n"
            f"AuthorizedKeysFile {authorized}\nStrictModes no\nUsePAM no\nPidFile none\nMaxStartups 1000\n"
            "Subsystem sftp internal-sftp\n".replace("ListenAddress 127.0.0.1\n", "")
        )
        Path("/run/sshd").mkdir(exist_ok=True)
        self.daemon = subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", str(config), "-E", str(self.folder / "sshd.log")])
        public = (self.folder / "host.pub").read_text().split()
        self.known_hosts.write_text("".join(f"[{h}]:{PORT} {public[0]} {public[1]}\n" for h in self.hosts))
        deadline = time.monotonic() + 10
        while True:
            try:
                socket.create_connection((self.hosts[0], PORT), 1).close()
                return self
            except OSError:
                if time.monotonic() > deadline:
                    sys.exit("bench: the loopback sshd does not answer")
                time.sleep(0.05)

    def prepare(self):
        """Makes the ten steps right: all hosts are one machine, so one host does it for all."""
        quiet(["su", USER, "-c", f"sh {HERE}/steps.sh"])

    def __exit__(self, *_):
        self.daemon.terminate()
        self.daemon.wait()
        shutil.rmtree("/tmp/mooc-cluster-bench", ignore_errors=True)
        if self.made_user:
            quiet(["userdel", "--remove", USER])


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


def measure(command, environment, folder):
    """Seconds, client CPU seconds and peak client memory of one run of a command that must succeed."""
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
        if code != 0:
            sys.exit(f"bench: {command[0]} ended with {code}:\n{output.read().decode()[-3000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, cpu, peak


def contenders(tool, loopback, folder, virtual):
    """What is compared: name, command, files it needs written first."""
    inventory = folder / "inventory.yml"
    inventory.write_text(
        "cluster: bench\n"
        f"ssh: {{ user: {USER}, port: {PORT}, key: {loopback.key}, knownHosts: {loopback.known_hosts} }}\nhosts:\n"
        + "".join(
            f"  - {{ name: h{i}, address: {h}, role: {'worker' if i else 'control-plane'} }}\n"
            for i, h in enumerate(loopback.hosts)
        )
    )
    options = f"-o BatchMode=yes -o UserKnownHostsFile={loopback.known_hosts} -i {loopback.key} -p {PORT}"
    names = folder / "hosts"
    names.write_text("\n".join(loopback.hosts) + "\n")
    (folder / "bare.sh").write_text(
        f"xargs -P 50 -I% sh -c 'ssh -F none {options} {USER}@% sh -s <{HERE}/steps.sh' <{names}\n"
    )
    (folder / "ansible.cfg").write_text(
        "[defaults]\nforks = 50\nstdout_callback = minimal\ninterpreter_python = /usr/bin/python3\n"
        f"[ssh_connection]\npipelining = True\nssh_args = -F none {options} -o ControlMaster=auto -o ControlPersist=60s\n"
        "control_path_dir = " + str(folder / "cp") + "\n"
    )
    (folder / "ansible_hosts").write_text("".join(f"{h} ansible_user={USER}\n" for h in loopback.hosts))
    (folder / "pyinfra_hosts.py").write_text(
        f"hosts = {[(h, {'ssh_user': USER, 'ssh_port': PORT, 'ssh_key': str(loopback.key), 'ssh_known_hosts_file': str(loopback.known_hosts)}) for h in loopback.hosts]!r}\n"
    )
    return {
        "mooc-cluster": [tool, "play", "-i", str(inventory), "--parallel", "50", str(HERE / "steps.yml"), "-e",
                         "BENCH_ROOT=/tmp/mooc-cluster-bench"],
        "xargs -P 50 ssh": ["sh", str(folder / "bare.sh")],
        "pyinfra": [str(virtual / "bin/pyinfra"), "-y", "--parallel", "50", str(folder / "pyinfra_hosts.py"),
                    str(HERE / "pyinfra_steps.py")],
        "Ansible, pipelining": [str(virtual / "bin/ansible-playbook"), "-i", str(folder / "ansible_hosts"),
                                str(HERE / "ansible.yml")],
    }


def best(command, times, environment, folder):
    """The run with the fewest seconds, after one that makes everything right."""
    measure(command, environment, folder)
    return min(measure(command, environment, folder) for _ in range(times))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool", help="the mooc-cluster executable")
    parser.add_argument("--hosts", type=int, default=50)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--skip-slow", action="store_true", help="leave Ansible and pyinfra out")
    arguments = parser.parse_args()
    if os.geteuid() != 0:
        sys.exit("bench: run as root: it makes a test user and an sshd of its own")
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "mooc-cluster"
    virtual = cache / ("bench-" + "-".join(p.replace("==", "-") for p in PEERS))
    if not arguments.skip_slow and not (virtual / "ready").exists():
        print("installing the peers into a virtual environment …", file=sys.stderr)
        quiet(["/usr/bin/python3", "-m", "venv", str(virtual)])
        quiet([str(virtual / "bin/pip"), "install", "-q", *PEERS])
        (virtual / "ready").touch()
    tool = os.path.abspath(arguments.tool)
    environment = {"PATH": os.environ["PATH"], "HOME": "", "LANG": "C.UTF-8", "ANSIBLE_HOST_KEY_CHECKING": "True"}
    with tempfile.TemporaryDirectory(prefix="mooc-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        environment |= {"HOME": name, "ANSIBLE_CONFIG": str(folder / "ansible.cfg"), "XDG_STATE_HOME": name}
        with Loopback(folder, arguments.hosts) as loopback:
            loopback.prepare()
            rows = {}
            for title, command in contenders(tool, loopback, folder, virtual).items():
                if arguments.skip_slow and title in ("pyinfra", "Ansible, pipelining"):
                    continue
                print(f"{title} on {arguments.hosts} hosts …", file=sys.stderr)
                rows[title] = best(command, arguments.runs if "Ansible" not in title else 1, environment, folder)
        print(f"| {arguments.hosts} hosts, ten steps, nothing to change | seconds | ratio | client CPU s | client memory a host |")
        print("|---|---:|---:|---:|---:|")
        ours = rows["mooc-cluster"][0]
        for title, (seconds, cpu, peak) in rows.items():
            print(f"| {title} | {seconds:.2f} | {seconds / ours:.1f} | {cpu:.2f} | {peak / arguments.hosts / 1e6:.1f} MB |")
        print("\n| start and rendering | seconds |\n|---|---:|")
        starts = min(measure([tool, "--help"], environment, folder)[0] for _ in range(10))
        print(f"| `mooc-cluster --help` | {starts:.3f} |")
        (folder / "render.yml").write_text((folder / "inventory.yml").read_text()
                                           + "kubernetes: { version: '1.20' }\nopenedx: { edition: ironwood, host: learn.example.edu }\n")
        renders = min(measure([tool, "render", "-i", str(folder / "render.yml")], environment, folder)[0] for _ in range(10))
        print(f"| `mooc-cluster render`, the whole Ironwood edition | {renders:.3f} |")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    main()
