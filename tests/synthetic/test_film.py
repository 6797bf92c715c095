"""Bodies, soles, cameras and truth of the athletes' films; the drawing itself where a driver is."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import numpy as np
import pytest

from plumbline.synthetic import courses, truth
from plumbline.synthetic.body import BODY_NAMES, load_body, with_half_joints
from plumbline.synthetic.camera import Camera
from plumbline.synthetic.casting import cast
from plumbline.synthetic.gaits import cut
from plumbline.synthetic.posture import bone_maps, carry
from plumbline.synthetic.skeleton import INDEX, SEGMENTS, Movement
from plumbline.synthetic.takes import TAKES, filmed, standing
from tests.synthetic.soles import sole_contacts


def turned(deg: float) -> np.ndarray:
    a = np.radians(deg)
    return np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]])


def held(movement: Movement, turns: dict[str, float]) -> Movement:
    """One posture: segments turned forward by so many degrees from rest."""
    rotation = np.tile(np.eye(3), (3, len(SEGMENTS), 1, 1))
    for name, deg in turns.items():
        rotation[:, INDEX[name]] = turned(deg)
    root = np.tile(movement.anatomy.joints["pelvis"], (3, 1))
    return Movement(movement.anatomy, np.array([0.0, 0.1, 0.2]), root, rotation, movement.contacts, "squat")


@pytest.mark.parametrize("name", BODY_NAMES)
def test_bodies_are_people(name: str) -> None:
    body = load_body(name)
    a = body.anatomy
    # The name says the stature; the sole comes on top. Mass within the body mass index of athletes.
    assert a.height_m == pytest.approx(int(name[1:]) / 100, abs=0.006)
    assert 0.005 < a.points["vertex"][1] - a.height_m < 0.03
    assert 17 < a.mass_kg / a.height_m**2 < 28
    # Heights of the joints in % of stature with their floor at the sole: Drillis & Contini 1966
    # (hip 53, knee 28.5, ankle 3.9, shoulder 81.8), a body's own share of some % about them.
    for joint, share in (("left_thigh", 53.0), ("left_shank", 28.5), ("left_foot", 3.9), ("left_upper_arm", 81.8)):
        assert 100 * (a.joints[joint][1] - 0.022) / a.height_m == pytest.approx(share, abs=3.0), joint
    for point in ("left_heel", "left_ball", "left_toe", "right_heel", "right_toe"):
        assert a.points[point][1] == 0.0


def test_a_deeply_bent_knee_keeps_its_girth() -> None:
    body = load_body("m180")
    weight = with_half_joints(body.segment_weight)
    straight = held(standing(body.anatomy, np.random.default_rng(0)), {})
    bent = held(straight, {"left_shank": -120.0, "left_foot": -120.0, "left_toes": -120.0})
    knee = body.anatomy.joints["left_shank"]
    near = np.abs(body.vertices[:, 1] - knee[1]) < 0.03
    near &= body.vertices[:, 2] < -0.02
    front = near & (body.vertices[:, 0] > knee[0] + 0.03)
    at = carry(bone_maps(bent, np.array([0.1])), weight[front], body.vertices[front])[0]
    far = np.linalg.norm((at - knee)[:, :2], axis=1)
    before = np.linalg.norm((body.vertices[front] - knee)[:, :2], axis=1)
    # A plain blend of two segments 120 degrees apart halves the distance from the joint.
    assert np.median(far / before) > 0.8


def test_the_sole_agrees_with_the_planned_contacts() -> None:
    body = load_body("f171")
    movement = cast("pogo", 3, body.anatomy)
    seen = sole_contacts(movement, body)
    for side in ("left", "right"):
        planned = movement.contacts[side]
        assert seen[side].shape == planned.shape
        inner = np.isfinite(planned)
        # The movement comes in steps of 2 ms; a sole is on the ground within two of them.
        assert np.abs(seen[side][inner] - planned[inner]).max() < 0.004


@pytest.mark.parametrize(("near", "x"), [("right", 1), ("left", -1)])
def test_an_athlete_filmed_from_the_right_faces_right(near: str, x: int) -> None:
    camera = Camera(near=near)
    ahead, behind = camera.project(np.array([[0.5, 0.85, 0.0], [-0.5, 0.85, 0.0]]))
    assert np.sign(ahead[0] - behind[0]) == x
    # 3.6 m away, 42 degrees of view over 720 px: 360 / tan(21) / 3.6 = 260.5 px a metre, as the lens is 0.15 m above.
    assert abs(ahead[0] - behind[0]) == pytest.approx(260.3, abs=0.5)


def test_roll_turns_the_picture_counter_clockwise() -> None:
    low, high = Camera(height_m=0.85, roll_deg=10).project(np.array([[0.0, 0.5, 0.0], [0.0, 1.2, 0.0]]))
    # What stood upright leans to the left by 10 degrees.
    assert np.degrees(np.arctan2(low[0] - high[0], low[1] - high[1])) == pytest.approx(10, abs=0.1)


def test_true_knee_and_lean_are_the_turns_given() -> None:
    body = load_body("m180")
    still = standing(body.anatomy, np.random.default_rng(0))
    up = courses.Course(held(still, {}), "left")
    bent = {"left_thigh": 50.0, "left_shank": -40.0, "trunk": -20.0, "pelvis": -20.0}
    course = courses.Course(held(still, bent), "left")
    assert course.knee[1] - up.knee[1] == pytest.approx(90.0, abs=0.01)
    assert course.thigh[1] - up.thigh[1] == pytest.approx(50.0, abs=0.01)
    assert course.lean[1] > 12


def test_truth_of_a_hop_by_hand() -> None:
    body = load_body("f162")
    movement = cast("pogo", 1, body.anatomy)
    spans = {"left": np.array([[1.0, 1.2], [1.6, np.inf]]), "right": np.array([[1.01, 1.19], [1.62, np.inf]])}
    document = truth.truth_document(movement, spans, "right", 0.5)
    (rep,) = document["reps"]
    assert (rep["touchdown_s"], rep["toe_off_s"], rep["landing_s"]) == (0.5, 0.7, 1.1)
    m = rep["metrics"]
    # 9.80665 * 0.4^2 / 8; 0.4 / 0.2; pi * 0.6 / (0.04 * (0.6 / pi - 0.05)).
    assert m["jump_height_m"] == pytest.approx(0.196133, abs=1e-5)
    assert m["rsi_ratio"] == pytest.approx(2.0)
    assert m["vertical_stiffness_per_kg"] == pytest.approx(334.24, abs=0.05)


def test_truth_shares_nothing_with_what_it_judges() -> None:
    folder = Path(truth.__file__).parent
    for path in folder.glob("*.py"):
        tree = ast.parse(path.read_text())
        names = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
        names += [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
        whole = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module == "plumbline"]
        names += [f"plumbline.{a.name}" for n in whole for a in n.names]
        assert not any(n.level for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)), "written out, to be seen here"
        own = {n.split(".")[1] for n in names if n.startswith("plumbline.")}
        assert own <= {"synthetic", "video"}, path.name


def test_every_take_names_a_body_that_is_there() -> None:
    assert {take.body for take in TAKES.values()} <= set(BODY_NAMES)
    assert len({take.body for take in TAKES.values()}) >= 8


@pytest.mark.parametrize("name", sorted(TAKES))
def test_what_lies_beside_a_shipped_film_is_true_of_its_movement(samples: Path, name: str) -> None:
    """Films cannot be drawn anew everywhere; their truth can."""
    movement, _body, shot = filmed(TAKES[name])
    start_s = float(shot.frame_times(movement)[0])
    made = truth.truth_document(movement, movement.contacts, shot.camera.near, start_s, TAKES[name].planted)
    kept = json.loads((samples / f"{name}.truth.json").read_text(encoding="utf-8"))
    assert len(made["reps"]) == len(kept["reps"]) > 0
    for now, then in zip(made["reps"], kept["reps"], strict=True):
        for event in ("start_s", "end_s", "touchdown_s", "toe_off_s", "landing_s"):
            assert now[event] == pytest.approx(then[event], abs=1e-4), event
        assert now["metrics"] == pytest.approx(then["metrics"], abs=1e-3)


def test_a_stretch_of_a_movement_has_its_contacts_where_they_were() -> None:
    """Cut between two samples, its clock begins with the first that is left."""
    whole = cast("pogo", 1)
    start_s = float(whole.time_s[100] + whole.time_s[101]) / 2
    part = cut(whole, start_s, float(whole.time_s[-1]))
    assert part.time_s[0] == 0.0
    assert (part.root_m[0] == whole.root_m[101]).all()
    moved = float(whole.time_s[101])
    for side, rows in part.contacts.items():
        before = whole.contacts[side][whole.contacts[side][:, 1] > start_s]
        inside = np.isfinite(rows)
        assert rows[inside] == pytest.approx((before - moved)[inside])


def test_of_a_lunge_the_front_knee_is_true() -> None:
    """Draw 4 has the far leg in front: it bends to 93.5, the one behind to 111.8."""
    lunges = cast("lunge", 4)
    from_both_sides = [truth.reps_of(lunges, lunges.contacts, near) for near in ("left", "right")]
    for reps in from_both_sides:
        assert reps[0]["metrics"]["knee_flexion_peak_deg"] == pytest.approx(93.5, abs=0.1)
