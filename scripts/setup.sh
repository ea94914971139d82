#!/usr/bin/env bash
# Makes a machine ready to build, run and test fibq: checks the Swift toolchain, then installs the Debian packages
# that are missing. Prints nothing and asks for no rights where nothing is missing.
#
# Exit codes: 0 ready; 69 something is missing that it cannot provide, one line on stderr says what to do.
set -euo pipefail

readonly needed_major=6 needed_minor=2

die() {
    echo "fibq setup: $*" >&2
    exit 69
}

has_command() {
    command -v "$1" >/dev/null
}

# Whether a C library's header ($1) is on the compiler's default path, or pkg-config knows the library ($2) elsewhere.
has_library() {
    local header
    for header in /usr/{,local/}include/{,"$HOSTTYPE-linux-gnu/"}"$1"; do
        if [[ -e $header ]]; then return; fi
    done
    has_command pkg-config && pkg-config --exists "$2"
}

require_swift() {
    local advice="install Swift $needed_major.$needed_minor or later (https://www.swift.org/install/linux)"
    local version
    has_command swift || die "no swift in PATH: $advice"
    version=$(swift --version 2>&1) || die "'swift --version' fails (${version%%$'\n'*}): $advice"
    [[ $version =~ Swift\ version\ ([0-9]+)\.([0-9]+) ]] || die "'swift --version' names no version: $advice"
    ((BASH_REMATCH[1] > needed_major || (BASH_REMATCH[1] == needed_major && BASH_REMATCH[2] >= needed_minor))) ||
        die "Swift ${BASH_REMATCH[1]}.${BASH_REMATCH[2]} is too old: $advice"
}

# The packages whose content is not there, one a line. What matters is the content, so that a library or a redis-server
# that came from elsewhere counts.
missing_packages() {
    has_library hiredis/hiredis.h hiredis || echo libhiredis-dev
    has_library gmp.h gmp || echo libgmp-dev
    has_library mpfr.h mpfr || echo libmpfr-dev
    has_command redis-server || echo redis-server
    has_command setpriv || echo util-linux
    has_command git || printf '%s\n' git ca-certificates
    # SwiftPM asks pkg-config for Debian's folder of .pc files. Without it the build works, but warns each time.
    if has_command apt-get && ! has_command pkg-config; then echo pkg-config; fi
}

# Becomes the installer, as root: through sudo where needed.
install_packages() {
    local -a installer as_root=()
    installer=("$BASH" "$(dirname -- "${BASH_SOURCE[0]}")/install-packages.sh" "$@")
    has_command apt-get ||
        die "missing and no apt-get here: get what Debian calls $* from this system's package manager"
    if ((EUID != 0)); then
        has_command sudo || die "no sudo here: run '${installer[*]}' as root, then run make again"
        as_root=(sudo --)
    fi
    echo "fibq setup: installing $*" >&2
    exec "${as_root[@]}" "${installer[@]}"
}

main() {
    local -a missing
    require_swift
    mapfile -t missing < <(missing_packages)
    if ((${#missing[@]})); then install_packages "${missing[@]}"; fi
}

main
