#!/bin/sh
# Makes the certificates that the tests use, valid for a hundred years: a root, a sink's certificate for localhost and
# 127.0.0.1 from it, and another root that vouches for nobody here. They are committed; the roots' keys are thrown away.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

root() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 -subj "/CN=$1" \
        -keyout "$work/$2.key" -out "$2.pem" 2> /dev/null
}

root "fibq test root" root
root "another root" other-root
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=localhost" \
    -keyout sink.key -out "$work/sink.csr" 2> /dev/null
printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n' > "$work/extensions"
openssl x509 -req -in "$work/sink.csr" -CA root.pem -CAkey "$work/root.key" -CAcreateserial -days 36500 \
    -extfile "$work/extensions" -CAserial "$work/serial" -out sink.pem 2> /dev/null
