"""What the producers of asyncio peers share."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from ..work import Task

# How many enqueues are under way at once where a peer has no bulk interface.
_TOGETHER = 100


class LoopProducer:
    """A producer that enqueues through a coroutine, many at once, on an event loop of its own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)

    async def enqueue(self, task: Task) -> None:
        """Enqueues one task; each adapter says how."""
        raise NotImplementedError

    async def enqueue_all(self, tasks: Sequence[Task]) -> None:
        """Enqueues tasks, `_TOGETHER` at a time."""
        for begin in range(0, len(tasks), _TOGETHER):
            await asyncio.gather(*map(self.enqueue, tasks[begin : begin + _TOGETHER]))

    def send(self, tasks: Sequence[Task]) -> None:
        """Enqueues tasks and waits for the last acknowledgement."""
        self.loop.run_until_complete(self.enqueue_all(tasks))
