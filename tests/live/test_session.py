"""A live session on known joints: no picture, no model, the real measuring."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from plumbline.live import (
    Calls,
    Clock,
    Company,
    LiveSession,
    LiveView,
    Memory,
    RepCounter,
    SetSettings,
    bearing,
    readiness,
    sum_up,
)
from plumbline.live._pace import Watch
from plumbline.live._phases import Around, Phases
from plumbline.live._settings import LIVE
from plumbline.pose import LEG, PoseSequence
from plumbline.pose._mirror import mirror_back
from plumbline.request import Limits, Request
from plumbline.synthetic import Movement, anatomy_of, build, hops, marching
from plumbline.synthetic.movements import Odd
from tests.athletes import JITTER, NO_DOUBT, landmarks, true_reps, waiting

LEANS = 3


@cache
def hopping() -> Movement:
    """Six hops after a while of standing; the trunk leans in the fourth."""
    brisk = {"contact_s": (0.17, 0.19), "flight_s": (0.34, 0.36)}
    plan = hops(anatomy_of(1.72), np.random.default_rng(1), 6, **brisk, arms=6, odd={LEANS: Odd(trunk_deg=20.0)})
    return waiting(build(plan), 1.2)


def filmed(fps: float = 60.0, seed: int = 1, missing_share: float = 0.0) -> tuple[PoseSequence, float, list]:
    pose, start = landmarks(hopping(), replace(JITTER, missing_share=missing_share), fps=fps, seed=seed)
    return pose, start, true_reps(hopping())


def replayed(pose: PoseSequence, every_s: float, limits: Limits | None = None) -> RepCounter:
    """Count reps looking every so often at what has been seen so far."""
    counter = RepCounter(Request(drill="pogo"), limits or Limits.load())
    for now in np.arange(1.0, pose.time_s[-1] + 1.0, every_s):
        k = (pose.time_s <= now) & (pose.time_s >= now - LIVE.window_s)
        counter.look(PoseSequence(pose.time_s[k], pose.xy[k], pose.visibility[k], pose.width, pose.height))
    return counter


@pytest.mark.parametrize(("fps", "every_s", "seed"), [(60.0, 0.3, 1), (30.0, 0.45, 2), (60.0, 0.7, 3)])
def test_each_rep_is_counted_once_and_the_planted_fault_found(fps: float, every_s: float, seed: int) -> None:
    pose, start, truth = filmed(fps=fps, seed=seed, missing_share=0.02)
    reps = replayed(pose, every_s).reps
    assert len(reps) == len(truth)
    for k, (rep, known) in enumerate(zip(reps, truth, strict=True)):
        assert abs(rep.measured.rep.touchdown_s - rep.measured.rep.key_s) < 0.2
        assert abs(rep.key_s - (known["touchdown_s"] - start)) < 0.05
        assert any(v.fault == "trunk_lean" for v in rep.measured.with_outcome("fault")) is (k == LEANS)


def test_a_rep_of_an_empty_picture_is_none() -> None:
    """Somebody is seen before and after a flight, and hardly within the rep."""
    pose, start, truth = filmed()
    assert len(replayed(pose, 0.3).reps) == len(truth)
    third = truth[2]
    gone = (pose.time_s > third["touchdown_s"] - start) & (pose.time_s < third["landing_s"] - start)
    xy, seen = pose.xy.copy(), pose.visibility.copy()
    xy[gone], seen[gone] = np.nan, np.nan
    found = replayed(PoseSequence(pose.time_s, xy, seen, pose.width, pose.height), 0.3).reps
    assert not [r for r in found if abs(r.key_s - (third["touchdown_s"] - start)) < 0.1]
    assert len(found) >= len(truth) - 3


def test_contact_times_are_not_graded_at_webcam_rate() -> None:
    pose, _, _ = filmed(fps=30.0)
    counter = replayed(pose, 0.5)
    assert "low_frame_rate" in counter.notes
    assert all(
        "rsi_ratio" not in r.measured.metrics or np.isnan(r.measured.metrics["rsi_ratio"].value) for r in counter.reps
    )


def test_at_a_few_pictures_a_second_reps_are_not_judged() -> None:
    pose, _, _ = filmed(fps=30.0)
    for least, judged in ((31.0, False), (29.0, True)):
        limits = Limits.load()
        counter = replayed(pose, 0.5, replace(limits, measuring=replace(limits.measuring, min_judged_fps=least)))
        assert counter.reps
        assert any(r.measured.verdicts for r in counter.reps) is judged
        assert ("too_slow_to_judge" in counter.notes) is not judged


def test_who_moves_for_long_without_a_rep_is_asked_for_the_drill() -> None:
    phases = Phases(SetSettings(), None)
    phases.now, phases.since_s = "counting", 0.0
    watch = Watch()
    for moves in (True, False):
        memory = Memory(1280, 720, "puppet")
        for t in np.arange(0.0, 15.0, 1 / 30):
            memory.add(t, person(0.5, lift=0.1 * np.sin(3 * t) if moves else 0.0))
            watch.add(t, 5.0)
        said = [
            phases.advance(Around(memory, watch, crowded=False, dark=False, trouble="", notes=(), counted=n), at)
            for at, n in ((9.0, 0), (14.9, 0), (14.9, 3))
        ]
        assert said == ["", "No reps seen yet: right drill?" if moves else "", ""]


def test_a_fault_stays_in_sight_though_the_next_rep_is_clean() -> None:
    pose, _, _ = filmed()
    counter = replayed(pose, 0.3)
    faulty = next(r for r in counter.reps if r.measured.with_outcome("fault"))
    found_s = faulty.key_s + 4.0  # on a busy machine a rep is measured late
    assert counter.shown(found_s) is faulty
    assert counter.shown(found_s + 2.0) is faulty
    assert counter.shown(found_s + 60) is counter.reps[-1]


def standing() -> PoseSequence:
    pose, _, _ = filmed()
    k = pose.time_s < 0.6
    return PoseSequence(pose.time_s[k], pose.xy[k], pose.visibility[k], pose.width, pose.height)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("none", "Stand still"),
        ("nobody", "Step into the picture"),
        ("low", "feet are cut off"),
        ("high", "head is cut off"),
        ("small", "Come closer"),
        ("facing", "Turn your side"),
    ],
)
def test_the_athlete_is_told_what_to_do(change: str, words: str) -> None:
    pose = standing()
    xy = pose.xy.copy()
    if change == "nobody":
        xy[:] = np.nan
    elif change == "low":
        xy[..., 1] += pose.height - np.nanmax(xy[..., 1]) + 5
    elif change == "high":
        xy[..., 1] -= np.nanmin(xy[..., 1]) + 1
    elif change == "small":
        xy *= 0.15
    elif change == "facing":
        xy[:, [11, 23], 0] += 60
        xy[:, [12, 24], 0] -= 60
    state = readiness(replace(pose, xy=xy))
    assert words in state.words
    assert state.ready is (change == "none")


def test_bearing_follows_the_feet() -> None:
    pose, start, truth = filmed()
    hits = []
    for rep in truth[1:4]:
        for instant, bears in (
            ((rep["touchdown_s"] + rep["toe_off_s"]) / 2, True),
            ((rep["toe_off_s"] + rep["landing_s"]) / 2, False),
        ):
            k = (pose.time_s <= instant - start) & (pose.time_s > instant - start - 3)
            part = PoseSequence(pose.time_s[k], pose.xy[k], pose.visibility[k], pose.width, pose.height)
            hits.append(bearing(part) is bears)
    assert all(hits)


def test_memory_is_bounded_and_its_clock_only_goes_forward() -> None:
    memory = Memory(640, 480, "none")
    for t in (0.0, 1.0, 0.5, 1.0, 700.0, 1300.0):
        memory.add(t, None)
    assert list(memory.sequence().time_s) == [700.0, 1300.0]


def bright_at_the_left(pose: PoseSequence) -> np.ndarray:
    """A picture that tells whether it was mirrored."""
    image = np.full((pose.height, pose.width, 3), 90, np.uint8)
    image[:, : pose.width // 2] = 200
    return image


def waited_until(done: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        time.sleep(0.05)


def run(session: LiveSession, pose: PoseSequence) -> list[LiveView]:
    """Show a session all of a pose on its own clock, as fast as its worker keeps up."""
    image, views = bright_at_the_left(pose), []
    began = time.perf_counter()
    for t in pose.time_s:
        time.sleep(max(0.0, t - (time.perf_counter() - began)))
        views.append(session.look(image, float(t)))
    return views


class Puppet:
    """A pose model that gives the landmarks it was told, and counts how often it is closed."""

    name = "puppet"

    def __init__(self, pose: PoseSequence) -> None:
        self.pose, self.k, self.closed = pose, 0, 0

    def detect(self, image: np.ndarray) -> np.ndarray:
        xy = (self.pose.xy[self.k] + 0.5) / [self.pose.width, self.pose.height]
        row = np.concatenate([xy, self.pose.visibility[self.k][:, None]], axis=1)
        self.k += 1
        if image[0, -1, 0] > image[0, 0, 0]:  # shown to it mirrored
            row = mirror_back(row[None])[0]
        return row[None] if np.isfinite(xy).all() else np.empty((0, 33, 3))

    def close(self) -> None:
        self.closed += 1


def test_session_from_first_look_to_summary() -> None:
    pose, _, truth = filmed(fps=30.0)
    puppet = Puppet(pose)
    image = bright_at_the_left(pose)
    phases = []
    with LiveSession(puppet, Request(drill="pogo"), Limits.load(), SetSettings(countdown_s=0.1)) as session:
        began = time.perf_counter()
        for t in pose.time_s:
            time.sleep(max(0.0, t - (time.perf_counter() - began)))
            phases.append(session.look(image, float(t)).phase)
        waited_until(lambda: len(session.counter.reps) >= len(truth))  # a busy machine measures late
        counted = len(session.counter.reps)
        analysis = session.summary()
    assert list(dict.fromkeys(phases)) == ["looking", "countdown", "counting"]
    assert counted == len(truth)
    assert analysis is not None
    assert len(analysis.reps) == len(truth)
    session.close()
    assert puppet.closed == 1


def hopping_first() -> PoseSequence:
    """Hops, then standing still, then hops: the first ones come before "Go"."""
    first, _, _ = filmed(fps=30.0)
    k = first.time_s > 1.9
    again = first.time_s[k].max() - 1.9 + first.time_s + 0.1
    time_s = np.concatenate([first.time_s[k] - 1.9, again])
    xy = np.concatenate([first.xy[k], first.xy])
    visibility = np.concatenate([first.visibility[k], first.visibility])
    return PoseSequence(time_s, xy, visibility, first.width, first.height)


def test_hops_before_go_are_not_counted_and_every_rep_is_said_once() -> None:
    pose = hopping_first()
    with LiveSession(Puppet(pose), Request(drill="pogo"), Limits.load(), SetSettings(countdown_s=0.3)) as session:
        views = run(session, pose)
        waited_until(lambda: len(session.counter.reps) >= 6)
    assert views[20].phase == "looking"
    assert "Stand still" in {v.words for v in views[:40]}
    assert len(session.counter.reps) == 6
    said = [c for c in session.calls.recent() if c.outcome in ("ok", "fault")]
    assert [int(c.words.partition(".")[0]) for c in said] == [1, 2, 3, 4, 5, 6]
    assert [c.outcome for c in said].count("fault") == 1
    assert "Trunk leans" in next(c.words for c in said if c.outcome == "fault")
    whole = session.summary()
    assert whole is not None
    assert len(whole.reps) == 6, "the results count what was counted live"


def test_the_set_ends_by_itself_at_its_target_and_is_summed_up() -> None:
    pose, _, _ = filmed(fps=30.0)
    with LiveSession(Puppet(pose), Request(drill="pogo"), Limits.load(), SetSettings(0.3, target=4)) as session:
        run(session, pose)
        waited_until(lambda: session.calls.recent()[-1].words.startswith("Done. "))
        assert session.phase == "done"
        assert len(session.counter.reps) == 4
        summed = session.calls.recent()[-1].words
        assert summed.startswith("Done. 4 reps. ")
        assert "Trunk leans: rep 4" in summed
        session.next_set()
        assert (session.phase, len(session.counter.reps)) == ("looking", 0)


def test_a_look_that_fails_is_said_and_the_next_one_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    pose, _, _ = filmed(fps=30.0)
    failed = []

    def look(self: RepCounter, pose: PoseSequence) -> list:
        if len(failed) < 2:
            failed.append(True)
            raise ValueError("a low-pass above half the rate")
        return whole(self, pose)

    whole = RepCounter.look
    monkeypatch.setattr(RepCounter, "look", look)
    with LiveSession(Puppet(pose), Request(drill="pogo"), Limits.load(), SetSettings(0.3)) as session:
        run(session, pose)
        waited_until(lambda: len(session.counter.reps) >= 6)
        assert session.missed
    assert len(failed) == 2
    assert len(session.counter.reps) == 6


def test_a_rate_that_drops_midway_is_measured() -> None:
    """The camera halves its rate: what was too fast for the low-pass is left as it is."""
    pose, _, _ = filmed(fps=30.0)
    for slow in (2, 3, 5):
        k = np.flatnonzero((pose.time_s < 3) | (np.arange(len(pose)) % slow == 0))
        part = PoseSequence(pose.time_s[k], pose.xy[k], pose.visibility[k], pose.width, pose.height)
        RepCounter(Request(drill="pogo"), Limits.load()).look(part)


def person(x: float, tall: float = 0.6, lift: float = 0.0) -> np.ndarray:
    """Landmarks (33, 3) of somebody at a place, as fractions."""
    out = np.full((33, 3), 1.0)
    out[:, 0] = x + 0.02 * np.cos(np.arange(33))
    out[:, 1] = 0.9 - lift - tall * np.linspace(1, 0, 33)
    out[[11, 12, 23, 24], 0] = x
    return out


def test_a_bystander_who_stands_still_gives_way_to_the_one_who_moves() -> None:
    company, stander = Company(), person(0.25)
    changed = []
    for k in range(8):
        mover = person(0.7, lift=0.08 * (k % 2))
        changed.append(company.look(1.5 * k, np.array([stander, mover]), stander, restless=False))
        assert company.near
    assert any(changed)
    image = np.zeros((100, 100, 3), np.uint8)
    moving = [company.look(20.0 + k, np.array([stander, person(0.7)]), person(0.7), restless=True) for k in range(4)]
    assert not any(moving)
    hidden = company.hide(image)
    assert hidden[60, 25, 0] == 128, "the bystander is painted over"
    assert hidden[60, 70, 0] == 0, "the athlete is not"


def test_who_is_counted_may_stand_still_while_another_one_moves() -> None:
    """The coach walks to the laptop as the set is done: it is still there."""
    pose, _, _ = filmed(fps=30.0)
    with LiveSession(Puppet(pose), Request(drill="pogo"), Limits.load(), SetSettings(0.3, target=4)) as session:
        run(session, pose)
        waited_until(lambda: session.phase == "done")
        session._open_scout = Crowd
        for _ in range(6):
            session._company._still_since = session._company._still_since and -60.0
            session._look_round()
        assert not session._changed_athlete
        assert session.whole() is not None


class Crowd:
    """Sees one who moves to and fro."""

    name = "crowd"

    def __init__(self) -> None:
        self.looks = 0

    def detect(self, image: np.ndarray, index: int = 0) -> np.ndarray:
        self.looks += 1
        return person(0.85, lift=0.1 * (self.looks % 2))[None]

    def close(self) -> None:
        pass


def test_a_long_stand_is_one_rep() -> None:
    """Eleven seconds on one leg, longer than any window in which moving reps are looked for."""
    stands = marching(anatomy_of(1.75), np.random.default_rng(3), 1, step_s=0.8, thigh_deg=60)
    pose, _ = landmarks(waiting(stands, 1.5), NO_DOUBT, fps=30.0)
    gap = np.abs(pose.xy[:, LEG["left"][2], 1] - pose.xy[:, LEG["right"][2], 1])
    top, last, hold = int(np.argmax(gap)), len(pose) - 1, 330
    frames = np.concatenate([np.arange(top + 1), np.full(hold, top), np.arange(top + 1, last + 1), np.full(60, last)])
    noise = np.random.default_rng(0).normal(0, 0.5, (len(frames), 33, 2))
    t = np.arange(len(frames)) / 30
    counter = RepCounter(Request(drill="single_leg_stance"), Limits.load(), from_s=1.2)
    for now in np.arange(1.5, t[-1], 0.5):
        k = (t <= now) & (t >= max(counter.window_from(now), 0.2))
        seen = PoseSequence(t[k], (pose.xy[frames] + noise)[k], pose.visibility[frames][k], pose.width, pose.height)
        counter.look(seen)
    (one,) = counter.reps
    assert one.end_s - one.start_s == pytest.approx(hold / 30, abs=1.0)  # and the leg goes up and down


def test_a_camera_that_gives_too_few_pictures_is_told_from_a_slow_computer() -> None:
    dim, pressed = Watch(), Watch()
    for k in range(60):
        dim.add(k / 12, 10.0)
        pressed.add(k / 12, 80.0)
    assert dim.too_slow(0.0) and pressed.too_slow(0.0)
    assert (dim.has_time, pressed.has_time) == (True, False)


def test_calls_are_said_in_order_and_none_is_lost() -> None:
    calls = Calls()
    for now in np.arange(0, 1, 0.1):
        calls.guide("Turn your side to the camera", float(now))
    calls.guide("", 1.0)
    for k in range(1, 21):
        calls.rep(k, [])
    assert [c.words for c in calls.recent()] == ["Turn your side to the camera", *map(str, range(1, 21))]
    assert sum_up(6, {"Trunk leans": [2, 4, 6]}) == "6 reps. Trunk leans: reps 2, 4 and 6"


@pytest.mark.parametrize(
    ("stamps", "expected"),
    [
        ([10.0, 10.1, 10.2], [0.0, 0.1, 0.2]),
        ([None, None, None], [0.0, 0.11, 0.19]),
        ([10.0, 99.0, 99.1], [0.0, 0.11, 0.21]),
        ([10.0, 10.0, 10.0], [0.0, 0.0001, 0.0002]),
        ([10.0, 9.0, 9.1], [0.0, 0.11, 0.21]),
    ],
    ids=["the camera's own", "none given", "a jump", "standing still", "a jump back"],
)
def test_the_cameras_clock_is_believed_while_it_keeps_time(stamps: list, expected: list[float]) -> None:
    clock = Clock()
    walls = [0.0, 0.11, 0.19]
    assert [clock.time_s(s, w) for s, w in zip(stamps, walls, strict=True)] == pytest.approx(expected, abs=1e-6)


def test_frames_that_were_held_up_keep_their_own_times() -> None:
    clock, stamps = Clock(), np.arange(200) / 30
    walls = stamps.copy()
    walls[60:80] = np.maximum(walls[60:80], 2.7 + np.arange(20) * 0.001)  # 0.7 s nothing, then all at once
    times = [clock.time_s(s, w) for s, w in zip(stamps, walls, strict=True)]
    assert np.diff(times) == pytest.approx(np.full(199, 1 / 30))


@pytest.mark.parametrize("rate", [1.001, 2.0, 0.5])
def test_a_clock_that_drifts_is_kept_and_one_that_runs_wrong_is_not(rate: float) -> None:
    clock, walls = Clock(), np.arange(30 * 700) / 30
    times = np.array([clock.time_s(w * rate, w) for w in walls])
    if rate == 1.001:  # half a second off after eight minutes: no step shows it
        assert np.diff(times) == pytest.approx(np.full(len(walls) - 1, rate / 30), abs=1e-6)
    else:
        assert np.diff(times)[200:] == pytest.approx(np.full(len(walls) - 201, 1 / 30))


@pytest.mark.quiet
def test_replay_from_the_command_line(samples: Path, tmp_path: Path) -> None:
    import json
    import subprocess
    import sys

    out = tmp_path / "report.json"
    command = [
        sys.executable,
        "-c",
        "from plumbline.cli import main; main()",
        "live",
        "--camera",
        str(samples / "pogo_faults.mp4"),
    ]
    options = ["--no-window", "--countdown", "0", "--out", str(out)]
    done = subprocess.run([*command, *options], capture_output=True, text=True, timeout=120, check=True)
    assert "! Trunk leans" in done.stdout
    assert abs(len(json.loads(out.read_text())["reps"]) - 8) <= 1


def test_no_display_and_no_camera_are_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from plumbline.draw import ScreenWindow
    from plumbline.errors import PlumblineError
    from plumbline.video import watch_live

    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(PlumblineError, match="no display"):
        ScreenWindow().__enter__()
    with pytest.raises(PlumblineError, match="no camera 97"):
        next(watch_live("97"))
