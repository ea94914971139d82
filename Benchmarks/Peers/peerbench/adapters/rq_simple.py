"""rq: bulk enqueue in a pipeline; the workers are rq's own SimpleWorker, which does not fork for each task."""

from __future__ import annotations

from collections.abc import Sequence

from redis import Redis
from rq import Queue, Retry

from ..settings import Settings
from ..work import Task

_settings = Settings.from_environment()

# A worker's claim on a job lasts the job's time limit and a minute; a job that was abandoned runs again by a retry only.
_TIME_LIMIT_S = 1 if _settings.tight else 180
_RETRIES = 3
_BATCH = 500


class Producer:
    """Jobs in pipelines of 500."""

    def __init__(self) -> None:
        self.queue = Queue(_settings.queue, connection=Redis.from_url(_settings.url))

    def send(self, tasks: Sequence[Task]) -> None:
        """Enqueues tasks in batches."""
        for begin in range(0, len(tasks), _BATCH):
            self.queue.enqueue_many([_job(task) for task in tasks[begin : begin + _BATCH]])


def _job(task: Task):
    return Queue.prepare_data(
        "peerbench.work.run", args=tuple(task), timeout=_TIME_LIMIT_S, result_ttl=0, retry=Retry(max=_RETRIES)
    )
