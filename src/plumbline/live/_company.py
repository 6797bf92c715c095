"""Others in the picture: said, painted over, and changed for when they are the one who moves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.live._settings import LIVE
from plumbline.pose.landmarks import TORSO

GREY = 128


class Company:
    """Keeps an eye on people besides the athlete."""

    def __init__(self) -> None:
        self._boxes = np.zeros((0, 4))
        self._before: FloatArray | None = None
        self._moved = 0
        self._still_since: float | None = None
        self.near = False

    def look(self, time_s: float, found: FloatArray, athlete: FloatArray | None, restless: bool) -> bool:
        """Take in everyone found.

        Parameters
        ----------
        time_s : float
            On the session's clock.
        found : (k, 33, 3)
            x and y as shares of the picture, and visibility.
        athlete : (33, 3) or None
            Who is followed now, in the same units.
        restless : bool
            Whether they have moved lately, or are the athlete for certain.

        Returns
        -------
        bool
            True when the athlete was a bystander and another one moves.
        """
        if athlete is None:
            if len(found) < 2:  # nobody is left to be painted over
                self._boxes, self.near = np.zeros((0, 4)), False
            return False
        others = np.array([p for p in found if not _same(p, athlete)]).reshape(-1, *athlete.shape)
        tall = [_height(p) >= LIVE.company_height_share * _height(athlete) for p in others]
        self.near = any(tall)
        self._still_since = None if restless else self._still_since or time_s
        mine = _box(athlete)
        self._boxes = np.array([b for b in map(_box, others) if not _overlap(b, mine)]).reshape(-1, 4)
        moving = self._moving(others[np.array(tall, bool)])
        self._moved = self._moved + 1 if moving else 0
        stood = self._still_since is not None and time_s - self._still_since >= LIVE.bystander_s
        if self._moved < LIVE.sure_looks or not stood:
            return False
        self._boxes = mine[None]
        self._moved, self._still_since, self._before = 0, None, None
        return True

    def _moving(self, others: FloatArray) -> bool:
        """Whether one of the others has moved since the look before."""
        before, self._before = self._before, others
        if before is None or not len(before) or not len(others):
            return False
        for one in others:
            away = [float(np.median(np.linalg.norm(one[:, :2] - b[:, :2], axis=1))) for b in before]
            if min(away) > LIVE.moving_pct_bh / 100 * _height(one):
                return True
        return False

    def hide(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The picture `image` (h, w, 3) with the others painted over (h, w, 3); the same one while there are none."""
        if not len(self._boxes):
            return image
        out = image.copy()
        h, w = image.shape[:2]
        for left, top, right, bottom in self._boxes:
            rows = slice(max(int(top * h), 0), max(int(bottom * h), 0))
            out[rows, max(int(left * w), 0) : max(int(right * w), 0)] = GREY
        return out


def _height(one: FloatArray) -> float:
    return float(np.ptp(one[:, 1]))


def _same(one: FloatArray, other: FloatArray) -> bool:
    """Whether the middle of one person's torso lies within the other one's body."""
    x, y = one[[*TORSO], :2].mean(axis=0)
    left, top, right, bottom = _box(other)
    return bool(left <= x <= right and top <= y <= bottom)


def _box(one: FloatArray) -> FloatArray:
    room = LIVE.company_room_share * _height(one)
    return np.concatenate([one[:, :2].min(axis=0) - room, one[:, :2].max(axis=0) + room])


def _overlap(a: FloatArray, b: FloatArray) -> bool:
    return bool(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])
