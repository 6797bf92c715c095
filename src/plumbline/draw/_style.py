"""Colours and text: colour-blind safe (Okabe & Ito 2008), never colour alone."""

from __future__ import annotations

import numpy as np

from plumbline.arrays import Image
from plumbline.draw._type import line_width, put_line
from plumbline.errors import opencv_libraries

with opencv_libraries():
    import cv2

Colour = tuple[int, int, int]

# BGR
OK: Colour = (115, 158, 0)
BORDERLINE: Colour = (0, 159, 230)
FAULT: Colour = (0, 94, 213)
LINE: Colour = (233, 180, 86)
WHITE: Colour = (255, 255, 255)
GREY: Colour = (170, 170, 170)
DARK: Colour = (28, 26, 24)
BY_OUTCOME: dict[str, Colour] = {"plain": WHITE, "ok": OK, "borderline": BORDERLINE, "fault": FAULT}
# A mark beside the colour, so that a verdict reads in grey too.
MARK = {"ok": "ok", "borderline": "?", "fault": "!"}

__all__ = [
    "BORDERLINE",
    "BY_OUTCOME",
    "DARK",
    "FAULT",
    "GREY",
    "LINE",
    "MARK",
    "OK",
    "WHITE",
    "Colour",
    "Image",
    "cv2",
    "fitted_size",
    "shade",
    "text",
    "text_width",
    "unit",
    "unit_of",
]

# Size of the type at size one, in units of `unit`.
TYPE = 22.0


def unit(width: int, height: int) -> float:
    """Size in px that text and lines scale with: one for a picture 540 px wide."""
    return min(width, height) / 540


def unit_of(image: Image) -> float:
    """The `unit` of a picture (h, w, 3)."""
    return unit(image.shape[1], image.shape[0])


def _px(u: float, size: float) -> int:
    return max(round(TYPE * u * size), 4)


def text(
    image: Image, u: float, words: str, x: float, y: float, size: float, colour: Colour = WHITE, bold: bool = False
) -> None:
    """Write a line with its left end at x and baseline at y, in a size of `TYPE` times `size` units of `u` px."""
    put_line(image, words, (x, y), _px(u, size), colour, bold)


def text_width(u: float, words: str, size: float, bold: bool = False) -> int:
    """Width in px that `text` would take."""
    return line_width(words, _px(u, size), bold)


def fitted_size(u: float, words: str, size: float, room: float, bold: bool = False) -> float:
    """The size, made smaller where the words would not fit into `room` px."""
    return size * min(1.0, room / max(text_width(u, words, size, bold), 1))


def shade(image: Image, x0: float, y0: float, x1: float, y1: float, strength: float = 0.62) -> None:
    """Darken a rectangle, so that text on it reads on any film."""
    h, w = image.shape[:2]
    a, b, c, d = (round(v) for v in (max(x0, 0), max(y0, 0), min(x1, w), min(y1, h)))
    if c > a and d > b:
        part = image[b:d, a:c]
        part[:] = cv2.addWeighted(part, 1 - strength, np.full_like(part, DARK), strength, 0)
