"""One file of 1 MiB for pyinfra."""

from pyinfra import host
from pyinfra.operations import files

files.put(name="one file", src="/tmp/mooc-cluster-bench/content", dest=f"/tmp/mooc-cluster-bench/{host.name}/file")
