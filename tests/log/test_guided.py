"""Guided tests: what they take, and what they say, from numbers whose answer is known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from plumbline.catalogue import find_drill, find_protocol, load_protocols, metric_label
from plumbline.errors import SettingsError
from plumbline.log import MetricEntry, SessionEntry, SetEntry, outcome, parts_of

DAY = date(2026, 3, 2)
REPEAT, LEGS = find_protocol("same_day_repeat"), find_protocol("single_leg_pair")


def hops(contact_s: float, side: str = "both", film: str = "", **more: object) -> SetEntry:
    metrics = {"contact_time_s": MetricEntry(mean=contact_s, sd=0.004, n=8, unit="s").model_dump()}
    drill = "pogo" if side == "both" else "single_leg_hop"
    said = {"drill": drill, "side": side, "reps": 8, "source": "film", "metrics": metrics, "film_sha256": film}
    return SetEntry.model_validate(said | more)


def on(days: int, *sets: SetEntry) -> SessionEntry:
    return SessionEntry(day=DAY + timedelta(days=days), sets=sets)


def test_every_test_is_of_drills_that_are_judged_and_says_what_to_film() -> None:
    for p in load_protocols().values():
        assert p.films
        assert p.choices
        assert all(find_drill(d).movement is not None for d in p.choices)
        assert len(p.sides) in (0, len(p.films))
        if p.metric:
            assert all(p.metric in find_drill(d).metrics for d in p.choices)
            assert metric_label(p.id).label != p.id


def test_two_sets_now_yield_an_own_typical_error_and_count_from_three_on() -> None:
    logged: list[SessionEntry] = []
    # Differences of 4, 6 and 8 ms: the root of 16 / 2 is 2.8, of 52 / 4 3.6, of 116 / 6 4.4 ms; the latest set has
    # 204, 206 and 208 ms.
    expected = ("3 ms (1.4 %) from 1 repeat; 2 more repeats", "4 ms", "4 ms (2.1 %) from 3 repeats; it counts")
    for k, (apart, said) in enumerate(zip((0.004, 0.006, 0.008), expected, strict=True)):
        sets = parts_of(REPEAT, [hops(0.2), hops(0.2 + apart)])
        assert {s.protocol for s in sets} == {"same_day_repeat"}
        logged.append(on(7 * k, *sets))
        (line,) = outcome(REPEAT, sets, logged, {})
        assert line.startswith("Contact time: typical error")
        assert said in line


def test_a_pair_of_legs_has_a_score_with_its_error() -> None:
    sets = parts_of(LEGS, [hops(0.22, "left"), hops(0.18, "right")])
    (line,) = outcome(LEGS, sets, [on(0, *sets)], {})
    # 40 of 200 ms; each leg 5 % from day to day and 4 ms measured, so 9 and 11 ms about 180 and 220:
    # sd = hypot(0.18 * 0.01077, 0.22 * 0.01077) / 0.04 = 7.65 %, times 1.96.
    assert line == ("Contact time: left 220, right 180 ms, +20 ± 15 % (95 %): not clearly above 10 %")
    sessions = [on(7 * k, *sets) for k in range(6)]
    (_, together) = outcome(LEGS, sets, sessions, {})
    assert together == (
        "Over 6 days together: Contact time: left 220, right 180 ms, +20 ± 6 % (95 %), the left does worse"
    )


def test_a_score_is_said_with_its_error() -> None:
    p = find_protocol("rsi_ten_five")
    score = MetricEntry(mean=2.4, sd=0.1, n=1, unit="")
    (one,) = parts_of(p, [hops(0.2).model_copy(update={"metrics": {"rsi_ten_five": score}})])
    assert outcome(p, [one], [], {}) == ["10/5 reactive strength (mean of the best 5 of 10): 2.40 ± 0.20 (95 %)"]


@pytest.mark.parametrize(
    ("protocol", "sets", "told"),
    [
        (REPEAT, [hops(0.2)], "takes 2 films: first set, second set"),
        (REPEAT, [hops(0.2, film="a" * 64), hops(0.2, film="a" * 64)], "the same film is given twice"),
        (REPEAT, [hops(0.2), hops(0.2, drill="squat_jump")], "film the same drill"),
        (LEGS, [hops(0.2, "right"), hops(0.2, "left")], "Left leg: the film shows the right leg at work"),
        (LEGS, [hops(0.2, "left"), hops(0.2, "both", drill="single_leg_hop")], "Right leg: the film shows both legs"),
        (LEGS, [hops(0.2), hops(0.2)], "is not what Left against right is done with: Single-leg hops"),
        (find_protocol("rsi_ten_five"), [hops(0.2)], "10 reps in a row are needed, 8 were measured"),
    ],
)
def test_what_is_no_such_test_is_said(protocol: object, sets: list[SetEntry], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        parts_of(protocol, sets)  # type: ignore[arg-type]


def test_a_test_that_is_not_there_is_said() -> None:
    with pytest.raises(SettingsError, match="no test 'x': choose rsi_ten_five"):
        find_protocol("x")
