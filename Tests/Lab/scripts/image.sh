# shellcheck shell=sh
# Images from folders, read with `.` after artefacts.sh. images/README.md says what stands in such a folder.

# image_values FOLDER WORD: what stands after WORD in the folder's image.conf, one line each.
image_values() {
    sed -n "s/^$2 //p" "$1/image.conf"
}

# image_source NAME: where a name that starts with @ in a `copy` line is.
image_source() {
    case $1 in
    @kubernetes/*) printf '%s\n' "$KUBERNETES_PROGRAMS/${1#@kubernetes/}" ;;
    @tools/*) printf '%s\n' "$LAB_TOOLS/${1#@tools/}" ;;
    @caddy) sh "$CADDY" ;;
    *) die "$1: a copy line takes @kubernetes/PROGRAM, @tools/PROGRAM or @caddy; files of the folder stand in root/" ;;
    esac
}

# image_layout FOLDER: the cached OCI layout of the image, keyed by the folder, by what it copies and by what builds it.
image_layout() {
    image_key=$(key "$1" "${IMAGE_ROOT##*/}" "${KUBERNETES_PROGRAMS##*/}" "${LAB_TOOLS##*/}" "$CADDY" \
        "$LAB_DIR/scripts/image.sh" "$LAB_DIR/scripts/build-image.sh" "$LAB_DIR/scripts/oci.py")
    printf '%s/%s-%s\n' "$IMAGE_STORE" "$(basename "$1")" "$image_key"
}

# image_base: the packed layer that all images of base debian share.
image_base() {
    printf '%s/base-%s\n' "$IMAGE_STORE" "$(key "${IMAGE_ROOT##*/}" "$LAB_DIR/scripts/oci.py")"
}

image_pack_base() {
    python3 "$LAB_DIR/scripts/oci.py" layer "$IMAGE_ROOT/root" "$1"
}

image_make() {
    unshare --mount sh "$LAB_DIR/scripts/build-image.sh" "$@"
}

# image_add_pypi FOLDER STAGE: puts the image's packages of PyPI where Debian's Python looks before its own.
image_add_pypi() {
    pypi=$(image_values "$1" pypi)
    [ -n "$pypi" ] || return 0
    venv=$LAB_CACHE/pypi-$(printf '%s' "$pypi" | sha256sum | cut -c 1-12)
    # shellcheck disable=SC2086  # a list of words
    sh "$LAB_DIR/../Tools/venv.sh" "$venv" $pypi
    place=$2/usr/local/lib/python3.11/dist-packages
    mkdir -p "$place"
    cp -a "$venv"/lib/python3*/site-packages/. "$place"
    # What every venv begins with.
    rm -rf "$place"/pip "$place"/pip-* "$place"/setuptools* "$place"/pkg_resources "$place"/*distutils*
}

# image_build FOLDER: builds what is not in the cache.
image_build() {
    layout=$(image_layout "$1")
    [ ! -d "$layout" ] || return 0
    say "images: $(basename "$1")"
    base=""
    if [ "$(image_values "$1" base)" = debian ]; then
        build "$(image_base)" image_pack_base
        base=$(image_base)
    fi
    # A package list that is new for every image would cost four seconds each; apt sees for itself whether it is old.
    mkdir -p "$APT_STORE/lists/partial" "$APT_STORE/archives/partial"
    debian_sources >"$APT_STORE/sources.list"
    stage=$(mktemp -d)
    image_values "$1" copy | while read -r from to; do
        install -D -m 755 "$(image_source "$from")" "$stage/$to"
    done
    [ ! -d "$1/root" ] || cp -a "$1/root/." "$stage/"
    image_add_pypi "$1" "$stage"
    build "$layout" image_make "$1" "$stage" "$base" "$IMAGE_ROOT/root" "$APT_STORE"
    rm -rf "$stage"
}

# image_paths FOLDER: PATH:TAG of each name in the registry, which knows no host names.
image_paths() {
    image_values "$1" name | sed 's,^[^/]*/,,'
}

# image_published FOLDER: whether the registry has this very image under each of its names.
image_published() {
    layout=$(image_layout "$1")
    [ -d "$layout" ] || return 1
    digest=$(jq -r '.manifests[0].digest' "$layout/index.json")
    for path in $(image_paths "$1"); do
        curl -sI -H 'Accept: application/vnd.oci.image.manifest.v1+json' --max-time 5 \
            "http://$LAB_GATEWAY:5000/v2/${path%:*}/manifests/${path##*:}" | grep -qi "^docker-content-digest: $digest" || return 1
    done
}

# image_publish FOLDER: pushes the image under each of its names.
image_publish() {
    for path in $(image_paths "$1"); do
        say "registry: $path"
        skopeo --insecure-policy copy --quiet --dest-tls-verify=false "oci:$(image_layout "$1"):lab" \
            "docker://$LAB_GATEWAY:5000/$path"
    done
}
