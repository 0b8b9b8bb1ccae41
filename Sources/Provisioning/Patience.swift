import Manifests

/// The value `PATIENTLY`, with which playbooks try again what fails for a while, and nothing else.
///
/// `retries:` of a step tries everything again; this only what fails with words of trouble that passes by itself, so
/// that a manifest that is wrong fails at once.
enum Patience {
    /// Shell for `sh -c "$PATIENTLY" patiently COMMAND…`: runs the command, both outputs as they come, up to five
    /// times or as `PATIENT_TRIES` says.
    static let program = "signs='\(PassingTrouble.signs.joined(separator: "\n"))'\n" + body

    private static let body = #"""
        tries=1 pause=2
        folder=$(mktemp -d) || exit 1
        trap 'rm -rf "$folder"' EXIT
        exec 3>&1
        while :; do
            {
                code=0
                "$@" 2>&1 >&3 3>&- || code=$?
                echo "$code" >"$folder/code"
            } | tee "$folder/said" >&2
            read -r code <"$folder/code"
            [ "$code" -ne 0 ] && [ "$tries" -lt "${PATIENT_TRIES:-5}" ] || exit "$code"
            printf '%s\n' "$signs" | grep -Fqi -f - "$folder/said" || exit "$code"
            # not all hosts at the same moment
            chance=$(od -An -N2 -tu2 /dev/urandom)
            wait=$((pause + chance % (pause + 1)))
            echo "this passes by itself, so it is tried again in $wait s" >&2
            sleep "$wait"
            tries=$((tries + 1)) pause=$((pause * 2))
        done
        """#
}
