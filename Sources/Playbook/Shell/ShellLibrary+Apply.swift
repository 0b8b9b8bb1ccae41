extension ShellLibrary {
    /// Shell that runs steps for good: check, apply, check again, then the handlers.
    static let apply = #"""
        # Applies and checks again until it is right or the tries are used up.
        mc_make() {
            mc_try=0 mc_seconds=2
            while :; do
                if [ -n "$mc_short" ]; then
                    mc_why=apply
                    mc_part "apply_$mc_i"
                else
                    mc_change "apply_$mc_i" "$mc_timeout"
                fi
                if [ "$mc_code" -eq 0 ]; then
                    mc_why=check
                    mc_check
                fi
                [ "$mc_code" -ne 0 ] || return 0
                [ "$mc_try" -lt "$mc_retries" ] && [ -z "$mc_stop" ] || return 0
                mc_try=$((mc_try + 1))
                mc_emit retry "$mc_i" "$mc_why" "$mc_code" "$mc_seconds"
                mc_pause "$mc_seconds"
                [ -z "$mc_stop" ] || return 0
                [ "$mc_seconds" -ge 32 ] || mc_seconds=$((mc_seconds * 2))
            done
        }

        mc_step() {
            [ -z "$mc_failed$mc_stop" ] || return 0
            mc_read "$@"
            mc_code=0 mc_changed=''
            [ -z "$mc_when" ] || mc_part "when_$mc_i"
            if [ "$mc_code" -ne 0 ]; then
                mc_emit skipped "$mc_i"
                return 0
            fi
            [ -n "$mc_query" ] || mc_check
            if [ "$mc_code" -ne 0 ]; then
                mc_now
                mc_from=$mc_clock mc_changed=1
                mc_due
                mc_make
                if [ "$mc_code" -ne 0 ]; then
                    mc_fail "$mc_why"
                    return 0
                fi
                mc_now
                mc_notes="$mc_notes ${mc_notify%%:*} "
            fi
            if [ -n "$mc_name" ]; then
                mc_register
                if [ "$mc_code" -ne 0 ]; then
                    mc_fail value
                    return 0
                fi
            fi
            if [ -n "$mc_changed" ]; then
                mc_emit changed "$mc_i" "$(((mc_clock - mc_from) * 10))"
            else
                mc_emit ok "$mc_i"
            fi
        }

        mc_handler() {
            [ -z "$mc_failed$mc_stop" ] || return 0
            case $mc_notes in
            *" $1 "*) ;;
            *) [ -e "$mc_state/$2" ] || return 0 ;;
            esac
            mc_emit handler-start "$1"
            mc_now
            mc_from=$mc_clock
            mc_change "handler_$1" 300
            if [ "$mc_code" -ne 0 ]; then
                mc_failed=1
                mc_emit handler-failed "$1" "$mc_why" "$mc_code"
                return 0
            fi
            rm -f "$mc_state/$2"
            mc_now
            mc_emit handler-done "$1" "$(((mc_clock - mc_from) * 10))"
        }

        mc_finish() {
            kill "$mc_listener" 2>/dev/null
            if [ -n "$mc_stop" ]; then mc_emit stopped; else mc_emit end; fi
            exec >/dev/null 2>&1
            # What a step left running in the background may hold the relay open: it gets five seconds.
            case $mc_relay in
            '' | none) ;;
            *)
                mc_watch 5 "$mc_relay" &
                mc_guard=$!
                mc_wait "$mc_relay"
                kill "$mc_guard"
                ;;
            esac
            exit "${mc_failed:-0}"
        }
        """#
}
