"""What was done as planned, and filmed as well, is counted once."""

from __future__ import annotations

from datetime import date

import pytest

from plumbline.log import AthleteEntry, SetEntry, TrainingLog, log_film

DAY = date(2026, 3, 2)


def film(drill: str, contacts: int) -> SetEntry:
    return SetEntry(drill=drill, reps=contacts, contacts=contacts, source="film", film="a.mp4", film_sha256="ab" * 32)


@pytest.mark.parametrize(
    ("drill", "filmed", "left"),
    [
        ("pogo", 8, {"pogo": 22, "run": 40}),
        ("pogo", 30, {"run": 40}),
        ("pogo", 35, {"run": 40}),
        ("heel_raise", 8, None),
    ],
)
def test_a_film_takes_the_place_of_what_was_planned(drill: str, filmed: int, left: dict[str, int] | None) -> None:
    """30 pogo hops and 40 steps as planned; of what was logged by hand nothing is taken off."""
    with TrainingLog(":memory:") as log:
        log.save_athlete(athlete := AthleteEntry(name="A"))
        planned = [SetEntry(drill=d, reps=n, contacts=n, source="plan") for d, n in (("pogo", 30), ("run", 40))]
        log.add_sets(athlete, DAY, [*planned, SetEntry(drill="pogo", reps=5, contacts=5)])
        log_film(log, athlete, DAY, film(drill, filmed), replace=False)
        sets = [x for s in log.sessions(athlete) for x in s.sets]
        assert {x.drill: x.contacts for x in sets if x.source == "plan"} == (left or {"pogo": 30, "run": 40})
        assert [(x.drill, x.contacts) for x in sets if x.source != "plan"] == [("pogo", 5), (drill, filmed)]
        assert all(x.reps == x.contacts for x in sets)


@pytest.mark.parametrize(("drill", "filmed", "left"), [("pogo", 12, 18), ("pogo", 6, 22), ("run", 8, 22)])
def test_a_film_measured_anew_takes_off_what_it_has_more(drill: str, filmed: int, left: int) -> None:
    with TrainingLog(":memory:") as log:
        log.save_athlete(athlete := AthleteEntry(name="A"))
        log.add_sets(athlete, DAY, [SetEntry(drill="pogo", reps=30, contacts=30, source="plan")])
        log_film(log, athlete, DAY, film("pogo", 8), replace=False)
        log_film(log, athlete, DAY, film(drill, filmed), replace=True)
        sets = [x for s in log.sessions(athlete) for x in s.sets]
        assert [(x.drill, x.contacts) for x in sets if x.source == "film"] == [(drill, filmed)]
        assert [x.contacts for x in sets if x.source == "plan"] == [left]
