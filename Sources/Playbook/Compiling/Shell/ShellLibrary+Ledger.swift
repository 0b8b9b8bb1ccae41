extension ShellLibrary {
    /// The functions that bodies of playbooks call to have something noted in the ledger.
    static let ledgerNames = ["mc_keep", "mc_put", installName] + restorationNames
    /// The function that bodies of playbooks call to install packages.
    static let installName = "mc_install"

    /// Shell that notes in a ledger on the host what there was before it is changed, so that a reset can put it back.
    ///
    /// The ledger is a folder of root's alone with `notes`, a line `KIND TAB THING TAB VALUE` for each thing, and `kept`,
    /// copies of files; a note is on the disk before the change is made, and the first one of a thing stays. Files of
    /// `file:` and `toml:` steps come into it by themselves; what a playbook changes by hand is named with `mc_keep`,
    /// put in its place with `mc_put`, or installed with `mc_install`. A host that an edition without ledger has set up
    /// gets none: what was before is not to be known any more.
    ///
    /// Kinds: `file` (name of its copy, or `none`), `wrote` (SHA-256 of what was put there), `folder` (made on the way
    /// to a file), `data` (`none` or `empty`: all that is in it now came later), `place` (of an empty folder, its mode and
    /// owner), `unit` (enabled? active?), `setting` (of
    /// the kernel), `module`, `swap` (priority), `hold` and `mark` (of packages that were there), `package` (`asked` for,
    /// or `came` with one; was not there), `gone` (a package that another one took away).
    static let ledger = #"""
        mc_note() { # kind thing value
            printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$mc_ledger/notes"
            mc_flush "$mc_ledger/notes"
        }

        mc_noted() { grep -Fqs "$1\#t$2\#t${3:-}" "$mc_ledger/notes"; } # kind thing [value]

        # Notes a thing that has no note of its kind yet.
        mc_note_first() { mc_noted "$1" "$2" || mc_note "$1" "$2" "$3"; } # kind thing value

        # Whether there is a ledger; a host that was set up without one gets none.
        mc_ledger() {
            if [ -d "$mc_ledger/kept" ]; then
                # A power cut may have left half a line.
                if [ -s "$mc_ledger/notes" ] && [ -n "$(tail -c 1 "$mc_ledger/notes")" ]; then
                    sed '$d' "$mc_ledger/notes" >"$mc_ledger/notes.new"
                    mv -f "$mc_ledger/notes.new" "$mc_ledger/notes"
                fi
                return 0
            fi
            [ ! -e "${mc_ledger%/*}/pod-network" ] || return 1
            mkdir -p "$mc_ledger/kept" 2>/dev/null && chmod 700 "$mc_ledger"
        }

        # Notes what there is, before it is changed.
        mc_keep() { # file|folder|data|unit|setting|module|swap|hold thing…
            mc_ledger || return 0
            mc_kind=$1
            shift
            for mc_thing; do
                mc_noted "$mc_kind" "$mc_thing" || "mc_keep_$mc_kind" "$mc_thing"
            done
        }

        # Whether nobody will miss the state of a file: of what is gone after a boot, of our own notes, and of what goes
        # or stays with all of its folder.
        mc_fleeting() {
            case $1 in
            /run/* | "${mc_ledger%/*}"/*) return 0 ;;
            # a ledger there is a test's
            /tmp/*) case $mc_ledger in /tmp/*) ;; *) return 0 ;; esac ;;
            esac
            mc_above=${1%/*}
            while [ -n "$mc_above" ]; do
                if mc_noted data "$mc_above" none || mc_noted data "$mc_above" empty; then return 0; fi
                mc_above=${mc_above%/*}
            done
            return 1
        }

        mc_keep_file() {
            ! mc_fleeting "$1" || return 0
            mc_keep_folder "${1%/*}"
            if [ -e "$1" ] || [ -L "$1" ]; then
                mc_copy=$(mktemp -d "$mc_ledger/kept/XXXXXX")
                cp -a -- "$1" "$mc_copy/file"
                sync
                mc_note file "$1" "${mc_copy##*/}"
            else
                mc_note file "$1" none
            fi
        }

        # Of a folder that is not there yet, and of those above it.
        mc_keep_folder() {
            mc_above=$1
            while [ -n "$mc_above" ] && [ ! -d "$mc_above" ]; do
                mc_note_first folder "$mc_above" none
                mc_above=${mc_above%/*}
            done
        }

        mc_keep_data() {
            mc_above=${1%/*}
            # The package manager takes away a folder that was empty before as well.
            if [ -d "$mc_above" ] && [ -z "$(ls -A "$mc_above")" ]; then
                mc_note_first place "$mc_above" "$(stat -c '%a %u:%g' "$mc_above")"
            fi
            if [ ! -e "$1" ] || mc_noted folder "$1"; then
                mc_note data "$1" none
            elif [ -d "$1" ] && [ -z "$(ls -A "$1")" ]; then
                mc_note_first place "$1" "$(stat -c '%a %u:%g' "$1")"
                mc_note data "$1" empty
            else
                mc_note data "$1" full
            fi
        }

        mc_keep_unit() {
            mc_enabled=$(systemctl is-enabled "$1" 2>/dev/null) || :
            mc_active=$(systemctl is-active "$1" 2>/dev/null) || :
            mc_note unit "$1" "${mc_enabled:-not-found} ${mc_active:-unknown}"
        }

        mc_keep_setting() {
            mc_file=/proc/sys/$(printf '%s' "$1" | tr . /)
            [ ! -r "$mc_file" ] || mc_note setting "$1" "$(cat "$mc_file")"
        }

        mc_keep_module() { grep -qs "^$1 " /proc/modules || mc_note module "$1" none; }

        mc_keep_swap() { mc_note swap "$1" "$(awk -v device="$1" '$1 == device { print $5 }' /proc/swaps)"; }

        mc_keep_hold() { mc_note hold "$1" "$(apt-mark showhold "$1")"; }

        # Puts a file into its place, once what was there is noted; by its sum it is known again as ours.
        mc_put() { # new path
            mc_flush "$1"
            mc_keep file "$2"
            if mc_noted file "$2"; then
                mc_sum=$(sha256sum <"$1")
                mc_noted wrote "$2" "${mc_sum%% *}" || mc_note wrote "$2" "${mc_sum%% *}"
            fi
            mv -f -- "$1" "$2"
        }

        mc_packages() { dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort -u; }

        # Notes which packages have come and gone since the list of before was made.
        mc_settle() {
            [ -s "$mc_ledger/packages" ] || return 0
            mc_packages >"$mc_ledger/packages.now"
            comm -13 "$mc_ledger/packages" "$mc_ledger/packages.now" | while read -r mc_thing; do
                mc_note_first package "$mc_thing" came
            done
            comm -23 "$mc_ledger/packages" "$mc_ledger/packages.now" | while read -r mc_thing; do
                mc_noted package "$mc_thing" || mc_note_first gone "$mc_thing" gone
            done
            rm -f "$mc_ledger/packages" "$mc_ledger/packages.now"
        }

        # Installs packages; those that come with it are noted.
        mc_install() { # option or package…
            if mc_ledger; then
                mc_settle
                mc_packages >"$mc_ledger/packages.new"
                for mc_word; do
                    mc_thing=${mc_word%%=*}
                    case $mc_thing in
                    -*) ;;
                    *)
                        if ! grep -Fqx "$mc_thing" "$mc_ledger/packages.new"; then
                            mc_note_first package "$mc_thing" asked
                        elif [ -n "$(apt-mark showauto "$mc_thing")" ] && ! mc_noted package "$mc_thing"; then
                            mc_note_first mark "$mc_thing" auto
                        fi
                        ;;
                    esac
                done
                mc_flush "$mc_ledger/packages.new"
                mv -f "$mc_ledger/packages.new" "$mc_ledger/packages"
            fi
            export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l
            mc_patiently tries=3 apt-get -qy --no-install-recommends -o Acquire::Retries=0 \
                -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold install "$@"
            ! mc_ledger || mc_settle
        }
        """#
}
