#!/usr/bin/env bash
# Runs scenarios/hosts.yaml on hosts that are none: network namespaces on a common bridge, and for each part of the run a time
# namespace whose monotonic clock is ahead of this machine's. Takes root; every way out removes them.
#
#     scripts/hosts.sh FIBQ [option of fibq run]...
#
# Exit codes: that of fibq run; 69 something is missing, in a line on stderr.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
readonly fibq=$1
shift

readonly stem=fibq-hosts-$$
readonly hub=$stem-hub
folder=$(mktemp --directory)
password=$(tr --complement --delete 0-9a-f </dev/urandom | head --bytes=32) || true
readonly folder password
export FIBQ_REDIS_URL="redis://:$password@10.99.0.1:6379"

fail() {
    echo "hosts: $*" >&2
    exit 69
}

# The parts end with the run; what is left of them goes with their hosts.
clear_away() {
    local name
    jobs -p | xargs --no-run-if-empty kill 2>/dev/null || true
    wait || true
    for name in left right sender receiver hub; do ip netns delete "$stem-$name" 2>/dev/null || true; done
    rm -rf -- "$folder"
}

# A host of this name, with the given last part of its address.
make_host() {
    local host=$stem-$1
    ip netns add "$host"
    ip -n "$host" link set lo up
    ip -n "$hub" link add "$1" type veth peer name eth0 netns "$host"
    ip -n "$hub" link set "$1" master bridge up
    ip -n "$host" address add "10.99.0.$2/24" dev eth0
    ip -n "$host" link set eth0 up
}

# Runs a command on a host, whose clock is so many seconds ahead.
on_host() {
    local host=$1 seconds=$2
    shift 2
    ip netns exec "$stem-$host" unshare --uts --time --monotonic "$seconds" --fork --kill-child \
        sh -c 'hostname "$1" && shift && exec "$@"' sh "$host" "$@"
}

# A part of the run on a host.
join() {
    local host=$1 seconds=$2 role=$3
    shift 3
    on_host "$host" "$seconds" "$fibq" "$role" --join hosts --name "$role-$host" --journals "$folder" "$@" &
}

[[ $EUID == 0 ]] || fail "namespaces take root"
command -v ip >/dev/null || fail "ip is not installed: apt-get install iproute2"
command -v redis-server >/dev/null || fail "redis-server is not installed: apt-get install redis-server"
trap clear_away EXIT

ip netns add "$hub"
ip -n "$hub" link set lo up
ip -n "$hub" link add bridge type bridge
ip -n "$hub" address add 10.99.0.1/24 dev bridge
ip -n "$hub" link set bridge up
make_host left 2
make_host right 3
make_host sender 4
make_host receiver 5

# The password on standard input: a command line is everybody's to read.
ip netns exec "$hub" redis-server - >"$folder/redis.log" <<END &
bind 10.99.0.1
requirepass $password
save ""
maxmemory-policy noeviction
dir $folder
END
until ip netns exec "$hub" bash -c ': </dev/tcp/10.99.0.1/6379' 2>/dev/null; do sleep 0.1; done

join left 1000 worker
join right 86400 worker
join sender 5000 load
join receiver 300 sink --address tcp://10.99.0.5:0
status=0
on_host hub 0 "$fibq" run scenarios/hosts.yaml --gather hosts "$@" || status=$?
exit "$status"
