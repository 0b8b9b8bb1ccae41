#!/bin/sh
# terminal.sh: functions for tests that look at a terminal: tmux, with a server of its own in the working folder.

# terminal COLUMNS COMMAND…: starts a command of sh on a new terminal of so many columns; its exit code is the last word
# there, as `ended CODE`. What $TERMINAL_VARIABLES names (NAME=value …) is in its environment.
terminal() {
    columns=$1
    shift
    # shellcheck disable=SC2086 # words
    env ${TERMINAL_VARIABLES:-} tmux -u -S "$PWD/terminal" -f /dev/null new-session -d -x "$columns" -y 24 \
        "{ $*; }; echo \"ended \$?\"; exec cat"
    trap 'tmux -S "$PWD/terminal" kill-server' EXIT
}

# in_tmux WORDS…: a command of tmux to that terminal.
in_tmux() { tmux -u -S "$PWD/terminal" "$@"; }

# screen: the lines that stand there.
screen() { in_tmux capture-pane -p | sed -e 's/ *$//' -e '/^$/d'; }

# await COMMAND…: waits until a command says yes; after a minute it shows the terminal and ends the test.
await() {
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        [ "$tries" -lt 600 ] || {
            echo "waited in vain for $*; there is"
            screen
            exit 1
        }
        sleep 0.1
    done
}

# shows PATTERN: whether a line there matches.
shows() { screen | grep -q -e "$1"; }

# resize COLUMNS: makes the terminal so wide; tmux tells programs a moment later.
resize() {
    in_tmux resize-window -x "$1"
    await has_columns "$1"
}

has_columns() { [ "$(stty -F "$(in_tmux display -p '#{pane_tty}')" size)" = "24 $1" ]; }

# is_board HOSTS: whether nothing stands there but a line for each working host and the sum, none of them broken.
is_board() {
    screen >seen
    [ "$(wc -l <seen)" -eq "$(($1 + 1))" ] && [ "$(grep -c '^[^ ] n[0-9]  slow' seen)" -eq "$1" ] &&
        tail -n 1 seen | grep -q "^$1 working · "
}

# is_calm: whether the terminal is as it was: it echoes, shows its cursor, and has nothing of the board left.
is_calm() {
    ! shows '^[⠋⠙⠸⠴⠦⠇✓·] n[0-9]' && [ "$(in_tmux display -p '#{cursor_flag}')" = 1 ] &&
        stty -F "$(in_tmux display -p '#{pane_tty}')" -a | grep -q ' echo '
}
