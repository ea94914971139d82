"""Private brokers: each on a port of its own on the loopback address, with a folder of its own, ended by its id."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path

import redis

from .processes import Child, Failure, last_line, uninterrupted

_START_S = 40


def free_port() -> int:
    """A TCP port that nobody listens on, with another one free after it."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
                return port
            except (OSError, OverflowError):
                continue


def wait_for_port(port: int, child: Child) -> None:
    """Returns once something accepts connections; raises Failure when the process ends or takes too long."""
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        child.check()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise Failure(f"no server on its port after {_START_S} s: {last_line(child.log)}")


class Server:
    """What is asked of a broker. `durable` is set for one that syncs each write before its reply."""

    url: str

    def __init__(self, folder: Path, durable: bool) -> None:
        folder.mkdir(parents=True)
        self.folder, self.durable, self.children = folder, durable, list[Child]()
        try:
            self.start()
        except BaseException:
            self.end()
            raise

    def start(self) -> None:
        """Starts the broker and sets `url`."""
        raise NotImplementedError

    def memory_bytes(self) -> int | None:
        """Memory of what is stored, where the broker tells."""
        return None

    def reads(self) -> int | None:
        """Reads from its clients' sockets so far, where the broker counts them."""
        return None

    def end(self) -> None:
        """Ends the broker and removes its files."""
        with uninterrupted():
            while self.children:
                self.children.pop().end()
            shutil.rmtree(self.folder, ignore_errors=True)


class Redis(Server):
    """redis-server without snapshots; durable: an append-only file, synced before each reply (appendfsync always)."""

    def start(self) -> None:
        port = free_port()
        self.url = f"redis://127.0.0.1:{port}/0"
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(self.folder)]
        command += ["--maxmemory-policy", "noeviction", "--appendonly", "yes" if self.durable else "no"]
        command += ["--appendfsync", "always" if self.durable else "no"]
        self.children.append(Child(command, self.folder / "redis.log"))
        wait_for_port(port, self.children[0])
        self.client = redis.Redis(port=port, decode_responses=True)

    def memory_bytes(self) -> int:
        """Memory in use but for that of the connections, of which some producers have a hundred."""
        clients = sum(int(client["tot-mem"]) for client in self.client.client_list())
        return self.client.info("memory")["used_memory"] - clients

    def reads(self) -> int:
        return self.client.info("stats")["total_reads_processed"]

    def end(self) -> None:
        if hasattr(self, "client"):
            self.client.close()
        super().end()


class Beanstalkd(Server):
    """beanstalkd in memory; durable: with its log, synced at each write (-f 0)."""

    def start(self) -> None:
        port = free_port()
        self.url = f"beanstalk://127.0.0.1:{port}"
        log = ["-b", str(self.folder), "-f", "0"] if self.durable else []
        self.children.append(
            Child(["beanstalkd", "-l", "127.0.0.1", "-p", str(port), *log], self.folder / "beanstalkd.log")
        )
        wait_for_port(port, self.children[0])


class RabbitMQ(Server):
    """A RabbitMQ node without plugins, with a port mapper of its own, since that is a daemon that outlives nodes."""

    def start(self) -> None:
        port, mapper, distribution = free_port(), free_port(), free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{port}//"
        environment = {
            "HOME": str(self.folder),
            "ERL_EPMD_PORT": str(mapper),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"peers{port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(port),
            "RABBITMQ_DIST_PORT": str(distribution),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "none"),
            "RABBITMQ_CONF_ENV_FILE": str(self.folder / "none.env"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
            "RABBITMQ_PID_FILE": str(self.folder / "pid"),
        }
        self.children.append(Child(["epmd", "-port", str(mapper), "-address", "127.0.0.1"], self.folder / "epmd.log"))
        wait_for_port(mapper, self.children[0])
        node = Child(["/usr/lib/rabbitmq/bin/rabbitmq-server"], self.folder / "rabbitmq.log", environment)
        self.children.append(node)
        wait_for_port(port, node)


class NoServer(Server):
    """For peers without a broker: two ports for their workers."""

    def start(self) -> None:
        self.url = f"tcp://127.0.0.1:{free_port()}"


SERVERS: dict[str, Callable[[Path, bool], Server]] = {
    "redis": Redis,
    "rabbitmq": RabbitMQ,
    "beanstalkd": Beanstalkd,
    "none": NoServer,
}
