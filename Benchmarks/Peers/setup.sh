#!/usr/bin/env bash
# Makes ready what `make bench-peers` needs: the Debian packages that are missing, and two virtual environments with the
# pinned peers. Prints nothing where all is there.
#
# Usage: setup.sh FOLDER
#   FOLDER  where the environments go, one a requirements file: FOLDER/redis-8, FOLDER/redis-5
#
# Exit codes: 0 ready; 69 something is missing that it cannot provide, one line on stderr says what to do.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
readonly here folder=$1

say() {
    echo "peers setup: $*" >&2
}

die() {
    say "$@"
    exit 69
}

has_command() {
    command -v "$1" >/dev/null
}

missing_packages() {
    has_command beanstalkd || echo beanstalkd
    has_command epmd && [[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ]] || echo rabbitmq-server
    has_command python3 || echo python3
    python3 -c 'import ensurepip' 2>/dev/null || echo python3-venv
}

install_packages() {
    local -a installer=("$BASH" "$here/../../scripts/install-packages.sh" "$@") as_root=()
    has_command apt-get || die "missing and no apt-get here: get what Debian calls $* from this system's package manager"
    if ((EUID != 0)); then
        has_command sudo || die "no sudo here: run '${installer[*]}' as root, then run make again"
        as_root=(sudo --)
    fi
    say "installing $*"
    "${as_root[@]}" "${installer[@]}"
}

# Makes an environment anew when its requirements are not those that it was made with.
make_environment() {
    local name=$1 requirements=$here/requirements-$1.txt target=$folder/$1
    if cmp --quiet "$requirements" "$target/made-with.txt"; then return; fi
    say "installing $name's peers from PyPI to $target"
    rm -rf -- "$target"
    python3 -m venv "$target"
    "$target/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements" ||
        die "pip could not install $requirements (see above)"
    cp -- "$requirements" "$target/made-with.txt"
}

mapfile -t missing < <(missing_packages)
if ((${#missing[@]})); then install_packages "${missing[@]}"; fi
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || die "python3 is too old: install 3.11 or later"
for name in redis-8 redis-5; do make_environment "$name"; done
