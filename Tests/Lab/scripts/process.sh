# shellcheck shell=sh
# Long-running processes of the lab, each with NAME.pid and NAME.log. Read with `.`.

# process_runs FILE: whether the process that FILE names lives and is the one that was started then (a process id comes back
# after a while, the time of its start does not). Leaves that number in process_pid.
process_runs() {
    [ -s "$1" ] || return 1
    read -r process_pid process_then <"$1" || return 1
    [ "$(process_begun "$process_pid")" = "$process_then" ]
}

# process_begun PID: the clock ticks after boot at which the process began; nothing where there is none.
process_begun() {
    # The name in brackets may hold spaces.
    sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20
}

# process_start NAME COMMAND…: starts COMMAND in a session of its own unless it runs.
process_start() {
    process_name=$1
    shift
    ! process_runs "$process_name.pid" || return 0
    setsid "$@" >>"$process_name.log" 2>&1 </dev/null 9>&- &
    printf '%s %s\n' "$!" "$(process_begun "$!")" >"$process_name.pid"
}

# process_stop FILE: ends that process, by force after five seconds.
process_stop() {
    if process_runs "$1"; then
        kill "$process_pid" 2>/dev/null || :
        process_wait=0
        while process_runs "$1"; do
            process_wait=$((process_wait + 1))
            [ "$process_wait" -ne 50 ] || kill -KILL "$process_pid" 2>/dev/null || :
            [ "$process_wait" -lt 100 ] || die "process $process_pid ($1) does not end"
            sleep 0.1
        done
    fi
    rm -f "$1"
}
