extension ShellLibrary {
    /// Shell that lets one program at a time change the host.
    ///
    /// The lock is the file `lock-HOST.N` of the greatest N, a hard link to its holder's owner file: making it
    /// is one step that only one can do, and it comes with its content. Whoever finds the greatest one free or
    /// its holder dead makes the next; the greatest is never removed, so that two who look at the same time can
    /// never both have won.
    static let lock = #"""
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
        """#
}
