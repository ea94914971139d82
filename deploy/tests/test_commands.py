"""What the template and the units start, started here: Redis, sink, monitor, worker and load, on loopback."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import DEPLOY, Template

PASSWORD = "x" * 48
PATIENCE = 20
"""Seconds that anything may take to begin or to end."""


@dataclass
class Ports:
    """Free ones, for this test."""

    redis: int
    sink: int


@pytest.fixture
def ports() -> Ports:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(2)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return Ports(*(each.getsockname()[1] for each in sockets))


@pytest.fixture
def environment(ports: Ports, tmp_path: Path) -> dict[str, str]:
    """What a container finds: the secrets, and in PATH the entry point of Redis' image, which here only starts Redis."""
    entry = tmp_path / "bin" / "docker-entrypoint.sh"
    entry.parent.mkdir()
    entry.write_text('#!/bin/sh\nexec "$@"\n')
    entry.chmod(0o755)
    return os.environ | {
        "PATH": f"{entry.parent}:{os.environ['PATH']}",
        "REDIS_PASSWORD": PASSWORD,
        "FIBQ_REDIS_URL": f"redis://:{PASSWORD}@127.0.0.1:{ports.redis}",
    }


def answers(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def wait_for(port: int, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE
    while not answers(port):
        assert process.poll() is None, f"{process.args} ended with {process.returncode}"
        assert time.monotonic() < deadline, f"{process.args} does not listen on {port}"
        time.sleep(0.02)


@pytest.fixture
def redis(template: Template, ports: Ports, environment: dict[str, str], tmp_path: Path) -> Iterator[None]:
    """The template's Redis, on a port and in a folder of this test."""
    data = tmp_path / "data"
    data.mkdir()
    shell, flag, script = template.command("RedisTask")
    script = script.replace("port 6379", f"port {ports.redis}\nbind 127.0.0.1").replace("dir /data", f"dir {data}")
    server = subprocess.Popen([shell, flag, script], env=environment)
    try:
        wait_for(ports.redis, server)
        yield
    finally:
        server.terminate()
        assert server.wait(PATIENCE) == 0
    assert list(data.glob("appendonlydir/*.incr.aof")), "Redis wrote no append-only file"


def unit_command(unit: str) -> list[str]:
    """What a unit starts, with the example's options."""
    parser = ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str
    parser.read(DEPLOY / "systemd" / unit)
    lines = (DEPLOY / "systemd" / "fibq.env.example").read_text().splitlines()
    options = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    command = parser["Service"]["ExecStart"].replace("%S", "/var/lib").replace("%i", "1")
    for name, value in options.items():
        command = command.replace(f"${name}", value)
    assert "$" not in command, f"{unit} names an option that the example does not have: {command}"
    return command.split()[1:]


def commands(deployment: str, template: Template) -> dict[str, list[str]]:
    if deployment == "ecs":
        return {role: template.command(f"{role.capitalize()}Task") for role in ("sink", "monitor", "worker", "load")}
    units = {"sink": "fibq-sink.service", "monitor": "fibq-monitor.service", "worker": "fibq-worker@.service"}
    return {role: unit_command(unit) for role, unit in units.items()} | {"load": template.command("LoadTask")}


def here(argument: str, ports: Ports, folder: Path) -> str:
    """An argument for this machine: its addresses, and folders of the test's own."""
    if argument.startswith("tcp://"):
        return f"tcp://127.0.0.1:{ports.sink}"
    return f"{folder}{argument}" if argument.startswith("/") else argument


def wait_until_empty(fibq: str, environment: dict[str, str]) -> None:
    """Until `fibq inspect` counts no task: pending, retry, delayed, claims, dead."""
    deadline = time.monotonic() + PATIENCE
    while True:
        seen = subprocess.run([fibq, "inspect"], env=environment, capture_output=True, text=True, timeout=PATIENCE, check=True)
        if seen.stdout.splitlines()[3].split() == ["0"] * 5:
            return
        assert time.monotonic() < deadline, seen.stdout
        time.sleep(0.05)


@pytest.mark.parametrize("deployment", ["ecs", "systemd"])
@pytest.mark.usefixtures("redis")
def test_what_is_deployed_runs_tasks_and_stops_when_told(
    deployment: str, template: Template, fibq: str, ports: Ports, environment: dict[str, str], tmp_path: Path
) -> None:
    roles = commands(deployment, template)

    def arguments(role: str) -> list[str]:
        return [fibq, *(here(argument, ports, tmp_path) for argument in roles[role])]

    for folder in ("ledger", "var/lib/fibq/sink"):
        (tmp_path / folder).mkdir(parents=True)
    running = []
    try:
        for role in ("sink", "monitor", "worker"):
            running.append(subprocess.Popen(arguments(role), env=environment))
            if role == "sink":
                wait_for(ports.sink, running[0])
        load = [*arguments("load"), "--tasks", "200"]
        assert subprocess.run(load, env=environment, timeout=PATIENCE, check=False).returncode == 0
        wait_until_empty(fibq, environment)
        journals = sum(1 for _ in tmp_path.rglob("*.journal"))
        assert journals >= 4, "worker and load write two journals each"
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
        ended = [process.wait(PATIENCE) for process in running]
    assert ended == [0, 0, 0]
