extension ShellLibrary {
    /// Shell that runs the steps of a plan: it holds nothing that could change a host.
    static let plan = #"""
        mc_would=''
        mc_say() { printf '%s' "$1"; }

        # Runs a part of a step so that the first command that fails ends it.
        mc_part() {
            (
                set -eu
                "$1"
            ) </dev/null
            mc_code=$?
        }

        # Whether the step is right: the engine's own checks need no process of their own.
        mc_check() {
            if [ -n "$mc_look" ]; then
                "check_$mc_i" </dev/null
                mc_code=$?
            else
                mc_part "check_$mc_i"
            fi
        }

        mc_step() {
            [ -z "$mc_failed$mc_stop" ] || return 0
            mc_read "$@"
            mc_code=0
            [ -z "$mc_when" ] || mc_part "when_$mc_i"
            if [ "$mc_code" -ne 0 ]; then
                mc_emit skipped "$mc_i"
                return 0
            fi
            [ -n "$mc_query" ] || mc_check
            if [ "$mc_code" -ne 0 ]; then
                mc_would=1 mc_notes="$mc_notes ${mc_notify%%:*} "
                if [ "$mc_diff" = hidden ]; then
                    mc_emit hidden "$mc_i"
                elif [ -n "$mc_diff" ]; then
                    mc_emit diff "$mc_i"
                    "diff_$mc_i" </dev/null
                    mc_emit end-diff "$mc_i"
                fi
                if [ -n "$mc_brings" ]; then
                    mc_emit brings "$mc_i"
                    mc_part "brings_$mc_i" 2>/dev/null
                    mc_emit end-brings "$mc_i"
                fi
                mc_emit would "$mc_i"
                return 0
            fi
            [ -z "$mc_name" ] || mc_register
            if [ "$mc_code" -eq 0 ]; then
                mc_emit ok "$mc_i"
            elif [ -n "$mc_would" ]; then
                # What it asks for may come with the changes above, so nothing can be said of it yet.
                mc_emit skipped "$mc_i"
            else
                mc_fail value
            fi
        }

        mc_handler() {
            [ -z "$mc_failed$mc_stop" ] || return 0
            case $mc_notes in
            *" $1 "*) ;;
            *) [ -e "$mc_dues/$2" ] || return 0 ;;
            esac
            mc_emit handler-would "$1"
        }

        mc_finish() {
            kill "$mc_listener" 2>/dev/null
            if [ -n "$mc_stop" ]; then mc_emit stopped; else mc_emit end; fi
            exit "${mc_failed:-0}"
        }
        """#
}
