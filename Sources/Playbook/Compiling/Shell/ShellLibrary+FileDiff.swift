extension ShellLibrary {
    /// Shell that shows how a file would change.
    static let fileDiff = #"""
        # What would change in a file, as a unified diff; mode and owner stand in its head.
        mc_compare() { # function path mode owner-format owner
            if [ -f "$2" ] && [ ! -L "$2" ]; then
                printf -- '--- %s (%s)\n' "$2" "$(stat -c "%a ${4:-%U:%G}" -- "$2")"
                mc_old=$2
            else
                printf -- '--- /dev/null\n'
                mc_old=/dev/null
            fi
            if [ -n "$1" ]; then
                printf -- '+++ %s%s\n' "$2" "${3:+ ($3 $5)}"
                "$1" | diff -u "$mc_old" - | sed 1,2d | head -c 100000
            else
                printf -- '+++ /dev/null\n'
                diff -u "$mc_old" /dev/null | sed 1,2d | head -c 100000
            fi
        }
        """#
}
