#!/bin/sh
# Lets Caddy itself read a Caddyfile, without starting anything.
# usage: caddy-adapt.sh CADDYFILE
set -eu

caddy=$(sh "$(dirname "$0")/caddy.sh")
exec "$caddy" adapt --adapter caddyfile --config "$1"
