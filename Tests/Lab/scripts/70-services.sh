#!/bin/sh
# What nodes reach at the bridge's address: the image registry (5000), the packages of Kubernetes (8080), a caching proxy for
# Debian's packages (3142).
. "$(dirname -- "$0")/lib.sh"
. "$LAB_DIR/scripts/artefacts.sh"
. "$LAB_DIR/scripts/process.sh"

RUN=$LAB_STATE/services

check() {
    for service in registry packages apt; do
        process_runs "$RUN/$service.pid" || return 1
    done
    # A repository that was built anew is another folder.
    [ "$(cat "$RUN/packages.served")" = "$PACKAGE_REPOSITORY" ] && answers 5000 && answers 8080 && answers 3142
}

answers() {
    curl -s -o /dev/null --noproxy '*' --max-time 2 "http://$LAB_GATEWAY:$1/"
}

apply() {
    mkdir -p "$RUN" "$REGISTRY_STORE" "$APT_STORE/proxy"
    cat >"$RUN/registry.yml" <<CONF
version: 0.1
log: {level: warn}
storage:
  filesystem: {rootdirectory: "$REGISTRY_STORE"}
  delete: {enabled: true}
http: {addr: "$LAB_GATEWAY:5000"}
CONF
    if [ "$(cat "$RUN/packages.served" 2>/dev/null)" != "$PACKAGE_REPOSITORY" ]; then
        process_stop "$RUN/packages.pid"
        printf '%s\n' "$PACKAGE_REPOSITORY" >"$RUN/packages.served"
    fi
    process_start "$RUN/registry" docker-registry serve "$RUN/registry.yml"
    process_start "$RUN/packages" python3 -u -m http.server --bind "$LAB_GATEWAY" --directory "$PACKAGE_REPOSITORY" 8080
    # shellcheck disable=SC2046  # a list of words
    process_start "$RUN/apt" python3 -u "$LAB_DIR/services/apt-proxy.py" "$LAB_GATEWAY" 3142 "$APT_STORE/proxy" \
        $(debian_sources | cut -d ' ' -f 2 | LC_ALL=C sort -u)
    attempt=0
    until answers 5000 && answers 8080 && answers 3142; do
        attempt=$((attempt + 1))
        [ "$attempt" -lt 100 ] || die "a service does not answer at $LAB_GATEWAY; see $RUN/*.log"
        sleep 0.1
    done
}

verb check apply "$@"
