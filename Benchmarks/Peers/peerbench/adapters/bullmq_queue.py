"""bullmq for Python: a script claims and locks a job, another finishes it and hands out the next."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence

from bullmq import Queue, Worker

from .. import work
from ..settings import Settings
from .event_loop import LoopProducer

_settings = Settings.from_environment()
_BATCH = 500

# A lock lasts a second and is renewed twice in it; each half second a worker looks for jobs without one.
_options: dict[str, object] = (
    {"concurrency": 1, "lockDuration": 1000, "stalledInterval": 500, "maxStalledCount": 10}
    if _settings.tight
    else {"concurrency": 16}
)


class Producer(LoopProducer):
    """Jobs in bulks of 500."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = Queue(_settings.queue, {"connection": _settings.url})

    async def enqueue_all(self, tasks: Sequence[work.Task]) -> None:
        """Enqueues tasks in bulks, to be removed once they have run."""
        for begin in range(0, len(tasks), _BATCH):
            await self.queue.addBulk(
                [
                    {"name": "run", "data": task._asdict(), "opts": {"removeOnComplete": True}}
                    for task in tasks[begin : begin + _BATCH]
                ]
            )


async def _process(job, _token: str) -> None:
    await work.run_async(**job.data)


async def main() -> None:
    """A worker, until it is told to stop."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    worker = Worker(_settings.queue, _process, {"connection": _settings.url, **_options})
    await stop.wait()
    await worker.close()


if __name__ == "__main__":
    asyncio.run(main())
