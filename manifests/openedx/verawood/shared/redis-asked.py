# Of a Redis, these are set before: host, port, user, password, tls, authority, and what it perhaps wants.
import socket
import ssl
import sys

place = f"{host}:{port}"
logins = [["AUTH", *([user] if user else []), password]] if password else []
other = f"{place} does not answer as Redis does; {wants}"
try:
    link = socket.create_connection((host, port), timeout=20)
    if tls:
        context = ssl.create_default_context(cafile=authority or None)
        link = context.wrap_socket(link, server_hostname=host)
    stream = link.makefile("rwb")
    for words in [*logins, ["PING"]]:
        texts = [word.encode() for word in words]
        stream.write(b"*%d\r\n" % len(texts))
        for text in texts:
            stream.write(b"$%d\r\n%s\r\n" % (len(text), text))
        stream.flush()
        answer = stream.readline().decode(errors="replace").strip()
        if answer[:1] not in ("+", "-"):
            sys.exit(other)
        if answer[0] == "-":
            sys.exit(f"Redis at {place} refuses {words[0]}: {answer[1:]}")
except ssl.SSLCertVerificationError as error:
    sys.exit(f"the certificate of Redis at {place} is not trusted: {error.verify_message}")
except ssl.SSLError as error:
    sys.exit(f"Redis at {place} speaks no TLS: {error}")
except (BrokenPipeError, ConnectionResetError):
    sys.exit(other)
except OSError as error:
    sys.exit(f"Redis does not answer at {place}: {error}")
