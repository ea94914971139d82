#!/usr/bin/env python3
"""Counts the instructions of each micro-benchmark, prints them as a table, and holds them against a baseline.

Instructions and not time: they are the same on a busy machine. Each operation is run with two numbers of iterations, and what
counts is the difference, so that what it takes to start and to prepare does not.

Exit codes: 0; 1 one has grown, or is not in the baseline or not in the program; 69 there is nothing to count with."""

import argparse
import csv
import os
import platform
import re
import shutil
import subprocess
import sys

# What a row may grow by, in percent, if the baseline says nothing else.
TOLERANCE = 5.0
COLUMNS = ["name", "instructions_per_operation", "tolerance_pct"]

# Swift's hashes differ from start to start otherwise, and with them how much a dictionary does.
ENVIRONMENT = os.environ | {"SWIFT_DETERMINISTIC_HASHING": "1"}


class Callgrind:
    """Valgrind's tool: it counts what it simulates, on a processor of its own, whatever the machine."""

    name = "callgrind"

    @staticmethod
    def is_available():
        return shutil.which("valgrind") is not None

    @staticmethod
    def version():
        return "callgrind of " + output_of(["valgrind", "--version"])

    @staticmethod
    def count(command):
        valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
        return int(find(r"Collected : (\d+)", errors_of(valgrind + command)))


class Perf:
    """The processor's own counter, of instructions outside the kernel."""

    name = "perf"
    _stat = ["perf", "stat", "-x", ",", "-e", "instructions:u"]

    @classmethod
    def is_available(cls):
        if shutil.which("perf") is None:
            return False
        tried = subprocess.run(cls._stat + ["true"], capture_output=True, text=True)
        return re.search(r"^\d+,", tried.stderr, re.MULTILINE) is not None

    @staticmethod
    def version():
        return "perf, " + processor()

    @classmethod
    def count(cls, command):
        return int(find(r"(?m)^(\d+),", errors_of(cls._stat + ["--no-inherit"] + command)))


COUNTERS = {counter.name: counter for counter in (Callgrind, Perf)}


def output_of(command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT).stdout.strip()


def errors_of(command):
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return done.stderr


def find(pattern, text):
    found = re.search(pattern, text)
    if found is None:
        sys.exit(f"no count in:\n{text}")
    return found.group(1)


def processor():
    with open("/proc/cpuinfo") as file:
        names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    return names[0] if names else platform.machine()


def conditions(counter):
    """What the counts depend on besides the library: where it differs, nothing can be said of a growth."""
    return {
        "compiler": find(r"(Swift version \S+)", output_of(["swift", "--version"])),
        "counter": counter.version(),
        "system": platform.freedesktop_os_release()["PRETTY_NAME"],
    }


def measure(program, counter):
    """Instructions an operation of each benchmark, by name. Each is printed when it is known."""
    counts = {}
    for line in output_of([program, "list"]).splitlines():
        name, iterations = line.split()
        more, less = int(iterations), int(iterations) // 10
        difference = counter.count([program, "run", name, str(more)]) - counter.count([program, "run", name, str(less)])
        counts[name] = difference / (more - less)
        print(f"  {name:28} {counts[name]:16,.1f}", flush=True)
    return counts


class Baseline:
    """Counts that are kept, and under which conditions they were taken."""

    def __init__(self, path):
        self.conditions, lines = {}, []
        with open(path, newline="") as file:
            for line in file:
                if line.startswith("#"):
                    key, value = line[1:].split(":", 1)
                    self.conditions[key.strip()] = value.strip()
                else:
                    lines.append(line)
        self.rows = {row["name"]: row for row in csv.DictReader(lines)}

    def tolerance(self, name):
        return float(self.rows.get(name, {}).get("tolerance_pct") or TOLERANCE)

    def compare(self, counts):
        """Says what has changed; answers how many rows have grown too much or are missing on one side."""
        faults = 0
        for name in counts.keys() | self.rows.keys():
            if name not in self.rows or name not in counts:
                print(f"{name}: not in the {'baseline' if name in counts else 'program'}")
                faults += 1
        for name in [name for name in counts if name in self.rows]:
            before, tolerance = float(self.rows[name]["instructions_per_operation"]), self.tolerance(name)
            change = 100 * (counts[name] / before - 1)
            if abs(change) > tolerance:
                word = "MORE" if change > 0 else "fewer"
                print(f"{name}: {before:,.1f} before, {counts[name]:,.1f} now: {abs(change):.1f} % {word}")
                faults += change > 0
        return faults


def write(path, counts, under, old):
    """Writes a baseline, with the tolerances of the old one."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w", newline="") as file:
        file.writelines(f"# {key}: {value}\n" for key, value in under.items())
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for name, count in counts.items():
            table.writerow([name, f"{count:.1f}", f"{old.tolerance(name) if old else TOLERANCE:g}"])


def choose_counter(wanted, baseline):
    """The counter that was asked for; or that of the baseline; or the first that there is."""
    order = [wanted] if wanted else sorted(
        COUNTERS, key=lambda name: not (baseline and baseline.conditions.get("counter", "").startswith(name)))
    for name in order:
        if COUNTERS[name].is_available():
            return COUNTERS[name]
    advice = "this machine has no counter that perf may read" if wanted == Perf.name else "apt-get install valgrind"
    print(f"nothing to count instructions with: {advice}", file=sys.stderr)
    sys.exit(69)


def judge(counts, under, baseline):
    """Prints how the counts differ from the baseline's; answers the exit code."""
    print()
    faults = baseline.compare(counts)
    differing = [key for key in under if under[key] != baseline.conditions.get(key)]
    for key in differing:
        print(f"the baseline has another {key}: {baseline.conditions.get(key)}; here it is {under[key]}")
    if differing:
        print("so this informs, and fails nothing")
        return 0
    print("none has grown beyond its tolerance" if faults == 0 else f"{faults} to look at")
    return 1 if faults else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("program", nargs="?", help="the built MicroBenchmarks; without it, only looks for a counter")
    parser.add_argument("--write", metavar="FILE", help="write the counts as CSV")
    parser.add_argument("--against", metavar="FILE", help="compare with such a file, and fail when one has grown")
    parser.add_argument("--counter", choices=COUNTERS, help="what counts (by default as in the baseline, or callgrind)")
    arguments = parser.parse_args()

    kept = arguments.against or (arguments.write if arguments.write and os.path.exists(arguments.write) else None)
    if arguments.against and not os.path.exists(arguments.against):
        sys.exit(f"{arguments.against}: no baseline for this architecture; --write makes one")
    baseline = Baseline(kept) if kept else None
    counter = choose_counter(arguments.counter, baseline)
    if arguments.program is None:
        return
    under = conditions(counter)
    print("\n".join(f"{key}: {value}" for key, value in under.items()), "\ninstructions an operation:", sep="\n")
    counts = measure(arguments.program, counter)
    if arguments.write:
        write(arguments.write, counts, under, baseline)
    if arguments.against:
        sys.exit(judge(counts, under, baseline))


if __name__ == "__main__":
    main()
