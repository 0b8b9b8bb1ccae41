extension ShellLibrary {
    /// Shell that every program begins with: events, the ear for `stop`, and registered values.
    static let core = #"""
        mc_failed='' mc_stop='' mc_over='' mc_woken='' mc_notes='' mc_past='' mc_new='' mc_kept=''
        mc_folder='' mc_cuttable=''
        mc_emit() {
            mc_say "
        $mc_token $*
        "
        }

        # Reads the channel: `stop` ends the work, its end says that nobody hears, and `done` that all of a
        # journal was heard.
        mc_listen() {
            # By exec: a shell keeps what it redirects for a function open elsewhere, and so the channel.
            exec <&3 3<&- >/dev/null 2>&1
            mc_told=''
            while IFS= read -r mc_line; do
                case $mc_line in
                done)
                    : >"$mc_folder/heard"
                    break
                    ;;
                stop)
                    [ -n "$mc_told" ] || kill -USR1 "$$"
                    mc_told=1
                    ;;
                esac
            done
            kill -USR2 "$$"
        }

        mc_start() {
            exec 2>&1
            trap : PIPE HUP
            trap 'mc_stop=1 mc_woken=1' USR1
            # Before anything has changed, nobody to hear of it is a reason to stop.
            trap 'mc_over=1 mc_woken=1; [ -n "$mc_new" ] || mc_stop=1' USR2
            { mc_listen & } 3<&0
            mc_listener=$!
            mc_emit hello "sh${BASH_VERSION:+ (bash $BASH_VERSION)}, ${LOGNAME:-${USER:-nobody knows who}}"
        }

        # Reads what the program says about a step: number, then words and name=value.
        mc_read() {
            mc_i=$1 mc_when='' mc_query='' mc_look='' mc_short='' mc_timeout=0 mc_retries=0
            mc_diff='' mc_brings='' mc_notify='' mc_name=''
            shift
            for mc_word; do
                case $mc_word in
                when) mc_when=1 ;;
                look) mc_look=1 ;;
                short) mc_short=1 ;;
                query) mc_query=1 ;;
                brings) mc_brings=1 ;;
                diff=*) mc_diff=${mc_word#*=} ;;
                notify=*) mc_notify=${mc_word#*=} ;;
                register=*) mc_name=${mc_word#*=} ;;
                timeout=*) mc_timeout=${mc_word#*=} ;;
                retries=*) mc_retries=${mc_word#*=} ;;
                esac
            done
            mc_emit start "$mc_i"
        }

        # Runs shell as the user who logged in, where sudo is in between.
        mc_as_login_user() {
            if [ -n "${SUDO_USER:-}" ]; then su -s /bin/sh -c "$1" "$SUDO_USER"; else sh -c "$1"; fi
        }

        # Reads a value, and says what its shell had to complain of, which comes before the token.
        mc_register() {
            mc_text=$(
                exec 4>&1
                mc_text=$(
                    exec 2>&4 4>&-
                    set -eu
                    "value_$mc_i" </dev/null
                )
                printf '\n%s %s\n%s.' "$mc_token" "$?" "$mc_text"
            )
            mc_line=${mc_text%%"
        $mc_token "*}
            mc_text=${mc_text#"$mc_line
        $mc_token "}
            mc_say "$mc_line"
            mc_code=${mc_text%%"
        "*}
            [ "$mc_code" -eq 0 ] || return 0
            mc_text=${mc_text#*"
        "}
            mc_text=${mc_text%.}
            # Linux starts no program with a variable of more than 128 KiB.
            eval "$mc_name=\$mc_text"
            # shellcheck disable=SC2163 # the name in it is meant
            [ "${#mc_text}" -gt 65536 ] || export "$mc_name"
            mc_emit value "$mc_i"
            mc_say "$mc_text"
            mc_emit end-value "$mc_i"
        }

        mc_fail() {
            mc_failed=1
            mc_emit failed "$mc_i" "$1" "$mc_code"
        }
        """#
}
