"""Numbers that are typed in a template's prose, where each should come from a file."""

import re
from dataclasses import dataclass

_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TYPED = re.compile(r"\{\{-?\s*(?P<value>[\"']?[-+]?\d[^}]*)\}\}")
_LEFT_OUT = tuple(
    re.compile(pattern, re.DOTALL | re.MULTILINE)
    for pattern in (
        r"^```.*?^```",  # blocks of code
        r"``.+?``|`[^`\n]+`",  # spans of code
        r"(?<=\])\([^)\s]*\)",  # where a link leads
        r"https?://\S+",
        r"<!--.*?-->",
    )
)
_NUMBER = re.compile(r"[^\s|(]*\d[^\s|)]*")


@dataclass(frozen=True)
class TypedNumber:
    """A word with a digit, and its line."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}"


def typed_numbers(template: str, allowed: tuple[str, ...] = ()) -> list[TypedNumber]:
    """The numbers in a template's prose and tables, without those in a phrase that is allowed.

    Code, links' targets and expressions are left out, but for expressions that are nothing but a number.
    """
    text = _TYPED.sub(lambda match: match["value"].replace("\n", " "), template)
    for pattern in (_EXPRESSION, *_LEFT_OUT):
        text = pattern.sub(_blank, text)
    for phrase in allowed:
        text = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", lambda match: _blank(match), text)
    return [
        TypedNumber(number, match.group())
        for number, line in enumerate(text.splitlines(), start=1)
        for match in _NUMBER.finditer(line)
    ]


def _blank(match: re.Match[str]) -> str:
    """As many lines as there were, so that those below keep their numbers."""
    return " " + "\n" * match.group().count("\n")
