"""What the benchmarks against C share: a private server, a run of the C program, a run of fibq, tables and CSV."""

import contextlib
import csv
import json
import os
import pathlib
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

# What a private server of `fibq run` is started with (PrivateServerSettings.swift), its places and logging aside. Every run
# of fibq is checked against this, as far as its manifest states the server's settings.
SETTINGS = {
    "save": "",
    "maxmemory-policy": "noeviction",
    "loglevel": "notice",
}
DURABILITIES = {
    "none": {"appendonly": "no"},
    "everysec": {"appendonly": "yes", "appendfsync": "everysec"},
    "always": {"appendonly": "yes", "appendfsync": "always"},
}


class Failure(Exception):
    """Something that makes every number worthless."""


# MARK: Processes


def end_when_told():
    """Lets a signal unwind the stack, so that servers and folders go."""
    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)

    def leave(number, _):
        for other in numbers:
            signal.signal(other, signal.SIG_IGN)  # a second one must not cut the clearing up short
        sys.exit(128 + number)

    for number in numbers:
        signal.signal(number, leave)


def end(process):
    """Ends a process that was started here, and waits for it."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


def output_of(command, death="KILL"):
    """What a program prints; it dies with this one, by the signal `death`."""
    process = subprocess.Popen(
        ["setpriv", "--pdeathsig", death, *map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        output, errors = process.communicate()
    finally:
        end(process)
    if process.returncode != 0:
        raise Failure(f"{' '.join(map(str, command))} ended with {process.returncode}: {errors.strip()}")
    return output


# MARK: The server for C


def ask(path, *words):
    """The lines that a server at a unix socket answers to a command, the lengths left out."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(str(path))
        connection.sendall(("".join(f'"{word}" ' for word in words) + "\r\nQUIT\r\n").encode())
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return [line for line in answer.decode().split("\r\n")[:-2] if line[:1] not in ("$", "*")]


@contextlib.contextmanager
def server(durability):
    """The socket of a private server, which is gone afterwards with all that it holds."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="ceiling-"))
    settings = {
        "port": "0", "unixsocket": f"{folder}/redis.sock", "dir": str(folder), "daemonize": "no",
        **SETTINGS, **DURABILITIES[durability]}
    conf = folder / "redis.conf"
    conf.write_text("".join(f'{name} "{value}"\n' for name, value in settings.items()))
    process = None
    try:
        with open(folder / "output", "wb") as output:
            process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "redis-server", str(conf)], stdout=output, stderr=output)
        await_answer(process, folder)
        yield folder / "redis.sock"
    finally:
        if process:
            end(process)
        shutil.rmtree(folder)


def await_answer(process, folder):
    deadline = time.monotonic() + 30
    while True:
        with contextlib.suppress(OSError):
            if ask(folder / "redis.sock", "PING")[:1] == ["+PONG"]:
                return
        if process.poll() is not None or time.monotonic() > deadline:
            raise Failure(f"redis-server does not answer: {(folder / 'output').read_text().strip()}")
        time.sleep(0.01)


def settings_for_c(durability, names):
    """What a server for C says of its own settings."""
    with server(durability) as path:
        return {name: (ask(path, "CONFIG", "GET", name) + [""])[1] for name in names}


# MARK: Runs


def run_c(ceiling, durability, way, *arguments):
    """What the C program measures: numbers by name."""
    with server(durability) as path:
        text = output_of([ceiling, way, path, *arguments])
    return {name: float(value) for name, value in (pair.split("=") for pair in text.split())}


class Queue:
    """fibq, with everything on."""

    def __init__(self, program):
        self.program = program
        self.checked = set()  # durabilities whose settings were compared

    def run(self, *, protocol, durability, tasks, arrival, batch, workers, seed, lock_depth=1):
        """A run's summary, the latency from the intended instants and the workers' round trips; fails when one was lost."""
        with tempfile.TemporaryDirectory(prefix="ceiling-run-") as parent:
            folder = pathlib.Path(parent) / "run"
            output_of(
                [self.program, "run", "--protocol", protocol, "--durability", durability, "--tasks", tasks,
                 "--arrival", arrival, "--mix", "fib-iterative:n=90", "--claim", batch, "--workers", workers,
                 "--lock-depth", lock_depth,
                 "--seed", seed, "--out", folder, "--quiet"], death="TERM")
            self.check_settings(durability, json.loads((folder / "manifest.json").read_text())["redis"])
            [summary] = rows(folder / "summary.csv")
            if summary["lost"] != "0" or not summary["acked"] == summary["sent"] == str(tasks):
                raise Failure(
                    f"{protocol}, {arrival}: of {tasks} tasks {summary['sent']} were sent, {summary['acked']} acked,"
                    f" {summary['lost']} lost")
            summary["latency"] = next(
                row for row in rows(folder / "latency.csv") if row["latency_kind"] == "end_to_end_intended")
            summary["round_trips"] = sum(
                int(row["redis_round_trips"]) for row in rows(folder / "io.csv") if row["role"] == "worker")
            return summary

    def check_settings(self, durability, stated):
        if durability in self.checked:
            return
        names = [name for name in stated if name != "version"]
        for name, value in settings_for_c(durability, names).items():
            if stated[name] != value:
                raise Failure(
                    f"fibq's server has {name} \"{stated[name]}\", that for C \"{value}\": mend SETTINGS in measuring.py")
        self.checked.add(durability)


# MARK: Tables


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


class Table:
    """A CSV file that grows by a row at a time, in the folder for results if there is one."""

    def __init__(self, folder, name, columns):
        self.columns, self.rows = columns, []
        self.path = pathlib.Path(folder) / name if folder else None
        if self.path:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.write(columns, "w")

    def add(self, row):
        self.rows.append(row)
        if self.path:
            self.write([row.get(column, "") for column in self.columns], "a")

    def write(self, fields, mode):
        with open(self.path, mode, newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(fields)

    def values(self, column, **keys):
        return [row[column] for row in self.rows if column in row and all(row[key] == keys[key] for key in keys)]


def print_table(headings, lines):
    """Columns side by side, the first to the left and the others to the right."""
    widths = [max(map(len, column)) for column in zip(headings, *lines)]
    for line in [headings, ["─" * width for width in widths], *lines]:
        cells = [cell.rjust(width) if index else cell.ljust(width) for index, (cell, width) in enumerate(zip(line, widths))]
        print("  ".join(cells).rstrip())
    print(flush=True)


def middle(values):
    return statistics.median(values) if values else None


def verdict(is_met):
    return "met" if is_met else "not met"


def describe_machine(folder, name):
    """What the numbers belong to, beside them."""
    script = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "describe-machine.sh"
    (pathlib.Path(folder) / name).write_text(output_of([script]))


def number_from(name, default):
    """A count from the environment."""
    text = os.environ.get(name) or str(default)
    if not text.isdigit() or int(text) == 0:
        sys.exit(f"{name}={text}: a whole number from 1 on is wanted")
    return int(text)
