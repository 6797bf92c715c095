"""How the camera moved: the background followed from frame to frame, the athlete left out."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray, Image
from plumbline.camera import CameraPath
from plumbline.errors import opencv_libraries
from plumbline.video._halves import Halves, chain, fit
from plumbline.video._settings import VIDEO

with opencv_libraries():
    import cv2


def _flow(
    before: Image, after: Image, points: NDArray[np.float32], guess: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Where points (k, 1, 2) of one frame are in another, and which could be found."""
    moved, ok, _ = cv2.calcOpticalFlowPyrLK(
        before,
        after,
        points,
        guess.copy(),
        winSize=(VIDEO.flow_px, VIDEO.flow_px),
        maxLevel=VIDEO.flow_halvings,
        flags=cv2.OPTFLOW_USE_INITIAL_FLOW,
    )
    return moved, ok.ravel() == 1


class CameraTracker:
    """Follows background points against a key frame, so that errors do not add up.

    Points are laid where no person is, followed by pyramidal Lucas-Kanade, and checked by
    following them back. A similarity is fitted by RANSAC; when too few points are left a
    new key frame is laid.

    Parameters
    ----------
    width, height : int
        Size of the full picture in px; what `update` is given may be smaller.
    """

    def __init__(self, width: int, height: int) -> None:
        self._size = (width, height)
        self._key: Image | None = None
        self._key_to_first = np.eye(2, 3)
        self._points = np.zeros((0, 1, 2), np.float32)
        self._guess = np.zeros((0, 1, 2), np.float32)
        self._laid, self._lost, self._adrift = 0, 0, False
        self._frames: list[int] = []
        self._rows: list[FloatArray] = []
        self._known: list[bool] = []
        self._boxes: deque[FloatArray] = deque(maxlen=VIDEO.recent_looks)
        self._before: Image | None = None
        self._changes: deque[float] = deque(maxlen=VIDEO.recent_looks)
        self._cuts: list[int] = []
        self._halves = Halves()

    def update(self, frame: int, image: Image, boxes: FloatArray) -> None:
        """Follow the background into a later frame; frames may be left out.

        Parameters
        ----------
        frame : int
            Its number.
        image : (h, w, 3) uint8
            RGB.
        boxes : (k, 4)
            People to leave out: left, top, right, bottom as shares of the picture's width and height.
        """
        self._boxes.append(boxes)
        scale = min(1.0, VIDEO.followed_edge_px / max(image.shape[:2]))
        size = (max(round(image.shape[1] * scale), 8), max(round(image.shape[0] * scale), 8))
        grey = cv2.cvtColor(cv2.resize(image, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
        changed, motion = self._another_scene(grey), self._follow(grey)
        if motion is None and (changed or self._key is None):
            self._begin_scene(frame, grey, boxes)
            return
        here = self._rows[-1]
        if motion is not None:
            here = chain(self._key_to_first, np.asarray(cv2.invertAffineTransform(motion)))
        self._lost = 0 if motion is not None else self._lost + 1
        self._adrift = self._adrift or self._lost > VIDEO.lost_looks
        self._note(frame, here, motion is not None and not self._adrift)
        few = motion is not None and len(self._points) < VIDEO.keep_share * self._laid
        if few or self._lost > VIDEO.lost_looks:
            # One frame's landmarks may leave an arm out.
            self._lay(grey, np.concatenate(self._boxes), here)
            self._known[-1] = self._known[-1] and len(self._points) >= VIDEO.min_points

    def _note(self, frame: int, to_first: FloatArray, known: bool) -> None:
        self._frames.append(frame)
        self._rows.append(to_first)
        self._known.append(known)

    def _begin_scene(self, frame: int, grey: Image, boxes: FloatArray) -> None:
        if self._key is not None:
            self._cuts.append(frame)
        self._boxes.clear()
        self._boxes.append(boxes)
        self._lost, self._adrift = 0, False
        self._halves.begin_scene()
        self._lay(grey, boxes, np.eye(2, 3))
        self._note(frame, np.eye(2, 3), len(self._points) >= VIDEO.min_points)

    def _another_scene(self, grey: Image) -> bool:
        """Whether most of the picture has changed at once."""
        before, self._before = self._before, grey
        if before is None:
            return False
        change = float(np.median(cv2.absdiff(grey, before)))
        usual = float(np.median(self._changes)) if self._changes else 0.0
        self._changes.append(change)
        return change > max(VIDEO.cut_levels, VIDEO.cut_times * usual)

    def _lay(self, grey: Image, boxes: FloatArray, to_first: FloatArray) -> None:
        h, w = grey.shape
        mask = np.full(grey.shape, 255, np.uint8)
        for left, top, right, bottom in boxes:
            pad = VIDEO.person_across_share * max(right - left, 0.5 * (bottom - top))
            x0, x1 = (int(np.clip(x * w, 0, w)) for x in (left - pad, right + pad))
            up = VIDEO.person_up_share
            y0, y1 = (int(np.clip(y * h, 0, h)) for y in (top - up, bottom + up))
            mask[y0:y1, x0:x1] = 0
        found = cv2.goodFeaturesToTrack(
            grey,
            VIDEO.max_points,
            VIDEO.point_quality,
            VIDEO.points_apart_px,
            mask=mask,
            blockSize=VIDEO.point_block_px,
        )
        self._points = np.zeros((0, 1, 2), np.float32) if found is None else found.astype(np.float32)
        self._guess, self._laid = self._points.copy(), len(self._points)
        self._key, self._key_to_first = grey, to_first
        self._halves.lay()

    def _follow(self, grey: Image) -> FloatArray | None:
        """Similarity (2, 3) in full-size px from the key frame to this one; None if lost."""
        if self._key is None or len(self._points) < VIDEO.min_points:
            return None
        there, ok = _flow(self._key, grey, self._points, self._guess)
        back, ok_back = _flow(grey, self._key, there, self._points)
        good = ok & ok_back
        good &= np.linalg.norm((back - self._points).reshape(-1, 2), axis=1) < VIDEO.back_and_forth_px
        if good.sum() < VIDEO.min_points:
            return None
        self._points, self._guess = self._points[good], there[good]
        full = np.array([self._size[0] / grey.shape[1], self._size[1] / grey.shape[0]])
        found, agreeing = fit(self._points, self._guess, full)
        if agreeing < VIDEO.min_agreeing_share:
            return None
        self._halves.follow(self._points, self._guess, full)
        return found

    def path(self, count: int) -> CameraPath:
        """The movement over the film's frames, in between along straight lines.

        Parameters
        ----------
        count : int
            How many frames the film has.

        Returns
        -------
        CameraPath
        """
        if not self._rows or not count:
            return CameraPath.fixed(count, *self._size)
        every, rows = np.arange(count), np.array(self._rows).reshape(-1, 6)
        to_first = np.column_stack([np.interp(every, self._frames, column) for column in rows.T])
        known = np.interp(every, self._frames, self._known) == 1
        doubt = self._halves.doubt(self._size)
        return CameraPath(to_first.reshape(-1, 2, 3), known, self._size, tuple(self._cuts), doubt)
