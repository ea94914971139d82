"""dramatiq on Redis: a claim moves up to the prefetch into a set of the worker's in one script, an ack a message."""

from __future__ import annotations

from collections.abc import Sequence

import dramatiq
from dramatiq.brokers.redis import RedisBroker

from .. import work
from ..settings import Settings

_settings = Settings.from_environment()

# Messages of a worker without a heartbeat for this long go back; looked for by this many of a million commands.
_tight = {"heartbeat_timeout": 1000, "maintenance_chance": 1_000_000} if _settings.tight else {}

broker = RedisBroker(url=_settings.url, **_tight)
dramatiq.set_broker(broker)
run = dramatiq.actor(queue_name=_settings.queue)(work.run)


class Producer:
    """One message a call: dramatiq has no bulk interface."""

    def send(self, tasks: Sequence[work.Task]) -> None:
        """Enqueues tasks one after the other."""
        for task in tasks:
            run.send(*task)
