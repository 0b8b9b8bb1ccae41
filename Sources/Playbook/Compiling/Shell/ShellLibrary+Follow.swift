extension ShellLibrary {
    /// Shell that takes up the journal of a program whose connection broke.
    ///
    /// It says `resume`, then the journal's bytes from where the other side has them, or `gone` when there is
    /// none: then the program has changed nothing, or the host has restarted since. By `gone` it also takes the
    /// folder's name, so that a program that still looks at the host finds it taken when it comes to change it,
    /// and ends.
    static let follow = #"""
        mc_say() { printf '%s' "$1"; }

        mc_follow() { # bytes-that-are-known
            mc_place
            mc_folder=$mc_state/$mc_token mc_new=1
            mc_start
            umask 077
            [ -d "$mc_state" ] || mkdir -p "$mc_state"
            ! mkdir "$mc_folder" 2>/dev/null || mc_free "$mc_folder/owner"
            # The owner file is written last, within moments of the folder.
            for _ in 1 2 3 4 5; do
                [ -d "$mc_folder" ] && [ ! -s "$mc_folder/owner" ] || break
                mc_pause 1
            done
            if [ ! -f "$mc_folder/journal" ] || ! mc_ours; then
                kill "$mc_listener"
                mc_emit gone
                exit 0
            fi
            mc_emit resume
            tail -c "+$(($1 + 1))" -f "$mc_folder/journal" 2>/dev/null &
            mc_follower=$!
            while [ -z "$mc_over" ]; do
                if mc_lives "$mc_folder/owner"; then
                    [ -z "$mc_stop" ] || [ -z "$mc_main" ] || kill -USR1 "$mc_main"
                    mc_stop=''
                elif [ -z "$mc_end" ]; then
                    printf '\n%s killed\n' "$mc_token" >>"$mc_folder/journal"
                    mc_free "$mc_folder/owner"
                fi
                mc_pause 1
            done
            kill "$mc_follower"
            [ ! -e "$mc_folder/heard" ] || rm -rf "$mc_folder"
            exit 0
        }
        """#
}
