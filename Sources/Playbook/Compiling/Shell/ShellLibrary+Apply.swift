extension ShellLibrary {
    /// Shell that runs steps for good: check, apply, check again, then the handlers.
    static let apply = #"""
        mc_full=''

        # Applies and checks again until it is right or the tries are used up.
        mc_make() {
            mc_try=0 mc_seconds=2
            while :; do
                if [ -n "$mc_short" ]; then
                    mc_why=apply
                    mc_part "apply_$mc_i"
                else
                    mc_change "apply_$mc_i" "$mc_timeout" 1
                fi
                if [ "$mc_code" -eq 0 ]; then
                    mc_why=check
                    mc_check
                fi
                [ "$mc_code" -ne 0 ] || return 0
                [ "$mc_try" -lt "$mc_retries" ] && [ -z "$mc_stop" ] || return 0
                mc_try=$((mc_try + 1))
                # A part of the pause is by chance, so that many hosts do not come back at once.
                mc_now
                mc_rest=$((mc_seconds + mc_clock % (mc_seconds / 2 + 1)))
                mc_emit retry "$mc_i" "$mc_why" "$mc_code" "$mc_rest"
                mc_pause "$mc_rest"
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
                mc_detach
                # An earlier run that was waited for may have done it.
                [ -z "$mc_waited" ] || mc_check
                mc_waited=''
                [ -z "$mc_stop" ] || return 0
            fi
            if [ "$mc_code" -ne 0 ]; then
                mc_now
                mc_from=$mc_clock mc_changed=1
                mc_due
                mc_emit apply "$mc_i"
                mc_make
                if [ "$mc_code" -ne 0 ]; then
                    if [ "$mc_why" = stop ]; then mc_emit cut "$mc_i"; else mc_fail "$mc_why"; fi
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
            *) [ -e "$mc_dues/$2" ] || return 0 ;;
            esac
            mc_detach
            mc_waited=''
            [ -z "$mc_stop" ] || return 0
            mc_emit handler-start "$1"
            mc_now
            mc_from=$mc_clock
            mc_change "handler_$1" 300 ''
            if [ "$mc_code" -ne 0 ]; then
                mc_failed=1
                mc_emit handler-failed "$1" "$mc_why" "$mc_code"
                return 0
            fi
            rm -f "$mc_dues/$2"
            mc_now
            mc_emit handler-done "$1" "$(((mc_clock - mc_from) * 10))"
        }

        mc_finish() {
            # The ear is the program's own from here on; until it is dead, the other one may swallow a word. Not
            # SIGTERM: a process that was forked a moment ago may lose it.
            exec 2>/dev/null
            kill -KILL "$mc_listener"
            wait "$mc_listener"
            if [ -n "$mc_stop" ]; then mc_emit stopped; else mc_emit end; fi || mc_full=1
            if [ -z "$mc_folder" ]; then exit "${mc_failed:-0}"; fi
            mc_free "$mc_folder/owner"
            exec >/dev/null 2>&1
            mc_line=''
            while [ "$mc_line" != 'done' ] && [ -z "$mc_full" ] && IFS= read -r mc_line; do :; done
            kill "$mc_follower"
            # What nobody has heard to its end stays for a connection that comes later.
            # shellcheck disable=SC2086 # paths without blanks
            [ "$mc_line" != 'done' ] || rm -rf "$mc_folder" $mc_locks
            exit "${mc_failed:-0}"
        }
        """#
}
