"""taskiq on Redis streams: XREADGROUP of up to a hundred, an XACK a task, XAUTOCLAIM between reads."""

from __future__ import annotations

from typing import Any

from taskiq_redis import RedisStreamBroker

from .. import work
from ..settings import Settings
from .event_loop import LoopProducer

_settings = Settings.from_environment()

# Entries idle for longer than a task takes go to whoever asks; with one entry a read and a short wait it asks often.
_tight: dict[str, Any] = (
    {"idle_timeout": 1000, "unacknowledged_lock_timeout": 1, "xread_block": 100, "xread_count": 1}
    if _settings.tight
    else {}
)

# The group begins with the stream's first entry: by default a worker does not see what was sent before it started.
broker = RedisStreamBroker(_settings.url, queue_name=_settings.queue, consumer_id="0", **_tight)
run = broker.register_task(work.run_async, task_name="run")


class Producer(LoopProducer):
    """Many XADDs at once, each on a connection of the pool."""

    def __init__(self) -> None:
        super().__init__()
        self.loop.run_until_complete(broker.startup())

    async def enqueue(self, task: work.Task) -> None:
        """Enqueues one task."""
        await run.kiq(*task)
