"""Hosts to measure on: addresses of 127.0.0.0/8, where one throw-away sshd answers."""

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

USER = "mooc-bench"
PORT = 22099
RELAY_PORT = 22098
ROOT = Path("/tmp/mooc-cluster-bench")
CONTENT = "sixty-three characters and the end of the line make sixty-four\n" * 16384


def quiet(command, **options):
    """Runs a command that must succeed, showing its output only when it does not."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"bench: {' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout[-2000:]}")
    return done.stdout


def answers(port):
    """Waits until something listens at a port."""
    deadline = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.1.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                sys.exit(f"bench: nothing answers at port {port}")
            time.sleep(0.05)


class Loopback:
    """An sshd, relays in front of it, a user with a key, and any number of addresses."""

    def __init__(self, folder):
        self.folder, self.key = folder, folder / "key"
        self.relays = {}

    @staticmethod
    def addresses(count):
        return [f"127.0.{1 + i // 250}.{1 + i % 250}" for i in range(count)]

    def known_hosts(self, count, port):
        """A known_hosts file for so many hosts."""
        public = " ".join((self.folder / "host.pub").read_text().split()[:2])
        file = self.folder / f"known_hosts-{count}-{port}"
        file.write_text("".join(f"[{host}]:{port} {public}\n" for host in self.addresses(count)))
        return file

    def port(self, delay):
        """The port that answers with a delay of so many milliseconds for each round trip; -1 counts bytes only."""
        if delay == 0:
            return PORT
        if delay not in self.relays:
            port = RELAY_PORT - len(self.relays)
            command = [sys.executable, str(Path(__file__).with_name("relay.py")), str(port), str(PORT),
                       str(max(delay, 0) / 2000), str(self.counts)]
            self.relays[delay] = port, subprocess.Popen(command)
            answers(port)
        return self.relays[delay][0]

    @property
    def counts(self):
        """The file in which relays leave how many bytes each connection carried, a line each."""
        return self.folder / "bytes"

    def __enter__(self):
        # a second name of root: a file is root's work, and root's own shell may read a long .bashrc at each command
        home = self.folder / "home"
        home.mkdir()
        quiet(["useradd", "--non-unique", "--uid", "0", "--gid", "0", "--no-create-home", "--home-dir", str(home),
               "--shell", "/bin/sh", USER])
        quiet(["usermod", "-p", "*", USER])
        for name in ("key", "host"):
            quiet(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.folder / name)])
        authorized = self.folder / "authorized_keys"
        shutil.copy(self.folder / "key.pub", authorized)
        authorized.chmod(0o644)
        config = self.folder / "sshd_config"
        config.write_text(
            f"Port {PORT}\nListenAddress 0.0.0.0\nHostKey {self.folder}/host\nAuthorizedKeysFile {authorized}\n"
            f"AllowUsers {USER}@127.0.0.0/8\nPermitRootLogin prohibit-password\nStrictModes no\nUsePAM no\nPidFile none\nMaxStartups 1000\nSubsystem sftp internal-sftp\n"
        )
        Path("/run/sshd").mkdir(exist_ok=True)
        self.daemon = subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", str(config), "-E", str(self.folder / "sshd.log")])
        answers(PORT)
        self.wipe()
        return self

    def wipe(self):
        """Takes away what the steps make, on all hosts."""
        shutil.rmtree(ROOT, ignore_errors=True)
        ROOT.mkdir()
        (ROOT / "content").write_text(CONTENT)

    def __exit__(self, *_):
        for daemon in [self.daemon] + [relay for _, relay in self.relays.values()]:
            daemon.terminate()
            daemon.wait()
        shutil.rmtree(ROOT, ignore_errors=True)
        # it "is in use": processes of root are its own; 12: no mail spool to remove
        if subprocess.run(["userdel", "--force", USER], stderr=subprocess.DEVNULL).returncode not in (0, 12):
            print(f"bench: the user {USER} could not be removed", file=sys.stderr)
