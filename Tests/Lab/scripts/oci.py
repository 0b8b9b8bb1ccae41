"""Writes OCI layers and layouts: `oci.py layer ROOT OUT`, `oci.py image CONF UPPER BASE OUT`.

The same files give the same bytes: names are sorted and times are zero.
"""

import gzip
import hashlib
import json
import os
import stat
import sys
import tarfile

WORDS = {
    "name", "base", "packages", "pypi", "copy", "folder", "entrypoint", "command", "env", "user", "workdir", "port", "volume",
    "label"}


class Tee:
    """A file that hashes what is written to it."""

    def __init__(self, file):
        self.file, self.sha = file, hashlib.sha256()

    def write(self, data):
        self.sha.update(data)
        return self.file.write(data)

    def flush(self):
        self.file.flush()


def layer(root, out):
    """Packs ROOT as a layer into OUT and leaves OUT/layer.json behind, which says its digests."""
    packed_path = os.path.join(out, "layer.tar.gz")
    with open(packed_path, "wb") as file:
        packed = Tee(file)
        with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1, mtime=0, filename="") as zipped:
            plain = Tee(zipped)
            with tarfile.open(fileobj=plain, mode="w|", format=tarfile.PAX_FORMAT) as archive:
                for path in walk(root):
                    add(archive, root, path)
    digest = packed.sha.hexdigest()
    os.makedirs(os.path.join(out, "blobs/sha256"), exist_ok=True)
    os.rename(packed_path, os.path.join(out, "blobs/sha256", digest))
    description = {"digest": digest, "diff": plain.sha.hexdigest(), "size": os.path.getsize(os.path.join(out, "blobs/sha256", digest))}
    with open(os.path.join(out, "layer.json"), "w") as file:
        json.dump(description, file)
    return description


def walk(root):
    """All paths below root, each folder before what is in it, in order."""
    for folder, folders, files in os.walk(root):
        folders.sort()
        links = [each for each in folders if os.path.islink(os.path.join(folder, each))]
        if folder != root:
            yield folder
        for each in sorted(files + links):
            yield os.path.join(folder, each)


def add(archive, root, path):
    """Adds one path; what an overlay deleted becomes a whiteout file."""
    name = os.path.relpath(path, root)
    status = os.lstat(path)
    if stat.S_ISSOCK(status.st_mode):
        return
    if stat.S_ISCHR(status.st_mode) and status.st_rdev == 0:
        folder, base = os.path.split(name)
        entry = tarfile.TarInfo(os.path.join(folder, ".wh." + base))
        archive.addfile(entry)
        return
    entry = archive.gettarinfo(path, arcname=name)
    entry.mtime = 0
    entry.uname = entry.gname = ""
    if entry.isreg():
        with open(path, "rb") as file:
            archive.addfile(entry, file)
    else:
        archive.addfile(entry)
    if entry.isdir() and opaque(path):
        archive.addfile(tarfile.TarInfo(os.path.join(name, ".wh..wh..opq")))


def opaque(path):
    """Whether the overlay hides what the lower folder of this name held."""
    try:
        return os.getxattr(path, "trusted.overlay.opaque", follow_symlinks=False) == b"y"
    except OSError:
        return False


def read(path):
    """The words of an image.conf, each with the list of its values."""
    values = {word: [] for word in WORDS}
    with open(path) as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            word, _, value = line.partition(" ")
            if word not in WORDS or not value:
                sys.exit(f"{path}:{number}: {line!r} is not one of: {' '.join(sorted(WORDS))}, each with a value")
            values[word].append(value)
    if not values["name"] or values["base"] not in (["scratch"], ["debian"]):
        sys.exit(f"{path}: a name and a base (scratch or debian) are needed")
    return values


def blob(out, value):
    """Writes JSON as a blob; its descriptor without a media type."""
    data = json.dumps(value, sort_keys=True).encode()
    digest = hashlib.sha256(data).hexdigest()
    with open(os.path.join(out, "blobs/sha256", digest), "wb") as file:
        file.write(data)
    return {"digest": "sha256:" + digest, "size": len(data)}


def image(conf, upper, base, out):
    """The layout of one image: the shared base layer, if any, and the image's own."""
    values = read(conf)
    os.makedirs(os.path.join(out, "blobs/sha256"), exist_ok=True)
    layers = []
    if base:
        with open(os.path.join(base, "layer.json")) as file:
            shared = json.load(file)
        os.link(os.path.join(base, "blobs/sha256", shared["digest"]), os.path.join(out, "blobs/sha256", shared["digest"]))
        layers.append(shared)
    layers.append(layer(upper, out))

    run = {"Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"] + values["env"]}
    run["Labels"] = dict(each.split("=", 1) for each in values["label"])
    for word, key in (("entrypoint", "Entrypoint"), ("command", "Cmd")):
        if values[word]:
            run[key] = json.loads(values[word][-1])
    for word, key in (("user", "User"), ("workdir", "WorkingDir")):
        if values[word]:
            run[key] = values[word][-1]
    for word, key in (("port", "ExposedPorts"), ("volume", "Volumes")):
        if values[word]:
            run[key] = {each: {} for each in values[word]}
    config = {
        "architecture": "amd64",
        "os": "linux",
        "created": "1970-01-01T00:00:00Z",
        "config": run,
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + each["diff"] for each in layers]},
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {"mediaType": "application/vnd.oci.image.config.v1+json", **blob(out, config)},
        "layers": [
            {"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": "sha256:" + each["digest"], "size": each["size"]}
            for each in layers
        ],
    }
    entry = {"mediaType": manifest["mediaType"], **blob(out, manifest), "annotations": {"org.opencontainers.image.ref.name": "lab"}}
    with open(os.path.join(out, "index.json"), "w") as file:
        json.dump({"schemaVersion": 2, "manifests": [entry]}, file)
    with open(os.path.join(out, "oci-layout"), "w") as file:
        json.dump({"imageLayoutVersion": "1.0.0"}, file)


if __name__ == "__main__":
    if sys.argv[1:2] == ["layer"] and len(sys.argv) == 4:
        layer(*sys.argv[2:])
    elif sys.argv[1:2] == ["image"] and len(sys.argv) == 6:
        image(*sys.argv[2:])
    else:
        sys.exit(__doc__)
