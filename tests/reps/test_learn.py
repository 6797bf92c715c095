"""What events set by hand teach of the others: numbers worked out on paper, and a clip that errs alike everywhere."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from plumbline.contact import Contact, Contacts
from plumbline.reps import Correction, Move, Rep, correct
from plumbline.reps._learn import HandSet, learn


def test_equal_trust_in_clip_and_reader_halves_the_way() -> None:
    # Prior 0 +- 10 ms; one event moved by +12 ms, itself known to 8 and read to 6 ms: together 10 ms.
    # Posterior mean 12 / 2 = 6 ms, sd 10 / sqrt(2) = 7.0711 ms.
    lesson = learn([HandSet(0.012, 0.008, 0.010)], 0.006)
    assert lesson is not None
    assert (lesson.events, lesson.before_s) == (1, 0.010)
    assert lesson.shift_s == pytest.approx(0.006, abs=1e-9)
    assert lesson.common_s == pytest.approx(0.0070711, abs=1e-6)


def test_more_events_teach_more() -> None:
    # Three events at +12 ms, each 10 ms: their mean 10 / sqrt(3) = 5.7735 against a prior of 10 ms.
    # Weight of the events 3 / (3 + 1) = 0.75: 9 ms, sd 10 / sqrt(4) = 5 ms.
    lesson = learn([HandSet(0.012, 0.008, 0.010)] * 3, 0.006)
    assert lesson is not None
    assert lesson.shift_s == pytest.approx(0.009, abs=1e-9)
    assert lesson.common_s == pytest.approx(0.005, abs=1e-9)


def test_a_mended_misfit_teaches_nothing() -> None:
    # 100 ms is 7 times sqrt(10^2 + 10^2) = 14.1 ms.
    assert learn([HandSet(0.100, 0.008, 0.010)], 0.006) is None
    assert learn([HandSet(0.01, 0.008, 0.0)], 0.006) is None
    assert learn([], 0.006) is None


def test_what_several_say_alike_is_no_misfit() -> None:
    """33 ms are beyond 2 sqrt(8^2 + 4^2 + 4^2) = 19.6 ms. Two of them: 2 / 32 against 1 / 64, 0.8 of the way."""
    far, right = HandSet(0.033, 0.004, 0.008), HandSet(0.0, 0.004, 0.008)
    assert learn([far], 0.004) is None
    lesson = learn([far, far], 0.004)
    assert lesson is not None
    assert (lesson.events, lesson.shift_s) == (2, pytest.approx(0.0264, abs=1e-9))
    # 9 ms to either side of 42 are within 2 sqrt(8^2 + 4^2) = 17.9.
    apart = learn([HandSet(0.033, 0.008, 0.008), HandSet(0.051, 0.008, 0.008)], 0.004)
    assert apart is not None
    assert apart.events == 2
    for found in ([far, right], [HandSet(-0.033, 0.004, 0.008), far, right]):
        alone = learn(found, 0.004)
        assert alone is not None
        assert (alone.events, alone.shift_s) == (1, 0.0)  # of those that contradict each other only what may be


def clip(n: int, rng: np.random.Generator, late_s: float, early_s: float) -> tuple[tuple[Rep, ...], Contacts, list]:
    """Hops of which every touchdown is read late and every toe-off early, by the same, and by 4 ms of noise."""
    truth = [(0.5 + 0.55 * k, 0.7 + 0.55 * k) for k in range(n + 1)]
    own, down_common, up_common = 0.004, 0.010, 0.016
    contacts = tuple(
        Contact(
            down + late_s + rng.normal(0, own),
            up - early_s + rng.normal(0, own),
            float(np.hypot(own, down_common)),
            float(np.hypot(own, up_common)),
            0.0,
            "both",
            down_common,
            up_common,
        )
        for down, up in truth
    )
    reps = tuple(
        Rep(
            k + 1, "both", a.touchdown_s, b.touchdown_s, a.touchdown_s, a.touchdown_s, a.toe_off_s, b.touchdown_s,
            a.touchdown_sd_s, a.toe_off_sd_s, b.touchdown_sd_s, a.touchdown_common_s, a.toe_off_common_s,
            b.touchdown_common_s,
        )
        for k, (a, b) in enumerate(pairwise(contacts))
    )  # fmt: skip
    return reps, Contacts(contacts, 600.0, ()), truth


def taught(rng: np.random.Generator, teaches: bool = True) -> np.ndarray:
    """Errors of contact (s) in the reps that nobody touched, after two reps were set right."""
    reps, contacts, truth = clip(10, rng, rng.normal(0, 0.010), rng.normal(0, 0.016))
    moves = []
    for k in (2, 6):
        moves.append(Move(k + 1, "touchdown_s", truth[k][0] - reps[k].touchdown_s + rng.normal(0, 0.004)))
        moves.append(Move(k + 1, "toe_off_s", truth[k][1] - reps[k].toe_off_s + rng.normal(0, 0.004)))
    done = correct(reps, contacts, Correction(tuple(moves), sd_s=0.004, teaches=teaches), 20.0)
    rest = [r for r in done.reps if r.index not in (3, 7)]
    return np.array([(r.toe_off_s - r.touchdown_s) - 0.2 for r in rest])


def test_two_corrected_reps_bring_the_others_within_five_ms() -> None:
    bias = [taught(np.random.default_rng(seed)).mean() for seed in range(200)]
    before = [taught(np.random.default_rng(seed), teaches=False).mean() for seed in range(200)]
    assert np.std(before) > 0.015  # 10 and 16 ms in squares: 19 ms
    # A correction as far off as one in twenty is taken for a misfit, and teaches nothing.
    assert np.median(np.abs(bias)) < 0.005
    assert np.mean(np.abs(bias) < 0.010) > 0.85


def test_the_uncertainty_that_is_left_holds_the_truth() -> None:
    inside = []
    for seed in range(150):
        rng = np.random.default_rng(seed)
        late = rng.normal(0, 0.010)
        reps, contacts, truth = clip(6, rng, late, 0.0)
        move = Move(2, "touchdown_s", truth[1][0] - reps[1].touchdown_s + rng.normal(0, 0.004))
        done = correct(reps, contacts, Correction((move,), sd_s=0.004), 20.0)
        inside += [abs(r.touchdown_s - truth[r.index - 1][0]) < 1.96 * r.touchdown_sd_s for r in done.reps[3:]]
    assert 0.92 <= np.mean(inside) <= 0.98


def test_an_event_said_to_be_right_makes_the_others_surer_where_they_are() -> None:
    reps, contacts, _ = clip(3, np.random.default_rng(0), 0.0, 0.0)
    done = correct(reps, contacts, Correction((Move(1, "touchdown_s", 0.0),), sd_s=0.003), 20.0)
    assert done.reps[1].touchdown_s == pytest.approx(reps[1].touchdown_s)
    # Own 4 and reader 3 ms: 5 ms against 10: 1 / sqrt(1 / 25 + 1 / 100) = 4.472 ms left.
    assert done.reps[1].touchdown_common_s == pytest.approx(0.004472, abs=1e-6)
    assert done.reps[1].touchdown_sd_s == pytest.approx(np.hypot(0.004, 0.004472), abs=1e-6)
    assert done.reps[0].touchdown_common_s == 0.0
    assert done.contacts.items[2].touchdown_common_s == pytest.approx(0.004472, abs=1e-6)
    assert done.reps[0].toe_off_s == reps[0].toe_off_s


def test_what_is_not_to_teach_moves_alone() -> None:
    reps, contacts, _ = clip(3, np.random.default_rng(0), 0.01, 0.0)
    done = correct(reps, contacts, Correction((Move(1, "touchdown_s", -0.01),), sd_s=0.003, teaches=False), 20.0)
    assert done.lessons == {}
    assert done.reps[1:] == tuple(replace(r) for r in reps[1:])
