extension ShellLibrary {
    /// Shell that makes a program outlive its connection from its first change on.
    ///
    /// Until then it only looks, and what it says goes straight to the channel: a run with nothing to change
    /// costs no file and no process for this. At the first change it makes the folder `STATE/TOKEN` (0700) with
    /// `journal`, all that it has said after its `hello` and all that it and its steps will say, and `owner`.
    /// The channel is then fed from the journal, so a channel that is slow or gone holds up no step. Once the
    /// other side says that it has heard the end, the folder is removed; without that it stays, for ten
    /// minutes at least, for a connection that takes it up.
    static let journal = #"""
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
        """#
}
