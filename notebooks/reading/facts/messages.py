"""Messages to a slow sink, and what placing them by the queue costs: `make messages`, `make bench-messages`."""

from dataclasses import dataclass

from reading.facts.claims import hold
from reading.facts.results import folder, path_of, scenario
from reading.facts.settings import mean_of_lognormal, option
from reading.facts.spread import Spread, spread
from reading.foreign import read_foreign

NAME = "messages"
WITH_KILLS = "messages-with-kills"
BENCHMARK = "messages-benchmark"


@dataclass(frozen=True)
class MessageRun:
    """A run that places messages."""

    tasks: int
    workers: int
    slots: int
    tasks_per_s: float
    lost: int
    placed_twice: int
    repeated: int
    refused: int
    killed: int


@dataclass(frozen=True)
class Messages:
    """A run without faults, one with killed workers and failing calls, and the pairs with a bare client."""

    plain: MessageRun
    with_kills: MessageRun
    delay_ms: float
    failing: str
    rate_ratio: Spread
    cpu_ratio: Spread
    bare_cpu_us: Spread

    @property
    def most_per_s(self) -> float:
        """What slots ÷ delay allows."""
        return self.plain.workers * self.plain.slots / (self.delay_ms / 1e3)

    @property
    def share_of_most(self) -> float:
        """What part of that is placed."""
        return self.plain.tasks_per_s / self.most_per_s


def messages() -> Messages:
    """What the committed runs and pairs show."""
    numbers = ("rate_ratio", "cpu_ratio", "bare_cpu_us")
    pairs = read_foreign(path_of(BENCHMARK) / "ratios.csv", ("pair",), numbers)
    runs = _run(NAME), _run(WITH_KILLS)
    hold(WITH_KILLS, "both runs are alike", (runs[0].tasks, runs[0].slots) == (runs[1].tasks, runs[1].slots))
    return Messages(
        plain=runs[0],
        with_kills=runs[1],
        delay_ms=mean_of_lognormal(scenario("messages")["sink-delay"]),
        failing=option(folder(WITH_KILLS).manifest, "--sink-fail"),
        rate_ratio=spread(pairs.rate_ratio),
        cpu_ratio=spread(pairs.cpu_ratio),
        bare_cpu_us=spread(pairs.bare_cpu_us),
    )


def _run(name: str) -> MessageRun:
    row = folder(name).table("summary").iloc[0]
    return MessageRun(
        tasks=int(row.tasks_planned),
        workers=int(row.workers),
        slots=int(row.slots),
        tasks_per_s=float(row.acked_per_s),
        lost=int(row.lost),
        placed_twice=int(row.messages_placed_twice),
        repeated=int(row.messages_repeated),
        refused=int(row.messages_refused),
        killed=int(row.worker_deaths),
    )
