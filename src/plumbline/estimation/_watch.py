"""How a film becomes `Footage`: one pass of a pose model, with the background followed beside it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from plumbline.arrays import FloatArray
from plumbline.camera import CameraPath, Instants, Uprights, find_instants, find_uprights, pooled
from plumbline.clip import ClipInfo
from plumbline.estimation._eye import Eye, Gliding, OpenEstimator, SearchWindow, faces_right
from plumbline.estimation._glimpses import Glimpses
from plumbline.estimation._settings import ESTIMATION
from plumbline.pose import Footage, boxes_of, follow, gather, middle_of
from plumbline.video import CameraTracker, Frame, segments

# The picture as a box: left, top, right, bottom.
WHOLE = np.array([0, 0, 1, 1])
OpenFrames = Callable[[], Iterable[Frame]]


def _in_px(found: FloatArray, clip: ClipInfo) -> FloatArray:
    """Fractions count from the picture's edge, pixel coordinates from the first pixel's centre."""
    out = np.array(found, float)
    out[..., :2] = out[..., :2] * [clip.width, clip.height] - 0.5
    return out


@dataclass(frozen=True)
class _Seen:
    """What one pass over a film found; `frames` counts all pictures, `others` the looks in which others were seen."""

    time_s: FloatArray
    finds: list[FloatArray]
    camera: CameraPath
    uprights: Uprights | None
    others: int
    instants: Instants | None
    light: float
    frames: int


def _ahead(frames: Iterable[Frame], eye: Eye) -> Iterator[tuple[Frame, FloatArray]]:
    """Each frame with its finds, the next ones being looked at meanwhile in a thread.

    The pose model lets go of the interpreter, so that following the background costs little
    time of its own. One model sees every frame: two that took turns exchanged the legs of
    runners against each other.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="pose") as pool:
        waiting: deque[tuple[Frame, Future[FloatArray]]] = deque()
        for frame in frames:
            waiting.append((frame, pool.submit(eye.detect, frame.image, frame.index)))
            if len(waiting) > ESTIMATION.model_waiting:
                first, found = waiting.popleft()
                yield first, found.result()
        for last, found in waiting:
            yield last, found.result()


def _pass(
    frames: Iterable[Frame],
    clip: ClipInfo,
    eye: Eye,
    scout: Eye | None,
    on_frame: Callable[[int], None] | None,
    glimpses: Glimpses | None = None,
) -> _Seen:
    times: list[float] = []
    change: list[float] = []
    finds: list[FloatArray] = []
    uprights: dict[int, Uprights] = {}
    light: list[float] = []
    room: list[float] = []
    camera = CameraTracker(clip.width, clip.height)
    every = max(int(clip.container_fps / ESTIMATION.camera_fps), 1)
    others, next_look = 0, 0.0
    for frame, found in _ahead(frames, eye):
        if frame.index % every == 0:
            camera.update(frame.index, frame.image, boxes_of(found))
        if glimpses is not None:
            glimpses.look(frame.index, frame.image, boxes_of(found))
        if frame.index % max(clip.frames // ESTIMATION.line_frames, 1) == 0:
            here = find_uprights(segments(frame.image, boxes_of(found)), clip.width / clip.height)
            uprights |= {frame.index: here} if here else {}
            light += [_light(frame.image, box) for box in boxes_of(found)]
            room.append(_light(frame.image, WHOLE))
        if scout is not None and frame.time_s >= next_look * clip.time_scale:
            next_look += ESTIMATION.look_every_s
            others += len(_apart(scout.detect(frame.image, frame.index), found)) > 0
        times.append(frame.time_s)
        change.append(frame.change)
        finds.append(_in_px(found, clip))
        if on_frame is not None:
            on_frame(len(times))
    path = camera.path(len(times))
    # Landmarks are brought to the first frame, so the turn is counted from there too.
    turns = [replace(u, tilt_deg=u.tilt_deg - path.roll_deg[i]) for i, u in uprights.items()]
    seen = _Seen(
        np.array(times, float),
        finds,
        path,
        pooled(turns),
        others,
        None,
        float(np.median(light or room or [np.nan])),
        len(times),
    )
    return _of_distinct(seen, find_instants(seen.time_s / clip.time_scale, np.array(change)), clip.time_scale)


def _of_distinct(seen: _Seen, instants: Instants | None, time_scale: float) -> _Seen:
    """The same without the pictures that the film holds twice."""
    if instants is None:
        return seen
    finds = [seen.finds[i] for i in instants.stored]
    camera = seen.camera.at(instants.stored)
    return replace(seen, time_s=instants.time_s * time_scale, finds=finds, camera=camera, instants=instants)


def _light(image: NDArray[np.uint8], box: FloatArray) -> float:
    """Brightness that a tenth of what is around somebody is above, levels; the person's box as fractions."""
    h, w = image.shape[:2]
    left, top, right, bottom = np.clip(box, 0, 1) * [w, h, w, h]
    part = image[int(top) : int(bottom) + 1, int(left) : int(right) + 1]
    return float(np.percentile(part.mean(axis=2), 90)) if part.size else float("nan")


def _apart(seen: FloatArray, known: FloatArray) -> list[FloatArray]:
    """People of `seen` (k, 33, 3) whose middle lies outside everyone in `known`."""
    boxes = boxes_of(known)
    out = []
    for one in seen:
        x, y = middle_of(one[:, :2])
        inside = (boxes[:, 0] <= x) & (x <= boxes[:, 2]) & (boxes[:, 1] <= y) & (y <= boxes[:, 3])
        if not inside.any():
            out.append(one)
    return out


def watch(
    open_frames: OpenFrames,
    clip: ClipInfo,
    open_estimator: OpenEstimator,
    on_frame: Callable[[int], None] | None = None,
    window: SearchWindow | Gliding | None = None,
    glimpses: bool = False,
) -> Footage:
    """Run a pose model over a film and follow the background.

    One person is looked for in every frame, others now and then. Only when others are seen
    the film is gone through again for everyone, since that costs about twice as much.

    Parameters
    ----------
    open_frames : callable
        Returns the frames from the beginning: RGB, any size; the landmarks come back in px
        of the full-size picture.
    clip : ClipInfo
    open_estimator : callable
        From the largest number of people to a context manager with the estimator.
    on_frame : callable, optional
        Called with the number of frames done, for progress.
    window : SearchWindow or Gliding, optional
        The part of the picture to look at; the whole of it by default.
    glimpses : bool
        Keep pictures for stills, where one person is in the film and it is not long.

    Returns
    -------
    Footage
        In px of the full-size picture, on the real clock; nothing of the file (`film_sha256`, `turn`).
    """
    window = window or SearchWindow()
    with open_estimator(1) as estimator:
        mirrored = faces_right(open_frames(), Eye(estimator, window=window))
    with open_estimator(1) as one, open_estimator(ESTIMATION.max_people) as many:
        kept = Glimpses() if glimpses else None
        seen = _pass(open_frames(), clip, Eye(one, mirrored, window), Eye(many, mirrored, window), on_frame, kept)
        name = one.name
    if seen.others < ESTIMATION.others_seen:
        alone = [(i, found[0]) for i, found in enumerate(seen.finds) if len(found)]
        tracks = [alone] if alone else []
    else:
        kept = None
        with open_estimator(ESTIMATION.max_people) as many:
            seen = _pass(open_frames(), clip, Eye(many, mirrored, window), None, on_frame)
        # On the file's own clock: who is who must not hang on the capture rate.
        tracks = follow(seen.time_s / clip.time_scale, seen.finds)
    people = gather(seen.time_s, tracks, clip.width, clip.height, name)
    unread = max(clip.frames - seen.frames, 0)
    pictures = kept.of(seen.instants.stored if seen.instants else None) if kept else {}
    return Footage(
        people,
        seen.camera,
        seen.uprights,
        instants=seen.instants,
        light=seen.light,
        unread=unread,
        glimpses=pictures,
    )
