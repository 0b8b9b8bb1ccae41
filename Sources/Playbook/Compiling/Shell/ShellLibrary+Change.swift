extension ShellLibrary {
    /// Shell that runs a part that changes something: with a time limit, and an end when it is told to stop.
    static let change = #"""
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
            mc_rest=$1
            # In portions: bash can miss a signal that comes just as it begins to wait, and then takes it when
            # the waiting is over.
            while [ "$mc_rest" -gt 0 ]; do
                sleep "$((mc_rest < 15 ? mc_rest : 15))" &
                wait "$!"
                mc_rest=$((mc_rest - 15))
            done
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

        # Ends the running step at once, where that may be done.
        mc_cut() {
            [ -n "$mc_cuttable" ] || return 0
            mc_cuttable='' mc_why=stop
            kill "$mc_guard"
            mc_watch 0 "$mc_pid" &
            mc_guard=$!
        }

        # Runs a part that changes something, for at most so many seconds; 0 is for ever, and to the end even
        # when it is told to stop.
        mc_change() { # function seconds whether-it-may-be-cut
            (
                mc_works
                [ -z "$mc_folder" ] || trap 'printf "%s %s\n" "$mc_child" "$?" >"$mc_folder/code"' EXIT
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
            mc_cuttable=$3
            [ -z "$mc_stop" ] || mc_cut
            mc_wait "$mc_pid"
            mc_cuttable=''
            mc_ended=$mc_code
            kill "$mc_guard" 2>/dev/null
            # Some shells say "Terminated" where a signal ends a job.
            mc_wait "$mc_guard" 2>/dev/null
            [ "$mc_code$mc_why" != 124apply ] || mc_why=timeout
            mc_code=$mc_ended
            # A program that ends well on SIGTERM has still not done its work.
            case $mc_why$mc_code in
            timeout0 | stop0) mc_code=124 ;;
            esac
        }

        # Remembers on the host that a handler is due, so that it runs even if the host loses its power first.
        mc_due() {
            [ -n "$mc_notify" ] || return 0
            mc_file=$mc_dues/${mc_notify#*:}
            [ ! -e "$mc_file" ] || return 0
            [ -d "$mc_dues" ] || mkdir -p "$mc_dues"
            printf '' >"$mc_file"
            mc_flush "$mc_file" "$mc_dues"
        }

        # Brings files and folders onto the disk; a sync that takes no names brings everything.
        mc_flush() { sync -- "$@" 2>/dev/null || sync; }
        """#
}
