"""What is compared, each with its own words for the same work."""

import os
import subprocess
import sys
from pathlib import Path

from loopback import CONTENT, ROOT, USER, quiet

HERE = Path(__file__).resolve().parent
PACKAGES = "pyinfra==3.10.0", "ansible-core==2.17.14", "mitogen==0.3.54"
US, BARE, PYINFRA = "mooc-cluster", "xargs -P 50 ssh", "pyinfra"
ANSIBLE, MITOGEN = "Ansible, pipelining", "Ansible, Mitogen"


def install():
    """A virtual environment with the peers, in the cache."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "mooc-cluster"
    virtual = cache / ("bench-" + "-".join(package.replace("==", "-") for package in PACKAGES))
    if not (virtual / "ready").exists():
        print("installing the peers into a virtual environment …", file=sys.stderr)
        quiet(["/usr/bin/python3", "-m", "venv", str(virtual)])
        quiet([str(virtual / "bin/pip"), "install", "-q", *PACKAGES])
        (virtual / "ready").touch()
    return virtual


def tutor():
    """Tutor of the release that the edition is compared with, which the tests have in the cache too."""
    python = quiet(["sh", str(HERE.parent / "Tools/tutor.sh"), "--python"]).strip().splitlines()[-1]
    return str(Path(python).with_name("tutor"))


class Contenders:
    """The commands for so many hosts behind so much delay."""

    def __init__(self, tool, virtual, loopback, count, delay, parallel=50):
        self.tool, self.virtual, self.parallel = tool, virtual, parallel
        self.hosts, self.port = loopback.addresses(count), loopback.port(delay)
        self.key, self.known_hosts = loopback.key, loopback.known_hosts(count, self.port)
        self.folder = loopback.folder / f"{count}-{delay}"
        self.folder.mkdir(exist_ok=True)
        self.folder.chmod(0o755)
        self.write()

    def file(self, name, text):
        (self.folder / name).write_text(text)
        return str(self.folder / name)

    def write(self):
        """The inventories and settings of all."""
        options = f"-o BatchMode=yes -o UserKnownHostsFile={self.known_hosts} -i {self.key} -p {self.port}"
        self.inventory = self.file("inventory.yml", (
            "cluster: bench\n"
            f"ssh: {{ user: {USER}, port: {self.port}, key: {self.key}, knownHosts: {self.known_hosts} }}\nhosts:\n"
            + "".join(f"  - {{ name: h{i}, address: {host}, role: {'worker' if i else 'control-plane'} }}\n"
                      for i, host in enumerate(self.hosts))))
        content = "".join(f"      {line}\n" for line in CONTENT.splitlines())
        self.file("file.yml", (
            "name: One file of 1 MiB\nvalues: [BENCH_ROOT, NODE_ADDRESS]\nsteps:\n  - name: one file\n"
            f"    file: ${{BENCH_ROOT}}/${{NODE_ADDRESS}}/file\n    content: |\n{content}"))
        names = self.file("names", "\n".join(self.hosts) + "\n")
        self.login = f"ssh -F none {options} {USER}@%"
        each = f"xargs -P {self.parallel} -I% sh -c '{self.login} "
        # what a person would write for one file: the remote side compares, and writes when it differs
        self.bare = {
            "steps": f"{each}sh -s <{HERE}/steps.sh' <{names}\n",
            "file": f"{each}sh {HERE}/file.sh <{ROOT}/content' <{names}\n",
        }
        self.ansible_hosts = self.file(
            "ansible_hosts", "".join(f"{host} ansible_user={USER}\n" for host in self.hosts))
        keys = {"ssh_user": USER, "ssh_port": self.port, "ssh_key": str(self.key),
                "ssh_known_hosts_file": str(self.known_hosts)}
        self.pyinfra_hosts = self.file("pyinfra_hosts.py", f"hosts = {[(host, keys) for host in self.hosts]!r}\n")
        for name, strategy in ((ANSIBLE, ""), (MITOGEN, self.mitogen())):
            self.file(f"{name}.cfg", (
                f"[defaults]\nforks = {self.parallel}\nstdout_callback = minimal\n"
                f"interpreter_python = /usr/bin/python3\n{strategy}"
                f"[ssh_connection]\npipelining = True\n"
                f"ssh_args = -F none {options} -o ControlMaster=auto -o ControlPersist=10s\n"
                f"control_path_dir = {self.folder}/cp\n"))

    def nothing(self, parallel):
        """A script that logs in to each host, so many at once, and does nothing there."""
        return f"xargs -P {parallel} -I% {self.login} true <{self.folder}/names\n"

    def mitogen(self):
        where = subprocess.run([str(self.virtual / "bin/python"), "-c", "import ansible_mitogen as m; print(m.__path__[0])"],
                               stdout=subprocess.PIPE, text=True).stdout.strip() if self.virtual else ""
        return f"strategy_plugins = {where}/plugins/strategy\nstrategy = mitogen_linear\n"

    def command(self, who, work):
        """The command and environment with which one does a work: `steps` or `file`."""
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8",
                       "XDG_STATE_HOME": str(self.folder), "ANSIBLE_CONFIG": str(self.folder / f"{who}.cfg")}
        if who == US:
            command = [self.tool, "play", "-i", self.inventory, "--parallel", str(self.parallel),
                       "-e", f"BENCH_ROOT={ROOT}", str((self.folder if work == "file" else HERE) / f"{work}.yml")]
        elif who == BARE:
            command = ["sh", self.file("bare.sh", self.bare[work])]
        elif who == PYINFRA:
            command = [str(self.virtual / "bin/pyinfra"), "-y", "--parallel", str(self.parallel), self.pyinfra_hosts,
                       str(HERE / f"pyinfra_{work}.py")]
        else:
            command = [str(self.virtual / "bin/ansible-playbook"), "-i", self.ansible_hosts,
                       str(HERE / f"ansible_{work}.yml")]
        return command, environment
