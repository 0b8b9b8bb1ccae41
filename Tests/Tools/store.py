"""Stands in for a store with a login and TLS, and runs a command beside it: store.py KIND MARK WAY -- COMMAND…

It is no mail relay and no Redis: it answers what a client says before it is served (EHLO, STARTTLS, AUTH; AUTH, PING),
with the certificate STORE_CERTIFICATE and STORE_KEY, to STORE_USER with STORE_PASSWORD, and to nobody else. MARK in the
command becomes the port; WAY is that of TLS. What the command prints is printed, and its status is the status.
"""

import base64
import os
import socket
import ssl
import subprocess
import sys
import threading


def smtp(link, context, way):
    """A session of a mail relay (RFC 5321, 3207 and 4954)."""
    secure, known = way == "implicit", False

    def say(text):
        link.sendall(text.encode() + b"\r\n")

    say("220 stand-in")
    file = link.makefile("rb")
    while line := file.readline():
        words = line.decode(errors="replace").split()
        verb = words[0].upper() if words else ""
        if verb == "EHLO":
            offers = ["stand-in"]
            if way == "starttls" and not secure:
                offers.append("STARTTLS")
            if os.environ.get("STORE_PASSWORD") and (secure or way == "none"):
                offers.append("AUTH PLAIN")
            for offer in offers[:-1]:
                say("250-" + offer)
            say("250 " + offers[-1])
        elif verb == "STARTTLS" and way == "starttls":
            say("220 go on")
            link = context.wrap_socket(link, server_side=True)
            file, secure = link.makefile("rb"), True
        elif verb == "AUTH":
            _, user, password = base64.b64decode(words[2]).decode().split("\0")
            known = (user, password) == (os.environ["STORE_USER"], os.environ["STORE_PASSWORD"])
            say("235 welcome" if known else "535 no such account")
        elif verb == "QUIT":
            say("221 bye")
            return
        elif os.environ.get("STORE_PASSWORD") and not known and verb != "NOOP":
            say("530 log in first")
        else:
            say("250 well")


def redis(link, _, __):
    """A session of a Redis (RESP2): what it takes before it is served."""
    file, known = link.makefile("rb"), not os.environ.get("STORE_PASSWORD")
    while (head := file.readline()).startswith(b"*"):
        words = []
        for _ in range(int(head[1:])):
            words.append(file.read(int(file.readline()[1:])).decode())
            file.readline()
        if words[0].upper() == "AUTH":
            known = words[1:] == [os.environ["STORE_USER"], os.environ["STORE_PASSWORD"]]
            link.sendall(b"+OK\r\n" if known else b"-WRONGPASS invalid username-password pair or user is disabled.\r\n")
        elif not known:
            link.sendall(b"-NOAUTH Authentication required.\r\n")
        else:
            link.sendall(b"+PONG\r\n" if words[0].upper() == "PING" else b"+OK\r\n")


def served(kind, way, context, listener):
    """Serves one client after the other."""
    while True:
        link, _ = listener.accept()
        try:
            if way in ("implicit", "true"):
                link = context.wrap_socket(link, server_side=True)
            kind(link, context, way)
        except OSError:
            pass
        finally:
            link.close()


def main():
    """Serves until the command ends."""
    cut = sys.argv.index("--")
    kind, mark, way = sys.argv[1:cut]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if way not in ("none", "false"):
        context.load_cert_chain(os.environ["STORE_CERTIFICATE"], os.environ["STORE_KEY"])
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=served, args=(KINDS[kind], way, context, listener), daemon=True).start()
    port = str(listener.getsockname()[1])
    command = [word.replace(mark, port) for word in sys.argv[cut + 1:]]
    sys.exit(subprocess.run(command, check=False).returncode)


KINDS = {"smtp": smtp, "redis": redis}

if __name__ == "__main__":
    main()
