"""saq: BLMOVE to an active list, a job's own key, and a sweep that puts back what had no heartbeat."""

from __future__ import annotations

import logging

from saq import Queue

from .. import work
from ..settings import Settings
from .event_loop import LoopProducer

_settings = Settings.from_environment()
logging.getLogger("saq").setLevel(logging.ERROR)

# A job that ran for a second is taken for stuck, and a sweep each second puts it back if it may be retried.
_job_options = {"ttl": -1, "retries": 10} | ({"timeout": 1, "retry_delay": 0} if _settings.tight else {})

queue = Queue.from_url(_settings.url, name=_settings.queue)


async def run(_context: dict, *, number: int, intended_ns: int, sleep_ms: int) -> None:
    """The task."""
    await work.run_async(number, intended_ns, sleep_ms)


settings = {
    "queue": queue,
    "functions": [run],
    "concurrency": 1 if _settings.tight else 100,
    "timers": {"sweep": 1} if _settings.tight else {},
}


class Producer(LoopProducer):
    """Many enqueues at once, as many as saq lets be under way."""

    async def enqueue(self, task: work.Task) -> None:
        """Enqueues one task, whose result is not kept."""
        await queue.enqueue("run", **task._asdict(), **_job_options)
