"""Paced runs: the latency of the queue, from the instants at which tasks were due, beside that of a raw hop in C."""

import sys

from measuring import Queue, Table, middle, number_from, print_table, run_c, verdict

RAW_HOP = "raw-hop"
RATES = [10, 50, 1_000, 10_000, 100_000]
# Above that it would be a measure of its backlog.
GREATEST_RATE = {"lease": 100_000, "lock": 1_000, RAW_HOP: 100_000}
LEAST_MESSAGES = 300  # whatever the time that takes
MOST_HOPS = 200_000  # it can't keep up with the greatest rate, and would take long

MOST_RATIO, RATIO_RATE = 2, 50  # p50 of ours ÷ that of the hop
MOST_P99_US, P99_RATE = 5_000, 100_000  # of lease

COLUMNS = [
    "protocol", "rate_per_s", "repetition", "messages", "duration_s", "p50_us", "p90_us", "p99_us", "p99_9_us", "max_us",
]


def measure(fibq, ceiling, out):
    """Repeats every rate, the order turned round each time, and reports."""
    table, queue = Table(out, "latency.csv", COLUMNS), Queue(fibq)
    length = number_from("LATENCY_SECONDS", 10)
    for repetition in range(1, number_from("PAIRS", 5) + 1):
        for rate in RATES:
            measured = [protocol for protocol, greatest in GREATEST_RATE.items() if rate <= greatest]
            for protocol in measured if repetition % 2 else reversed(measured):
                row = one(queue, ceiling, protocol, rate, max(rate * length, LEAST_MESSAGES), repetition)
                table.add({"protocol": protocol, "rate_per_s": rate, "repetition": repetition, **row})
                print(f"latency {protocol} {rate:,}/s {repetition}: p50 {row['p50_us']:,.0f} µs, "
                      f"p99 {row['p99_us']:,.0f} µs", file=sys.stderr)
    report(table)


def one(queue, ceiling, protocol, rate, messages, seed):
    if protocol == RAW_HOP:
        messages = min(messages, MOST_HOPS)
        measured = run_c(ceiling, "none", "hop", messages, rate, seed)
        measured["duration_s"] = round(messages / measured.pop("rate_per_s"), 3)
        return measured | {"messages": messages}
    summary = queue.run(
        protocol=protocol, durability="none", tasks=messages, arrival=f"poisson:{rate}", batch=number_from("BATCH", 256),
        workers=number_from("WORKERS", 2), seed=seed)
    latency = {name: float(summary["latency"][name]) for name in COLUMNS if name.endswith("_us")}
    return {"messages": messages, "duration_s": float(summary["duration_s"]), **latency}


def report(table):
    """The medians of the repetitions, and the bars."""
    lines = []
    for rate in RATES:
        for protocol, greatest in GREATEST_RATE.items():
            if rate > greatest:
                continue
            p50, p99, most = (
                middle(table.values(name, protocol=protocol, rate_per_s=rate)) for name in ("p50_us", "p99_us", "max_us"))
            ratio = "–"
            if protocol != RAW_HOP and keeps_up(table, rate):
                ratio = f"{middle(ratios(table, protocol, rate)):.2f}"
            lines.append([protocol, f"{rate:,}", f"{p50:,.0f}", f"{p99:,.0f}", f"{most:,.0f}", ratio])
    print_table(["intended to end", "rate/s", "p50 µs", "p99 µs", "max µs", "p50 ÷ raw hop's"], lines)
    for protocol in ("lease", "lock"):
        found = ratios(table, protocol, RATIO_RATE)
        print(f"{protocol} at {RATIO_RATE}/s: p50 is {middle(found):.2f} ({min(found):.2f} to {max(found):.2f}) times the raw "
              f"hop's, at most {MOST_RATIO}: {verdict(middle(found) <= MOST_RATIO)}")
    p99 = middle(table.values("p99_us", protocol="lease", rate_per_s=P99_RATE))
    print(f"lease at {P99_RATE:,}/s: p99 is {p99 / 1000:.2f} ms, at most {MOST_P99_US / 1000:g}: {verdict(p99 <= MOST_P99_US)}\n",
          flush=True)


def keeps_up(table, rate):
    """Whether the raw hop carries that rate: where it can't, its latency is that of its backlog."""
    hops = [row for row in table.rows if row["protocol"] == RAW_HOP and row["rate_per_s"] == rate]
    return all(row["messages"] / row["duration_s"] > 0.8 * rate for row in hops)


def ratios(table, protocol, rate):
    """p50 of each repetition ÷ that of the raw hop."""
    ours = table.values("p50_us", protocol=protocol, rate_per_s=rate)
    return [mine / hop for mine, hop in zip(ours, table.values("p50_us", protocol=RAW_HOP, rate_per_s=rate))]
