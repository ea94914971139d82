"""A figure as a part of a page: an `<svg>` element that needs no font and no file."""

import re
from html import escape

_PROLOGUE = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_SIZE = re.compile(r'\s(?:width|height)="[^"]*"')
_NAMED = re.compile(r'(\bid="|xlink:href="#|url\(#)')


def inline(svg: str, prefix: str, description: str) -> str:
    """The element of an SVG file: as wide as its place, described, with names that no other figure of the page has."""
    element = _METADATA.sub("", _PROLOGUE.sub("", svg))
    element = _NAMED.sub(rf"\g<1>{prefix}-", element)
    opening, rest = element.split(">", 1)
    return f'{_SIZE.sub("", opening)} role="img" aria-label="{escape(description)}">{rest.strip()}'
