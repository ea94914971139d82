#!/usr/bin/env bash
# Holds placing messages through the queue against a bare client of the same sink: two worker processes with 64 slots each
# against two `fibq place` with 64 calls in flight each, an in-memory sink in both, in turn, and prints the medians.
#
# Usage: queue-against-bare.sh FIBQ [CSV]
#   FIBQ  the program; CSV  a file for one line a pair. PAIRS (5) and MESSAGES (60000) come from the environment.
set -euo pipefail

fibq=$(realpath -- "$1")
table=${2:-}
pairs=${PAIRS:-5}
messages=${MESSAGES:-60000}
readonly fibq table pairs messages

folder=$(mktemp --directory)
sink=
cleanup() {
    if [[ -n $sink ]]; then kill "$sink" && wait "$sink" || true; fi
    rm -rf -- "$folder"
}
trap cleanup EXIT

# Messages a second and CPU µs a message of two bare clients together.
bare() {
    local address="unix://$folder/sink.sock"
    "$fibq" sink --address "$address" --ledger "$folder/$1.ledger" --memory 2>"$folder/sink.err" &
    sink=$!
    until [[ -S $folder/sink.sock ]]; do sleep 0.05; done
    local -a clients=()
    for client in 1 2; do
        "$fibq" place --sink "$address" --messages $((messages / 2)) --in-flight 64 >"$folder/place-$client.csv" &
        clients+=($!)
    done
    wait "${clients[@]}"
    kill "$sink" && wait "$sink"
    sink=
    tail --quiet --lines=1 "$folder"/place-?.csv | awk -F, '{ rate += $3; cpu += $4 } END { print rate, cpu / NR }'
}

# The same through the queue: acked tasks a second, and CPU µs a task of the workers.
queue() {
    "$fibq" run --mix message --tasks "$messages" --workers 2 --slots 64 --sink-storage memory --seed "$1" \
        --out "$folder/run-$1" --quiet >"$folder/run.txt"
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
        { print $column["acked_per_s"], $column["cpu_worker_s"] * 1e6 / $column["acked"] }' "$folder/run-$1/summary.csv"
    rm -r -- "$folder/run-$1"
}

for ((pair = 1; pair <= pairs; pair++)); do
    if ((pair % 2)); then
        bare "$pair" >"$folder/bare"
        queue "$pair" >"$folder/queue"
    else
        queue "$pair" >"$folder/queue"
        bare "$pair" >"$folder/bare"
    fi
    read -r bare_rate bare_cpu <"$folder/bare"
    read -r queue_rate queue_cpu <"$folder/queue"
    echo "$pair,$bare_rate,$queue_rate,$bare_cpu,$queue_cpu" >>"$folder/measured"
done
awk -F, -v OFS=, '
    BEGIN { print "pair,bare_per_s,queue_per_s,rate_ratio,bare_cpu_us,queue_cpu_us,cpu_ratio" }
    { print $1, $2, $3, sprintf("%.4f", $3 / $2), $4, $5, sprintf("%.4f", $5 / $4) }
' "$folder/measured" | tee "$folder/pairs.csv"

# The middle one of a column's values.
median() { tail --lines=+2 "$folder/pairs.csv" | cut --delimiter=, --fields="$1" | sort --general-numeric-sort | awk '
    { value[NR] = $1 } END { print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'; }

echo "medians: rate through the queue ÷ bare $(median 4), CPU a message through the queue ÷ bare $(median 7)" >&2
if [[ -n $table ]]; then cp -- "$folder/pairs.csv" "$table"; fi
