extension ShellLibrary {
    /// Shell that writes a file so that nobody sees half of it.
    static let fileWrite = #"""
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
        """#
}
