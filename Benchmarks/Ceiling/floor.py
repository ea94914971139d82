#!/usr/bin/env python3
"""What each way in C carries, by how many tasks go together and by how durable the server is: the table to know before
anything is compared.

Usage: floor.py CEILING [OUT]
  CEILING  the C program, built
  OUT      a folder for floor.csv and floor.txt, which says what machine it was

From the environment: PAIRS (5; how often), TASKS (400000; at 256 together, and fewer with fewer), DURABILITIES (none,
everysec and always).
"""

import os
import sys

from measuring import (
    DURABILITIES, Failure, Table, describe_machine, end_when_told, middle, number_from, print_table, run_c)

WAYS = ["plain", "lock-scripts", "lease-scripts", "claims", "claims-lean", "streams"]
# Tasks together, and clients.
CELLS = [(1, 1), (16, 1), (64, 1), (256, 1), (256, 2)]
COLUMNS = ["durability", "way", "batch", "clients", "repetition", "tasks", "per_s", "redis_us_per_task", "client_us_per_task"]


def tasks_of(way, durability, batch):
    """So many that a cell takes about a second or two."""
    tasks = number_from("TASKS", 400_000)
    slowness = (1 if way.startswith("claims") else 2) * (4 if durability == "always" else 1)
    return max(tasks * min(batch, 128) // 128 // slowness, 2 * batch, 2)


def measure(ceiling, durability, way, batch, clients, repetition, table):
    tasks = tasks_of(way, durability, batch)
    found = run_c(ceiling, durability, way, tasks, batch, clients)
    table.add({
        "durability": durability, "way": way, "batch": batch, "clients": clients, "repetition": repetition, "tasks": tasks,
        "per_s": round(found["tasks_per_s"]), "redis_us_per_task": found["redis_us"],
        "client_us_per_task": found["client_us"]})


def report(table, durability):
    lines = []
    for way in WAYS:
        keys = {"durability": durability, "way": way}
        cells = [middle(table.values("per_s", batch=batch, clients=clients, **keys)) for batch, clients in CELLS]
        redis = middle(table.values("redis_us_per_task", batch=256, clients=2, **keys))
        lines.append([way] + [f"{cell:,.0f}" for cell in cells] + [f"{redis:.2f}"])
    headings = [f"{batch}" if clients == 1 else f"{clients} clients, {batch}" for batch, clients in CELLS]
    print_table([f"push + claim + ack/s, {durability}", *headings, "Redis µs/task"], lines)


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    ceiling, out = os.path.abspath(sys.argv[1]), (sys.argv[2:] or [None])[0]
    durabilities = os.environ.get("DURABILITIES", "").replace(",", " ").split() or list(DURABILITIES)
    if unknown := [name for name in durabilities if name not in DURABILITIES]:
        sys.exit(f"DURABILITIES: {', '.join(unknown)} is none of {', '.join(DURABILITIES)}")
    end_when_told()
    table = Table(out, "floor.csv", COLUMNS)
    for repetition in range(1, number_from("PAIRS", 5) + 1):
        measure(ceiling, "none", "round-trip", 1, 1, repetition, table)
        for durability in durabilities:
            for batch, clients in CELLS:
                for way in WAYS:
                    measure(ceiling, durability, way, batch, clients, repetition, table)
    for durability in durabilities:
        report(table, durability)
    trips = middle(table.values("per_s", way="round-trip"))
    print(f"round trip (PING): {trips:,.0f}/s, {1e6 / trips:.1f} µs")
    if out:
        describe_machine(out, "floor.txt")


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"floor.py: {failure}")
