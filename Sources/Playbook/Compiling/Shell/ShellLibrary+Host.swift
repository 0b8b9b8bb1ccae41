extension ShellLibrary {
    /// Shell that knows time, processes, and who works on the host.
    ///
    /// An owner file says who works: a line `PID START SINCE` of the program (START is the process's start in
    /// ticks since boot, so that a number that is used again is told apart; SINCE hundredths of a second since
    /// boot), a line `PID START` for each part that it has running, and `free SINCE` once it is at its end.
    static let host = #"""
        # Hundredths of a second since the machine started, without a process.
        mc_now() {
            mc_clock=0
            { read -r mc_up _ </proc/uptime; } 2>/dev/null || return 0
            mc_clock=$((${mc_up%.*} * 100 + 1${mc_up#*.} - 100))
        }

        # Waits for a process; a signal that tells the program to stop does not end the waiting. bash forgets the
        # end of a process that comes together with a signal, and would wait for it for ever: what is no process
        # any more is not waited for again, and its code is the one that it has left, if it has left one.
        mc_wait() {
            mc_woken=''
            wait "$1"
            mc_code=$?
            while [ -n "$mc_woken" ] && [ "$mc_code" -gt 128 ]; do
                mc_woken=''
                if [ ! -e "/proc/$1" ]; then
                    mc_who=''
                    { read -r mc_who mc_again <"$mc_folder/code"; } 2>/dev/null || :
                    [ "$mc_who" != "$1" ] || mc_code=$mc_again
                    return 0
                fi
                [ -z "$mc_cuttable" ] || [ -z "$mc_stop" ] || mc_cut
                wait "$1"
                mc_again=$?
                [ "$mc_again" -eq 127 ] || mc_code=$mc_again
            done
        }

        mc_pause() {
            sleep "$1" >/dev/null 2>&1 &
            wait "$!"
            [ $? -gt 128 ] || return 0
            # By wait bash says nothing of the kill; what had ended already is not waited for again, as above.
            ! kill -KILL "$!" 2>/dev/null || wait "$!" 2>/dev/null
        }

        # A user's folder is not in the session's own runtime folder, which goes when the last session ends.
        mc_place() {
            [ -w "${mc_state%/*}" ] || [ -w "$mc_state" ] ||
                mc_state=/tmp/mooc-cluster-${LOGNAME:-${USER:-nobody}}
        }

        # Whether the folder is there and ours: in /tmp it may be anybody's.
        mc_ours() {
            # shellcheck disable=SC3067 # every sh that is met here has -O
            [ -O "$mc_state" ] && [ ! -L "$mc_state" ]
        }

        # A process by its number or `self`: its number, its parent's, and when it started; nothing of one that
        # does not run.
        mc_start_of() {
            mc_child='' mc_parent='' mc_born=''
            { read -r mc_line <"/proc/$1/stat"; } 2>/dev/null || return 0
            # shellcheck disable=SC2086 # words
            set -- ${mc_line##*) }
            case $1 in
            Z | X) ;;
            *) mc_child=${mc_line%% *} mc_parent=$2 mc_born=${20} ;;
            esac
        }

        # Whether somebody of an owner file still works; leaves who (mc_main), since when, and when it ended.
        mc_lives() {
            mc_main='' mc_since='' mc_end='' mc_alive=''
            [ -r "$1" ] || return 1
            while read -r mc_who mc_when_born mc_line; do
                if [ "$mc_who" = free ]; then
                    mc_end=$mc_when_born
                    continue
                fi
                mc_is_main=$mc_line
                mc_since=${mc_since:-$mc_line}
                mc_start_of "$mc_who"
                if [ -z "$mc_born" ] || [ "$mc_born" != "$mc_when_born" ]; then continue; fi
                mc_alive=1
                [ -z "$mc_is_main" ] || mc_main=$mc_who
            done <"$1"
            [ -n "$mc_alive" ] && [ -z "$mc_end" ]
        }

        mc_free() {
            mc_now
            printf 'free %s\n' "$mc_clock" >>"$1"
        }
        """#
}
