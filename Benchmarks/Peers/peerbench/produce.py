"""The producer process: `python -m peerbench.produce ADAPTER`, in the peer's environment.

It reads orders from standard input, a JSON object a line: {"first": 0, "count": 1000, "per_s": 50, "seed": 1,
"sleep_ms": 0}. Without `per_s` it sends as fast as the peer's interface allows, in bulk where there is one; with it, each
task by itself at the instants of a Poisson process. It answers each order with one line, {"from_ns": …, "to_ns": …}: from
before the first was sent until the broker had acknowledged the last. It ends with its input, so that what it sent and a
peer without a broker still holds is not lost meanwhile.
"""

from __future__ import annotations

import importlib
import json
import random
import sys
import time
from collections.abc import Sequence
from typing import Protocol

from .work import Task


class Producer(Protocol):
    """What an adapter's `Producer()` does."""

    def send(self, tasks: Sequence[Task]) -> None:
        """Enqueues tasks the fastest way that the peer offers; returns once the broker has acknowledged them all."""


# A schedule begins this much after its order, so that its first task is on time.
_LEAD_NS = 100_000_000


def send_backlog(producer: Producer, order: dict) -> None:
    """Sends all tasks at once."""
    first, sleep_ms = order["first"], order.get("sleep_ms", 0)
    producer.send([Task(number, sleep_ms=sleep_ms) for number in range(first, first + order["count"])])


def send_paced(producer: Producer, order: dict) -> None:
    """Sends each task at its instant, or at once when that has passed; the task carries the instant, not the sending."""
    generator = random.Random(order["seed"])
    intended_ns = time.monotonic_ns() + _LEAD_NS
    for number in range(order["first"], order["first"] + order["count"]):
        intended_ns += round(generator.expovariate(order["per_s"]) * 1e9)
        while (left_ns := intended_ns - time.monotonic_ns()) > 0:
            time.sleep(left_ns / 1e9)
        producer.send([Task(number, intended_ns=intended_ns)])


def main() -> None:
    """Carries out orders until there are none left."""
    producer: Producer = importlib.import_module(f"peerbench.adapters.{sys.argv[1]}").Producer()
    for line in sys.stdin:
        order = json.loads(line)
        from_ns = time.monotonic_ns()
        (send_paced if order.get("per_s") else send_backlog)(producer, order)
        print(json.dumps({"from_ns": from_ns, "to_ns": time.monotonic_ns()}), flush=True)


if __name__ == "__main__":
    main()
