"""When two SVG images are one drawing: processors round differently, and names in an image are made of its numbers."""

import re

import numpy as np

_NUMBER = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"


def is_same_drawing(one: bytes, other: bytes) -> bool:
    """Whether two SVG images are alike but for names, and for a hundredth of a point."""
    (shape, places), (others_shape, others_places) = _taken_apart(one), _taken_apart(other)
    return shape == others_shape and np.allclose(places, others_places, rtol=0, atol=0.01)


def _taken_apart(svg: bytes) -> tuple[str, list[float]]:
    """An SVG image without names and numbers, and the numbers."""
    text = re.sub(r'(\bid="|xlink:href="#|url\(#)[^")]*', r"\1", svg.decode("utf-8"))
    return re.sub(_NUMBER, "", text), [float(number) for number in re.findall(_NUMBER, text)]
