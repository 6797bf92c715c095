"""The dynamic athlete keeps to mechanics, and shares nothing with the code that it judges."""

from __future__ import annotations

import ast
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import plumbline.synthetic as package
from plumbline.synthetic import Movement, joint_positions
from plumbline.synthetic.mechanics import mass_centre, masses, sagittal_momentum
from tests.athletes import movement

FLYING = ("pogo", "tuck_jump", "squat_jump", "running", "hurdle_hop")
MEASURING = ("geometry", "metrics", "contact", "signals", "reps", "faults", "pipeline")


def airborne(made: Movement, margin: int = 12) -> list[np.ndarray]:
    """Samples of each flight, without its ends."""
    t = made.time_s
    grounded = np.zeros(len(t), bool)
    for a, b in np.concatenate(list(made.contacts.values())):
        grounded |= (t >= a) & (t <= b)
    edges = np.flatnonzero(np.diff(np.concatenate([[1], grounded.astype(int), [1]])))
    return [
        np.arange(a + margin, b - margin)
        for a, b in zip(edges[::2], edges[1::2], strict=True)
        if b - a > 2 * margin + 6
    ]


@pytest.mark.parametrize("name", FLYING)
def test_in_flight_the_mass_centre_falls_at_g_and_momentum_is_kept(name: str) -> None:
    made = movement(name, 0)
    places = joint_positions(made.anatomy, made.root_m, made.rotation)
    centre = mass_centre(made.anatomy, places)[:, 1]
    fall = np.gradient(np.gradient(centre, made.time_s), made.time_s)
    momentum, _ = sagittal_momentum(made.anatomy, places, made.rotation, made.time_s)
    flights = airborne(made)
    assert flights
    for k in flights:
        assert fall[k] == pytest.approx(-9.81, abs=0.05)
        assert np.ptp(momentum[k]) < 0.06  # m²/s; an arm swung alone carries 0.3


@pytest.mark.parametrize("name", FLYING)
def test_a_foot_stands_still_in_contact_and_leaves_the_floor_between(name: str) -> None:
    made = movement(name, 0)
    places = joint_positions(made.anatomy, made.root_m, made.rotation)
    for side in ("left", "right"):
        ball = places[f"{side}_ball"]
        sole = np.min([places[f"{side}_{p}"][:, 1] for p in ("heel", "ball", "toe")], axis=0)
        spans = [(made.time_s >= a) & (made.time_s <= b) for a, b in made.contacts[side]]
        for on in spans:
            assert np.abs(sole[on]).max() < 0.002
            bears = on & (ball[:, 1] < 0.002)
            if bears.sum() > 2:
                t, x = made.time_s[bears], ball[bears, 0]
                line = np.polyfit(t, x, 1)
                assert np.ptp(x - np.polyval(line, t)) < 0.01, "it slides"
                assert name == "running" or abs(line[0]) < 0.05, "only a treadmill's belt carries it along"
        assert sole.min() > -0.012
        for (_, off), (again, _) in pairwise(made.contacts[side]):
            assert sole[(made.time_s > off) & (made.time_s < again)].max() > 0.01


def test_segment_masses_are_those_of_the_table() -> None:
    # De Leva 1996, table 4, women: thigh 14.78 %, shank 4.81 %, foot 1.29 %; all sum to the body.
    anatomy = movement("pogo", 0).anatomy
    found = masses(anatomy)
    assert sum(m.share for m in found.values()) == pytest.approx(1.0)
    thigh = 0.1478 if anatomy.sex == "female" else 0.1416
    assert found["left_thigh"].share == pytest.approx(thigh, rel=0.01)


def test_the_same_seed_is_the_same_athlete_and_another_is_another() -> None:
    from plumbline.synthetic import cast

    again, other = cast("squat", 3), cast("squat", 4)
    assert np.array_equal(again.root_m, movement("squat", 3).root_m)
    assert again.anatomy.height_m != other.anatomy.height_m


def test_nothing_of_the_measuring_code_is_imported() -> None:
    for file in Path(package.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [n.name for n in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                parts = name.split(".")
                assert not (parts[0] == "plumbline" and len(parts) > 1 and parts[1] in MEASURING), (file.name, name)
