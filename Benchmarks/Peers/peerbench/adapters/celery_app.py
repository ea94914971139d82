"""celery, on Redis and on RabbitMQ: acks after a task (acks late), messages that survive a restart of the broker."""

from __future__ import annotations

from collections.abc import Sequence

from celery import Celery

from .. import work
from ..settings import Settings

_settings = Settings.from_environment()


def _transport_options() -> dict[str, object]:
    if _settings.url.startswith("amqp:"):
        return {"confirm_publish": _settings.confirmed}
    if not _settings.tight:
        return {}
    # What is not acked after a second goes back, looked for each second; the lock of a looker that died lasts as long.
    return {
        "visibility_timeout": 1,
        "unacked_restore_interval": 1,
        "unacked_restore_throttle": 1,
        "unacked_mutex_expire": 1,
    }


app = Celery("peers", broker=_settings.url)
app.conf.update(
    task_default_queue=_settings.queue,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=1 if _settings.tight else 128,
    worker_enable_remote_control=False,
    broker_transport_options=_transport_options(),
    broker_connection_retry_on_startup=True,
)
run = app.task(work.run, name="run")


class Producer:
    """One message a call: celery has no bulk interface."""

    def send(self, tasks: Sequence[work.Task]) -> None:
        """Publishes tasks one after the other, on one connection."""
        with app.producer_pool.acquire(block=True) as publisher:
            for task in tasks:
                run.apply_async(task, producer=publisher)
