"""The pose model on a rendered figure: raw landmarks, in full-size pixels."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from plumbline.errors import ModelError
from plumbline.pose import MediaPipeEstimator, PoseSequence, bundle_path, watch
from plumbline.synthetic import project_motion, random_hop_clip, write_film
from plumbline.video import probe, read_frames

NEAR_JOINTS = {"right": [8, 12, 24, 26, 28], "left": [7, 11, 23, 25, 27]}


@pytest.fixture(scope="module")
def filmed(tmp_path_factory: pytest.TempPathFactory):
    motion, shot = random_hop_clip(5, n=3)
    path = tmp_path_factory.mktemp("film") / "hops.mp4"
    times = write_film(motion, shot, path)
    return motion, shot, path, project_motion(motion, shot.camera, times, shot.seed)


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
    motion, shot, path, truth = filmed
    near = NEAR_JOINTS[motion.body.near_side]
    for long_edge in (None, 480):
        pose = landmarks(path, long_edge)
        assert pose.found.all()
        assert (pose.width, pose.height) == (shot.camera.width, shot.camera.height)
        off = np.linalg.norm(pose.xy[:, near] - truth[:, near], axis=-1)
        bh = motion.body.chain_m * shot.camera.px_per_m
        assert np.percentile(off / bh * 100, 95) < 3.5


def test_raw_landmarks_do_not_lag_as_smoothed_ones_do(filmed) -> None:
    motion, _, path, truth = filmed
    hip = NEAR_JOINTS[motion.body.near_side][2]

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
    path = filmed[2]
    frames = list(itertools.islice(read_frames(probe(path), long_edge=960), 30))
    found = []
    for threads in (1, 3):
        with MediaPipeEstimator(bundle_path(), threads=threads) as model:
            found.append([model.detect(frame.image) for frame in frames])
    assert all(len(one) for one in found[0])
    assert all(np.array_equal(*pair) for pair in zip(*found, strict=True))


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    fake = tmp_path / "fake.task"
    fake.write_bytes(b"not a model")
    with pytest.raises(ModelError, match="not a pose model"):
        MediaPipeEstimator(fake)
