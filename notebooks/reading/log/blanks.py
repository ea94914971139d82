"""The parts of an entry that are the author's, and the rest, which is made of results."""

import hashlib
import re

_BLANK = re.compile(r"(?P<open><!-- yours: (?P<name>[\w-]+) -->\n)(?P<text>.*?)(?P<close><!-- end of yours -->)", re.DOTALL)


def texts(body: str) -> dict[str, str]:
    """What stands in each blank, by the blank's name."""
    return {blank["name"]: blank["text"] for blank in _BLANK.finditer(body)}


def filled(body: str, words: dict[str, str]) -> str:
    """The body with these words in its blanks; those of another name are as they were."""
    return _BLANK.sub(lambda blank: blank["open"] + words.get(blank["name"], blank["text"]) + blank["close"], body)


def without_place(before: str, body: str) -> list[str]:
    """The names of the blanks of a body in which there are words, and that the new body does not have."""
    kept = texts(body)
    return [name for name, text in texts(before).items() if name not in kept and text.strip("- \n")]


def emptied(body: str) -> str:
    """The body without what stands in its blanks."""
    return _BLANK.sub(r"\g<open>\g<close>", body)


def checksum(body: str) -> str:
    """The SHA-256 of what is not the author's: it stays the same whatever is written into the blanks."""
    return hashlib.sha256(emptied(body).encode("utf-8")).hexdigest()
