# shellcheck shell=sh disable=SC2016,SC2034,SC2317
# Every feature
{
mc_token=mc-golden mc_state='/run/mooc-cluster' mc_host=cbf29ce484222325
export LC_ALL=C PATH="$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
umask 022
mc_dues='/var/lib/mooc-cluster/due'
export ADDRESS='198.51.100.1'
export PASSWORD='it'\''s
a secret'

mc_failed='' mc_stop='' mc_over='' mc_woken='' mc_notes='' mc_past='' mc_new='' mc_kept=''
mc_folder='' mc_cuttable=''
mc_emit() {
    mc_say "
$mc_token $*
"
}

# Reads the channel: `stop` ends the work, its end says that nobody hears, and `done` that all of a
# journal was heard.
mc_listen() {
    # By exec: a shell keeps what it redirects for a function open elsewhere, and so the channel.
    exec <&3 3<&- >/dev/null 2>&1
    mc_told=''
    while IFS= read -r mc_line; do
        case $mc_line in
        done)
            : >"$mc_folder/heard"
            break
            ;;
        stop)
            [ -n "$mc_told" ] || kill -USR1 "$$"
            mc_told=1
            ;;
        esac
    done
    kill -USR2 "$$"
}

mc_start() {
    exec 2>&1
    trap : PIPE HUP
    trap 'mc_stop=1 mc_woken=1' USR1
    # Before anything has changed, nobody to hear of it is a reason to stop.
    trap 'mc_over=1 mc_woken=1; [ -n "$mc_new" ] || mc_stop=1' USR2
    { mc_listen & } 3<&0
    mc_listener=$!
    mc_emit hello "sh${BASH_VERSION:+ (bash $BASH_VERSION)}, ${LOGNAME:-${USER:-nobody knows who}}"
}

# Reads what the program says about a step: number, then words and name=value.
mc_read() {
    mc_i=$1 mc_when='' mc_query='' mc_look='' mc_short='' mc_timeout=0 mc_retries=0
    mc_diff='' mc_brings='' mc_notify='' mc_name=''
    shift
    for mc_word; do
        case $mc_word in
        when) mc_when=1 ;;
        look) mc_look=1 ;;
        short) mc_short=1 ;;
        query) mc_query=1 ;;
        brings) mc_brings=1 ;;
        diff=*) mc_diff=${mc_word#*=} ;;
        notify=*) mc_notify=${mc_word#*=} ;;
        register=*) mc_name=${mc_word#*=} ;;
        timeout=*) mc_timeout=${mc_word#*=} ;;
        retries=*) mc_retries=${mc_word#*=} ;;
        esac
    done
    mc_emit start "$mc_i"
}

# Runs shell as the user who logged in, where sudo is in between.
mc_as_login_user() {
    if [ -n "${SUDO_USER:-}" ]; then su -s /bin/sh -c "$1" "$SUDO_USER"; else sh -c "$1"; fi
}

# Reads a value, and says what its shell had to complain of, which comes before the token.
mc_register() {
    mc_text=$(
        exec 4>&1
        mc_text=$(
            exec 2>&4 4>&-
            set -eu
            "value_$mc_i" </dev/null
        )
        printf '\n%s %s\n%s.' "$mc_token" "$?" "$mc_text"
    )
    mc_line=${mc_text%%"
$mc_token "*}
    mc_text=${mc_text#"$mc_line
$mc_token "}
    mc_say "$mc_line"
    mc_code=${mc_text%%"
"*}
    [ "$mc_code" -eq 0 ] || return 0
    mc_text=${mc_text#*"
"}
    mc_text=${mc_text%.}
    # Linux starts no program with a variable of more than 128 KiB.
    eval "$mc_name=\$mc_text"
    # shellcheck disable=SC2163 # the name in it is meant
    [ "${#mc_text}" -gt 65536 ] || export "$mc_name"
    mc_emit value "$mc_i"
    mc_say "$mc_text"
    mc_emit end-value "$mc_i"
}

mc_fail() {
    mc_failed=1
    mc_emit failed "$mc_i" "$1" "$mc_code"
}

mc_would=''
mc_say() { printf '%s' "$1"; }

# Runs a part of a step so that the first command that fails ends it.
mc_part() {
    (
        set -eu
        "$1"
    ) </dev/null
    mc_code=$?
}

# Whether the step is right: the engine's own checks need no process of their own.
mc_check() {
    if [ -n "$mc_look" ]; then
        "check_$mc_i" </dev/null
        mc_code=$?
    else
        mc_part "check_$mc_i"
    fi
}

mc_step() {
    [ -z "$mc_failed$mc_stop" ] || return 0
    mc_read "$@"
    mc_code=0
    [ -z "$mc_when" ] || mc_part "when_$mc_i"
    if [ "$mc_code" -ne 0 ]; then
        mc_emit skipped "$mc_i"
        return 0
    fi
    [ -n "$mc_query" ] || mc_check
    if [ "$mc_code" -ne 0 ]; then
        mc_would=1 mc_notes="$mc_notes ${mc_notify%%:*} "
        if [ "$mc_diff" = hidden ]; then
            mc_emit hidden "$mc_i"
        elif [ -n "$mc_diff" ]; then
            mc_emit diff "$mc_i"
            "diff_$mc_i" </dev/null
            mc_emit end-diff "$mc_i"
        fi
        if [ -n "$mc_brings" ]; then
            mc_emit brings "$mc_i"
            mc_part "brings_$mc_i" 2>/dev/null
            mc_emit end-brings "$mc_i"
        fi
        mc_emit would "$mc_i"
        return 0
    fi
    [ -z "$mc_name" ] || mc_register
    if [ "$mc_code" -eq 0 ]; then
        mc_emit ok "$mc_i"
    elif [ -n "$mc_would" ]; then
        # What it asks for may come with the changes above, so nothing can be said of it yet.
        mc_emit skipped "$mc_i"
    else
        mc_fail value
    fi
}

mc_handler() {
    [ -z "$mc_failed$mc_stop" ] || return 0
    case $mc_notes in
    *" $1 "*) ;;
    *) [ -e "$mc_dues/$2" ] || return 0 ;;
    esac
    mc_emit handler-would "$1"
}

mc_finish() {
    kill "$mc_listener" 2>/dev/null
    if [ -n "$mc_stop" ]; then mc_emit stopped; else mc_emit end; fi
    exit "${mc_failed:-0}"
}

# Whether a file has the content that a function prints, and mode and owner if they are given.
mc_same() { # function path mode owner-format owner
    [ -f "$2" ] && [ ! -L "$2" ] || return 1
    [ -z "$3" ] || [ "$(stat -c "%a $4" -- "$2")" = "$3 $5" ] || return 1
    "$1" | cmp -s - "$2"
}

mc_away() { [ ! -e "$1" ] && [ ! -L "$1" ]; }

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

# What apt would fetch to install packages, by the lists that it has: a line `BYTES NAME` each. It fails where
# apt does not know them; it takes no lock, and changes nothing.
mc_fetches() { # option or package…
    mc_uris=$(apt-get -qq -y --no-install-recommends -o Debug::NoLocking=1 --print-uris install "$@") || return 1
    printf '%s\n' "$mc_uris" | awk '$3 ~ /^[0-9]+$/ { sub(/_[^_]*$/, "", $2); sub(/_/, " ", $2); print $3, $2 }'
}

# a fact
value_0() {
. /etc/os-release; printf '%s' "$ID"
}

# swap is off now
when_1() {
test -e /proc/swaps
}
check_1() {
test -z "$(tail -n +2 /proc/swaps)"
}

# packages are installed
check_2() {
dpkg -s chrony
}
brings_2() {
mc_fetches chrony || echo '- chrony'
}

# something is there
check_3() { [ -e '/opt/thing' ]; }

# the user has a folder
check_4() { [ -e '/tmp/'"${OS?}" ]; }

# a file with a value
want_5() { printf '%s' 'address '"${ADDRESS?}"'
literal ${ADDRESS}
'; }
check_5() { mc_same want_5 '/etc/it'\''s.conf' 644 %U:%G 'root:root'; }
diff_5() { mc_compare want_5 '/etc/it'\''s.conf' 644 %U:%G 'root:root'; }

# a file with a secret
want_6() { printf '%s' 'password '"${PASSWORD?}"; }
check_6() { mc_same want_6 '/etc/secret.conf' 600 %u:%g '0:0'; }

# an old file is away
check_7() { mc_away '/etc/old.conf'; }
diff_7() { mc_compare '' '/etc/old.conf' '' '' ''; }

# keys of a TOML file
want_8() { mc_toml '/etc/containerd/config.toml' 3 3 'plugins' 'a.b' 'image' text "${ADDRESS?}"'/pause' 3 'plugins' 'a.b' 'on' bare 'true' 3 'plugins' 'a.b' 'list' list 2 'x' 'it'\''s'; }
check_8() { mc_same want_8 '/etc/containerd/config.toml' '' '' ''; }
diff_8() { mc_compare want_8 '/etc/containerd/config.toml' '' '' ''; }

# the token is known
check_9() { [ -e '/etc/token' ]; }
value_9() {
cat /etc/token
}

mc_start
mc_step 0 query register=OS
mc_step 1 when
mc_step 2 brings
mc_step 3 look notify=0:reload-e63a3057857524a3
mc_step 4
mc_step 5 look diff=shown notify=0:reload-e63a3057857524a3
mc_step 6 look diff=hidden
mc_step 7 look diff=shown
mc_step 8 look diff=shown
mc_step 9 look register=TOKEN
mc_handler 0 reload-e63a3057857524a3
mc_finish
}
