"""What `everysec` loses when the process is killed while it syncs slowly: `make everysec`."""

from dataclasses import dataclass

from reading.facts.results import path_of
from reading.foreign import read_foreign

FILE = "everysec/sigkills.csv"
SETTING = "everysec"


@dataclass(frozen=True)
class Delay:
    """Kills of one setting, with syncs that take so long."""

    appendfsync: str
    sync_ms: int
    kills: int
    with_loss: int
    most_lost: int


@dataclass(frozen=True)
class Everysec:
    """The settings, and how often a kill in a sync, and no other, lost something."""

    delays: list[Delay]
    kills: int
    as_told: int

    @property
    def kills_a_delay(self) -> int:
        """How many kills there are of each."""
        return min(delay.kills for delay in self.delays)


def everysec() -> Everysec:
    """What the committed kills show."""
    kills = read_foreign(path_of(FILE), ("appendfsync",), ("sync_delay_ms", "lost", "in_sync_at_kill"))
    settings = sorted(kills.appendfsync.unique(), key=lambda name: (name != SETTING, name == "always"))
    groups = [(name, delay, rows) for name in settings for delay, rows in kills[kills.appendfsync == name].groupby("sync_delay_ms")]
    own = kills[kills.appendfsync == SETTING]
    return Everysec(
        delays=[
            Delay(name, int(delay), len(rows), int((rows.lost > 0).sum()), int(rows.lost.max())) for name, delay, rows in groups
        ],
        kills=len(own),
        as_told=int(((own.lost > 0) == (own.in_sync_at_kill == 1)).sum()),
    )
