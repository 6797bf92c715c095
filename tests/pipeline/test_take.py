"""Films that are not one take: cut, cut and joined in the same place, played backwards, slowed in the middle."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from plumbline.camera import CameraPath
from plumbline.estimation import see
from plumbline.estimation._turn import find_turn
from plumbline.pipeline._take import one_take
from plumbline.pose import PoseSequence
from plumbline.video import CameraTracker, FilmWriter, probe, read_frames
from tests.athletes import JITTER, landmarks, movement

FPS = 60


def hopping(seed: int) -> PoseSequence:
    return landmarks(movement("pogo"), JITTER, fps=FPS, seed=seed)[0]


def joined(*rows: np.ndarray) -> PoseSequence:
    xy = np.concatenate(rows)
    return PoseSequence(np.arange(len(xy)) / FPS, xy, np.full(xy.shape[:2], 0.98), 720, 1280)


def still(n: int) -> CameraPath:
    return CameraPath.fixed(n, 720, 1280)


def test_one_take_is_left_as_it_is() -> None:
    pose = hopping(1)
    assert one_take(pose, still(len(pose))) == (pose, None)


def test_noise_of_every_frame_is_no_cut() -> None:
    """Landmarks that err by 2 %BH in each frame leave their path by more than a landing does."""
    pose = hopping(1)
    noise = np.random.default_rng(3).normal(0, 0.02 * pose.size_px, pose.xy.shape)
    noisy = joined(pose.xy + noise)
    assert one_take(noisy, still(len(noisy))) == (noisy, None)


def test_landmarks_that_all_lie_on_one_point_are_no_take_apart() -> None:
    pose = joined(np.zeros((40, 33, 2)))
    assert one_take(pose, still(40)) == (pose, None)


def test_of_two_takes_in_one_place_the_longer_is_kept() -> None:
    pose = hopping(2)
    # The second begins with him in the air: his trunk is suddenly 20 % of his height higher.
    flight = int(np.argmin(pose.xy[:, 23, 1]))
    both = joined(pose.xy[30 : flight - 25], pose.xy[flight:])
    kept, warning = one_take(both, still(len(both)))
    assert warning is not None
    assert warning.code == "several_takes"
    seam = flight - 25 - 30
    longer = slice(0, seam) if seam > len(both) - seam else slice(seam, None)
    expected = np.zeros(len(both), bool)
    expected[longer] = True
    assert kept.found.tolist() == expected.tolist()


@pytest.mark.parametrize("frames", [1, 2, 3, 8, 20])
def test_a_misreading_of_some_frames_is_no_cut(frames: int) -> None:
    pose = hopping(3)
    xy = pose.xy.copy()
    xy[200 : 200 + frames] += 150
    wild = joined(xy)
    assert one_take(wild, still(len(wild)))[1] is None


@pytest.mark.parametrize(("share", "cut"), [(1.0, True), (0.1, False)])
def test_a_small_athlete_s_landmarks_may_jump_by_more(share: float, cut: bool) -> None:
    """By 8 % of the height for good: of a large athlete another take, of one a tenth as large no more than an error."""
    pose = hopping(5)
    xy = pose.xy * share
    xy[200:] += 0.08 * pose.size_px * share
    moved = joined(xy)
    assert (moved.size_px < 250) != cut
    assert (one_take(moved, still(len(moved)))[1] is not None) == cut


def test_scenes_of_a_cut_film_are_takes_and_a_flash_is_none() -> None:
    pose = hopping(4)
    camera = still(len(pose))
    cut = CameraPath(camera.to_first, camera.known, camera.size, (150,))
    kept, warning = one_take(pose, cut)
    assert warning is not None
    assert (kept.found[:150].any(), kept.found[150:].all()) == (False, True)
    assert "another take" in warning.message
    flash = CameraPath(camera.to_first, camera.known, camera.size, (150, 156))
    assert one_take(pose, flash)[1] is None


def test_a_second_take_is_said_though_the_first_is_seen_in_patches() -> None:
    pose = hopping(6)
    xy = np.concatenate([pose.xy[:200], pose.xy[:80] + 200.0])
    xy[np.flatnonzero(np.arange(200) % 5 > 1)] = np.nan
    kept, warning = one_take(joined(xy), CameraPath(still(280).to_first, still(280).known, still(280).size, (200,)))
    assert warning is not None
    assert warning.code == "several_takes"
    assert not kept.found[200:].any() or not kept.found[:200].any()


def test_only_the_way_to_a_turn_counts() -> None:
    pose = hopping(5)
    kept, warning = one_take(pose, still(len(pose)), turn=130)
    assert warning is not None
    assert warning.code == "runs_backwards"
    assert (kept.found[:130].all(), kept.found[130:].any()) == (True, False)


@pytest.mark.parametrize("again", [True, False], ids=["the last picture twice", "the last picture once"])
def test_a_film_played_backwards_is_found(samples: Path, tmp_path: Path, again: bool) -> None:
    clip = probe(samples / "pogo.mp4")
    way = [f.image for f in read_frames(clip) if f.index < 100]
    with FilmWriter(tmp_path / "back.mp4", clip.width, clip.height, FPS) as film:
        for k, image in enumerate([*way, *(way[::-1] if again else way[-2::-1])]):
            film.write(image, k / FPS)
    assert see(probe(tmp_path / "back.mp4"), cache=False).turn == 100


def test_hops_that_look_alike_both_ways_are_not_played_backwards(samples: Path) -> None:
    clip = probe(samples / "pogo.mp4")
    assert see(clip).turn is None
    # They are suspected by their landmarks, and cleared by the pictures.
    pose = hopping(5)
    there = joined(pose.xy[:130], pose.xy[:130][::-1])
    assert find_turn(there, clip) is None


def test_another_scene_begins_where_the_picture_changes_at_once(tmp_path: Path) -> None:
    rng = np.random.default_rng(6)
    rooms = [np.kron(rng.integers(40, 220, (18, 24)), np.ones((20, 20))).astype(np.uint8) for _ in range(2)]
    tracker, nobody = CameraTracker(480, 360), np.zeros((0, 4))
    for frame in range(40):
        room = np.roll(rooms[frame >= 25], frame // 8, axis=1)
        tracker.update(frame, np.repeat(room[..., None], 3, axis=2), nobody)
    path = tracker.path(40)
    assert path.cuts == (25,)
    assert path.known.all()
    # Counted from the new scene's own first frame.
    assert abs(path.shift_px[25]).max() < 0.1
    assert path.at(np.arange(10, 40)).cuts == (15,)


@pytest.mark.parametrize("frames", [3, 4, 6, 10])
def test_a_film_at_one_frame_a_second_has_no_turn_and_no_trouble(samples: Path, frames: int) -> None:
    rng = np.random.default_rng(frames)
    xy = rng.uniform(100, 400, (frames, 33, 2))
    slow = PoseSequence(np.arange(frames) / 1.0, xy, np.ones((frames, 33)), 640, 480, "by hand")
    assert find_turn(slow, probe(samples / "pogo.mp4")) is None
