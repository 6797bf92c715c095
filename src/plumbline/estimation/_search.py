"""Where somebody is who is too small to be found in the whole picture."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from plumbline.arrays import FloatArray, Image
from plumbline.estimation._eye import Eye, Gliding, PoseEstimator, SearchWindow
from plumbline.estimation._settings import ESTIMATION
from plumbline.pose import POSE, boxes_of
from plumbline.video import Frame


def find_window(frames: Iterable[Frame], estimator: PoseEstimator) -> SearchWindow | Gliding | None:
    """Where in the picture somebody is who is too small to be found in the whole of it.

    Parameters
    ----------
    frames : iterable of Frame
        Some, spread over the film, in a size in which a person has 100 px and more.
    estimator : PoseEstimator

    Returns
    -------
    SearchWindow, Gliding or None
        Around all places where people of like size were found; along with one who crosses the picture, where they
        would be small in that, too. None where hardly any were found.
    """
    looks: list[FloatArray] = []
    at: list[int] = []
    shape = np.ones(2)
    for frame in frames:
        shape = np.array(frame.image.shape[1::-1], float)
        if shape.min() < ESTIMATION.search_least_edge_px:
            return None
        finds = [_afresh(Eye(estimator, window=tile), frame.image) for tile in _tiles(frame.image)]
        looks.append(np.concatenate([boxes_of(f) for f in finds]))
        at.append(frame.index)
    boxes = np.concatenate(looks) if looks else np.zeros((0, 4))
    if not len(boxes):
        return None
    heights = boxes[:, 3] - boxes[:, 1]
    of_look = np.repeat(np.arange(len(looks)), [len(look) for look in looks])
    # What is no person is found in any size: a person is of like size in most looks.
    similar = np.abs(np.log(heights / heights[:, None])) < np.log(POSE.size_factor)
    alike = similar[int(np.argmax([len(set(of_look[k])) for k in similar]))]
    usual = float(np.median(heights[alike]))
    if len(set(of_look[alike])) < ESTIMATION.window_found_share * len(looks):
        return None
    tall = usual * shape[1] / shape  # a person's height, as fractions of the picture's width and height
    margin = ESTIMATION.window_margin_share * tall
    left, top = np.clip(boxes[alike, :2].min(axis=0) - margin, 0, 1)
    right, bottom = np.clip(boxes[alike, 2:].max(axis=0) + margin, 0, 1)
    whole = SearchWindow(float(left), float(top), float(right), float(bottom))
    longer = max((right - left) / tall[0], (bottom - top) / tall[1])
    if longer <= ESTIMATION.window_most_heights:
        return whole
    seen = np.unique(of_look[alike])
    middles = [np.median((boxes[alike & (of_look == k), :2] + boxes[alike & (of_look == k), 2:]) / 2, 0) for k in seen]
    size = np.minimum(tall + 2 * margin, 1)
    return Gliding(np.array(at)[seen], np.array(middles), size) if len(seen) > 1 else whole


def _afresh(eye: Eye, image: Image) -> FloatArray:
    """Finds that do not hang on the picture before: the model first looks where somebody was in it."""
    eye.detect(image)
    return eye.detect(image)


def _tiles(image: Image) -> list[SearchWindow]:
    """Squares that cover a picture, each overlapping the next by half."""
    h, w = image.shape[:2]
    edge = ESTIMATION.tile_share * min(h, w)
    rows, columns = (np.linspace(0, 1 - edge / n, round(2 * (n / edge - 1)) + 1) for n in (h, w))
    return [SearchWindow(x, y, x + edge / w, y + edge / h) for y in rows for x in columns]
