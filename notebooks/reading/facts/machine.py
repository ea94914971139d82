"""On which machine and with which software a run was made."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Machine:
    """What pages tell of it."""

    cores: int
    processor: str
    redis: str


def machine(manifest: dict[str, Any]) -> Machine:
    """The machine of a manifest."""
    host = manifest["host"]
    return Machine(host["cores"], host["cpu_model"], manifest["redis"]["version"])
