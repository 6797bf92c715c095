"""The pose model on a rendered athlete: raw landmarks, in full-size pixels."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from plumbline.errors import ModelError
from plumbline.estimation import MediaPipeEstimator, bundle_path, watch
from plumbline.pose import PoseSequence
from plumbline.synthetic.takes import TAKES
from plumbline.synthetic.takes import filmed as take
from plumbline.synthetic.targets import landmarks_px
from plumbline.video import probe, read_frames

# Ear, shoulder, hip, knee and ankle of the side that is filmed.
NEAR_JOINTS = [8, 12, 24, 26, 28]


@pytest.fixture(scope="module")
def filmed(samples: Path) -> tuple[Path, np.ndarray]:
    """A shipped film, and where the joints are in it."""
    movement, _, shot = take(TAKES["pogo"])
    return samples / "pogo.mp4", landmarks_px(movement, shot.camera, shot.frame_times(movement))


def landmarks(path: Path, long_edge: int | None) -> PoseSequence:
    def model(people: int) -> MediaPipeEstimator:
        return MediaPipeEstimator(bundle_path(), people=people)

    clip = probe(path)
    return watch(lambda: read_frames(clip, long_edge=long_edge), clip, model).people.person(0)


def smoothed_hips(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Times, and the pose model's own smoothed height of both hips, in px of the full-size picture."""
    clip = probe(path)
    with MediaPipeEstimator(bundle_path(), smooth=True, step_ms=1000 / clip.container_fps) as model:
        seen = [(frame.time_s, model.detect(frame.image)[0, [23, 24], 1]) for frame in read_frames(clip, long_edge=960)]
    return np.array([t for t, _ in seen]), np.array([y for _, y in seen]) * clip.height - 0.5


def test_landmarks_lie_on_the_joints_in_full_size_pixels(filmed) -> None:
    path, truth = filmed
    places = truth[:, NEAR_JOINTS]
    chain = np.linalg.norm(np.diff(places, axis=1), axis=-1).sum(axis=1)
    for long_edge in (None, 480):
        pose = landmarks(path, long_edge)
        assert pose.found.all()
        assert (pose.width, pose.height) == (540, 720)
        off = np.linalg.norm(pose.xy[:, NEAR_JOINTS] - places, axis=-1)
        assert np.percentile(100 * off / chain[:, None], 95) < 5.0


def test_raw_landmarks_do_not_lag_as_smoothed_ones_do(filmed) -> None:
    path, truth = filmed
    hip = NEAR_JOINTS[2]

    def lag_ms(t: np.ndarray, y: np.ndarray) -> float:
        shifts = np.arange(-0.04, 0.0401, 0.001)
        inner = (t > 0.1) & (t < t[-1] - 0.1)
        misfit = [np.std(np.interp(t[inner] + s, t, y) - truth[inner, hip, 1]) for s in shifts]
        return float(1000 * shifts[int(np.argmin(misfit))])

    raw = landmarks(path, 960)
    times, smoothed = smoothed_hips(path)
    assert abs(lag_ms(raw.time_s, raw.xy[:, hip, 1])) <= 4
    assert lag_ms(times, smoothed[:, hip - 23]) >= 8


def test_threads_that_share_a_frame_find_the_same(filmed) -> None:
    path = filmed[0]
    frames = list(itertools.islice(read_frames(probe(path), long_edge=960), 12))
    found = []
    for threads in (1, 2):
        with MediaPipeEstimator(bundle_path(), threads=threads) as model:
            found.append([model.detect(frame.image) for frame in frames])
    assert all(len(one) for one in found[0])
    assert all(np.array_equal(*pair) for pair in zip(*found, strict=True))


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    fake = tmp_path / "fake.task"
    fake.write_bytes(b"not a model")
    with pytest.raises(ModelError, match="not a pose model"):
        MediaPipeEstimator(fake)
