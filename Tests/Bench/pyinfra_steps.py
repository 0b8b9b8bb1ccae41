"""The same ten steps for pyinfra."""

from io import StringIO

from pyinfra import host
from pyinfra.operations import files, server

ROOT = f"/tmp/mooc-cluster-bench/{host.name}"

files.put(name="first file", src=StringIO("one\n"), dest=f"{ROOT}/one")
files.put(name="second file", src=StringIO("two\n"), dest=f"{ROOT}/two")
files.directory(name="folder", path=f"{ROOT}/folder")
files.line(name="line in a file", path=f"{ROOT}/lines", line="line that must be there")
server.shell(name="sysctl", commands=["test -r /proc/sys/net/ipv4/ip_forward"])
server.shell(name="package", commands=["dpkg-query -W coreutils"])
files.file(name="binary", path="/usr/bin/sed")
server.shell(name="process table entry", commands=["grep -q ^MemTotal /proc/meminfo"])
files.link(name="symbolic link", path=f"{ROOT}/link", target="one")
server.shell(name="user", commands=["getent passwd root"])
