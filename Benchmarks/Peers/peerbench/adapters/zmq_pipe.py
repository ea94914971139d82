"""ZeroMQ push and pull, without a broker and without acknowledgement: what the tasks cost when nothing is kept.

Each worker binds a socket of its own and the producer connects to both, so that tasks sent before there are workers wait
in the producer.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import zmq

from .. import work
from ..settings import Settings

_WORKERS = 2
_settings = Settings.from_environment()


def _address(worker: int) -> str:
    host, port = _settings.url.rsplit(":", 1)
    return f"{host}:{int(port) + worker}"


class Producer:
    """A push socket without a limit to what waits in it. It has no acknowledgement to wait for."""

    def __init__(self) -> None:
        self.socket: zmq.Socket = zmq.Context.instance().socket(zmq.PUSH)
        self.socket.set(zmq.SNDHWM, 0)
        self.socket.set(zmq.LINGER, 0)
        self.socket.set(zmq.RECONNECT_IVL, 10)
        for worker in range(_WORKERS):
            self.socket.connect(_address(worker))

    def send(self, tasks: Sequence[work.Task]) -> None:
        """Hands tasks to the socket one after the other."""
        for task in tasks:
            self.socket.send(json.dumps(task).encode())


def main() -> None:
    """A worker, until it is ended."""
    socket: zmq.Socket = zmq.Context.instance().socket(zmq.PULL)
    socket.set(zmq.RCVHWM, 0)
    socket.bind(_address(_settings.worker))
    while True:
        work.run(*json.loads(socket.recv()))


if __name__ == "__main__":
    main()
