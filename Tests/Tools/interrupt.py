#!/usr/bin/env python3
"""interrupt.py PROMPT COMMAND...: runs a command on a terminal of its own and types Ctrl-C when it asks PROMPT.

Prints one line of JSON: its exit status (128 and more for a signal), whether the terminal echoed while it asked and
afterwards, and what it said.
"""
import json
import os
import pty
import select
import sys
import termios
import time

LIMIT = 60  # seconds


def echoes(terminal):
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


def main():
    prompt, command = sys.argv[1], sys.argv[2:]
    # The slave stays open here, so that its settings outlive the command.
    master, slave = pty.openpty()
    pid = os.fork()
    if pid == 0:
        os.close(master)
        os.login_tty(slave)
        os.execvp(command[0], command)
    said = b""
    end = time.monotonic() + LIMIT
    asked = None
    status = None
    while time.monotonic() < end and status is None:
        if select.select([master], [], [], 0.05)[0]:
            said += os.read(master, 65536)
        if asked is None and prompt.encode() in said:
            hidden = not echoes(slave)
            # Switching the echo off comes right after the question, and may not be there yet.
            if hidden or "[y/N]" in prompt or time.monotonic() > end - LIMIT / 2:
                asked = not hidden
                os.write(master, b"\x03")
        done, code = os.waitpid(pid, os.WNOHANG)
        if done:
            status = os.waitstatus_to_exitcode(code)
    if status is None:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
    while select.select([master], [], [], 0)[0]:
        said += os.read(master, 65536)
    print(json.dumps({
        "status": status if status is None or status >= 0 else 128 - status,
        "asked": asked is not None, "echoedWhileAsking": bool(asked), "echoes": echoes(slave),
        "said": said.decode(errors="replace"),
    }))


main()
