"""What is written into the camera's picture: count and verdict, to be read from 4 m."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.draw._overlay import draw_live
from plumbline.draw._scene import FrameScene
from plumbline.draw._style import BY_OUTCOME, GREY, WHITE, Image, cv2, shade
from plumbline.draw._type import line_width, put_line
from plumbline.errors import PlumblineError

# Of the picture's height. Capitals are 0.73 of the type's size: a verdict's are 0.1 of the
# height, 19 mm on a 14-inch laptop's full screen, 16 minutes of arc from 4 m.
COUNT, VERDICT, NOTE = 0.30, 0.137, 0.035
LINE = 1.18
MARGIN = 0.02
VERDICT_LINES = 2
# A verdict below another may be smaller, to be there at all.
LEAST_VERDICT = 0.06
# Words reach no lower than this share of the height, or they cover the athlete; the page beside has them all.
LOWEST = 0.34
SMALLEST_PX = 14


@dataclass(frozen=True)
class Board:
    """Words in a live picture.

    Attributes
    ----------
    count : str
        At the top left, empty before counting.
    lines : tuple of (words, outcome)
        Beside it, the most important first: what to do, or the last rep's verdict; "plain", "ok",
        "borderline" or "fault". The picture takes what leaves the athlete free.
    note : str
        Small, at the bottom.
    """

    count: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    note: str = ""


def live_picture(image: Image, scene: FrameScene | None, board: Board) -> Image:
    """Write the board into a picture of the camera and draw the figure over it.

    Parameters
    ----------
    image : (h, w, 3) uint8
        RGB.
    scene : FrameScene or None
        None where nobody is seen.
    board : Board

    Returns
    -------
    (h, w, 3) uint8
        RGB, a copy.
    """
    out = image.copy()
    h, w = out.shape[:2]
    edge = MARGIN * h
    left = edge
    if board.count:
        size = round(COUNT * h)
        wide = line_width(board.count, size, True)
        shade(out, 0, 0, left + wide + edge, 0.85 * size, 0.6)
        put_line(out, board.count, (left, 0.79 * size), size, WHITE, True)
        left += wide + 2 * edge
    y = 0.0
    for words, outcome in board.lines:
        parts = _below(words, h, y, w - left - edge)
        if not parts:
            break
        for part, size in parts:
            shade(out, left - edge, y, w, y + LINE * size, 0.6)
            colour = BY_OUTCOME.get(outcome, WHITE)[::-1]
            out[round(y) : round(y + LINE * size), round(left - edge) : round(left - 0.4 * edge)] = colour
            put_line(out, part, (left, y + 0.93 * size), size, WHITE, True)
            y += LINE * size
    if board.note:
        size = _fitting(board.note, max(round(NOTE * h), 10), w - 2 * edge)
        shade(out, 0, h - 1.5 * size, line_width(board.note, size) + 2 * edge, h, 0.6)
        put_line(out, board.note, (edge, h - 0.45 * size), size, GREY)
    return draw_live(out, scene) if scene is not None else out


def _below(words: str, h: int, y: float, room: float) -> list[tuple[str, int]]:
    """Words in lines of at most `room` px, from y on; smaller where they would reach too low, empty where none fit."""
    size = VERDICT * h
    while size >= LEAST_VERDICT * h:
        parts = _broken(words, round(size), room)
        if y == 0 or y + sum(LINE * each for _, each in parts) <= LOWEST * h:
            return parts
        size *= 0.9
    return []


def _broken(words: str, size: int, room: float) -> list[tuple[str, int]]:
    """Words in lines of at most `room` px with their sizes, smaller where one would not fit."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and line_width(longer, size, True) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > VERDICT_LINES and size > SMALLEST_PX:
        return _broken(words, round(0.85 * size), room)
    return [(line, _fitting(line, size, room)) for line in lines]


def _fitting(line: str, size: int, room: float) -> int:
    return max(round(size * min(1.0, room / max(line_width(line, size, True), 1))), 10)


def jpeg_of(image: Image) -> bytes:
    """The RGB picture `image` (h, w, 3) as JPEG.

    Raises
    ------
    PlumblineError
        When it cannot be encoded.
    """
    ok, data = cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 80])
    if not ok:
        raise PlumblineError("a picture could not be encoded.")
    return bytes(data)


def picture_of(jpeg: bytes) -> Image:
    """The RGB picture (h, w, 3) of a `jpeg`."""
    return np.asarray(cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)[..., ::-1], np.uint8)
