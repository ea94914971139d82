#!/usr/bin/env bash
# Holds the queue, with everything on (journal, audit, fencing, the latency of every task), against C programs that do the
# least that the same way to queue needs, in turn, each on a Redis server of its own with the same settings; prints the
# medians.
#
# Usage: queue-against-c.sh FIBQ CEILING [CSV]
#   FIBQ     the program
#   CEILING  the C program, built
#   CSV      a file for one line a pair
# PAIRS (5), TASKS (1000000), BATCH (256) and WORKERS (2) come from the environment.
set -euo pipefail

fibq=$(realpath -- "$1")
ceiling=$(realpath -- "$2")
table=${3:-}
pairs=${PAIRS:-5}
tasks=${TASKS:-1000000}
batch=${BATCH:-256}
workers=${WORKERS:-2}
readonly fibq ceiling table pairs tasks batch workers

folder=$(mktemp --directory)
redis=
cleanup() {
    if [[ -n $redis ]]; then kill "$redis" && wait "$redis" || true; fi
    rm -rf -- "$folder"
}
trap cleanup EXIT

# Tasks a second of a way in C, with the flags that follow.
in_c() {
    redis-server --port 0 --unixsocket "$folder/redis.sock" --save '' --appendonly no --maxmemory-policy noeviction \
        >"$folder/redis.log" &
    redis=$!
    until [[ -S $folder/redis.sock ]]; do sleep 0.05; done
    "$ceiling" "$1" "$folder/redis.sock" "$2" "$batch" "$workers" "${@:3}"
    kill "$redis" && wait "$redis" || true
    redis=
}

# The same of a protocol of the queue: acked tasks a second from the first claim to the last ack, and the server's CPU µs a
# task. Fails when a task was lost.
of_queue() {
    "$fibq" run --protocol "$1" --tasks "$2" --mix fib-iterative:n=90 --arrival backlog --claim "$batch" \
        --workers "$workers" --durability none --seed "$3" --out "$folder/run" --quiet >"$folder/run.txt"
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
        { print $column["acked_per_s"], $column["cpu_redis_s"] * 1e6 / $column["acked"] }' "$folder/run/summary.csv"
    rm -r -- "$folder/run"
}

# A pair: what is compared, a protocol, how many tasks, a way in C and its flags.
compare() {
    local name=$1 protocol=$2 count=$3 pair=$4
    shift 4
    if ((pair % 2)); then
        in_c "$1" "$count" "${@:2}" >"$folder/c"
        of_queue "$protocol" "$count" "$pair" >"$folder/queue"
    else
        of_queue "$protocol" "$count" "$pair" >"$folder/queue"
        in_c "$1" "$count" "${@:2}" >"$folder/c"
    fi
    paste "$folder/c" "$folder/queue" | awk -v OFS=, -v name="$name" -v pair="$pair" '
        { print name, pair, $1, $3, sprintf("%.4f", $3 / $1), $2, sprintf("%.3f", $4) }'
}

{
    echo "compared,pair,c_per_s,queue_per_s,ratio,c_redis_us,queue_redis_us"
    for ((pair = 1; pair <= pairs; pair++)); do
        compare lease-drain lease "$tasks" "$pair" claims --drain
        compare lease-drain-computing lease "$tasks" "$pair" claims --drain --compute
        compare stream-drain stream $((tasks / 4)) "$pair" streams --drain
        compare lock-drain lock $((tasks / 20)) "$pair" plain --drain
    done
} | tee "$folder/pairs.csv"

# The least, the middle and the greatest ratio of each.
tail --lines=+2 "$folder/pairs.csv" | sort --field-separator=, --key=1,1 --key=5,5g | awk -F, '
    function report() { if (count) printf "%-22s  %.2f  (%.2f to %.2f)\n", name, ratio[int((count + 1) / 2)], ratio[1], ratio[count] }
    $1 != name { report(); count = 0; name = $1 }
    { ratio[++count] = $5 }
    END { report() }' >&2
if [[ -n $table ]]; then cp -- "$folder/pairs.csv" "$table"; fi
