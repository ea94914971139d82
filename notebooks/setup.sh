#!/usr/bin/env bash
# Makes ready what `make notebooks` needs: Debian's python3-venv where it is missing, and a virtual environment with the
# pinned packages; for `make check-pages` a browser, too. Prints nothing where all is there.
#
# Usage: setup.sh FOLDER [browser]
#   FOLDER   where the environment goes
#   browser  whether Chromium is needed, under whatever name
#
# Exit codes: 0 ready; 69 something is missing that it cannot provide, one line on stderr says what to do.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
readonly here folder=$1 needs=${2:-} requirements=$here/requirements.txt constraints=$here/constraints.txt

say() {
    echo "notebooks setup: $*" >&2
}

die() {
    say "$@"
    exit 69
}

has_browser() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
} >/dev/null

missing_packages() {
    command -v python3 >/dev/null || echo python3
    python3 -c 'import ensurepip' 2>/dev/null || echo python3-venv
    [[ $needs != browser ]] || has_browser || echo chromium
}

install_packages() {
    local -a installer=("$BASH" "$here/../scripts/install-packages.sh" "$@") as_root=()
    command -v apt-get >/dev/null ||
        die "missing and no apt-get here: get what Debian calls $* from this system's package manager"
    if ((EUID != 0)); then
        command -v sudo >/dev/null || die "no sudo here: run '${installer[*]}' as root, then run make again"
        as_root=(sudo --)
    fi
    say "installing $*"
    "${as_root[@]}" "${installer[@]}"
}

# What the environment was made with, and the python that it is of.
stamp() {
    cat -- "$requirements" "$constraints" | sha256sum
    python3 --version
}

# Made anew when its packages' versions, or python, are not those that it was made with; by one at a time.
make_environment() {
    mkdir -p -- "$(dirname -- "$folder")"
    exec 9>"$folder.lock"
    flock 9
    if [[ $(stamp) == "$(cat "$folder/made-with.txt" 2>/dev/null)" ]]; then return; fi
    say "installing the notebooks' packages from PyPI to $folder"
    rm -rf -- "$folder"
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements" --constraint "$constraints" ||
        die "pip could not install $requirements (see above)"
    stamp >"$folder/made-with.txt"
}

mapfile -t missing < <(missing_packages)
if ((${#missing[@]})); then install_packages "${missing[@]}"; fi
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || die "python3 is too old: install 3.11 or later"
make_environment
