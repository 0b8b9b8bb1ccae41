extension ShellLibrary {
    /// Shell and awk that print a TOML file with some keys set and all else kept.
    static let toml = #"""
        # Prints a TOML file with keys set. The settings reach awk by the environment, so that no value stands
        # in a process list.
        mc_toml() ( # path, then the words that the head of the awk program describes
            mc_file=$1 mc_count=0
            shift
            for mc_word; do
                mc_count=$((mc_count + 1))
                export "MC_TOML_$mc_count=$mc_word"
            done
            [ -f "$mc_file" ] || mc_file=/dev/null
            awk '
        # Sets keys of a TOML file and keeps every other line. The keys come by the environment: MC_TOML_1 is
        # the number of settings, then for each: number of key parts, the parts, kind (text, bare, list), and
        # the value or the number of items and the items.
        function next_word() { return ENVIRON["MC_TOML_" (++word)] }
        function fail(why) { print why | "cat 1>&2"; failed = 1; exit 1 }
        function escaped(text,    out, i, c) {
            out = ""
            for (i = 1; i <= length(text); i++) {
                c = substr(text, i, 1)
                if (c == "\\" || c == "\"") c = "\\" c
                else if (c == "\n") c = "\\n"
                else if (c == "\t") c = "\\t"
                else if (c == "\r") c = "\\r"
                out = out c
            }
            return "\"" out "\""
        }
        # Reads dotted key parts from the start of a text, leaves in rest what follows, returns how many.
        function key_parts(text, parts,    n, i, c, part, q) {
            n = 0
            while (1) {
                sub(/^[ \t]+/, "", text)
                c = substr(text, 1, 1)
                if (c == "\"" || c == Q) {
                    part = ""
                    for (i = 2; i <= length(text); i++) {
                        q = substr(text, i, 1)
                        if (q == c) break
                        if (q == "\\" && c == "\"") q = substr(text, ++i, 1)
                        part = part q
                    }
                    text = substr(text, i + 1)
                } else if (match(text, /^[A-Za-z0-9_-]+/)) {
                    part = substr(text, 1, RLENGTH)
                    text = substr(text, RLENGTH + 1)
                } else return 0
                parts[++n] = part
                sub(/^[ \t]+/, "", text)
                if (substr(text, 1, 1) != ".") { rest = text; return n }
                text = substr(text, 2)
            }
        }
        function joined(parts, n,    i, out) {
            out = ""
            for (i = 1; i <= n; i++) out = out SUBSEP parts[i]
            return out
        }
        # Follows a value through a line: depth of brackets, and whether a text of several lines is open.
        function follow(text,    i, c, three) {
            for (i = 1; i <= length(text); i++) {
                c = substr(text, i, 1)
                three = substr(text, i, 3)
                if (open != "") {
                    if (open ~ /^["]/ && c == "\\") i++
                    else if (length(open) == 3 && three == open) { open = ""; i += 2 }
                    else if (length(open) == 1 && c == open) open = ""
                } else if (three == "\"\"\"" || three == Q Q Q) { open = three; i += 2 }
                else if (c == "\"" || c == Q) open = c
                else if (c == "#") { cut = i; break }
                else if (c == "[" || c == "{") depth++
                else if (c == "]" || c == "}") depth--
            }
            if (length(open) == 1) open = ""
            return depth > 0 || open != ""
        }
        # The value in the line without comment and blanks, in double quotes where it was in single ones.
        function plain(text) {
            if (cut) text = substr(text, 1, cut - 1)
            gsub(/^[ \t]+|[ \t\r]+$/, "", text)
            if (text ~ ("^" Q "[^" Q "\\\\\"]*" Q "$")) text = "\"" substr(text, 2, length(text) - 2) "\""
            return text
        }
        function bare(part) { return part ~ /^[A-Za-z0-9_-]+$/ ? part : escaped(part) }
        function add(line) { lines[++count] = line }
        # A setting that the table at hand did not have goes to where that table began.
        BEGIN {
            Q = "\047"
            settings = next_word() + 0
            for (s = 1; s <= settings; s++) {
                n = next_word() + 0
                full = ""; table = ""; title = ""
                for (i = 1; i <= n; i++) {
                    part = next_word()
                    if (i == n) { name[s] = bare(part); home[s] = full; head[s] = title }
                    full = full SUBSEP part
                    title = title (i > 1 ? "." : "") bare(part)
                }
                whole[s] = full
                kind = next_word()
                if (kind == "text") value[s] = escaped(next_word())
                else if (kind == "bare") value[s] = next_word()
                else {
                    m = next_word() + 0
                    value[s] = "["
                    for (i = 1; i <= m; i++) value[s] = value[s] (i > 1 ? ", " : "") escaped(next_word())
                    value[s] = value[s] "]"
                }
            }
            at = ""; start[""] = 0
        }
        {
            line = $0
            if (skipping) { skipping = follow(line); if (dropping) next; add(line); next }
            text = line
            sub(/^[ \t]+/, "", text)
            if (text == "" || text ~ /^#/) { add(line); next }
            if (text ~ /^\[\[/) {
                n = key_parts(substr(text, 3), parts)
                at = joined(parts, n) SUBSEP "[]"
                lists[joined(parts, n)] = 1
                add(line); next
            }
            if (text ~ /^\[/) {
                n = key_parts(substr(text, 2), parts)
                at = joined(parts, n)
                add(line)
                if (!(at in start)) start[at] = count
                match(line, /^[ \t]*/); margin[at] = substr(line, 1, RLENGTH)
                next
            }
            n = key_parts(text, parts)
            if (n == 0 || substr(rest, 1, 1) != "=") { add(line); next }
            key = at joined(parts, n)
            rest = substr(rest, 2)
            depth = 0; open = ""; cut = 0; dropping = 0
            skipping = follow(rest)
            for (s = 1; s <= settings; s++) {
                if (whole[s] == key) {
                    seen[s] = 1
                    if (!skipping && plain(rest) == value[s]) break
                    match(line, /^[ \t]*/)
                    prefix = substr(text, 1, length(text) - length(rest) - 1)
                    sub(/[ \t]+$/, "", prefix)
                    add(substr(line, 1, RLENGTH) prefix " = " value[s])
                    dropping = 1
                    break
                }
                if (index(whole[s], key SUBSEP) == 1)
                    fail("line " NR ": " title_of(key) " is written in one line: make it a table of its own")
            }
            if (!dropping) add(line)
        }
        function title_of(key) { key = substr(key, 2); gsub(SUBSEP, ".", key); return key }
        END {
            if (failed) exit 1
            for (s = 1; s <= settings; s++) {
                if (seen[s]) continue
                for (list in lists)
                    if (index(home[s] SUBSEP, list SUBSEP) == 1) fail(title_of(list) " is a list of tables")
                here = home[s]
                setting = name[s] " = " value[s] "\n"
                if (here in start) {
                    late[start[here]] = late[start[here]] margin[here] (here == "" ? "" : "  ") setting
                    continue
                }
                if (!(here in fresh)) { order[++tables] = here; titles[here] = head[s] }
                fresh[here] = fresh[here] "  " setting
            }
            printf "%s", late[0]
            for (i = 1; i <= count; i++) { print lines[i]; if (i in late) printf "%s", late[i] }
            for (i = 1; i <= tables; i++) {
                if (count + i > 1) print ""
                printf "[%s]\n%s", titles[order[i]], fresh[order[i]]
            }
        }
        ' "$mc_file"
        )
        """#
}
