"""A figure as the bytes of a file, the same each time."""

import base64
import io

import matplotlib as mpl
from matplotlib.figure import Figure

from reading.style import SAVING

PIXELS_PER_INCH = 200
"""How fine PNG files are."""


def svg(figure: Figure) -> bytes:
    """The figure as SVG: text is drawn as outlines, so it looks the same without any font."""
    with mpl.rc_context(SAVING):
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def png(figure: Figure) -> bytes:
    """The figure as PNG."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=PIXELS_PER_INCH, metadata={"Software": None})
    return buffer.getvalue()


def data_url(image: bytes) -> str:
    """An SVG image as a URL that holds it, for a page that opens without a network."""
    return f"data:image/svg+xml;base64,{base64.b64encode(image).decode('ascii')}"
