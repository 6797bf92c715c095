"""What of a film is shown, how fast, and in which shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plumbline.analysis import Analysis
from plumbline.arrays import FloatArray
from plumbline.draw._overlay import canvas_size
from plumbline.draw._style import DARK, Image
from plumbline.errors import SettingsError
from plumbline.language import N_
from plumbline.pose import LEG, SIDES
from plumbline.signals import low_pass
from plumbline.video import yuv_blank, yuv_part, yuv_put, yuv_size

# Width over height of the whole film.
SHAPES = {N_("as filmed"): None, N_("portrait"): 9 / 16, N_("landscape"): 16 / 9}
AROUND_S = 0.4
# The cut-out follows the athlete as a calm hand would.
FOLLOW_HZ = 0.5


@dataclass(frozen=True)
class CropPath:
    """The part of each picture that is shown.

    `size` in px; `left` (n,) is the cut-out's left edge in each frame, even, negative where the
    picture is narrower and stands between dark margins.
    """

    size: tuple[int, int]
    left: NDArray[np.int_]

    def of(self, picture: Image, i: int) -> Image:
        """Cut frame i out of its YUV picture."""
        wide, tall = yuv_size(picture)
        x, w = int(self.left[i]), self.size[0]
        if (x, w) == (0, wide):
            return picture
        if w <= wide:
            return yuv_part(picture, (x, 0, x + w, tall))
        out = yuv_blank(w, tall, DARK)
        yuv_put(out, picture, -x, 0)
        return out


@dataclass(frozen=True)
class Cut:
    """What of a film is shown.

    Attributes
    ----------
    reps : (int, int), optional
        First and last rep; the whole film by default.
    slower : float
        How many times slower than real time, 1 to 16.
    shape : {"as filmed", "portrait", "landscape"}
        A narrower picture follows the athlete, a wider one gets margins.
    figure : bool
        Draw skeleton and plumb line.
    line : str
        Words at the top right, for example the athlete's name.
    logo : bytes, optional
        A picture file's content (PNG or JPEG), for example the club's sign.

    Raises
    ------
    SettingsError
        When there is no such shape, or it cannot be so much slower.
    """

    reps: tuple[int, int] | None = None
    slower: float = 1.0
    shape: str = "as filmed"
    figure: bool = True
    line: str = ""
    logo: bytes | None = None

    def __post_init__(self) -> None:
        if self.shape not in SHAPES:
            raise SettingsError(
                "there is no shape '{shape}': choose one of {names}.", shape=self.shape, names=", ".join(SHAPES)
            )
        if not 1 <= self.slower <= 16:
            raise SettingsError("a film cannot be {slower:g} times slower: choose 1 to 16.", slower=self.slower)

    def span(self, analysis: Analysis) -> tuple[float, float]:
        """First and last instant shown of `analysis`, in s of the clip's own time; 0 and infinite for all of it.

        Raises
        ------
        SettingsError
            When the clip does not have the reps.
        """
        if self.reps is None:
            return 0.0, float("inf")
        first, last = self.reps
        order = [m.rep.index for m in analysis.reps]  # of time: a rep that was added has the highest number
        ends = [k for k, n in enumerate(order) if n in (first, last)]
        inside = [m.rep for m in analysis.reps[ends[0] : ends[-1] + 1]] if ends else []
        if not inside or not {first, last} <= set(order):
            raise SettingsError(
                "there are no reps {first} to {last}: the clip has {n}.", first=first, last=last, n=len(analysis.reps)
            )
        return max(inside[0].start_s - AROUND_S, 0.0), inside[-1].end_s + AROUND_S

    def window(self, analysis: Analysis, width: int, height: int) -> CropPath:
        """The part shown of each picture.

        Parameters
        ----------
        analysis : Analysis
        width, height : int
            Of the pictures, px.

        Returns
        -------
        CropPath
        """
        n = len(analysis.pose)
        aspect = SHAPES[self.shape]
        if aspect is None:
            return CropPath((width, height), np.zeros(n, int))
        w = _width_for(aspect, width, height)
        if w >= width:
            return CropPath((w, height), np.full(n, -((w - width) // 4 * 2)))  # even: the left margin may be 2 px less
        middle = _middle_x(analysis) * width / analysis.clip.width
        return CropPath((w, height), np.clip((middle - w / 2) // 2 * 2, 0, width - w).astype(int))


def _width_for(aspect: float, width: int, height: int) -> int:
    """Even width of a picture whose film, with the strips above and below, has this shape; px."""
    w = width
    for _ in range(4):  # the strips' height hangs on the width, a little
        w = max(2, round(canvas_size(w, height)[1] * aspect / 2) * 2)
    return w


def _middle_x(analysis: Analysis) -> FloatArray:
    """Where the athlete's hips are in each frame (n,), px of the full-size picture, calmed."""
    pose = analysis.tracks.pose
    hips = pose.raw[:, [LEG[s][0] for s in SIDES]]
    x = np.array([pose.in_picture(h, i)[:, 0].mean() for i, h in enumerate(hips)])
    seen = np.flatnonzero(np.isfinite(x))
    if len(seen) == 0:
        return np.full(len(x), analysis.clip.width / 2)
    filled = np.interp(np.arange(len(x)), seen, x[seen])
    return low_pass(pose.time_s, filled, FOLLOW_HZ)
