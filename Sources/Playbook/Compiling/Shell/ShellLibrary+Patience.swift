extension ShellLibrary {
    /// The function that bodies of playbooks call for a command that is worth another try.
    static let patienceName = "mc_patiently"

    /// Shell that runs a command again while it fails with words of trouble that passes by itself.
    ///
    /// The words are `mc_passing`, which the head of a program sets.
    static let patience = #"""
        # Runs a command, both outputs as they come, up to five times or as `tries=` says; `signs=` takes the
        # place of the words that it looks for, a line each.
        mc_patiently() ( # [tries=N] [signs=WORDS] command…
            mc_tries=5 mc_signs=$mc_passing mc_seconds=2
            while :; do
                case $1 in
                tries=*) mc_tries=${1#*=} ;;
                signs=*) mc_signs=${1#*=} ;;
                *) break ;;
                esac
                shift
            done
            mc_heard=$(mktemp -d)
            trap 'rm -rf "$mc_heard"' EXIT
            exec 3>&1
            while :; do
                {
                    mc_code=0
                    "$@" 2>&1 >&3 3>&- || mc_code=$?
                    printf '%s\n' "$mc_code" >"$mc_heard/code"
                } | tee "$mc_heard/words" >&2
                read -r mc_code <"$mc_heard/code"
                mc_tries=$((mc_tries - 1))
                [ "$mc_code" -ne 0 ] && [ "$mc_tries" -gt 0 ] || exit "$mc_code"
                # Nothing to look for would be found everywhere.
                [ -n "$mc_signs" ] || exit "$mc_code"
                printf '%s\n' "$mc_signs" | grep -Fqi -f - "$mc_heard/words" || exit "$mc_code"
                # Not all hosts at the same moment.
                mc_chance=$(od -An -N2 -tu2 /dev/urandom)
                mc_rest=$((mc_seconds + mc_chance % (mc_seconds + 1)))
                printf 'this passes by itself, so it is tried again in %s s\n' "$mc_rest" >&2
                sleep "$mc_rest"
                mc_seconds=$((mc_seconds * 2))
            done
        )
        """#
}
