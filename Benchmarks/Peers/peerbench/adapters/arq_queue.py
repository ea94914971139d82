"""arq: polls a sorted set, takes a lock key a job, and removes the job after it ran."""

from __future__ import annotations

from arq import create_pool
from arq.connections import RedisSettings

from .. import work
from ..settings import Settings
from .event_loop import LoopProducer

_settings = Settings.from_environment()
_redis = RedisSettings.from_dsn(_settings.url)


async def run(_context: dict, number: int, intended_ns: int, sleep_ms: int) -> None:
    """The task."""
    await work.run_async(number, intended_ns, sleep_ms)


class WorkerSettings:
    """What arq's worker program reads. A lock lasts the time limit and ten seconds."""

    functions = [run]
    queue_name = _settings.queue
    redis_settings = _redis
    max_jobs = 1 if _settings.tight else 100
    job_timeout = 1 if _settings.tight else 300
    poll_delay = 0.01
    keep_result = 0
    log_results = False


class Producer(LoopProducer):
    """Many enqueues at once."""

    def __init__(self) -> None:
        super().__init__()
        self.pool = self.loop.run_until_complete(create_pool(_redis, default_queue_name=_settings.queue))

    async def enqueue(self, task: work.Task) -> None:
        """Enqueues one task."""
        await self.pool.enqueue_job("run", *task)
