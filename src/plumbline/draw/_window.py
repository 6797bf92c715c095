"""A window on the screen for live use without a browser."""

from __future__ import annotations

import os
import sys
from types import TracebackType

from plumbline.draw._overlay import draw_live
from plumbline.draw._scene import FrameScene
from plumbline.draw._style import (
    BY_OUTCOME,
    GREY,
    WHITE,
    Colour,
    Image,
    cv2,
    fitted_size,
    shade,
    text,
    unit_of,
)
from plumbline.errors import OutputError

TITLE = "Plumbline: q or Esc to stop"
STOP_KEYS = {ord("q"), 27}
# Fits a laptop's screen; the user may draw it larger.
HEIGHT_PX = 720


def live_picture(image: Image, scene: FrameScene | None, lines: list[tuple[str, str]], note: str) -> Image:
    """The camera's picture with the figure, large words, and a small note; a BGR copy.

    Parameters
    ----------
    image : (h, w, 3) uint8
        RGB.
    scene : FrameScene or None
    lines : list of (words, outcome)
        Large, from the top; outcome "plain", "ok", "borderline" or "fault".
    note : str
        Small, at the bottom.
    """
    drawn = draw_live(image.copy(), scene) if scene is not None else image
    out = drawn[..., ::-1].copy()
    h, w = out.shape[:2]
    u = unit_of(out)
    y = 0.0
    for words, outcome in lines:
        size = fitted_size(u, words, 2.6, w - 40 * u)
        shade(out, 0, y, w, y + 62 * u, 0.72)
        colour: Colour = BY_OUTCOME.get(outcome, WHITE)
        cv2.rectangle(out, (0, round(y)), (round(8 * u), round(y + 62 * u)), colour, -1)
        text(out, u, words, 20 * u, y + 46 * u, size, WHITE, bold=True)
        y += 66 * u
    shade(out, 0, h - 30 * u, w, h, 0.72)
    text(out, u, note, 12 * u, h - 10 * u, fitted_size(u, note, 0.8, w - 24 * u), GREY)
    return out


class Window:
    """A window; use as a context manager.

    Raises
    ------
    OutputError
        When this machine has no display.
    """

    def __enter__(self) -> Window:
        linux = sys.platform.startswith("linux")
        if linux and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            raise OutputError(
                "this machine has no display for a window: use --no-window, or the app (uv run streamlit run app.py)."
            )
        cv2.namedWindow(TITLE, cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO | cv2.WINDOW_GUI_NORMAL)
        self._sized = False
        return self

    def show(self, picture: Image) -> bool:
        """Show a BGR picture; False once the user wants to stop."""
        cv2.imshow(TITLE, picture)
        if not self._sized:
            height, width = picture.shape[:2]
            larger = HEIGHT_PX / height
            cv2.resizeWindow(TITLE, round(width * larger), HEIGHT_PX)
            self._sized = True
        key = cv2.waitKey(1) & 0xFF
        return key not in STOP_KEYS and cv2.getWindowProperty(TITLE, cv2.WND_PROP_VISIBLE) >= 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        cv2.destroyWindow(TITLE)
