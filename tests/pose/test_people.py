"""Several people: linked from frame to frame, and one of them chosen."""

from __future__ import annotations

import numpy as np
import pytest

from plumbline.errors import SettingsError
from plumbline.pose import People
from plumbline.pose._people import distinct, follow, gather

SHAPE = np.random.default_rng(5).uniform(-1, 1, (33, 2)) * [60, 200]


def person(x: float, y: float = 300.0, size: float = 1.0, lift: float = 0.0) -> np.ndarray:
    xy = SHAPE * size + [x, y - lift]
    return np.concatenate([xy, np.full((33, 1), 0.9)], axis=1)


def linked(found: list[np.ndarray], fps: float = 30.0) -> People:
    t = np.arange(len(found)) / fps
    return gather(t, follow(t, found), 1280, 720, "truth")


def test_two_people_who_cross_keep_their_identity() -> None:
    n = 80
    left, right = np.linspace(200, 1000, n), np.linspace(1000, 200, n)
    rng = np.random.default_rng(0)
    found = []
    for a, b in zip(left, right, strict=True):
        both = [person(a, 300 + rng.normal(0, 1)), person(b, 340)]
        hidden = abs(a - b) < 60  # one hides the other
        found.append(np.array([both[0]] if hidden else [both[i] for i in rng.permutation(2)]))
    people = linked(found)
    assert len(people) == 2
    x = people.xy[..., 0].mean(axis=2)
    first, last = x[:, 0], x[:, -1]
    assert np.sign(last - first).tolist() == [1, -1] or np.sign(last - first).tolist() == [-1, 1]


def test_the_same_person_found_twice_counts_once() -> None:
    assert len(distinct(np.array([person(300), person(306), person(700)]))) == 2


def test_passers_by_of_a_few_frames_are_left_out() -> None:
    found = [np.array([person(300), person(900)]) if k in (10, 11) else np.array([person(300)]) for k in range(60)]
    assert len(linked(found)) == 1


@pytest.fixture(scope="module")
def scene() -> People:
    """A small hopper at the left, a larger bystander at the right."""
    hop = 40 * np.abs(np.sin(np.arange(90) / 5))
    return linked([np.array([person(300, size=0.8, lift=h), person(900, size=1.0)]) for h in hop])


@pytest.mark.parametrize(
    ("who", "x"), [("auto", 300), ("moving", 300), ("largest", 900), ("1", 300), ("2", 900), ("0.7,0.4", 900)]
)
def test_the_athlete_is_chosen(scene: People, who: str, x: float) -> None:
    chosen = scene.person(scene.choose(who))
    assert np.nanmedian(chosen.xy[..., 0]) == pytest.approx(x, abs=30)


@pytest.mark.parametrize("who", ["3", "0", "somebody", "0.5", "2,0.5", "a,b", "²"])
def test_a_choice_that_cannot_be_is_refused(scene: People, who: str) -> None:
    with pytest.raises(SettingsError):
        scene.choose(who)


def test_nobody_is_a_sequence_of_nothing() -> None:
    people = gather(np.arange(5) / 30, [], 640, 480, "truth")
    assert people.choose("auto") == 0
    assert not people.person(0).found.any()
