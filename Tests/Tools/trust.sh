#!/bin/sh
# Lets clients in Python ask for a page, after a part of settings as it is rendered, and says what each was told.
# usage: trust.sh SETTINGS ADDRESS URL: the names of the URL are at that address, whatever they are called.
#
# The clients come from PyPI; they are kept in a venv of the cache.
set -eu

cache=${LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mooc-cluster}
venv=$cache/trust-requests-2.32.5-httpx-0.28.1
sh "$(dirname "$0")/venv.sh" "$venv" requests==2.32.5 httpx==0.28.1
exec "$venv/bin/python" -B -c '
import os
import socket
import ssl
import sys
import urllib.request

settings, address, url = sys.argv[1:]
with open(settings) as file:
    exec(compile(file.read(), settings, "exec"))

import certifi
import httpx
import requests

real = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **named: real(address, *rest, **named)


def said(ask):
    try:
        return ask()
    except Exception as error:
        return "refuses" if "CERTIFICATE_VERIFY_FAILED" in str(error) else repr(error)


print("requests", said(lambda: requests.get(url, timeout=20).text))
print("urllib", said(lambda: urllib.request.urlopen(url, timeout=20).read().decode()))
# As Python does by itself from 3.13 on.
strict = ssl.create_default_context()
strict.verify_flags |= ssl.VERIFY_X509_STRICT
print("strict", said(lambda: urllib.request.urlopen(url, timeout=20, context=strict).read().decode()))
print("httpx", said(lambda: httpx.get(url, timeout=20).text))
with open(certifi.where(), "rb") as file:
    public = file.read()
for variable in ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"]:
    with open(os.environ.get(variable) or certifi.where(), "rb") as file:
        trusted = file.read()
    roots = trusted.count(b"BEGIN CERTIFICATE") - public.count(b"BEGIN CERTIFICATE")
    print(variable, "public ones" if public in trusted else "none", "and", roots)
' "$@"
