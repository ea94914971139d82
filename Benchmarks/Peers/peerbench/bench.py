"""The course of one peer in one repeat: its brokers, producers, workers and measures."""

from __future__ import annotations

import itertools
import json
import select
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import records
from .catalogue import Peer
from .processes import Child, Failure, last_line, uninterrupted
from .servers import SERVERS, Server
from .settings import Settings

WORKERS = 2
_POLL_S = 0.01
_PRODUCER_S = 180
_names = itertools.count(1)


@dataclass(frozen=True)
class Plan:
    """How long a run is: `scale` times each peer's tasks, `paced` tasks at 50 a second, recovery given up after `cap_s`."""

    scale: float = 1.0
    paced: int = 400
    cap_s: float = 90
    patience_s: float = 120


@dataclass
class Stage:
    """A queue of its own on a broker, with the producer and the workers of one peer. Ends all of them on the way out."""

    peer: Peer
    server: Server
    folder: Path
    environments: Path
    tight: bool = False
    confirmed: bool = False
    sent: int = 0
    workers: list[Child] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder.mkdir()
        self.records = self.folder / "records"
        self.records.mkdir()
        self.settings = Settings(
            self.server.url, f"queue-{next(_names)}", self.records, tight=self.tight, confirmed=self.confirmed
        )
        self.producer = self._start(("python", "-m", "peerbench.produce", self.peer.adapter), "producer", 0, pipes=True)

    def produce(self, count: int, **order: float) -> tuple[int, int]:
        """Has `count` more tasks sent; returns from when to when, in nanoseconds of CLOCK_MONOTONIC."""
        stdin, stdout = self.producer.process.stdin, self.producer.process.stdout
        assert stdin and stdout
        try:
            stdin.write(json.dumps({"first": self.sent, "count": count, **order}) + "\n")
            stdin.flush()
            if not select.select([stdout], [], [], _PRODUCER_S)[0]:
                raise Failure(f"the producer did not send {count} tasks in {_PRODUCER_S} s")
            answer = json.loads(stdout.readline())
        except (BrokenPipeError, json.JSONDecodeError) as error:
            raise Failure(f"the producer ended: {last_line(self.producer.log)}") from error
        self.sent += count
        return answer["from_ns"], answer["to_ns"]

    def start_workers(self) -> None:
        """Starts the workers; they may not be ready yet."""
        command = self.peer.tight if self.tight else self.peer.worker
        for number in range(WORKERS):
            self.workers.append(self._start(command, f"worker-{number}", number))

    def warm_up(self) -> None:
        """Sends tasks until each worker has run some, and waits for the rest of them."""
        deadline = time.monotonic() + 30
        while len({record.pid for record in records.read(self.records)}) < WORKERS:
            if time.monotonic() > deadline:
                raise Failure("not every worker runs tasks, 30 s after its start")
            self.produce(20)
            self.wait_until(lambda: records.count(self.records) >= self.sent, 30)

    def wait_until(self, condition: Callable[[], bool], patience_s: float) -> bool:
        """Polls; returns whether the condition came true in time. Raises Failure when a process has ended meanwhile."""
        deadline = time.monotonic() + patience_s
        while not condition():
            for worker in self.workers:
                worker.check()
            if time.monotonic() > deadline:
                return False
            time.sleep(_POLL_S)
        return True

    def ended(self) -> list[records.Record]:
        """All runs that came to their end, in the order of their ends."""
        runs = (record for record in records.read(self.records) if record.kind == records.ENDED)
        return sorted(runs, key=lambda record: record.ended_ns)

    def audit(self) -> tuple[int, int]:
        """How many tasks never ran, and how many ran more than once, of all that were sent."""
        runs = Counter(record.task for record in self.ended())
        return self.sent - len(runs), sum(1 for times in runs.values() if times > 1)

    def end(self) -> None:
        """Ends the workers and the producer and removes what they recorded."""
        with uninterrupted():
            for child in (*self.workers, self.producer):
                child.end()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self, command: tuple[str, ...], name: str, worker: int, pipes: bool = False) -> Child:
        values = {"url": self.server.url, "queue": self.settings.queue, "worker": worker}
        program, *arguments = [part.format(**values) for part in command]
        environment = replace(self.settings, worker=worker).environment()
        environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[1])
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
        if not self.tight:
            environment |= self.peer.worker_environment
        binary = self.environments / self.peer.environment / "bin" / program
        return Child([binary, *arguments], self.folder / f"{name}.log", environment, pipes)


class Bench:
    """Brokers and stages in a temporary folder. A broker that takes seconds to start serves all stages of a repeat."""

    def __init__(self, folder: Path, environments: Path) -> None:
        self.folder, self.environments = folder, environments

    @contextmanager
    def server(self, kind: str, durable: bool = False) -> Iterator[Server]:
        """A fresh private broker."""
        server = SERVERS[kind](self.folder / f"server-{next(_names)}", durable)
        try:
            yield server
        finally:
            server.end()

    @contextmanager
    def stage(self, peer: Peer, server: Server, tight: bool = False, confirmed: bool = False) -> Iterator[Stage]:
        """A stage on a broker."""
        folder = self.folder / f"stage-{next(_names)}"
        stage = Stage(peer, server, folder, self.environments, tight, confirmed)
        try:
            yield stage
        finally:
            stage.end()
