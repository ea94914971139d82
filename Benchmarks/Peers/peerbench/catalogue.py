"""The peers: versions are in the requirements, settings here and in their adapters, reasons in README.md."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Peer:
    """A queue to compare with.

    `worker` is the program of one worker process, with its arguments; in the runner's place of `{queue}`, `{url}` and
    `{worker}` stand those of the measure. `tight` and `tight_environment` take its place for recovery. `tasks` is how many
    tasks take it a few seconds. A peer that is not `reliable` loses what a killed worker held, by design.
    """

    name: str
    adapter: str
    worker: tuple[str, ...]
    tight: tuple[str, ...]
    tasks: int
    server: str = "redis"
    environment: str = "redis-8"
    reliable: bool = True
    durable: bool = True
    worker_environment: dict[str, str] = field(default_factory=dict)


def _own(name: str, adapter: str, tasks: int, **others) -> Peer:
    """A peer whose worker is its adapter's own program."""
    program = ("python", "-m", f"peerbench.adapters.{adapter}")
    return Peer(name, adapter, program, program, tasks, **others)


_DRAMATIQ = ("dramatiq", "peerbench.adapters.dramatiq_redis", "--skip-logging", "--processes", "1", "--threads")
_TASKIQ = ("taskiq", "worker", "peerbench.adapters.taskiq_streams:broker", "--workers", "1", "--log-level", "ERROR")
_CELERY: tuple[str, ...] = ("celery", "-A", "peerbench.adapters.celery_app", "worker", "--loglevel", "ERROR")
_CELERY += ("--concurrency", "1", "--without-gossip", "--without-mingle", "--without-heartbeat")
_CELERY += ("-n", "peer{worker}@localhost", "--pool")
_RQ: tuple[str, ...] = ("rq", "worker", "--worker-class", "rq.SimpleWorker", "--url", "{url}", "--name")
_RQ += ("{queue}-{worker}", "--quiet", "--disable-job-desc-logging", "{queue}")
_RQ_TIGHT = (*_RQ[:-1], "--worker-ttl", "20", "--maintenance-interval", "1", "--job-monitoring-interval", "1", _RQ[-1])
_SAQ = ("saq", "--quiet", "peerbench.adapters.saq_queue.settings")
_ARQ = ("arq", "peerbench.adapters.arq_queue.WorkerSettings")
_HUEY = ("huey_consumer", "peerbench.adapters.huey_queue.huey", "-w", "1", "-k", "thread", "-n", "-q")

PEERS = (
    Peer(
        "dramatiq", "dramatiq_redis", (*_DRAMATIQ, "8"), (*_DRAMATIQ, "1"), 16_000,
        worker_environment={"dramatiq_queue_prefetch": "512"},
    ),
    Peer("taskiq-redis", "taskiq_streams", _TASKIQ, (*_TASKIQ, "--max-async-tasks", "1"), 12_000),
    Peer("celery", "celery_app", (*_CELERY, "solo"), (*_CELERY, "prefork"), 4_000),
    Peer("celery-rabbitmq", "celery_app", (*_CELERY, "solo"), (*_CELERY, "prefork"), 4_000, server="rabbitmq"),
    Peer("rq", "rq_simple", _RQ, _RQ_TIGHT, 1_000),
    Peer("saq", "saq_queue", _SAQ, _SAQ, 8_000, environment="redis-5"),
    Peer("arq", "arq_queue", _ARQ, _ARQ, 6_000, environment="redis-5"),
    _own("bullmq", "bullmq_queue", 8_000),
    _own("beanstalkd", "beanstalk", 16_000, server="beanstalkd"),
    Peer("huey", "huey_queue", _HUEY, _HUEY, 16_000, reliable=False),
    _own("pyzmq", "zmq_pipe", 200_000, server="none", reliable=False, durable=False),
)
