import Playbook

/// The shell program that holds a cluster's lock on its first control plane for as long as its channel stands.
///
/// The kernel lets go of the lock when the program ends, however it ends: told to, because its channel is closed, or
/// because the machine went down. It says something every quarter of a minute, so that the host's TCP notices a
/// workstation that is gone without a word; without anything to send it would never look.
enum LockProgram {
    /// What tells the program to let go: more than a shell reads ahead, as for a playbook's program.
    static let stop = [UInt8](repeatElement(Array("stop\n".utf8), count: 4096).joined())

    /// The program.
    ///
    /// - Parameters:
    ///   - folder: where locks are on the host; only root may write there.
    ///   - cluster: the cluster's name.
    ///   - holder: who wants the lock.
    ///   - takesOver: whether the lock is taken from whoever holds it; a run always takes it from itself.
    ///   - token: a word that no output contains by chance.
    /// - Returns: the shell's input.
    static func text(
        folder: String, cluster: String, holder: LockHolder, takesOver: Bool, token: String
    ) -> String {
        """
        {
        token=\(token) folder=\(quoted(folder)) name=\(quoted(cluster)) take=\(takesOver ? "yes" : "")
        holder=\(quoted(holder.text)) run=\(quoted(holder.run))
        \(body)
        }

        """
    }

    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

    private static let body = #"""
        export LC_ALL=C PATH="$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        umask 077
        file=$folder/$name.lock
        say() { printf '\n%s %s\n' "$token" "$1"; }
        tell() { sed "s/^/$token - /" "$1" 2>/dev/null; }
        refuse() { say "impossible $1"; exit 0; }
        command -v flock >/dev/null || refuse 'it has no flock; install util-linux'
        mkdir -p "$folder" || refuse "$folder cannot be made"
        : 2>/dev/null >>"$file" || refuse "$file cannot be written"
        exec 9<>"$file"
        if ! flock -n 9; then
            # who has just got it may not have said yet who it is
            grep -q '^pid ' "$file" || sleep 1
            [ "$(sed -n 's/^run //p' "$file")" != "$run" ] || take=yes
            pid=$(sed -n 's/^pid //p' "$file")
            # a number alone may be anybody's by now
            if [ -n "$take" ] && [ "$(readlink "/proc/$pid/fd/9")" = "$(readlink "/proc/$$/fd/9")" ]; then
                printf '%s' "$holder" >"$file.next"
                kill -TERM "$pid"
                if flock -w 20 9; then rm -f "$file.next"; else pid=''; fi
            else
                pid=''
            fi
            if [ -z "$pid" ]; then
                tell "$file"
                say held
                exit 0
            fi
        fi
        taken=''
        trap 'taken=yes' TERM
        printf '%spid %s\n' "$holder" "$$" >"$file"
        {
            {
                exec >/dev/null 2>&1
                while IFS= read -r line && [ "$line" != stop ]; do :; done
            } <&3 9>&- &
        } 3<&0
        ear=$!
        {
            # Not SIGTERM: between fork and exec a child still takes it for the shell's own, and loses it.
            trap 'kill -KILL "$!" 2>/dev/null; exit 0' TERM
            while kill -0 "$$" 2>/dev/null; do
                sleep 15 >/dev/null 2>&1 &
                wait "$!"
                say beat
            done
        } 9>&- &
        beats=$!
        say got
        wait "$ear"
        kill "$beats" "$ear" 2>/dev/null
        if [ -n "$taken" ]; then
            tell "$file.next"
            say taken
        else
            : >"$file"
        fi
        exit 0
        """#
}
