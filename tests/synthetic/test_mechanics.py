"""The dynamic athlete keeps to mechanics, and shares nothing with the code that it judges."""

from __future__ import annotations

import ast
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import plumbline.synthetic as package
from plumbline.synthetic import Movement, joint_positions
from plumbline.synthetic.mechanics import ENDS, mass_centre, masses, sagittal_momentum
from tests.athletes import movement

FLYING = ("pogo", "tuck_jump", "squat_jump", "running", "hurdle_hop")
# Besides itself: texts of errors, folders, and how films are written.
ALLOWED = ("synthetic", "errors", "files", "video")


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


# De Leva 1996, table 4, women and men: mass in % of the body's, centre from the upper end and radius of gyration about
# the transverse axis in % of the length.
TABLE = {
    "left_upper_arm": ((2.55, 57.54, 26.0), (2.71, 57.72, 26.9)),
    "right_hand": ((0.56, 74.74, 45.4), (0.61, 79.00, 51.3)),
    "left_thigh": ((14.78, 36.12, 36.4), (14.16, 40.95, 32.9)),
    "right_shank": ((4.81, 44.16, 26.7), (4.33, 44.59, 24.9)),
    "left_foot": ((1.29, 40.14, 27.9), (1.37, 44.15, 24.5)),
}


@pytest.mark.parametrize("sex", ["female", "male"])
def test_segment_masses_are_those_of_the_table(sex: str) -> None:
    anatomy = next(a for a in (movement("pogo", k).anatomy for k in range(20)) if a.sex == sex)
    found, places = masses(anatomy), anatomy.joints | anatomy.points
    assert sum(m.share for m in found.values()) == pytest.approx(1.0)
    for name, rows in TABLE.items():
        mass, centre, gyration = rows[("female", "male").index(sex)]
        a, b = (places[k] for k in ENDS[name])
        assert found[name].share == pytest.approx(mass / 100, rel=0.01)
        assert found[name].centre == pytest.approx(centre / 100)
        assert found[name].gyration_m == pytest.approx(gyration / 100 * np.linalg.norm(b - a))


def test_the_same_seed_is_the_same_athlete_and_another_is_another() -> None:
    from plumbline.synthetic import cast

    again, other = cast("squat", 3), cast("squat", 4)
    assert np.array_equal(again.root_m, movement("squat", 3).root_m)
    assert again.anatomy.height_m != other.anatomy.height_m


def test_nothing_of_the_measuring_code_is_imported() -> None:
    for file in Path(package.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.level), (file.name, "relative")
            names = [f"{node.module}.{n.name}" for n in node.names] if isinstance(node, ast.ImportFrom) else []
            names += [n.name for n in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                parts = name.split(".")
                assert parts[0] != "plumbline" or parts[1] in ALLOWED, (file.name, name)
