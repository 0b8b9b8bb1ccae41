# shellcheck shell=sh
# What every script of the lab shares: where things are, messages, the cache. Read with `.`, runs under dash.
set -eu

LAB_DIR=${LAB_DIR:-$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)}
LAB_CACHE=${LAB_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/mooc-cluster}
LAB_STATE=${LAB_STATE:-/var/lib/mooc-cluster-lab}
export LAB_DIR LAB_CACHE LAB_STATE

# shellcheck disable=SC2034  # the readers use them
{
    KUBERNETES_VERSION=1.20.2
    DEBIAN_KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
    LAB_BRIDGE=moocbr0
    LAB_PREFIX=198.51.100
    LAB_GATEWAY=$LAB_PREFIX.1
    LAB_PODS=$LAB_PREFIX.128/25
    LAB_SERVICES=$LAB_PREFIX.64/26
}

# say WORDS: one line of progress.
say() {
    printf 'lab: %s\n' "$*"
}

# die WORDS: the reason, and the end.
die() {
    printf 'lab: %s\n' "$*" >&2
    exit 1
}

# key WORD-OR-FILE…: twelve hex digits over the words and over the content (files of a folder in order) of the files.
key() {
    for part in "$@"; do
        if [ -d "$part" ]; then
            (cd "$part" && find . -type f -print | LC_ALL=C sort | while IFS= read -r file; do
                printf '%s\n' "$file"
                cat "$file"
            done)
        elif [ -f "$part" ]; then
            cat "$part"
        else
            printf '%s\n' "$part"
        fi
    done | sha256sum | cut -c1-12
}

# debian_mirror: the address of the mirror that this machine's own apt takes Debian from.
debian_mirror() {
    mirror=$(apt-get indextargets --format '$(SITE) $(CODENAME)' | sed -n 's/ bookworm$//p' | LC_ALL=C sort -u | head -n 1)
    [ -n "$mirror" ] || die "the apt sources of this machine name no mirror of Debian bookworm (run apt-get update)"
    printf '%s\n' "$mirror"
}

# debian_sources: the lines of a sources.list with the mirrors and suites of bookworm that this machine's own apt has.
debian_sources() {
    apt-get indextargets --format '$(SITE) $(CODENAME) $(COMPONENT)' | LC_ALL=C sort -u |
        sed -n 's/^\([^ ]*\) \(bookworm[a-z-]*\) main$/deb \1 \2 main/p'
}

# build FOLDER COMMAND…: runs COMMAND with the name of an empty FOLDER.tmp appended, and renames that to FOLDER when
# COMMAND succeeded, so that a cached artefact is whole or absent. Two builders of one folder wait for each other.
build() {
    build_folder=$1
    shift
    [ ! -d "$build_folder" ] || return 0
    mkdir -p "$(dirname "$build_folder")"
    (
        flock 9
        [ ! -d "$build_folder" ] || exit 0
        rm -rf "$build_folder.tmp"
        mkdir -p "$build_folder.tmp"
        "$@" "$build_folder.tmp"
        mv "$build_folder.tmp" "$build_folder"
    ) 9>"$build_folder.lock"
    [ -d "$build_folder" ] || die "$build_folder was not built"
}

# verb CHECK APPLY "$@": a stage's two verbs.
verb() {
    case ${3-} in
    check) "$1" >/dev/null 2>&1 ;;
    apply) "$2" ;;
    *) die "usage: ${0##*/} check|apply" ;;
    esac
}
