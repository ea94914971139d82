"""beanstalkd through greenstalk: reserve, run, delete. The server puts a job back as soon as its connection breaks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import urlsplit

import greenstalk

from .. import work
from ..settings import Settings

_settings = Settings.from_environment()
_server = urlsplit(_settings.url)
_address = (_server.hostname or "", _server.port or 0)


class Producer:
    """One job a call: the client does not pipeline."""

    def __init__(self) -> None:
        self.client = greenstalk.Client(_address, use=_settings.queue)

    def send(self, tasks: Sequence[work.Task]) -> None:
        """Puts jobs one after the other."""
        for task in tasks:
            self.client.put(json.dumps(task))


def main() -> None:
    """A worker, until it is ended."""
    with greenstalk.Client(_address, watch=_settings.queue) as client:
        while True:
            job = client.reserve()
            work.run(*json.loads(job.body))
            client.delete(job)


if __name__ == "__main__":
    main()
