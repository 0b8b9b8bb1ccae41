extension ShellLibrary {
    /// The function that `brings` of playbooks call for packages.
    static let fetchesName = "mc_fetches"

    /// Shell that tells what apt would fetch.
    static let fetches = #"""
        # What apt would fetch to install packages, by the lists that it has: a line `BYTES NAME` each. It fails where
        # apt does not know them; it takes no lock, and changes nothing.
        mc_fetches() { # option or package…
            mc_uris=$(apt-get -qq -y --no-install-recommends -o Debug::NoLocking=1 --print-uris install "$@") || return 1
            printf '%s\n' "$mc_uris" | awk '$3 ~ /^[0-9]+$/ { sub(/_[^_]*$/, "", $2); sub(/_/, " ", $2); print $3, $2 }'
        }
        """#
}
