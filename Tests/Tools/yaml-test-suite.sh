#!/bin/sh
# Prints the folder that holds the cases of the public YAML test suite, one folder a case.
# usage: yaml-test-suite.sh
#
# Debian's source package of YAML::PP carries the suite's data. It is fetched once, with apt's own check of the signed
# index, into the cache; the machine's own lists of packages stay as they are. Ends with 1 where it cannot be had.
set -eu

package=libyaml-pp-perl
version=0.39.0
suite=trixie

cache=${LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mooc-cluster}
folder=$cache/yaml-test-suite-$version
data=test-suite/yaml-test-suite-data

if ! test -d "$folder"; then
    mkdir -p "$cache"
    exec 9> "$folder.lock"
    flock 9
fi
if ! test -d "$folder"; then
    # The mirror that this machine's apt takes Debian from.
    # shellcheck disable=SC2016 # apt's own placeholders
    mirror=$(apt-get indextargets --format '$(SITE) $(CODENAME)' | sed -n 's/ bookworm$//p' | LC_ALL=C sort -u | head -n 1)
    if test -z "$mirror"; then
        echo 'the apt sources of this machine name no mirror of Debian bookworm (run apt-get update)' >&2
        exit 1
    fi
    work=$folder.tmp
    rm -rf "$work"
    mkdir -p "$work/apt/parts" "$work/apt/lists/partial" "$work/apt/cache" "$work/suite"
    printf 'deb-src [signed-by=%s] %s %s main\n' \
        /usr/share/keyrings/debian-archive-keyring.gpg "$mirror" "$suite" > "$work/apt/parts/source.list"
    (
        cd "$work/apt"
        # root's own folder is closed to the user that apt would fetch as.
        set -- -qq -o APT::Sandbox::User=root -o Dir::Etc::sourcelist=/dev/null \
            -o "Dir::Etc::sourceparts=$work/apt/parts" -o "Dir::State::lists=$work/apt/lists" \
            -o "Dir::Cache=$work/apt/cache"
        apt-get "$@" update
        apt-get "$@" --download-only --tar-only source "$package=$version-1"
        tar -xzf "${package}_$version.orig.tar.gz" -C "$work/suite" --strip-components=3 --wildcards "*/$data/*"
    ) >&2
    mv "$work/suite" "$folder"
    rm -rf "$work"
fi
printf '%s\n' "$folder"
