"""Numbers that are typed in a template's prose, where each should come from a file."""

import re
from dataclasses import dataclass

_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TYPED = re.compile(r"\{\{-?\s*(?P<value>[\"']?[-+]?\d[^}]*)\}\}")
_EXAMPLE = re.compile(r"^\{# an example:[^}]*#\}\s*^```$.*?^```$", re.DOTALL | re.MULTILINE)
"""A block of output that is no result, and says so in the template."""

_LEFT_OUT = tuple(
    re.compile(pattern, re.DOTALL | re.MULTILINE)
    for pattern in (
        r"^```\w+$.*?^```$",  # blocks of code, whose language is named: those of output are checked
        r"(?<!`)``(?!`).+?(?<!`)``(?!`)|(?<!`)`[^`\n]+`(?!`)",  # spans of code
        r"(?<=\])\([^)\s]*\)",  # where a link leads
        r"https?://\S+",
        r"<!--.*?-->",
    )
)
_WORDS = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
    *("hundreds?", "thousands?", "millions?", "dozens?", "thirds?", "quarters?", "fifths?", "tenths?"),
)
"""Numbers as words. `One`, `once`, `twice` and `half` are left out: they are hardly ever measured."""

_NUMBER = re.compile(rf"[^\s|(]*\d[^\s|)]*|(?<![\w-])(?:{'|'.join(_WORDS)})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class TypedNumber:
    """A word with a digit, or that is a number, and its line."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}"


def typed_numbers(template: str, allowed: tuple[str, ...] = ()) -> list[TypedNumber]:
    """The numbers in a template's prose and tables, without those in a phrase that is allowed.

    Code, links' targets and expressions are left out, but for expressions that are nothing but a number; so is output that is
    marked as an example, `{# an example: of what #}`.
    """
    text = _EXAMPLE.sub(_blank, template)
    text = _TYPED.sub(lambda match: match["value"].replace("\n", " "), text)
    for pattern in (_EXPRESSION, *_LEFT_OUT):
        text = pattern.sub(_blank, text)
    for phrase in allowed:
        text = re.sub(rf"(?<!\w){phrase_pattern(phrase)}(?!\w)", _blank, text)
    return [
        TypedNumber(number, match.group())
        for number, line in enumerate(text.splitlines(), start=1)
        for match in _NUMBER.finditer(line)
    ]


def phrase_pattern(phrase: str) -> str:
    """A phrase as a pattern that finds it, too, where a line ends within it."""
    return r"\s+".join(map(re.escape, phrase.split()))


def _blank(match: re.Match[str]) -> str:
    """As many lines as there were, so that those below keep their numbers."""
    return " " + "\n" * match.group().count("\n")
