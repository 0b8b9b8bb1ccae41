extension ShellLibrary {
    /// The functions that bodies of playbooks call to go by the ledger.
    static let restorationNames = ["mc_notes", "mc_forget"]

    /// Shell that reads the ledger, and takes out of it what was put back.
    static let restoration = #"""
        # The notes of a kind, a line each: value, blank, thing; whole lines alone.
        mc_notes() { awk -F '\t' -v kind="$1" '$1 == kind && NF == 3 { print $3, $2 }' "$mc_ledger/notes"; }

        mc_forget() { # kind…
            for mc_kind; do
                awk -F '\t' -v kind="$mc_kind" '$1 != kind' "$mc_ledger/notes" >"$mc_ledger/notes.new"
                mc_flush "$mc_ledger/notes.new"
                mv -f "$mc_ledger/notes.new" "$mc_ledger/notes"
            done
        }
        """#
}
