"""What to think of results before reading them: was it usable, was it steady, was anything lost?"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """How good an answer is, from the best on: its name in the page's style, a symbol, and its word."""

    GOOD = ("good", "✓", "good")
    UNKNOWN = ("unknown", "?", "not known")
    NOTE = ("note", "•", "to note")
    WARNING = ("warning", "!", "mind this")
    BAD = ("bad", "✗", "bad")

    def __init__(self, style: str, symbol: str, word: str) -> None:
        self.style = style
        self.symbol = symbol
        self.word = word


@dataclass(frozen=True)
class Judgement:
    """A question that is asked of all results of a kind, how good the answer is, and the answer in a few words.

    `gist` is what a headline says of it; empty where it says nothing.
    """

    question: str
    state: State
    answer: str
    gist: str = ""


def gist(judgements: Iterable[Judgement]) -> str:
    """The verdict in one sentence."""
    text = ", ".join(judgement.gist for judgement in judgements if judgement.gist)
    return text[:1].upper() + text[1:] + "."


def worst(judgements: Iterable[Judgement]) -> State:
    """The worst state of all; good when nothing was judged."""
    order = list(State)
    return max((judgement.state for judgement in judgements), key=order.index, default=State.GOOD)
