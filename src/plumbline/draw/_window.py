"""A window on the screen for live use without a browser."""

from __future__ import annotations

import os
import sys
from types import TracebackType

from plumbline.draw._style import Image, cv2
from plumbline.errors import OutputError

TITLE = "Plumbline: q or Esc to stop"
STOP_KEYS = {ord("q"), 27}
# Fits a laptop's screen; the user may draw it larger.
HEIGHT_PX = 720


class ScreenWindow:
    """A window; use as a context manager.

    Raises
    ------
    OutputError
        When this machine has no display.
    """

    def __enter__(self) -> ScreenWindow:
        linux = sys.platform.startswith("linux")
        if linux and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            raise OutputError("this machine has no display for a window: use --no-window, or the app (plumbline app).")
        cv2.namedWindow(TITLE, cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO | cv2.WINDOW_GUI_NORMAL)
        self._sized = False
        return self

    def show(self, picture: Image) -> bool:
        """Show the RGB `picture` (h, w, 3); False once the user wants to stop."""
        cv2.imshow(TITLE, picture[..., ::-1])
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
