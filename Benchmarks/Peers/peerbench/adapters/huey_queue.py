"""huey: BRPOP and nothing after it, so a task that a worker took is lost with it."""

from __future__ import annotations

from collections.abc import Sequence

from huey import RedisHuey

from .. import work
from ..settings import Settings

_settings = Settings.from_environment()
huey = RedisHuey(_settings.queue, url=_settings.url, results=False)
run = huey.task(name="run")(work.run)


class Producer:
    """One task a call."""

    def send(self, tasks: Sequence[work.Task]) -> None:
        """Enqueues tasks one after the other."""
        for task in tasks:
            run(*task)
