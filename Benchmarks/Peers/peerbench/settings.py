"""What the runner tells the processes of a peer: through their environment, since peers start workers in their own ways."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_PREFIX = "FIBQ_PEERS_"


@dataclass(frozen=True)
class Settings:
    """What a producer or a worker needs to know.

    `url` is the broker's address, `queue` a name that no other measure uses, `records` the folder for what was run,
    `worker` the worker's number from 0, `tight` whether to recover as soon as is sensible, and `confirmed` whether
    a broker that can choose (RabbitMQ) confirms each message once it is on disk.
    """

    url: str
    queue: str
    records: Path
    worker: int = 0
    tight: bool = False
    confirmed: bool = False

    def environment(self) -> dict[str, str]:
        """These settings as environment variables."""
        return {
            _PREFIX + "URL": self.url,
            _PREFIX + "QUEUE": self.queue,
            _PREFIX + "RECORDS": str(self.records),
            _PREFIX + "WORKER": str(self.worker),
            _PREFIX + "TIGHT": str(int(self.tight)),
            _PREFIX + "CONFIRMED": str(int(self.confirmed)),
        }

    @staticmethod
    def from_environment() -> Settings:
        """The settings of this process. Raises KeyError outside a process that the runner started."""
        return Settings(
            url=os.environ[_PREFIX + "URL"],
            queue=os.environ[_PREFIX + "QUEUE"],
            records=Path(os.environ[_PREFIX + "RECORDS"]),
            worker=int(os.environ[_PREFIX + "WORKER"]),
            tight=os.environ[_PREFIX + "TIGHT"] == "1",
            confirmed=os.environ[_PREFIX + "CONFIRMED"] == "1",
        )
