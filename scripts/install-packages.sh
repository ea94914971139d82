#!/usr/bin/env bash
# Installs the Debian packages named as arguments. Run as root, by setup.sh and by Benchmarks/Peers/setup.sh.
#
# Debian's servers (redis-server, and beanstalkd and rabbitmq-server for Benchmarks/Peers) start when they are installed,
# and at each boot. fibq starts private servers of its own and wants neither, so where one of them is new
#   - a policy-rc.d denies the start: packages ask it before they start a service, with systemd or without;
#   - its services are disabled afterwards (`systemctl disable`; `update-rc.d … disable` where there is no systemd), and
#     stay so through later upgrades.
# Every way out removes the policy and disables the services. A server that was installed before is not touched, nor is a
# policy-rc.d that was there before: if that one lets a server start, nothing is installed.
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

# The units of a package's services. RabbitMQ brings Erlang, whose port mapper is a service of its own.
services_of() {
    case $1 in
    redis-server) echo redis-server.service ;;
    beanstalkd) printf '%s\n' beanstalkd.service beanstalkd.socket ;;
    rabbitmq-server) echo rabbitmq-server.service ;;
    erlang-base) printf '%s\n' epmd.service epmd.socket ;;
    esac
}

# Denies these servers only: the services of another installation that waits for dpkg are decided as without this file,
# for which invoke-rc.d's two defaults have to be repeated (an action in parentheses, no init system).
server_policy() {
    cat <<EOF
#!/bin/sh
# Keeps servers from starting while $mark installs them. If that is not running, delete this file.
case "\$*" in *redis-server* | *beanstalkd* | *rabbitmq-server* | *epmd* | *"("*) exit 101 ;; esac
[ -e /sbin/init ] || exit 101
EOF
}

# Creates the policy if there is none (noclobber: no other program's is overwritten), then asks the one in force about the
# services of the packages named, with and without the suffix that only systemd's units have.
guard_servers() {
    local package service unit code
    if [[ ! -e $policy ]]; then
        (set -o noclobber && server_policy >"$policy")
        chmod 0755 "$policy"
    fi
    for package in "$@"; do
        for service in $(services_of "$package"); do
            for unit in "$service" "${service%.*}"; do
                code=0
                "$policy" "$unit" start >/dev/null 2>&1 || code=$?
                ((code == 101)) || fail "$policy lets $unit start: install $package yourself, then run make again"
            done
        done
    done
}

disable_service() {
    if command -v systemctl >/dev/null; then
        systemctl --quiet disable "$1"
    elif [[ -e /etc/init.d/${1%.*} ]]; then
        update-rc.d "${1%.*}" disable
    fi
}

# The servers that are new, for the way out.
declare -a servers=()

leave_servers_off() {
    local server service
    trap '' HUP INT PIPE TERM
    if grep --quiet --no-messages "$mark" "$policy"; then rm "$policy"; fi
    for server in "${servers[@]}"; do
        is_installed "$server" || continue
        for service in $(services_of "$server"); do
            disable_service "$service" || say "could not disable $service: it starts at the next boot"
        done
        say "$server is installed, its service is off"
    done
}

install_new() {
    local -a new=()
    local package
    for package in "$@"; do is_installed "$package" || new+=("$package"); done
    ((${#new[@]})) || return 0

    "${apt[@]}" update || say "apt-get update failed: going on with the package lists that are here"
    "${apt[@]}" install --download-only "${new[@]}" || fail "could not download ${new[*]} (see above)"
    for package in "${new[@]}"; do
        if [[ -n $(services_of "$package") ]]; then servers+=("$package"); fi
        if [[ $package == rabbitmq-server ]] && ! is_installed erlang-base; then servers+=(erlang-base); fi
    done
    if ((${#servers[@]})); then
        trap leave_servers_off EXIT
        guard_servers "${servers[@]}"
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
