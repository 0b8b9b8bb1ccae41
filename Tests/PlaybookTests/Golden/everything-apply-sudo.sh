# shellcheck shell=sh disable=SC2016,SC2034,SC2317
# Every feature
{
mc_token=mc-golden mc_state='/run/mooc-cluster' mc_host=cbf29ce484222325
export LC_ALL=C PATH="$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
umask 022
mc_passing='timed out
it'\''s busy'
mc_ledger='/var/lib/mooc-cluster/ledger'
mc_dues='/var/lib/mooc-cluster/due'
export ADDRESS='198.51.100.1'
export PASSWORD='it'\''s
a secret'

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

mc_greatest() {
    mc_last=0
    for mc_file in "$mc_state/lock-$mc_host".*; do
        mc_number=${mc_file##*.}
        [ ! -e "$mc_file" ] || [ "$mc_number" -le "$mc_last" ] || mc_last=$mc_number
    done
}

# Waits until no earlier run works on this host.
mc_await() {
    mc_ours || return 0
    while :; do
        mc_greatest
        mc_lives "$mc_state/lock-$mc_host.$mc_last" || return 0
        [ -z "$mc_stop" ] || return 0
        if [ -z "$mc_waited" ]; then
            mc_waited=1
            mc_now
            mc_emit waiting "$(((mc_clock - mc_since) / 100))"
        fi
        mc_pause 1
    done
}

mc_lock() {
    while :; do
        mc_await
        [ -z "$mc_stop" ] || return 0
        mc_mine=$((mc_last + 1))
        mc_lock=$mc_state/lock-$mc_host.$mc_mine
        if ! ln "$mc_folder/owner" "$mc_lock" 2>/dev/null; then
            # A file system without hard links has no lock to give.
            [ -e "$mc_lock" ] || return 0
            continue
        fi
        mc_greatest
        [ "$mc_last" -ne "$mc_mine" ] || break
        # Others have come and gone meanwhile, and took the ones below away.
        rm -f "$mc_lock"
    done
    for mc_file in "$mc_state/lock-$mc_host".*; do
        [ "$mc_file" = "$mc_lock" ] || mc_locks="$mc_locks $mc_file"
    done
}

mc_waited='' mc_locks='' mc_follower=''

mc_say() {
    [ -n "$mc_kept" ] || mc_past=$mc_past$1
    printf '%s' "$1"
}

# Runs a part of a step so that the first command that fails ends it.
mc_part() {
    if [ -n "$mc_kept" ]; then
        (
            set -eu
            "$1"
        ) </dev/null
        mc_code=$?
        return 0
    fi
    mc_text=$(
        exec 2>&1
        set -eu
        "$1" </dev/null
    )
    mc_code=$?
    [ -z "$mc_text" ] || mc_say "$mc_text
"
}

# Whether the step is right: the engine's own checks need no process of their own, and what they have
# to say their apply says too.
mc_check() {
    if [ -n "$mc_look" ]; then
        "check_$mc_i" </dev/null >/dev/null 2>&1
        mc_code=$?
    else
        mc_part "check_$mc_i"
    fi
}

# Nothing but mc_say may write to the channel from here on: the journal has to hold the same bytes.
mc_meet() {
    exec 2>/dev/null
    mc_past=''
    mc_place
    mc_await
    mc_waited=''
}

mc_detach() {
    [ -z "$mc_kept" ] || return 0
    # From here on the end of the channel is no reason to stop any more.
    mc_new=$mc_state/$mc_token
    [ -z "$mc_stop" ] || return 0
    umask 077
    [ -d "$mc_state" ] || mkdir -p "$mc_state"
    if ! mc_ours || ! mkdir "$mc_new"; then
        # A connection that came later has found nothing done, and begins anew with another token.
        [ ! -d "$mc_new" ] || mc_stop=1
        mc_undetached
        return 0
    fi
    mc_emit journal
    if ! printf '%s' "$mc_past" >"$mc_new/journal"; then
        rm -rf "$mc_new"
        mc_undetached
        return 0
    fi
    mc_start_of "$$"
    mc_now
    printf '%s %s %s\n' "$$" "$mc_born" "$mc_clock" >"$mc_new/owner"
    mc_size=$(wc -c <"$mc_new/journal")
    tail -c "+$((mc_size + 1))" -f "$mc_new/journal" &
    mc_follower=$!
    mc_folder=$mc_new mc_kept=1 mc_past=''
    exec >>"$mc_folder/journal" 2>&1
    umask 022
    mc_sweep
    mc_lock
}

# Without a place for a journal the program works on the channel, as long as that stands.
mc_undetached() {
    mc_kept=1
    exec 2>&1
    umask 022
}

# A part that changes something says, before it does, that it runs. If the program was killed meanwhile,
# who looked may have found nobody at work, so it does nothing; if not, it is found from here on.
mc_works() {
    [ -n "$mc_folder" ] || return 0
    mc_start_of self
    printf '%s %s\n' "$mc_child" "$mc_born" >>"$mc_folder/owner"
    mc_start_of self
    [ "$mc_parent" -eq "$$" ] || exit 1
}

# Takes journals away that nobody has claimed.
mc_sweep() {
    set --
    mc_now
    for mc_file in "$mc_state"/*/owner; do
        # An empty one is of a program that is about to write to it.
        if [ ! -s "$mc_file" ] || [ "$mc_file" = "$mc_folder/owner" ]; then continue; fi
        ! mc_lives "$mc_file" || continue
        if [ -z "$mc_end" ] || [ "$mc_end" -gt "$mc_clock" ] || [ "$((mc_clock - mc_end))" -gt 60000 ]
        then
            set -- "$@" "${mc_file%/owner}"
        fi
    done
    [ $# -eq 0 ] || rm -rf "$@"
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

# Whether a file has the content that a function prints, and mode and owner if they are given.
mc_same() { # function path mode owner-format owner
    [ -f "$2" ] && [ ! -L "$2" ] || return 1
    [ -z "$3" ] || [ "$(stat -c "%a $4" -- "$2")" = "$3 $5" ] || return 1
    "$1" | cmp -s - "$2"
}

mc_away() { [ ! -e "$1" ] && [ ! -L "$1" ]; }

# Puts what a function prints into a file by way of a temporary one beside it, so that nobody ever
# sees half of it.
mc_write() { # function path mode owner-format owner
    if [ -d "$2" ] && [ ! -L "$2" ]; then
        printf '%s is a folder\n' "$2"
        return 1
    fi
    mc_mode=$3 mc_owner=$5
    if [ -z "$3" ]; then
        mc_mode=0644 mc_owner=$(id -u):$(id -g)
        if [ -f "$2" ]; then
            mc_mode=$(stat -L -c %a -- "$2")
            mc_owner=$(stat -L -c %u:%g -- "$2")
        fi
    fi
    mc_parent=${2%/*}
    # before the folders are made
    mc_keep file "$2"
    [ -d "${mc_parent:-/}" ] || mkdir -p -- "$mc_parent"
    # One may be left of a host that lost its power in this place.
    rm -f -- "$mc_parent/.${2##*/}".mooc-??????
    mc_temporary=$(mktemp "$mc_parent/.${2##*/}.mooc-XXXXXX")
    trap 'rm -f -- "$mc_temporary"' EXIT
    "$1" >"$mc_temporary"
    chown -- "$mc_owner" "$mc_temporary"
    chmod -- "$mc_mode" "$mc_temporary"
    mc_put "$mc_temporary" "$2"
    trap - EXIT
    ! command -v restorecon >/dev/null || restorecon -- "$2"
}

# Prints a TOML file with keys set. The settings reach awk by the environment, so that no value stands
# in a process list.
mc_toml() ( # path, then the words that the head of the awk program describes
    mc_file=$1 mc_count=0
    shift
    for mc_word; do
        mc_count=$((mc_count + 1))
        export "MC_TOML_$mc_count=$mc_word"
    done
    [ -f "$mc_file" ] || mc_file=/dev/null
    awk '
# Sets keys of a TOML file and keeps every other line. The keys come by the environment: MC_TOML_1 is
# the number of settings, then for each: number of key parts, the parts, kind (text, bare, list), and
# the value or the number of items and the items.
function next_word() { return ENVIRON["MC_TOML_" (++word)] }
function fail(why) { print why | "cat 1>&2"; failed = 1; exit 1 }
function escaped(text,    out, i, c) {
    out = ""
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "\\" || c == "\"") c = "\\" c
        else if (c == "\n") c = "\\n"
        else if (c == "\t") c = "\\t"
        else if (c == "\r") c = "\\r"
        out = out c
    }
    return "\"" out "\""
}
# Reads dotted key parts from the start of a text, leaves in rest what follows, returns how many.
function key_parts(text, parts,    n, i, c, part, q) {
    n = 0
    while (1) {
        sub(/^[ \t]+/, "", text)
        c = substr(text, 1, 1)
        if (c == "\"" || c == Q) {
            part = ""
            for (i = 2; i <= length(text); i++) {
                q = substr(text, i, 1)
                if (q == c) break
                if (q == "\\" && c == "\"") q = substr(text, ++i, 1)
                part = part q
            }
            text = substr(text, i + 1)
        } else if (match(text, /^[A-Za-z0-9_-]+/)) {
            part = substr(text, 1, RLENGTH)
            text = substr(text, RLENGTH + 1)
        } else return 0
        parts[++n] = part
        sub(/^[ \t]+/, "", text)
        if (substr(text, 1, 1) != ".") { rest = text; return n }
        text = substr(text, 2)
    }
}
function joined(parts, n,    i, out) {
    out = ""
    for (i = 1; i <= n; i++) out = out SUBSEP parts[i]
    return out
}
# Follows a value through a line: depth of brackets, and whether a text of several lines is open.
function follow(text,    i, c, three) {
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        three = substr(text, i, 3)
        if (open != "") {
            if (open ~ /^["]/ && c == "\\") i++
            else if (length(open) == 3 && three == open) { open = ""; i += 2 }
            else if (length(open) == 1 && c == open) open = ""
        } else if (three == "\"\"\"" || three == Q Q Q) { open = three; i += 2 }
        else if (c == "\"" || c == Q) open = c
        else if (c == "#") { cut = i; break }
        else if (c == "[" || c == "{") depth++
        else if (c == "]" || c == "}") depth--
    }
    if (length(open) == 1) open = ""
    return depth > 0 || open != ""
}
# The value in the line without comment and blanks, in double quotes where it was in single ones.
function plain(text) {
    if (cut) text = substr(text, 1, cut - 1)
    gsub(/^[ \t]+|[ \t\r]+$/, "", text)
    if (text ~ ("^" Q "[^" Q "\\\\\"]*" Q "$")) text = "\"" substr(text, 2, length(text) - 2) "\""
    return text
}
function bare(part) { return part ~ /^[A-Za-z0-9_-]+$/ ? part : escaped(part) }
function add(line) { lines[++count] = line }
# A setting that the table at hand did not have goes to where that table began.
BEGIN {
    Q = "\047"
    settings = next_word() + 0
    for (s = 1; s <= settings; s++) {
        n = next_word() + 0
        full = ""; table = ""; title = ""
        for (i = 1; i <= n; i++) {
            part = next_word()
            if (i == n) { name[s] = bare(part); home[s] = full; head[s] = title }
            full = full SUBSEP part
            title = title (i > 1 ? "." : "") bare(part)
        }
        whole[s] = full
        kind = next_word()
        if (kind == "text") value[s] = escaped(next_word())
        else if (kind == "bare") value[s] = next_word()
        else {
            m = next_word() + 0
            value[s] = "["
            for (i = 1; i <= m; i++) value[s] = value[s] (i > 1 ? ", " : "") escaped(next_word())
            value[s] = value[s] "]"
        }
    }
    at = ""; start[""] = 0
}
{
    line = $0
    if (skipping) { skipping = follow(line); if (dropping) next; add(line); next }
    text = line
    sub(/^[ \t]+/, "", text)
    if (text == "" || text ~ /^#/) { add(line); next }
    if (text ~ /^\[\[/) {
        n = key_parts(substr(text, 3), parts)
        at = joined(parts, n) SUBSEP "[]"
        lists[joined(parts, n)] = 1
        add(line); next
    }
    if (text ~ /^\[/) {
        n = key_parts(substr(text, 2), parts)
        at = joined(parts, n)
        add(line)
        if (!(at in start)) start[at] = count
        match(line, /^[ \t]*/); margin[at] = substr(line, 1, RLENGTH)
        next
    }
    n = key_parts(text, parts)
    if (n == 0 || substr(rest, 1, 1) != "=") { add(line); next }
    key = at joined(parts, n)
    rest = substr(rest, 2)
    depth = 0; open = ""; cut = 0; dropping = 0
    skipping = follow(rest)
    for (s = 1; s <= settings; s++) {
        if (whole[s] == key) {
            seen[s] = 1
            if (!skipping && plain(rest) == value[s]) break
            match(line, /^[ \t]*/)
            prefix = substr(text, 1, length(text) - length(rest) - 1)
            sub(/[ \t]+$/, "", prefix)
            add(substr(line, 1, RLENGTH) prefix " = " value[s])
            dropping = 1
            break
        }
        if (index(whole[s], key SUBSEP) == 1)
            fail("line " NR ": " title_of(key) " is written in one line: make it a table of its own")
    }
    if (!dropping) add(line)
}
function title_of(key) { key = substr(key, 2); gsub(SUBSEP, ".", key); return key }
END {
    if (failed) exit 1
    for (s = 1; s <= settings; s++) {
        if (seen[s]) continue
        for (list in lists)
            if (index(home[s] SUBSEP, list SUBSEP) == 1) fail(title_of(list) " is a list of tables")
        here = home[s]
        setting = name[s] " = " value[s] "\n"
        if (here in start) {
            late[start[here]] = late[start[here]] margin[here] (here == "" ? "" : "  ") setting
            continue
        }
        if (!(here in fresh)) { order[++tables] = here; titles[here] = head[s] }
        fresh[here] = fresh[here] "  " setting
    }
    printf "%s", late[0]
    for (i = 1; i <= count; i++) { print lines[i]; if (i in late) printf "%s", late[i] }
    for (i = 1; i <= tables; i++) {
        if (count + i > 1) print ""
        printf "[%s]\n%s", titles[order[i]], fresh[order[i]]
    }
}
' "$mc_file"
)

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

mc_note() { # kind thing value
    printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$mc_ledger/notes"
    mc_flush "$mc_ledger/notes"
}

mc_noted() { grep -Fqs "$1	$2	${3:-}" "$mc_ledger/notes"; } # kind thing [value]

# Notes a thing that has no note of its kind yet.
mc_note_first() { mc_noted "$1" "$2" || mc_note "$1" "$2" "$3"; } # kind thing value

# Whether there is a ledger; a host that was set up without one gets none.
mc_ledger() {
    if [ -d "$mc_ledger/kept" ]; then
        # A power cut may have left half a line.
        if [ -s "$mc_ledger/notes" ] && [ -n "$(tail -c 1 "$mc_ledger/notes")" ]; then
            sed '$d' "$mc_ledger/notes" >"$mc_ledger/notes.new"
            mv -f "$mc_ledger/notes.new" "$mc_ledger/notes"
        fi
        return 0
    fi
    [ ! -e "${mc_ledger%/*}/pod-network" ] || return 1
    mkdir -p "$mc_ledger/kept" 2>/dev/null && chmod 700 "$mc_ledger"
}

# Notes what there is, before it is changed.
mc_keep() { # file|folder|data|unit|setting|module|swap|hold thing…
    mc_ledger || return 0
    mc_kind=$1
    shift
    for mc_thing; do
        mc_noted "$mc_kind" "$mc_thing" || "mc_keep_$mc_kind" "$mc_thing"
    done
}

# Whether nobody will miss the state of a file: of what is gone after a boot, of our own notes, and of what goes
# or stays with all of its folder.
mc_fleeting() {
    case $1 in
    /run/* | "${mc_ledger%/*}"/*) return 0 ;;
    # a ledger there is a test's
    /tmp/*) case $mc_ledger in /tmp/*) ;; *) return 0 ;; esac ;;
    esac
    mc_above=${1%/*}
    while [ -n "$mc_above" ]; do
        if mc_noted data "$mc_above" none || mc_noted data "$mc_above" empty; then return 0; fi
        mc_above=${mc_above%/*}
    done
    return 1
}

mc_keep_file() {
    ! mc_fleeting "$1" || return 0
    mc_keep_folder "${1%/*}"
    if [ -e "$1" ] || [ -L "$1" ]; then
        mc_copy=$(mktemp -d "$mc_ledger/kept/XXXXXX")
        cp -a -- "$1" "$mc_copy/file"
        sync
        mc_note file "$1" "${mc_copy##*/}"
    else
        mc_note file "$1" none
    fi
}

# Of a folder that is not there yet, and of those above it.
mc_keep_folder() {
    mc_above=$1
    while [ -n "$mc_above" ] && [ ! -d "$mc_above" ]; do
        mc_note_first folder "$mc_above" none
        mc_above=${mc_above%/*}
    done
}

mc_keep_data() {
    mc_above=${1%/*}
    # The package manager takes away a folder that was empty before as well.
    if [ -d "$mc_above" ] && [ -z "$(ls -A "$mc_above")" ]; then
        mc_note_first place "$mc_above" "$(stat -c '%a %u:%g' "$mc_above")"
    fi
    if [ ! -e "$1" ] || mc_noted folder "$1"; then
        mc_note data "$1" none
    elif [ -d "$1" ] && [ -z "$(ls -A "$1")" ]; then
        mc_note_first place "$1" "$(stat -c '%a %u:%g' "$1")"
        mc_note data "$1" empty
    else
        mc_note data "$1" full
    fi
}

mc_keep_unit() {
    mc_enabled=$(systemctl is-enabled "$1" 2>/dev/null) || :
    mc_active=$(systemctl is-active "$1" 2>/dev/null) || :
    mc_note unit "$1" "${mc_enabled:-not-found} ${mc_active:-unknown}"
}

mc_keep_setting() {
    mc_file=/proc/sys/$(printf '%s' "$1" | tr . /)
    [ ! -r "$mc_file" ] || mc_note setting "$1" "$(cat "$mc_file")"
}

mc_keep_module() { grep -qs "^$1 " /proc/modules || mc_note module "$1" none; }

mc_keep_swap() { mc_note swap "$1" "$(awk -v device="$1" '$1 == device { print $5 }' /proc/swaps)"; }

mc_keep_hold() { mc_note hold "$1" "$(apt-mark showhold "$1")"; }

# Puts a file into its place, once what was there is noted; by its sum it is known again as ours.
mc_put() { # new path
    mc_flush "$1"
    mc_keep file "$2"
    if mc_noted file "$2"; then
        mc_sum=$(sha256sum <"$1")
        mc_noted wrote "$2" "${mc_sum%% *}" || mc_note wrote "$2" "${mc_sum%% *}"
    fi
    mv -f -- "$1" "$2"
}

mc_packages() { dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort -u; }

# Notes which packages have come and gone since the list of before was made.
mc_settle() {
    [ -s "$mc_ledger/packages" ] || return 0
    mc_packages >"$mc_ledger/packages.now"
    comm -13 "$mc_ledger/packages" "$mc_ledger/packages.now" | while read -r mc_thing; do
        mc_note_first package "$mc_thing" came
    done
    comm -23 "$mc_ledger/packages" "$mc_ledger/packages.now" | while read -r mc_thing; do
        mc_noted package "$mc_thing" || mc_note_first gone "$mc_thing" gone
    done
    rm -f "$mc_ledger/packages" "$mc_ledger/packages.now"
}

# Installs packages; those that come with it are noted.
mc_install() { # option or package…
    if mc_ledger; then
        mc_settle
        mc_packages >"$mc_ledger/packages.new"
        for mc_word; do
            mc_thing=${mc_word%%=*}
            case $mc_thing in
            -*) ;;
            *)
                if ! grep -Fqx "$mc_thing" "$mc_ledger/packages.new"; then
                    mc_note_first package "$mc_thing" asked
                elif [ -n "$(apt-mark showauto "$mc_thing")" ] && ! mc_noted package "$mc_thing"; then
                    mc_note_first mark "$mc_thing" auto
                fi
                ;;
            esac
        done
        mc_flush "$mc_ledger/packages.new"
        mv -f "$mc_ledger/packages.new" "$mc_ledger/packages"
    fi
    export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l
    mc_patiently tries=3 apt-get -qy --no-install-recommends -o Acquire::Retries=0 \
        -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold install "$@"
    ! mc_ledger || mc_settle
}

# a fact
value_0() {
. /etc/os-release; printf '%s' "$ID"
}

# swap is off now
when_1() {
test -e /proc/swaps
}
check_1() {
test -z "$(tail -n +2 /proc/swaps)"
}
apply_1() {
swapoff -a
}

# packages are installed
check_2() {
dpkg -s chrony
}
apply_2() {
mc_patiently tries=3 apt-get install -y chrony
}

# something is there
check_3() { [ -e '/opt/thing' ]; }
apply_3() {
touch /opt/thing
}

# the user has a folder
check_4() { [ -e '/tmp/'"${OS?}" ]; }
apply_4() {
mc_as_login_user 'set -eu
mkdir "/tmp/$OS"'
}

# a file with a value
want_5() { printf '%s' 'address '"${ADDRESS?}"'
literal ${ADDRESS}
'; }
check_5() { mc_same want_5 '/etc/it'\''s.conf' 644 %U:%G 'root:root'; }
apply_5() { mc_write want_5 '/etc/it'\''s.conf' 644 %U:%G 'root:root'; }

# a file with a secret
want_6() { printf '%s' 'password '"${PASSWORD?}"; }
check_6() { mc_same want_6 '/etc/secret.conf' 600 %u:%g '0:0'; }
apply_6() { mc_write want_6 '/etc/secret.conf' 600 %u:%g '0:0'; }

# an old file is away
check_7() { mc_away '/etc/old.conf'; }
apply_7() { mc_keep file '/etc/old.conf'; rm -f -- '/etc/old.conf'; }

# keys of a TOML file
want_8() { mc_toml '/etc/containerd/config.toml' 3 3 'plugins' 'a.b' 'image' text "${ADDRESS?}"'/pause' 3 'plugins' 'a.b' 'on' bare 'true' 3 'plugins' 'a.b' 'list' list 2 'x' 'it'\''s'; }
check_8() { mc_same want_8 '/etc/containerd/config.toml' '' '' ''; }
apply_8() { mc_write want_8 '/etc/containerd/config.toml' '' '' ''; }

# the token is known
check_9() { [ -e '/etc/token' ]; }
apply_9() {
head -c 16 /dev/urandom >/etc/token
}
value_9() {
cat /etc/token
}

# reload
handler_0() {
systemctl daemon-reload
}

mc_start
mc_meet
mc_step 0 query register=OS
mc_step 1 when timeout=60 retries=5
mc_step 2 timeout=0
mc_step 3 look timeout=300 notify=0:reload-e63a3057857524a3
mc_step 4 timeout=300
mc_step 5 look short notify=0:reload-e63a3057857524a3
mc_step 6 look short
mc_step 7 look short
mc_step 8 look short
mc_step 9 look timeout=300 register=TOKEN
mc_handler 0 reload-e63a3057857524a3
mc_finish
}
