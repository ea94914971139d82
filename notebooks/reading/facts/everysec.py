"""What `everysec` loses when the process is killed while it syncs slowly: `make everysec`."""

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from reading.facts.claims import hold
from reading.foreign import read_kills

FILE = "results/everysec/sigkills.csv"
SETTING = "everysec"


@dataclass(frozen=True)
class Delay:
    """Kills of one setting, with syncs that take so long."""

    appendfsync: str
    sync_ms: int
    kills: int
    with_loss: int
    most_lost: int
    in_sync: int


@dataclass(frozen=True)
class Everysec:
    """The settings, how many kills of `everysec` met a sync, and how many of these lost something.

    `worst` is the length of a sync that most kills met, and `next_longer` the next one, which fewer did.
    """

    delays: list[Delay]
    in_sync: int
    lost_in_sync: int
    worst: Delay
    next_longer: Delay

    @property
    def kills_a_delay(self) -> int:
        """How many kills there are of each."""
        return min(delay.kills for delay in self.delays)


def everysec() -> Everysec:
    """What the committed kills show."""
    kills = read_kills(FILE)
    settings = sorted(kills.appendfsync.unique(), key=lambda name: (name != SETTING, name == "always"))
    groups = [(name, delay, rows) for name in settings for delay, rows in kills[kills.appendfsync == name].groupby("sync_delay_ms")]
    own = kills[kills.appendfsync == SETTING]
    met = own[own.in_sync_at_kill == 1]
    delays = [_delay(name, int(delay), rows) for name, delay, rows in groups]
    steps = pairwise(delay for delay in delays if delay.appendfsync == SETTING)
    worst, next_longer = max(steps, key=lambda step: step[0].in_sync)
    hold(SETTING, "no run lost anything whose kill met no sync", (kills[kills.in_sync_at_kill != 1].lost == 0).all())
    hold(SETTING, "fewer kills met a longer sync", next_longer.in_sync < worst.in_sync)
    return Everysec(delays, len(met), int((met.lost > 0).sum()), worst, next_longer)


def _delay(name: str, delay_ms: int, rows: pd.DataFrame) -> Delay:
    return Delay(
        appendfsync=name,
        sync_ms=delay_ms,
        kills=len(rows),
        with_loss=int((rows.lost > 0).sum()),
        most_lost=int(rows.lost.max()),
        in_sync=int((rows.in_sync_at_kill == 1).sum()),
    )
