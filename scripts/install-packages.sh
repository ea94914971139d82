#!/usr/bin/env bash
# Installs the Debian packages named as arguments. Run as root, by setup.sh.
#
# Debian's redis-server starts a server when it is installed, and enables it for each boot. fibq starts private servers
# of its own and wants neither, so where redis-server is new
#   - a policy-rc.d denies the start: packages ask it before they start a service, with systemd or without;
#   - the service is disabled afterwards (`systemctl disable`; `update-rc.d … disable` where there is no systemd), and
#     stays so through later upgrades.
# Every way out removes the policy and disables the service. A redis-server that was installed before is not touched,
# nor is a policy-rc.d that was there before: if that one lets redis-server start, nothing is installed.
#
# Downloads can be interrupted. dpkg runs in a session of its own, out of Ctrl-C's reach, so that it never stops half
# way: an interrupt takes effect after it.
#
# Exit codes: 0 all installed; 69 could not, one line on stderr says why; above 128 interrupted.
set -euo pipefail

readonly policy=/usr/sbin/policy-rc.d
readonly mark="fibq's setup"
readonly -a apt=(
    apt-get --quiet --assume-yes --no-install-recommends
    -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0
)

say() {
    echo "fibq setup: $*" >&2
}

fail() {
    say "$@"
    exit 69
}

is_installed() {
    [[ $(dpkg-query --show --showformat='${Status}' "$1" 2>&1) == *' ok installed' ]]
}

# Denies redis-server only: the services of another installation that waits for dpkg are decided as without this file,
# for which invoke-rc.d's two defaults have to be repeated (an action in parentheses, no init system).
redis_policy() {
    cat <<EOF
#!/bin/sh
# Keeps redis-server from starting while $mark installs it. If that is not running, delete this file.
case "\$*" in *redis-server* | *"("*) exit 101 ;; esac
[ -e /sbin/init ] || exit 101
EOF
}

# Creates the policy if there is none (noclobber: no other program's is overwritten), then asks the one in force.
guard_redis() {
    local unit code
    if [[ ! -e $policy ]]; then
        (set -o noclobber && redis_policy >"$policy")
        chmod 0755 "$policy"
    fi
    for unit in redis-server redis-server.service; do
        code=0
        "$policy" "$unit" start >/dev/null 2>&1 || code=$?
        ((code == 101)) || fail "$policy lets redis-server start: install redis-server yourself, then run make again"
    done
}

disable_redis() {
    if command -v systemctl >/dev/null; then
        systemctl --quiet disable redis-server.service
    else
        update-rc.d redis-server disable
    fi
}

leave_redis_off() {
    trap '' HUP INT PIPE TERM
    if grep --quiet --no-messages "$mark" "$policy"; then rm "$policy"; fi
    is_installed redis-server || return 0
    disable_redis || say "could not disable the redis-server service: it starts at the next boot"
    say "redis-server is installed, its service is off"
}

install_new() {
    local -a new=()
    local package
    for package in "$@"; do is_installed "$package" || new+=("$package"); done
    ((${#new[@]})) || return 0

    "${apt[@]}" update || say "apt-get update failed: going on with the package lists that are here"
    "${apt[@]}" install --download-only "${new[@]}" || fail "could not download ${new[*]} (see above)"
    if [[ " ${new[*]} " == *' redis-server '* ]]; then
        trap leave_redis_off EXIT
        guard_redis
    fi
    setsid --wait "${apt[@]}" install "${new[@]}" || fail "could not install ${new[*]} (see above)"
}

trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
export DEBIAN_FRONTEND=noninteractive
# One installation at a time on this machine: the second then finds nothing left to do. The lock is on a folder that
# exists anyway, so it leaves nothing behind (dpkg's own locks are on files in it), and is not passed on to children.
exec 9</var/lib/dpkg
flock 9
install_new "$@" 9<&- </dev/null >&2
