extension ShellLibrary {
    /// Shell that runs a part that changes something: with a time limit, and safe from a lost connection.
    static let change = #"""
        # Hundredths of a second since the machine started, without a process.
        mc_now() {
            mc_clock=0
            { read -r mc_up _ </proc/uptime; } 2>/dev/null || return 0
            mc_clock=$((${mc_up%.*} * 100 + 1${mc_up#*.} - 100))
        }

        # From the first change on, output goes through a process that outlives the channel: a lost connection
        # must not kill a package manager by SIGPIPE.
        mc_relayed() {
            [ -z "$mc_relay" ] || return 0
            mc_relay=none
            mc_folder=$(mktemp -d) || return 0
            if mkfifo "$mc_folder/output"; then
                (
                    cat
                    exec cat >/dev/null
                ) <"$mc_folder/output" 2>/dev/null &
                mc_relay=$!
                exec >"$mc_folder/output" 2>&1
            fi
            rm -r "$mc_folder"
        }

        # Waits for a process; a signal that tells the program to stop does not end the waiting.
        mc_wait() {
            mc_woken=''
            wait "$1"
            mc_code=$?
            while [ -n "$mc_woken" ] && [ "$mc_code" -gt 128 ]; do
                mc_woken=''
                wait "$1"
                mc_again=$?
                [ "$mc_again" -eq 127 ] || mc_code=$mc_again
            done
        }

        # A process and everything below it, by /proc.
        mc_family() {
            mc_family=" $1 " mc_more=1
            while [ -n "$mc_more" ]; do
                mc_more=''
                for mc_stat in /proc/[0-9]*/stat; do
                    { read -r mc_line <"$mc_stat"; } 2>/dev/null || continue
                    mc_child=${mc_line%% *}
                    mc_parent=${mc_line##*) ? }
                    case $mc_family in
                    *" $mc_child "*) ;;
                    *" ${mc_parent%% *} "*) mc_family="$mc_family$mc_child " mc_more=1 ;;
                    esac
                done
            done
        }

        # Leaves in mc_family only what still runs.
        mc_living() {
            mc_left=''
            for mc_child in $mc_family; do
                { read -r mc_line <"/proc/$mc_child/stat"; } 2>/dev/null || continue
                case ${mc_line##*) } in
                Z* | X*) ;;
                *) mc_left="$mc_left $mc_child" ;;
                esac
            done
            mc_family=$mc_left
        }

        # Ends a process and all below it after some seconds: asks, waits ten seconds, kills.
        # Exit code 124 if it had to.
        mc_watch() {
            exec </dev/null >/dev/null 2>&1
            # Not SIGTERM: between fork and exec a child still takes it for the shell's own, and loses it.
            trap 'kill -KILL "$!" 2>/dev/null; exit 0' TERM
            sleep "$1" &
            wait "$!"
            trap '' TERM
            mc_family "$2"
            # shellcheck disable=SC2086 # a list of numbers
            kill -TERM $mc_family
            for _ in 1 2 3 4 5 6 7 8 9 10; do
                mc_living
                [ -n "$mc_family" ] || exit 124
                sleep 1
            done
            # shellcheck disable=SC2086 # a list of numbers
            kill -KILL $mc_family
            exit 124
        }

        # Runs a part that changes something, for at most so many seconds; 0 is for ever.
        mc_change() {
            mc_relayed
            (
                set -eu
                "$1"
            ) </dev/null &
            mc_pid=$!
            mc_why=apply
            if [ "$2" -eq 0 ]; then
                mc_wait "$mc_pid"
                return 0
            fi
            mc_watch "$2" "$mc_pid" &
            mc_guard=$!
            mc_wait "$mc_pid"
            mc_ended=$mc_code
            kill "$mc_guard" 2>/dev/null
            # Some shells say "Terminated" where a signal ends a job.
            mc_wait "$mc_guard" 2>/dev/null
            [ "$mc_code" -ne 124 ] || mc_why=timeout
            mc_code=$mc_ended
            # A program that ends well on SIGTERM has still not done its work.
            [ "$mc_why$mc_code" != timeout0 ] || mc_code=124
        }

        # Remembers on the host that a handler is due, so that it runs even if this run is killed first.
        mc_due() {
            [ -n "$mc_notify" ] || return 0
            mkdir -p "$mc_state" 2>/dev/null
            printf '' 2>/dev/null >"$mc_state/${mc_notify#*:}"
        }

        mc_pause() {
            sleep "$1" >/dev/null 2>&1 &
            wait "$!"
            [ -n "$mc_stop" ] || return 0
            kill -KILL "$!" 2>/dev/null
            wait "$!" 2>/dev/null
        }
        """#
}
