"""Lines of text in pictures."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from plumbline.errors import opencv_libraries
from plumbline.typeface import drawable, face_file

with opencv_libraries():
    import cv2

# Film texts repeat from frame to frame: a line is set once.
KEPT_LINES = 128


@lru_cache(maxsize=64)
def _face(size_px: int, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(face_file(bold)), size_px)


@lru_cache(maxsize=KEPT_LINES)
def line_mask(words: str, size_px: int, bold: bool = False) -> tuple[NDArray[np.uint8], int]:
    """A line as coverage.

    Parameters
    ----------
    words : str
    size_px : int
        The face's size; capitals are 0.73 of it high.
    bold : bool

    Returns
    -------
    (h, w) uint8
        Coverage, 0 to 255.
    int
        Row of the baseline in it.
    """
    face = _face(size_px, bold)
    above, below = face.getmetrics()
    shown = drawable(words, bold)
    mask = Image.new("L", (max(round(face.getlength(shown)), 1) + 2, above + below))
    ImageDraw.Draw(mask).text((1, 0), shown, fill=255, font=face)
    out = np.asarray(mask, np.uint8)
    out.setflags(write=False)
    return out, above


@lru_cache(maxsize=KEPT_LINES)
def _stamp(
    words: str, size_px: int, colour: tuple[int, int, int], bold: bool
) -> tuple[NDArray[np.uint8], NDArray[np.uint8], int]:
    """What a line adds to a picture (h, w, 3), what it leaves of it (of 255), and its baseline."""
    mask, baseline = line_mask(words, size_px, bold)
    cover = mask[..., None].astype(np.uint16)
    adds = (cover * np.array(colour, np.uint16) // 255).astype(np.uint8)
    return adds, np.repeat(255 - mask[..., None], 3, axis=2), baseline


@lru_cache(maxsize=KEPT_LINES)
def line_width(words: str, size_px: int, bold: bool = False) -> int:
    """Width in px that a line takes."""
    return round(_face(size_px, bold).getlength(drawable(words, bold)))


def put_line(
    image: NDArray[np.uint8],
    words: str,
    at: tuple[float, float],
    size_px: int,
    colour: tuple[int, int, int],
    bold: bool = False,
) -> None:
    """Write a line into an image (h, w, 3) in place, cut off at its edges.

    Parameters
    ----------
    image : (h, w, 3) uint8
    words : str
    at : (x, y)
        Left end of the baseline, px.
    size_px : int
    colour : (3,) of 0 to 255
        In the image's own order of channels.
    bold : bool
    """
    adds, leaves, baseline = _stamp(words, size_px, colour, bold)
    x, y = round(at[0]), round(at[1]) - baseline
    x0, y0 = max(x, 0), max(y, 0)
    x1, y1 = min(x + adds.shape[1], image.shape[1]), min(y + adds.shape[0], image.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    rows, columns = slice(y0 - y, y1 - y), slice(x0 - x, x1 - x)
    part = image[y0:y1, x0:x1]
    part[:] = cv2.add(cv2.multiply(part, leaves[rows, columns], scale=1 / 255), adds[rows, columns])
