"""Steps of runs and walks from feet that swing as written here, and contacts that end at written instants."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.interpolate import CubicHermiteSpline

from plumbline.contact import Contact, Gait, Heights, detect_contacts, find_gait, foot_touchdown
from plumbline.contact._flight import Flight
from plumbline.contact._gait import Step, _farthest, _steps, _turns
from plumbline.contact._run import _apart, contacts_of_run
from plumbline.measuring import load_measuring
from plumbline.pose import Side
from plumbline.signals import CleanPose
from tests.contact.by_hand import FALL, NAN, arc, bouncing, heights
from tests.hand import clock, pose_by_hand

MEASURING = load_measuring()
STEP = 0.35


def swinging(
    t: np.ndarray, reach: float = 25.0, step_s: float = STEP, foot: float = 15.0, facing: int = 1, ahead: float = 0.0
) -> CleanPose:
    """Toes that swing `reach` to either side of a point `ahead` of the hip; the near one is foremost at 0."""
    swing = reach * np.cos(np.pi * t / step_s)
    legs = [{"toe": (ahead + s, 1), "heel": (ahead + s - foot, 1)} for s in (swing, -swing)]
    return pose_by_hand(t, legs[0], legs[1], facing)


def bobbing(t: np.ndarray, rise: float = 3.0, step_s: float = STEP) -> Heights:
    """A mass centre that is highest, by `rise`, where a foot is foremost, and lowest half a step later."""
    return heights(t, 1.0, centre=55 + rise * np.cos(2 * np.pi * t / step_s))


# Steps -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("facing", [1, -1])
def test_a_run_s_steps(facing: int) -> None:
    """The near foot is foremost at 0.35 k for even k: down 0.02 after that, up 0.08 before it is hindmost."""
    t = clock(0.1, 2.5)
    gait = find_gait(swinging(t, facing=facing), bobbing(t))
    assert gait is not None
    near: Side = "right" if facing == 1 else "left"
    far: Side = "left" if facing == 1 else "right"
    assert [s.side for s in gait.steps] == [far, near, far, near, far, near]
    assert [s.down_s for s in gait.steps] == pytest.approx([STEP * k + 0.02 for k in range(1, 7)], abs=0.011)
    assert [s.up_s for s in gait.steps] == pytest.approx([STEP * (k + 1) - 0.08 for k in range(1, 7)], abs=0.011)
    assert gait.step_s == pytest.approx(0.35, abs=0.01)
    assert gait.contact_s == pytest.approx(0.25, abs=0.01)
    # Mid-contact 0.145 after the foot is foremost, 3 cos(2 pi 0.145 / 0.35) = -2.57, mid-flight 0.03 before: +2.58.
    assert gait.bounce_pct_bh == pytest.approx(5.15, abs=0.1)
    assert (gait.bounces, gait.walks, gait.runs) == (True, False, True)
    assert not find_gait(swinging(t, facing=facing), bobbing(t, -3.0)).bounces  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("how", "found"),
    [
        ({}, True),
        ({"reach": 3.0, "ahead": -10.0}, True),  # one foot ahead of the other: 12 from peak to valley
        ({"reach": 2.5, "ahead": -10.0}, False),  # 10: no swing
        ({"ahead": 17.0}, True),  # 8 behind the hip at its hindmost
        ({"ahead": 21.0}, False),  # 4: raised on the spot
        ({"foot": 4.2}, True),
        ({"foot": 3.8}, False),  # points at the camera
        ({"foot": -4.2, "ahead": 0.0}, True),
        ({"step_s": 0.21}, True),
        ({"step_s": 0.185}, False),  # nobody steps faster
        ({"step_s": 1.05}, True),  # in slow motion
        ({"step_s": 1.15}, False),
    ],
)
def test_what_is_a_gait(how: dict[str, float], found: bool) -> None:
    t = clock(0.05, 9 * how.get("step_s", STEP))
    assert (find_gait(swinging(t, **how), bobbing(t)) is not None) == found


def test_too_little_is_no_gait() -> None:
    t = clock(0.05, 0.95)  # turns at 0.35 and 0.7: two
    assert find_gait(swinging(t), bobbing(t)) is None
    more = clock(0.05, 1.7)
    assert find_gait(swinging(more), bobbing(more)) is not None
    few = clock(0.0, 0.06)
    assert find_gait(swinging(few), bobbing(few)) is None
    pose = swinging(more)
    gone = pose.raw.copy()
    gone[:, 29:] = NAN
    assert find_gait(replace(pose, raw=gone), bobbing(more)) is None
    unseen = find_gait(pose, heights(more, 1.0, centre=NAN))
    assert unseen is not None
    assert np.isnan(unseen.bounce_pct_bh)
    assert not unseen.runs


def test_turns_alternate_and_the_larger_of_two_is_kept() -> None:
    """One foot is foremost at 20, 60 (less) and 100, the other at 66; what it does at 40 is too near to that."""
    gap = np.interp(np.arange(130.0), [0, 20, 40, 60, 66, 100, 129], [0, 40, 10, 30, -35, 38, 0])
    assert _turns(gap, 100.0) == [(20, "left"), (66, "right"), (100, "left")]
    assert _turns(-gap, 100.0) == [(20, "right"), (66, "left"), (100, "right")]
    # Backwards the larger comes last.
    assert _turns(gap[::-1].copy(), 100.0) == [(29, "left"), (63, "right"), (109, "left")]
    assert _turns(np.full(200, NAN), 100.0) == []
    # A top of 11 above what is around it is one, of 10 none.
    top = np.interp(np.arange(130.0), [0, 60, 129], [0, 1, 0])
    assert [len(_turns(size * top, 100.0)) for size in (10.9, 11.1)] == [0, 1]
    # One leg's turns lie 0.3 s apart at least: 30 frames of 100.
    close = 40 * (np.exp(-((np.arange(200) - 60) ** 2) / 20) + 0.9 * np.exp(-((np.arange(200) - 85) ** 2) / 20))
    assert _turns(close, 100.0) == [(60, "left"), (73, "right")]


def test_the_farthest_frame_around_another() -> None:
    x = np.array([9.0, 1, 3, 5, 4, 2, 8, NAN])
    # Frame 7 is unseen: what is known ends with the largest value, which is no turn.
    assert [_farthest(x, k, 2) for k in (3, 4, 2, 0, 7)] == [3, 6, 0, 0, -1]
    assert _farthest(np.array([1.0, 2, 5, 3, 2]), 5, 3) == 2
    assert _farthest(np.full(8, NAN), 3, 2) == -1


def test_a_contact_lasts_from_turn_to_turn_unless_a_step_lies_between() -> None:
    """Turns at 0.2, 0.5, 0.8 and 1.7 s (0.9 apart: two steps lie between), 100 frames a second."""
    t = np.arange(300) / 100
    ahead: dict[Side, np.ndarray] = {
        "left": np.interp(t, [0, 0.22, 0.48, 0.78, 1.0, 3.0], [0, 30, -30, 30, -30, 0]),
        "right": np.interp(t, [0, 0.22, 0.48, 0.78, 1.68, 1.98, 3.0], [0, -30, 30, -30, 30, -30, 0]),
    }
    turns: list[tuple[int, Side]] = [(20, "left"), (50, "right"), (80, "left"), (170, "right")]
    steps, last = _steps(turns, ahead, t, 100.0)
    assert last is None
    # Within 0.35 of 0.3 s: 10 frames. Down 0.02 after, up 0.08 before the extremes.
    assert [s.side for s in steps] == ["left", "right", "right"]
    assert (steps[0].down_s, steps[0].up_s) == (pytest.approx(0.24), pytest.approx(0.40))
    assert (steps[1].down_s, steps[1].up_s) == (pytest.approx(0.50), pytest.approx(0.70))
    # A turn that the film hardly shows is where it would be, a step before the first.
    assert next((s.side, s.down_s) for s in _steps(turns[1:3], ahead, t, 100.0)[0]) == ("left", pytest.approx(0.24))
    # The last one ends where the next turn would be, unless the film does before, or the runner is gone.
    cut: dict[Side, np.ndarray] = {side: x[:190] for side, x in ahead.items()}
    assert [s.side for s in _steps(turns, cut, t[:190], 100.0)[0]] == ["left", "right"]
    gone: dict[Side, np.ndarray] = {side: np.where(t < 1.9, x, np.nan) for side, x in ahead.items()}
    assert [s.side for s in _steps(turns, gone, t, 100.0)[0]] == ["left", "right"]
    # One that the film begins to show, without a pause before it, has landed.
    begun: dict[Side, np.ndarray] = {side: x[:60] for side, x in ahead.items()}
    found, last = _steps(turns[:2], begun, t[:60], 100.0)
    assert [s.side for s in found] == ["left"]
    assert (last.side, last.down_s) == ("right", pytest.approx(0.50))  # type: ignore[union-attr]
    assert _steps(turns, cut, t[:190], 100.0)[1] is None  # what came in the pause was not seen


def gait(*steps: tuple[float, float]) -> Gait:
    return Gait(tuple(Step("left", a, b) for a, b in steps), 2.0)


def test_what_a_gait_says_of_itself() -> None:
    # Steps of 0.4, 0.4 and 0.5; contacts of 0.3, 0.2, 0.25 and 0.35.
    g = gait((0.0, 0.3), (0.4, 0.6), (0.8, 1.05), (1.3, 1.65))
    assert (g.step_s, g.contact_s) == (pytest.approx(0.4), pytest.approx(0.275))
    assert [g.holds(x) for x in (-0.01, 0.0, 1.0, 1.65, 1.66)] == [False, True, True, True, False]
    assert not gait().holds(0.0)
    assert np.isnan(gait((0.0, 0.3)).step_s)
    assert np.isnan(gait().contact_s)
    # A foot is always down where contacts last 0.95 of a step and more.
    assert [gait((0.0, d), (0.4, 0.4 + d)).walks for d in (0.37, 0.39)] == [False, True]
    walk = gait((0.0, 0.39), (0.4, 0.79))
    assert (walk.bounces, walk.runs) == (True, False)
    assert [replace(walk, bounce_pct_bh=x).bounces for x in (-0.1, 0.1, NAN)] == [False, True, False]


def test_bounding_is_told_from_a_run_by_flights_that_are_long_and_high() -> None:
    """Five steps, four flights between them: three show a fall of 0.3 s, with the feet 12 %BH off the floor."""
    g = gait(*((0.5 * k, 0.5 * k + 0.2) for k in range(5)))

    def flights(n: int, length: float = 0.3, lift: float = 12.0) -> list[Flight]:
        return [
            Flight(0.5 * k + 0.2, 0.5 * k + 0.2 + length, 0.5 * k + 0.35, 600.0, 20.0, lift, lift) for k in range(n)
        ]

    assert g.leaps(flights(4))
    assert g.leaps(flights(3))
    assert not g.leaps(flights(2))  # most of its steps show none
    assert not g.leaps(flights(4, length=0.16))  # a sprint's
    assert not g.leaps(flights(4, lift=5.0))  # a jog's, read too long
    assert not g.leaps([replace(f, apex_s=f.apex_s + 9) for f in flights(4)])  # hops after the steps
    assert not g.leaps([])


# Contacts ----------------------------------------------------------------------------------------


def strides(t: np.ndarray, rows: list[tuple[float, float]], lift: float = 250.0) -> tuple[Heights, Gait]:
    """Feet that stand between two instants in turns, come and go at `lift` %BH/s. Guesses are 5 ms longer at each end.

    Of a run they are taken 25 ms shorter: 20 too short.
    """
    up = {}
    for k in (0, 1):
        mine = rows[k::2]
        away = np.full(len(t), np.inf)
        for a, b in mine:
            away = np.minimum(away, np.where(t < a, a - t, np.where(t > b, t - b, 0.0)))
        up[k] = lift * np.minimum(away, 0.12)
    sides: tuple[Side, Side] = ("left", "right")
    steps = tuple(Step(sides[i % 2], a - 0.005, b + 0.005) for i, (a, b) in enumerate(rows))
    return heights(t, 1 + up[0], other_toe=3 + up[1]), Gait(steps, 4.0)


ROWS = [(0.4 + 0.35 * k, 0.65 + 0.35 * k) for k in range(5)]


@pytest.mark.parametrize("fps", [60.0, 120.0])
def test_contacts_of_a_run(fps: float) -> None:
    """A touchdown is found 3 ms late and, of a stride, 10 late: 7 are left to take off; a toe-off is 7 early."""
    t = clock(0.1, 2.4, fps)
    h, g = strides(t, ROWS)
    found = contacts_of_run(h, g, fps, MEASURING)
    assert [c.stance for c in found] == ["left", "right", "left", "right", "left"]
    for c, (down, up) in zip(found, ROWS, strict=True):
        assert c.touchdown_s == pytest.approx(down + 0.003 - 0.010, abs=0.003)
        assert c.toe_off_s == pytest.approx(up + 0.007, abs=0.003)
        # Common: 8 and 13 ms, and 18 ms of a stride: sqrt(64 + 324), sqrt(169 + 324).
        assert c.touchdown_common_s == pytest.approx(0.0196977, abs=1e-6)
        assert c.toe_off_common_s == pytest.approx(0.0222036, abs=1e-6)
        # Each step has 8 ms of its own, a toe-off 1.8; the fit itself is good to some ms at most.
        assert 0.021260 < c.touchdown_sd_s < 0.0224
        assert 0.023670 < c.toe_off_sd_s < 0.0247
        assert c.covariance_s2 == 0.0


def test_a_step_that_is_not_seen_keeps_its_first_guess() -> None:
    """At 60 frames a second a frame and 20 ms, sqrt(16.667^2 + 20^2) = 26.034 ms."""
    t = clock(0.1, 2.4, 60.0)
    h, g = strides(t, ROWS)
    gone = (t > 1.05) & (t < 1.42)  # the third step, of the left foot
    toe, heel = h.toe["left"].copy(), h.heel["left"].copy()
    toe[gone] = heel[gone] = NAN
    found = contacts_of_run(replace(h, toe={**h.toe, "left": toe}, heel={**h.heel, "left": heel}), g, 60.0, MEASURING)
    third = found[2]
    assert third.touchdown_s == pytest.approx(1.1 + 0.02 + 0.003 - 0.010)
    assert third.toe_off_s == pytest.approx(1.35 - 0.02 + 0.007)
    assert third.touchdown_sd_s == pytest.approx(np.hypot(0.026034, 0.021260), abs=1e-5)
    assert third.toe_off_sd_s == pytest.approx(np.hypot(0.026034, 0.023670), abs=1e-5)
    assert found[1].touchdown_sd_s < 0.0224


def test_without_time_for_flights_it_is_no_run() -> None:
    t = clock(0.1, 2.4, 60.0)
    walk = [(0.4 + 0.35 * k, 0.83 + 0.35 * k) for k in range(5)]
    h, g = strides(t, walk)
    assert contacts_of_run(h, g, 60.0, MEASURING) == []
    # Flights longer than 0.3 s hide a step and say nothing.
    far = [(0.4, 0.6), (1.0, 1.2), (1.6, 1.8)]
    h, g = strides(t, far)
    assert contacts_of_run(h, g, 60.0, MEASURING) == []
    near = [(0.4, 0.6), (0.8, 1.0), (1.6, 1.8)]
    h, g = strides(t, near)
    assert len(contacts_of_run(h, g, 60.0, MEASURING)) == 3


def test_contacts_that_overlap_meet_half_way() -> None:
    """Up at 1.25, the next down at 1.21: both at 1.23, each 20 ms less sure: sqrt(15^2 + 20^2) = 25."""
    a, b, c = (Contact(d, u, 0.015, 0.015, 0.0, "left") for d, u in ((1.0, 1.25), (1.21, 1.5), (1.5, 1.7)))
    first, second, third = _apart([a, b, c])
    assert (first.touchdown_s, first.toe_off_s, first.touchdown_sd_s) == (1.0, pytest.approx(1.23), 0.015)
    assert (second.touchdown_s, second.toe_off_s, second.toe_off_sd_s) == (pytest.approx(1.23), 1.5, 0.015)
    assert (first.toe_off_sd_s, second.touchdown_sd_s) == (pytest.approx(0.025), pytest.approx(0.025))
    assert third == c
    assert _apart([a]) == [a]


def running(t: np.ndarray, step_s: float = 0.36, contact_s: float = 0.22, facing: int = 1) -> CleanPose:
    """A run to detect from landmarks: feet swing, stand while they go back, and the body flies between.

    Touchdowns of the near foot lie at 0.72 k + 0.05, of the far one 0.36 later. A foot goes on backwards for
    0.1 s after it has left, and is farthest ahead 45 ms before it lands.
    """
    legs = []
    whole = 2 * step_s
    for late in (0.0, step_s):
        phase = (t - 0.05 - late) % whole
        stands = phase < contact_s
        swing = CubicHermiteSpline(
            [contact_s, contact_s + 0.1, whole - 0.045, whole], [-30, -36, 23, 20], [-150, 0, 0, -150]
        )
        forward = np.where(stands, 20 - 50 * phase / contact_s, swing(phase))
        up = np.where(stands, 0.0, np.minimum(np.minimum(250 * (phase - contact_s), 250 * (whole - phase)), 18.0))
        legs.append({"toe": (forward + 10, 1 + up), "heel": (forward - 5, 1 + up), "ankle": (forward, 5 + up)})
    flight = step_s - contact_s
    since = (t - 0.05 - contact_s) % step_s
    into = (t - 0.05) % step_s
    speed = FALL * flight / 2
    fly = FALL / 2 * since * (flight - since)
    sink = -speed * contact_s / np.pi * np.sin(np.pi * np.minimum(into, contact_s) / contact_s)
    bob = np.where(into < contact_s, sink, fly)
    body = {j: (0, up + bob) for j, up in (("ear", 93), ("shoulder", 80), ("hip", 50), ("elbow", 62), ("wrist", 48))}
    return pose_by_hand(t, {**body, **legs[0]}, {**body, **legs[1]}, facing)


@pytest.mark.parametrize("facing", [1, -1])
def test_a_run_is_detected_step_by_step(facing: int) -> None:
    t = clock(0.0, 3.2, 60.0)
    near: Side = "right" if facing == 1 else "left"
    far: Side = "left" if facing == 1 else "right"
    found = detect_contacts(running(t, facing=facing), near, MEASURING)
    assert found.gait is not None
    assert found.gait.runs
    assert found.implausible == ()
    assert len(found.items) >= 6
    for c in found.items:
        k = round((c.touchdown_s - 0.05) / 0.36)
        assert c.stance == (near if k % 2 == 0 else far)
        assert c.touchdown_s == pytest.approx(0.05 + 0.36 * k + 0.003 - 0.010, abs=0.008)
        if c is not found.items[-1]:  # the film ends 43 ms after it leaves: too soon to be seen
            assert c.toe_off_s == pytest.approx(0.05 + 0.36 * k + 0.22 + 0.007, abs=0.008)
    assert np.isnan(found.items[-1].toe_off_s)
    # The gait's steps are those of the contacts, not its first guess.
    assert [(s.side, s.down_s, s.up_s) for s in found.gait.steps] == [
        (c.stance, c.touchdown_s, c.toe_off_s) for c in found.items[:-1]
    ]


def walking(t: np.ndarray, hops: list[tuple[float, float]]) -> CleanPose:
    """Walks until 4.4 s, steps of 0.55, each foot back for 0.68 and forward for 0.42 s; then stands. Hops at times."""
    rise = np.sum([arc(t, a, b) for a, b in hops], axis=0)
    body_rise = np.sum([bouncing(t, [h], 0.0) for h in hops], axis=0)
    goes = t < 4.4
    sink = np.where(goes, -1.5 * np.cos(2 * np.pi * t / 0.55), -1.5)
    legs = []
    for late in (0.0, 0.55):
        phase = np.where(goes, t - late, 4.4 - late) % 1.1
        forward = np.interp(phase, [0, 0.68, 1.1], [25.0, -25.0, 25.0])
        swing = np.where(goes, np.interp(phase, [0.7, 0.9, 1.08], [0, 6, 0], left=0, right=0), 0.0)
        up = 1 + rise + swing
        legs.append({"toe": (forward + 10, up), "heel": (forward - 5, up), "ankle": (forward, up + 4)})
    joints = (("ear", 93), ("shoulder", 80), ("hip", 50), ("elbow", 62), ("wrist", 48), ("knee", 27))
    body = {j: (0, up + body_rise + sink) for j, up in joints}
    return pose_by_hand(t, {**body, **legs[0]}, {**body, **legs[1]})


def test_a_walk_has_no_flights_but_those_after_it() -> None:
    """A foot is always down while the legs take turns: what looks like a flight at 2.0 s is none; a hop follows."""
    t = clock(0.0, 7.5, 60.0)
    found = detect_contacts(walking(t, [(2.0, 2.3), (5.5, 5.85)]), "right", MEASURING)
    assert found.gait is not None
    assert (found.gait.walks, found.gait.bounces) == (True, False)
    assert found.gait.step_s == pytest.approx(0.55, abs=0.02)
    first, last = found.items
    assert first.toe_off_s == pytest.approx(5.5 + 0.007, abs=0.006)
    assert last.touchdown_s == pytest.approx(5.85 + 0.003, abs=0.006)
    none = detect_contacts(walking(t, [(2.0, 2.3)]), "right", MEASURING)
    assert none.items == ()
    assert none.gait is not None
    assert np.isnan(none.gravity_pct_bh_s2)


# One foot ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("late_s", [-0.04, 0.0, 0.045, 0.075])
def test_when_a_foot_lands_beside_a_touchdown_of_the_body(late_s: float) -> None:
    """Comes down at 150 %BH/s, 120 frames a second: good to a sixth of a frame, and what the fit leaves."""
    t = clock(0.5, 1.5, 120.0)
    h = heights(t, 1 + 150 * np.clip(1.0 + late_s - t, 0, None), other_toe=1.0)
    at_s, sd_s = foot_touchdown(h, "left", 1.0)
    assert at_s == pytest.approx(1.0 + late_s, abs=0.002)
    assert 1 / 720 < sd_s < 1.3 / 720
    gone = heights(t, NAN, other_toe=1.0)
    assert np.isnan(foot_touchdown(gone, "left", 1.0)).all()
    # One that stands on the floor all the time, or is first seen there, does not come down.
    stood = 1 + 0.2 * np.random.default_rng(4).standard_normal(len(t))
    for there in (stood, np.where(t < 1.0, NAN, stood)):
        assert np.isnan(foot_touchdown(heights(t, there, other_toe=1.0), "left", 1.0)).all()
    # A foot that sinks through the floor lands nowhere.
    through = heights(t, 1 - 150 * np.clip(1.0 - t, 0, None), other_toe=1.0)
    assert np.isnan(foot_touchdown(through, "left", 1.0)).all()
