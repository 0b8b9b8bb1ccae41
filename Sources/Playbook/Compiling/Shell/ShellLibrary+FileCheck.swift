extension ShellLibrary {
    /// Shell that tells whether a file is right.
    static let fileCheck = #"""
        # Whether a file has the content that a function prints, and mode and owner if they are given.
        mc_same() { # function path mode owner-format owner
            [ -f "$2" ] && [ ! -L "$2" ] || return 1
            [ -z "$3" ] || [ "$(stat -c "%a $4" -- "$2")" = "$3 $5" ] || return 1
            "$1" | cmp -s - "$2"
        }

        mc_away() { [ ! -e "$1" ] && [ ! -L "$1" ]; }
        """#
}
